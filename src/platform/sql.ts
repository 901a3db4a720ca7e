import {
  type CompiledQuery,
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
export { sql };

export function compile<T>(statement: Sql<T>): CompiledQuery<T> {
  return statement.compile(compiler);
}

/** `a and b and …`; no conditions at all: `true`. */
export function allOf(conditions: readonly Sql[]): Sql<boolean> {
  return conditions.length === 0 ? sql<boolean>`true` : sql<boolean>`${sql.join(conditions, sql` and `)}`;
}
