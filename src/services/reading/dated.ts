import { today } from '../../permissions/states.js';
import { type Sql, sql } from '../../platform/sql.js';

/**
 * Our own SQL with the business date as a value where it would look it up: each look-up is a plan of its own, set up
 * whenever the statement runs.
 */
export const dated = (text: string, date: unknown): Sql<boolean> =>
  sql<boolean>`${sql.join(
    text.split(today).map((part) => sql.raw(part)),
    sql`${date}::date`,
  )}`;
