import { createHash } from 'node:crypto';
import type { ClientBase, Pool } from 'pg';

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

type Query = (this: ClientBase, statement: unknown, values?: unknown) => unknown;

/**
 * Makes every statement with bound values a prepared one on the pool's connections: under row security a statement costs
 * more to plan than to run. Statements without values (MikroORM writes its values into the text) stay as they are.
 */
export function prepareByText(pool: Pool): void {
  pool.on('connect', (client) => {
    const query = client.query as Query;
    client.query = function (this: ClientBase, statement: unknown, values?: unknown) {
      const named = typeof statement === 'string' && Array.isArray(values) && values.length > 0;
      return named
        ? query.call(this, { name: nameOf(statement), text: statement, values })
        : query.call(this, statement, values);
    } as typeof client.query;
  });
}
