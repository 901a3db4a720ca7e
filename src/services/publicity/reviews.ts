import { SEVERITIES, type Severity } from '../../catalogue/rules/severity.js';
import { HubError } from '../../platform/errors.js';
import { type Sql, sql } from '../../platform/sql.js';
import { ruleAs } from '../collection/rules.js';
import { optionalDocumentNo } from '../documentNo.js';
import { masked, requiredText, TEXT_LENGTH } from '../inputs.js';
import type { Session, WriteSession } from '../session.js';

/** 人工复核 What no rule decides, and what came of it. */
export interface ReviewItem {
  readonly id: string;
  readonly kind: 'SEVERITY_UNDECIDED' | 'AS_OF_CONFLICT';
  readonly recordId: string | null;
  readonly batchId: string | null;
  readonly rowNo: number | null;
  readonly departmentId: string;
  readonly openedAt: Date;
  readonly closedAt: Date | null;
  readonly outcome: 'DECIDED' | 'REVISED' | null;
  readonly severity: Severity | null;
  readonly reason: string | null;
}

const COLUMNS = sql.raw(`id, kind, record_id as "recordId", batch_id as "batchId", row_no as "rowNo",
  department_id as "departmentId", opened_at as "openedAt", closed_at as "closedAt", outcome, severity, reason`);

const MOST = 100;

/** The queue, oldest first: the own department's, or all of them for whoever oversees the collection. */
export async function reviewItems(
  session: Session,
  { openOnly, department }: { openOnly: boolean; department?: string | null },
): Promise<ReviewItem[]> {
  const open: Sql<boolean> = openOnly ? sql<boolean>`closed_at is null` : sql<boolean>`true`;
  const of: Sql<boolean> = department
    ? sql<boolean>`department_id = (select d.id from department d where d.code = ${department})`
    : sql<boolean>`true`;
  const rows = await session.query<ReviewItem>(
    sql`select ${COLUMNS} from review_item where ${open} and ${of} order by opened_at, id limit ${MOST}`,
  );
  session.seen?.(rows.map(() => ({ '#label': 'GOVERNMENT' })));
  return rows;
}

export const reviewItem = async ({ query }: Session, id: string): Promise<ReviewItem | null> =>
  (await query<ReviewItem>(sql`select ${COLUMNS} from review_item where id = ${id}`))[0] ?? null;

export interface DecideReview {
  /** uuid of the review */
  readonly id: string;
  /** the class of the penalty, where that was left open */
  readonly severity?: Severity | null;
  readonly documentNo?: string | null;
  readonly reason: string;
}

/**
 * The department that sent the row decides what the rules left open: the class of its penalty, from which the days of its
 * publicity follow; or that the row which is stored stands against another of the same instant. Answers the review's uuid.
 * @throws NOT_FOUND for another department's, PRECONDITION_FAILED where it is closed, BAD_USER_INPUT (severity, reason,
 * documentNo)
 */
export async function decideReview(session: WriteSession, input: DecideReview): Promise<string> {
  const { actor, today } = session;
  const reason = masked(requiredText(input.reason, 'reason', TEXT_LENGTH), today);
  const documentNo = optionalDocumentNo(input.documentNo);
  const severity = input.severity ?? null;
  if (severity !== null && !SEVERITIES.includes(severity)) throw wrongSeverity();
  await session.asVerb('decideReview', async () => {
    const [review] = await session.query<ReviewItem>(sql`
      select ${COLUMNS} from review_item
      where id = ${input.id} and department_id = ${actor.department?.id ?? null}::uuid for update`);
    if (!review) throw new HubError('NOT_FOUND', { zh: '未找到该复核事项', en: 'there is no such review' }, 'id');
    if (review.closedAt !== null) {
      throw new HubError('PRECONDITION_FAILED', { zh: '该复核事项已办结', en: 'the review is closed already' });
    }
    if ((review.kind === 'SEVERITY_UNDECIDED') !== (severity !== null)) throw wrongSeverity();
    if (severity !== null && review.recordId !== null) await classify(session, review.recordId, severity, reason);
    await session.query(sql`
      update review_item set closed_at = clock_timestamp(), closed_by = ${actor.user}, outcome = 'DECIDED',
        severity = ${severity}, reason = ${reason}, document_no = ${documentNo}
      where id = ${input.id}`);
  });
  return input.id;
}

async function classify(session: WriteSession, id: string, severity: Severity, reason: string): Promise<void> {
  const [record] = await session.query<{ decidedOn: string; expiresOn: string | null; person: boolean }>(sql`
    select decided_on::text as "decidedOn", expires_on::text as "expiresOn", subject_kind = 'NATURAL_PERSON' as person
    from credit_record where id = ${id} for update`);
  if (!record) return;
  const { publicFrom, publicUntil } = ruleAs(record, severity, record.expiresOn);
  await session.query(sql`
    update credit_record set severity = ${severity}, public_from = ${publicFrom}::date, public_until = ${publicUntil}::date,
      revised_by = ${session.actor.user}, revision_reason = ${`人工认定失信程度；${reason}`}
    where id = ${id}`);
}

const wrongSeverity = () =>
  new HubError(
    'BAD_USER_INPUT',
    {
      zh: '待定的是失信程度时须填写 MINOR、GENERAL 或 SERIOUS，否则不填',
      en: 'severity is MINOR, GENERAL or SERIOUS where the class was left open, and blank otherwise',
    },
    'severity',
  );

/**
 * A later row of the department closes what was open about its record: always a contradiction of two rows, and the class
 * where the table decides it now.
 */
export async function closeRevised(
  session: Session,
  { revised, repeated }: { revised: readonly string[]; repeated: readonly string[] },
): Promise<void> {
  if (revised.length + repeated.length === 0) return;
  await session.query(sql`
    update review_item v set closed_at = clock_timestamp(), closed_by = ${session.actor.user}, outcome = 'REVISED'
    from credit_record c
    where c.id = v.record_id and v.closed_at is null and v.record_id = any(${[...revised, ...repeated]}::uuid[])
      and (v.kind = 'AS_OF_CONFLICT'
        or (v.record_id = any(${[...revised]}::uuid[]) and (c.severity is not null or c.state <> 'ACTIVE')))`);
}
