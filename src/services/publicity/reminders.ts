import { itemOf } from '../../catalogue/index.js';
import { PUBLICITY_ITEMS } from '../../catalogue/publicities.js';
import type { CatalogueItem, FieldPart } from '../../catalogue/types.js';
import { seesAllDuties } from '../../permissions/sending.js';
import { addDays, addMonths, type DateString } from '../../platform/clock.js';
import { referenceId } from '../../platform/ids.js';
import { type Sql, sql } from '../../platform/sql.js';
import { addWorkdays } from '../../platform/workdays.js';
import type { Session } from '../session.js';
import { decisionDueOn, type Month, monthDueOn, monthOf } from './month.js';

/** Something that a department still can do in time. */
export interface Reminder {
  /**
   * COUNT_DUE: no count of the month was stated · DECISIONS_MISSING: fewer came than were counted · RETURNED_DUE: a row
   * went back and has not come again
   */
  readonly kind: 'COUNT_DUE' | 'DECISIONS_MISSING' | 'RETURNED_DUE';
  readonly departmentId: string;
  readonly itemId: string;
  readonly month: string;
  /** the last day in time */
  readonly dueOn: DateString;
  /** decisions; of a count that is wanting, null */
  readonly decisions: number | null;
  /** of a row that went back */
  readonly batchId: string | null;
  readonly rowNo: number | null;
}

export interface ReminderOptions {
  /** uuid of the department; default all that the caller may see */
  readonly departmentId?: string | null;
  /** so many working days before the last day; default 2 */
  readonly within?: number;
}

const WITHIN = 2;
/** Longer than seven working days ever take, the longest holidays included. */
const LOOK_BACK = 31;
/** Whoever has reported or counted nothing of an item for a year is not asked for a count of it. */
const SILENT_MONTHS = 12;

/** What is due on one of the next working days, soonest first: told before the seventh working day ends, never after. */
export async function publicityReminders(session: Session, options: ReminderOptions = {}): Promise<Reminder[]> {
  const { actor, today } = session;
  const own = seesAllDuties(actor) ? (options.departmentId ?? null) : (actor.department?.id ?? null);
  const until = addWorkdays(today, options.within ?? WITHIN);
  const isSoon = ({ dueOn }: Reminder) => dueOn >= today && dueOn <= until;
  const scope = { own, all: seesAllDuties(actor) && own === null };
  const months = [addMonths(`${today.slice(0, 7)}-01`, -1), `${today.slice(0, 7)}-01`].map((day) =>
    monthOf(day.slice(0, 7), today),
  );
  const found = [
    ...(await missing(session, months, scope)),
    ...(await uncounted(session, months[0] as Month, scope)),
    ...(await returned(session, scope)),
  ].filter(isSoon);
  session.seen?.(found.map(() => ({ '#label': 'GOVERNMENT' })));
  return found.sort((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0));
}

interface Scope {
  readonly own: string | null;
  readonly all: boolean;
}

const ITEM_IDS = PUBLICITY_ITEMS.map((code) => referenceId('item', code));
const of = (column: string, { own, all }: Scope): Sql<boolean> =>
  all ? sql<boolean>`true` : sql<boolean>`${sql.ref(column)} = ${own}::uuid`;

type Pair = { readonly departmentId: string; readonly itemId: string };
type Counted = Pair & { readonly month: DateString; readonly decisions: number; readonly statedOn: DateString };

const latestCounts = ({ query }: Session, months: readonly Month[], scope: Scope) =>
  query<Counted>(sql`
    select distinct on (month, department_id, item_id) department_id as "departmentId", item_id as "itemId",
      month::text, decisions, stated_on::text as "statedOn"
    from decision_count where month = any(${months.map(({ from }) => from)}::date[]) and ${of('department_id', scope)}
    order by month, department_id, item_id, stated_at desc, id desc`);

const receipts = ({ query }: Session, from: DateString, to: DateString, scope: Scope) =>
  query<Pair & { n: number }>(sql`
    select "departmentId", "itemId", sum(n)::int as n
    from publicity_receipts(${from}::date, ${to}::date, ${ITEM_IDS}::uuid[])
    where ${of('departmentId', scope)} group by 1, 2`);

const keyOf = ({ departmentId, itemId }: Pair): string => `${departmentId} ${itemId}`;

/** The last of the decisions counted was made on the day of the statement, or on the month's last day. */
async function missing(session: Session, months: readonly Month[], scope: Scope): Promise<Reminder[]> {
  const counts = await latestCounts(session, months, scope);
  const reminders: Reminder[] = [];
  for (const month of months) {
    const came = new Map(
      (await receipts(session, month.from, month.to, scope)).map((receipt) => [keyOf(receipt), receipt.n]),
    );
    for (const count of counts.filter((one) => one.month === month.from)) {
      const decisions = count.decisions - (came.get(keyOf(count)) ?? 0);
      const last = count.statedOn < month.to ? count.statedOn : month.to;
      if (decisions > 0) {
        reminders.push(reminder('DECISIONS_MISSING', count, month.text, decisionDueOn(last), { decisions }));
      }
    }
  }
  return reminders;
}

async function uncounted(session: Session, month: Month, scope: Scope): Promise<Reminder[]> {
  const since = addMonths(month.from, -SILENT_MONTHS);
  const counted = await session.query<Pair & { stated: boolean }>(sql`
    select department_id as "departmentId", item_id as "itemId", bool_or(month = ${month.from}::date) as stated
    from decision_count where month between ${since}::date and ${month.from}::date and ${of('department_id', scope)}
    group by 1, 2`);
  const stated = new Set(counted.filter((one) => one.stated).map(keyOf));
  const pairs = new Map(
    [...counted, ...(await receipts(session, since, month.to, scope))].map((pair) => [keyOf(pair), pair]),
  );
  return [...pairs.values()]
    .filter((pair) => !stated.has(keyOf(pair)))
    .map((pair) => reminder('COUNT_DUE', pair, month.text, monthDueOn(month), {}));
}

const fieldOf = ({ fields }: CatalogueItem, part: FieldPart): string | undefined =>
  fields.find((field) => field.part === part)?.name;

/** Where a row of each item names its day of decision and its document. */
const PLACES = PUBLICITY_ITEMS.map((code) => {
  const item = itemOf(code) as CatalogueItem;
  return { item: referenceId('item', code), day: fieldOf(item, 'decidedOn'), no: fieldOf(item, 'documentNo') };
});

/** Rows that went back for what can be put right. Whether one came again, its document's number says. */
async function returned({ query, today }: Session, scope: Scope): Promise<Reminder[]> {
  const rows = await query<Pair & { batchId: string; rowNo: number; decidedOn: DateString }>(sql`
    select b.department_id as "departmentId", b.item_id as "itemId", b.id as "batchId", r.row_no as "rowNo",
      r."values" ->> p.day as "decidedOn"
    from import_batch b
      join jsonb_to_recordset(${JSON.stringify(PLACES)}::jsonb) as p(item uuid, day text, no text) on p.item = b.item_id
      join import_row r on r.batch_id = b.id
    where b.state = 'COMPLETED' and r.rejected and b.received_on between ${addDays(today, -LOOK_BACK)}::date and ${today}::date
      and not b.back_filled and ${of('b.department_id', scope)}
      and r."values" ->> p.day ~ '^\\d{4}-\\d{2}-\\d{2}$' and r."values" ->> p.day >= ${addDays(today, -LOOK_BACK)}
      and not exists (select 1 from jsonb_array_elements(r.issues) i
        where i ->> 'severity' = 'REJECTION' and i ->> 'code' in ('DUPLICATE', 'OUTSIDE_CATALOGUE'))
      and not exists (select 1 from import_batch later join import_row again on again.batch_id = later.id
        where later.item_id = b.item_id and later.department_id = b.department_id and later.state = 'COMPLETED'
          and (later.created_at, later.id) > (b.created_at, b.id) and again."values" ->> p.no = r."values" ->> p.no)`);
  return rows.map(({ decidedOn, batchId, rowNo, ...pair }) =>
    reminder('RETURNED_DUE', pair, decidedOn.slice(0, 7), decisionDueOn(decidedOn), { decisions: 1, batchId, rowNo }),
  );
}

const reminder = (
  kind: Reminder['kind'],
  { departmentId, itemId }: Pair,
  month: string,
  dueOn: DateString,
  more: Partial<Pick<Reminder, 'decisions' | 'batchId' | 'rowNo'>>,
): Reminder => ({ kind, departmentId, itemId, month, dueOn, decisions: null, batchId: null, rowNo: null, ...more });
