import { tooMuch, unreadable, WORKBOOK_LIMITS } from './refusals.js';
import type { SharedStrings } from './strings.js';
import { type NumberStyle, PLAIN } from './styles.js';
import { type Reader, readXml, unescaped } from './xml.js';

/** A number as it is stored: what it means depends on the column. */
export interface NumberCell {
  readonly number: string;
  readonly style: NumberStyle;
}

/** A text; a number; null for a formula that failed or was never computed. Blank: the empty string. */
export type Cell = string | NumberCell | null;

/** Rows of a sheet that hold anything, each as long as its last cell that does. */
export async function* readRows(
  blocks: AsyncIterable<Buffer>,
  strings: SharedStrings,
  styles: readonly NumberStyle[],
): AsyncGenerator<Cell[]> {
  const rows = new SheetReader(strings, styles);
  for await (const _ of readXml(blocks, rows)) yield* rows.take();
  yield* rows.take();
}

class SheetReader implements Reader {
  #rows: Cell[][] = [];
  #row: Cell[] = [];
  #rowsMet = 0;
  #rowLength = 0;
  #said = false;
  #column = -1;
  #type = 'n';
  #style: string | undefined;
  #text = '';
  #taking = false;
  #hasFormula = false;
  #phonetic = 0;

  constructor(
    private readonly strings: SharedStrings,
    private readonly styles: readonly NumberStyle[],
  ) {}

  take(): Cell[][] {
    const rows = this.#rows;
    this.#rows = [];
    return rows;
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    switch (name) {
      case 'c':
        this.#column = attributes.r ? columnOf(attributes.r) : this.#column + 1;
        this.#type = attributes.t ?? 'n';
        this.#style = attributes.s;
        this.#text = '';
        this.#hasFormula = false;
        return;
      case 'v':
      case 't':
        this.#taking = this.#phonetic === 0;
        return;
      case 'f':
        this.#hasFormula = true;
        return;
      case 'rPh':
        this.#phonetic += 1;
        return;
      case 'row':
        this.#row = [];
        this.#rowLength = 0;
        this.#said = false;
        this.#column = -1;
        this.#rowsMet += 1;
        if (this.#rowsMet > WORKBOOK_LIMITS.rows) throw tooMuch('行数过多', 'too many rows');
    }
  }

  text(text: string): void {
    if (!this.#taking) return;
    this.#text += text;
    if (this.#text.length > WORKBOOK_LIMITS.rowLength) throw tooMuch('单元格过长', 'a cell is too long');
  }

  close(name: string): void {
    switch (name) {
      case 'v':
      case 't':
        this.#taking = false;
        return;
      case 'rPh':
        this.#phonetic -= 1;
        return;
      case 'c':
        this.#put(this.#cell());
        return;
      case 'row':
        if (this.#said) this.#rows.push(this.#row);
    }
  }

  #cell(): Cell {
    const text = this.#text;
    if (this.#type === 'e') return null;
    if (text === '') return this.#hasFormula && this.#type !== 'str' ? null : '';
    if (this.#type === 's') return this.strings.get(Number(text));
    if (this.#type === 'b') return text === '1' ? 'TRUE' : 'FALSE';
    if (this.#type !== 'n') return unescaped(text);
    const style = this.#style === undefined ? PLAIN : (this.styles[Number(this.#style)] ?? PLAIN);
    return { number: text, style };
  }

  #put(cell: Cell): void {
    if (cell === '') return;
    const column = this.#column;
    if (column >= WORKBOOK_LIMITS.columns) throw tooMuch('列数过多', 'too many columns');
    if (typeof cell === 'string') this.#rowLength += cell.length;
    if (this.#rowLength > WORKBOOK_LIMITS.rowLength) throw tooMuch('一行内容过长', 'a row is too long');
    this.#said ||= typeof cell !== 'string' || cell.trim() !== '';
    while (this.#row.length < column) this.#row.push('');
    this.#row[column] = cell;
  }
}

/** The place of `BC12`, from 0. */
function columnOf(reference: string): number {
  let column = 0;
  for (let i = 0; i < reference.length; i += 1) {
    const letter = (reference.charCodeAt(i) | 32) - 96;
    if (letter < 1 || letter > 26) break;
    column = column * 26 + letter;
    if (column > 16_384) break;
  }
  if (column < 1 || column > 16_384) throw unreadable('单元格位置无效', 'a cell without a place');
  return column - 1;
}
