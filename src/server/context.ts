import { createLoaders, type Loaders } from '../loaders/loaders.js';
import type { Actor } from '../permissions/actor.js';
import type { Keys } from '../platform/crypto.js';
import type { HubContext } from '../resolvers/context.js';
import type { Session, WriteSession } from '../services/session.js';
import type { Language } from './errors.js';
import type { Stated } from './identity.js';

/** What the audit log will say of a request: gathered where rows are read, by nobody's hand. */
export class Trail {
  readonly labels = new Set<string>();
  readonly subjects = new Set<string>();
  receiptNo: string | null = null;

  note(rows: readonly object[]): void {
    for (const row of rows as readonly Record<string, unknown>[]) {
      const label = row['#label'];
      if (typeof label !== 'string' || label === 'OPEN') continue;
      this.labels.add(label);
      if (typeof row.subjectId === 'string') this.subjects.add(row.subjectId);
      if (typeof row.receiptNo === 'string') this.receiptNo = row.receiptNo;
    }
  }
}

/** What /metrics counts of a request: words of closed lists. */
export interface Told {
  operation: 'query' | 'mutation' | 'subscription' | 'none';
  roots: readonly string[];
  codes: readonly string[];
}

export interface RequestFacts {
  actor: Actor;
  language: Language;
  traceId: string;
  /** `idempotency-key`, where the caller sent one */
  idempotencyKey: string | null;
  stated?: Stated;
  /** of a query that was begun before it came to Apollo */
  context?: RequestContext;
  told?: Told;
}

/** One request's context. Its session opens when it is known whether the operation reads or writes. */
export class RequestContext implements HubContext {
  /** as the token says, until what is stated beside it has been judged */
  actor: Actor;
  readonly language: Language;
  readonly traceId: string;
  readonly idempotencyKey: string | null;
  readonly stated: Stated;
  /** held by reference, like the transaction */
  readonly told: Told;
  planned = true;
  /** read already, before Apollo has seen it (lane.ts) */
  begun = false;
  readonly read = new Map<string, unknown>();
  readonly trail = new Trail();
  session!: Session;
  loaders!: Loaders;
  // Apollo hands on a copy of the context, so what changes is held by reference, and privates would not survive.
  readonly transaction: { session: WriteSession | null; ended: boolean } = { session: null, ended: false };

  constructor(
    facts: RequestFacts,
    readonly keys: Keys,
    readonly rules: HubContext['rules'],
    readonly collection: HubContext['collection'],
    /** a way in for this one mutation, and nothing else */
    readonly only: string | null = null,
  ) {
    this.actor = facts.actor;
    this.language = facts.language;
    this.traceId = facts.traceId;
    this.idempotencyKey = facts.idempotencyKey;
    this.stated = facts.stated ?? {};
    this.told = facts.told ?? { operation: 'none', roots: [], codes: [] };
  }

  /** A stream brings its own way of doing it (subscriptions.ts). */
  async renew(): Promise<void> {
    throw new Error('only a stream is renewed');
  }

  openRead(session: Session): void {
    this.session = { ...session, seen: (rows) => this.trail.note(rows) };
    this.loaders = createLoaders(this.session);
  }

  openWrite(session: WriteSession): void {
    this.session = this.transaction.session = { ...session, seen: (rows) => this.trail.note(rows) };
    this.loaders = createLoaders(this.session);
  }

  write(): WriteSession {
    if (!this.transaction.session) throw new Error('only a mutation writes');
    return this.transaction.session;
  }

  /** Whether a transaction still waits for its end. */
  get open(): boolean {
    return this.transaction.session !== null && !this.transaction.ended;
  }

  async commit(): Promise<void> {
    const { em, ended } = this.write();
    // Before it is awaited: whatever comes meanwhile, a lost connection too, finds nothing left to roll back.
    this.transaction.ended = true;
    try {
      await em.commit();
    } catch (error) {
      // MikroORM keeps the connection when COMMIT itself fails (a deferred constraint).
      await em.rollback().catch(() => {});
      await ended(false);
      throw error;
    }
    await ended(true);
  }

  async rollback(): Promise<void> {
    if (!this.open) return;
    this.transaction.ended = true;
    const { em, ended } = this.write();
    try {
      await em.rollback();
    } finally {
      await ended(false);
    }
  }
}
