import type { ReportingCycle } from '../../catalogue/types.js';
import { seesAllDuties } from '../../permissions/sending.js';
import { addDays, addMonths, type DateString } from '../../platform/clock.js';
import { sql } from '../../platform/sql.js';
import { addWorkdays } from '../../platform/workdays.js';
import type { Session } from '../session.js';

/** 报送任务: what a department owes under one item of the catalogue, and when. */
export interface ReportingDuty {
  readonly itemId: string;
  readonly departmentId: string;
  readonly cycle: ReportingCycle;
  /** the day of receipt of the last batch of which a row was accepted */
  readonly lastReportedOn: DateString | null;
  /** the period that is to be reported next; null where every decision is */
  readonly periodFrom: DateString | null;
  readonly periodTo: DateString | null;
  readonly nextDueOn: DateString | null;
  readonly overdue: boolean;
}

export interface DutyFilter {
  /** code of the department */
  readonly department?: string | null;
  readonly overdueOnly?: boolean | null;
}

export interface DutyFacts {
  readonly itemId: string;
  readonly departmentId: string;
  readonly cycle: ReportingCycle;
  readonly lastReportedOn: DateString | null;
  readonly owedFrom: DateString;
}

// Whoever looks after the lists may send entries of all of them, and owes none: their own departments do.
const OWING = sql`case when i.yields = 'LIST_ENTRY' then array_remove(i.provider_functions, 'DEVELOPMENT_REFORM') else i.provider_functions end`;

/**
 * Who owes what today, by department and item: a department its own, whoever oversees the collection all of them. The
 * batches are read under row security, so that neither learns of others' more than this.
 */
export async function reportingDuties(
  session: Session,
  { department, overdueOnly }: DutyFilter,
): Promise<ReportingDuty[]> {
  const { actor, today } = session;
  const own = seesAllDuties(actor) ? sql`true` : sql`d.id = ${actor.department?.id ?? null}::uuid`;
  const named = department ? sql`d.code = ${department}` : sql`true`;
  const facts = await session.query<DutyFacts>(sql`
    select i.id as "itemId", d.id as "departmentId", i.cycle, b.received_on::text as "lastReportedOn",
      least(greatest(i.known_since, i.effective_from), ${today}::date)::text as "owedFrom"
    from catalogue_item i
    join department d on 'ANY' = any(i.provider_functions) or d.functions && ${OWING}
    left join lateral (
      select received_on from import_batch
      where department_id = d.id and item_id = i.id and state = 'COMPLETED' and accepted > 0
      order by received_on desc limit 1) b on true
    where ${own} and ${named} and coalesce(i.effective_from <= ${today}::date, true)
      and coalesce(i.effective_until > ${today}::date, true)
    order by d.code, i.code`);
  const duties = facts.map((fact) => dutyOf(fact, today));
  session.seen?.(duties.map(() => ({ '#label': 'GOVERNMENT' })));
  return overdueOnly ? duties.filter(({ overdue }) => overdue) : duties;
}

const MONTHS = { MONTH: 1, QUARTER: 3, HALF_YEAR: 6, YEAR: 12 } as const;

/**
 * What was reported within a period is of the one before it, at the latest: so the period of the last report is the next to
 * be reported, once it is over. Nobody owes a report of the time before the hub knew the item.
 */
export function dutyOf(
  { itemId, departmentId, cycle, lastReportedOn, owedFrom }: DutyFacts,
  today: DateString,
): ReportingDuty {
  const known = { itemId, departmentId, cycle, lastReportedOn };
  if (cycle.every === 'EVENT') {
    // Which decisions are missing the departments' own counts say, not the calendar.
    return { ...known, periodFrom: null, periodTo: null, nextDueOn: null, overdue: false };
  }
  const { from, to } = periodOf(lastReportedOn ?? owedFrom, MONTHS[cycle.every]);
  const nextDueOn = addWorkdays(to, cycle.workdays);
  return { ...known, periodFrom: from, periodTo: to, nextDueOn, overdue: today > nextDueOn };
}

/** The period of so many months, counted from January, in which the day lies. */
export function periodOf(day: DateString, months: number): { readonly from: DateString; readonly to: DateString } {
  const month = Number(day.slice(5, 7)) - 1;
  const first = String(month - (month % months) + 1).padStart(2, '0');
  const from = `${day.slice(0, 4)}-${first}-01`;
  return { from, to: addDays(addMonths(from, months), -1) };
}
