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
