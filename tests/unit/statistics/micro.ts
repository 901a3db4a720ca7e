import fc from 'fast-check';
import type { Dimension } from '../../../src/permissions/statistics.js';
import { type Cell, type Fact, type Measures, publish } from '../../../src/services/statistics/disclosure.js';

// A county so small that each of its groups can be looked at: few values, so that often all of them are taken.
export const TOPICS = ['item a', 'item b', 'item c', 'item d'];
export const DEPARTMENTS = ['department a', 'department b', 'department c', 'department d'];
export const MONTHS = ['2026-01-01', '2026-02-01', '2026-03-01'];
export const DOMAIN = { topic: TOPICS, department: DEPARTMENTS, month: MONTHS } as const;

export const measures = (threshold: number, rounding: number): Measures => ({
  threshold,
  rounding,
  values: { topic: () => TOPICS.length, department: DEPARTMENTS.length },
});

/** Every table that can be asked. */
const ONE: readonly Dimension[] = ['TOPIC', 'DEPARTMENT', 'MONTH', 'KIND'];
export const TABLES: readonly (readonly [Dimension, Dimension?])[] = [
  ...ONE.map((one) => [one] as const),
  ...ONE.flatMap((one, i) => ONE.slice(i + 1).map((other) => [one, other] as const)),
];

const KINDS = ['NATURAL_PERSON', 'NATURAL_PERSON', 'NATURAL_PERSON', 'INDIVIDUAL_BUSINESS', 'ENTERPRISE'];

/** Values are drawn with the first ones often and the last ones seldom: large groups beside small ones. */
const skewed = (values: readonly string[]) =>
  fc.oneof(...values.map((value, i) => ({ arbitrary: fc.constant(value), weight: 4 ** (values.length - 1 - i) })), {
    arbitrary: fc.constantFrom(...values),
    weight: 8,
  });

const fact = fc.record({
  who: fc.nat(80),
  topic: skewed(TOPICS),
  department: skewed(DEPARTMENTS),
  month: skewed(MONTHS),
});

export const counties = fc.array(fact, { maxLength: 160 }).map((facts): Fact[] =>
  facts.map(({ who, ...rest }) => ({
    ...rest,
    subject: `subject ${who}`,
    kind: KINDS[who % KINDS.length] as string,
    quarter: '2026-01-01',
  })),
);

const text = (cell: Cell): string => JSON.stringify(cell, Object.keys(cell).sort());

/** All that can ever be asked of a county, as one text. */
export const everything = (facts: readonly Fact[], given: Measures, how: typeof publish = publish): string =>
  TABLES.map((table) => how(facts, given, table).map(text).sort().join('\n')).join('\n\n');
