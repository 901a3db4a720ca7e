/** Numbers that look random and are the same in every county (mulberry32). */
export interface Seeded {
  /** from 0 up to, not including, `below` */
  whole(below: number): number;
  pick<T>(from: readonly T[]): T;
  /** true once in `times`, about */
  once(times: number): boolean;
}

/** Each part of the county has a seed of its own name, so that a change in one leaves the others as they were. */
export function seeded(name: string): Seeded {
  let state = 0;
  for (const letter of name) state = (Math.imul(state, 31) + (letter.codePointAt(0) ?? 0)) | 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const whole = (below: number): number => Math.floor(next() * below);
  return {
    whole,
    pick: <T>(from: readonly T[]): T => from[whole(from.length)] as T,
    once: (times) => whole(times) === 0,
  };
}
