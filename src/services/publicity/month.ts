import { LATE_REPORT } from '../../catalogue/rules/collection.js';
import { addDays, addMonths, type DateString, isDate } from '../../platform/clock.js';
import { HubError } from '../../platform/errors.js';
import { addWorkdays } from '../../platform/workdays.js';

/** A month of decisions, `YYYY-MM`. */
export interface Month {
  readonly text: string;
  readonly from: DateString;
  readonly to: DateString;
}

/** @throws BAD_USER_INPUT with `field` for what is no month, or one that has not begun */
export function monthOf(text: string, today: DateString, field = 'month'): Month {
  const from = `${text}-01`;
  if (!/^\d{4}-\d{2}$/.test(text) || !isDate(from)) {
    throw new HubError('BAD_USER_INPUT', { zh: '月份须写作 YYYY-MM', en: 'a month is written YYYY-MM' }, field);
  }
  if (from > today) {
    throw new HubError('BAD_USER_INPUT', { zh: '该月尚未开始', en: 'the month has not begun' }, field);
  }
  return { text, from, to: addDays(addMonths(from, 1), -1) };
}

/** The last day on which a decision is reported in time: the seventh working day, from the day after it. */
export const decisionDueOn = (decidedOn: DateString): DateString =>
  addWorkdays(decidedOn, LATE_REPORT.definition.workdays);

/** The day on which the last decision of the month is due, and the department's own count of them with it. */
export const monthDueOn = ({ to }: Month): DateString => decisionDueOn(to);
