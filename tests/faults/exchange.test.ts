import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DEPARTMENTS } from '../../src/demo/cast.js';
import { deliverAll, deliver as deliverTo } from '../../src/exchange/deliver.js';
import { reconcile as reconcileWith } from '../../src/exchange/reconcile.js';
import { replay } from '../../src/exchange/replay.js';
import { compile, type Sql } from '../../src/platform/sql.js';
import type { Reconciliation } from '../../src/services/exchange/reconcile.js';
import { exchangeStatus } from '../../src/services/exchange/status.js';
import type { City } from '../kit/city.js';
import { citizenId } from '../kit/codes.js';
import { type ExchangeWorld, startExchange } from '../kit/exchange.js';
import { random } from '../kit/random.js';
import { sql } from '../kit/sql.js';

const NOW = '2026-11-24';
const SEED = 20261126;
const KILLS = 20;
const OFFICE = DEPARTMENTS.DEVELOPMENT_REFORM.code;
let world: ExchangeWorld;
let [killed, clean, lossy]: City[] = [];

beforeAll(async () => {
  world = await startExchange(['killed', 'clean', 'lossy', 'down'], {
    hub: { now: NOW },
    partner: {
      killed: { batch: 8 },
      clean: { retry: { firstSeconds: 60, longestSeconds: 120, attempts: 3 } },
      down: { receiver: { kind: 'HTTP', url: 'http://127.0.0.1:9', timeoutSeconds: 1 } },
    },
  });
  ({ killed, clean, lossy } = world.cities as Record<string, City>);
}, 60_000);
afterAll(() => world.remove());

const owner = <T extends Record<string, unknown>>(text: string, values?: unknown[]) =>
  sql<T>(world.hub.ownerUrl, text, values);
const deliver = (partner: string, force = true) => deliverTo(world.driver, partner, { force });
const statusOf = async (partner: string) => {
  const rows = await exchangeStatus(async (statement: unknown) => {
    const { sql: text, parameters } = compile(statement as Sql);
    return (await owner(text, [...parameters])) as never;
  });
  return rows.find((one) => one.partner === partner);
};
/** What the agreement lists, counted by itself: here all of them. */
const messages = async () => (await owner<{ n: number }>('select count(*)::int as n from exchange_message'))[0]?.n;

test('twenty kills at random points of a delivery: each message is applied once, in order, and the end is that of a clean run', async () => {
  const chance = random(SEED);
  let kills = 0;
  while (kills < KILLS) {
    const at = (['received', 'applied', 'answered'] as const)[Math.floor(chance() * 3)] ?? 'received';
    const reached = killed!.watch(at, 1 + Math.floor(chance() * 8)).then(() => 'reached' as const);
    const { child, ended } = world.start('deliver', '--partner', 'killed');
    const first = await Promise.race([reached, ended.then(() => 'ended' as const)]);
    if (first === 'ended') throw new Error(`only ${kills} kills before there was nothing left to deliver`);
    child.kill('SIGKILL');
    await ended;
    kills += 1;
  }
  expect(await deliver('killed')).toMatchObject({ outcome: 'DONE' });
  expect(await deliver('clean')).toMatchObject({ outcome: 'DONE' });

  const [after, without] = [await killed!.seen(), await clean!.seen()];
  expect(after.applied).toBe(await messages());
  expect(new Set((await killed!.ledger()).map(({ id }) => id)).size).toBe(after.applied);
  expect([after.outOfOrder, without.outOfOrder]).toEqual([[], []]);
  expect([without.applied, without.repeated]).toEqual([after.applied, 0]);
  // A kill between the answer and its being stored is what repeats a message: there were some, or nothing was shown.
  expect(after.repeated).toBeGreaterThan(0);
  expect(await killed!.state()).toEqual(await clean!.state());
}, 180_000);

describe('a city that acknowledges and loses 1 in 50', () => {
  const reconcile = async () => (await reconcileWith(world.driver, 'lossy', NOW)) as Reconciliation;

  test('reconciliation finds every lost message, and they are sent again', async () => {
    await lossy!.faults({ lose: 50 });
    await deliver('lossy');
    const { lost, applied } = await lossy!.seen();
    const all = (await messages()) ?? 0;
    expect([lost.length, applied + lost.length]).toEqual([Math.floor(all / 50), all]);
    const {
      code,
      lines: [found],
    } = await world.exchange('reconcile', '--date', NOW, '--partner', 'lossy');
    expect(code).toBe(1);
    expect([...found.lost].sort()).toEqual([...lost].sort());
    expect(found).toMatchObject({
      sent: all,
      accepted: all,
      rejected: 0,
      doubled: [],
      altered: [],
      unknown: [],
    });

    await lossy!.faults({});
    expect(await deliver('lossy')).toMatchObject({ accepted: lost.length });
    const again = await reconcile();
    expect([again.lost, again.hash]).toEqual([[], again.partnerHash]);
    expect(await lossy!.state()).toEqual(await clean!.state());
  }, 30_000);

  test('a doubled, an altered and a dropped row are found by themselves, and come to their provider as cases', async () => {
    const [altered, doubled] = [await lossy!.alter(3), await lossy!.double(8)];
    const dropped = await lossy!.drop(20);
    expect(await reconcile()).toMatchObject({
      lost: [dropped],
      doubled: [doubled],
      altered: [altered],
      unknown: [],
    });
    const cases = await owner(
      `select c.kind, c.message_id as id, c.department_id = m.provider_id as own from exchange_case c
       join exchange_message m on m.id = c.message_id order by c.kind`,
    );
    expect(cases).toEqual([
      { kind: 'ALTERED', id: altered, own: true },
      { kind: 'DOUBLED', id: doubled, own: true },
    ]);
    // The same again finds the same, and opens no second case.
    await reconcile();
    expect((await owner('select 1 from exchange_case')).length).toBe(2);
  }, 30_000);

  test('a row that was never sent comes to the credit office as a case, which names its key by the digest alone', async () => {
    const [id, key] = [randomUUID(), citizenId('19850214', 232)];
    await lossy!.invent(id, NOW);
    await lossy!.invent(key, NOW);
    expect([...(await reconcile()).unknown].sort()).toEqual([id, key].sort());
    const cases = () =>
      owner<{ reason: string }>(
        `select c.message_id as id, c.partner, c.state, c.reason, 'DEVELOPMENT_REFORM' = any(d.functions) as office, c.subject_id
         from exchange_case c join department d on d.id = c.department_id where c.kind = 'UNKNOWN'`,
      );
    const found = await cases();
    const digests = [id, key].map((one) => createHash('sha256').update(one).digest('base64url'));
    const case_ = { partner: 'lossy', state: 'OPEN', office: true, subject_id: null };
    expect(found).toHaveLength(2);
    for (const digest of digests)
      expect(found).toContainEqual({ ...case_, id: expect.any(String), reason: expect.stringContaining(digest) });
    expect(found.map((one) => (one as { id?: string }).id)).toContain(id);
    expect(JSON.stringify(found)).not.toContain(key);
    // Found again it is the same case; answered, it is not asked again.
    await reconcile();
    expect(await cases()).toHaveLength(2);
    const token = await world.hub.token({ role: 'DEPARTMENT', department: OFFICE });
    const list = `{ exchangeCases(first: 50) { nodes { id kind } } }`;
    const { nodes } = (await world.hub.graphql(list, {}, { token })).data.exchangeCases;
    const unknown = nodes.filter(({ kind }: { kind: string }) => kind === 'UNKNOWN');
    expect(unknown).toHaveLength(2);
    const answer = `mutation ($input: AnswerExchangeCaseInput!) { answerExchangeCase(input: $input) { case { state } } }`;
    const input = { id: unknown[0].id, answer: '对方历史数据' };
    expect((await world.hub.graphql(answer, { input }, { token })).errors).toEqual([]);
    await reconcile();
    expect((await cases()).map((one) => (one as { state?: string }).state).sort()).toEqual(['ANSWERED', 'OPEN']);
    const resend = `mutation ($input: ResubmitExchangeCaseInput!) { resubmitExchangeCase(input: $input) { case { state } } }`;
    const refused = await world.hub.graphql(resend, { input: { id: unknown[1].id, note: '请重发' } }, { token });
    expect(refused.errors[0]?.extensions.code).toBe('PRECONDITION_FAILED');
  }, 30_000);
});

test('replay from a number brings a city that lost everything back, and repeats at one that did not', async () => {
  await lossy!.forget();
  expect((await world.exchange('replay', '--from', '1', '--partner', 'lossy')).lines[0].replayed).toBe(
    await messages(),
  );
  await deliver('lossy');
  expect(await lossy!.state()).toEqual(await clean!.state());

  const [last] = await owner<{ seq: string }>('select max(seq) - 9 as seq from exchange_message');
  expect(await replay(world.driver, 'clean', { from: Number(last?.seq) })).toBe(10);
  const before = await clean!.seen();
  await deliver('clean');
  const after = await clean!.seen();
  expect([after.applied - before.applied, after.repeated - before.repeated]).toEqual([0, 10]);
}, 30_000);

describe('faults of the other side', () => {
  /** Every row that is revised leaves one more message. */
  const revise = (n: number) =>
    owner(
      `update credit_record set revision_reason = 'x' where id in (
      select distinct on (subject_id) id from credit_record where subject_kind <> 'NATURAL_PERSON' order by subject_id limit $1)`,
      [n],
    );

  test.each([
    ['down', { down: true }],
    ['answering errors', { errors: true }],
  ])(
    'a partner that is %s blocks no other, waits, and is served when it is back',
    async (_name, fault) => {
      await revise(3);
      await clean!.faults(fault);
      const lines = await deliverAll(world.driver, { force: true });
      const of = Object.fromEntries(lines.map((line) => [line.partner, line]));
      expect([of.killed?.outcome, of.killed?.accepted, of.lossy?.outcome]).toEqual(['DONE', 3, 'DONE']);
      expect([of.clean?.outcome, of.down?.outcome]).toEqual(['DOWN', 'DOWN']);
      const status = await statusOf('clean');
      expect(status).toMatchObject({ pending: 3, failures: 1, rejected: 0, parked: 0 });
      expect(status?.lastError).not.toMatch(/127\.0\.0\.1|http/);

      await clean!.faults({});
      await deliver('clean');
      expect(await clean!.state()).toEqual(await killed!.state());
    },
    30_000,
  );

  test('a partner that is slow beyond its time is left, and is told apart from one that is down by its error', async () => {
    await revise(2);
    await killed!.faults({ slow: true });
    await deliver('killed');
    const status = await statusOf('killed');
    expect(status).toMatchObject({ pending: 2, lastError: 'no answer in time' });
    await killed!.faults({});
    await deliverAll(world.driver, { force: true });
    expect(await killed!.state()).toEqual(await clean!.state());
  }, 30_000);

  test.each(['unsigned', 'forged', 'altered', 'replayed'] as const)(
    'an answer that is %s counts as none, is on record, and the messages are taken once when it is signed again',
    async (answers) => {
      const events = async () =>
        (
          await owner(
            `select 1 from access_event where operation = 'deliverExchange' and actor = 'clean' and outcome = 'UNAUTHENTICATED'`,
          )
        ).length;
      const before = await events();
      await revise(3);
      await clean!.faults({ answers });
      expect(await deliver('clean')).toMatchObject({ outcome: 'DOWN', accepted: 0, rejected: 0, faults: 0 });
      expect(await statusOf('clean')).toMatchObject({
        pending: 3,
        failures: 1,
        parked: 0,
        lastError: 'an answer without the partner’s signature',
      });
      expect(await reconcileWith(world.driver, 'clean', NOW)).toBe('DOWN');
      expect(await events()).toBe(before + 2);

      const seen = await clean!.seen();
      await clean!.faults({});
      expect(await deliver('clean')).toMatchObject({ outcome: 'DONE', accepted: 3 });
      const after = await clean!.seen();
      expect([after.applied - seen.applied, after.repeated - seen.repeated]).toEqual([0, 3]);
    },
    30_000,
  );

  test('answers that come twice are one answer', async () => {
    await revise(4);
    await clean!.faults({ twice: true });
    expect(await deliver('clean')).toMatchObject({ outcome: 'DONE', accepted: 4 });
    await clean!.faults({});
    expect(await reconcileWith(world.driver, 'clean', NOW)).toMatchObject({
      lost: [],
      doubled: [],
      altered: [],
      unknown: [],
    });
  }, 30_000);

  test('a poison message is tried some times, parked as a case with its reason, and holds up its own subject alone meanwhile', async () => {
    const [row] = await owner<{ id: string; subject: string }>(
      `select id, subject_id as subject from credit_record where subject_kind <> 'NATURAL_PERSON' order by subject_id limit 1`,
    );
    await clean!.faults({ poison: row!.id });
    await owner(`update credit_record set revision_reason = 'poison' where id = $1`, [row!.id]);
    await owner(
      `update credit_record set revision_reason = 'behind' where id = (select id from credit_record where subject_id = $1 and id <> $2 limit 1)`,
      [row!.subject, row!.id],
    );
    await owner(
      `update credit_record set revision_reason = 'other' where id = (select id from credit_record where subject_id <> $1 limit 1)`,
      [row!.subject],
    );
    expect(await deliver('clean')).toMatchObject({ outcome: 'DONE', accepted: 1 });
    let parked = 0;
    for (let round = 0; round < 10 && parked === 0; round += 1) {
      await owner(`update exchange_delivery set next_at = '-infinity' where partner = 'clean'`);
      await deliver('clean');
      parked = (await statusOf('clean'))?.parked ?? 0;
    }
    expect(parked).toBe(1);
    const [found] = await owner(`select kind, reason from exchange_case where partner = 'clean'`);
    expect(found).toEqual({ kind: 'UNDELIVERABLE', reason: 'internal error of the city' });
    await deliver('clean');
    expect((await clean!.seen()).outOfOrder).toEqual([]);
    expect((await statusOf('clean'))?.pending).toBe(0);
  }, 30_000);
});
