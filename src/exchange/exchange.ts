import type { EntityManager } from '@mikro-orm/postgresql';
import type { Pool, PoolClient } from 'pg';
import { partnerActor } from '../permissions/actor.js';
import type { Keys } from '../platform/crypto.js';
import { HubError } from '../platform/errors.js';
import { sql } from '../platform/sql.js';
import type { ExchangeSettings, Partner } from '../services/exchange/settings.js';
import { type Signer, signerOf } from '../services/exchange/signing.js';
import { type Session, verbOn } from '../services/session.js';
import { HttpReceiver } from './http.js';
import type { Receiver } from './receiver.js';
import { TableReceiver } from './table.js';

export interface ExchangeDeps {
  readonly settings: ExchangeSettings;
  /** the weak login, apart from the requests' own connections */
  readonly pool: Pool;
  /** the weak login, for imports: their rows' own transactions, and what holds them */
  readonly reads: Pool;
  readonly fork: () => EntityManager;
  readonly keys: Keys;
  readonly today: () => string;
}

const PARTNER_LOCK = 370_833;

/** What the commands and the jobs of the exchange share: partners, their receivers, and one lock a partner. */
export class Exchange {
  #signer: Promise<Signer> | undefined;

  constructor(readonly deps: ExchangeDeps) {}

  get signer(): Promise<Signer> {
    this.#signer ??= signerOf(this.deps.keys, this.deps.settings.id);
    return this.#signer;
  }

  /** @throws BAD_USER_INPUT for a partner that is not in the file */
  partner(id: string): Partner {
    const found = this.deps.settings.partners.find((one) => one.id === id);
    if (found) return found;
    throw new HubError('BAD_USER_INPUT', { zh: '没有该交换对象', en: 'there is no such partner' }, 'partner');
  }

  async receiver(partner: Partner): Promise<Receiver> {
    return partner.receiver.kind === 'HTTP'
      ? new HttpReceiver(partner as never, await this.signer, this.deps.settings.id)
      : new TableReceiver(partner as never, this.deps.settings.id);
  }

  /**
   * Runs `work` while nobody else works for the partner; null where somebody does. The lock lives with a connection, so
   * that it is gone with the process that held it.
   */
  alone<T>(partner: string, work: (held: Held) => Promise<T>): Promise<T | null> {
    return this.holding(partner, (client) => work(new Held(client, partner, this.deps.today())));
  }

  /** The same for whatever else has a name of its own, on the connection that holds the lock. */
  async holding<T>(name: string, work: (client: PoolClient) => Promise<T>): Promise<T | null> {
    const client = await this.deps.pool.connect();
    client.on('error', () => {});
    try {
      const { rows } = await client.query('select pg_try_advisory_lock($1, hashtext($2)) as got', [PARTNER_LOCK, name]);
      if (!rows[0]?.got) return null;
      try {
        return await work(client);
      } finally {
        // Said aloud: the server notices the end of a connection a moment later, and whoever comes then would find it busy.
        await client.query('select pg_advisory_unlock($1, hashtext($2))', [PARTNER_LOCK, name]).catch(() => {});
      }
    } finally {
      client.release(true);
    }
  }
}

/** A partner's lock, and transactions as that partner on the connection that holds it. */
export class Held {
  constructor(
    private readonly client: PoolClient,
    private readonly partner: string,
    private readonly today: string,
  ) {}

  as<T>(work: (session: Session) => Promise<T>): Promise<T> {
    return verbOn(
      this.client,
      { actor: partnerActor(this.partner), today: this.today, verb: 'deliverExchange' },
      async (session) => {
        // The delivery waits for a long import's turn, and reads much at once: the limits of requests are not for it.
        await session.query(sql`select set_config(name, '0', true) from unnest(array['statement_timeout', 'lock_timeout',
        'idle_in_transaction_session_timeout']) as name`);
        return work(session);
      },
    );
  }
}
