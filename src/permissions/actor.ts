import type { Purpose } from './purposes.js';
import type { Role } from './roles.js';

/** A department as a fact of the actor. */
export interface ActorDepartment {
  id: string;
  code: string;
  name: string;
  functions: readonly string[];
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

/** The settings that row security reads. Transaction-local always; an absent fact is the empty string. */
export function settingsOf(actor: Actor, today: string): Record<string, string> {
  return {
    'hub.role': actor.role,
    'hub.user': actor.user,
    'hub.department': actor.department?.id ?? '',
    'hub.functions': actor.department?.functions.join(',') ?? '',
    'hub.subject': actor.subjectId ?? '',
    'hub.duties': actor.duties.join(','),
    'hub.purpose': actor.purpose ?? '',
    'hub.case': actor.caseNo ?? '',
    'hub.today': today,
    'hub.verb': '',
    'hub.answer': '',
  };
}

/** A platform above or beside the county sends for others; a department only for itself. */
export const sendsForOthers = ({ role }: Actor): boolean => role === 'EXCHANGE';
