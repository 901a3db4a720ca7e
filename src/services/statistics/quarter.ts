import { addDays, addMonths, type DateString } from '../../platform/clock.js';
import { HubError } from '../../platform/errors.js';

/** A quarter by its first day, and as it is written: `2026-Q3`. */
export interface Quarter {
  readonly first: DateString;
  readonly text: string;
}

/** A year: each of them is read whole. */
const MOST_QUARTERS = 4;
const WRITTEN = /^(\d{4})-Q([1-4])$/;

/** First day of the month: what came or went since then is not counted yet. */
export const cutOf = (today: DateString): DateString => `${today.slice(0, 7)}-01`;
/** The last day as of which numbers are told. */
export const asOf = (today: DateString): DateString => addDays(cutOf(today), -1);

const quarterOf = (date: DateString): Quarter => {
  const [year = '', month = ''] = date.split('-');
  const n = Math.ceil(Number(month) / 3);
  return { first: `${year}-${String(n * 3 - 2).padStart(2, '0')}-01`, text: `${year}-Q${n}` };
};
const nextOf = ({ first }: Quarter): DateString => addMonths(first, 3);

/** The latest quarter that was over at the last turn of a month. */
const latest = (today: DateString): Quarter => quarterOf(addMonths(cutOf(today), -3));

/** The quarters asked for; left out, the latest that is over. @throws BAD_USER_INPUT (from, to) */
export function quartersOf(
  { from, to }: { from?: string | null; to?: string | null },
  today: DateString,
): { from: Quarter; to: Quarter } {
  const begins = from == null ? latest(today) : overBy(from, today, 'from');
  const ends = to == null ? begins : overBy(to, today, 'to');
  if (ends.first < begins.first || ends.first >= addMonths(begins.first, 3 * MOST_QUARTERS)) {
    const most = String(MOST_QUARTERS);
    throw new HubError(
      'BAD_USER_INPUT',
      {
        zh: `截止季度不得早于起始季度，最多 ${most} 个季度`,
        en: `to is no earlier than from, and ${most} quarters at most`,
      },
      'to',
    );
  }
  return { from: begins, to: ends };
}

function overBy(text: string, today: DateString, field: string): Quarter {
  const [, year, n] = WRITTEN.exec(text) ?? [];
  if (!year || !n || year === '0000') {
    throw new HubError('BAD_USER_INPUT', { zh: '季度须写作 2026-Q3', en: 'a quarter is written 2026-Q3' }, field);
  }
  const quarter = quarterOf(`${year}-${String(Number(n) * 3).padStart(2, '0')}-01`);
  if (nextOf(quarter) > cutOf(today)) {
    throw new HubError('BAD_USER_INPUT', { zh: '该季度尚未结束', en: 'the quarter is not over yet' }, field);
  }
  return quarter;
}

/** `YYYY-MM` of each month from the first quarter to the last. */
export function monthsOf({ from, to }: { from: Quarter; to: Quarter }): string[] {
  const months: string[] = [];
  for (let month = from.first; month < nextOf(to); month = addMonths(month, 1)) months.push(month.slice(0, 7));
  return months;
}
