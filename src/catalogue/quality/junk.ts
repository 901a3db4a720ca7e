import type { QualityRule } from './types.js';

/** 垃圾数据: what fills a cell and says nothing, and what is typed to try a form. Levelled before it is compared. */
export const FILLERS: readonly string[] = [
  '无',
  '空',
  '暂无',
  '不详',
  '未知',
  'null',
  'none',
  'n/a',
  'na',
  'undefined',
  'nan',
];
/** In a text by itself, or with numbers behind it: 测试1. */
export const TRIALS: readonly string[] = [
  '测试',
  '测试数据',
  '测试行',
  'test',
  'demo',
  'abc',
  'asdf',
  'aaa',
  'xxx',
  '123',
  '123456',
  '111111',
];

const JUNK = { step: 'FILTER', level: 'JUNK', owner: 'DEVELOPMENT_REFORM', dimension: 'ACCURACY' } as const;
const PERMIT = 'XZXK_FR';
/** Every column that the sample row fills, with one text. */
const every = (text: string) =>
  Object.fromEntries(
    [
      'XK_XDR_MC',
      'XK_XDR_LB',
      'XK_XDR_SHXYM',
      'XK_FRDB',
      'XK_XKWS',
      'XK_WSH',
      'XK_XKLB',
      'XK_NR',
      'XK_JDRQ',
      'XK_YXQZ',
      'XK_YXQZI',
      'XK_XKJG',
      'XK_XKJGDM',
      'XK_ZT',
      'XK_LYDW',
      'XK_LYDWDM',
    ].map((field) => [field, text]),
  );

/**
 * Of the rows that are refused: those that hold no datum at all. They are tallied under the reason for which they were
 * refused like any other (reference.md, Rows), and told apart from what was meant and is wrong.
 */
export const JUNK_RULES = {
  JUNK_BLANK: {
    ...JUNK,
    zh: '空行',
    en: 'nothing stands in the row',
    examples: [{ item: PERMIT, rows: [every('')] }],
  },
  JUNK_FILLER: {
    ...JUNK,
    zh: '仅有占位或测试内容',
    en: 'fillers and trials alone',
    examples: [
      { item: PERMIT, rows: [{ ...every('无'), XK_LYDW: '', XK_LYDWDM: '' }] },
      { item: PERMIT, rows: [{ ...every('测试1'), XK_LYDW: '', XK_LYDWDM: '' }] },
    ],
  },
  JUNK_HEADER: {
    ...JUNK,
    zh: '重复的表头',
    en: 'the header once more',
    examples: [
      {
        item: PERMIT,
        rows: [{ ...every(''), XK_XDR_MC: '行政相对人名称', XK_NR: '许可内容', XK_WSH: '行政许可决定文书号' }],
      },
    ],
  },
} as const satisfies Record<string, QualityRule>;
