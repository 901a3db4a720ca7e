import type * as Excel from '@protobi/exceljs';

export type { Excel };

/** Loaded when a workbook is written: no start and no other command waits for it. */
export async function exceljs(): Promise<typeof Excel> {
  const loaded = (await import('@protobi/exceljs')) as unknown as { default: typeof Excel };
  return loaded.default;
}

/** Letters of the column at a place, from 0: `BC`. */
export function columnLetters(place: number): string {
  const last = String.fromCharCode(65 + (place % 26));
  return place < 26 ? last : columnLetters(Math.floor(place / 26) - 1) + last;
}

/** Text, whatever it looks like: so Excel keeps the digits of codes, and takes no number for a date. */
export const AS_TEXT = '@';
export const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
