import { QUALITY_RULES } from '../../catalogue/quality/index.js';
import { DIMENSIONS, type Dimension, type QualityRule } from '../../catalogue/quality/types.js';
import { addDays, addMonths, type DateString } from '../../platform/clock.js';
import { HubError } from '../../platform/errors.js';
import { sql } from '../../platform/sql.js';
import type { Session } from '../session.js';

/** 数据质量 What a department sent under one item in one month, how good it was, and what was done about it. */
export interface QualityLine {
  readonly departmentId: string;
  readonly itemId: string;
  /** `YYYY-MM`, of the day of receipt */
  readonly month: string;
  readonly batches: number;
  readonly read: number;
  readonly accepted: number;
  readonly dimensions: readonly DimensionLine[];
  readonly done: QualityDone;
}

export interface DimensionLine {
  readonly dimension: Dimension;
  /** rows that a rule of the dimension has found */
  readonly faulty: number;
  /** of the rows read, those that none has; null where none was read */
  readonly rate: number | null;
  /** rows by rule */
  readonly rules: Readonly<Record<string, number>>;
}

/** 处置 */
export interface QualityDone {
  /** rows that came back to be put right, and those of them in which nothing was meant */
  readonly returned: number;
  readonly junk: number;
  /** rows by what was put right by the hub itself */
  readonly corrected: Readonly<Record<string, number>>;
  /** rows that were linked to their subject by another number than the unified code */
  readonly linked: number;
  readonly revised: number;
  readonly unchanged: number;
  readonly reviewsOpened: number;
  readonly reviewsClosed: number;
}

export interface QualityFilter {
  /** `YYYY-MM` */
  readonly month: string;
  readonly department?: string | null;
  readonly item?: string | null;
}

interface Sums {
  departmentId: string;
  itemId: string;
  batches: number;
  read: number;
  accepted: number;
  rejected: number;
  revised: number;
  unchanged: number;
  junk: number;
  opened: number;
  closed: number;
  codes: Record<string, number> | null;
}

const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;

/** @throws BAD_USER_INPUT with `month` */
export function daysOf(month: string): { from: DateString; to: DateString } {
  if (!MONTH.test(month)) {
    throw new HubError('BAD_USER_INPUT', { zh: '月份须为 YYYY-MM', en: 'a month is YYYY-MM' }, 'month');
  }
  const from = `${month}-01`;
  return { from, to: addDays(addMonths(from, 1), -1) };
}

/**
 * The month by department and item (of market information, which no department provides, where its item is named), of the batches that the caller may read: a department's own, or all of them. One
 * statement, over the tallies of the batches.
 */
export async function qualityReport(session: Session, filter: QualityFilter): Promise<QualityLine[]> {
  const { from, to } = daysOf(filter.month);
  const sums = await session.query<Sums>(sql`
    with batch as materialized (
      select b.id, b.department_id, b.item_id, b.read, b.accepted, b.rejected, b.revised, b.unchanged,
        b.rejections || b.warnings || b.corrections as codes
      from import_batch b join department d on d.id = b.department_id join catalogue_item i on i.id = b.item_id
      where b.state = 'COMPLETED' and b.received_on between ${from}::date and ${to}::date
        and ${filter.department == null ? sql`true` : sql`d.code = ${filter.department}`}
        and ${filter.item == null ? sql`b.agreement_id is null` : sql`i.code = ${filter.item}`}),
    code as (
      select department_id, item_id, jsonb_object_agg(code, n) as codes from (
        select department_id, item_id, c.key as code, sum(c.value::int)::int as n
        from batch cross join lateral jsonb_each_text(codes) c group by 1, 2, 3) by_code
      group by 1, 2),
    junk as (
      select batch_id, count(*)::int as n from import_row
      where outcome = 'junk' and batch_id in (select id from batch) group by 1),
    review as (
      select batch_id, count(*)::int as opened, count(closed_at)::int as closed from review_item
      where batch_id in (select id from batch) group by 1)
    select b.department_id as "departmentId", b.item_id as "itemId", count(*)::int as batches, sum(b.read)::int as read,
      sum(b.accepted)::int as accepted, sum(b.rejected)::int as rejected, sum(b.revised)::int as revised,
      sum(b.unchanged)::int as unchanged, coalesce(sum(junk.n), 0)::int as junk, coalesce(sum(review.opened), 0)::int as opened,
      coalesce(sum(review.closed), 0)::int as closed,
      (select codes from code where code.department_id = b.department_id and code.item_id = b.item_id) as codes
    from batch b left join junk on junk.batch_id = b.id left join review on review.batch_id = b.id
      join department d on d.id = b.department_id join catalogue_item i on i.id = b.item_id
    group by b.department_id, b.item_id, d.code, i.code order by d.code, i.code`);
  session.seen?.(sums.map(() => ({ '#label': 'GOVERNMENT' })));
  return sums.map((sum) => lineOf(sum, filter.month));
}

const RULES = Object.entries(QUALITY_RULES) as [string, QualityRule][];

function lineOf(sums: Sums, month: string): QualityLine {
  const { departmentId, itemId, batches, read, accepted, rejected, revised, unchanged, junk, opened, closed } = sums;
  const codes = sums.codes ?? {};
  const known = { ...codes, FACT_UNCHANGED: unchanged };
  return {
    departmentId,
    itemId,
    month,
    batches,
    read,
    accepted,
    dimensions: (Object.keys(DIMENSIONS) as Dimension[]).map((dimension) => dimensionOf(dimension, read, known)),
    done: {
      returned: rejected,
      junk,
      corrected: pick(codes, ({ level, step }) => level === 'CORRECTION' && step === 'NORMALISE'),
      linked: codes['LINKED_BY_REGISTRATION_NO'] ?? 0,
      revised,
      unchanged,
      reviewsOpened: opened,
      reviewsClosed: closed,
    },
  };
}

/** Each dimension has at most one rule about rows that are taken, so that no row counts twice in it. */
function dimensionOf(dimension: Dimension, read: number, codes: Record<string, number>): DimensionLine {
  const rules = pick(codes, (rule) => rule.dimension === dimension);
  const faulty = Object.values(rules).reduce((sum, n) => sum + n, 0);
  return { dimension, faulty, rate: read === 0 ? null : Math.round((1 - faulty / read) * 10_000) / 10_000, rules };
}

const pick = (codes: Record<string, number>, wanted: (rule: QualityRule) => boolean): Record<string, number> =>
  Object.fromEntries(
    RULES.flatMap(([code, rule]) => (wanted(rule) && (codes[code] ?? 0) > 0 ? [[code, codes[code] as number]] : [])),
  );
