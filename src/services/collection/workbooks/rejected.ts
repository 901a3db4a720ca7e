import type { Writable } from 'node:stream';
import { type BilingualText, HubError } from '../../../platform/errors.js';
import { sql } from '../../../platform/sql.js';
import type { Session } from '../../session.js';
import { REASONS_HEADER } from '../columns.js';
import { type Issue, issueText } from '../issues.js';
import { type ItemPlan, planOfCode } from '../plan.js';
import { AS_TEXT, type Excel, exceljs } from './exceljs.js';

type Language = keyof BilingualText;

/** Rows of one workbook; what comes behind them is asked for by the last one's number. */
export const MOST_ROWS = 10_000;
const AT_ONCE = 500;

/** A batch whose rejected rows the caller may read. */
export interface RejectedBatch {
  readonly id: string;
  readonly plan: ItemPlan;
  /** rows up to this number are left out */
  readonly after: number;
  /** number of the workbook's last row, where more come behind it */
  readonly last: number | null;
}

interface RejectedRow {
  readonly rowNo: number;
  readonly values: Readonly<Record<string, string>>;
  readonly issues: readonly Issue[];
}

/**
 * What is known of the workbook before its first byte. Row security decides whether the batch is there.
 * @throws {HubError} NOT_FOUND
 */
export async function openRejected(session: Session, batchId: string, after = 0): Promise<RejectedBatch> {
  const [batch] = await session.query<{ id: string; code: string }>(sql`
    select b.id, i.code, 'ImportBatch' as "__typename", 'GOVERNMENT' as "#label"
    from import_batch b join catalogue_item i on i.id = b.item_id where b.id = ${batchId}`);
  const plan = batch && planOfCode(batch.code);
  if (!plan) throw new HubError('NOT_FOUND', { zh: '未找到', en: 'not found' }, 'id');
  session.seen?.([batch]);
  const [last, next] = await session.query<{ rowNo: number }>(sql`
    select row_no as "rowNo" from import_row where batch_id = ${batchId} and rejected and row_no > ${after}
    order by row_no offset ${MOST_ROWS - 1} limit 2`);
  return { id: batch.id, plan, after, last: last && next ? last.rowNo : null };
}

const BAD = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFFFC7CE' } } as const;
const MASKED = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFFFEB9C' } } as const;
const MASKED_TEXT: BilingualText = {
  zh: '已脱敏，重新导入前请填写完整',
  en: 'masked: enter it in full before the row is sent again',
};

/**
 * Writes the rejected rows as they are stored, each with its reasons before it and a mark and a comment on the cell at
 * fault. Columns are the item's, so that the workbook, put right, is a file to import.
 */
export async function writeRejected(
  session: Session,
  to: Writable,
  { id, plan, after, last }: RejectedBatch,
  language: Language,
): Promise<void> {
  const { stream } = await exceljs();
  const workbook = new stream.xlsx.WorkbookWriter({ stream: to as never, useStyles: true, useSharedStrings: false });
  const sheet = workbook.addWorksheet('退回', { views: [{ state: 'frozen', xSplit: 1, ySplit: 1 }] });
  sheet.columns = [
    { header: REASONS_HEADER, width: 50, style: { alignment: { wrapText: true, vertical: 'top' } } },
    ...plan.fields.map(({ label }) => ({ header: label, width: 20, style: { numFmt: AS_TEXT } })),
  ];
  sheet.getRow(1).font = { bold: true };
  for (let from = after, more = true; more; ) {
    const rows = await session.query<RejectedRow>(sql`
      select row_no as "rowNo", "values", issues from import_row
      where batch_id = ${id} and rejected and row_no > ${from} and row_no <= ${last ?? 2_147_483_647}
      order by row_no limit ${AT_ONCE}`);
    for (const row of rows) writeRow(sheet, plan, row, language);
    from = rows.at(-1)?.rowNo ?? from;
    more = rows.length === AT_ONCE;
  }
  sheet.commit();
  await workbook.commit();
}

function writeRow(sheet: Excel.Worksheet, plan: ItemPlan, { rowNo, values, issues }: RejectedRow, language: Language) {
  const found = issues.filter(({ severity }) => severity === 'REJECTION');
  const row = sheet.addRow([
    reasonsOf(plan, rowNo, found, language),
    ...plan.fields.map(({ name }) => values[name] ?? null),
  ]);
  plan.fields.forEach(({ name, type }, i) => {
    const cell = row.getCell(i + 2);
    const own = found.filter(({ field }) => field === name);
    const masked = isMasked(type, values[name] ?? '') ? [MASKED_TEXT[language]] : [];
    if (own.length + masked.length === 0) return;
    cell.fill = own.length > 0 ? BAD : MASKED;
    cell.note = [...own.map(({ code }) => issueText(code)[language]), ...masked].join('\n');
  });
  row.commit();
}

function reasonsOf(plan: ItemPlan, rowNo: number, issues: readonly Issue[], language: Language): string {
  const labelOf = (field: string | null) => (field ? plan.fields[plan.place(field)]?.label : undefined);
  const reasons = issues.map(({ code, field }) =>
    [labelOf(field), issueText(code)[language]].filter(Boolean).join('：'),
  );
  return `${language === 'zh' ? `第 ${rowNo} 行` : `row ${rowNo}`} ${reasons.join('；')}`;
}

/** As services/collection/masking.ts masks: a number's middle, or all of a name but its first character. */
const isMasked = (type: string, value: string): boolean =>
  type === 'ID_NUMBER' || type === 'TEXT' || type === 'NUMBER' ? /\*{4}/.test(value) : /^.\*+$/u.test(value);
