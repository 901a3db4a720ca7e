import { posix } from 'node:path';
import { Archive } from './archive.js';
import { tooMuch, unreadable, WORKBOOK_LIMITS } from './refusals.js';
import { type Cell, readRows } from './sheet.js';
import { SharedStrings } from './strings.js';
import { type NumberStyle, readStyles } from './styles.js';
import { elements, readThrough } from './xml.js';

const CONTENT_TYPES = '[Content_Types].xml';
const WORKBOOK_TYPE = /spreadsheetml\.(sheet|template)\.main\+xml$/;

interface Sheet {
  readonly name: string;
  readonly part: string;
}

/** An open XLSX file: its visible sheets, read row by row. Formulas are not evaluated: what they came to stands there. */
export class Workbook {
  #gone = 0;

  private constructor(
    private readonly archive: Archive,
    private readonly strings: SharedStrings,
    private readonly styles: readonly NumberStyle[],
    readonly sheets: readonly Sheet[],
    /** days count from 1904, as on old Macintoshes */
    readonly from1904: boolean,
  ) {}

  /** @throws {HubError} BAD_USER_INPUT (field file) for what is no workbook, LIMIT_EXCEEDED for too much of one */
  static async open(path: string): Promise<Workbook> {
    const archive = await Archive.open(path);
    let strings: SharedStrings | null = null;
    try {
      const main = await mainPart(archive);
      const parts = await relations(archive, main);
      const { sheets, from1904 } = await sheetsOf(archive, main, parts);
      if (sheets.length === 0) throw unreadable('没有可见的工作表', 'no sheet can be seen');
      const byType = (type: string) => [...parts.values()].find((part) => part.type === type)?.target ?? null;
      const styles = await readStyles(archive, byType('styles'));
      strings = await SharedStrings.read(archive, byType('sharedStrings'));
      return new Workbook(archive, strings, styles, sheets, from1904);
    } catch (error) {
      strings?.close();
      archive.close();
      throw error;
    }
  }

  rows({ part }: Sheet): AsyncGenerator<Cell[]> {
    return readRows(this.#counted(part), this.strings, this.styles);
  }

  /** how much of the sheet that is being read has gone by, 0 to 1 */
  position({ part }: Sheet): number {
    return Math.min(1, this.#gone / Math.max(1, this.archive.sizeOf(part)));
  }

  close(): void {
    this.strings.close();
    this.archive.close();
  }

  async *#counted(part: string): AsyncGenerator<Buffer> {
    this.#gone = 0;
    for await (const block of this.archive.read(part)) {
      this.#gone += block.length;
      yield block;
    }
  }
}

/** The part that is the workbook, by the table of contents: a zip without one is something else. */
async function mainPart(archive: Archive): Promise<string> {
  if (!archive.has(CONTENT_TYPES)) throw unreadable('这个 ZIP 不是工作簿', 'this zip is no workbook');
  let main: string | null = null;
  let otherKind = false;
  await readThrough(
    archive.read(CONTENT_TYPES, WORKBOOK_LIMITS.partBytes),
    elements((name, { ContentType: type = '', PartName: part }) => {
      if (name !== 'Override' || !part) return;
      if (WORKBOOK_TYPE.test(type)) main ??= part.replace(/^\//, '');
      else if (/macroEnabled|sheet\.binary/.test(type)) otherKind = true;
    }),
  );
  if (main !== null) return main;
  if (otherKind) throw unreadable('不支持 XLSM、XLSB，请另存为 XLSX', 'XLSM and XLSB are not read: save it as XLSX');
  throw unreadable('不是工作簿，或为 Word 等其他文件', 'no workbook, but another kind of document');
}

type Relations = ReadonlyMap<string, { readonly type: string; readonly target: string }>;

/** By id; links that lead out of the file are left where they are. */
async function relations(archive: Archive, main: string): Promise<Relations> {
  const folder = posix.dirname(main);
  const part = posix.join(folder, '_rels', `${posix.basename(main)}.rels`);
  const found = new Map<string, { type: string; target: string }>();
  if (!archive.has(part)) throw unreadable('缺少部件', 'a part is missing');
  await readThrough(
    archive.read(part, WORKBOOK_LIMITS.partBytes),
    elements((name, { Id: id, Type: type = '', Target: target = '', TargetMode: mode }) => {
      if (name !== 'Relationship' || !id || mode === 'External') return;
      const whole = target.startsWith('/') ? target.slice(1) : posix.join(folder, target);
      found.set(id, { type: type.slice(type.lastIndexOf('/') + 1), target: whole });
    }),
  );
  return found;
}

async function sheetsOf(archive: Archive, main: string, parts: Relations) {
  const sheets: Sheet[] = [];
  let from1904 = false;
  let met = 0;
  await readThrough(
    archive.read(main, WORKBOOK_LIMITS.partBytes),
    elements((name, attributes) => {
      if (name === 'workbookPr') from1904 = /^(1|true)$/.test(attributes.date1904 ?? '');
      if (name !== 'sheet') return;
      met += 1;
      if (met > WORKBOOK_LIMITS.sheets) throw tooMuch('工作表过多', 'too many sheets');
      const id = Object.entries(attributes).find(([key]) => /(^|:)id$/.test(key))?.[1] ?? '';
      const part = parts.get(id);
      // a sheet of charts has no rows
      if (part?.type !== 'worksheet' || (attributes.state ?? 'visible') !== 'visible') return;
      sheets.push({ name: attributes.name ?? '', part: part.target });
    }),
  );
  return { sheets, from1904 };
}
