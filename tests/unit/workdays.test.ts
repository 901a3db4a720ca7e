import { expect, test } from '@jest/globals';
import { addWorkdays, hasCalendar, isWorkday } from '../../src/platform/workdays.js';

// Seven working days from the decision to publication, by the State Council's calendars of 2025 and 2026.
test.each([
  ['2025-09-26', '2025-10-13'],
  ['2026-02-13', '2026-03-02'],
  ['2026-04-30', '2026-05-13'],
])('decided %s is due %s', (decided, due) => {
  expect(addWorkdays(decided, 7)).toBe(due);
});

test('weekends moved by the State Council are worked, and the holidays are not', () => {
  expect(isWorkday('2025-09-28')).toBe(true);
  expect(isWorkday('2025-10-11')).toBe(true);
  expect(isWorkday('2025-10-08')).toBe(false);
});

test('no working days later is the day itself', () => {
  expect(addWorkdays('2026-05-02', 0)).toBe('2026-05-02');
  expect(() => addWorkdays('2026-05-02', -1)).toThrow(RangeError);
});

test('a year without a calendar is Monday to Friday', () => {
  expect(hasCalendar('2026')).toBe(true);
  expect(hasCalendar('2040')).toBe(false);
  expect(addWorkdays('2040-09-28', 5)).toBe('2040-10-05');
});
