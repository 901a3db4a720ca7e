import { createHash } from 'node:crypto';

/**
 * Plans that fit any values, made once a connection. Left to itself Postgres plans many statements anew each time,
 * because the plan for these very values looks cheaper: under row security making it costs more than running it.
 */
export const GENERIC_PLANS = '-c plan_cache_mode=force_generic_plan';

// A statement's text is its name, so that each connection plans it once.
const names = new Map<string, string>();
const NAMES = 5_000;

export function nameOf(text: string): string {
  let name = names.get(text);
  if (name === undefined) {
    if (names.size >= NAMES) names.clear();
    name = createHash('sha256').update(text).digest('base64url').slice(0, 32);
    names.set(text, name);
  }
  return name;
}
