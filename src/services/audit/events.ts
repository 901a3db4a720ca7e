import { SEAL_STATE } from '../../permissions/states.js';
import { type Sql, sql } from '../../platform/sql.js';
import { type Page, type PageRequest, readPage } from '../reading/page.js';
import type { Session } from '../session.js';
import { ACCESS_EVENT } from './shape.js';

/**
 * What names the subject, or one that has turned out to be it. By ids, whose equality is leakproof: the index of
 * subjects would not be used under row security (events_about).
 */
export const isAbout = (subjectId: unknown): Sql<boolean> =>
  sql<boolean>`id = any(array(select events_about(${subjectId})))`;

/** Every look at one subject, newest first; row security keeps it to the subject itself and the auditor. */
export const pageOfLooksAt = (session: Session, subjectId: string, page: PageRequest): Promise<Page> =>
  readPage(session, ACCESS_EVENT, [isAbout(subjectId)], page);

const SEALED = sql<boolean>`(case_no, department_id) in (
  select seal.case_no, seal.department_id from sealed_case seal where ${sql.raw(SEAL_STATE)} = 'SEALED')`;

export interface EventConditions {
  roles?: string[] | null;
  /** code */
  department?: string | null;
  purposes?: string[] | null;
  caseNo?: string | null;
  operations?: string[] | null;
  outcomes?: string[] | null;
  /** uuid of the consent that was stated */
  consent?: unknown;
  /** uuid of the power by which somebody acted */
  power?: unknown;
  sealed?: boolean | null;
  from?: string | null;
  to?: string | null;
}

export function eventsWhere({
  roles,
  department,
  purposes,
  caseNo,
  operations,
  outcomes,
  consent,
  power,
  sealed,
  from,
  to,
}: EventConditions): Sql[] {
  return [
    ...(roles ? [sql`role = any(${roles})`] : []),
    ...(department ? [sql`department_id = (select d.id from department d where d.code = ${department})`] : []),
    ...(purposes ? [sql`purpose = any(${purposes})`] : []),
    ...(caseNo ? [sql`case_no = ${caseNo}`] : []),
    // an event of several root fields names them all
    ...(operations ? [sql`string_to_array(operation, ',') && ${operations}::text[]`] : []),
    ...(outcomes ? [sql`outcome = any(${outcomes})`] : []),
    ...(consent ? [sql`consent_id = ${consent}::uuid`] : []),
    ...(power ? [sql`on_behalf = ${power}::uuid`] : []),
    // The auditor reads the seals: by their few cases, and not by asking each event.
    ...(sealed == null ? [] : [sealed ? SEALED : sql<boolean>`(${SEALED}) is not true`]),
    ...(from ? [sql`at >= ${from}::timestamptz`] : []),
    ...(to ? [sql`at < ${to}::timestamptz`] : []),
  ];
}

/** The access log, of one subject or of all. */
export const pageOfEvents = (
  session: Session,
  subjectId: string | null,
  filter: EventConditions,
  page: PageRequest,
): Promise<Page> => {
  const about = subjectId ? [isAbout(subjectId)] : [];
  return readPage(session, ACCESS_EVENT, [...about, ...eventsWhere(filter)], page);
};
