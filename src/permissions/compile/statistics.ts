import { LOWEST_ROUNDING, LOWEST_THRESHOLD } from '../../config.js';
import { postgresRole, ROLE_NAMES, type Role } from '../roles.js';
import { today } from '../states.js';
import { READS } from '../verbs.js';
import { APART } from './statistics/apart.js';
import { FACTS } from './statistics/facts.js';
import { NUMBERS } from './statistics/numbers.js';
import { quoted } from './statistics/quoted.js';

/** A cell of this read says nothing of rows. */
const cells = new Map<string, Role[]>();
for (const role of ROLE_NAMES) {
  const cell = READS.statistics[role].sql(() => 'false');
  if (cell !== 'false') cells.set(cell, [...(cells.get(cell) ?? []), role]);
}
const may = [...cells]
  .map(([cell, roles]) => `(current_setting('role') in (${quoted(roles.map(postgresRole))}) and ${cell})`)
  .join(' or ');

/**
 * The planner knows nothing of how many rows a part of the statement has: left alone, it sorts and nests as if there were
 * one, which takes a minute. A quarter's records lie all over the table, so their pages are read once, in order (bitmap).
 */
const PLAN = {
  work_mem: "'64MB'",
  random_page_cost: '4',
  ...{ enable_nestloop: 'off', enable_mergejoin: 'off', enable_sort: 'off' },
  plan_cache_mode: 'force_custom_plan',
};

/**
 * 统计 Numbers of subjects and records by one or two dimensions, over quarters that were over at the last turn of a month and
 * as it was known then: what came or went since moves nothing. It runs as the owner, because natural persons' rows are not
 * read by who asks, and what it answers is protected already: raw counts don't leave it, whoever calls it with whatever
 * threshold.
 */
export const printStatistics =
  (): string => `create or replace function statistics(counted text, first_quarter date, last_quarter date, dimension text, across text, threshold int, base int)
  returns table (value text, other text, "ofValue" boolean, "ofOther" boolean, subjects int, records int)
  language plpgsql stable security definer rows 200 set search_path = pg_catalog, pg_temp
  ${Object.entries(PLAN)
    .map(([name, value]) => `set ${name} = ${value}`)
    .join(' ')} as $$
#variable_conflict use_column
declare
  k int := greatest(threshold, ${LOWEST_THRESHOLD});
  b int := greatest(base, ${LOWEST_ROUNDING});
  cut date := date_trunc('month', ${today}::timestamp);
  since date := date_trunc('quarter', first_quarter::timestamp);
  until date := least(date_trunc('quarter', last_quarter::timestamp) + interval '3 months', date_trunc('quarter', cut::timestamp));
  topics bigint := case counted when 'RECORDS' then (select count(*) from public.catalogue_item) else (select count(*) from public.credit_list) end;
  departments bigint := (select count(*) from public.department);
begin
  if not coalesce(${may}, false) then return; end if;
  return query
  with ${FACTS},
  ${APART},
  ${NUMBERS};
end $$;
revoke all on function statistics(text, date, date, text, text, int, int) from public;
grant execute on function statistics(text, date, date, text, text, int, int) to ${[...cells.values()].flat().map(postgresRole).join(', ')};`;
