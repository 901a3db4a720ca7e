import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { SubmitRecordsDocument } from '../generated/operations.js';
import { type Hub, startHub } from '../kit/hub.js';
import { body, DEPARTMENTS, departmentsCsv, penalties } from '../kit/samples.js';
import { sql } from '../kit/sql.js';

// What a department sends comes through queues, retries and platforms: in any order it must come to the same.

const SEED = 20261120;
let hub: Hub;
let folder: string;
let tokens: Record<string, string>;

beforeAll(async () => {
  hub = await startHub({ demo: false, now: '2026-11-20' });
  folder = await mkdtemp(join(tmpdir(), 'hub-order-'));
  const departments = join(folder, 'departments.csv');
  await writeFile(departments, departmentsCsv());
  await hub.cli(['departments', departments]);
  tokens = {
    XZCF_FR: await hub.token({ role: 'DEPARTMENT', department: DEPARTMENTS.MARKET.code }),
    YZSX_MD: await hub.token({ role: 'COURT', department: DEPARTMENTS.COURT.code }),
  };
});
afterAll(async () => {
  await hub.remove();
  await rm(folder, { recursive: true, force: true });
});

/** What happened, each as of another day: said, said otherwise, withdrawn, said again, withdrawn for good. */
const HISTORY = [
  { name: 'v1', asOf: '2026-11-10T04:00:00Z', version: 1, withdraw: false },
  { name: 'v2', asOf: '2026-11-11T04:00:00Z', version: 2, withdraw: false },
  { name: 'withdrawn', asOf: '2026-11-12T04:00:00Z', version: 2, withdraw: true },
  { name: 'v2 again', asOf: '2026-11-13T04:00:00Z', version: 2, withdraw: false },
  { name: 'v2 once more', asOf: '2026-11-14T04:00:00Z', version: 2, withdraw: false },
  { name: 'v1 withdrawn', asOf: '2026-11-15T04:00:00Z', version: 1, withdraw: true },
  { name: 'v1 withdrawn again', asOf: '2026-11-16T04:00:00Z', version: 1, withdraw: true },
] as const;
type Event = (typeof HISTORY)[number];
type Order = readonly Event[];

const [PENALTY] = [penalties()].map(({ header, rows }) =>
  Object.fromEntries(header.map((name, i) => [name, rows[0]?.[i] ?? ''])),
) as [Record<string, string>];
const ROWS: Record<string, (at: string, version: number) => Record<string, string>> = {
  XZCF_FR: (at, version) => ({
    ...PENALTY,
    行政处罚决定书文号: `汶市监处罚〔2026〕${at}号`,
    违法事实: `经营标签不符合规定的食品，第${version}次陈述`,
    '罚款金额(万元)': ['', '3', '12.5'][version] as string,
  }),
  YZSX_MD: (at, version) => ({
    名单代码: 'SXBZXR',
    主体名称: body(3).name,
    统一社会信用代码: body(3).code,
    文书号: `（2026）鲁0830执${at}号`,
    列入事由: `第${version}次陈述`,
    列入日期: '2026-11-01',
    截止日期: ['', '2027-11-01', '2028-05-01'][version] as string,
  }),
};
const TABLE: Record<string, string> = { XZCF_FR: 'credit_record', YZSX_MD: 'list_entry' };
const STATE: Record<string, string> = {
  XZCF_FR: `row(state, revoked_on, as_of, facts, fine, severity, public_from, public_until, expires_on, personal_text)::text`,
  YZSX_MD: `row(state, removed_on, as_of, reason, listed_on, ends_on)::text`,
};

let submissions = 0;
async function submit(item: string, { asOf, withdraw }: Event, rows: Record<string, string>[]): Promise<void> {
  for (let from = 0; from < rows.length; from += 1_000) {
    const input = { item, idempotencyKey: `n${++submissions}`, asOf, withdraw, rows: rows.slice(from, from + 1_000) };
    const { data, errors } = await hub.graphql(
      SubmitRecordsDocument,
      { input },
      { token: tokens[item], path: '/graphql/submit' },
    );
    expect(errors).toEqual([]);
    expect(data?.submitRecords.batch).toMatchObject({
      state: 'COMPLETED',
      rejections: {},
      accepted: input.rows.length,
    });
  }
}

/**
 * Plays every order on a row of its own: all the first events, then all the second ones, …; each step in a handful of
 * submissions. Answers what stands in the end, by order.
 */
async function play(item: string, name: string, orders: readonly Order[]): Promise<string[]> {
  const at = (order: number) => `${name}${order}`;
  const longest = Math.max(...orders.map(({ length }) => length));
  for (let step = 0; step < longest; step += 1) {
    for (const event of HISTORY) {
      const rows = orders.flatMap((order, i) => (order[step] === event ? [ROWS[item]!(at(i), event.version)] : []));
      await submit(item, event, rows);
    }
  }
  const found = await sql<{ document_no: string; state: string }>(
    hub.ownerUrl,
    `select document_no, ${STATE[item]} as state from ${TABLE[item]} where document_no like '%' || $1 || '%'`,
    [name],
  );
  expect(found).toHaveLength(orders.length);
  const states = new Map(found.map((row) => [new RegExp(`${name}(\\d+)号`).exec(row.document_no)?.[1], row.state]));
  return orders.map((_, i) => states.get(String(i)) ?? 'nothing');
}

const permutations = <T>(of: readonly T[]): T[][] =>
  of.length === 0 ? [[]] : of.flatMap((one, i) => permutations(of.toSpliced(i, 1)).map((others) => [one, ...others]));

/** The orders that did not come to what their own events, played in the order of time, come to. */
async function astray(item: string, name: string, orders: readonly Order[]): Promise<string[]> {
  const inTime = (order: Order) => [...new Set(order)].sort((a, b) => (a.asOf < b.asOf ? -1 : 1));
  const [states, expected] = [await play(item, name, orders), await play(item, `${name}T`, orders.map(inTime))];
  return orders.flatMap((order, i) =>
    states[i] === expected[i]
      ? []
      : [`${order.map((event) => event.name).join(', ')}: ${states[i]}, not ${expected[i]}`],
  );
}

const items = ['XZCF_FR', 'YZSX_MD'];

test.each(items)('%s: v1, v2, withdrawn, v2 again, in every order: one state', async (item) => {
  const states = await play(item, 'P', permutations(HISTORY.slice(0, 4)));
  expect(states).toHaveLength(24);
  expect(new Set(states).size).toBe(1);
  expect(states[0]).toMatch(/ACTIVE|LISTED/);
});

test.each(items)('%s: v1, v2, withdrawn, in every order: withdrawn', async (item) => {
  const states = await play(item, 'W', permutations(HISTORY.slice(0, 3)));
  expect(new Set(states).size).toBe(1);
  expect(states[0]).toMatch(/^\(REVOKED,2026-11-12,/);
});

test.each(items)(
  '%s: 1,000 shuffles of some of a longer history, some of it twice: as in the order of time',
  async (item) => {
    const some = fc
      .array(fc.constantFrom(...HISTORY), { minLength: 3, maxLength: 9 })
      .chain((events) => fc.shuffledSubarray(events, { minLength: events.length, maxLength: events.length }));
    const orders = fc.sample(some, { numRuns: 1_000, seed: SEED });
    expect(new Set(orders.map((order) => order.map(({ name }) => name).join())).size).toBeGreaterThan(800);
    expect(await astray(item, 'S', orders)).toEqual([]);
  },
  300_000,
);
