import { SEAL_STATE } from '../../permissions/states.js';
import { type Sql, sql } from '../../platform/sql.js';
import { type Page, type PageRequest, readPage } from '../reading/page.js';
import type { Session } from '../session.js';
import { SEALED_CASE } from './shape.js';

export const sealsWhere = ({ state }: { state: string | null }): Sql[] =>
  state ? [sql`${sql.raw(SEAL_STATE)} = ${state}`] : [];

/** Seals, newest first; row security keeps them to their department and the auditor. */
export const pageOfSeals = (session: Session, filter: { state: string | null }, page: PageRequest): Promise<Page> =>
  readPage(session, SEALED_CASE, sealsWhere(filter), page);
