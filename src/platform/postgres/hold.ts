import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import type { Logger } from '../logger.js';
import { type Cluster, SUPERUSER } from './cluster.js';
import { isServerGoing } from './outage.js';
import { ensureRunning, type Settings, stateOf, stopPostmaster } from './postmaster.js';

/** Advisory locks belong to one database: this one, which nothing else uses. */
const LOCK_DATABASE = 'postgres';
const IN_USE = 4_851_370_830;

const HOLD_MS = 60_000;
const RETRY_MS = 1_000;

export function superuserClient(cluster: Cluster, database: string): Client {
  const client = new Client({ host: cluster.socket, user: SUPERUSER, password: cluster.passwords.superuser, database });
  // Without a listener the end of the server would be the end of this process.
  client.on('error', () => undefined);
  return client;
}

/**
 * One process's use of a cluster: a shared advisory lock on a connection that stays open. The system closes the
 * connection of a killed process, so no trace of it is left to go stale. While in use, a postmaster that dies is
 * started again.
 */
export class Hold {
  private client: Client | null = null;
  private closing: Promise<void> | null = null;
  private recovering: Promise<void> | null = null;

  private constructor(
    private readonly cluster: Cluster,
    private readonly settings: Settings,
    private readonly log: Logger,
  ) {}

  static async take(cluster: Cluster, settings: Settings, log: Logger): Promise<Hold> {
    const hold = new Hold(cluster, settings, log);
    await hold.acquire(Date.now() + HOLD_MS);
    return hold;
  }

  /** Ends the use. The last one out stops Postgres. Safe to call again. */
  release(): Promise<void> {
    this.closing ??= this.leave();
    return this.closing;
  }

  private async acquire(deadline: number): Promise<void> {
    for (;;) {
      await ensureRunning(this.cluster, this.settings);
      const client = superuserClient(this.cluster, LOCK_DATABASE);
      try {
        await client.connect();
        // Waits while the last one out holds it exclusively, and ends with the server.
        await client.query('select pg_advisory_lock_shared($1)', [IN_USE]);
        this.client = client;
        client.once('end', () => this.lost());
        return;
      } catch (error) {
        await client.end().catch(() => undefined);
        if (!isServerGoing(error) || Date.now() > deadline) throw error;
        await delay(20);
      }
    }
  }

  private lost(): void {
    this.client = null;
    if (this.closing || this.recovering) return;
    this.log.warn('the embedded Postgres went away; starting it again');
    this.recovering = this.recover().finally(() => {
      this.recovering = null;
    });
  }

  private async recover(): Promise<void> {
    while (!this.closing) {
      try {
        await this.acquire(Date.now() + HOLD_MS);
        this.log.info('the embedded Postgres is back');
        return;
      } catch (error) {
        this.log.error({ err: error }, 'the embedded Postgres could not be started again');
        await delay(RETRY_MS, undefined, { ref: false });
      }
    }
  }

  private async leave(): Promise<void> {
    await this.recovering;
    const client = this.client;
    if (!client) {
      // Nobody's lock is left to give back, but a postmaster nobody uses may run on.
      if (await stateOf(this.cluster)) await this.stopIfUnused();
      return;
    }
    try {
      await client.query('select pg_advisory_unlock_shared($1)', [IN_USE]);
      await stopUnderExclusiveLock(client, this.cluster);
    } catch (error) {
      if (!isServerGoing(error)) throw error;
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  private async stopIfUnused(): Promise<void> {
    const client = superuserClient(this.cluster, LOCK_DATABASE);
    try {
      await client.connect();
      await stopUnderExclusiveLock(client, this.cluster);
    } catch (error) {
      if (!isServerGoing(error)) throw error;
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}

/** The exclusive lock keeps newcomers waiting while the server goes down; theirs ends with it and they start anew. */
async function stopUnderExclusiveLock(client: Client, cluster: Cluster): Promise<void> {
  const { rows } = await client.query('select pg_try_advisory_lock($1) as alone', [IN_USE]);
  if (rows[0]?.alone) await stopPostmaster(cluster);
}
