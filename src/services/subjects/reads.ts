import { derived, type Sql, sql } from '../../platform/sql.js';
import { type Page, type PageRequest, readPage, readRows } from '../reading/page.js';
import type { Row } from '../reading/shape.js';
import type { Session } from '../session.js';
import { SUBJECT } from './shape.js';

export interface SubjectConditions {
  nameContains?: string | null;
  codes?: string[] | null;
  kinds?: string[] | null;
}

export async function findSubject(session: Session, code: string): Promise<Row | null> {
  const [row] = await readRows(session, SUBJECT, 'code', [code]);
  return row ?? null;
}

/** Names find organisations only: a person's name must not become a way to find it (permissions/compile/rls.ts). */
const named = (text: string): Sql =>
  sql`(kind <> 'NATURAL_PERSON' and id in (select subject_named(${derived(text, (part) => part.trim())})))`;

export const subjectsWhere = ({ nameContains, codes, kinds }: SubjectConditions): Sql[] => [
  ...(nameContains ? [named(nameContains)] : []),
  ...(codes ? [sql`code = any(${codes})`] : []),
  ...(kinds ? [sql`kind = any(${kinds})`] : []),
];

export const pageOfSubjects = (session: Session, filter: SubjectConditions, page: PageRequest): Promise<Page> =>
  readPage(session, SUBJECT, subjectsWhere(filter), page);
