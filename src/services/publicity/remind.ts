import type { Pool } from 'pg';
import { REMINDER } from '../../permissions/reminder.js';
import type { DateString } from '../../platform/clock.js';
import { uuidv7 } from '../../platform/ids.js';
import { sql } from '../../platform/sql.js';
import { isWorkday } from '../../platform/workdays.js';
import { type Session, verbOn } from '../session.js';
import { leaveReminded, queueNotices } from './notices.js';
import { publicityReminders, type Reminder } from './reminders.js';

/** 提醒 A reminder as it was told. */
export interface ToldReminder extends Reminder {
  readonly id: string;
  readonly toldOn: DateString;
}

export interface RemindDeps {
  /** as the weak login (House.aside) */
  readonly pool: Pool;
  readonly today: () => DateString;
  /** unified codes of departments that are sent what they are told (HUB_NOTICES); default none */
  readonly addressed?: ReadonlySet<string>;
}

/** How many departments were told how much; of what they had been told today already, nothing. */
export interface Reminded {
  readonly told: number;
  readonly departments: number;
}

const NOBODY: Reminded = { told: 0, departments: 0 };

/**
 * Tells each department what is due on one of the next working days, once a day and matter however often it is asked; on
 * record in the transaction that tells it. Nobody is reminded on a day off.
 */
export async function remindDepartments({ pool, today, addressed = new Set() }: RemindDeps): Promise<Reminded> {
  const day = today();
  if (!isWorkday(day)) return NOBODY;
  const client = await pool.connect();
  try {
    return await verbOn(client, { actor: REMINDER, today: day, verb: 'remindPublicity' }, (session) =>
      tell(session, addressed),
    );
  } finally {
    client.release();
  }
}

async function tell(session: Session, addressed: ReadonlySet<string>): Promise<Reminded> {
  const { query, today } = session;
  const due = await publicityReminders(session);
  const notices = new Map(due.map(({ departmentId }) => [departmentId, uuidv7()]));
  const rows = due.map((one) => ({ ...one, id: uuidv7(), noticeId: notices.get(one.departmentId) }));
  const told = await query<{ departmentId: string; noticeId: string }>(sql`
    insert into publicity_reminder (id, kind, department_id, item_id, month, due_on, decisions, batch_id, row_no, told_on,
      notice_id)
    select r.id, r.kind, r."departmentId", r."itemId", (r.month || '-01')::date, r."dueOn", r.decisions, r."batchId",
      r."rowNo", ${today}::date, r."noticeId"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, kind text, "departmentId" uuid, "itemId" uuid,
      month text, "dueOn" date, decisions int, "batchId" uuid, "rowNo" int, "noticeId" uuid)
    on conflict do nothing returning department_id as "departmentId", notice_id as "noticeId"`);
  if (told.length === 0) return NOBODY;
  await leaveReminded(session, 'OK');
  await queueNotices(session, told, addressed);
  return { told: told.length, departments: new Set(told.map(({ departmentId }) => departmentId)).size };
}

const MOST = 100;

/** What was told and can still be done in time, soonest first; of one matter only what was told last. */
export async function toldReminders(
  session: Session,
  { dueFrom, department }: { dueFrom?: DateString | null; department?: string | null },
): Promise<ToldReminder[]> {
  const of = department
    ? sql<boolean>`department_id = (select d.id from department d where d.code = ${department})`
    : sql<boolean>`true`;
  const rows = await session.query<ToldReminder>(sql`
    select * from (
      select distinct on (department_id, kind, item_id, month, batch_id, row_no) id, kind, department_id as "departmentId",
        item_id as "itemId", to_char(month, 'YYYY-MM') as month, due_on::text as "dueOn", decisions, batch_id as "batchId",
        row_no as "rowNo", told_on::text as "toldOn"
      from publicity_reminder where due_on >= ${dueFrom ?? session.today}::date and ${of}
      order by department_id, kind, item_id, month, batch_id, row_no, told_on desc, id desc) as newest
    order by "dueOn", id limit ${MOST}`);
  session.seen?.(rows.map(() => ({ '#label': 'GOVERNMENT' })));
  return rows;
}
