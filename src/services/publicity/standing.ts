/** What was counted of one department and item, or summed over several. */
export interface Tally {
  /** uuid; null: of all departments */
  readonly departmentId: string | null;
  /** uuid; null: of all items */
  readonly itemId: string | null;
  /** decisions by the departments' own counts; null where none was stated */
  counted: number | null;
  /** of those the ones that came */
  countedOf: number;
  reported: number;
  onTime: number;
  late: number;
  /** 补录 */
  backFilled: number;
  missing: number;
  /** beyond the department's own count */
  surplus: number;
  /** rows received in the month, and those of them that went back */
  read: number;
  returned: number;
  underReview: number;
  withdrawn: number;
  withdrawnLate: number;
  withdrawalOverdue: number;
}

/** A tally with its rates, each between 0 and 1 with four places; null where there is nothing to be a part of. */
export interface Standing extends Readonly<Tally> {
  /** 上报率: of the decisions counted, those that came */
  readonly reportingRate: number | null;
  /** 及时率: of those that came, 补录 left out, those in time */
  readonly timelinessRate: number | null;
  /** 合规率: of the rows received, those that were taken */
  readonly complianceRate: number | null;
}

const SUMMED = [
  'countedOf',
  'reported',
  'onTime',
  'late',
  'backFilled',
  'missing',
  'surplus',
  'read',
  'returned',
  'underReview',
  'withdrawn',
  'withdrawnLate',
  'withdrawalOverdue',
] as const;

const PLACES = 10_000;
const rate = (part: number, whole: number): number | null =>
  whole === 0 ? null : Math.round((part / whole) * PLACES) / PLACES;

export const standingOf = (tally: Tally): Standing => ({
  ...tally,
  reportingRate: tally.counted === null ? null : rate(tally.countedOf, tally.counted),
  timelinessRate: rate(tally.onTime, tally.onTime + tally.late),
  complianceRate: rate(tally.read - tally.returned, tally.read),
});

/** Of several: a count is null only where nobody stated one. */
export function sumOf(tallies: readonly Tally[], departmentId: string | null, itemId: string | null): Tally {
  const counts = tallies.flatMap(({ counted }) => (counted === null ? [] : [counted]));
  const sums = Object.fromEntries(
    SUMMED.map((name) => [name, tallies.reduce((sum, tally) => sum + tally[name], 0)]),
  ) as Record<(typeof SUMMED)[number], number>;
  const counted = counts.length === 0 ? null : counts.reduce((sum, one) => sum + one, 0);
  return { departmentId, itemId, ...sums, counted };
}
