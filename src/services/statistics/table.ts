import { type Counted, type Dimension, PROTECTED_KINDS } from '../../permissions/statistics.js';
import type { DateString } from '../../platform/clock.js';
import { HubError } from '../../platform/errors.js';
import { sql } from '../../platform/sql.js';
import type { Session } from '../session.js';
import type { Cell } from './disclosure.js';
import { asOf, monthsOf, type Quarter, quartersOf } from './quarter.js';

/** From the configuration; Postgres has a floor beneath it. */
export interface Protection {
  readonly threshold: number;
  readonly rounding: number;
}

/** As callers name them: the topic of records is their item, of entries their list. */
export type Asked = 'ITEM' | 'LIST' | 'DEPARTMENT' | 'MONTH' | 'KIND';

export interface StatisticsAsked {
  readonly of: Counted;
  readonly by: readonly Asked[];
  /** `2026-Q3` */
  readonly from?: string | null;
  readonly to?: string | null;
}

export interface Line {
  readonly itemId: string | null;
  readonly listId: string | null;
  readonly departmentId: string | null;
  readonly month: string | null;
  readonly kind: string | null;
  /** dimensions whose small groups this line holds together */
  readonly remainderOf: readonly Asked[];
  /** null where it is suppressed */
  readonly subjects: number | null;
  readonly count: number | null;
  readonly suppressed: boolean;
}

export interface StatisticsTable {
  readonly of: Counted;
  readonly from: string;
  readonly to: string;
  readonly asOf: DateString;
  readonly threshold: number;
  readonly roundedTo: number;
  readonly total: Line;
  readonly lines: readonly Line[];
}

const TOPIC: Record<Counted, Asked> = { RECORDS: 'ITEM', LIST_ENTRIES: 'LIST' };
const dimensionOf = (asked: Asked): Dimension => (asked === 'ITEM' || asked === 'LIST' ? 'TOPIC' : asked);

/**
 * Distinct subjects and records by one dimension or two. Which lines there are follows from the reference data and from what
 * is told by one dimension: a line that is suppressed and one where nobody is are the same.
 * @throws BAD_USER_INPUT (by, from, to)
 */
export async function statistics(
  session: Session,
  asked: StatisticsAsked,
  { threshold, rounding }: Protection,
): Promise<StatisticsTable> {
  const by = dimensionsOf(asked);
  const quarters = quartersOf(asked, session.today);
  const [first, second] = by as [Asked, Asked?];
  const cells = await session.query<Cell>(sql`
    select value, other, "ofValue", "ofOther", subjects, records from statistics(${asked.of}, ${quarters.from.first}::date,
      ${quarters.to.first}::date, ${dimensionOf(first)}, ${second ? dimensionOf(second) : null}, ${threshold}::int, ${rounding}::int)`);
  session.seen?.([{ '#label': 'GOVERNMENT' }]);
  const told = new Map(cells.map((cell) => [keyOf(cell), cell]));
  const line = (values: readonly (string | null)[], of: readonly boolean[]) => {
    const [value = null, other = null] = values;
    const [ofValue = false, ofOther = false] = of;
    return lineOf(by, values, of, told.get(keyOf({ value, other, ofValue, ofOther })));
  };
  const values = await Promise.all(by.map((one) => valuesOf(session, one, quarters)));
  // By two dimensions: of each the values with which something is told, alone or beside another.
  const shown = (i: number) => {
    const some = cells.filter(({ ofValue, ofOther, subjects }) => subjects > 0 && (i === 0 ? ofValue : ofOther));
    const those = new Set(some.map(({ value, other }) => (i === 0 ? value : other)));
    return [...(values[i] ?? []), null].filter((value) => those.has(value));
  };
  // What is not told apart is a line only where there is some.
  const isLine = ({ remainderOf, subjects }: Line) => remainderOf.length === 0 || (subjects ?? 0) > 0;
  const all = second
    ? shown(0).flatMap((value) => shown(1).map((other) => line([value, other], [true, true])))
    : [...(values[0] ?? []), null].map((value) => line([value], [true]));
  return {
    of: asked.of,
    from: quarters.from.text,
    to: quarters.to.text,
    asOf: asOf(session.today),
    threshold,
    roundedTo: rounding,
    total: line([], []),
    lines: all.filter(isLine),
  };
}

const keyOf = ({ value, other, ofValue, ofOther }: Pick<Cell, 'value' | 'other' | 'ofValue' | 'ofOther'>): string =>
  JSON.stringify([ofValue, value, ofOther, other]);

function dimensionsOf({ of, by }: StatisticsAsked): readonly Asked[] {
  const wrong = (zh: string, en: string) => new HubError('BAD_USER_INPUT', { zh, en }, 'by');
  if (by.length < 1 || by.length > 2 || new Set(by).size !== by.length)
    throw wrong('须选择一个或两个不同的维度', 'one dimension, or two different ones');
  if (by.some((one) => dimensionOf(one) === 'TOPIC' && one !== TOPIC[of]))
    throw wrong('信用信息按事项统计，名单信息按名单统计', 'records are counted by ITEM, entries by LIST');
  return by;
}

/** The values that a dimension has, whether anybody is there or not, in their order. */
async function valuesOf(
  { query }: Session,
  asked: Asked,
  quarters: { from: Quarter; to: Quarter },
): Promise<readonly string[]> {
  switch (asked) {
    case 'MONTH':
      return monthsOf(quarters);
    case 'KIND':
      return KINDS;
    case 'ITEM':
      return idsOf(
        await query(sql`select id from catalogue_item where yields in ('PERMIT', 'PENALTY', 'RECORD') order by code`),
      );
    case 'LIST':
      return idsOf(await query(sql`select id from credit_list order by code`));
    case 'DEPARTMENT':
      return idsOf(await query(sql`select id from department order by code`));
  }
}
const idsOf = (rows: readonly { id: string }[]): string[] => rows.map(({ id }) => id);

const KINDS: readonly string[] = [
  'ENTERPRISE',
  'INDIVIDUAL_BUSINESS',
  'COOPERATIVE',
  'BRANCH',
  'SOCIAL_ORGANISATION',
  'PUBLIC_INSTITUTION',
  'GOVERNMENT_BODY',
  'OTHER_ORGANISATION',
  'NATURAL_PERSON',
];

function lineOf(
  by: readonly Asked[],
  values: readonly (string | null)[],
  of: readonly boolean[],
  cell: Cell | undefined,
): Line {
  const chosen = (asked: Asked): string | null => {
    const i = by.indexOf(asked);
    return i >= 0 && of[i] ? (values[i] ?? null) : null;
  };
  const kind = chosen('KIND');
  // Of organisations alone nothing is hidden, and where there is none there is none.
  const none = kind !== null && !PROTECTED_KINDS.includes(kind) ? 0 : null;
  const subjects = cell?.subjects ?? none;
  return {
    itemId: chosen('ITEM'),
    listId: chosen('LIST'),
    departmentId: chosen('DEPARTMENT'),
    month: chosen('MONTH'),
    kind,
    remainderOf: by.filter((_, i) => of[i] && (values[i] ?? null) === null),
    subjects,
    count: cell?.records ?? none,
    suppressed: subjects === null,
  };
}
