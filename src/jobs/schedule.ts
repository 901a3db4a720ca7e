import { z } from 'zod';
import { type DateString, dateInShanghai } from '../platform/clock.js';
import { isWorkday } from '../platform/workdays.js';

/** When a task comes by itself. Times are those of Asia/Shanghai, and so are the days. */
export type When =
  | { readonly every: number }
  | { readonly at: `${number}:${number}`; readonly on: 'every day' | 'working days' | 'first of the month' };

export interface Recurring {
  /** its name in tasks.ts */
  readonly task: string;
  readonly when: When;
  /** an hour that was slept through is made up for when the hub is back within this many minutes; default: not */
  readonly makeUp?: number;
  /** not where there is no such thing */
  readonly needs?: 'exchange';
}

/**
 * 定时作业 What comes by the clock; a line each. However many processes run jobs, each is added once; while one still waits,
 * the next takes its place.
 */
export const SCHEDULE: readonly Recurring[] = [
  { task: 'custody.forgetAnswers', when: { at: '03:20', on: 'every day' }, makeUp: 24 * 60 },
  { task: 'patrol.run', when: { at: '02:30', on: 'every day' }, makeUp: 24 * 60 },
  { task: 'publicity.remind', when: { at: '08:30', on: 'working days' }, makeUp: 9 * 60 },
  { task: 'exchange.deliver', when: { every: 1 }, needs: 'exchange' },
  { task: 'exchange.poll', when: { every: 5 }, needs: 'exchange' },
  { task: 'exchange.reconcile', when: { at: '01:10', on: 'every day' }, makeUp: 12 * 60, needs: 'exchange' },
  { task: 'exchange.thin', when: { at: '03:40', on: 'every day' }, makeUp: 24 * 60 },
];

/** What graphile-worker puts into the payload of what came by the clock. */
export const byTheClock = z.looseObject({
  _cron: z.object({ ts: z.iso.datetime({ offset: true }), backfilled: z.boolean() }),
});

/** Payload of a task that only comes by the clock. */
export const NOTHING = z.strictObject({});

const SHANGHAI_MINUTES = 8 * 60;
const DAY_MINUTES = 24 * 60;

/** Whether `when` is now, by a UTC hour and minute: China has one time zone, and no summer time since 1991. */
export function isTime(when: When, { hour, min }: { hour: number; min: number }): boolean {
  const minute = (hour * 60 + min + SHANGHAI_MINUTES) % DAY_MINUTES;
  return 'every' in when ? minute % when.every === 0 : minute === minuteOf(when.at);
}

/** Whether the day that `due` falls on is one of `when`'s, by the State Council's calendar. */
export function isDay(when: When, due: Date): boolean {
  if ('every' in when || when.on === 'every day') return true;
  const day: DateString = dateInShanghai(due);
  return when.on === 'working days' ? isWorkday(day) : day.endsWith('-01');
}

/** @throws RangeError for a line that says no time */
export function checkWhen(when: When): void {
  if (
    'every' in when
      ? !(Number.isInteger(when.every) && Number.isInteger(DAY_MINUTES / when.every))
      : Number.isNaN(minuteOf(when.at))
  )
    throw new RangeError('every takes minutes that divide a day, at takes HH:MM');
}

function minuteOf(at: string): number {
  const [, hour, minute] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(at)?.map(Number) ?? [];
  return hour === undefined || minute === undefined ? Number.NaN : hour * 60 + minute;
}
