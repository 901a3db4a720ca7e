import type { RuleSet } from '../rules/severity.js';
import * as holdings from './holdings.js';
import * as lookups from './lookups.js';
import type { PatrolRule } from './types.js';

/** 巡查规则目录, by code. A code is never given to another rule. */
export const PATROL_RULES = {
  LOOKUP_WITHOUT_CASE: lookups.LOOKUP_WITHOUT_CASE,
  LOOKUP_OFF_HOURS: lookups.LOOKUP_OFF_HOURS,
  LOOKUP_OF_SELF: lookups.LOOKUP_OF_SELF,
  LOOKUP_IN_BULK: lookups.LOOKUP_IN_BULK,
  LOOKUP_REPEATED: lookups.LOOKUP_REPEATED,
  LOOKUP_REFUSED: lookups.LOOKUP_REFUSED,
  CHANGED_AFTER_OBJECTION: holdings.CHANGED_AFTER_OBJECTION,
  PUBLICITY_OVERDUE: holdings.PUBLICITY_OVERDUE,
  REPORTED_LATE: holdings.REPORTED_LATE,
  PUBLIC_TEXT_PERSONAL: holdings.PUBLIC_TEXT_PERSONAL,
  OUTSIDE_CATALOGUE: holdings.OUTSIDE_CATALOGUE,
} as const satisfies Record<string, PatrolRule>;

export type PatrolCode = keyof typeof PATROL_RULES;
export const PATROL_CODES = Object.keys(PATROL_RULES) as PatrolCode[];
export const isPatrolCode = (code: string): code is PatrolCode => Object.hasOwn(PATROL_RULES, code);
export const patrolRule = (code: PatrolCode): PatrolRule => PATROL_RULES[code];

/** Their thresholds, for the table of rule sets. */
export const PATROL_RULE_SETS: readonly RuleSet<unknown>[] = PATROL_CODES.flatMap(
  (code) => patrolRule(code).thresholds,
);
