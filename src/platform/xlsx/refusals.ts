import { HubError } from '../errors.js';

/** What a workbook may hold. More is refused by name: it is a mistake, or made to hurt. */
export const WORKBOOK_LIMITS = {
  /** of the file */
  bytes: 200 * 2 ** 20,
  entries: 2_000,
  /** of a part that is read whole: the contents, relations, sheets, styles */
  partBytes: 32 * 2 ** 20,
  /** of all parts read, inflated */
  inflatedBytes: 2 * 2 ** 30,
  /** of a part over a megabyte, inflated by packed; rows that are all alike come to about 100 */
  ratio: 400,
  sheets: 64,
  /** Excel's own */
  rows: 1_048_576,
  columns: 1_024,
  /** characters of a row, and of anything between two tags */
  rowLength: 2 ** 20,
  strings: 16_000_000,
  depth: 64,
} as const;

/** A file that is no workbook, or a broken one. */
export const unreadable = (zh: string, en: string, cause?: unknown): HubError =>
  new HubError('BAD_USER_INPUT', { zh: `XLSX ${zh}`, en: `XLSX: ${en}` }, 'file', { cause });

export const tooMuch = (zh: string, en: string): HubError =>
  new HubError('LIMIT_EXCEEDED', { zh: `XLSX ${zh}`, en: `XLSX: ${en}` }, 'file');
