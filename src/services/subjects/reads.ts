import { type Sql, sql } from '../../platform/sql.js';
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

const pattern = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`;

/** Names find organisations only: a person's name must not become a way to find it. */
const named = (text: string): Sql => sql`(kind <> 'NATURAL_PERSON' and (name like ${pattern(text)}
  or exists (select 1 from former_name f where f.subject_id = subject.id and f.name like ${pattern(text)})))`;

export function pageOfSubjects(session: Session, filter: SubjectConditions, page: PageRequest): Promise<Page> {
  const { nameContains, codes, kinds } = filter;
  const where = [
    ...(nameContains ? [named(nameContains.trim())] : []),
    ...(codes ? [sql`code = any(${codes})`] : []),
    ...(kinds ? [sql`kind = any(${kinds})`] : []),
  ];
  return readPage(session, SUBJECT, where, page);
}
