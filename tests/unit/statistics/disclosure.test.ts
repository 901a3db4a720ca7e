import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { LEVELS, MOST_RECORDS } from '../../../src/permissions/statistics.js';
import {
  distinct,
  type Fact,
  type Measures,
  publish,
  rounded,
  type Told,
  tabulate,
  toldApart,
} from '../../../src/services/statistics/disclosure.js';
import { attack, isPinned } from './attacker.js';
import { counties, DEPARTMENTS, everything, MONTHS, measures, TABLES, TOPICS } from './micro.js';
import { type Group, groupsOf, isIn, without } from './otherWorlds.js';

const RUN = { seed: 20261125, numRuns: 200 };
const GIVEN = [measures(5, 3), measures(6, 5), measures(10, 5)];
const PROTECTED = ['NATURAL_PERSON', 'INDIVIDUAL_BUSINESS'];

/** What is told of each fact, in the facts' order; null: nothing. */
function inOrder(facts: readonly Fact[], given: Measures, how = toldApart): (Told | null)[] {
  const numbered = facts.map((fact, i) => ({ ...fact, i }));
  const told = new Map(how(numbered, given).map((fact) => [(fact as Told & { i: number }).i, fact]));
  return facts.map((_, i) => told.get(i) ?? null);
}
const smallGroups = (facts: readonly Fact[], { threshold }: Measures): Group[] =>
  groupsOf(facts).filter((group) => distinct(facts.filter(isIn(group))) < threshold);

describe('no small group of persons can be told from all that is published', () => {
  test.each(GIVEN)(
    'of fewer than $threshold, rounded to $rounding: the county with the group empty answers every question alike',
    (given) => {
      let seen = 0;
      fc.assert(
        fc.property(counties, (facts) => {
          const told = inOrder(facts, given);
          const answers = everything(facts, given);
          for (const group of smallGroups(facts, given)) {
            const world = without(facts, told, group);
            expect(world.filter(isIn(group))).toEqual([]);
            expect(everything(world, given)).toBe(answers);
            seen += 1;
          }
        }),
        RUN,
      );
      expect(seen).toBeGreaterThan(1_000);
    },
  );

  test.each(GIVEN)(
    'of fewer than $threshold: an attacker who adds, subtracts and compares all numbers pins none',
    (given) => {
      let looked = 0;
      fc.assert(
        fc.property(counties, (facts) => {
          const { pinned, groups, wrong } = pinnedIn(facts, given, publish);
          expect(pinned).toEqual([]);
          // what it believes is true: an attacker who is mistaken would find nothing
          expect(wrong).toEqual([]);
          looked += groups;
        }),
        RUN,
      );
      expect(looked).toBeGreaterThan(1_000);
    },
  );

  test('what is told of any group is of nobody or of enough, in each cell of each table', () => {
    fc.assert(
      fc.property(counties, fc.constantFrom(...GIVEN), (facts, given) => {
        const told = toldApart(facts, given);
        for (const table of TABLES) {
          for (const kind of PROTECTED) {
            const of = told.filter((fact) => fact.kind === kind);
            for (const cell of tabulate(of, { ...given, rounding: 1 }, table))
              expect(cell.subjects).toBeGreaterThanOrEqual(given.threshold);
          }
        }
      }),
      RUN,
    );
  });
});

/** Small groups whose number the attacker claims to know. */
function pinnedIn(facts: readonly Fact[], given: Measures, how: typeof publish, rounding = given.rounding) {
  const pinned: object[] = [];
  const wrong: object[] = [];
  let groups = 0;
  for (const kind of PROTECTED) {
    const of = facts.filter((fact) => fact.kind === kind);
    const bounds = attack(
      TABLES.map((table) => ({ table, cells: how(of, given, table) })),
      rounding,
    );
    for (const group of groupsOf(of)) {
      const name = (['TOPIC', 'DEPARTMENT', 'MONTH'] as const)
        .flatMap((dimension, i) => {
          const value = group[LEVELS[i] as (typeof LEVELS)[number]];
          return value === undefined ? [] : [`${dimension}=${dimension === 'MONTH' ? value.slice(0, 7) : value}`];
        })
        .sort()
        .join('&');
      const claim = bounds.get(name);
      const truly = distinct(of.filter(isIn(group)));
      if (claim && (claim.low > truly || claim.high < truly)) wrong.push({ ...group, ...claim, truly });
      if (truly >= given.threshold) continue;
      groups += 1;
      if (claim && isPinned(claim, given.threshold)) pinned.push({ ...group, ...claim, truly });
    }
  }
  return { pinned, groups, wrong };
}

describe('the judges find a fault that was planted', () => {
  const [given] = GIVEN as [Measures];
  const found = (how: typeof publish, rounding?: number): boolean => {
    const facts = fc.sample(counties, { seed: RUN.seed, numRuns: 200 });
    return facts.some((county) => pinnedIn(county, given, how, rounding).pinned.length > 0);
  };
  const oneWorld = (how: typeof publish): boolean =>
    fc.sample(counties, { seed: RUN.seed, numRuns: 200 }).every((facts) => {
      const told = inOrder(facts, given);
      const answers = everything(facts, given, how);
      return smallGroups(facts, given).every(
        (group) => everything(without(facts, told, group), given, how) === answers,
      );
    });

  /** Small cells left out, and totals as they are. */
  const trueTotals: typeof publish = (facts, { threshold }, table) =>
    tabulate(facts, { ...given, threshold: 1, rounding: 1 }, table).filter(
      (cell) => cell.subjects >= threshold || (!cell.ofValue && !cell.ofOther),
    );
  /** Small parts withheld alone, nothing rounded. */
  const alone: typeof publish = (facts, measured, table) => {
    const of = (level: 'topic' | 'department', fact: Fact) =>
      distinct(
        facts.filter(
          (other) =>
            other.kind === fact.kind &&
            other.topic === fact.topic &&
            (level === 'topic' || other.department === fact.department),
        ),
      );
    const told = facts.map((fact): Told => {
      const topic = of('topic', fact) < measured.threshold ? null : fact.topic;
      const department = topic === null || of('department', fact) < measured.threshold ? null : fact.department;
      return { ...fact, topic, department, month: null };
    });
    return tabulate(told, { ...measured, rounding: 1 }, table);
  };

  test('totals that are not rounded, beside cells that are left out', () => {
    // Such a table has no line for what is not told apart: the attacker reads it as a remainder of less than the threshold each.
    const withRemainder: typeof publish = (facts, measured, table) => {
      const cells = trueTotals(facts, measured, table);
      const total = cells.find(({ ofValue, ofOther }) => !ofValue && !ofOther)?.subjects ?? 0;
      const rest =
        total -
        cells.filter(({ ofValue, ofOther }) => ofValue && !ofOther).reduce((sum, { subjects }) => sum + subjects, 0);
      return rest > 0
        ? [...cells, { value: null, other: null, ofValue: true, ofOther: false, subjects: rest, records: rest }]
        : cells;
    };
    expect(found(withRemainder, 1)).toBe(true);
    expect(oneWorld(trueTotals)).toBe(false);
  });

  test('small parts withheld alone', () => {
    expect(found(alone, 1)).toBe(true);
    expect(oneWorld(alone)).toBe(false);
  });

  test('the same numbers, protected, are found by neither', () => {
    expect(found(publish)).toBe(false);
    expect(oneWorld(publish)).toBe(true);
  });
});

describe('by hand', () => {
  const given = measures(5, 3);
  const person = (n: number, more: Partial<Fact> = {}): Fact => ({
    kind: 'NATURAL_PERSON',
    subject: `person ${n}`,
    quarter: '2026-01-01',
    month: MONTHS[0] as string,
    topic: TOPICS[0] as string,
    department: DEPARTMENTS[0] as string,
    ...more,
  });
  const people = (from: number, to: number, more: Partial<Fact> = {}) =>
    Array.from({ length: to - from }, (_, i) => person(from + i, more));
  const of = (facts: Fact[], value: string | null, by: 'TOPIC' | 'DEPARTMENT' = 'TOPIC') =>
    publish(facts, given, [by]).find((cell) => cell.ofValue && cell.value === value);

  test('subjects are counted, not rows: forty records of one person are one', () => {
    const forty = Array.from({ length: 40 }, () => person(0));
    expect(publish(forty, given, ['TOPIC'])).toEqual([]);
    const among = [...forty, ...people(1, 12)];
    // nobody counts for more than a few: 11 + 5, not 51
    expect(of(among, TOPICS[0] as string)).toMatchObject({ subjects: 12, records: rounded(11 + MOST_RECORDS, 3) });
  });

  test('a small part takes the smallest of the others along, and the rest stays told', () => {
    const facts = [
      ...people(0, 3, { department: 'department a' }),
      ...people(3, 10, { department: 'department b' }),
      ...people(10, 30, { department: 'department c' }),
    ];
    expect(of(facts, 'department a', 'DEPARTMENT')).toBeUndefined();
    expect(of(facts, 'department b', 'DEPARTMENT')).toBeUndefined();
    expect(of(facts, 'department c', 'DEPARTMENT')).toMatchObject({ subjects: 21 });
    expect(of(facts, null, 'DEPARTMENT')).toMatchObject({ subjects: 9 });
    // with a person in every department there is nobody else's place that it could have been
    const full = [...facts, ...people(30, 50, { department: 'department d' })];
    expect(of(full, 'department c', 'DEPARTMENT')).toBeUndefined();
    expect(of(full, null, 'DEPARTMENT')).toMatchObject({ subjects: 51 });
  });

  test('organisations are exact by kind, and rounded where persons may be among them', () => {
    const firms = people(100, 107, { kind: 'ENTERPRISE' });
    const cells = publish([...firms, ...people(0, 12)], given, ['KIND']);
    expect(cells.find(({ value }) => value === 'ENTERPRISE')).toMatchObject({ subjects: 7, records: 7 });
    expect(cells.find(({ value }) => value === 'NATURAL_PERSON')).toMatchObject({ subjects: 12 });
    expect(cells.find(({ ofValue }) => !ofValue)).toMatchObject({ subjects: 18 });
    // persons that are not told are in no total either
    expect(publish([...firms, ...people(0, 4)], given, ['TOPIC'])).toEqual(publish(firms, given, ['TOPIC']));
  });

  test('individual businesses are protected like the persons behind them', () => {
    expect(publish(people(0, 4, { kind: 'INDIVIDUAL_BUSINESS' }), given, ['KIND'])).toEqual([]);
  });
});
