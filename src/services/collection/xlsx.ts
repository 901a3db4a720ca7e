import type { FieldType } from '../../catalogue/types.js';
import { addDays } from '../../platform/clock.js';
import type { Cell, NumberCell } from '../../platform/xlsx/sheet.js';
import { Workbook } from '../../platform/xlsx/workbook.js';
import { Columns, type RawRow, type Target, type UnreadCell } from './columns.js';
import type { RowSource } from './csv.js';
import { type FileFacts, unusable } from './encoding.js';
import type { ItemPlan } from './plan.js';

/**
 * The rows of a workbook's first sheet, as they are asked for; its first row that holds anything is the header line.
 * Another sheet with columns of the item is refused rather than passed over.
 * @throws {HubError} BAD_USER_INPUT or LIMIT_EXCEEDED (field file) for a file that can't be used, naming why
 */
export async function openXlsx(path: string, _facts: FileFacts, plan: ItemPlan, today: string): Promise<RowSource> {
  const workbook = await Workbook.open(path);
  try {
    const [sheet, ...others] = workbook.sheets;
    if (!sheet) throw new Error('an open workbook has a sheet');
    const columns = new Columns(plan, today);
    const records = workbook.rows(sheet);
    const first = (await records.next()).value as Cell[] | undefined;
    const targets = first ? columns.line(first.map(headerOf)) : [];
    if (columns.known === 0) {
      throw unusable({
        zh: '第一张工作表的表头没有该数据项的任何列',
        en: 'no column of the first sheet’s header line belongs to the item',
      });
    }
    for (const other of others) await refuseSecond(workbook.rows(other), plan, today);
    async function* rows(): AsyncGenerator<RawRow> {
      try {
        for await (const record of records) yield rowOf(plan, columns, targets, record, workbook.from1904);
      } finally {
        await records.return(undefined);
        workbook.close();
      }
    }
    return { columns, rows: closing(rows(), () => workbook.close()), position: () => workbook.position(sheet) };
  } catch (error) {
    workbook.close();
    throw error;
  }
}

/** A generator that was never begun runs no `finally`: its end is told all the same. */
function closing(rows: AsyncGenerator<RawRow>, close: () => void): AsyncIterable<RawRow> {
  const iterator: AsyncIterator<RawRow> & AsyncIterable<RawRow> = {
    next: () => rows.next(),
    async return() {
      const done = await rows.return(undefined);
      close();
      return done;
    },
    [Symbol.asyncIterator]: () => iterator,
  };
  return iterator;
}

async function refuseSecond(rows: AsyncGenerator<Cell[]>, plan: ItemPlan, today: string): Promise<void> {
  const { value: first } = await rows.next();
  await rows.return(undefined);
  const columns = new Columns(plan, today);
  if (first) columns.line((first as Cell[]).map(headerOf));
  if (columns.known < 2) return;
  throw unusable({
    zh: '不止一张工作表有该数据项的列，请合并到第一张',
    en: 'more than one sheet has columns of the item: put all rows into the first',
  });
}

const headerOf = (cell: Cell): string => (typeof cell === 'string' ? cell : cell ? plain(Number(cell.number)) : '');

function rowOf(
  plan: ItemPlan,
  columns: Columns,
  targets: readonly Target[],
  record: Cell[],
  from1904: boolean,
): RawRow {
  const unread: UnreadCell[] = [];
  const values = record as string[];
  for (let i = 0; i < record.length; i += 1) {
    const cell = record[i] as Cell;
    if (typeof cell === 'string') continue;
    const target = targets[i];
    const type = typeof target === 'number' ? plan.fields[target]?.type : undefined;
    const said = cell === null ? null : textOf(cell, type ?? 'TEXT', from1904);
    if (said === null && typeof target === 'number') {
      unread.push({ place: target, code: cell === null ? 'CELL_ERROR' : 'DIGITS_LOST' });
    }
    // in a column of forbidden content even a failed formula says that there was something
    values[i] = said ?? (target === 'forbidden' ? '#' : '');
  }
  const row = columns.row(targets, values);
  return unread.length > 0 ? { ...row, unread } : row;
}

/** Days that 1904's calendar is behind 1900's. */
const BEHIND = 1462;
/** More digits a number of Excel does not hold. */
const EXACT = 1e15;

/** A number as its column means it; null where digits of a code or text are lost. */
function textOf({ number, style }: NumberCell, type: FieldType, from1904: boolean): string | null {
  const value = Number(number);
  if (!Number.isFinite(value)) return number;
  // The serial day: what the judge makes of it is the same for a CSV file.
  if (type === 'DATE') return plain(style.date && from1904 ? value + BEHIND : value);
  if (type === 'AMOUNT_10K') return plain(value);
  if (Math.abs(value) >= EXACT) return null;
  if (style.date && value >= 1 && value < 2_958_466) {
    return addDays('1899-12-30', Math.floor(value) + (from1904 ? BEHIND : 0));
  }
  const text = plain(value);
  return style.digits > 0 && /^\d+$/.test(text) ? text.padStart(style.digits, '0') : text;
}

/** The number's 15 digits as Excel shows them, never with an exponent. */
function plain(value: number): string {
  const rounded = Number(value.toPrecision(15));
  if (Number.isInteger(rounded)) return BigInt(rounded).toString();
  const text = String(rounded);
  return text.includes('e') ? rounded.toFixed(20).replace(/0+$/, '') : text;
}
