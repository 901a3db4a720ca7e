import { describe, expect, test } from '@jest/globals';
import type { Verdict } from '../../../src/entities/checks/creditCheck.js';
import { type Effect, verdictOf } from '../../../src/services/checks/verdict.js';

// By hand from reference.md (Reference data): RESTRICTED over CAUTION over REWARDED over CLEAR; UNKNOWN where there is no
// such subject or a list is stale, save that RESTRICTED stays RESTRICTED. Columns: found and fresh, found and stale,
// not found and fresh, not found and stale.
const TABLE: readonly [effects: readonly Effect[], ...verdicts: [Verdict, Verdict, Verdict, Verdict]][] = [
  [[], 'CLEAR', 'UNKNOWN', 'UNKNOWN', 'UNKNOWN'],
  [['REWARDED'], 'REWARDED', 'UNKNOWN', 'UNKNOWN', 'UNKNOWN'],
  [['CAUTION'], 'CAUTION', 'UNKNOWN', 'UNKNOWN', 'UNKNOWN'],
  [['RESTRICTED'], 'RESTRICTED', 'RESTRICTED', 'RESTRICTED', 'RESTRICTED'],
  [['CAUTION', 'REWARDED'], 'CAUTION', 'UNKNOWN', 'UNKNOWN', 'UNKNOWN'],
  [['RESTRICTED', 'REWARDED'], 'RESTRICTED', 'RESTRICTED', 'RESTRICTED', 'RESTRICTED'],
  [['RESTRICTED', 'CAUTION'], 'RESTRICTED', 'RESTRICTED', 'RESTRICTED', 'RESTRICTED'],
  [['RESTRICTED', 'CAUTION', 'REWARDED'], 'RESTRICTED', 'RESTRICTED', 'RESTRICTED', 'RESTRICTED'],
];
const SITUATIONS = [
  { subjectFound: true, stale: false },
  { subjectFound: true, stale: true },
  { subjectFound: false, stale: false },
  { subjectFound: false, stale: true },
] as const;

describe.each(SITUATIONS.map((situation, column) => ({ ...situation, column })))(
  'subject found: $subjectFound, a list stale: $stale',
  ({ column, ...situation }) => {
    test.each(TABLE.map(([effects, ...verdicts]) => ({ effects, expected: verdicts[column] })))(
      '$effects → $expected',
      ({ effects, expected }) => {
        expect(verdictOf({ ...situation, effects })).toBe(expected);
        expect(verdictOf({ ...situation, effects: [...effects].reverse() })).toBe(expected);
        expect(verdictOf({ ...situation, effects: [...effects, ...effects] })).toBe(expected);
      },
    );
  },
);

test('the table names every combination of effects', () => {
  const effects: readonly Effect[] = ['REWARDED', 'CAUTION', 'RESTRICTED'];
  const all = Array.from({ length: 2 ** effects.length }, (_, bits) => effects.filter((_, i) => bits & (1 << i)));
  const named = TABLE.map(([set]) => [...set].sort().join(' '));
  expect(named.sort()).toEqual(all.map((set) => [...set].sort().join(' ')).sort());
});
