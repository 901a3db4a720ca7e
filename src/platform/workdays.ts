import chineseDays from 'chinese-days';
import { addDays, type DateString, dayOfWeek } from './clock.js';

const calendars = new Map<string, boolean>();

/** Whether the State Council's calendar of that year is known here. */
export function hasCalendar(year: string): boolean {
  let known = calendars.get(year);
  if (known === undefined) {
    known = chineseDays.getHolidaysInRange(`${year}-01-01`, `${year}-12-31`, false).length > 0;
    calendars.set(year, known);
  }
  return known;
}

/**
 * Whether `date` is worked by the State Council's calendar, days moved to weekends included (调休). A year whose
 * calendar `chinese-days` does not have yet is taken as Monday to Friday without holidays: the calendar of a year
 * comes out in the autumn before, so a due date across the turn of the year may move when it does.
 */
export function isWorkday(date: DateString): boolean {
  if (hasCalendar(date.slice(0, 4))) return chineseDays.isWorkday(date);
  const day = dayOfWeek(date);
  return day !== 0 && day !== 6;
}

/**
 * The `count`-th working day after `date`, counted from the day after (domain: 发改办财金〔2018〕424号); `count` 0 is
 * `date` itself. Years without a known calendar count as `isWorkday` says.
 */
export function addWorkdays(date: DateString, count: number): DateString {
  if (!Number.isInteger(count) || count < 0) throw new RangeError('working days are counted forward, in whole days');
  let at = addDays(date, 0);
  for (let left = count; left > 0; ) {
    at = addDays(at, 1);
    if (isWorkday(at)) left -= 1;
  }
  return at;
}
