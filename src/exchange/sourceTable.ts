import pg from 'pg';
import type { Source } from '../services/exchange/settings.js';
import { tableOutage } from './receiver.js';

/** One row of a department's exchange table: where it stands there, and what it says, all as text. */
export interface SourceRow {
  readonly id: string;
  /** ISO, to the microsecond */
  readonly time: string;
  readonly withdrawn: boolean;
  readonly values: Readonly<Record<string, string>>;
}

export interface Position {
  readonly time: string;
  readonly id: string;
}

const PAGE = 1_000;
/** Whatever type a column has, it is read as Postgres prints it, as if it stood in a file. */
const AS_TEXT = { getTypeParser: () => (value: string | Buffer) => String(value) } as unknown as pg.CustomTypesConfig;

/** 前置库 A department's table, read and never written. */
export class SourceTable {
  private constructor(
    private readonly client: pg.Client,
    private readonly source: Source,
  ) {}

  static async open(source: Source): Promise<SourceTable> {
    const client = new pg.Client({
      connectionString: source.database,
      types: AS_TEXT,
      connectionTimeoutMillis: 10_000,
      statement_timeout: 60_000,
      options: '-c default_transaction_read_only=on -c timezone=Asia/Shanghai -c datestyle=ISO',
    });
    client.on('error', () => {});
    const table = new SourceTable(client, source);
    await table.#guarded(() => client.connect());
    return table;
  }

  /** Rows by time *and* id, from the overlap before the position on, or from behind one. */
  async page(from: Position, behind: boolean): Promise<SourceRow[]> {
    const { schema, table, timeColumn, idColumn, withdrawnColumn, overlapSeconds } = this.source;
    const [time, id] = [pg.escapeIdentifier(timeColumn), `${pg.escapeIdentifier(idColumn)}::text collate "C"`];
    const start = behind
      ? `(t.${time}::timestamptz, t.${id}) > ($1::timestamptz, $2)`
      : `t.${time}::timestamptz >= $1::timestamptz - make_interval(secs => $2::float8)`;
    const text = `select t.*, to_char(t.${time}::timestamptz at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "#time", t.${id} as "#id" from ${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(table)} t
      where ${start} order by t.${time}::timestamptz, t.${id} limit ${PAGE}`;
    const values = [from.time, behind ? from.id : String(overlapSeconds)];
    const { rows } = await this.#guarded(() => this.client.query<Record<string, string | null>>(text, values));
    const own = new Set([timeColumn, idColumn, withdrawnColumn, '#time', '#id']);
    return rows.map((row) => ({
      id: row['#id'] as string,
      time: row['#time'] as string,
      withdrawn: withdrawnColumn !== undefined && /^(t|true|1|y|是)$/i.test(row[withdrawnColumn] ?? ''),
      values: Object.fromEntries(
        Object.entries(row).filter((cell): cell is [string, string] => !own.has(cell[0]) && cell[1] !== null),
      ),
    }));
  }

  async close(): Promise<void> {
    await this.client.end().catch(() => {});
  }

  async #guarded<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw tableOutage(error);
    }
  }
}
