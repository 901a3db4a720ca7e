import type { Archive } from './archive.js';
import { WORKBOOK_LIMITS } from './refusals.js';
import { elements, readThrough } from './xml.js';

/** What a cell's format says of its number. */
export interface NumberStyle {
  /** a day or a time */
  readonly date: boolean;
  /** digits it is shown with at least, by a format of nothing but zeros */
  readonly digits: number;
}

export const PLAIN: NumberStyle = { date: false, digits: 0 };

/** Formats of ECMA-376 18.8.30 that need no definition, the ones of East Asian Excels too. */
const isBuiltInDate = (id: number): boolean =>
  (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);

/** Number styles by a cell's `s`. */
export async function readStyles(archive: Archive, part: string | null): Promise<readonly NumberStyle[]> {
  if (part === null || !archive.has(part)) return [];
  const custom = new Map<number, string>();
  const styles: NumberStyle[] = [];
  let inCells = false;
  await readThrough(
    archive.read(part, WORKBOOK_LIMITS.partBytes),
    elements((name, attributes) => {
      if (name === 'numFmt') custom.set(Number(attributes.numFmtId), attributes.formatCode ?? '');
      else if (name === 'cellXfs') inCells = true;
      else if (name === 'cellStyles' || name === 'dxfs') inCells = false;
      else if (name === 'xf' && inCells) styles.push(styleOf(Number(attributes.numFmtId ?? 0), custom));
    }),
  );
  return styles;
}

function styleOf(id: number, custom: ReadonlyMap<number, string>): NumberStyle {
  const code = custom.get(id);
  if (code === undefined) return isBuiltInDate(id) ? { date: true, digits: 0 } : PLAIN;
  if (/^0+$/.test(code)) return { date: false, digits: code.length };
  // What is quoted, escaped or bracketed is no placeholder; General is a word.
  const bare = code.replace(/"[^"]*"|\\.|_.|\*.|\[[^\]]*\]|General/gi, '');
  return /[ymdhs]/i.test(bare) ? { date: true, digits: 0 } : PLAIN;
}
