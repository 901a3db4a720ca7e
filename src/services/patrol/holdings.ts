import type { PersonalText } from '../../catalogue/patrol/holdings.js';
import { PATROL_RULES } from '../../catalogue/patrol/index.js';
import { ruleOn } from '../../catalogue/rules/index.js';
import { ENTRY_PUBLIC, RECORD_PUBLIC } from '../../permissions/states.js';
import { dateInShanghai } from '../../platform/clock.js';
import { sql } from '../../platform/sql.js';
import { addWorkdays } from '../../platform/workdays.js';
import type { Fact, PatrolContext } from './fact.js';
import { fresh, utc } from './lookups.js';
import { personalIn } from './personalText.js';

const dayOf = (instant: string): string => dateInShanghai(new Date(instant));
const localDay = (instant: string) => sql.raw(`(${instant} at time zone 'Asia/Shanghai')::date`);
const TARGETS = { credit_record: 'CreditRecord', list_entry: 'ListEntry' } as const;

interface Change {
  table: keyof typeof TARGETS;
  row: string;
  subject: string;
  department: string;
  at: string;
  objectedAt: string;
  state: string | null;
}

/**
 * A change or a hiding in the days after an objection: of the row itself once it was marked as disputed, or of any row
 * of a subject whose objection the log holds. The days are those of the calendar in Shanghai, the last one whole.
 */
export async function changedAfterObjection({ session, window, today }: PatrolContext): Promise<Fact[]> {
  const { definition } = ruleOn(PATROL_RULES.CHANGED_AFTER_OBJECTION.thresholds, today);
  const { days, operations, hidden } = definition;
  const since = sql`${window.changesSince}::timestamptz - make_interval(days => ${days + 1})`;
  const rows = await session.query<Change>(sql`
    with changes as (
      select * from patrol_changes(${since}, ${window.until}::timestamptz)
    ), objections as (
      select row_id, null::uuid as subject_id, at from changes where objected
      union all
      select null, s.id, e.at from access_event e, unnest(e.subject_ids) s(id)
      where e.outcome = 'OK' and string_to_array(e.operation, ',') && ${[...operations]}::text[] and e.at >= ${since}
    )
    select c.table_name as table, c.row_id as row, c.subject_id as subject, c.department_id as department, c.state,
      ${utc('c.at')} as at, ${utc('max(o.at)')} as "objectedAt"
    from changes c join objections o on (o.row_id = c.row_id or o.subject_id = c.subject_id)
      and o.at < c.at and ${localDay('c.at')} <= ${localDay('o.at')} + ${days}::int
    where c.at >= ${window.changesSince}::timestamptz and (c.changed or c.state = any(${[...hidden]}::text[]))
    group by c.table_name, c.row_id, c.subject_id, c.department_id, c.state, c.at`);
  return rows.map((row) => ({
    key: [row.table, row.row, row.at],
    departmentId: row.department,
    concerned: null,
    observed: 1,
    firstAt: row.objectedAt,
    lastAt: row.at,
    day: dayOf(row.at),
    subjectIds: [row.subject],
    target: { type: TARGETS[row.table], id: row.row },
    detail: { objectedAt: row.objectedAt, changedAt: row.at, state: row.state },
  }));
}

interface Shown {
  id: string;
  department: string;
  until: string;
  subject: string;
}

/** Time passes without a change, so all that is public is looked at each time. */
export async function publicityOverdue({ session, today }: PatrolContext): Promise<Fact[]> {
  const facts: Fact[] = [];
  const rules = PATROL_RULES.PUBLICITY_OVERDUE.thresholds.toSorted((a, b) =>
    a.effectiveFrom < b.effectiveFrom ? -1 : 1,
  );
  for (const [i, { definition, effectiveFrom }] of rules.entries()) {
    // By the day of the decision, as its publicity was set.
    const from = i === 0 ? '-infinity' : effectiveFrom;
    const to = rules[i + 1]?.effectiveFrom ?? 'infinity';
    const { months, years } = definition;
    const rows = await session.query<Shown>(sql`
      select id, provider_id as department, subject_id as subject, until::text from (
        select r.*, least(
          case when record_type = 'PENALTY' then decided_on + make_interval(months => (${JSON.stringify(months)}::jsonb->>severity)::int) end,
          case when record_type = 'PENALTY' then decided_on + make_interval(years => ${years}) end,
          case when record_type = 'PERMIT' then valid_to end)::date as until
        from credit_record r where ${sql.raw(RECORD_PUBLIC)} and decided_on >= ${from}::date and decided_on < ${to}::date
      ) shown where until < ${today}::date`);
    facts.push(...rows.map((row) => shown('CreditRecord', row)));
    const entries = await session.query<Shown>(sql`
      select e.id, e.department_id as department, e.subject_id as subject, (e.listed_on + make_interval(years => ${years}))::date::text as until
      from list_entry e join credit_list l on l.id = e.list_id and l.color = 'BLACK'
      where ${sql.raw(ENTRY_PUBLIC)} and listed_on >= ${from}::date and listed_on < ${to}::date
        and listed_on + make_interval(years => ${years}) < ${today}::date`);
    facts.push(...entries.map((row) => shown('ListEntry', row)));
  }
  return facts;
}

const midnight = (day: string) => `${day}T00:00:00+08:00`;

const shown = (type: 'CreditRecord' | 'ListEntry', { id, department, until, subject }: Shown): Fact => ({
  key: [type, id, until],
  departmentId: department,
  concerned: null,
  observed: 1,
  firstAt: midnight(until),
  lastAt: midnight(until),
  day: until,
  subjectIds: [subject],
  target: { type, id },
  detail: { lastDay: until },
});

interface Reported {
  department: string;
  batch: string | null;
  decided: string;
  received: string;
  rows: number;
}

/** One finding a batch, or a department's day: whoever brings in a year of old decisions at once has one thing to explain. */
export async function reportedLate({ session, window }: PatrolContext): Promise<Fact[]> {
  const rows = await session.query<Reported>(sql`
    select provider_id as department, batch_id as batch, decided_on::text as decided,
      received_on::text as received, count(*)::int as rows
    from credit_record
    where disclosure = 'PUBLIC' and subject_kind <> 'NATURAL_PERSON' and received_on > decided_on
      and received_on >= (${window.changesSince}::timestamptz at time zone 'Asia/Shanghai')::date
      and received_on <= (${window.until}::timestamptz at time zone 'Asia/Shanghai')::date
    group by provider_id, batch_id, decided_on, received_on`);
  // A day's working days are counted once, however many were decided on it.
  const due = new Map<string, string>();
  const dueOf = (decided: string): string => {
    const known = due.get(decided);
    if (known !== undefined) return known;
    const { definition } = ruleOn(PATROL_RULES.REPORTED_LATE.thresholds, decided);
    const day = addWorkdays(decided, definition.workdays);
    due.set(decided, day);
    return day;
  };
  const late = rows.filter(({ decided, received }) => received > dueOf(decided));
  const together = Map.groupBy(late, ({ batch, department, received }) => batch ?? `${department} ${received}`);
  return [...together.values()].map((some) => {
    const [{ batch, department, received }] = some as [Reported];
    const oldest = some.map(({ decided }) => decided).sort()[0] as string;
    return {
      key: [batch ?? received, department],
      departmentId: department,
      concerned: null,
      observed: some.reduce((sum, { rows: n }) => sum + n, 0),
      firstAt: midnight(received),
      lastAt: midnight(received),
      day: received,
      ...(batch ? { target: { type: 'ImportBatch' as const, id: batch } } : {}),
      detail: { receivedOn: received, oldestDecision: oldest },
    };
  });
}

interface Text {
  table: keyof typeof TARGETS;
  id: string;
  department: string;
  subject: string;
  at: string;
  texts: Record<string, string | null>;
}

/** Texts that might hold something, by a coarse look in Postgres; what they hold is judged here. */
const SUSPECT = '[0-9０-９]{11}|住';

export async function publicTextPersonal({ session, window, today }: PatrolContext): Promise<Fact[]> {
  const { definition } = ruleOn(PATROL_RULES.PUBLIC_TEXT_PERSONAL.thresholds, today);
  const changed = sql`revised_at >= ${window.changesSince}::timestamptz and revised_at < ${window.until}::timestamptz`;
  const rows = await session.query<Text>(sql`
    select 'credit_record' as table, id, provider_id as department, subject_id as subject, ${utc('revised_at')} as at, texts from (
      select r.*, jsonb_strip_nulls(r.values || jsonb_build_object('documentName', document_name, 'content', content,
        'violation', violation, 'facts', facts, 'basis', basis)) as texts
      from credit_record r where ${changed} and ${sql.raw(RECORD_PUBLIC)}) records
    where texts::text ~ ${SUSPECT}
    union all
    select 'list_entry', id, department_id, subject_id, ${utc('revised_at')}, jsonb_build_object('reason', reason)
    from list_entry where ${changed} and ${sql.raw(ENTRY_PUBLIC)} and reason ~ ${SUSPECT}`);
  return rows.flatMap((row) => {
    const fields = Object.entries(row.texts).flatMap(([field, text]) => {
      const kinds = typeof text === 'string' ? personalIn(text, today) : [];
      return kinds.filter((kind) => definition.kinds.includes(kind)).map((kind) => ({ field, kind }));
    });
    return fields.length === 0 ? [] : [told(row, fields)];
  });
}

const told = (
  { table, id, department, subject, at }: Text,
  fields: { field: string; kind: PersonalText['kinds'][number] }[],
): Fact => ({
  // The same row after a change that left it in is the same fact.
  key: [table, id, ...fields.map(({ field, kind }) => `${field} ${kind}`).sort()],
  departmentId: department,
  concerned: null,
  observed: fields.length,
  firstAt: at,
  lastAt: at,
  day: dayOf(at),
  subjectIds: [subject],
  target: { type: TARGETS[table], id },
  detail: { fields },
});

export async function outsideCatalogue({ session, window, today }: PatrolContext): Promise<Fact[]> {
  const { definition } = ruleOn(PATROL_RULES.OUTSIDE_CATALOGUE.thresholds, today);
  const { rejection, verb, outcome } = definition;
  // What a body brings under an agreement is no department's doing, although it stands in the office's name.
  const batches = await session.query<{
    id: string;
    department: string | null;
    rows: number;
    at: string;
    by: string;
  }>(sql`
    select id, case when agreement_id is null then department_id end as department, (rejections->>${rejection})::int as rows, submitted_by as by,
      ${utc('coalesce(finished_at, created_at)')} as at
    from import_batch where (rejections->>${rejection})::int > 0
      and coalesce(finished_at, created_at) >= ${window.changesSince}::timestamptz
      and coalesce(finished_at, created_at) < ${window.until}::timestamptz`);
  const refusals = await session.query<{ id: string; department: string | null; at: string; by: string }>(sql`
    select e.id, e.department_id as department, e.actor as by, ${utc('e.at')} as at from access_event e
    where ${fresh(window)} and e.outcome = ${outcome} and string_to_array(e.operation, ',') && array[${verb}]`);
  return [
    ...batches.map(
      ({ id, department, rows, at, by }): Fact => ({
        key: ['batch', id],
        departmentId: department,
        concerned: by,
        observed: rows,
        firstAt: at,
        lastAt: at,
        day: dayOf(at),
        target: { type: 'ImportBatch', id },
        detail: { rows },
      }),
    ),
    ...refusals.map(
      ({ id, department, at, by }): Fact => ({
        key: ['refusal', id],
        departmentId: department,
        concerned: by,
        observed: 1,
        firstAt: at,
        lastAt: at,
        day: dayOf(at),
        eventIds: [id],
      }),
    ),
  ];
}
