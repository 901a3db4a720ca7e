import { REMINDER } from '../../permissions/reminder.js';
import type { DateString } from '../../platform/clock.js';
import { toGlobalId, uuidv7 } from '../../platform/ids.js';
import { sql } from '../../platform/sql.js';
import { enqueue } from '../jobs/enqueue.js';
import type { Session } from '../session.js';

/** 通知 What a department is sent: what is due and how much of it. Ids and counts, nothing of a row and of no person. */
export interface Notice {
  /** the same however often it is sent */
  readonly id: string;
  /** unified code */
  readonly department: string;
  readonly date: DateString;
  readonly reminders: readonly {
    readonly kind: string;
    /** code */
    readonly item: string;
    readonly month: string;
    readonly dueOn: DateString;
    readonly decisions: number | null;
    /** of a row that went back: `importBatch(id:)` shows it to the department */
    readonly batch: string | null;
    readonly row: number | null;
  }[];
}

export interface NoticeFacts extends Notice {
  /** uuid */
  readonly departmentId: string;
}

/** Asks for what was told just now to be sent to those departments that have an address, in the same transaction. */
export async function queueNotices(
  session: Session,
  told: readonly { departmentId: string; noticeId: string }[],
  addressed: ReadonlySet<string>,
): Promise<void> {
  if (addressed.size === 0) return;
  const notices = new Map(told.map(({ departmentId, noticeId }) => [departmentId, noticeId]));
  const known = await session.query<{ id: string; code: string }>(
    sql`select id, code from department where id = any(${[...notices.keys()]}::uuid[])`,
  );
  for (const { id } of known.filter(({ code }) => addressed.has(code))) {
    await enqueue(session, 'publicity.notify', { notice: notices.get(id) as string });
  }
}

/** The notice of that uuid, or null where there is none. */
export async function noticeOf({ query }: Session, id: string): Promise<NoticeFacts | null> {
  const rows = await query<
    NoticeFacts['reminders'][number] & { departmentId: string; code: string; toldOn: DateString }
  >(sql`
    select r.kind, i.code as item, to_char(r.month, 'YYYY-MM') as month, r.due_on::text as "dueOn", r.decisions,
      r.batch_id as batch, r.row_no as row, d.id as "departmentId", d.code, r.told_on::text as "toldOn"
    from publicity_reminder r join catalogue_item i on i.id = r.item_id join department d on d.id = r.department_id
    where r.notice_id = ${id}::uuid order by r.due_on, r.id`);
  const [first] = rows;
  if (!first) return null;
  const { departmentId, code, toldOn } = first;
  const reminders = rows.map(({ kind, item, month, dueOn, decisions, batch, row }) => ({
    ...{ kind, item, month, dueOn, decisions },
    batch: batch && toGlobalId('ImportBatch', batch),
    row,
  }));
  return { id, department: code, date: toldOn, departmentId, reminders };
}

/** That departments were told, or that one's notice arrived there, on record. */
export async function leaveReminded(
  { query }: Session,
  outcome: 'OK' | 'DELIVERED',
  departmentId: string | null = null,
): Promise<void> {
  await query(sql`
    insert into access_event (id, actor, role, department_id, purpose, operation, operation_hash, labels, outcome)
    values (${uuidv7()}, ${REMINDER.user}, ${REMINDER.role}, ${departmentId}::uuid, ${REMINDER.purpose}, 'remindPublicity', '',
      array['GOVERNMENT'], ${outcome})`);
}
