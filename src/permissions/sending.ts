import { type Actor, sendsForOthers } from './actor.js';
import type { Purpose } from './purposes.js';
import type { Role } from './roles.js';

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

/** Who brings market information, and nothing else, under an agreement (条例 art. 17). */
export const BODY_ROLES = ['ASSOCIATION', 'AGENCY'] as const satisfies readonly Role[];
export type BodyRole = (typeof BODY_ROLES)[number];
export const bodyOf = ({ role }: Actor): BodyRole | null => BODY_ROLES.find((body) => body === role) ?? null;

/** Whom an agreement can let read what is brought under it; the subject and the body itself need none. */
export const READER_ROLES = ['SERVICE_HALL', 'DEPARTMENT', 'COURT', 'CREDIT_OFFICE'] as const satisfies readonly Role[];
export type ReaderRole = (typeof READER_ROLES)[number];
/** As an agreement keeps them, and row security compares them. */
export const readerOf = (role: ReaderRole, purpose: Purpose): string => `${role}/${purpose}`;

/** 信用管理机构 oversees the collection: it sees what every department owes, a department what it owes itself. */
export const seesAllDuties = ({ role }: Actor): boolean => role === 'CREDIT_OFFICE';
