import { describe, expect, test } from '@jest/globals';
import { type DutyFacts, dutyOf, periodOf } from '../../../src/services/collection/duties.js';

const MONTH = { every: 'MONTH', workdays: 5 } as const;
const facts = (over: Partial<DutyFacts>): DutyFacts => ({
  itemId: 'item',
  departmentId: 'department',
  cycle: MONTH,
  lastReportedOn: null,
  owedFrom: '2026-08-20',
  ...over,
});

describe('what is owed next', () => {
  // worked by the State Council's calendar of 2026: 10-01 to 10-07 off, 09-20 and 10-10 worked
  test.each<[string, Partial<DutyFacts>, string, string, string, string, boolean]>([
    ['never reported: the month in which it began', {}, '2026-09-07', '2026-08-01', '2026-08-31', '2026-09-07', false],
    ['the day after it is overdue', {}, '2026-09-08', '2026-08-01', '2026-08-31', '2026-09-07', true],
    [
      'reported in September: September, over the holiday',
      { lastReportedOn: '2026-09-04' },
      '2026-10-13',
      '2026-09-01',
      '2026-09-30',
      '2026-10-13',
      false,
    ],
    [
      'and overdue after it',
      { lastReportedOn: '2026-09-30' },
      '2026-10-14',
      '2026-09-01',
      '2026-09-30',
      '2026-10-13',
      true,
    ],
    [
      'a quarter',
      { cycle: { every: 'QUARTER', workdays: 5 }, lastReportedOn: '2026-05-01' },
      '2026-07-07',
      '2026-04-01',
      '2026-06-30',
      '2026-07-07',
      false,
    ],
    [
      'a half year',
      { cycle: { every: 'HALF_YEAR', workdays: 5 }, lastReportedOn: '2026-12-31' },
      '2026-12-31',
      '2026-07-01',
      '2026-12-31',
      '2027-01-08',
      false,
    ],
    [
      'a year',
      { cycle: { every: 'YEAR', workdays: 5 }, lastReportedOn: '2026-01-05' },
      '2026-11-26',
      '2026-01-01',
      '2026-12-31',
      '2027-01-08',
      false,
    ],
  ])('%s', (_, over, today, periodFrom, periodTo, nextDueOn, overdue) => {
    const duty = dutyOf(facts(over), today);
    // the calendar of 2027 may not be known yet: then it is counted without its holidays
    if (nextDueOn.startsWith('2027')) expect(duty.nextDueOn?.startsWith('2027-01-')).toBe(true);
    else expect(duty.nextDueOn).toBe(nextDueOn);
    expect(duty).toMatchObject({ periodFrom, periodTo, overdue });
  });

  test('of every decision no day is told: the calendar does not know which are missing', () => {
    expect(dutyOf(facts({ cycle: { every: 'EVENT', workdays: 7 } }), '2026-11-26')).toMatchObject({
      nextDueOn: null,
      periodFrom: null,
      overdue: false,
    });
  });

  test.each([
    ['2026-02-28', 1, '2026-02-01', '2026-02-28'],
    ['2024-02-01', 1, '2024-02-01', '2024-02-29'],
    ['2026-12-31', 3, '2026-10-01', '2026-12-31'],
    ['2026-06-30', 6, '2026-01-01', '2026-06-30'],
  ])('%s lies in a period of %d months', (day, months, from, to) => {
    expect(periodOf(day, months)).toEqual({ from, to });
  });
});
