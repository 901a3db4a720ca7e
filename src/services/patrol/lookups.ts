import { PATROL_RULES } from '../../catalogue/patrol/index.js';
import { type Lookups, SELF_ROLE, STAFF_ROLES } from '../../catalogue/patrol/lookups.js';
import { ruleOn } from '../../catalogue/rules/index.js';
import type { RuleSet } from '../../catalogue/rules/severity.js';
import { type Sql, sql } from '../../platform/sql.js';
import { isWorkday } from '../../platform/workdays.js';
import { type Fact, NAMED, type PatrolContext, type Window } from './fact.js';

const ZONE = 'Asia/Shanghai';

const local = (column: string): Sql => sql.raw(`(${column} at time zone '${ZONE}')`);
export const utc = (column: string): Sql =>
  sql.raw(`to_char((${column}) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`);

/** Entries of the log that this patrol looks at for the first time. */
export const fresh = ({ from, to, seqAfter }: Window): Sql<boolean> =>
  from !== null || to !== null
    ? sql<boolean>`(e.at >= ${from ?? '-infinity'}::timestamptz and e.at < ${to ?? 'infinity'}::timestamptz)`
    : sql<boolean>`(e.seq > ${seqAfter} or e.seq is null)`;

const byStaff = sql<boolean>`e.role = any(${[...STAFF_ROLES]}::text[])`;
const looking = ({ operations, labels }: Lookups): Sql<boolean> => sql<boolean>`${byStaff} and e.outcome = 'OK'
  and string_to_array(e.operation, ',') && ${[...operations]}::text[]
  and ${labels.length > 0 ? sql`e.labels && ${[...labels]}::text[]` : sql`e.labels <> '{}'`}`;

/** Days of which something is new: they are looked at whole, so that a limit of a day is not passed in two halves. */
async function freshDays({ session, window }: PatrolContext, which: Sql<boolean>): Promise<string[]> {
  const rows = await session.query<{ day: string }>(
    sql`select distinct ${local('e.at')}::date::text as day from access_event e where ${fresh(window)} and ${which} order by 1`,
  );
  return rows.map(({ day }) => day);
}

interface Found {
  actor: string;
  department: string | null;
  observed: number;
  first: string;
  last: string;
  events: string[];
  subjects: string[];
}

/** Of one day: what each person did that meets `which`, where it reaches `least` as `count` counts. */
async function daysOf(
  { session }: PatrolContext,
  day: string,
  which: Sql<boolean>,
  { count, least }: { count: Sql; least: number },
): Promise<Fact[]> {
  const rows = await session.query<Found>(sql`
    select e.actor, e.department_id as department, (${count})::int as observed,
      ${utc('min(e.at)')} as first, ${utc('max(e.at)')} as last,
      (array_agg(distinct e.id))[1:${sql.lit(NAMED)}] as events,
      (array_agg(distinct s.id) filter (where s.id is not null))[1:${sql.lit(NAMED)}] as subjects
    from access_event e left join lateral unnest(e.subject_ids) s(id) on true
    where e.at >= ${day}::timestamp at time zone ${ZONE} and e.at < (${day}::date + 1)::timestamp at time zone ${ZONE}
      and ${which}
    group by 1, 2 having (${count}) >= ${least}`);
  return rows.map((row) => ({
    key: [row.actor, row.department, day],
    departmentId: row.department,
    concerned: row.actor,
    observed: row.observed,
    firstAt: row.first,
    lastAt: row.last,
    day,
    eventIds: row.events,
    subjectIds: row.subjects ?? [],
  }));
}

const EVENTS = sql`count(distinct e.id)`;
const SUBJECTS = sql`count(distinct s.id)`;

/** A rule that counts by person and day, under the threshold of each day. */
const byDay =
  <D>(
    thresholds: readonly RuleSet<D>[],
    which: (definition: D, day: string, context: PatrolContext) => Sql<boolean> | null,
    limit: (definition: D) => { count: Sql; least: number } = () => ({ count: EVENTS, least: 1 }),
    first: (definition: D) => Sql<boolean> = () => byStaff,
  ) =>
  async (context: PatrolContext): Promise<Fact[]> => {
    const latest = ruleOn(thresholds, context.today).definition;
    const facts: Fact[] = [];
    for (const day of await freshDays(context, first(latest))) {
      const { definition } = ruleOn(thresholds, day);
      const condition = which(definition, day, context);
      if (condition) facts.push(...(await daysOf(context, day, condition, limit(definition))));
    }
    return facts;
  };

export const withoutCase = byDay(
  PATROL_RULES.LOOKUP_WITHOUT_CASE.thresholds,
  (rule) => sql`${looking(rule)} and e.purpose = any(${[...rule.purposes]}::text[]) and e.case_no is null`,
);

export const offHours = byDay(PATROL_RULES.LOOKUP_OFF_HOURS.thresholds, (rule, day, { workHours }) => {
  if (!isWorkday(day)) return looking(rule);
  const time = sql`to_char(${local('e.at')}, 'HH24:MI')`;
  const within = workHours.map(({ from, to }) => sql`(${time} >= ${from} and ${time} < ${to})`);
  return sql`${looking(rule)} and not (${sql.join(within, sql` or `)})`;
});

/**
 * Of oneself: the user has left events as that subject and for nobody else, or the organisation's representative is
 * called as the user is.
 */
export const ofSelf = byDay(
  PATROL_RULES.LOOKUP_OF_SELF.thresholds,
  // One look at the subjects' own events a day: asked of each look-up by itself, it would be one a row.
  (rule) => sql`${looking(rule)} and ((e.actor, s.id) in (
      select mine.actor, mine.subject_ids[1] from access_event mine
      where mine.role = ${SELF_ROLE} and mine.on_behalf is null and cardinality(mine.subject_ids) = 1)
    or exists (select 1 from subject one where one.id = s.id and one.representative = e.actor))`,
);

export const inBulk = byDay(PATROL_RULES.LOOKUP_IN_BULK.thresholds, looking, ({ subjects }) => ({
  count: SUBJECTS,
  least: subjects,
}));

export const refused = byDay(
  PATROL_RULES.LOOKUP_REFUSED.thresholds,
  ({ outcomes }) => sql`${byStaff} and e.outcome = any(${[...outcomes]}::text[])`,
  ({ times }) => ({ count: EVENTS, least: times }),
);

/**
 * The look-up with which the limit is reached within the days before it, and not those that follow while it stays
 * reached: one fact, whenever it is looked at.
 */
export async function repeated(context: PatrolContext): Promise<Fact[]> {
  const { session, window, today } = context;
  const { definition } = ruleOn(PATROL_RULES.LOOKUP_REPEATED.thresholds, today);
  const { times, days } = definition;
  const rows = await session.query<Found & { id: string; subject: string; day: string }>(sql`
    with looks as materialized (
      select e.id, e.at, e.seq, e.actor, e.department_id, s.id as subject, coalesce(e.case_no, '') as case_no
      from access_event e cross join unnest(e.subject_ids) s(id)
      where ${looking(definition)} and e.at >= (
        select min(e.at) from access_event e where ${fresh(window)} and ${looking(definition)}) - make_interval(days => ${2 * days})
        and s.id in (select p.id from subject p where p.kind = 'NATURAL_PERSON')
    ), counted as (
      select l.*, coalesce(lag(l.at, ${times - 1}) over w >= l.at - make_interval(days => ${days}), false) as reached
      from looks l window w as (partition by l.actor, l.subject, l.case_no order by l.at, l.id)
    ), first as (
      select c.*, lag(c.reached, 1, false) over (partition by c.actor, c.subject, c.case_no order by c.at, c.id) as before
      from counted c
    )
    select e.actor, e.department_id as department, e.subject, e.id, count(*)::int as observed,
      ${utc('min(l.at)')} as first, ${utc('e.at')} as last, (array_agg(l.id order by l.at, l.id))[1:${sql.lit(NAMED)}] as events,
      null as subjects, ${local('e.at')}::date::text as day
    from first e join looks l on l.actor = e.actor and l.subject = e.subject and l.case_no = e.case_no
      and l.at between e.at - make_interval(days => ${days}) and e.at
    where e.reached and not e.before and ${fresh(window)}
    group by e.actor, e.department_id, e.subject, e.id, e.at`);
  return rows.map((row) => ({
    key: [row.actor, row.subject, row.id],
    departmentId: row.department,
    concerned: row.actor,
    observed: row.observed,
    firstAt: row.first,
    lastAt: row.last,
    day: row.day,
    eventIds: row.events,
    subjectIds: [row.subject],
  }));
}
