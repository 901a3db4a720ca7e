import type { FunctionCode } from '../functions.js';
import type { ExampleRow } from '../types.js';

/** 过滤、规范、去重、归并、分类、入库 (汶政字〔2022〕9号 二（二）2), in the order in which a row goes through them. */
export const STEPS = {
  FILTER: { zh: '过滤', en: 'junk and invalid rows are told apart, and kept out' },
  NORMALISE: { zh: '规范', en: 'what is only written otherwise is put right' },
  DEDUPLICATE: { zh: '去重', en: 'one row a fact in a batch' },
  MERGE: { zh: '归并', en: 'linked to its subject by any of its numbers, and to what is known of the same fact' },
  CLASSIFY: { zh: '分类', en: 'its class, and whether it is public, by rule set' },
  LOAD: { zh: '入库', en: 'what is stored of it' },
} as const;
export type Step = keyof typeof STEPS;

export const LEVELS = {
  JUNK: { zh: '垃圾', en: 'no datum of the item at all: returned' },
  INVALID: { zh: '无效', en: 'a datum that is wrong: returned to be put right' },
  DUPLICATE: { zh: '重复', en: 'said before in the same batch: returned' },
  CORRECTION: { zh: '纠正', en: 'put right by the hub, and noted' },
  WARNING: { zh: '提示', en: 'taken, and to be looked at by its provider' },
  OUTCOME: { zh: '结果', en: 'what became of a row that was taken' },
} as const;
export type Level = keyof typeof LEVELS;

export const DIMENSIONS = {
  COMPLETENESS: { zh: '完整性', en: 'nothing is missing' },
  ACCURACY: { zh: '准确性', en: 'nothing is wrong' },
  UNIQUENESS: { zh: '唯一性', en: 'nothing comes twice' },
  TIMELINESS: { zh: '及时性', en: 'nothing is late' },
  LEGALITY: { zh: '合规性', en: 'nothing is outside the catalogue' },
} as const;
export type Dimension = keyof typeof DIMENSIONS;

/** Rows of an item, each its sample row with other values (catalogue/examples.ts); the last one is what the rule is about. */
export interface RuleExample {
  readonly item: string;
  readonly rows: readonly ExampleRow[];
  /** a batch that came before, and as of when against this one */
  readonly before?: { readonly row: ExampleRow; readonly asOf: 'earlier' | 'same' | 'later' };
  /** the field that is named; default: whichever */
  readonly field?: string;
}

export interface QualityRule {
  readonly step: Step;
  readonly level: Level;
  readonly dimension: Dimension | null;
  /** whose rule it is: who answers for it, and changes it */
  readonly owner: FunctionCode;
  readonly zh: string;
  readonly en: string;
  /** run as tests, all of them; a rule of workbooks alone has its own (tests/api/xlsx.test.ts) */
  readonly examples: readonly RuleExample[];
  readonly workbooksOnly?: true;
}
