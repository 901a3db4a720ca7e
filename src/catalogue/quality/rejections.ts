import type { QualityRule } from './types.js';

const FILTER = { step: 'FILTER', level: 'INVALID', owner: 'DEVELOPMENT_REFORM' } as const;
const PERMIT = 'XZXK_FR';
const PENALTY = 'XZCF_FR';

/** Reasons for which a row is refused, in the order in which they are looked for (reference.md, Rows). */
export const REJECTION_RULES = {
  OUTSIDE_CATALOGUE: {
    ...FILTER,
    dimension: 'LEGALITY',
    zh: '清单之外、禁止归集或数据来源单位不是报送单位',
    en: 'not provided for by the catalogue',
    examples: [
      { item: PENALTY, rows: [{ CF_SY: '当事人宗教信仰为某教' }] },
      { item: PERMIT, rows: [{ XK_LYDWDM: '91330100799655058B' }], field: 'XK_LYDWDM' },
    ],
  },
  DIGITS_LOST: {
    ...FILTER,
    dimension: 'ACCURACY',
    zh: '编号按数值存储，超过 15 位的数字已丢失，请改为文本格式重新填写',
    en: 'a number of more than 15 digits, of which the workbook has lost the rest: enter it as text',
    examples: [],
    workbooksOnly: true,
  },
  CELL_ERROR: {
    ...FILTER,
    dimension: 'ACCURACY',
    zh: '单元格的公式出错或没有计算值',
    en: 'a formula that failed or was never computed',
    examples: [],
    workbooksOnly: true,
  },
  REQUIRED_MISSING: {
    ...FILTER,
    dimension: 'COMPLETENESS',
    zh: '必填项缺失',
    en: 'a required field is missing',
    examples: [
      { item: PERMIT, rows: [{ XK_NR: '' }], field: 'XK_NR' },
      { item: PENALTY, rows: [{ CF_CFLB: '罚款', CF_NR_FK: '' }], field: 'CF_NR_FK' },
    ],
  },
  USCC_INVALID: {
    ...FILTER,
    dimension: 'ACCURACY',
    zh: '统一社会信用代码校验不通过',
    en: 'a code whose check digit is wrong',
    examples: [
      { item: PERMIT, rows: [{ XK_XDR_SHXYM: '914403001922038217' }], field: 'XK_XDR_SHXYM' },
      { item: PERMIT, rows: [{ XK_XDR_SHXYM: '00000000000000000X' }], field: 'XK_XDR_SHXYM' },
    ],
  },
  CITIZEN_ID_INVALID: {
    ...FILTER,
    dimension: 'ACCURACY',
    zh: '公民身份号码校验不通过',
    en: 'a citizen id that is wrong',
    examples: [{ item: 'XZXK_ZRR', rows: [{ XK_XDR_ZJHM: '370830198502300014' }], field: 'XK_XDR_ZJHM' }],
  },
  SUBJECT_KIND_MISMATCH: {
    ...FILTER,
    dimension: 'ACCURACY',
    zh: '主体类别与数据项或代码不符',
    en: 'the class of subject does not fit',
    examples: [{ item: PERMIT, rows: [{ XK_XDR_LB: '自然人' }], field: 'XK_XDR_LB' }],
  },
  DATE_INVALID: {
    ...FILTER,
    dimension: 'ACCURACY',
    zh: '日期无效',
    en: 'not a date',
    examples: [{ item: PERMIT, rows: [{ XK_JDRQ: '2026-02-30' }], field: 'XK_JDRQ' }],
  },
  DATE_IN_FUTURE: {
    ...FILTER,
    dimension: 'ACCURACY',
    zh: '日期晚于接收日',
    en: 'a date after the day of receipt',
    examples: [{ item: PERMIT, rows: [{ XK_JDRQ: '2098-01-01' }], field: 'XK_JDRQ' }],
  },
  DATE_ORDER: {
    ...FILTER,
    dimension: 'ACCURACY',
    zh: '日期先后颠倒',
    en: 'dates out of order',
    examples: [{ item: PERMIT, rows: [{ XK_YXQZ: '2026-03-02', XK_YXQZI: '2026-03-01' }], field: 'XK_YXQZI' }],
  },
  ENUM_UNKNOWN: {
    ...FILTER,
    dimension: 'ACCURACY',
    zh: '取值不在值域内',
    en: 'a value that is not among the options',
    examples: [
      { item: PERMIT, rows: [{ XK_XKLB: '口头' }], field: 'XK_XKLB' },
      { item: PENALTY, rows: [{ CF_CFLB: '训斥' }], field: 'CF_CFLB' },
    ],
  },
  AMOUNT_INVALID: {
    ...FILTER,
    dimension: 'ACCURACY',
    zh: '金额无效',
    en: 'not an amount in 万元',
    examples: [{ item: PENALTY, rows: [{ CF_CFLB: '罚款', CF_NR_FK: '二千元' }], field: 'CF_NR_FK' }],
  },
  AUTHORITY_UNKNOWN: {
    ...FILTER,
    dimension: 'ACCURACY',
    zh: '决定机关未登记',
    en: 'the authority is not a registered department',
    examples: [{ item: PERMIT, rows: [{ XK_XKJGDM: '11370800MB28559184' }], field: 'XK_XKJGDM' }],
  },
  DUPLICATE: {
    step: 'DEDUPLICATE',
    level: 'DUPLICATE',
    owner: 'DEVELOPMENT_REFORM',
    dimension: 'UNIQUENESS',
    zh: '本批次内重复',
    en: 'the same business key earlier in the batch',
    examples: [
      { item: PERMIT, rows: [{}, {}] },
      {
        item: PERMIT,
        rows: [{ XK_WSH: '示例〔2026〕DUP号' }, { XK_WSH: '示例[2026] DUP号', XK_NR: '另一内容' }],
      },
    ],
  },
} as const satisfies Record<string, QualityRule>;
