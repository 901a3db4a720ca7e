import {
  type Dimension,
  FEWEST_VALUES,
  LEVELS,
  MONTHS_OF_A_QUARTER,
  MOST_RECORDS,
  PROTECTED_KINDS,
} from '../../permissions/statistics.js';

// 披露控制 What Postgres does before a number leaves it (permissions/compile/statistics.ts), said once more in code: pure, so
// that a test can ask it of thousands of counties and hold the two against each other (docs/adr/0025-statistics.md).

/** One record or entry, as far as it is counted. */
export interface Fact {
  readonly kind: string;
  readonly subject: string;
  /** first day of its quarter, and of its month */
  readonly quarter: string;
  readonly month: string;
  readonly topic: string;
  readonly department: string;
}

/** A fact whose narrower values may be withheld: null is "not told apart". */
export type Told = Omit<Fact, 'topic' | 'department' | 'month'> & {
  readonly topic: string | null;
  readonly department: string | null;
  readonly month: string | null;
};

export interface Measures {
  readonly threshold: number;
  readonly rounding: number;
  /** how many values a breakdown could have, whether anybody is there or not */
  readonly values: { topic(kind: string): number; readonly department: number };
}

/** A number that is told; null of a value: not told apart. */
export interface Cell {
  readonly value: string | null;
  readonly other: string | null;
  readonly ofValue: boolean;
  readonly ofOther: boolean;
  readonly subjects: number;
  readonly records: number;
}

const isProtected = ({ kind }: { readonly kind: string }): boolean => PROTECTED_KINDS.includes(kind);

export const distinct = (facts: Iterable<{ readonly subject: string }>): number =>
  new Set([...facts].map(({ subject }) => subject)).size;

/** To the nearest multiple of the base, halves up. */
export const rounded = (n: number, base: number): number => base * Math.floor((2 * n + base) / (2 * base));

/**
 * What may be told apart of protected subjects. Each quarter's are divided by topic, department and month in turn, and where
 * a part would be small it is left together with others. All numbers are counted from what comes out, whoever asks for
 * which of them: so any sum, difference or comparison of them tells no more than this.
 */
export function toldApart(facts: readonly Fact[], measures: Measures): Told[] {
  const roots = groupsOf(facts.filter(isProtected), ({ kind, quarter }) => [kind, quarter]);
  return roots.filter((root) => distinct(root) >= measures.threshold).flatMap((root) => divide(root, 0, measures));
}

function divide(node: readonly Told[], depth: number, measures: Measures): Told[] {
  const level = LEVELS[depth];
  if (!level) return [...node];
  const parts = groupsOf(node, (fact) => [fact[level] as string]);
  const together = new Set(leftTogether(parts, valuesOf(level, node[0]?.kind ?? '', measures), measures.threshold));
  return parts.flatMap((part) =>
    together.has(part) ? part.map((fact) => withheld(fact, depth)) : divide(part, depth + 1, measures),
  );
}

const valuesOf = (level: (typeof LEVELS)[number], kind: string, { values }: Measures): number => {
  if (level === 'topic') return values.topic(kind);
  return level === 'department' ? values.department : MONTHS_OF_A_QUARTER;
};

/** The parts that are not told apart; all of them: the node stays whole. */
function leftTogether<T extends { readonly subject: string }>(
  parts: readonly (readonly T[])[],
  values: number,
  threshold: number,
): readonly (readonly T[])[] {
  if (values < FEWEST_VALUES) return parts;
  const small = parts.filter((part) => distinct(part) < threshold);
  if (small.length === 0) return [];
  // A small part could be any value that is not told, so that none of them must be somebody's.
  if (values <= parts.length) return parts;
  const most = Math.max(...small.map(distinct));
  // Parts of one size stay together, so that a value's name decides nothing.
  for (const size of [...new Set(parts.map(distinct))].sort((a, b) => a - b)) {
    const rest = parts.filter((part) => distinct(part) <= size);
    if (size >= most && distinct(rest.flat()) >= threshold) return rest;
  }
  return parts;
}

const withheld = (fact: Told, depth: number): Told => ({
  ...fact,
  ...Object.fromEntries(LEVELS.slice(depth).map((level) => [level, null])),
});

/** All numbers of one table: by both dimensions, by each, and in all. */
export function publish(
  facts: readonly Fact[],
  measures: Measures,
  [dimension, across]: readonly [Dimension, Dimension?],
): Cell[] {
  const open: readonly Told[] = facts.filter((fact) => !isProtected(fact));
  return tabulate([...toldApart(facts, measures), ...open], measures, [dimension, across]);
}

/** The numbers counted from what may be told apart. */
export function tabulate(
  told: readonly Told[],
  { threshold, rounding }: Measures,
  [dimension, across]: readonly [Dimension, Dimension?],
): Cell[] {
  const masks = across
    ? [
        [true, true],
        [true, false],
        [false, true],
        [false, false],
      ]
    : [
        [true, false],
        [false, false],
      ];
  return masks.flatMap(([ofValue, ofOther]) =>
    groupsOf(told, (fact) => [
      ofValue ? valueIn(fact, dimension) : null,
      ofOther && across ? valueIn(fact, across) : null,
    ]).flatMap((group): Cell[] => {
      const first = group[0] as Told;
      const byKind = (ofValue && dimension === 'KIND') || (ofOther && across === 'KIND');
      const kinds = groupsOf(group, ({ kind }) => [kind]);
      const guarded = kinds.some((of) => isProtected(of[0] as Told));
      const round = (n: number) => rounded(n, rounding);
      const sum = (count: (of: readonly Told[]) => number) =>
        kinds.reduce((all, of) => all + (isProtected(of[0] as Told) ? round(count(of)) : count(of)), 0);
      const subjects = sum(distinct);
      const records = sum(recordsOf);
      const exact = byKind && !guarded;
      if (!guarded && !exact && subjects < threshold) return [];
      return [
        {
          value: ofValue ? valueIn(first, dimension) : null,
          other: ofOther && across ? valueIn(first, across) : null,
          ofValue: ofValue as boolean,
          ofOther: ofOther as boolean,
          subjects: exact ? subjects : round(subjects),
          records: exact ? records : round(records),
        },
      ];
    }),
  );
}

/** Of a protected subject no more than so many within what is told apart: nobody dominates a group. */
function recordsOf(facts: readonly Told[]): number {
  if (!isProtected(facts[0] as Told)) return facts.length;
  return groupsOf(facts, ({ subject, quarter, topic, department, month }) => [
    subject,
    quarter,
    topic,
    department,
    month,
  ])
    .map((of) => Math.min(of.length, MOST_RECORDS))
    .reduce((all, n) => all + n, 0);
}

export function valueIn({ topic, department, month, kind }: Told, dimension: Dimension): string | null {
  switch (dimension) {
    case 'TOPIC':
      return topic;
    case 'DEPARTMENT':
      return department;
    case 'MONTH':
      return month?.slice(0, 7) ?? null;
    case 'KIND':
      return kind;
  }
}

function groupsOf<T>(of: readonly T[], by: (one: T) => readonly (string | null)[]): T[][] {
  return [...Map.groupBy(of, (one) => JSON.stringify(by(one))).values()];
}
