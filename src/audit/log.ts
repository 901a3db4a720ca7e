import type { KeyObject } from 'node:crypto';
import type { PoolClient } from 'pg';
import { compile, type Sql, sql } from '../platform/sql.js';
import type { LogCopy } from './copy.js';
import { canonical, type EntryRow, entryColumns } from './entry.js';
import { type SignedHead, signHead } from './head.js';
import { Frontier, type Tree } from './merkle.js';
import { type Actor, dueEntries, type Retained, removeDue } from './retain.js';

/** one number for all processes that may take events into the same log at once */
const LOCK = 370830_002;
const PORTION = 2_000;

/** Someone cut the log: nothing is taken in until an operator has looked. */
export class LogShortened extends Error {
  override readonly name = 'LogShortened';
  constructor(stored: number, copied: number) {
    super(`the audit log holds ${stored} entries, its copy outside the database ${copied}`);
  }
}

/** The pool's `connect`, of the login that owns the tables: the weak ones can't number an event. */
export interface Connections {
  connect(): Promise<PoolClient>;
}

/**
 * Takes committed events into the log: numbers them, stores the hash of each, and copies the hashes out of the
 * database. Events are durable before it sees them; what it adds is that nobody can bend them afterwards unseen.
 */
export class AuditLog {
  #frontier: Frontier;

  constructor(
    private readonly owner: Connections,
    private readonly copy: LogCopy,
    private readonly tree: Tree,
    private readonly pair: { privateKey: KeyObject; publicKey: KeyObject },
  ) {
    this.#frontier = new Frontier(tree);
  }

  /**
   * Takes in all that is committed.
   * @returns the number of entries now
   * @throws {LogShortened}
   */
  sequence = (): Promise<number> => this.#alone((query) => this.#takeIn(query));

  /** Takes in all that is committed, and signs what the log is now. */
  sign = (): Promise<SignedHead> =>
    this.#alone(async (query) => {
      const size = await this.#takeIn(query);
      const head = signHead(this.pair, {
        hash: this.tree.name,
        size,
        root: this.#frontier.root().toString('hex'),
        at: new Date().toISOString(),
      });
      await this.copy.putHead(head);
      return head;
    });

  /** 期满移除 Takes in all that is committed, then removes what is past its term. @throws {LogBent}, {LogShortened} */
  retain = (by: Actor): Promise<Retained> =>
    this.#alone(async (query) => {
      await this.#takeIn(query);
      const due = await dueEntries(query);
      const removed = await removeDue(query, { copy: this.copy, tree: this.tree, pair: this.pair, by });
      await this.#takeIn(query);
      return { ...due, removed };
    });

  async #takeIn(query: Query): Promise<number> {
    await this.#catchUp(query);
    for (;;) {
      const leaves = await this.#portion(query);
      if (leaves.length === 0) return this.#frontier.size;
      // The database first: a copy that is behind catches up, one that is ahead would look like a cut log.
      await this.copy.putLeaves(this.#frontier.size, leaves);
      for (const leaf of leaves) this.#frontier.push(leaf);
    }
  }

  /** Another process, or a crash between the two writes, may have gone on since. */
  async #catchUp(query: Query): Promise<void> {
    const [{ size } = { size: 0 }] = await query<{ size: number }>(
      sql`select coalesce(max(seq) + 1, 0)::int as size from audit_leaf`,
    );
    if (size === this.#frontier.size && size > 0) return;
    const copied = await this.copy.leaves();
    if (copied.length > size) throw new LogShortened(size, copied.length);
    const missing = await query<{ leaf: Buffer }>(
      sql`select leaf from audit_leaf where seq >= ${copied.length} order by seq`,
    );
    const leaves = missing.map(({ leaf }) => leaf);
    await this.copy.putLeaves(copied.length, leaves);
    this.#frontier = new Frontier(this.tree);
    for (const leaf of [...copied, ...leaves]) this.#frontier.push(leaf);
  }

  async #portion(query: Query): Promise<Buffer[]> {
    const rows = await query<EntryRow>(
      sql`select ${entryColumns} from access_event e where e.seq is null order by e.at, e.id limit ${PORTION}`,
    );
    if (rows.length === 0) return [];
    const ids = rows.map(({ id }) => id);
    const leaves = rows.map((row) => this.tree.leaf(canonical(row)));
    const hex = leaves.map((leaf) => leaf.toString('hex'));
    await query(sql`
      with numbered as (
        select id, ${this.#frontier.size}::bigint + place - 1 as seq, decode(leaf, 'hex') as leaf
        from unnest(${ids}::uuid[], ${hex}::text[]) with ordinality as given(id, leaf, place)
      ), stored as (
        insert into audit_leaf (seq, event_id, leaf) select seq, id, leaf from numbered
      )
      update access_event e set seq = numbered.seq from numbered where e.id = numbered.id`);
    return leaves;
  }

  async #alone<T>(work: (query: Query) => Promise<T>): Promise<T> {
    const client = await this.owner.connect();
    const query: Query = async (statement) => {
      const { sql: text, parameters } = compile(statement);
      return (await client.query(text, parameters as unknown[])).rows;
    };
    try {
      // Held by the session, so that a killed process frees it.
      await query(sql`select pg_advisory_lock(${LOCK})`);
      const result = await work(query);
      await query(sql`select pg_advisory_unlock(${LOCK})`);
      client.release();
      return result;
    } catch (error) {
      client.release(true);
      throw error;
    }
  }
}

export type Query = <T>(statement: Sql<T>) => Promise<T[]>;
