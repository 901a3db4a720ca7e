import { z } from 'zod';
import type { Envelope } from '../services/exchange/outbox.js';
import type { Partner } from '../services/exchange/settings.js';
import { SIGNATURE_HEADER, type Signer } from '../services/exchange/signing.js';
import { type Answered, type Held, type HeldRow, Outage, type Receiver } from './receiver.js';

const receipt = z.object({
  id: z.uuid(),
  state: z.enum(['ACCEPTED', 'REJECTED', 'ERROR']),
  reason: z.string().nullish(),
});
const answer = z.object({ receipts: z.array(receipt) });
const summary = z.object({ count: z.int().min(0), hash: z.string() });
const page = z.object({ rows: z.array(z.object({ id: z.string(), hash: z.string() })), next: z.string().nullish() });

type HttpPartner = Partner & { receiver: { kind: 'HTTP' } };

/** `POST URL/messages`, `GET URL/reconciliation`: every request signed, over TLS wherever it leaves the machine. */
export class HttpReceiver implements Receiver {
  readonly #base: string;

  constructor(
    private readonly partner: HttpPartner,
    private readonly signer: Signer,
  ) {
    this.#base = partner.receiver.url.replace(/\/$/, '');
  }

  async send(batch: readonly Envelope[]): Promise<Answered> {
    const messages = batch.map(({ id, hash, resent, content }) => ({ id, hash, resent, content }));
    const response = await this.#request('POST', '/messages', JSON.stringify({ messages }));
    // 4xx: something of this batch; which message it was, each by itself will say.
    if (response.status >= 400 && response.status < 500 && ![401, 403, 404, 408, 429].includes(response.status)) {
      if (batch.length === 1 && batch[0])
        return { receipts: [], faults: [{ id: batch[0].id, reason: `HTTP ${response.status}` }] };
      const each: Answered[] = [];
      for (const one of batch) each.push(await this.send([one]));
      return { receipts: each.flatMap(({ receipts }) => receipts), faults: each.flatMap(({ faults }) => faults) };
    }
    const { receipts } = await this.#read(response, answer);
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

  async #request(method: string, path: string, body = ''): Promise<Response> {
    const url = new URL(this.#base + path);
    const signature = await this.signer.sign({ to: this.partner.id, method, path: url.pathname + url.search, body });
    try {
      return await fetch(url, {
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
    } catch (error) {
      throw new Outage((error as Error).name === 'TimeoutError' ? 'no answer in time' : 'not reached');
    }
  }

  async #read<T>(response: Response, shape: z.ZodType<T>): Promise<T> {
    if (!response.ok) throw new Outage(`HTTP ${response.status}`);
    const read = await response.json().catch(() => null);
    const parsed = shape.safeParse(read);
    if (!parsed.success) throw new Outage('an answer that can’t be read');
    return parsed.data;
  }
}
