import pg, { type Pool } from 'pg';
import type { Compiled } from '../sql.js';
import { nameOf } from './prepared.js';

// What of pg 8.23's internals the burst leans on; pinned with the version, and in this file alone.
interface Connection {
  parsedStatements: Record<string, string>;
  parse(statement: { name: string; text: string }): void;
  bind(portal: { portal: string; statement: string; values: readonly unknown[] }): void;
  execute(portal: { portal: string }): void;
}
interface Internals {
  prepare(connection: Connection): void;
  handleDataRow(message: unknown): void;
  handleCommandComplete(message: unknown, connection: Connection): void;
}
const Query = pg.Query as unknown as new (
  config: { name: string; text: string; values: readonly unknown[] },
  callback: (error: Error | null, result: { rows: unknown[] }) => void,
) => Internals;

/**
 * Two prepared statements in one burst with a single Sync: Postgres runs them in one implicit transaction, so settings
 * that the first makes local hold for the second and end with it. One round trip in place of four.
 */
class Burst extends Query {
  #settled = false;

  constructor(
    private readonly first: Compiled,
    { sql, parameters }: Compiled,
    callback: (error: Error | null, result: { rows: unknown[] }) => void,
  ) {
    super({ name: nameOf(sql), text: sql, values: parameters }, callback);
  }

  override prepare(connection: Connection): void {
    const name = nameOf(this.first.sql);
    if (connection.parsedStatements[name] === undefined) {
      connection.parse({ name, text: this.first.sql });
      connection.parsedStatements[name] = this.first.sql;
    }
    connection.bind({ portal: '', statement: name, values: this.first.parameters });
    connection.execute({ portal: '' });
    super.prepare(connection);
  }

  // The first statement's rows and its end are not the caller's.
  override handleDataRow(message: unknown): void {
    if (this.#settled) super.handleDataRow(message);
  }

  override handleCommandComplete(message: unknown, connection: Connection): void {
    if (this.#settled) super.handleCommandComplete(message, connection);
    this.#settled = true;
  }
}

/** Runs `statement` after `first`, in one implicit transaction; answers the rows of `statement`. */
export async function runBurst<T>(pool: Pool, first: Compiled, statement: Compiled): Promise<T[]> {
  const client = await pool.connect();
  try {
    const rows = await new Promise<unknown[]>((resolve, reject) => {
      const burst = new Burst(first, statement, (error, result) => (error ? reject(error) : resolve(result.rows)));
      (client.query as (query: unknown) => unknown)(burst);
    });
    client.release();
    return rows as T[];
  } catch (error) {
    // What the connection has prepared is uncertain, and the next actor must never meet this one's settings.
    client.release(true);
    throw error;
  }
}
