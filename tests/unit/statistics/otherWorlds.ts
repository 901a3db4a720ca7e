import { LEVELS } from '../../../src/permissions/statistics.js';
import type { Fact, Told } from '../../../src/services/statistics/disclosure.js';
import { DOMAIN } from './micro.js';

type Level = (typeof LEVELS)[number];
/** A group of protected subjects that a table could be about: a kind, and one value or two. */
export type Group = Partial<Record<Level, string>> & { kind: string };

export const isIn =
  (group: Group) =>
  (fact: Fact | Told): boolean =>
    fact.kind === group.kind && LEVELS.every((level) => group[level] === undefined || fact[level] === group[level]);

export const groupsOf = (facts: readonly Fact[]): Group[] => {
  const found = new Map<string, Group>();
  for (const fact of facts) {
    if (fact.kind === 'ENTERPRISE') continue;
    for (const levels of [
      [],
      ...LEVELS.map((one) => [one]),
      ...LEVELS.flatMap((one, i) => LEVELS.slice(i + 1).map((other) => [one, other])),
    ]) {
      const group: Group = { kind: fact.kind, ...Object.fromEntries(levels.map((level) => [level, fact[level]])) };
      found.set(JSON.stringify(group), group);
    }
  }
  return [...found.values()];
};

/**
 * The same county with the group empty, which nobody could tell from it: who was in it is elsewhere among those that are
 * not told apart. `told` are the facts as told, in the order of `facts`.
 */
export function without(facts: readonly Fact[], told: readonly (Told | null)[], group: Group): Fact[] {
  const world = facts.map((fact) => ({ ...fact }));
  const done = new Set<string>();
  facts.forEach((fact, i) => {
    if (!isIn(group)(fact)) return;
    const as = told[i];
    if (!as) return;
    const depth = LEVELS.findIndex((level) => as[level] === null);
    const deeper = LEVELS.slice(depth + 1).find((level) => group[level] !== undefined);
    if (depth >= 0 && deeper) {
      (world[i] as { [k in Level]: string })[deeper] = anotherOf(deeper, [group[deeper] as string]);
      return;
    }
    const level = LEVELS[depth] as Level;
    if (depth < 0 || group[level] === undefined) throw new Error('a small group is told');
    const key = JSON.stringify([as.kind, as.quarter, ...LEVELS.slice(0, depth).map((one) => as[one])]);
    if (done.has(key)) return;
    done.add(key);
    rearrange(facts, world, told, depth, i, group[level] as string);
  });
  // A kind that is not told at all could as well be absent.
  return world.filter((_, i) => told[i] || !isIn(group)(facts[i] as Fact));
}

/** Of one group that was to be divided: who has `value` has another one. */
function rearrange(
  facts: readonly Fact[],
  world: Fact[],
  told: readonly (Told | null)[],
  depth: number,
  at: number,
  value: string,
): void {
  const level = LEVELS[depth] as Level;
  const as = told[at] as Told;
  const node = facts.flatMap((fact, i) => {
    const other = told[i];
    const same = other && other.kind === as.kind && LEVELS.slice(0, depth).every((one) => other[one] === as[one]);
    return same ? [{ fact, i, is: other }] : [];
  });
  const move = (i: number, to: string) => {
    (world[i] as { [k in Level]: string })[level] = to;
  };
  if (node.some(({ is }) => is[level] !== null)) {
    // An empty value that is not told either takes the place of this one.
    const empty = anotherOf(
      level,
      node.map(({ fact }) => fact[level]),
    );
    for (const { fact, i } of node) if (fact[level] === value) move(i, empty);
    return;
  }
  // It stayed whole: so one subject alone somewhere, and everybody else elsewhere.
  const alone = node[0]?.fact.subject;
  const [one, rest] = DOMAIN[level].filter((other) => other !== value) as [string, string];
  for (const { fact, i } of node) move(i, fact.subject === alone ? one : rest);
}

function anotherOf(level: Level, taken: readonly string[]): string {
  const free = DOMAIN[level].find((value) => !taken.includes(value));
  if (!free) throw new Error(`no ${level} is free`);
  return free;
}
