import { describe, expect, test } from '@jest/globals';
import {
  addDays,
  addMonths,
  addYears,
  compareDates,
  createClock,
  dateInShanghai,
  dayOfWeek,
  isDate,
} from '../../src/platform/clock.js';

describe('business dates', () => {
  test.each([
    ['2026-11-30', 3, '2027-02-28'],
    ['2027-11-30', 3, '2028-02-29'],
    ['2026-01-31', 1, '2026-02-28'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2026-12-15', 1, '2027-01-15'],
    ['2026-01-15', -1, '2025-12-15'],
    ['2026-05-10', 0, '2026-05-10'],
    ['2026-05-10', 36, '2029-05-10'],
  ])('%s and %i months give %s', (date, months, expected) => {
    expect(addMonths(date, months)).toBe(expected);
  });
  test.each([
    ['2024-02-29', 1, '2025-02-28'],
    ['2024-02-29', 4, '2028-02-29'],
    ['2026-11-20', 3, '2029-11-20'],
  ])('%s and %i years give %s', (date, years, expected) => {
    expect(addYears(date, years)).toBe(expected);
  });
  test.each([
    ['2026-12-31', 1, '2027-01-01'],
    ['2026-03-01', -1, '2026-02-28'],
    ['2024-02-28', 1, '2024-02-29'],
    ['0050-12-31', 1, '0051-01-01'],
  ])('%s and %i days give %s', (date, days, expected) => {
    expect(addDays(date, days)).toBe(expected);
  });
  test('compare as days', () => {
    expect(compareDates('2026-05-10', '2026-05-10')).toBe(0);
    expect(compareDates('2026-05-09', '2026-05-10')).toBeLessThan(0);
    expect(compareDates('2026-10-01', '2026-09-30')).toBeGreaterThan(0);
    expect(dayOfWeek('2026-11-22')).toBe(0);
  });
  test.each(['2026-02-29', '2026-13-01', '2026-00-10', '2026-1-1', '2026-04-31', '2026/04/30', '0000-01-01', ''])(
    '%j is no date',
    (text) => {
      expect(isDate(text)).toBe(false);
      expect(() => addDays(text, 1)).toThrow(RangeError);
    },
  );
});
describe('the clock', () => {
  test('changes its day at midnight in Shanghai', () => {
    expect(dateInShanghai(new Date('2026-05-09T15:59:59.999Z'))).toBe('2026-05-09');
    expect(dateInShanghai(new Date('2026-05-09T16:00:00Z'))).toBe('2026-05-10');
  });
  test('HUB_NOW moves the business date and not the instant', () => {
    const clock = createClock({ fixedToday: '2020-01-02' });
    expect(clock.today()).toBe('2020-01-02');
    expect(clock.now().getUTCFullYear()).toBeGreaterThan(2020);
    expect(createClock({ fixedToday: null }).today()).toBe(dateInShanghai(new Date()));
  });
});
