import { LOWEST_ROUNDING, LOWEST_THRESHOLD } from '../../config.js';
import { postgresRole, ROLE_NAMES, type Role } from '../roles.js';
import { today } from '../states.js';
import { FEWEST_VALUES, LEVELS, MONTHS_OF_A_QUARTER, MOST_RECORDS, PROTECTED_KINDS } from '../statistics.js';
import { READS } from '../verbs.js';

const quoted = (names: readonly string[]) => names.map((name) => `'${name}'`).join(', ');
const PROTECTED = quoted(PROTECTED_KINDS);

/** Values that each level's breakdown could have, whether anybody is there or not. */
const VALUES: Record<(typeof LEVELS)[number], string> = {
  topic: `case counted when 'RECORDS' then (select count(*) from public.catalogue_item i
      where i.yields in ('PERMIT', 'PENALTY', 'RECORD') and c.kind = any(i.subject_kinds)) else (select count(*) from public.credit_list) end`,
  department: '(select count(*) from public.department)',
  month: `${MONTHS_OF_A_QUARTER}`,
};

/**
 * Divides the groups so far by one more dimension. `g` says of each atom (a kind, quarter, topic, department and month that
 * occur together) what is told apart of it; subjects are counted over numbers of atoms and parts, which are narrow. Of a group whose parts all reach the threshold each part is told; of
 * another the small parts are left together, the smallest of the others with them until they reach it, and only where a
 * value is empty that could have been theirs; else the group stays whole.
 */
function level(n: number): string {
  const label = LEVELS[n] as string;
  const node = ['kind', 'quarter', ...LEVELS.slice(0, n)].join(', ');
  const last = n === 0 ? 'quarter' : LEVELS[n - 1];
  const kept = LEVELS.map((name) => (name === label ? `case when a.apart then g.${name} end as ${name}` : `g.${name}`));
  return `m${n} as materialized (
    select atom, kind, dense_rank() over (order by ${node})::int as node, dense_rank() over (order by ${node}, ${label})::int as part
    from g${n} where ${last} is not null),
  p${n} as materialized (
    select m.node, m.part, s.subject from source s join m${n} m using (atom) group by 1, 2, 3),
  c${n} as materialized (
    select node, part, n, dense_rank() over (partition by node order by n)::int as rank
    from (select node, part, count(*) as n from p${n} group by node, part) c),
  f${n} as (
    select node, rank, count(*) as n from (
      select p.node, p.subject, min(c.rank) as rank from p${n} p join c${n} c using (part) group by p.node, p.subject) nearest
    group by node, rank),
  r${n} as (
    select node, rank, sum(coalesce(f.n, 0)) over (partition by node order by rank) as together,
      max(rank) filter (where fewest < k) over (partition by node) as small
    from (select node, rank, min(n) as fewest from c${n} group by node, rank) c left join f${n} f using (node, rank)),
  v${n} as (select node, ${VALUES[label as keyof typeof VALUES]} as "values", count(distinct part) as present from m${n} c group by node, kind),
  o${n} as (
    select node, case when v."values" < ${FEWEST_VALUES} then max(rank) when max(small) is null then 0 when v."values" <= v.present then max(rank)
      else coalesce(min(rank) filter (where rank >= small and together >= k), max(rank)) end as rest
    from r${n} join v${n} v using (node) group by node, v."values", v.present),
  a${n} as (select m.atom, c.rank > o.rest as apart from m${n} m join c${n} c using (part) join o${n} o on o.node = m.node),
  g${n + 1} as materialized (
    select g.atom, g.kind, g.quarter, ${kept.join(', ')} from g${n} g left join a${n} a using (atom))`;
}

/** A cell of this read says nothing of rows. */
const cells = new Map<string, Role[]>();
for (const role of ROLE_NAMES) {
  const cell = READS.statistics[role].sql(() => 'false');
  if (cell !== 'false') cells.set(cell, [...(cells.get(cell) ?? []), role]);
}
const may = [...cells]
  .map(([cell, roles]) => `(current_setting('role') in (${quoted(roles.map(postgresRole))}) and ${cell})`)
  .join(' or ');

const valueIn = (dimension: string) =>
  `case ${dimension} when 'TOPIC' then topic::text when 'DEPARTMENT' then department::text when 'MONTH' then to_char(month, 'YYYY-MM') when 'KIND' then kind end`;
const rounded = (number: string) => `b * ((2 * ${number} + b) / (2 * b))`;

/**
 * 统计 Numbers of subjects and records by one or two dimensions, over quarters that were over at the last turn of a month and
 * as it was known then: what came or went since moves nothing. It runs as the owner, because natural persons' rows are not
 * read by who asks, and what it answers is protected already: raw counts don't leave it, whoever calls it with whatever
 * threshold. The planner knows nothing of how many rows a part of it has: with nested or sorted joins it takes a minute.
 */
export const printStatistics =
  (): string => `create or replace function statistics(counted text, first_quarter date, last_quarter date, dimension text, across text, threshold int, base int)
  returns table (value text, other text, "ofValue" boolean, "ofOther" boolean, subjects int, records int)
  language plpgsql stable security definer rows 200 set search_path = pg_catalog, pg_temp
  set work_mem = '64MB' set enable_nestloop = off set enable_mergejoin = off as $$
#variable_conflict use_column
declare
  k int := greatest(threshold, ${LOWEST_THRESHOLD});
  b int := greatest(base, ${LOWEST_ROUNDING});
  cut date := date_trunc('month', ${today}::timestamp);
begin
  if not coalesce(${may}, false) then return; end if;
  return query
  with known as (
    select r.subject_kind as kind, coalesce(s.merged_into, s.id) as subject, r.item_id as topic, r.authority_id as department, r.decided_on as day
    from public.credit_record r join public.subject s on s.id = r.subject_id
    where counted = 'RECORDS' and r.received_on < cut and coalesce(r.expires_on, 'infinity') >= cut - 1
      and (r.state = 'ACTIVE' or (r.state = 'REVOKED' and r.revoked_on >= cut))
    union all
    select e.subject_kind, coalesce(s.merged_into, s.id), e.list_id, e.department_id, e.listed_on
    from public.list_entry e join public.subject s on s.id = e.subject_id
      left join lateral (select (v.before->>'batch_id')::uuid as batch_id from public.row_revision v
        where v.table_name = 'list_entry' and v.row_id = e.id order by v.revision limit 1) v on true
      left join public.import_batch i on i.id = coalesce(v.batch_id, e.batch_id)
    where counted = 'LIST_ENTRIES' and coalesce(i.received_on, e.listed_on) < cut and coalesce(e.ends_on, 'infinity') >= cut - 1
      and (e.state in ('LISTED', 'SUSPENDED') or (e.state in ('REVOKED', 'REPAIRED') and e.removed_on >= cut))
  ), dated as (
    select kind, subject, topic, department, date_trunc('month', day::timestamp)::date as month, date_trunc('quarter', day::timestamp)::date as quarter
    from known where day >= date_trunc('quarter', first_quarter::timestamp) and day < date_trunc('quarter', last_quarter::timestamp) + interval '3 months'
  ), atoms as materialized (
    select row_number() over ()::int as atom, a.* from (
      select distinct kind, quarter, topic, department, month from dated where quarter + interval '3 months' <= cut) a
  ), source as materialized (
    select a.atom, d.subject, count(*)::int as n from dated d join atoms a using (kind, quarter, topic, department, month) group by 1, 2
  ), root as (
    select kind, quarter from (
      select a.kind, a.quarter, s.subject from source s join atoms a using (atom) where a.kind in (${PROTECTED}) group by 1, 2, 3) each
    group by 1, 2 having count(*) >= k
  ), g0 as materialized (
    select a.* from atoms a join root using (kind, quarter)
  ), ${LEVELS.map((_, n) => level(n)).join(', ')},
  leaves as materialized (
    select atom, kind, guarded, dense_rank() over (order by guarded, kind, quarter, topic, department, month)::int as leaf,
      ${valueIn('dimension')} as value, ${valueIn('across')} as other
    from (
      select atom, kind, quarter, topic, department, month, true as guarded from g${LEVELS.length}
      union all
      select atom, kind, quarter, topic, department, month, false from atoms where kind not in (${PROTECTED})) l
  ), within as materialized (
    select l.leaf, s.subject, case when bool_or(l.guarded) then least(sum(s.n), ${MOST_RECORDS}) else sum(s.n) end as n
    from source s join leaves l using (atom) group by 1, 2
  ), cells as materialized (
    select leaf, kind, guarded, "ofValue", "ofOther", case when "ofValue" then value end as value, case when "ofOther" then other end as other,
      dense_rank() over (order by kind, "ofValue", "ofOther", case when "ofValue" then value end, case when "ofOther" then other end)::int as cell
    from (select distinct leaf, kind, guarded, value, other from leaves) l
      cross join (values (true, true), (true, false), (false, true), (false, false)) of ("ofValue", "ofOther")
  ), counts as (
    select cell, count(*)::int as subjects, sum(n)::int as records from (
      select c.cell, w.subject, sum(w.n) as n from within w join cells c using (leaf) group by 1, 2) each
    group by cell
  ), sums as (
    select c.kind, c.guarded, c.value, c.other, c."ofValue", c."ofOther", n.subjects, n.records
    from (select distinct cell, kind, guarded, value, other, "ofValue", "ofOther" from cells) c join counts n using (cell)
  ), told as (
    select value, other, "ofValue", "ofOther", bool_or(guarded) as guarded,
      -- of organisations alone, whose rows are open to who asks
      ("ofValue" and dimension = 'KIND' or "ofOther" and coalesce(across = 'KIND', false)) and not bool_or(guarded) as exact,
      sum(case when guarded then ${rounded('subjects')} else subjects end)::int as subjects,
      sum(case when guarded then ${rounded('records')} else records end)::int as records
    from sums where across is not null or not "ofOther" group by value, other, "ofValue", "ofOther"
  )
  select value, other, "ofValue", "ofOther", case when exact then subjects else ${rounded('subjects')} end,
    case when exact then records else ${rounded('records')} end
  from told where guarded or exact or subjects >= k;
end $$;
revoke all on function statistics(text, date, date, text, text, int, int) from public;
grant execute on function statistics(text, date, date, text, text, int, int) to ${[...cells.values()].flat().map(postgresRole).join(', ')};`;
