import type { QualityRule } from './types.js';

const NORMALISE = { step: 'NORMALISE', level: 'CORRECTION', owner: 'DEVELOPMENT_REFORM', dimension: null } as const;
const PERMIT = 'XZXK_FR';

/** What was put right before the row was judged. */
export const CORRECTION_RULES = {
  FULL_WIDTH: {
    ...NORMALISE,
    zh: '全角转半角',
    en: 'full-width characters made half-width',
    examples: [{ item: PERMIT, rows: [{ XK_XDR_SHXYM: '９１370830MA9YYY010N' }], field: 'XK_XDR_SHXYM' }],
  },
  WHITESPACE: {
    ...NORMALISE,
    zh: '去除空白',
    en: 'white space removed',
    examples: [{ item: PERMIT, rows: [{ XK_XKWS: ' 示例许可 ' }], field: 'XK_XKWS' }],
  },
  LETTER_CASE: {
    ...NORMALISE,
    zh: '统一大小写',
    en: 'letter case put right',
    examples: [{ item: PERMIT, rows: [{ XK_XDR_SHXYM: '91370830ma9yyy010n' }], field: 'XK_XDR_SHXYM' }],
  },
  DATE_FORMAT: {
    ...NORMALISE,
    zh: '日期格式规范化',
    en: 'date format put right',
    examples: [
      { item: PERMIT, rows: [{ XK_JDRQ: '2026年3月2日' }], field: 'XK_JDRQ' },
      { item: PERMIT, rows: [{ XK_JDRQ: '20260302' }], field: 'XK_JDRQ' },
    ],
  },
  LINKED_BY_REGISTRATION_NO: {
    step: 'MERGE',
    level: 'CORRECTION',
    // the register's number, and the register's rule
    owner: 'MARKET',
    dimension: null,
    zh: '按工商注册号关联主体',
    en: 'linked by the registration number',
    examples: [{ item: PERMIT, rows: [{ XK_XDR_SHXYM: '', XK_XDR_GSZC: '370830200000006' }], field: 'XK_XDR_GSZC' }],
  },
} as const satisfies Record<string, QualityRule>;

const WARNED = { level: 'WARNING', owner: 'DEVELOPMENT_REFORM' } as const;

/** What the provider should look at, though the row was taken. */
export const WARNING_RULES = {
  LATE_REPORT: {
    ...WARNED,
    step: 'LOAD',
    dimension: 'TIMELINESS',
    zh: '迟报',
    en: 'later than seven working days after the decision',
    examples: [{ item: PERMIT, rows: [{ XK_JDRQ: '2026-01-05' }], field: 'XK_JDRQ' }],
  },
  NAME_MISMATCH: {
    ...WARNED,
    step: 'MERGE',
    dimension: 'ACCURACY',
    zh: '名称与登记名称不一致',
    en: 'the name is not that of the register',
    examples: [{ item: PERMIT, rows: [{ XK_XDR_MC: '另一名称有限公司' }], field: 'XK_XDR_MC' }],
  },
  SUBJECT_NOT_IN_REGISTRY: {
    ...WARNED,
    step: 'MERGE',
    dimension: null,
    zh: '主体未在登记库中',
    en: 'the subject is not in the register',
    examples: [{ item: PERMIT, rows: [{ XK_XDR_SHXYM: '91370830MA9YYY029K' }], field: 'XK_XDR_SHXYM' }],
  },
  NO_UNIFIED_CODE: {
    ...WARNED,
    step: 'MERGE',
    dimension: 'COMPLETENESS',
    zh: '无统一社会信用代码',
    en: 'no unified code',
    examples: [
      {
        item: PERMIT,
        rows: [{ XK_XDR_LB: '个体工商户', XK_XDR_SHXYM: '00000000000000000X' }],
        field: 'XK_XDR_SHXYM',
      },
    ],
  },
  PERSONAL_DATA_IN_TEXT: {
    ...WARNED,
    step: 'FILTER',
    dimension: null,
    zh: '文本中含个人信息',
    en: 'personal data in a text',
    examples: [{ item: PERMIT, rows: [{ XK_NR: '联系人电话 13800005678' }], field: 'XK_NR' }],
  },
  VALUE_TOO_LONG: {
    ...WARNED,
    step: 'FILTER',
    dimension: null,
    zh: '超出字段长度',
    en: 'longer than the field',
    examples: [{ item: PERMIT, rows: [{ XK_XKWS: '许'.repeat(80) }], field: 'XK_XKWS' }],
  },
  AS_OF_CONFLICT: {
    ...WARNED,
    step: 'MERGE',
    dimension: null,
    zh: '同一时点内容不一致，转人工复核',
    en: 'other content as of the same instant: under review',
    examples: [{ item: PERMIT, rows: [{ XK_NR: '另一内容' }], before: { row: {}, asOf: 'same' } }],
  },
} as const satisfies Record<string, QualityRule>;
