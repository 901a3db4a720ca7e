import type { CreditList } from '../../entities/lists/creditList.js';
import type { Actor } from '../../permissions/actor.js';
import { HubError } from '../../platform/errors.js';

export type ListFacts = Pick<CreditList, 'id' | 'name' | 'origin' | 'function'>;

/** A RECEIVED list is decided elsewhere and only mirrored here: nobody's function changes that, so it is asked first. */
export function demandOwnList({ origin, name }: ListFacts): void {
  if (origin === 'OWN') return;
  throw new HubError('PRECONDITION_FAILED', {
    zh: `“${name}”由认定单位推送，本地不得列入或变更`,
    en: 'this list is decided elsewhere and only received here; it changes through YZSX_MD alone',
  });
}

export const isOwnFunction = ({ department }: Actor, { function: needed }: ListFacts): boolean =>
  department?.functions.includes(needed) ?? false;

export function demandOwnFunction(actor: Actor, list: ListFacts): void {
  if (isOwnFunction(actor, list)) return;
  throw new HubError('FORBIDDEN', {
    zh: `“${list.name}”不属本部门职能`,
    en: "the list is not of the own department's function",
  });
}
