import type { StoredSource, Verdict } from '../../entities/checks/creditCheck.js';
import type { SubjectKind } from '../../entities/subjects/subject.js';
import { sql, template } from '../../platform/sql.js';
import type { WriteSession } from '../session.js';
import type { Finding } from './statements.js';

export interface NewCheck {
  id: string;
  receiptNo: string;
  verdict: Verdict;
  subjectId: string | null;
  subjectKind: SubjectKind | null;
  nameMatches: boolean | null;
  findings: readonly Finding[];
}

export interface CheckCircumstances {
  matterId: string;
  departmentId: string;
  sources: readonly StoredSource[];
}

interface Stored extends Omit<CheckCircumstances, 'sources'> {
  caseNo: string | null;
  user: string;
  sources: string;
  rows: string;
  findings: string;
}

const storing = template<Stored>(
  ({ matterId, caseNo, departmentId, user, sources, rows, findings }) => sql`
    with receipt as (
      insert into credit_check (id, receipt_no, verdict, checked_at, matter_id, case_no, subject_id, subject_kind,
        subject_found, name_matches, department_id, checked_by, sources)
      select id, "receiptNo", verdict, clock_timestamp(), ${matterId}, ${caseNo}, "subjectId", "subjectKind",
        "subjectId" is not null, "nameMatches", ${departmentId}, ${user}, ${sources}::jsonb
      from jsonb_to_recordset(${rows}::jsonb) as r(id uuid, "receiptNo" text, verdict text,
        "subjectId" uuid, "subjectKind" text, "nameMatches" boolean))
    insert into credit_check_finding (check_id, ordinal, measure_id, effect, basis_id, list_entry_id, record_id, commitment_id)
    select "checkId", ordinal, "measureId", effect, "basisId", "listEntryId", "recordId", "commitmentId"
    from jsonb_to_recordset(${findings}::jsonb) as f("checkId" uuid, ordinal int, "measureId" uuid,
      effect text, "basisId" uuid, "listEntryId" uuid, "recordId" uuid, "commitmentId" uuid)`,
);

/** Receipts and findings of all rows, in one statement, before whatever is asked next. */
export async function storeChecks(
  session: WriteSession,
  checks: readonly NewCheck[],
  { matterId, departmentId, sources }: CheckCircumstances,
): Promise<void> {
  const { actor } = session;
  const findings = checks.flatMap(({ id, findings }) =>
    findings.map((finding, index) => ({ ...finding, checkId: id, ordinal: index + 1 })),
  );
  const rows = checks.map(({ findings: _apart, ...check }) => check);
  await session.later(
    storing({
      ...{ matterId, departmentId, caseNo: actor.caseNo, user: actor.user },
      sources: JSON.stringify(sources),
      rows: JSON.stringify(rows),
      findings: JSON.stringify(findings),
    }),
  );
}
