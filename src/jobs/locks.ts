import type { Pool, PoolClient } from 'pg';

/** Two 32-bit keys, apart from those of one 64-bit key and from those of batches. */
const WORKER_LOCKS = 370_832;

/**
 * A worker's sign of life: a lock by its name on a connection of its own, gone with the process that held it. What it
 * locks in the queue it locks after that, so whatever is locked by a name that nobody holds was left by the dead.
 */
export class Alive {
  #client: Promise<PoolClient> | null = null;
  #closed = false;

  constructor(
    private readonly pool: Pool,
    private readonly name: string,
  ) {}

  async begin(): Promise<void> {
    this.#client ??= this.#hold();
    await this.#client.catch((error: unknown) => {
      this.#client = null;
      throw error;
    });
  }

  async end(): Promise<void> {
    this.#closed = true;
    const client = await this.#client?.catch(() => null);
    client?.release(true);
  }

  async #hold(): Promise<PoolClient> {
    const client = await this.pool.connect();
    try {
      await client.query('select pg_advisory_lock_shared($1, hashtext($2))', [WORKER_LOCKS, this.name]);
    } catch (error) {
      client.release(true);
      throw error;
    }
    client.once('end', () => {
      if (this.#closed) return;
      this.#client = null;
      client.release(true);
      void this.begin().catch(() => {});
    });
    return client;
  }
}

// `pg_locks` shows a lock of two 32-bit keys as unsigned classid and objid, with objsubid 2.
const LIVES = `exists (select from pg_locks where locktype = 'advisory' and granted and objsubid = 2
  and classid = ${WORKER_LOCKS} and database = (select oid from pg_database where datname = current_database())
  and objid = (hashtext(locked_by)::bigint & 4294967295)::oid)`;

/**
 * Frees what workers that are dead had locked: the queue itself waits for four hours. A job of theirs has used up one of
 * its attempts, so that one that kills its process is parked in the end.
 * @param living whom to leave alone, whatever its sign of life says: the one who asks
 * @returns names of the dead
 */
export async function freeLocksOfTheDead(pool: Pool, living: string): Promise<string[]> {
  const { rows } = await pool.query(
    `select distinct locked_by as name from (
       select locked_by from graphile_worker._private_jobs where locked_by is not null
       union select locked_by from graphile_worker._private_job_queues where locked_by is not null) as locks
     where locked_by <> $1 and not ${LIVES}`,
    [living],
  );
  const dead = rows.map(({ name }) => name as string);
  if (dead.length > 0) await pool.query('select graphile_worker.force_unlock_workers($1::text[])', [dead]);
  return dead;
}
