import type { QualityRule } from './types.js';

const OUTCOME = { level: 'OUTCOME', owner: 'DEVELOPMENT_REFORM', dimension: null } as const;
const PERMIT = 'XZXK_FR';
const PENALTY = 'XZCF_FR';
const fined = (yuan10k: string) => ({ CF_CFLB: '罚款', CF_NR_FK: yuan10k });

/** Two rows of one fact, in whatever order they come: the later instant wins (reference.md, Rows). */
export const FACT_RULES = {
  FACT_NEW: {
    ...OUTCOME,
    step: 'MERGE',
    zh: '首次入库',
    en: 'nothing was known of the fact',
    examples: [{ item: PERMIT, rows: [{}] }],
  },
  FACT_REVISED: {
    ...OUTCOME,
    step: 'MERGE',
    zh: '同一事实更新，原版本留存',
    en: 'the same fact as of later: the version before is kept as its revision',
    examples: [{ item: PERMIT, rows: [{ XK_NR: '更新内容' }], before: { row: {}, asOf: 'earlier' } }],
  },
  FACT_UNCHANGED: {
    ...OUTCOME,
    step: 'MERGE',
    dimension: 'UNIQUENESS',
    zh: '内容无变化，不重复入库',
    en: 'the same content as before: stored once',
    examples: [{ item: PERMIT, rows: [{}], before: { row: {}, asOf: 'earlier' } }],
  },
  FACT_OLDER: {
    ...OUTCOME,
    step: 'MERGE',
    zh: '数据时点早于库中版本，不覆盖',
    en: 'as of before what is stored: it stays as it is',
    examples: [{ item: PERMIT, rows: [{ XK_NR: '旧内容' }], before: { row: {}, asOf: 'later' } }],
  },
} as const satisfies Record<string, QualityRule>;

/** 分类: periods and thresholds stand in the rule sets (catalogue/rules), with their days; these say what came of them. */
export const CLASS_RULES = {
  CLASS_MINOR: {
    ...OUTCOME,
    step: 'CLASSIFY',
    zh: '轻微，不公示',
    en: 'a minor penalty: not public',
    examples: [{ item: PENALTY, rows: [{ CF_JDRQ: '2026-05-10', CF_YXQ: '2027-05-10', ...fined('0.5') }] }],
  },
  CLASS_GENERAL: {
    ...OUTCOME,
    step: 'CLASSIFY',
    zh: '一般，按期公示',
    en: 'a general penalty: public for its term',
    examples: [{ item: PENALTY, rows: [{ CF_JDRQ: '2026-05-10', CF_YXQ: '2027-05-10', ...fined('3') }] }],
  },
  CLASS_SERIOUS: {
    ...OUTCOME,
    step: 'CLASSIFY',
    zh: '严重，按期公示',
    en: 'a serious penalty: public for its term',
    examples: [{ item: PENALTY, rows: [{ CF_JDRQ: '2026-05-10', CF_YXQ: '2027-05-10', ...fined('30') }] }],
  },
  CLASS_UNDECIDED: {
    ...OUTCOME,
    step: 'CLASSIFY',
    zh: '分类未定，不公示，转人工复核',
    en: 'undecidable: not public, under review',
    examples: [{ item: PENALTY, rows: [{ CF_JDRQ: '2026-05-10', CF_YXQ: '2027-05-10', CF_CFLB: '行政拘留' }] }],
  },
  CLASS_PUBLIC: {
    ...OUTCOME,
    step: 'CLASSIFY',
    zh: '公示',
    en: 'public for its term',
    examples: [{ item: PERMIT, rows: [{}] }],
  },
  CLASS_NOT_PUBLIC: {
    ...OUTCOME,
    step: 'CLASSIFY',
    zh: '不公示',
    en: 'not public',
    examples: [{ item: 'XZXK_ZRR', rows: [{}] }],
  },
} as const satisfies Record<string, QualityRule>;
