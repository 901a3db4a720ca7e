import type { Dimension } from '../../../src/permissions/statistics.js';
import type { Cell } from '../../../src/services/statistics/disclosure.js';
import { DEPARTMENTS, MONTHS, TOPICS } from './micro.js';

// Knows every published number and how it is made, and nothing of the code: bounds on the true number of subjects of every
// group, narrowed by what must hold between a group and its parts until nothing moves any more.
export interface Bounds {
  low: number;
  high: number;
}

/** Parts that make up a whole, each subject in one of them at least. */
interface Whole {
  whole: string;
  parts: string[];
}

const VALUES: Partial<Record<Dimension, readonly string[]>> = {
  TOPIC: TOPICS,
  DEPARTMENT: DEPARTMENTS,
  MONTH: MONTHS.map((month) => month.slice(0, 7)),
};
const nameOf = (pairs: readonly (readonly [Dimension, string])[]): string =>
  pairs
    .map(([dimension, value]) => `${dimension}=${value}`)
    .sort()
    .join('&');
const REMAINDER = '(not told apart)';

export interface Published {
  table: readonly [Dimension, Dimension?];
  /** of one protected kind alone */
  cells: readonly Cell[];
}

export function attack(published: readonly Published[], rounding: number): Map<string, Bounds> {
  const bounds = new Map<string, Bounds>();
  const wholes: Whole[] = [];
  const at = (name: string): Bounds => {
    const found = bounds.get(name) ?? { low: 0, high: Number.POSITIVE_INFINITY };
    bounds.set(name, found);
    return found;
  };
  const told = (n: number): Bounds => ({ low: n - Math.floor(rounding / 2), high: n + Math.ceil(rounding / 2) - 1 });
  const narrow = (name: string, { low, high }: Bounds): void => {
    const of = at(name);
    of.low = Math.max(of.low, low);
    of.high = Math.min(of.high, high);
  };

  for (const { table, cells } of published) {
    const [first, second] = table;
    const total = cells.find(({ ofValue, ofOther }) => !ofValue && !ofOther);
    if (!total) continue;
    narrow('', told(total.subjects));
    const numberOf = (value: string | null, other: string | null | undefined) =>
      cells.find(
        (cell) =>
          cell.ofValue &&
          cell.value === value &&
          (other === undefined ? !cell.ofOther : cell.ofOther && cell.other === other),
      );
    // A topic is told whole or not at all, and within a topic a department is: other values may be told in part.
    const breakdown = (
      whole: string,
      dimension: Dimension,
      number: (value: string | null) => Cell | undefined,
      name: (value: string) => string,
    ) => {
      const remainder = number(null);
      const rest = `${whole}&${dimension}=${REMAINDER}`;
      narrow(rest, remainder ? told(remainder.subjects) : { low: 0, high: 0 });
      const whollyTold = dimension === 'TOPIC' || whole.startsWith('TOPIC');
      const withheld: string[] = [];
      const parts = (VALUES[dimension] ?? []).map((value) => {
        const cell = number(value);
        const part = name(value);
        const most = at(rest).high;
        if (!cell) {
          withheld.push(part);
          narrow(part, { low: 0, high: most });
        } else
          narrow(part, {
            low: told(cell.subjects).low,
            high: told(cell.subjects).high + (whollyTold && dimension !== 'MONTH' ? 0 : most),
          });
        return part;
      });
      wholes.push({ whole, parts });
      if (whollyTold && dimension !== 'MONTH') wholes.push({ whole: rest, parts: withheld });
    };
    if (!second && VALUES[first]) {
      breakdown(
        '',
        first,
        (value) => numberOf(value, undefined),
        (value) => nameOf([[first, value]]),
      );
    } else if (second && VALUES[first] && VALUES[second]) {
      for (const value of VALUES[first] ?? []) {
        if (first === 'TOPIC' && second === 'DEPARTMENT' && numberOf(value, undefined)) {
          breakdown(
            nameOf([[first, value]]),
            second,
            (other) => numberOf(value, other),
            (other) =>
              nameOf([
                [first, value],
                [second, other],
              ]),
          );
        }
        for (const other of VALUES[second] ?? []) {
          const cell = numberOf(value, other);
          if (cell)
            narrow(
              nameOf([
                [first, value],
                [second, other],
              ]),
              { low: told(cell.subjects).low, high: Number.POSITIVE_INFINITY },
            );
        }
        wholes.push({
          whole: nameOf([[first, value]]),
          parts: (VALUES[second] ?? []).map((other) =>
            nameOf([
              [first, value],
              [second, other],
            ]),
          ),
        });
      }
      for (const other of VALUES[second] ?? [])
        wholes.push({
          whole: nameOf([[second, other]]),
          parts: (VALUES[first] ?? []).map((value) =>
            nameOf([
              [first, value],
              [second, other],
            ]),
          ),
        });
    }
  }
  for (let moved = true; moved; ) {
    moved = false;
    for (const { whole, parts } of wholes) {
      const before = JSON.stringify([whole, ...parts].map(at));
      const sum = parts.reduce((all, part) => all + at(part).high, 0);
      narrow(whole, { low: Math.max(0, ...parts.map((part) => at(part).low)), high: sum });
      for (const part of parts) {
        const others = parts.filter((other) => other !== part).reduce((all, other) => all + at(other).high, 0);
        narrow(part, { low: at(whole).low - others, high: at(whole).high });
      }
      moved ||= JSON.stringify([whole, ...parts].map(at)) !== before;
    }
  }
  return bounds;
}

/** What it claims of a group of `n` that should be hidden: nothing, while it may be empty or large. */
export const isPinned = ({ low, high }: Bounds, threshold: number): boolean =>
  low > 0 && (high < threshold || low === high);
