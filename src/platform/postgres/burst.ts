import pg, { type Pool } from 'pg';
import type { Compiled } from '../sql.js';
import { nameOf, roleTaken } from './prepared.js';

// What of pg 8.23's internals the burst leans on; pinned with the version, and in this file alone.
interface Connection {
  parsedStatements: Record<string, string>;
  submittedNamedStatements: Record<string, string>;
  /** ours: statements of a burst that failed, of which it is not known which were parsed */
  unsure?: string[];
  parse(statement: { name: string; text: string }): void;
  bind(portal: { portal: string; statement: string; values: readonly unknown[]; valueMapper: unknown }): void;
  execute(portal: { portal: string }): void;
  close(what: { type: 'S'; name: string }): void;
}
interface Internals {
  prepare(connection: Connection): void;
  handleDataRow(message: unknown): void;
  handleCommandComplete(message: unknown, connection: Connection): void;
  handleError(error: Error, connection: Connection): void;
}
type Callback = (error: Error | null, result: pg.QueryResult) => void;
const Query = pg.Query as unknown as new (
  config: { name: string; text: string; values: readonly unknown[] },
  callback: Callback,
) => Internals;
const { prepareValue } = (pg as unknown as { utils?: { prepareValue?: unknown } }).utils ?? {};

/**
 * Prepared statements in one burst with a single Sync: one round trip in place of one for each. Outside a transaction
 * Postgres runs them in one implicit transaction, so settings that the first makes local hold for the last and end with
 * it. Only the last one's rows are anybody's; whichever fails, none after it runs, and the burst fails.
 */
export class Burst extends Query {
  readonly #names: string[];
  #before: number;

  constructor(
    private readonly first: readonly Compiled[],
    { sql, parameters }: Compiled,
    callback: Callback,
    /** the role that the transaction has already taken on */
    role?: string,
  ) {
    const names: string[] = [];
    for (const one of first) {
      names.push(nameOf(one.sql, role));
      role = roleTaken(one) ?? role;
    }
    names.push(nameOf(sql, role));
    super({ name: names.at(-1) as string, text: sql, values: parameters }, callback);
    this.#before = first.length;
    this.#names = names;
  }

  override prepare(connection: Connection): void {
    for (const name of connection.unsure ?? []) connection.close({ type: 'S', name });
    connection.unsure = [];
    for (const [i, { sql, parameters }] of this.first.entries()) {
      const name = this.#names[i] as string;
      if (connection.parsedStatements[name] === undefined) {
        connection.parse({ name, text: sql });
        connection.parsedStatements[name] = sql;
      }
      connection.bind({ portal: '', statement: name, values: parameters, valueMapper: prepareValue });
      connection.execute({ portal: '' });
    }
    super.prepare(connection);
  }

  override handleDataRow(message: unknown): void {
    if (this.#before === 0) super.handleDataRow(message);
  }

  override handleCommandComplete(message: unknown, connection: Connection): void {
    if (this.#before === 0) super.handleCommandComplete(message, connection);
    else this.#before--;
  }

  /** A statement after the one that failed was not parsed, one before it was: all are closed, and parsed again. */
  override handleError(error: Error, connection: Connection): void {
    for (const name of this.#names) {
      delete connection.parsedStatements[name];
      delete connection.submittedNamedStatements[name];
    }
    connection.unsure = [...(connection.unsure ?? []), ...this.#names];
    super.handleError(error, connection);
  }
}

/** Runs `statement` after `first`, in one implicit transaction; answers the rows of `statement`. */
export async function runBurst<T>(pool: Pool, first: Compiled, statement: Compiled): Promise<T[]> {
  const client = await pool.connect();
  try {
    const rows = await new Promise<unknown[]>((resolve, reject) => {
      const burst = new Burst([first], statement, (error, result) => (error ? reject(error) : resolve(result.rows)));
      (client.query as (query: unknown) => unknown)(burst);
    });
    client.release();
    return rows as T[];
  } catch (error) {
    // The next actor must never meet this one's settings.
    client.release(true);
    throw error;
  }
}
