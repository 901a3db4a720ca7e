import { describe, expect, test } from '@jest/globals';
import { checkWhen, isDay, isTime, SCHEDULE, type When } from '../../../src/jobs/schedule.js';
import { TASKS } from '../../../src/jobs/tasks.js';

const utc = (text: string) => ({ hour: Number(text.slice(0, 2)), min: Number(text.slice(3)) });
const matches = (when: When) =>
  Array.from({ length: 1_440 }, (_, n) => n)
    .filter((n) => isTime(when, { hour: Math.floor(n / 60), min: n % 60 }))
    .map((n) => `${String(Math.floor(n / 60)).padStart(2, '0')}:${String(n % 60).padStart(2, '0')}`);

describe('times are those of Asia/Shanghai', () => {
  test.each([
    ['08:00', '00:00'],
    ['07:59', '23:59'],
    ['00:10', '16:10'],
    ['23:59', '15:59'],
  ] as const)('%s there is %s UTC, once a day', (at, there) => {
    expect(matches({ at, on: 'every day' })).toEqual([there]);
  });

  test('every so many minutes', () => {
    expect(isTime({ every: 15 }, utc('03:45'))).toBe(true);
    expect(isTime({ every: 15 }, utc('03:46'))).toBe(false);
    expect(matches({ every: 360 })).toEqual(['04:00', '10:00', '16:00', '22:00']);
    expect(matches({ every: 1 })).toHaveLength(1_440);
  });
});

test.each([
  // The day in Shanghai, which is the next one already.
  ['2026-11-26T16:30:00Z', 'working days', true],
  ['2026-11-27T16:30:00Z', 'working days', false],
  // National Day, and the Saturday that is worked for it.
  ['2026-10-01T01:00:00Z', 'working days', false],
  ['2026-10-10T01:00:00Z', 'working days', true],
  ['2026-11-30T16:30:00Z', 'first of the month', true],
  ['2026-11-30T15:30:00Z', 'first of the month', false],
  ['2026-10-01T01:00:00Z', 'every day', true],
] as const)('%s, %s: %s', (due, on, expected) => {
  expect(isDay({ at: '09:00', on }, new Date(due))).toBe(expected);
});

test.each([
  { every: 7 },
  { every: 0 },
  { every: 0.5 },
  { at: '24:00', on: 'every day' },
  { at: '9:5', on: 'every day' },
])('%j says no time', (when) => {
  expect(() => checkWhen(when as When)).toThrow(RangeError);
});

test('each line names a task, once, at a time', () => {
  const names = SCHEDULE.map(({ task }) => task);
  expect(new Set(names).size).toBe(names.length);
  for (const { task, when } of SCHEDULE) {
    expect(Object.keys(TASKS)).toContain(task);
    checkWhen(when);
  }
});
