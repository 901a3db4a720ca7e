import pg from 'pg';
import type { Envelope } from '../services/exchange/outbox.js';
import { hashOf } from '../services/exchange/outbox.js';
import type { Receipt } from '../services/exchange/receipts.js';
import { digestOfRows } from '../services/exchange/reconcile.js';
import type { Partner } from '../services/exchange/settings.js';
import { isReceiptSigned, type SignedReceipt, type Verifier, verifierOf } from '../services/exchange/signing.js';
import { type Answered, type Held, type Receiver, tableOutage } from './receiver.js';

type TablePartner = Partner & { receiver: { kind: 'TABLE' } };

/**
 * 前置库 A partner that reads tables: messages are put into `hub_message`, its answers read from `hub_receipt`. Both
 * stand in a schema of its own Postgres (docs/exchange.md has their text); the hub adds to the one and reads the other.
 * Where the partner's key is in the file, an answer is one that it has signed.
 */
export class TableReceiver implements Receiver {
  readonly #pool: pg.Pool;
  readonly #schema: string;
  readonly #verifier: Promise<Verifier> | null;

  constructor(
    { id, publicKey, receiver: { database, schema } }: TablePartner,
    private readonly hubId: string,
  ) {
    this.#verifier = publicKey ? verifierOf(id, publicKey) : null;
    this.#pool = new pg.Pool({
      connectionString: database,
      max: 2,
      connectionTimeoutMillis: 10_000,
      statement_timeout: 60_000,
    });
    this.#pool.on('error', () => {});
    this.#schema = pg.escapeIdentifier(schema);
  }

  /** In the order of their numbers; one that is there already is left as it is. What the table holds is not yet read. */
  async send(batch: readonly Envelope[]): Promise<Answered> {
    const rows = batch.map(({ id, hash, content }) => ({
      id,
      hash,
      content,
      subject_seq: content.subjectSeq,
      date: content.date,
      scope: content.scope,
      event: content.event,
    }));
    await this.#query(
      `insert into ${this.#schema}.hub_message (id, hash, scope, event, subject_seq, date, content)
       select id, hash, scope, event, subject_seq, date, content from jsonb_to_recordset($1::jsonb)
         as r(id uuid, hash text, scope text, event text, subject_seq bigint, date date, content jsonb)
       on conflict (id) do nothing`,
      [JSON.stringify(rows)],
    );
    return this.answers(batch.map(({ id }) => id));
  }

  async answers(waiting: readonly string[]): Promise<Answered> {
    // Without a key there is no column to be read either: whoever may write there, the partner's own database decides.
    const signature = this.#verifier ? 'signature' : 'null as signature';
    const said = await this.#query<Receipt & SignedReceipt>(
      `select message_id as id, state, reason, ${signature} from ${this.#schema}.hub_receipt
       where message_id = any($1::uuid[]) and state in ('ACCEPTED', 'REJECTED')`,
      [waiting],
    );
    const verifier = await this.#verifier;
    const receipts: Receipt[] = [];
    for (const one of said) {
      const { signature: _, ...receipt } = one;
      if (!verifier || (await isReceiptSigned(verifier, this.hubId, one))) receipts.push(receipt);
    }
    return { receipts, faults: [], unsigned: said.length - receipts.length };
  }

  async held(date: string): Promise<Held> {
    const stored = await this.#query<{ id: string; content: unknown }>(
      `select id, content from ${this.#schema}.hub_message where date = $1::date`,
      [date],
    );
    const rows = stored.map(({ id, content }) => ({ id, hash: hashOf(content) }));
    return { count: rows.length, hash: digestOfRows(rows), rows: async () => rows };
  }

  async close(): Promise<void> {
    await this.#pool.end();
  }

  async #query<T extends pg.QueryResultRow>(text: string, values: unknown[]): Promise<T[]> {
    try {
      return (await this.#pool.query<T>(text, values)).rows;
    } catch (error) {
      throw tableOutage(error);
    }
  }
}
