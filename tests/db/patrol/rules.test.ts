import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { LAW } from '../../../src/catalogue/law.js';
import { PATROL_CODES, type PatrolCode, patrolRule } from '../../../src/catalogue/patrol/index.js';
import { PATROLLER } from '../../../src/permissions/patroller.js';
import { addWorkdays } from '../../../src/platform/workdays.js';
import { type PatrolRequest, runPatrol } from '../../../src/services/patrol/run.js';
import { type County, openCounty } from '../kit.js';
import { empty, give } from './given.js';

// Behind the publicity of a decision of 2026-04-10, and within that of one of 2026-11-02.
const LATER = '2027-06-01';
const HOURS = [{ from: '08:00', to: '18:30' }];

let county: County;
beforeAll(async () => {
  county = await openCounty();
});
afterAll(async () => {
  await county?.close();
});
beforeEach(() => empty(county));

const patrol = (today: string, request: PatrolRequest = {}) =>
  county.write(PATROLLER, (session) => session.asVerb('runPatrol', () => runPatrol(session, request, HOURS)), today);
const countOf = async (today: string, rule: PatrolCode, request: PatrolRequest = {}) =>
  (await patrol(today, request)).found.find((one) => one.rule === rule)?.count;

describe('each rule finds what its examples say', () => {
  const cases = PATROL_CODES.flatMap((code) =>
    patrolRule(code).examples.map((example) => [code, example.zh, example] as const),
  );
  test.each(cases)('%s: %s', async (code, _zh, example) => {
    await give(county, example);
    expect(await countOf(LATER, code)).toBe(example.found);
    // the same facts are no new findings, however often they are looked at
    expect(await countOf(LATER, code)).toBe(0);
    expect(await countOf(LATER, code, { from: '2026-01-01', to: LATER })).toBe(0);
    const rows = await county.owner<{ rule_version: string; due: string; concerned: string | null; detail: object }>(
      'select rule_version, due_on::text as due, concerned, detail from patrol_finding where rule = $1',
      [code],
    );
    expect(rows).toHaveLength(example.found);
    for (const { rule_version, due } of rows) {
      expect(patrolRule(code).thresholds.map(({ version }) => version)).toContain(rule_version);
      expect(due).toBe(addWorkdays(LATER, patrolRule(code).workdays));
    }
  });

  test('every rule has an example that finds and one that does not, and a ground', () => {
    for (const code of PATROL_CODES) {
      const { examples, bases, thresholds } = patrolRule(code);
      expect([code, examples.some(({ found }) => found > 0), examples.some(({ found }) => found === 0)]).toEqual([
        code,
        true,
        true,
      ]);
      for (const basis of [...bases, ...thresholds.flatMap((one) => one.bases)]) expect(LAW).toHaveProperty(basis);
    }
  });
});

describe('more than anybody answers one by one', () => {
  const GIVEN = { zh: '许多', found: 1 };
  const overdue = (n: number) => ({
    name: `甲${n}`,
    columns: { public_until: '2030-01-01', decided_on: '2026-04-10' },
  });
  const facts = async () => (await patrol(LATER)).found.find(({ rule }) => rule === 'PUBLICITY_OVERDUE');

  test('is one case of its owner, with the count and the first of them; each fact is found once all the same', async () => {
    await give(county, { ...GIVEN, records: Array.from({ length: 25 }, (_, n) => overdue(n)) });
    expect(await facts()).toEqual({ rule: 'PUBLICITY_OVERDUE', count: 1, facts: 25 });
    const [one] = await county.owner<{
      observed: number;
      subjects: number;
      detail: { gathered: number; examples: string[] };
    }>('select observed, cardinality(subject_ids) as subjects, detail from patrol_finding', []);
    expect(one).toMatchObject({ observed: 25, detail: { gathered: 25 } });
    expect(one?.detail.examples).toHaveLength(20);
    expect(await facts()).toMatchObject({ count: 0, facts: 0 });

    await give(county, { ...GIVEN, records: [overdue(25)] });
    expect(await facts()).toMatchObject({ count: 1, facts: 1 });
    expect(await facts()).toMatchObject({ count: 0, facts: 0 });
  });

  test('twenty are twenty cases', async () => {
    await give(county, { ...GIVEN, records: Array.from({ length: 20 }, (_, n) => overdue(n)) });
    expect(await facts()).toMatchObject({ count: 20, facts: 20 });
  });

  test('of each person its own', async () => {
    const by = (who: string) => ({
      by: who,
      purpose: 'ADMINISTRATIVE_ACTION',
      labels: ['PERSONAL'],
      operation: 'subject',
      at: '2026-03-02 10:00',
      about: ['张某'],
      times: 21,
      everyMinutes: 1_440,
    });
    await give(county, { ...GIVEN, events: [by('工作人员一'), by('工作人员二')] });
    const { found } = await patrol(LATER);
    expect(found.find(({ rule }) => rule === 'LOOKUP_WITHOUT_CASE')).toMatchObject({ count: 2, facts: 42 });
    const rows = await county.owner<{ concerned: string; observed: number; events: number }>(
      `select concerned, observed, cardinality(event_ids) as events from patrol_finding where rule = 'LOOKUP_WITHOUT_CASE' order by 1`,
      [],
    );
    expect(rows).toEqual([
      { concerned: '工作人员一', observed: 21, events: 21 },
      { concerned: '工作人员二', observed: 21, events: 21 },
    ]);
  });
});
