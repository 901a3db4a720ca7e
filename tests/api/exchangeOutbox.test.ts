import { randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Client } from 'pg';
import { deliver } from '../../src/exchange/deliver.js';
import { daysDue, reconcile } from '../../src/exchange/reconcile.js';
import { reconcileExchange } from '../../src/jobs/exchange/reconcile.js';
import { thinExchange } from '../../src/jobs/exchange/thin.js';
import type { JobDeps } from '../../src/jobs/task.js';
import { createLogger } from '../../src/platform/logger.js';
import { compile, type Sql } from '../../src/platform/sql.js';
import type { City } from '../kit/city.js';
import { ALL, type ExchangeWorld, startExchange } from '../kit/exchange.js';
import { sql } from '../kit/sql.js';

const NOW = '2026-11-24';
let world: ExchangeWorld;
let city: City;
let jobs: JobDeps;

beforeAll(async () => {
  world = await startExchange(['city', 'narrow'], {
    hub: { now: NOW },
    partner: { narrow: { agreement: { items: ['XZCF_FR'], labels: ['OPEN'] } } },
  });
  city = world.cities['city'] as City;
  const log = createLogger({ level: 'silent', to: 'stderr' });
  const owner: JobDeps['owner'] = async (work) => {
    const client = new Client(world.hub.ownerUrl);
    await client.connect();
    try {
      await client.query('begin');
      const done = await work(async <R>(statement: Sql<R>) => {
        const { sql: text, parameters } = compile(statement);
        return (await client.query(text, parameters as unknown[])).rows as R[];
      });
      await client.query('commit');
      return done;
    } finally {
      await client.end();
    }
  };
  jobs = { owner, log, exchange: world.driver } as JobDeps;
}, 60_000);
afterAll(() => world.remove());

const owner = <T extends Record<string, unknown>>(text: string, values?: unknown[]) =>
  sql<T>(world.hub.ownerUrl, text, values);
const count = async (from: string) => (await owner<{ n: number }>(`select count(*)::int as n from ${from}`))[0]!.n;
const run = (task: { run(payload: object, job: never): Promise<void> }, today = NOW) =>
  task.run({}, { deps: jobs, today } as never);
/** Puts another file in the place of the partners', which the next command's start reads. */
async function withPartners<T>(
  change: (partners: { agreement: object }[]) => object[],
  work: () => Promise<T>,
): Promise<T> {
  const before = await readFile(world.file, 'utf8');
  const { partners, ...rest } = JSON.parse(before);
  await writeFile(world.file, JSON.stringify({ ...rest, partners: change(partners) }));
  await world.exchange('status');
  try {
    return await work();
  } finally {
    await writeFile(world.file, before);
  }
}
/** Every row that travels, at its revision. */
const ROWS = `(select id, revision from credit_record union all select id, revision from commitment
  union all select id, revision from list_entry where listed_on is not null
  union all select s.id, s.revision from subject s join catalogue_item i on i.id = s.source_item_id where i.code like 'DJ%') r`;
const statesOf = async (one: City) =>
  (await one.state()).map(([id, content]) => `${id} ${(content as { revision: number }).revision}`).sort();

test('partners of the file are there before anything was sent, and so is what waits to be numbered', async () => {
  const { lines } = await world.exchange('status');
  expect(lines.slice(0, 2)).toMatchObject([
    { partner: 'city', accepted: 0 },
    { partner: 'narrow', accepted: 0 },
  ]);
  expect(lines[2]).toEqual({
    outbox: { changes: await count('exchange_change'), ageSeconds: expect.any(Number), lastSeq: 0 },
  });
  expect(lines[2].outbox.changes).toBeGreaterThan(100);
});

describe('marks that are owed to nobody', () => {
  test('stay while there is a partner', async () => {
    const before = await count('exchange_change');
    await run(thinExchange);
    expect(await count('exchange_change')).toBe(before);
  });

  test('are let go where there is none; the first partner gets every row as it stands, a late commit’s too', async () => {
    await owner(
      `update credit_record set revision_reason = 'x' where id in (select id from credit_record order by id limit 3)`,
    );
    const late = new Client(world.hub.ownerUrl);
    await late.connect();
    await late.query('begin');
    await late.query(
      `update commitment set revision_reason = 'late' where id = (select id from commitment order by id limit 1)`,
    );
    await withPartners(
      () => [],
      async () => {
        await run(thinExchange);
        expect(await count('exchange_change')).toBe(0);
        await late.query('commit');
        await late.end();
        // What is not there yet when they are let go has its mark all the same.
        expect(await count('exchange_change')).toBe(1);
      },
    );
    expect((await world.exchange('deliver', '--partner', 'city')).lines[0]).toMatchObject({ outcome: 'DONE' });
    const rows = await owner<{ id: string; revision: number }>(`select id, revision from ${ROWS}`);
    expect(await statesOf(city)).toEqual(rows.map(({ id, revision }) => `${id} ${revision}`).sort());
    const seen = await city.seen();
    expect([seen.applied, seen.repeated, seen.outOfOrder]).toEqual([rows.length, 0, []]);
    // Once: a second start finds nothing to be made again.
    await world.exchange('status');
    expect(await count('exchange_change')).toBe(0);
  }, 60_000);
});

describe('an agreement', () => {
  test('that is not there when a delivery comes by costs the partner nothing', async () => {
    await owner(`delete from exchange_agreement where partner = 'narrow'`);
    expect(await deliver(world.driver, 'narrow')).toMatchObject({ outcome: 'DONE', accepted: 0 });
    await world.exchange('status');
    expect((await deliver(world.driver, 'narrow')).accepted).toBeGreaterThan(10);
  });

  test('that lists more than before brings what was numbered long ago, in order for each subject', async () => {
    const narrow = world.cities['narrow'] as City;
    const before = (await narrow.seen()).applied;
    await withPartners(
      (partners) => partners.map((one, at) => (at === 1 ? { ...one, agreement: ALL } : one)),
      async () => {
        const { lines } = await world.exchange('deliver', '--partner', 'narrow');
        expect(lines[0].accepted).toBe((await count('exchange_message')) - before);
        expect(await statesOf(narrow)).toEqual(await statesOf(city));
        expect((await narrow.seen()).outOfOrder).toEqual([]);
        expect(await reconcile(world.driver, 'narrow', NOW)).toMatchObject({ lost: [], unknown: [] });
      },
    );
    // That lists less again: what was sent under the other one is nothing that the partner could not have.
    await world.exchange('status');
    expect(await reconcile(world.driver, 'narrow', NOW)).toMatchObject({ unknown: [] });
  }, 60_000);
});

describe('days to be compared', () => {
  test('are those of which something moved: one that was missed is asked about later, and one that lost is again', async () => {
    expect(await daysDue(world.driver, 'city', NOW)).toEqual([NOW]);
    // The night after, the city is down; the night after that it is there, and has lost a row.
    await city.faults({ down: true });
    await expect(run(reconcileExchange, '2026-11-25')).rejects.toThrow('could not be asked');
    await city.faults({});
    const lost = await city.drop();
    await run(reconcileExchange, '2026-11-26');
    const results = () =>
      owner<{ date: string; lost: number }>(
        `select date::text as date, lost from exchange_reconciliation where partner = 'city' order by run_at`,
      );
    expect(await results()).toEqual([
      { date: NOW, lost: 1 },
      { date: '2026-11-25', lost: 0 },
    ]);
    await city.faults({ lose: 1 });
    await deliver(world.driver, 'city', { force: true });
    await run(reconcileExchange, '2026-11-27');
    await city.faults({});
    await deliver(world.driver, 'city');
    await run(reconcileExchange, '2026-11-28');
    expect((await results()).filter(({ date }) => date === NOW).map(({ lost: n }) => n)).toEqual([1, 1, 0]);
    expect((await city.ledger()).filter(({ id }) => id === lost)).toHaveLength(1);
    expect(await daysDue(world.driver, 'city', NOW)).toEqual([]);
    const { lines } = await world.exchange('reconcile', '--partner', 'city');
    expect(lines).toEqual([{ partner: 'city', outcome: 'NOTHING_DUE' }]);
  }, 60_000);

  test('a replay begins at a day too, and takes one beginning', async () => {
    const all = await count(`exchange_delivery where partner = 'city'`);
    expect((await world.exchange('replay', '--partner', 'city', '--since', NOW)).lines).toEqual([
      { partner: 'city', since: NOW, replayed: all },
    ]);
    expect((await world.exchange('replay', '--partner', 'city', '--since', '2026-11-25')).lines[0].replayed).toBe(0);
    for (const args of [[], ['--from', '1', '--since', NOW], ['--since', '24.11.2026']])
      expect((await world.exchange('replay', '--partner', 'city', ...args)).code).toBe(2);
    const before = await city.seen();
    await deliver(world.driver, 'city');
    const after = await city.seen();
    expect([after.applied - before.applied, after.repeated - before.repeated]).toEqual([0, all]);
  }, 60_000);
});

test('a later answer about what was never sent is refused, and nothing is stored of it', async () => {
  const receipt = { id: randomUUID(), state: 'REJECTED', reason: '?' };
  const message = { id: randomUUID(), type: 'RECEIPT', receipt };
  const { body } = await city.post(world.hub.url, [message]);
  expect(body.receipts).toMatchObject([{ id: message.id, state: 'REJECTED', reason: expect.stringContaining('未曾') }]);
  expect(await count(`exchange_receipt where message_id = '${receipt.id}'`)).toBe(0);
});

test('a delivery to a partner that is down says with what, and so does one that waits for it', async () => {
  await owner(
    `update credit_record set revision_reason = 'y' where id = (select id from credit_record order by id limit 1)`,
  );
  await city.faults({ errors: true });
  await owner(`update exchange_partner set next_at = '-infinity'`);
  expect(await deliver(world.driver, 'city')).toMatchObject({ outcome: 'DOWN', error: 'HTTP 503' });
  await owner(`update exchange_partner set next_at = now() + interval '1 hour'`);
  expect(await deliver(world.driver, 'city')).toMatchObject({ outcome: 'WAITING', error: 'HTTP 503' });
  await city.faults({});
});
