import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { itemOf } from '../../catalogue/index.js';
import { isShown } from '../../catalogue/publicities.js';
import type { CatalogueItem } from '../../catalogue/types.js';
import { HubError } from '../../platform/errors.js';
import { referenceId } from '../../platform/ids.js';
import { type Sql, sql } from '../../platform/sql.js';
import { AS_TEXT, exceljs } from '../collection/workbooks/exceljs.js';
import type { Session } from '../session.js';
import type { Period } from './period.js';
import { cellsOf, columnsOf, type PublicRecord } from './template.js';

export interface ExportScope {
  readonly item: CatalogueItem;
  readonly period: Period;
  /** code of the department that decided; default all */
  readonly department?: string | null;
}

export const shownItemId = (code: string): string => referenceId('item', shownItem(code).code);

const AT_ONCE = 1_000;

/**
 * An item of which something is shown.
 * @throws NOT_FOUND (item) for any other: of natural persons nothing is published (条例 art. 20)
 */
export function shownItem(code: string): CatalogueItem {
  const item = itemOf(code);
  if (item && isShown(item)) return item;
  throw new HubError('NOT_FOUND', { zh: '该数据项不公开公示', en: 'nothing of this item is published' }, 'item');
}

/**
 * Rows of the official table, as whoever asks may read them: read as PUBLIC they are what is public today. By the day of
 * the decision, a thousand at a time, so that memory does not grow with the period.
 */
async function* rowsOf({ query }: Session, { item, period, department }: ExportScope): AsyncGenerator<string[]> {
  const columns = columnsOf(item);
  const of: Sql<boolean> = department ? sql<boolean>`a.code = ${department}` : sql<boolean>`true`;
  let after: Pick<PublicRecord, 'decidedOn' | 'id'> = { decidedOn: period.from, id: FIRST };
  for (let more = true; more; ) {
    const records: PublicRecord[] = await query<PublicRecord>(sql`
      select r.id, r.decided_on::text as "decidedOn", r.public_until::text as "publicUntil", r.heading, r."values",
        s.name as "subjectName", s.kind as "subjectKind", s.code as "subjectCode", s.registration_no as "registrationNo",
        s.representative, a.name as "authorityName", a.code as "authorityCode", p.name as "sourceName",
        p.code as "sourceCode", r.document_name as "documentName", r.document_no as "documentNo", r.category,
        r.certificate_name as "certificateName", r.certificate_no as "certificateNo", r.content,
        r.valid_from::text as "validFrom", r.valid_to::text as "validTo", r.violation, r.facts, r.basis, r.categories,
        r.fine::text, r.confiscation::text
      from credit_record r
        join subject s on s.id = r.subject_id
        join department a on a.id = r.authority_id
        join department p on p.id = r.provider_id
      where r.item_id = ${referenceId('item', item.code)} and r.decided_on <= ${period.to}::date and ${of}
        and (r.decided_on, r.id) > (${after.decidedOn}::date, ${after.id}::uuid)
      order by r.decided_on, r.id limit ${AT_ONCE}`);
    for (const record of records) yield cellsOf(columns, record);
    after = records.at(-1) ?? after;
    more = records.length === AT_ONCE;
  }
}

const FIRST = '00000000-0000-0000-0000-000000000000';

const headerOf = ({ item }: ExportScope): string[] => columnsOf(item).map(({ field }) => field.name);

/** Field codes as the header line, UTF-8 with a mark that Excel takes for it. Answers the number of rows. */
export async function writeCsv(session: Session, to: Writable, scope: ExportScope): Promise<number> {
  let rows = 0;
  await write(to, `\ufeff${line(headerOf(scope))}`);
  for await (const cells of rowsOf(session, scope)) {
    await write(to, line(cells));
    rows += 1;
  }
  return rows;
}

const line = (cells: readonly string[]): string =>
  `${cells.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')}\r\n`;

async function write(to: Writable, text: string): Promise<void> {
  if (!to.write(text)) await once(to, 'drain');
}

/** The same as a workbook of cells of text, with the fields' names on a sheet of their own. It ends the stream. */
export async function writeXlsx(session: Session, to: Writable, scope: ExportScope): Promise<number> {
  const { stream } = await exceljs();
  const workbook = new stream.xlsx.WorkbookWriter({ stream: to as never, useStyles: true, useSharedStrings: false });
  const sheet = workbook.addWorksheet('数据', { views: [{ state: 'frozen', ySplit: 1 }] });
  sheet.columns = headerOf(scope).map((header) => ({ header, width: 20, style: { numFmt: AS_TEXT } }));
  sheet.getRow(1).font = { bold: true };
  let rows = 0;
  for await (const cells of rowsOf(session, scope)) {
    sheet.addRow(cells.map((cell) => (cell === '' ? null : cell))).commit();
    rows += 1;
  }
  sheet.commit();
  const names = workbook.addWorksheet('字段说明');
  names.columns = [
    { header: '字段代码', width: 16 },
    { header: '字段名称', width: 44 },
  ];
  for (const { field } of columnsOf(scope.item)) names.addRow([field.name, field.label]).commit();
  names.commit();
  await workbook.commit();
  return rows;
}
