import type { CatalogueField } from '../../catalogue/types.js';
import type { DateString } from '../../platform/clock.js';
import { yuanOf } from './amounts.js';
import type { RawRow, UnreadCell } from './columns.js';
import { readDate } from './dates.js';
import { type Correction, correction, type Issue } from './issues.js';
import type { ItemPlan } from './plan.js';
import { clean, halfWidth } from './text.js';

/** A row with its input forgiven: identity is not, so a wrong code is as wrong as before. */
export interface TidyRow {
  readonly rowNo: number;
  /** by place of the field; blank: the empty string */
  readonly values: readonly string[];
  /** yuan of amounts, by place; null where blank or no amount */
  readonly yuan: readonly (string | null)[];
  /** places of date fields whose value is no date */
  readonly badDates: readonly number[];
  readonly forbidden: boolean;
  readonly unread: readonly UnreadCell[];
  readonly corrections: readonly Issue[];
}

const NONE: readonly UnreadCell[] = [];

export function tidy(plan: ItemPlan, rowNo: number, { cells, forbidden, unread = NONE }: RawRow): TidyRow {
  const values: string[] = [];
  const yuan: (string | null)[] = [];
  const badDates: number[] = [];
  const corrections: Issue[] = [];
  const { fields } = plan;
  for (let i = 0; i < fields.length; i += 1) {
    const field = fields[i] as CatalogueField;
    const raw = cells[i] ?? '';
    if (raw === '') {
      values.push('');
      yuan.push(null);
      continue;
    }
    const note = (code: Correction) => corrections.push(correction(code, field.name));
    let value = tidyText(field, raw, note);
    let amount: string | null = null;
    if (value !== '' && field.type === 'DATE') {
      const read = readDate(value);
      if (!read) badDates.push(i);
      else {
        if (!read.canonical) note('DATE_FORMAT');
        value = read.date;
      }
    } else if (field.type === 'AMOUNT_10K') amount = yuanOf(value);
    values.push(value);
    yuan.push(amount);
  }
  return { rowNo, values, yuan, badDates, forbidden, unread, corrections };
}

/** Date at a place, or null where it is blank or none. */
export function dateAt(row: TidyRow, place: number): DateString | null {
  if (place < 0 || row.values[place] === '' || row.badDates.includes(place)) return null;
  return row.values[place] as DateString;
}

const CODES: ReadonlySet<CatalogueField['type']> = new Set([
  'UNIFIED_CODE',
  'ORGANISATION_CODE',
  'REGISTRATION_NO',
  'ID_NUMBER',
]);
/** Nothing to put right: capital letters and digits alone. */
const PLAIN_CODE = /^[0-9A-Z]+$/;

function tidyText({ type }: CatalogueField, raw: string, note: (code: Correction) => void): string {
  const isCode = CODES.has(type);
  if (isCode && PLAIN_CODE.test(raw)) return raw;
  let value = clean(raw);
  let spaced = value !== raw && value !== '';
  if (isCode || type === 'DATE' || type === 'AMOUNT_10K' || type === 'ENUM' || type === 'KINDS') {
    const narrow = halfWidth(value);
    // punctuation between kinds comes in both widths, and neither is wrong
    if (narrow !== value && (type !== 'KINDS' || /[０-９Ａ-Ｚａ-ｚ]/.test(value))) note('FULL_WIDTH');
    value = type === 'KINDS' ? value : narrow;
  }
  if (isCode || type === 'AMOUNT_10K') {
    const tight = value.replace(/\s+/g, '');
    if (tight !== value) spaced = true;
    value = tight;
  }
  if (spaced) note('WHITESPACE');
  if (!isCode) return value;
  const upper = value.toUpperCase();
  if (upper !== value) note('LETTER_CASE');
  return type === 'ORGANISATION_CODE' ? upper.replaceAll('-', '') : upper;
}
