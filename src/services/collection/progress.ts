import type { Pool, PoolClient } from 'pg';

/** What an importer says of its batch (batch.ts): numbers while rows go in, none when the state has changed. */
export interface Notice {
  readonly read?: number;
  readonly accepted?: number;
  readonly rejected?: number;
}

const CHANNEL = 'import_progress';
const [FIRST_PAUSE, LONGEST_PAUSE] = [100, 5_000];

/**
 * Hears importers of every process on one connection. What was said while it was lost nobody heard, so that each watcher
 * is told to look again once it is back.
 */
export class ProgressFeed {
  readonly #watches = new Map<string, Set<Watch>>();
  #client: PoolClient | null = null;
  #closed = false;
  #pause = FIRST_PAUSE;
  #retry: NodeJS.Timeout | null = null;

  constructor(
    private readonly pool: Pool,
    private readonly failed: (error: unknown) => void,
  ) {}

  /** Listens from now on; comes back by itself when the connection is lost. */
  async listen(): Promise<void> {
    if (this.#closed) return;
    try {
      const client = await this.pool.connect();
      client.once('error', () => this.#lost(client));
      client.once('end', () => this.#lost(client));
      client.on('notification', ({ payload = '' }) => this.#heard(payload));
      await client.query(`listen ${CHANNEL}`);
      this.#client = client;
      this.#pause = FIRST_PAUSE;
      for (const watches of this.#watches.values()) for (const watch of watches) watch.push({});
    } catch (error) {
      this.failed(error);
      this.#again();
    }
  }

  /** Notices of one batch, until it is returned or the feed closes. */
  watch(batchId: string): Watch {
    const watches = this.#watches.get(batchId) ?? new Set();
    this.#watches.set(batchId, watches);
    const watch = new Watch(() => {
      watches.delete(watch);
      if (watches.size === 0) this.#watches.delete(batchId);
    });
    watches.add(watch);
    if (this.#closed) watch.end();
    return watch;
  }

  async close(): Promise<void> {
    this.#closed = true;
    if (this.#retry) clearTimeout(this.#retry);
    for (const watches of [...this.#watches.values()]) for (const watch of [...watches]) watch.end();
    this.#client?.release(true);
    this.#client = null;
  }

  #heard(payload: string): void {
    const { batch, ...notice } = JSON.parse(payload) as Notice & { batch: string };
    for (const watch of this.#watches.get(batch) ?? []) watch.push(notice);
  }

  #lost(client: PoolClient): void {
    if (this.#client !== client) return;
    this.#client = null;
    client.release(true);
    this.#again();
  }

  #again(): void {
    if (this.#closed) return;
    this.#retry = setTimeout(() => void this.listen(), this.#pause);
    this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE);
  }
}

/** Notices as they come; of those that nobody has fetched yet only the newest is worth keeping. */
export class Watch {
  #newest: Notice | null = null;
  #ended = false;
  #wake: (() => void) | null = null;

  constructor(private readonly left: () => void) {}

  push(notice: Notice): void {
    this.#newest = notice;
    this.#wake?.();
  }

  /** The next notice; `silent` after that many milliseconds without one; null when there will be none. */
  async next(milliseconds: number): Promise<Notice | 'silent' | null> {
    if (this.#newest === null && !this.#ended) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, milliseconds);
      this.#wake = resolve;
      await promise;
      clearTimeout(timer);
    }
    const notice = this.#newest;
    this.#newest = null;
    return notice ?? (this.#ended ? null : 'silent');
  }

  end(): void {
    this.#ended = true;
    this.left();
    this.#wake?.();
  }
}
