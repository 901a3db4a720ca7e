import { PATROL_RULE_SETS } from '../patrol/index.js';
import { COLLECTION_RULES } from './collection.js';
import { FORBIDDEN_RULES } from './forbidden.js';
import { EXPIRY_RULES, PUBLICITY_RULES } from './publicity.js';
import { SECTOR_RULES } from './sectors.js';
import { type RuleSet, SEVERITY_RULES } from './severity.js';

export const RULE_SETS: readonly RuleSet<unknown>[] = [
  ...SEVERITY_RULES,
  ...SECTOR_RULES,
  ...PUBLICITY_RULES,
  ...EXPIRY_RULES,
  ...COLLECTION_RULES,
  ...FORBIDDEN_RULES,
  ...PATROL_RULE_SETS,
];

/** The rule in force on the day; a day before the first rule falls under the first (no older text was read). */
export function ruleOn<Definition>(rules: readonly RuleSet<Definition>[], day: string): RuleSet<Definition> {
  const inOrder = rules.toSorted((a, b) => (a.effectiveFrom < b.effectiveFrom ? -1 : 1));
  const rule = inOrder.findLast(({ effectiveFrom }) => effectiveFrom <= day) ?? inOrder[0];
  if (!rule) throw new Error('no rule of that kind');
  return rule;
}
