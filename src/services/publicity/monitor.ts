import { itemOf } from '../../catalogue/index.js';
import { isPublicity, PUBLICITY_ITEMS } from '../../catalogue/publicities.js';
import { seesAllDuties } from '../../permissions/sending.js';
import type { DateString } from '../../platform/clock.js';
import { HubError } from '../../platform/errors.js';
import { referenceId } from '../../platform/ids.js';
import { type Sql, sql } from '../../platform/sql.js';
import type { Session } from '../session.js';
import { decisionDueOn, type Month, monthDueOn, monthOf } from './month.js';
import { type Standing, standingOf, sumOf, type Tally } from './standing.js';
import { type Withdrawal, withdrawalsOf } from './withdrawals.js';

export interface MonitorFilter {
  /** `YYYY-MM`, of the decisions */
  readonly month: string;
  /** code of a department */
  readonly department?: string | null;
  /** code of one of the ten publicities */
  readonly item?: string | null;
}

/** 双公示监测: how a month's decisions were reported. */
export interface PublicityMonitor {
  readonly month: string;
  /** the day on which the month's last decision is due, and the departments' counts with it */
  readonly dueOn: DateString;
  /** that day has passed: what is missing now was not reported */
  readonly closed: boolean;
  readonly total: Standing;
  readonly departments: readonly Standing[];
  readonly items: readonly Standing[];
  /** by department and item */
  readonly standings: readonly Standing[];
  readonly withdrawals: readonly Withdrawal[];
}

interface Scope {
  readonly month: Month;
  readonly items: readonly string[];
  /** uuid; null: all that the caller may see */
  readonly department: string | null;
}

/**
 * The monitor of one month, by department and item: a department its own, whoever oversees the collection all of them.
 * A decision is of the month in which it was made; rows returned and withdrawals are of the month in which they came.
 * @throws BAD_USER_INPUT (month, item)
 */
export async function publicityMonitor(session: Session, filter: MonitorFilter): Promise<PublicityMonitor> {
  const { today } = session;
  const month = monthOf(filter.month, today);
  const scope = { month, items: itemsOf(filter.item), department: await departmentIdOf(session, filter) };
  const tallies = new Map<string, Tally>();
  const at = (departmentId: string, itemId: string): Tally => {
    const key = `${departmentId} ${itemId}`;
    const found = tallies.get(key) ?? emptyTally(departmentId, itemId);
    tallies.set(key, found);
    return found;
  };
  await addReceipts(session, scope, at);
  await addCounts(session, scope, at);
  await addReturned(session, scope, at);
  await addReviews(session, scope, at);
  const withdrawals = await withdrawalsOf(session, { from: month.from, to: month.to, ...scope });
  for (const { providerId, itemId, late, overdue } of withdrawals) {
    // where it was decided here and reported by another, it is the other's to answer for
    if (scope.department !== null && providerId !== scope.department) continue;
    const tally = at(providerId, itemId);
    tally.withdrawn += 1;
    if (late) tally.withdrawnLate += 1;
    if (overdue) tally.withdrawalOverdue += 1;
  }
  const rows = await inOrder(session, [...tallies.values()]);
  session.seen?.(rows.map(() => ({ '#label': 'GOVERNMENT' })));
  const dueOn = monthDueOn(month);
  return {
    month: month.text,
    dueOn,
    closed: today > dueOn,
    total: standingOf(sumOf(rows, null, null)),
    departments: groups(
      rows,
      ({ departmentId }) => departmentId,
      (id, of) => sumOf(of, id, null),
    ),
    items: groups(
      rows,
      ({ itemId }) => itemId,
      (id, of) => sumOf(of, null, id),
    ),
    standings: rows.map(standingOf),
    withdrawals,
  };
}

type At = (departmentId: string, itemId: string) => Tally;

const emptyTally = (departmentId: string, itemId: string): Tally => ({
  departmentId,
  itemId,
  counted: null,
  countedOf: 0,
  reported: 0,
  onTime: 0,
  late: 0,
  backFilled: 0,
  missing: 0,
  surplus: 0,
  read: 0,
  returned: 0,
  underReview: 0,
  withdrawn: 0,
  withdrawnLate: 0,
  withdrawalOverdue: 0,
});

const groups = (rows: readonly Tally[], by: (row: Tally) => string | null, sum: (id: string, of: Tally[]) => Tally) =>
  [...Map.groupBy(rows, by)].map(([id, of]) => standingOf(sum(id as string, of)));

function itemsOf(code: string | null | undefined): string[] {
  if (code == null) return PUBLICITY_ITEMS.map((item) => referenceId('item', item));
  const item = itemOf(code);
  if (item && isPublicity(item.code)) return [referenceId('item', item.code)];
  throw new HubError(
    'BAD_USER_INPUT',
    { zh: '该数据项不属十公示', en: 'the item is none of the ten publicities' },
    'item',
  );
}

/** Another department's is not there for a department, whatever Postgres would say. */
async function departmentIdOf({ actor, query }: Session, { department }: MonitorFilter): Promise<string | null> {
  const own = seesAllDuties(actor) ? null : (actor.department?.id ?? NOBODY);
  if (department == null) return own;
  const [found] = await query<{ id: string }>(sql`select id from department where code = ${department}`);
  return own === null ? (found?.id ?? NOBODY) : found?.id === own ? own : NOBODY;
}

const NOBODY = '00000000-0000-0000-0000-000000000000';
const ofDepartment = (column: string, { department }: Scope): Sql<boolean> =>
  department === null ? sql<boolean>`true` : sql<boolean>`${sql.ref(column)} = ${department}::uuid`;
const ofItems = (column: string, { items }: Scope): Sql<boolean> =>
  sql<boolean>`${sql.ref(column)} = any(${[...items]}::uuid[])`;

interface Receipt {
  readonly departmentId: string;
  readonly itemId: string;
  readonly decidedOn: DateString;
  readonly receivedOn: DateString;
  readonly backFilled: boolean;
  readonly n: number;
}

async function addReceipts({ query }: Session, scope: Scope, at: At): Promise<void> {
  const { from, to } = scope.month;
  const due = new Map<DateString, DateString>();
  const dueOn = (day: DateString) => due.get(day) ?? (due.set(day, decisionDueOn(day)).get(day) as DateString);
  const receipts = await query<Receipt>(sql`
    select "departmentId", "itemId", "decidedOn"::text, "receivedOn"::text, "backFilled", n
    from publicity_receipts(${from}::date, ${to}::date, ${[...scope.items]}::uuid[])
    where ${ofDepartment('departmentId', scope)}`);
  for (const { departmentId, itemId, decidedOn, receivedOn, backFilled, n } of receipts) {
    const tally = at(departmentId, itemId);
    tally.reported += n;
    if (backFilled) tally.backFilled += n;
    else if (receivedOn > dueOn(decidedOn)) tally.late += n;
    else tally.onTime += n;
  }
}

/** A count that was stated: what is missing of it, and what came beyond it. */
async function addCounts({ query }: Session, scope: Scope, at: At): Promise<void> {
  const counts = await query<{ departmentId: string; itemId: string; decisions: number }>(sql`
    select distinct on (department_id, item_id) department_id as "departmentId", item_id as "itemId", decisions
    from decision_count
    where month = ${scope.month.from}::date and ${ofItems('item_id', scope)} and ${ofDepartment('department_id', scope)}
    order by department_id, item_id, stated_at desc, id desc`);
  for (const { departmentId, itemId, decisions } of counts) {
    const tally = at(departmentId, itemId);
    tally.counted = decisions;
    tally.countedOf = Math.min(tally.reported, decisions);
    tally.missing = Math.max(0, decisions - tally.reported);
    tally.surplus = Math.max(0, tally.reported - decisions);
  }
}

async function addReturned({ query }: Session, scope: Scope, at: At): Promise<void> {
  const { from, to } = scope.month;
  const batches = await query<{ departmentId: string; itemId: string; read: number; returned: number }>(sql`
    select department_id as "departmentId", item_id as "itemId", sum(read)::int as read, sum(rejected)::int as returned
    from import_batch
    where state = 'COMPLETED' and received_on between ${from}::date and ${to}::date
      and ${ofItems('item_id', scope)} and ${ofDepartment('department_id', scope)}
    group by department_id, item_id`);
  for (const { departmentId, itemId, read, returned } of batches) {
    const tally = at(departmentId, itemId);
    tally.read += read;
    tally.returned += returned;
  }
}

/** What no rule decided of the rows received in the month, and nobody has decided yet. */
async function addReviews({ query }: Session, scope: Scope, at: At): Promise<void> {
  const { from, to } = scope.month;
  const reviews = await query<{ departmentId: string; itemId: string; n: number }>(sql`
    select r.department_id as "departmentId", b.item_id as "itemId", count(*)::int as n
    from review_item r join import_batch b on b.id = r.batch_id
    where r.closed_at is null and b.received_on between ${from}::date and ${to}::date
      and ${ofItems('b.item_id', scope)} and ${ofDepartment('r.department_id', scope)}
    group by 1, 2`);
  for (const { departmentId, itemId, n } of reviews) at(departmentId, itemId).underReview += n;
}

/** By the departments' codes, and within one in the order of the ten publicities. */
async function inOrder({ query }: Session, tallies: readonly Tally[]): Promise<Tally[]> {
  const ids = [...new Set(tallies.map(({ departmentId }) => departmentId))];
  const codes = await query<{ id: string; code: string }>(
    sql`select id, code from department where id = any(${ids}::uuid[])`,
  );
  const codeOf = new Map(codes.map(({ id, code }) => [id, code]));
  const place = new Map(PUBLICITY_ITEMS.map((code, i) => [referenceId('item', code), i]));
  const key = ({ departmentId, itemId }: Tally) =>
    `${codeOf.get(departmentId ?? '') ?? '~'} ${String(place.get(itemId ?? '') ?? 99).padStart(2, '0')}`;
  return [...tallies].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}
