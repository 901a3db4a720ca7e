import { type Actor, sendsForOthers } from './actor.js';

/** What of a catalogue item says who may send it. */
export interface Sendable {
  /** functions whose departments provide it; `ANY` is every department */
  readonly providerFunctions: readonly string[];
  readonly yields: string;
}

/** Whether one of the functions is among those that the item names. */
export const provides = ({ providerFunctions }: Sendable, functions: readonly string[]): boolean =>
  providerFunctions.some((code) => code === 'ANY' || functions.includes(code));

/** reference.md, Who may: the department or court whose function the item names; a platform for received lists alone. */
export const maySend = (actor: Actor, item: Sendable): boolean =>
  sendsForOthers(actor) ? item.yields === 'LIST_ENTRY' : provides(item, actor.department?.functions ?? []);

/** 信用管理机构 oversees the collection: it sees what every department owes, a department what it owes itself. */
export const seesAllDuties = ({ role }: Actor): boolean => role === 'CREDIT_OFFICE';
