import { MOST_RECORDS } from '../../statistics.js';
import { DIGITS, inDepartment, inKind, inTopic, isProtected, monthOf } from './facts.js';

// 表中的数 The numbers of one table: of both dimensions, of each, and in all.

/** The cells of a table by which dimensions they are of. Subjects of a wider one are found among those of a narrower one. */
const CELLS = [
  { name: 'pair', ofValue: true, ofOther: true, within: null },
  { name: 'first', ofValue: true, ofOther: false, within: 'pair' },
  { name: 'second', ofValue: false, ofOther: true, within: 'pair' },
  { name: 'neither', ofValue: false, ofOther: false, within: 'first' },
] as const;
type Cell = (typeof CELLS)[number];

const keyOf = ({ ofValue, ofOther }: Cell) =>
  ['kind', ...(ofValue ? ['value'] : []), ...(ofOther ? ['other'] : [])].join(', ');

const valueIn = (dimension: string) =>
  `case ${dimension} when 'TOPIC' then topic::text when 'DEPARTMENT' then department::text when 'MONTH' then month when 'KIND' then kind end`;
const rounded = (number: string) => `b * ((2 * ${number} + b) / (2 * b))`;

/** Of each place, as far as it is told apart, its group and the cells it falls into, numbered. */
const GROUPS = `told as (
    select place, kind.kind, kind.guarded, quarter,
      case when not guarded or apart_topic.part is not null then topic.id end as topic,
      case when not guarded or apart_department.part is not null then department.id end as department,
      case when not guarded or apart_month.part is not null then ${monthOf('quarter', 'month_no')} end as month
    from (
      select place, ${inKind} as in_kind, ${inTopic} as in_topic, ${inDepartment} as in_department, ${DIGITS.quarter} as quarter,
        ${DIGITS.kind} as kind_no, ${DIGITS.topic} as topic_no, ${DIGITS.department} as department_no, ${DIGITS.month} as month_no
      from places) place
      join (select no, kind, ${isProtected('no')} as guarded from kind) kind on kind.no = kind_no
      join topic on topic.no = topic_no join department on department.no = department_no
      left join apart on apart.part = in_kind left join apart_topic on apart_topic.part = in_topic
      left join apart_department on apart_department.part = in_department left join apart_month on apart_month.part = place
    where not guarded or apart.part is not null),
  place as materialized (
    select place, kind, guarded, value, other, told_as, ${CELLS.map((cell) => `dense_rank() over (order by ${keyOf(cell)}) as ${cell.name}`).join(', ')}
    from (
      select *, dense_rank() over (order by kind, quarter, topic, department, month) as told_as,
        ${valueIn('dimension')} as value, ${valueIn('across')} as other
      from told) groups)`;

/** Within a group a protected subject counts for so many records at most. */
const RECORDS = `records as materialized (
    select told_as, sum(n) as records from (
      select told_as, least(count(*), ${MOST_RECORDS}) as n from facts join place using (place) where guarded group by told_as, subject) each
    group by told_as
    union all
    select told_as, sum(n) from places join place using (place) where not guarded group by told_as)`;

const subjectsOf = ({ name, within, ofOther }: Cell) =>
  within
    ? `in_${name} as materialized (
    select distinct ${name}, subject from in_${within} join (select distinct ${within}, ${name} from place) cells using (${within})${ofOther ? ' where across is not null' : ''})`
    : `in_${name} as materialized (select distinct ${name}, subject from facts join place using (place))`;

const sumsOf = (cell: Cell) => {
  const { name, ofValue, ofOther } = cell;
  return `select kind, guarded, ${ofValue ? 'value' : 'null'} as value, ${ofOther ? 'other' : 'null'} as other, ${ofValue} as "ofValue", ${ofOther} as "ofOther", subjects, records
    from (select ${name}, count(*)::int as subjects from in_${name}${ofOther ? ' where across is not null' : ''} group by ${name}) those
      join (select ${name}, sum(records)::int as records from records join (select distinct told_as, ${name} from place) cells using (told_as) group by ${name}) summed using (${name})
      join (select distinct ${name}, ${keyOf(cell)}, guarded from place) cells using (${name})`;
};

/** Of organisations alone, whose rows are open to who asks, numbers are exact; where persons may be among them, rounded. */
export const NUMBERS = `${GROUPS},
  ${RECORDS},
  ${CELLS.map(subjectsOf).join(',\n  ')},
  sums as (
    ${CELLS.map(sumsOf).join('\n    union all\n    ')}),
  numbers as (
    select value, other, "ofValue", "ofOther", bool_or(guarded) as guarded,
      ("ofValue" and dimension = 'KIND' or "ofOther" and coalesce(across = 'KIND', false)) and not bool_or(guarded) as exact,
      sum(case when guarded then ${rounded('subjects')} else subjects end)::int as subjects,
      sum(case when guarded then ${rounded('records')} else records end)::int as records
    from sums group by value, other, "ofValue", "ofOther")
  select value, other, "ofValue", "ofOther", case when exact then subjects else ${rounded('subjects')} end,
    case when exact then records else ${rounded('records')} end
  from numbers where guarded or exact or subjects >= k`;
