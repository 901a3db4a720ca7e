import { addDays, type DateString, isDate } from '../../platform/clock.js';

/** From this day on a field that may be open-ended is: 2099/12/31 in 双公示 files. */
export const OPEN_ENDED = '2099-12-31';

export interface ReadDate {
  readonly date: DateString;
  /** false where the form had to be put right */
  readonly canonical: boolean;
}

const CANONICAL = /^(\d{4})([-/])(\d{2})\2(\d{2})$/;
const FORMS = [
  /^(\d{4})年(\d{1,2})月(\d{1,2})日?$/,
  /^(\d{4})(\d{2})(\d{2})$/,
  /^(\d{4})[.．。](\d{1,2})[.．。](\d{1,2})$/,
  /^(\d{4})([-/])(\d{1,2})\2(\d{1,2})$/,
];
const TIME_BEHIND = /[ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?Z?$/;
// 1927-05-18 to 2119-02-11: other five-digit numbers are no dates that anybody decided on.
const SERIAL = /^[1-7]\d{4}(\.\d+)?$/;

// A batch says few days, and each of them often.
const met = new Map<string, ReadDate | null>();
const MOST_MET = 10_000;
const LONGEST_MET = 32;

/**
 * A date in any of the forms met in files, or null: `YYYY/MM/DD` and `YYYY-MM-DD` are canonical; `YYYY年M月D日`,
 * `yyyymmdd`, `yyyy.m.d`, one-digit months and days, a time of day behind, and Excel's serial days are put right.
 */
export function readDate(text: string): ReadDate | null {
  const known = met.get(text);
  if (known !== undefined) return known;
  const read = parseDate(text);
  if (text.length > LONGEST_MET) return read;
  if (met.size >= MOST_MET) met.clear();
  met.set(text, read);
  return read;
}

function parseDate(text: string): ReadDate | null {
  const canonical = CANONICAL.exec(text);
  if (canonical) return dated(canonical[1], canonical[3], canonical[4], true);
  if (SERIAL.test(text)) return { date: addDays('1899-12-30', Math.floor(Number(text))), canonical: false };
  const day = text.replace(TIME_BEHIND, '').replaceAll(' ', '');
  for (const form of FORMS) {
    const parts = form.exec(day);
    if (parts) return dated(parts[1], parts.at(-2), parts.at(-1), false);
  }
  return null;
}

function dated(year = '', month = '', day = '', canonical: boolean): ReadDate | null {
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isDate(date) && date >= '1800-01-01' ? { date, canonical } : null;
}
