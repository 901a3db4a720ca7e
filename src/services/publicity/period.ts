import { addMonths, type DateString, isDate } from '../../platform/clock.js';
import { HubError } from '../../platform/errors.js';
import { monthOf } from './month.js';

/** Days of decision, both included. */
export interface Period {
  readonly from: DateString;
  readonly to: DateString;
}

const MOST_MONTHS = 12;

/** A month, or two days at most a year apart. @throws BAD_USER_INPUT (month, from, to) */
export function periodOf(
  { month, from, to }: { month?: string | undefined; from?: string | undefined; to?: string | undefined },
  today: DateString,
): Period {
  if (month !== undefined) return monthOf(month, today);
  if (from === undefined) {
    throw new HubError(
      'BAD_USER_INPUT',
      { zh: '须指明月份 month=YYYY-MM', en: 'name a month, month=YYYY-MM' },
      'month',
    );
  }
  const last = to ?? today;
  for (const [field, day] of Object.entries({ from, to: last })) {
    if (isDate(day)) continue;
    throw new HubError('BAD_USER_INPUT', { zh: '日期须写作 YYYY-MM-DD', en: 'a day is written YYYY-MM-DD' }, field);
  }
  if (last < from || last > addMonths(from, MOST_MONTHS)) {
    throw new HubError(
      'BAD_USER_INPUT',
      { zh: '起止日期须先后有序，且不超过一年', en: 'from is not after to, and at most a year before it' },
      'to',
    );
  }
  return { from, to: last };
}
