import type { ClientBase, Pool, QueryResult } from 'pg';
import type { Compiled } from '../sql.js';
import { Burst } from './burst.js';
import { roleTaken } from './prepared.js';

/**
 * Marks a statement whose rows nobody asks for: it is sent with the next one. In the text, because between a session and
 * the connection stands an ORM that hands on nothing else.
 */
export const LATER = '/* with the next */ ';

type Query = (this: ClientBase, statement: unknown, values?: unknown) => unknown;
const NOTHING = { command: '', rowCount: 0, oid: 0, fields: [], rows: [] } as QueryResult;

/**
 * Makes every statement of the pool's connections a prepared one (under row security a statement costs more to plan than
 * to run), and gathers what needs no answer (`begin`, settings, what is marked LATER) into one burst with what comes next.
 * Text without values that follows nothing stays as it is: MikroORM writes its values into it.
 */
export function gatherStatements(pool: Pool): void {
  pool.on('connect', (client) => {
    const send = client.query as Query;
    const waiting: Compiled[] = [];
    let role: string | undefined;
    const burst = (before: readonly Compiled[], statement: Compiled) => {
      const taken = role;
      for (const one of [...before, statement]) role = roleTaken(one) ?? role;
      return new Promise<QueryResult>((resolve, reject) => {
        const done = (error: Error | null, result: QueryResult) => (error ? reject(error) : resolve(result));
        send.call(client, new Burst(before, statement, done, taken));
      });
    };
    client.query = function (this: ClientBase, statement: unknown, values?: unknown) {
      if (typeof statement !== 'string') return send.call(this, statement, values);
      const parameters = Array.isArray(values) ? values : [];
      // A transaction ends with the role that it has taken on.
      if (statement === 'begin' || statement === 'rollback') role = undefined;
      if (statement === 'begin' || statement.startsWith(LATER)) {
        waiting.push({ sql: statement, parameters });
        return Promise.resolve(NOTHING);
      }
      const before = waiting.splice(0);
      // What was not sent needs no undoing.
      if (statement === 'rollback')
        return before[0]?.sql === 'begin' ? Promise.resolve(NOTHING) : send.call(this, statement);
      if (parameters.length > 0 || statement === 'commit') return burst(before, { sql: statement, parameters });
      const last = before.pop();
      if (!last) return send.call(this, statement, values);
      return burst(before, last).then(() => send.call(this, statement, values));
    } as typeof client.query;
  });
}
