import autocannon from 'autocannon';
import type { Call } from '../requests.js';

/** What the parent orders: load on one server, with a lead that is not counted. */
export interface Order {
  url: string;
  calls: Call[];
  connections: number;
  leadMs: number;
  countMs: number;
}

/** What the parent hears: that the lead is over, and in the end how long each counted request took. */
export type Heard = { counting: true } | { latencies: number[]; elapsedMs: number; failures: number };

// Slow servers are given more time: fewer answers than these are no measurement.
const FEWEST = 16;
const LONGEST_MS = 120_000;

process.on('message', ({ url, calls, connections, leadMs, countMs }: Order) => {
  const latencies: number[] = [];
  let counting = false;
  let failures = 0;
  let client = 0;
  const started = performance.now();
  let countedFrom = 0;
  const options: autocannon.Options = {
    url,
    connections,
    duration: LONGEST_MS / 1_000 + 60,
    timeout: LONGEST_MS / 1_000,
    setupClient: (one) => {
      // Each connection begins elsewhere in the list, so that they don't all ask the same at once.
      const from = Math.floor((client++ * calls.length) / connections);
      one.setRequests([...calls.slice(from), ...calls.slice(0, from)].map((call) => ({ method: 'POST', ...call })));
    },
    verifyBody: (body) => {
      if (!String(body).includes('"errors":')) return true;
      failures++;
      return false;
    },
  };
  const instance = autocannon(options, () => process.disconnect());
  instance.on('response', (_client, statusCode, _bytes, took) => {
    if (statusCode !== 200) failures++;
    if (counting) latencies.push(took);
  });
  const send = (said: Heard) => process.send?.(said);
  const turn = setInterval(() => {
    const now = performance.now();
    if (!counting && now - started >= leadMs) {
      counting = true;
      countedFrom = now;
      send({ counting: true });
    }
    if (!counting) return;
    const elapsedMs = now - countedFrom;
    if ((elapsedMs < countMs || latencies.length < FEWEST) && elapsedMs < LONGEST_MS && failures === 0) return;
    clearInterval(turn);
    send({ latencies: latencies.slice(), elapsedMs, failures });
    instance.stop();
  }, 10);
});
