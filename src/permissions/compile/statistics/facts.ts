import { SUBJECT_KINDS } from '../../../catalogue/types.js';
import { MONTHS_OF_A_QUARTER, PROTECTED_KINDS } from '../../statistics.js';
import { quoted } from './quoted.js';

// 统计的来源 What is counted: of each record or entry its subject and its place, a place being a quarter, kind, topic, department and month at once.

/** In the order of their numbers; the protected ones come first, so that one comparison tells them from the others. */
const KINDS = [...PROTECTED_KINDS, ...SUBJECT_KINDS.filter((kind) => !PROTECTED_KINDS.includes(kind))];

/** Of a kind's number. */
export const isProtected = (no: string) => `${no} < ${PROTECTED_KINDS.length}`;
export const kindOf = (no: string) => `(array[${quoted(KINDS)}])[${no} + 1]`;

/** How many values a digit of a place has; `topics` and `departments` are variables of the function. */
export const BASES = {
  kind: `${KINDS.length}`,
  topic: 'topics',
  department: 'departments',
  month: `${MONTHS_OF_A_QUARTER}`,
};

// Records and entries that count, and the day, as both were known when the month began.
const KNOWN = `
  select r.subject_kind as kind, r.subject_id, r.item_id as topic_id, r.authority_id as department_id, r.decided_on as day
  from public.credit_record r
  where counted = 'RECORDS' and r.decided_on >= since and r.decided_on < until
    and r.received_on < cut and coalesce(r.expires_on, 'infinity') >= cut - 1
    and (r.state = 'ACTIVE' or (r.state = 'REVOKED' and r.revoked_on >= cut))
  union all
  select e.subject_kind, e.subject_id, e.list_id, e.department_id, e.listed_on
  from public.list_entry e
    left join lateral (select (v.before->>'batch_id')::uuid as batch_id from public.row_revision v
      where v.table_name = 'list_entry' and v.row_id = e.id order by v.revision limit 1) v on true
    left join public.import_batch i on i.id = coalesce(v.batch_id, e.batch_id)
  where counted = 'LIST_ENTRIES' and e.listed_on >= since and e.listed_on < until
    and coalesce(i.received_on, e.listed_on) < cut and coalesce(e.ends_on, 'infinity') >= cut - 1
    and (e.state in ('LISTED', 'SUSPENDED') or (e.state in ('REVOKED', 'REPAIRED') and e.removed_on >= cut))`;

/**
 * A place is one number, written in a mixed base: quarter, kind, topic, department, month. Divided by the base of its last
 * digit it is the wider place around it, so that groups of every width are made of numbers, without a join.
 */
export const FACTS = `known as (${KNOWN}),
  kind as materialized (select kind, no - 1 as no from unnest(array[${quoted(KINDS)}]) with ordinality of (kind, no)),
  topic as materialized (
    select id, row_number() over () - 1 as no from public.catalogue_item where counted = 'RECORDS'
    union all
    select id, row_number() over () - 1 from public.credit_list where counted = 'LIST_ENTRIES'),
  department as materialized (select id, row_number() over () - 1 as no from public.department),
  day as materialized (
    select day::date as day, extract(year from day)::bigint * 4 + extract(quarter from day)::int - 1 as quarter,
      (extract(month from day)::int - 1) % ${BASES.month} as month
    from generate_series(since::timestamp, until - 1, interval '1 day') of (day)),
  facts as materialized (
    select (((day.quarter * ${BASES.kind} + kind.no) * ${BASES.topic} + topic.no) * ${BASES.department} + department.no) * ${BASES.month} + day.month as place,
      coalesce(merged.merged_into, subject_id) as subject
    from known join day using (day) join kind using (kind) join topic on topic.id = topic_id join department on department.id = department_id
      left join public.subject merged on merged.id = subject_id and merged.merged_into is not null),
  places as materialized (select place, count(*)::int as n from facts group by place)`;

const { topic, department, month } = BASES;
/** The wider place around one, and its digits. */
export const inDepartment = `place / ${month}`;
export const inTopic = `place / (${month} * ${department})`;
export const inKind = `place / (${month} * ${department} * ${topic})`;
export const DIGITS = {
  quarter: `${inKind} / ${BASES.kind}`,
  kind: `${inKind} % ${BASES.kind}`,
  topic: `${inTopic} % ${topic}`,
  department: `${inDepartment} % ${department}`,
  month: `place % ${month}`,
};
/** 2026-07 */
export const monthOf = (quarter: string, no: string) =>
  `to_char(make_date((${quarter} / 4)::int, (${quarter} % 4 * ${month} + ${no})::int + 1, 1), 'YYYY-MM')`;
