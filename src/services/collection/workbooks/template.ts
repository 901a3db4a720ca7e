import { requiredWhen } from '../../../catalogue/conditions.js';
import { LAW } from '../../../catalogue/law.js';
import type { CatalogueField, CatalogueItem, FieldType } from '../../../catalogue/types.js';
import { AS_TEXT, columnLetters, type Excel, exceljs } from './exceljs.js';

/** Rows of a template that offer the options of a field. */
const OFFERED = 5_000;
const HEAD = { bold: true } as const;
const HEAD_FILL = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFDDE8F5' } } as const;
const REQUIRED_FILL = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFFCE4D6' } } as const;

/** The header line alone, as a CSV file that Excel takes for UTF-8. */
export const templateCsv = ({ fields }: CatalogueItem): string =>
  `\ufeff${fields.map(({ label }) => (/[",\r\n]/.test(label) ? `"${label.replaceAll('"', '""')}"` : label)).join(',')}\r\n`;

/** A workbook to fill in: the header line over cells of text, and beside it what the catalogue says of each column. */
export async function templateWorkbook(item: CatalogueItem): Promise<Buffer> {
  const workbook = new (await exceljs()).Workbook();
  fillIn(workbook, item);
  explain(workbook, item);
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

function fillIn(workbook: Excel.Workbook, { fields }: CatalogueItem): void {
  const sheet = workbook.addWorksheet('数据', { views: [{ state: 'frozen', ySplit: 1 }] });
  sheet.columns = fields.map(({ label }) => ({
    header: label,
    width: Math.min(40, Math.max(14, label.length * 2 + 2)),
    style: { numFmt: AS_TEXT },
  }));
  const header = sheet.getRow(1);
  fields.forEach(({ required }, i) => {
    const cell = header.getCell(i + 1);
    cell.font = HEAD;
    cell.fill = required === true ? REQUIRED_FILL : HEAD_FILL;
  });
  const offered = fields.flatMap((field, i) => (field.type === 'ENUM' && field.options ? [{ field, i }] : []));
  if (offered.length === 0) return;
  const options = workbook.addWorksheet('值域', { state: 'hidden' });
  offered.forEach(({ field, i }, column) => {
    const values = field.options ?? [];
    const [letters, at] = [columnLetters(column), columnLetters(i)];
    values.forEach((value, row) => {
      options.getCell(`${letters}${row + 1}`).value = value;
    });
    // 其他- is spelt out by whoever writes it
    const closed = !values.some((value) => value.endsWith('-'));
    validationsOf(sheet).add(`${at}2:${at}${OFFERED + 1}`, {
      type: 'list',
      allowBlank: true,
      formulae: [`值域!$${letters}$1:$${letters}$${values.length}`],
      showErrorMessage: closed,
      errorTitle: '取值不在值域内',
      error: '请从下拉列表中选择',
    });
  });
}

/** exceljs takes a range here; its types know single cells only. */
const validationsOf = (sheet: Excel.Worksheet) =>
  (sheet as unknown as { dataValidations: { add(range: string, validation: Excel.DataValidation): void } })
    .dataValidations;

function explain(workbook: Excel.Workbook, item: CatalogueItem): void {
  const sheet = workbook.addWorksheet('填写说明');
  sheet.columns = [
    { header: '字段代码', width: 16 },
    { header: '字段名称', width: 44 },
    { header: '类型', width: 30 },
    { header: '是否必填', width: 26 },
    { header: '最大长度', width: 10 },
    { header: '值域', width: 60 },
  ];
  sheet.getRow(1).font = HEAD;
  for (const field of item.fields) {
    const { name, label, type, maxLength, options = [], openEnded } = field;
    const kind = openEnded ? `${TYPES[type]}；长期填 2099/12/31` : TYPES[type];
    sheet.addRow([name, label, kind, requirement(field, item), maxLength ?? '', options.join('、')]);
  }
  sheet.addRow([]);
  sheet.addRow(['数据项', `${item.name}（${item.code}）`]);
  for (const key of item.bases) {
    const { title, article, validFrom } = LAW[key];
    sheet.addRow(['法定依据', [title, article].filter(Boolean).join(' '), `自 ${validFrom} 起施行`]);
  }
  sheet.addRow([
    '填写要求',
    '编码、证件号码与文书号保持文本格式；日期写作 2026/11/20 或 2026-11-20；不得增加本表以外的列',
  ]);
}

const TYPES: Readonly<Record<FieldType, string>> = {
  TEXT: '文本',
  NAME: '名称',
  NUMBER: '编号（文本）',
  UNIFIED_CODE: '统一社会信用代码，18 位',
  ORGANISATION_CODE: '组织机构代码，9 位',
  REGISTRATION_NO: '工商注册号',
  ID_NUMBER: '证件号码',
  DATE: '日期',
  AMOUNT_10K: '金额，万元，至多六位小数',
  ENUM: '单选',
  KINDS: '处罚种类，多项以 ; 分隔',
};

const requirement = (field: CatalogueField, item: CatalogueItem): string =>
  requiredWhen(field, item) ?? (field.required ? '必填' : '选填');
