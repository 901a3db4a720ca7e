import type { Pool, PoolClient } from 'pg';
import type { Actor } from '../../permissions/actor.js';
import type { DateString } from '../../platform/clock.js';
import { type Session, verbOn } from '../session.js';
import { BATCH_LOCKS, type BatchHeader, failBatch, insertHeader, type Told, tellProgress } from './batch.js';
import { failOrphans } from './orphans.js';

/**
 * Where a server's submissions are received: one connection holds the locks of all that are under way, writes their
 * headers, and tells their progress, all outside the transactions in which their rows go in. Such a transaction has a
 * connection already; were each to ask the same pool for a second one, as many as the pool holds would wait for ever.
 */
export class Desk {
  #client: Promise<PoolClient> | null = null;
  #last: Promise<unknown> = Promise.resolve();
  readonly #held = new Set<string>();

  constructor(
    private readonly pool: Pool,
    private readonly today: () => DateString,
  ) {}

  /** Locks the batch and commits its header; false where its key is that of another batch. Then nothing is held. */
  receive(actor: Actor, header: BatchHeader, state: 'RECEIVED' | 'RUNNING'): Promise<boolean> {
    return this.#alone(async (client) => {
      await hold(client, header.id);
      this.#held.add(header.id);
      try {
        const inserted = await this.#asSender(client, actor, async (session) => {
          await failOrphans(session.query);
          return insertHeader(session, header, state);
        });
        if (!inserted) await this.#let(client, header.id);
        return inserted;
      } catch (error) {
        await this.#let(client, header.id).catch(() => {});
        throw error;
      }
    });
  }

  /** Marks FAILED what of the sender's nobody works on any more. */
  sweep(actor: Actor): Promise<void> {
    return this.#alone(async (client) => {
      await this.#asSender(client, actor, (session) => failOrphans(session.query));
    });
  }

  tell(batchId: string, told: Told): Promise<void> {
    return this.#alone((client) => tellProgress(client, batchId, told));
  }

  /** The batch is over, well or not: it is marked where it is not, told, and its lock is let go. */
  async end(actor: Actor, batchId: string, completed: boolean): Promise<void> {
    await this.#alone(async (client) => {
      if (!completed) await this.#asSender(client, actor, (session) => failBatch(session, batchId));
      await tellProgress(client, batchId);
    }).finally(() => this.#alone((client) => this.#let(client, batchId)));
  }

  async close(): Promise<void> {
    await this.#last.catch(() => {});
    const client = await this.#client?.catch(() => null);
    this.#client = null;
    client?.release(true);
  }

  #asSender<T>(client: PoolClient, actor: Actor, work: (session: Session) => Promise<T>): Promise<T> {
    return verbOn(client, { actor, today: this.today(), verb: 'submitRecords' }, work);
  }

  async #let(client: PoolClient, batchId: string): Promise<void> {
    this.#held.delete(batchId);
    await client.query('select pg_advisory_unlock($1, hashtext($2))', [BATCH_LOCKS, batchId]);
  }

  /** One after the other: a connection carries one transaction at a time. */
  #alone<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    const done = this.#last.then(async () => work(await this.#connected()));
    this.#last = done.catch(() => {});
    return done;
  }

  /** A lost connection has lost its locks: the next one takes those that are still needed. */
  #connected(): Promise<PoolClient> {
    this.#client ??= this.pool.connect().then(async (client) => {
      client.once('error', () => this.#lost(client));
      client.once('end', () => this.#lost(client));
      for (const id of this.#held) await hold(client, id);
      return client;
    });
    this.#client.catch(() => {
      this.#client = null;
    });
    return this.#client;
  }

  #lost(client: PoolClient): void {
    const lost = this.#client;
    this.#client = null;
    void lost?.then(
      () => client.release(true),
      () => {},
    );
  }
}

const hold = (client: PoolClient, batchId: string) =>
  client.query('select pg_advisory_lock($1, hashtext($2))', [BATCH_LOCKS, batchId]);
