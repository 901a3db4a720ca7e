/** A business date, `YYYY-MM-DD`, in Asia/Shanghai. Dates compare as strings and never become instants. */
export type DateString = string;

export interface Clock {
  /** the business date; HUB_NOW moves it */
  today(): DateString;
  /** the instant; nothing moves it */
  now(): Date;
}

export function createClock({ fixedToday }: { readonly fixedToday: DateString | null }): Clock {
  return { today: () => fixedToday ?? dateInShanghai(new Date()), now: () => new Date() };
}

const shanghai = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

const MINUTE = 60_000;
const KEPT = 200;
const days = new Map<number, DateString>();

/** The calendar day that an instant falls on in Asia/Shanghai; of some minutes it is remembered, for every request asks. */
export function dateInShanghai(instant: Date): DateString {
  const minute = Math.floor(instant.getTime() / MINUTE);
  let day = days.get(minute);
  if (day === undefined) {
    day = dayOf(instant);
    if (days.size >= KEPT) days.clear();
    days.set(minute, day);
  }
  return day;
}

function dayOf(instant: Date): DateString {
  const part = Object.fromEntries(shanghai.formatToParts(instant).map(({ type, value }) => [type, value]));
  return `${part['year']}-${part['month']}-${part['day']}`;
}

const SHAPE = /^(\d{4})-(\d{2})-(\d{2})$/;

/** Whether `text` is `YYYY-MM-DD` and a day of the calendar, years 0001 to 9999. */
export function isDate(text: string): boolean {
  const [, year, month, day] = SHAPE.exec(text)?.map(Number) ?? [];
  if (!year || !month || !day) return false;
  return month <= 12 && day <= daysInMonth(year, month);
}

export function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/**
 * The same day `months` later (earlier when negative), clamped to the end of the month:
 * 2026-11-30 and three months give 2027-02-28.
 */
export function addMonths(date: DateString, months: number): DateString {
  const { year, month, day } = partsOf(date);
  const count = year * 12 + (month - 1) + whole(months);
  const toYear = Math.floor(count / 12);
  const toMonth = count - toYear * 12 + 1;
  return format(toYear, toMonth, Math.min(day, daysInMonth(toYear, toMonth)));
}

export function addYears(date: DateString, years: number): DateString {
  return addMonths(date, whole(years) * 12);
}

export function addDays(date: DateString, days: number): DateString {
  const { year, month, day } = partsOf(date);
  const moved = new Date(0);
  moved.setUTCFullYear(year, month - 1, day + whole(days));
  return format(moved.getUTCFullYear(), moved.getUTCMonth() + 1, moved.getUTCDate());
}

/** Negative when `a` is earlier, 0 on the same day, positive when later. */
export function compareDates(a: DateString, b: DateString): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** 0 on a Sunday to 6 on a Saturday. */
export function dayOfWeek(date: DateString): number {
  const { year, month, day } = partsOf(date);
  const instant = new Date(0);
  instant.setUTCFullYear(year, month - 1, day);
  return instant.getUTCDay();
}

function partsOf(date: DateString): { year: number; month: number; day: number } {
  if (!isDate(date)) throw new RangeError('not a date of the form YYYY-MM-DD');
  return { year: Number(date.slice(0, 4)), month: Number(date.slice(5, 7)), day: Number(date.slice(8, 10)) };
}

function whole(count: number): number {
  if (!Number.isInteger(count)) throw new RangeError('not a whole number of days, months or years');
  return count;
}

function format(year: number, month: number, day: number): DateString {
  if (year < 1 || year > 9999) throw new RangeError('a date outside the years 0001 to 9999');
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}
