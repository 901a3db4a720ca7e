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

const pattern = (text: string): string => `%${text.trim().replace(/[\\%_]/g, '\\$&')}%`;

/** Names find organisations only: a person's name must not become a way to find it. */
function named(text: string): Sql {
  const like = derived(text, pattern);
  return sql`(kind <> 'NATURAL_PERSON' and (name like ${like}
    or id in (select former.subject_id from former_name former where former.name like ${like})))`;
}

export const subjectsWhere = ({ nameContains, codes, kinds }: SubjectConditions): Sql[] => [
  ...(nameContains ? [named(nameContains)] : []),
  ...(codes ? [sql`code = any(${codes})`] : []),
  ...(kinds ? [sql`kind = any(${kinds})`] : []),
];

export const pageOfSubjects = (session: Session, filter: SubjectConditions, page: PageRequest): Promise<Page> =>
  readPage(session, SUBJECT, subjectsWhere(filter), page);
