import type { BilingualText } from '../../platform/errors.js';

/** Reasons for which a row is refused, in the order in which they are looked for (reference.md, Rows). */
export const REJECTIONS = {
  OUTSIDE_CATALOGUE: { zh: '清单之外、禁止归集或数据来源单位不是报送单位', en: 'not provided for by the catalogue' },
  DIGITS_LOST: {
    zh: '编号按数值存储，超过 15 位的数字已丢失，请改为文本格式重新填写',
    en: 'a number of more than 15 digits, of which the workbook has lost the rest: enter it as text',
  },
  CELL_ERROR: { zh: '单元格的公式出错或没有计算值', en: 'a formula that failed or was never computed' },
  REQUIRED_MISSING: { zh: '必填项缺失', en: 'a required field is missing' },
  USCC_INVALID: { zh: '统一社会信用代码校验不通过', en: 'a code whose check digit is wrong' },
  CITIZEN_ID_INVALID: { zh: '公民身份号码校验不通过', en: 'a citizen id that is wrong' },
  SUBJECT_KIND_MISMATCH: { zh: '主体类别与数据项或代码不符', en: 'the class of subject does not fit' },
  DATE_INVALID: { zh: '日期无效', en: 'not a date' },
  DATE_IN_FUTURE: { zh: '日期晚于接收日', en: 'a date after the day of receipt' },
  DATE_ORDER: { zh: '日期先后颠倒', en: 'dates out of order' },
  ENUM_UNKNOWN: { zh: '取值不在值域内', en: 'a value that is not among the options' },
  AMOUNT_INVALID: { zh: '金额无效', en: 'not an amount in 万元' },
  AUTHORITY_UNKNOWN: { zh: '决定机关未登记', en: 'the authority is not a registered department' },
  DUPLICATE: { zh: '本批次内重复', en: 'the same business key earlier in the batch' },
} as const satisfies Record<string, BilingualText>;

/** What was put right before the row was judged. */
export const CORRECTIONS = {
  FULL_WIDTH: { zh: '全角转半角', en: 'full-width characters made half-width' },
  WHITESPACE: { zh: '去除空白', en: 'white space removed' },
  LETTER_CASE: { zh: '统一大小写', en: 'letter case put right' },
  DATE_FORMAT: { zh: '日期格式规范化', en: 'date format put right' },
  LINKED_BY_REGISTRATION_NO: { zh: '按工商注册号关联主体', en: 'linked by the registration number' },
} as const satisfies Record<string, BilingualText>;

/** What the provider should look at, though the row was taken. */
export const WARNINGS = {
  LATE_REPORT: { zh: '迟报', en: 'later than seven working days after the decision' },
  NAME_MISMATCH: { zh: '名称与登记名称不一致', en: 'the name is not that of the register' },
  SUBJECT_NOT_IN_REGISTRY: { zh: '主体未在登记库中', en: 'the subject is not in the register' },
  NO_UNIFIED_CODE: { zh: '无统一社会信用代码', en: 'no unified code' },
  PERSONAL_DATA_IN_TEXT: { zh: '文本中含个人信息', en: 'personal data in a text' },
  VALUE_TOO_LONG: { zh: '超出字段长度', en: 'longer than the field' },
  AS_OF_CONFLICT: { zh: '同一时点内容不一致，转人工复核', en: 'other content as of the same instant: under review' },
} as const satisfies Record<string, BilingualText>;

export type Rejection = keyof typeof REJECTIONS;
export type Correction = keyof typeof CORRECTIONS;
export type Warning = keyof typeof WARNINGS;
export type IssueCode = Rejection | Correction | Warning;
export type IssueSeverity = 'CORRECTION' | 'WARNING' | 'REJECTION';

/** One remark on a row, as import_row.issues holds it; its sentence is made when it is read. */
export interface Issue {
  readonly severity: IssueSeverity;
  readonly code: IssueCode;
  /** field code of the catalogue; null where the row as a whole is meant */
  readonly field: string | null;
}

export const REJECTION_ORDER = Object.keys(REJECTIONS) as Rejection[];

const TEXTS: Record<string, BilingualText> = { ...REJECTIONS, ...CORRECTIONS, ...WARNINGS };

/** The sentence of an issue; an unknown code (a later version's) says itself. */
export function issueText(code: string): BilingualText {
  return TEXTS[code] ?? { zh: code, en: code };
}

export const rejection = (code: Rejection, field: string | null = null): Issue => ({
  severity: 'REJECTION',
  code,
  field,
});
export const correction = (code: Correction, field: string | null = null): Issue => ({
  severity: 'CORRECTION',
  code,
  field,
});
export const warning = (code: Warning, field: string | null = null): Issue => ({ severity: 'WARNING', code, field });
