import type { Keys } from '../platform/crypto.js';
import { type Sql, sql } from '../platform/sql.js';
import type { Session } from '../services/session.js';

/** What the county is loaded with: one transaction of the owner's. */
export interface County {
  readonly session: Session;
  readonly keys: Keys;
  /** ISO instant of so many days ago, never ahead of the clock: a real import of today is later than all of it */
  instant(daysAgo: number): string;
}

/** Rows as one parameter, to be read as `r` with the columns of `types`. */
export const recordset = (rows: readonly object[], types: string): Sql =>
  sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(${sql.raw(types)})`;
