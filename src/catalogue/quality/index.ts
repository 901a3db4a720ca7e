import { JUNK_RULES } from './junk.js';
import { CLASS_RULES, FACT_RULES } from './outcomes.js';
import { REJECTION_RULES } from './rejections.js';
import { CORRECTION_RULES, WARNING_RULES } from './remarks.js';
import type { QualityRule } from './types.js';

/** 数据质量规则 Every rule by which a row is filtered, put right, told from its like, merged, classified and loaded. */
export const QUALITY_RULES = {
  ...JUNK_RULES,
  ...REJECTION_RULES,
  ...CORRECTION_RULES,
  ...WARNING_RULES,
  ...FACT_RULES,
  ...CLASS_RULES,
} as const satisfies Record<string, QualityRule>;
export type QualityRuleCode = keyof typeof QUALITY_RULES;

/** A rule by its code; of another version's code nothing is known here. */
export const qualityRule = (code: string): QualityRule | undefined =>
  Object.hasOwn(QUALITY_RULES, code) ? QUALITY_RULES[code as QualityRuleCode] : undefined;

export { CLASS_RULES, CORRECTION_RULES, FACT_RULES, JUNK_RULES, REJECTION_RULES, WARNING_RULES };
