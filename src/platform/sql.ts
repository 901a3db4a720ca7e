import {
  CompiledQuery,
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type RawBuilder,
  sql,
} from 'kysely';

// Kysely writes statements and runs none: what runs them is a session (services/session.ts), so that no
// statement can reach Postgres without its actor.
const compiler = new Kysely<Record<string, never>>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
});

export type Sql<T = unknown> = RawBuilder<T>;
export { CompiledQuery, sql };

/** A statement's text and its values. */
export interface Compiled {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

/** What was compiled before stays as it is. */
export const compile = (statement: Sql | Compiled): Compiled =>
  'sql' in statement ? statement : statement.compile(compiler);

/** `a and b and …`; no conditions at all: `true`. */
export function allOf(conditions: readonly Sql[]): Sql<boolean> {
  return conditions.length === 0 ? sql<boolean>`true` : sql<boolean>`${sql.join(conditions, sql` and `)}`;
}

/** A value that stands for one that is not known yet (the read planner's), and can be changed all the same. */
export interface Later {
  map(change: (value: never) => unknown): unknown;
}
const isLater = (value: unknown): value is Later =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && 'map' in value;

/** `change(value)`, at once or when the value is known. */
export const derived = <T>(value: T, change: (value: T) => unknown): unknown =>
  isLater(value) ? value.map(change as (value: never) => unknown) : change(value);

class Slot {
  constructor(readonly name: string) {}
}

/**
 * A statement that is compiled once: its text is always the same, and each run puts its values in. Compiling one anew
 * costs more than many a statement takes to run.
 */
export function template<V extends object>(
  write: (value: { [K in keyof V]: unknown }) => Sql,
): (values: V) => Compiled {
  let compiled: Compiled | null = null;
  return (values) => {
    compiled ??= compile(write(new Proxy({}, { get: (_, name) => new Slot(String(name)) }) as never));
    const parameters = compiled.parameters.map((one) => (one instanceof Slot ? values[one.name as keyof V] : one));
    return { sql: compiled.sql, parameters };
  };
}
