/**
 * A value that is not known when a statement is compiled, only where it will come from: an argument of one field of the
 * operation. Kysely carries it through as it would the value itself; each run puts the value in its place.
 */
export class Param {
  constructor(
    readonly field: number,
    private readonly path: readonly string[],
    private readonly change: (value: never) => unknown = (value) => value,
  ) {}

  in(args: readonly Record<string, unknown>[]): unknown {
    let value: unknown = args[this.field];
    for (const key of this.path) value = (value as Record<string, unknown> | undefined)?.[key];
    return this.change(value as never);
  }

  map(change: (value: never) => unknown): Param {
    return new Param(this.field, this.path, (value) => change(this.change(value) as never));
  }
}

class Day {}
/** The business date, where a statement would look it up: each run's session puts its own in its place. */
export const DAY = new Day();
