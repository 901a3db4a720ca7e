import type { EntityManager } from '@mikro-orm/postgresql';
import type { ClientBase, Pool } from 'pg';
import { type Actor, type ActorDepartment, settingsOf } from '../permissions/actor.js';
import type { Verb } from '../permissions/verbs.js';
import { runBurst } from '../platform/postgres/burst.js';
import { LATER } from '../platform/postgres/gathered.js';
import { ROLE_SETTING } from '../platform/postgres/prepared.js';
import { type Compiled, CompiledQuery, compile, type Sql } from '../platform/sql.js';

/** The only way to Postgres: every statement runs as its actor, under row security, with the business date. */
export interface Session {
  readonly actor: Actor;
  /** business date, `YYYY-MM-DD` */
  readonly today: string;
  query<T>(statement: Sql<T> | Compiled): Promise<T[]>;
  /** tells the audit log which guarded rows are about to leave */
  seen?(rows: readonly object[]): void;
}

/** One request's transaction. Entities and the unit of work are for writes; its reads go through `query` too. */
export interface WriteSession extends Session {
  readonly em: EntityManager;
  /** Runs before the next statement, in one round trip with it; should it fail, the next one does. */
  later(statement: Sql | Compiled): Promise<void>;
  /**
   * Lends the verb's own powers (permissions/verbs.ts) to what runs inside `work`, flushes, and takes them back: what
   * the caller then reads of the answer, it reads as itself. `department`: for whom a platform without one sends.
   */
  asVerb<T>(verb: Verb, work: () => Promise<T>, department?: ActorDepartment): Promise<T>;
  /** Rows that the verb made or archived: the answer of this verb may show them, whatever their state. */
  answer(...ids: string[]): Promise<void>;
  /** What is to be done once the transaction has ended, before the answer leaves; it must not fail. */
  onEnd(work: (committed: boolean) => Promise<void>): void;
  /** Whoever ends the transaction says so, once. */
  ended(committed: boolean): Promise<void>;
}

/** Runs one statement as the actor, in a read-only transaction of its own. */
export const asActor = <T>(pool: Pool, actor: Actor, today: string, statement: Sql<T>): Promise<T[]> =>
  readSession(pool, actor, today).query(statement);

/** The same where it writes: by the audit login, whose rights end there and which acts as nobody else. */
export const asWriter = <T>(pool: Pool, actor: Actor, today: string, statement: Sql<T>): Promise<T[]> => {
  const { [ROLE_SETTING]: _role, ...facts } = settingsOf(actor, today);
  return runBurst(pool, setAll(facts), compile(statement));
};

const READ_ONLY = { transaction_read_only: 'on' };

/** All settings in one statement, local to the transaction. */
function settings(actor: Actor, today: string, more: Record<string, string> = {}): Compiled {
  return setAll({ ...settingsOf(actor, today), ...more });
}

/** by how many there are */
const texts: string[] = [];

function setAll(values: Record<string, string>): Compiled {
  const pairs = Object.entries(values);
  texts[pairs.length] ??= `select ${pairs.map((_, i) => `set_config($${2 * i + 1}, $${2 * i + 2}, true)`).join(', ')}`;
  return { sql: texts[pairs.length] as string, parameters: pairs.flat() };
}

export function readSession(pool: Pool, actor: Actor, today: string): Session {
  // Many a session is opened in case, and asks nothing.
  let first: Compiled | undefined;
  return {
    actor,
    today,
    query(statement) {
      first ??= settings(actor, today, READ_ONLY);
      return runBurst(pool, first, compile(statement));
    },
  };
}

/** Begins the transaction; the caller commits or rolls back `em`. */
export async function openWriteSession(em: EntityManager, actor: Actor, today: string): Promise<WriteSession> {
  await em.begin();
  const answered: string[] = [];
  const endings: ((committed: boolean) => Promise<void>)[] = [];
  const run = async (text: string, parameters: readonly unknown[]) => {
    const transaction = em.getTransactionContext();
    if (!transaction) throw new Error('the transaction of this session has ended');
    return (await transaction.executeQuery(CompiledQuery.raw(text, [...parameters]))).rows;
  };
  const query = async <T>(statement: Sql<T> | Compiled): Promise<T[]> => {
    const { sql: text, parameters } = compile(statement);
    return (await run(text, parameters)) as T[];
  };
  const later = async (statement: Sql | Compiled): Promise<void> => {
    const { sql: text, parameters } = compile(statement);
    await run(LATER + text, parameters);
  };
  const set = (name: string, value: string) =>
    later({ sql: 'select set_config($1, $2, true)', parameters: [name, value] });
  await later(settings(actor, today));
  return {
    actor,
    today,
    em,
    query,
    later,
    async asVerb(verb, work, department) {
      await set('hub.verb', verb);
      if (department) await set('hub.department', department.id);
      const result = await work();
      await em.flush();
      await set('hub.verb', '');
      if (department) await set('hub.department', actor.department?.id ?? '');
      return result;
    },
    async answer(...ids) {
      answered.push(...ids);
      await set('hub.answer', answered.join(','));
    },
    onEnd(work) {
      endings.push(work);
    },
    async ended(committed) {
      for (const work of endings.splice(0)) await work(committed);
    },
  };
}

/** A transaction of a verb on a connection that the caller holds for more than the transaction: no unit of work in it. */
export async function verbOn<T>(
  client: ClientBase,
  { actor, today, verb }: { actor: Actor; today: string; verb: Verb },
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const query = async <R>(statement: Sql<R> | Compiled): Promise<R[]> => {
    const { sql: text, parameters } = compile(statement);
    return (await client.query(text, [...parameters])).rows as R[];
  };
  await client.query('begin');
  try {
    await query(settings(actor, today, { 'hub.verb': verb }));
    const result = await work({ actor, today, query });
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}
