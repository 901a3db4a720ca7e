import { seeded } from '../../src/demo/seeded.js';
import { addDays } from '../../src/platform/clock.js';

/** Numbers, days and ids of one part of the data: the same for the same seed, whatever the other parts take. */
export interface Source {
  readonly today: string;
  /** from 0 up to, not including, `below` */
  whole(below: number): number;
  pick<T>(from: readonly T[]): T;
  /** a day up to so many days ago */
  dayWithin(days: number): string;
  /** in the form of a version 7 uuid, growing as the hub's own do, so that indexes are as dense as in use */
  id(): string;
}

export function sourceOf(part: string, seed: number, today: string): Source {
  const { whole, pick } = seeded(`${part} ${seed}`);
  let made = 0;
  const hex = (value: number, digits: number) => value.toString(16).padStart(digits, '0');
  const base = Date.parse('2026-01-01T00:00:00Z');
  return {
    today,
    whole,
    pick,
    dayWithin: (days) => addDays(today, -whole(days)),
    id: () => {
      const time = hex(base + made++, 12);
      return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(whole(4_096), 3)}-${hex(0x8000 + whole(0x4000), 4)}-${hex(whole(2 ** 24), 6)}${hex(whole(2 ** 24), 6)}`;
    },
  };
}
