import { FEWEST_VALUES, LEVELS, MONTHS_OF_A_QUARTER } from '../../statistics.js';
import { BASES, DIGITS, isProtected, kindOf } from './facts.js';

// 可分列的 What is told apart of protected subjects: places of every width, each a table `apart…` of numbers.

type Level = (typeof LEVELS)[number];

/** Values that a level's breakdown could have, whether anybody is there or not. */
const VALUES: Record<Level, string> = {
  topic: `case counted when 'RECORDS' then (select count(*) from public.catalogue_item i
        where i.yields in ('PERMIT', 'PENALTY', 'RECORD') and ${kindOf(`node % ${BASES.kind}`)} = any(i.subject_kinds)) else topics end`,
  department: 'departments',
  month: `${MONTHS_OF_A_QUARTER}`,
};

/**
 * Divides what the level above told apart. Of a node whose parts all reach the threshold each part is told (rest 0); of
 * another the small ones are left together, with the smallest of the others until they reach it (rest is sought), and only
 * where a value is empty that could have been theirs; else the node stays whole (rest is the largest). Parts of one size
 * have one rank, so that no name decides.
 */
function level(name: Level, above: string): string {
  const node = `part / ${BASES[name]}`;
  return `sized_${name} as materialized (
    select part, node, n, dense_rank() over (partition by node order by n) as rank
    from (select part, ${node} as node, count(*) as n from in_${name} where ${node} in (select part from ${above}) group by part) parts),
  node_${name} as materialized (
    select node, small, largest, case
      when could < ${FEWEST_VALUES} then largest
      when small is null then 0
      when could <= present then largest end as rest
    from (
      select node, max(rank) filter (where n < k) as small, max(rank) as largest, count(*) as present, ${VALUES[name]} as could
      from sized_${name} group by node) nodes),
  sought_${name} as (
    select node, min(rank) filter (where together >= k) as rank from (
      select node, rank, sum(count(*)) over (partition by node order by rank) as together from (
        select node, subject, min(rank) as rank
        from in_${name} join sized_${name} using (part) join node_${name} using (node) where rest is null group by 1, 2) nearest
      group by node, rank) ranks
    group by node),
  apart_${name} as materialized (
    select part from sized_${name} sized join node_${name} using (node) left join sought_${name} sought using (node)
    where sized.rank > coalesce(rest, greatest(small, coalesce(sought.rank, largest))))`;
}

const widths = [...LEVELS].reverse();

/** `apart_topic`, `apart_department` and `apart_month`; in `apart` the kinds of a quarter that reach the threshold at all. */
export const APART = [
  ...widths.map((name, i) => {
    const narrower = widths[i - 1];
    return narrower
      ? `in_${name} as materialized (select part / ${BASES[narrower]} as part, subject from in_${narrower} group by 1, 2)`
      : `in_${name} as materialized (select distinct place as part, subject from facts where ${isProtected(DIGITS.kind)})`;
  }),
  `apart as (
    select part from (select part / ${BASES[LEVELS[0]]} as part, subject from in_${LEVELS[0]} group by 1, 2) kinds
    group by part having count(*) >= k)`,
  ...LEVELS.map((name, i) => level(name, i === 0 ? 'apart' : `apart_${LEVELS[i - 1]}`)),
].join(',\n  ');
