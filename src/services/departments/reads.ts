import { sql } from '../../platform/sql.js';
import { orderBy, type Row, type Shape, selectList } from '../reading/shape.js';
import type { Session } from '../session.js';
import { DEPARTMENT } from './shape.js';

/** A whole reference table, in its order: these are small and everyone reads them. */
export const readAll = (session: Session, shape: Shape): Promise<Row[]> =>
  session.query<Row>(
    sql`select ${selectList(shape, session.actor.role)} from ${sql.table(shape.table)} order by ${orderBy(shape)}`,
  );

/** Departments that have one of the functions; `ANY` is every department. In the order of their codes. */
export async function departmentsFor(session: Session, functions: readonly string[]): Promise<Row[]> {
  const wanted = functions.includes('ANY') ? sql`true` : sql`functions && ${functions}::text[]`;
  return session.query<Row>(
    sql`select ${selectList(DEPARTMENT, session.actor.role)} from department where ${wanted} order by ${orderBy(DEPARTMENT)}`,
  );
}
