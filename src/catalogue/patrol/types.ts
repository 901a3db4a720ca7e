import type { BasisKey } from '../law.js';
import type { RuleSet } from '../rules/severity.js';

/** Whose a finding is: the department whose clerk looked, or the one that provided or decided what was found. */
export type PatrolOwner = 'LOOKING' | 'PROVIDING';
export const PATROL_OWNERS: Readonly<Record<PatrolOwner, string>> = {
  LOOKING: '查询人所在部门',
  PROVIDING: '信息提供（认定）部门',
};

/** One event of the access log in an example. Instants are local: `2026-03-02 10:00`. */
export interface GivenEvent {
  readonly at: string;
  /** a clerk of department 甲, unless `department` says another; a subject itself is `SUBJECT` */
  readonly by: string;
  readonly role?: string;
  readonly department?: '甲' | '乙';
  readonly operation: string;
  readonly labels?: readonly string[];
  readonly about?: readonly string[];
  readonly purpose?: string;
  readonly caseNo?: string;
  readonly outcome?: string;
  /** so often, each this many minutes after the one before */
  readonly times?: number;
  readonly everyMinutes?: number;
  /** so many subjects, made up, all in one event */
  readonly subjects?: number;
}

/** A record of department 甲 as it stands; what is left out is that of an ordinary public penalty. */
export interface GivenRecord {
  readonly name: string;
  readonly about?: string;
  readonly columns?: Readonly<Record<string, unknown>>;
}

/** A change of a record: what it was before. */
export interface GivenChange {
  readonly of: string;
  readonly at: string;
  readonly before: Readonly<Record<string, unknown>>;
}

export interface GivenBatch {
  readonly at: string;
  readonly rejections: Readonly<Record<string, number>>;
}

/** What there is, and how many findings come of it. Run as tests, and printed beside the rule. */
export interface PatrolExample {
  readonly zh: string;
  readonly events?: readonly GivenEvent[];
  readonly records?: readonly GivenRecord[];
  /** entries of department 甲's own list; what is left out is that of one that is listed */
  readonly entries?: readonly GivenRecord[];
  readonly changes?: readonly GivenChange[];
  readonly batches?: readonly GivenBatch[];
  readonly found: number;
}

/** 巡查规则: what is looked for, on which ground, whose finding it is, and how long its owner has. */
export interface PatrolRule<Definition = unknown> {
  readonly name: string;
  readonly zh: string;
  readonly en: string;
  readonly bases: readonly BasisKey[];
  readonly owner: PatrolOwner;
  /** working days that the owner has, from the day after it was found */
  readonly workdays: number;
  /** each with the day from which it holds; the day of what was found decides */
  readonly thresholds: readonly RuleSet<Definition>[];
  readonly examples: readonly PatrolExample[];
}

/** A threshold of a rule from a day on. */
export const threshold = <Definition>(
  code: string,
  from: string,
  bases: readonly BasisKey[],
  definition: Definition,
): RuleSet<Definition> => ({
  kind: `PATROL_${code}`,
  version: `PATROL_${code}@${from}`,
  effectiveFrom: from,
  bases,
  definition,
});
