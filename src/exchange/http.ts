import type { JWK } from 'jose';
import { z } from 'zod';
import type { Envelope } from '../services/exchange/outbox.js';
import type { Partner } from '../services/exchange/settings.js';
import { SIGNATURE_HEADER, type Signer, signedBy, type Verifier, verifierOf } from '../services/exchange/signing.js';
import { type Answered, type Held, type HeldRow, Outage, type Receiver, Unsigned } from './receiver.js';

const receipt = z.object({
  id: z.uuid(),
  state: z.enum(['ACCEPTED', 'REJECTED', 'ERROR']),
  reason: z.string().nullish(),
});
const answer = z.object({ receipts: z.array(receipt) });
const summary = z.object({ count: z.int().min(0), hash: z.string() });
const page = z.object({ rows: z.array(z.object({ id: z.string(), hash: z.string() })), next: z.string().nullish() });

type HttpPartner = Partner & { receiver: { kind: 'HTTP' } };

/** An answer, and what it must be signed over. */
interface Answer {
  readonly response: Response;
  readonly method: string;
  readonly path: string;
  /** of the request */
  readonly signature: string;
}

/**
 * `POST URL/messages`, `GET URL/reconciliation`: every request signed, and every answer that says anything; over TLS
 * wherever it leaves the machine.
 */
export class HttpReceiver implements Receiver {
  readonly #base: string;

  #verifier: Promise<Verifier> | undefined;

  constructor(
    private readonly partner: HttpPartner,
    private readonly signer: Signer,
    private readonly hubId: string,
  ) {
    this.#base = partner.receiver.url.replace(/\/$/, '');
  }

  async send(batch: readonly Envelope[]): Promise<Answered> {
    const messages = batch.map(({ id, hash, resent, content, identity }) => ({ id, hash, resent, content, identity }));
    const answered = await this.#request('POST', '/messages', JSON.stringify({ messages }));
    const { response } = answered;
    // 4xx: something of this batch; which message it was, each by itself will say.
    if (response.status >= 400 && response.status < 500 && ![401, 403, 404, 408, 429].includes(response.status)) {
      if (batch.length === 1 && batch[0])
        return { receipts: [], faults: [{ id: batch[0].id, reason: `HTTP ${response.status}` }] };
      const each: Answered[] = [];
      for (const one of batch) each.push(await this.send([one]));
      return { receipts: each.flatMap(({ receipts }) => receipts), faults: each.flatMap(({ faults }) => faults) };
    }
    const { receipts } = await this.#read(answered, answer);
    const asked = new Set(batch.map(({ id }) => id));
    // said twice, it is said once
    const own = [...new Map(receipts.filter(({ id }) => asked.has(id)).map((one) => [one.id, one])).values()];
    return {
      receipts: own.flatMap(({ id, state, reason }) => (state === 'ERROR' ? [] : [{ id, state, reason }])),
      faults: own.flatMap(({ id, state, reason }) => (state === 'ERROR' ? [{ id, reason: reason ?? 'ERROR' }] : [])),
    };
  }

  /** What is answered later the partner posts here (server/exchange.ts). */
  async answers(): Promise<Answered> {
    return { receipts: [], faults: [] };
  }

  async held(date: string): Promise<Held> {
    const { count, hash } = await this.#read(await this.#request('GET', `/reconciliation?date=${date}`), summary);
    const rows = async () => {
      const all: HeldRow[] = [];
      for (let after: string | null | undefined = ''; after != null; ) {
        const path = `/reconciliation/rows?date=${date}&after=${encodeURIComponent(after)}`;
        const read: z.infer<typeof page> = await this.#read(await this.#request('GET', path), page);
        all.push(...read.rows);
        if (read.next != null && read.next === after) throw new Outage('the partner’s pages do not end');
        after = read.next;
      }
      return all;
    };
    return { count, hash, rows };
  }

  async close(): Promise<void> {}

  async #request(method: string, path: string, body = ''): Promise<Answer> {
    const url = new URL(this.#base + path);
    const signed = { method, path: url.pathname + url.search };
    const signature = await this.signer.sign({ to: this.partner.id, ...signed, body });
    try {
      const response = await fetch(url, {
        method,
        headers: {
          [SIGNATURE_HEADER]: signature,
          accept: 'application/json',
          ...(body ? { 'content-type': 'application/json' } : {}),
        },
        ...(body ? { body } : {}),
        redirect: 'error',
        signal: AbortSignal.timeout(this.partner.receiver.timeoutSeconds * 1000),
      });
      return { response, ...signed, signature };
    } catch (error) {
      throw outage(error);
    }
  }

  async #read<T>({ response, method, path, signature }: Answer, shape: z.ZodType<T>): Promise<T> {
    if (!response.ok) throw new Outage(`HTTP ${response.status}`);
    const body = await response.bytes().catch((error: unknown) => {
      throw outage(error);
    });
    this.#verifier ??= verifierOf(this.partner.id, this.partner.publicKey as JWK);
    const header = response.headers.get(SIGNATURE_HEADER);
    const facts = { header, hubId: this.hubId, method, path, body, answers: signature };
    await signedBy([await this.#verifier], facts).catch(() => {
      throw new Unsigned();
    });
    const parsed = shape.safeParse(jsonOf(body));
    if (!parsed.success) throw new Outage('an answer that can’t be read');
    return parsed.data;
  }
}

const outage = (error: unknown) =>
  new Outage((error as Error).name === 'TimeoutError' ? 'no answer in time' : 'not reached');

function jsonOf(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return null;
  }
}
