import { sql } from '../../platform/sql.js';
import { type Page, type PageRequest, readPage } from '../reading/page.js';
import type { Session } from '../session.js';
import { ACCESS_EVENT } from './shape.js';

/** Every look at one subject, newest first; row security keeps it to the subject itself and the auditor. */
export const pageOfLooksAt = (session: Session, subjectId: string, page: PageRequest): Promise<Page> =>
  readPage(session, ACCESS_EVENT, [sql`subject_ids @> array[${subjectId}]::uuid[]`], page);

/** The access log, of one subject or of all. */
export const pageOfEvents = (session: Session, subjectId: string | null, page: PageRequest): Promise<Page> =>
  subjectId ? pageOfLooksAt(session, subjectId, page) : readPage(session, ACCESS_EVENT, [], page);
