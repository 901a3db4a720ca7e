import { ROLE_SETTING } from '../platform/postgres/prepared.js';
import type { Purpose } from './purposes.js';
import { postgresRole, type Role } from './roles.js';

/** A department as a fact of the actor. */
export interface ActorDepartment {
  id: string;
  code: string;
  name: string;
  functions: readonly string[];
}

/** A written authorisation of which the request has spent one use (授权书). */
export interface SpentConsent {
  /** uuid of the use: what row security takes for proof */
  use: string;
  /** the one subject that it is about */
  subjectId: string;
  labels: readonly string[];
}

/** Who asks, as what, for which purpose: decided once a request, by the server or the command line. */
export interface Actor {
  role: Role;
  /** the token's `sub`; `anonymous` without a token */
  user: string;
  department: ActorDepartment | null;
  /** uuid of the subject that the actor is */
  subjectId: string | null;
  duties: readonly string[];
  purpose: Purpose | null;
  caseNo: string | null;
  /** at most one a request, so that it opens one subject and no other */
  consent?: SpentConsent;
  /** uuid of the power of attorney by which the subject is another than the caller (委托书) */
  power?: string;
}

export const ANONYMOUS: Actor = {
  role: 'PUBLIC',
  user: 'anonymous',
  department: null,
  subjectId: null,
  duties: [],
  purpose: null,
  caseNo: null,
};

/**
 * The settings that row security reads, and the role of Postgres whose policies are asked. Transaction-local always; an
 * absent fact is not set.
 */
export function settingsOf(actor: Actor, today: string): Record<string, string> {
  const facts: [string, string | null | undefined][] = [
    [ROLE_SETTING, postgresRole(actor.role)],
    ['hub.role', actor.role],
    ['hub.user', actor.user],
    ['hub.department', actor.department?.id],
    ['hub.functions', actor.department?.functions.join(',')],
    ['hub.subject', actor.subjectId],
    ['hub.purpose', actor.purpose],
    ['hub.case', actor.caseNo],
    ['hub.consent', actor.consent?.use],
    ['hub.power', actor.power],
    ['hub.today', today],
  ];
  return Object.fromEntries(facts.filter((fact): fact is [string, string] => Boolean(fact[1])));
}

/** A platform above or beside the county sends for others; a department only for itself. */
export const sendsForOthers = ({ role }: Actor): boolean => role === 'EXCHANGE';
