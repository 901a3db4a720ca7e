import { createHash } from 'node:crypto';
import type { Compiled } from '../sql.js';

/**
 * Plans that fit any values, made once a connection. Left to itself Postgres plans many statements anew each time,
 * because the plan for these very values looks cheaper: under row security making it costs more than running it.
 */
export const GENERIC_PLANS = '-c plan_cache_mode=force_generic_plan';

/** The setting by which a transaction takes on a role; the first of the statement that makes the settings. */
export const ROLE_SETTING = 'role';

/** The role that a statement takes on for what follows it in its transaction, if it does. */
export const roleTaken = ({ parameters }: Compiled): string | undefined =>
  parameters[0] === ROLE_SETTING ? (parameters[1] as string) : undefined;

// A statement's role and text are its name, so that each connection plans it once: under row security a plan holds for
// one role, and Postgres would plan it anew whenever another's turn came.
const names = new Map<string, Map<string, string>>();
const NAMES = 5_000;

export function nameOf(text: string, role = ''): string {
  const mine = names.get(role) ?? new Map<string, string>();
  names.set(role, mine);
  let name = mine.get(text);
  if (name === undefined) {
    if (mine.size >= NAMES) mine.clear();
    name = createHash('sha256').update(`${role} ${text}`).digest('base64url').slice(0, 32);
    mine.set(text, name);
  }
  return name;
}
