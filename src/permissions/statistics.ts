// 统计 What the numbers that leave the hub are protected by: printed into Postgres (compile/statistics.ts), and the same in
// code (services/statistics/disclosure.ts). docs/adr/0025-statistics.md says why it protects.

/** What is counted. */
export const COUNTED = ['RECORDS', 'LIST_ENTRIES'] as const;
export type Counted = (typeof COUNTED)[number];

/** By what: a closed list. TOPIC is the catalogue item of records, the list of entries. */
export const DIMENSIONS = ['TOPIC', 'DEPARTMENT', 'MONTH', 'KIND'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** Kinds of which no small group is told: natural persons, and individual businesses, which are their operators. */
export const PROTECTED_KINDS: readonly string[] = ['NATURAL_PERSON', 'INDIVIDUAL_BUSINESS'];

/** Records that one protected subject counts for at most in one group, so that no one dominates it. */
export const MOST_RECORDS = 5;

/** A breakdown into fewer values than this is not made: with two, the one tells the other. */
export const FEWEST_VALUES = 3;

/** In this order a quarter's subjects are divided. */
export const LEVELS = ['topic', 'department', 'month'] as const;

export const MONTHS_OF_A_QUARTER = 3;
