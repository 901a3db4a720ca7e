import { derived, type Sql, sql } from '../../platform/sql.js';
import { type Page, type PageRequest, readPage } from '../reading/page.js';
import { type Row, selectList } from '../reading/shape.js';
import type { Session } from '../session.js';
import { SUBJECT } from './shape.js';

export interface SubjectConditions {
  nameContains?: string | null;
  codes?: string[] | null;
  kinds?: string[] | null;
}

export async function findSubject(session: Session, code: string): Promise<Row | null> {
  const [row] = await session.query<Row>(
    sql`select ${selectList(SUBJECT, session.actor.role)} from subject where ${foundByCode(code)}`,
  );
  if (row) session.seen?.([row]);
  return row ?? null;
}

/** A code that has turned out to be another subject's finds that one. */
export const foundByCode = (code: unknown): Sql<boolean> =>
  sql<boolean>`id = (select coalesce(numbered.merged_into, numbered.id) from subject numbered where numbered.code = ${code})`;

const foundByCodes = (codes: unknown): Sql =>
  sql`id in (select coalesce(numbered.merged_into, numbered.id) from subject numbered where numbered.code = any(${codes}))`;

/** Names find organisations only: a person's name must not become a way to find it (permissions/compile/rls.ts). */
const named = (text: string): Sql =>
  sql`(kind <> 'NATURAL_PERSON' and id in (select subject_named(${derived(text, (part) => part.trim())})))`;

export const subjectsWhere = ({ nameContains, codes, kinds }: SubjectConditions): Sql[] => [
  sql`merged_into is null`,
  ...(nameContains ? [named(nameContains)] : []),
  ...(codes ? [foundByCodes(codes)] : []),
  ...(kinds ? [sql`kind = any(${kinds})`] : []),
];

export const pageOfSubjects = (session: Session, filter: SubjectConditions, page: PageRequest): Promise<Page> =>
  readPage(session, SUBJECT, subjectsWhere(filter), page);
