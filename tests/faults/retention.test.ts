import { randomUUID } from 'node:crypto';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Client } from 'pg';
import type { SignedHead } from '../../src/audit/head.js';
import { provesInclusion, treeOf } from '../../src/audit/merkle.js';
import type { Fault, Verdict } from '../../src/audit/verify.js';
import { POSTGRES_ROLES } from '../../src/permissions/roles.js';
import { createLogger } from '../../src/platform/logger.js';
import { ensureCluster } from '../../src/platform/postgres/cluster.js';
import { superuserClient } from '../../src/platform/postgres/hold.js';
import { type Database, openDatabase } from '../../src/platform/postgres/index.js';
import { DATABASE } from '../../src/platform/postgres/logins.js';
import { type Hub, startHub } from '../kit/hub.js';

const tree = treeOf('SHA-256');
const bytes = (hex: string) => Buffer.from(hex, 'hex');
const SUBJECT = randomUUID();
const HELD = randomUUID();

let hub: Hub;
let folder: string;
let database: Database;
let superuser: Client;
let away: SignedHead;

const file = (name: string) => join(folder, name);
const audit = (...args: string[]) => hub.cli(['audit', ...args]);
const json = async (...args: string[]) => JSON.parse((await audit(...args, '--json')).stdout);
const count = async (from: string): Promise<number> =>
  (await superuser.query(`select count(*)::int as n from ${from}`)).rows[0].n;

const KEPT = ['access_event', 'audit_leaf', 'audit_retired', 'audit_retirement'];

async function look(months: number, more: { id?: string; labels?: string[]; consent?: string } = {}): Promise<void> {
  await superuser.query(
    `insert into access_event (id, at, actor, role, operation, operation_hash, subject_ids, labels, consent_id, outcome)
     values ($1, now() - make_interval(months => $2, days => 1), 'zhang', 'DEPARTMENT', 'subject', 'x', $3, $4, $5, 'OK')`,
    [more.id ?? randomUUID(), months, [SUBJECT], more.labels ?? [], more.consent ?? null],
  );
}

beforeAll(async () => {
  hub = await startHub({ demo: false });
  expect(await hub.stop()).toBe(0);
  folder = await mkdtemp(join(tmpdir(), 'hub-retention-'));
  const quiet = createLogger({ level: 'fatal', to: 'stderr' });
  database = await openDatabase({ dataDir: hub.dataDir, database: null }, quiet, POSTGRES_ROLES);
  superuser = superuserClient(await ensureCluster(hub.dataDir), DATABASE);
  await superuser.connect();
  for (let i = 0; i < 4; i++) await look(7, { labels: ['GOVERNMENT'] });
  for (let i = 0; i < 2; i++) await look(7);
  for (let i = 0; i < 3; i++) await look(7, { labels: ['GOVERNMENT', 'PERSONAL'] });
  await look(7, { labels: ['GOVERNMENT'], consent: randomUUID() });
  for (let i = 0; i < 2; i++) await look(37, { labels: ['PERSONAL'] });
  await look(8, { id: HELD, labels: ['GOVERNMENT'] });
  for (let i = 0; i < 3; i++) await look(5, { labels: ['GOVERNMENT'] });
  await superuser.query(
    `insert into patrol_finding (id, rule, rule_version, fact_key, found_on, due_on, observed, first_at, last_at, event_ids)
     values ($1, 'LOOKUP_OF_SELF', 'v', 'k', '2026-01-01', '2026-01-09', 1, now(), now(), array[$2]::uuid[])`,
    [randomUUID(), HELD],
  );
  const head = (await audit('head')).stdout;
  away = JSON.parse(head);
  await writeFile(file('head.json'), head);
  await writeFile(file('public.pem'), (await audit('key')).stdout);
  await superuser.query('set session_replication_role = replica');
});
afterAll(async () => {
  await superuser?.end();
  await database?.close();
  await hub?.remove();
  await rm(folder, { recursive: true, force: true });
});

const verified = async (...args: string[]): Promise<{ code: number | null; faults: string[]; retired: number }> => {
  const { code, stdout } = await audit('verify', '--json', ...args);
  const { faults, retired } = JSON.parse(stdout) as Verdict;
  return {
    code,
    faults: faults.map(({ kind, from, to }: Fault) => `${kind} ${from}-${to - 1}`),
    retired: retired.reduce((sum, { from, to }) => sum + to - from, 0),
  };
};

const remember = async () => {
  for (const table of KEPT)
    await superuser.query(`drop table if exists kept_${table}; create table kept_${table} as table ${table}`);
  await cp(join(hub.dataDir, 'audit'), file('kept'), { recursive: true });
};
const restored = async () => {
  await superuser.query(`truncate ${KEPT.join(', ')}`);
  for (const table of KEPT) await superuser.query(`insert into ${table} table kept_${table}`);
  await cp(file('kept'), join(hub.dataDir, 'audit'), { recursive: true, force: true });
};

// past six months: 4 + 2 + the held one; past three years: 2
const DUE = { '6': 7, '36': 2 };
const REMOVED = 8;

test('a dry run says what is past its term, and removes nothing', async () => {
  expect(await json('retain', '--dry-run')).toEqual({ due: DUE, held: 1, removed: 0 });
  expect(await count('access_event')).toBe(away.size);
  expect((await audit('retain', '--dry-run')).stdout).toContain('nothing was removed');
});

describe('by a slip nothing goes before its time', () => {
  test('as the owner of the tables', async () => {
    const owner = superuserClient(await ensureCluster(hub.dataDir), DATABASE);
    await owner.connect();
    const retirement = randomUUID();
    const retired = (seq: string, months: number) =>
      `insert into audit_retired select seq, '${retirement}', (at at time zone 'UTC')::date, ${months} from access_event where ${seq}`;
    for (const [text, said] of [
      [`delete from access_event where id = '${HELD}'`, 'only added to'],
      [retired(`at > now() - interval '6 months'`, 6), 'not past its term'],
      [retired(`at < now() - interval '7 months' and at > now() - interval '30 months'`, 36), 'not past its term'],
      [retired(`at < now() - interval '7 months'`, 5), 'check constraint'],
      ['truncate audit_retirement cascade', 'only added to'],
    ] as const) {
      await expect(owner.query(text)).rejects.toThrow(said);
    }
    await owner.end();
  });
});

test('one that was bent to look old does not go, and nothing else does', async () => {
  await remember();
  await superuser.query(`update access_event set at = at - interval '40 months' where labels = '{}'`);
  const { code, stderr } = await audit('retain');
  expect([code, stderr]).toEqual([2, expect.stringContaining('not whole')]);
  expect(await count('access_event')).toBe(away.size);
  await restored();
});

describe('what is past its term goes', () => {
  const gone: string[] = [];

  test('and no more; the log stays whole for its copy, for an earlier head, and for who has only an export', async () => {
    const before = (await superuser.query('select id, seq::int as seq from access_event order by seq')).rows;
    expect(await json('retain')).toEqual({ due: DUE, held: 1, removed: REMOVED });
    const { rows: after } = await superuser.query('select id, operation, case_no from access_event order by seq');
    const left = new Set(after.map(({ id }) => id));
    gone.push(...before.filter(({ id }) => !left.has(id)).map(({ id }) => id));
    expect(gone).toHaveLength(REMOVED);
    expect(left.has(HELD)).toBe(true);
    // the log itself tells that entries went
    expect(after.at(-1)).toMatchObject({ operation: 'retainAudit' });
    expect(await count('audit_leaf')).toBe(away.size + 1);
    for (const given of [[], ['--head', file('head.json')]]) {
      expect(await verified(...given)).toEqual({ code: 0, faults: [], retired: REMOVED });
    }
    expect((await audit('verify')).stdout).toMatch(/期满移除 retired {2}\d/);
    const { stdout } = await audit('export');
    expect(stdout).not.toContain(gone[0]);
    await writeFile(file('export.jsonl'), stdout);
    const offline = ['--export', file('export.jsonl'), '--key', file('public.pem'), '--head', file('head.json')];
    expect(await verified(...offline)).toEqual({ code: 0, faults: [], retired: REMOVED });
  });

  test('a second time nothing is left to go', async () => {
    expect(await json('retain')).toEqual({ due: { '6': 1 }, held: 1, removed: 0 });
  });

  test('what is gone can still be proven by its hash, and what is kept by its text', async () => {
    const [kept] = (await superuser.query(`select id from access_event where labels = '{GOVERNMENT,PERSONAL}' limit 1`))
      .rows;
    for (const [id, there] of [
      [gone[0] as string, false],
      [kept.id as string, true],
    ] as const) {
      const { entry, leaf, index, head, proof } = JSON.parse((await audit('prove', id)).stdout);
      expect(entry !== null).toBe(there);
      const hash = entry === null ? bytes(leaf) : tree.leaf(entry);
      expect(provesInclusion(tree, hash, index, head.size, proof.map(bytes), bytes(head.root))).toBe(true);
    }
    const { proof, to } = JSON.parse((await audit('consistency', file('head.json'))).stdout);
    expect([proof.length > 0, to.size > away.size]).toEqual([true, true]);
  });

  test('the log shows nothing of it to anybody', async () => {
    const again = await startHub({ dataDir: hub.dataDir, demo: false });
    const token = await again.token({ role: 'AUDITOR' });
    const { data, errors } = await again.graphql(
      '{ accessEvents(first: 100) { totalCount nodes { operation } } }',
      {},
      { token, headers: { 'x-hub-purpose': 'AUDIT' } },
    );
    expect(errors).toEqual([]);
    // those that are kept, the retirement, and nothing in the place of what is gone
    expect(data.accessEvents.totalCount).toBe(away.size - REMOVED + 1);
    expect(data.accessEvents.nodes).toHaveLength(away.size - REMOVED + 1);
    await again.stop();
  });
});

describe('bent by the superuser after a retirement, it is found', () => {
  let seq: number;
  beforeAll(async () => {
    await audit('head');
    await remember();
    seq = (await superuser.query(`select max(seq)::int as seq from access_event where operation = 'subject'`)).rows[0]
      .seq;
  });
  beforeEach(restored);

  test('a kept entry edited, or taken away', async () => {
    await superuser.query(`update access_event set actor = 'li' where seq = ${seq}`);
    expect((await verified()).faults).toEqual([`ALTERED ${seq}-${seq}`]);
    await superuser.query(`delete from access_event where seq = ${seq}`);
    expect((await verified()).faults).toEqual([`MISSING ${seq}-${seq}`]);
  });

  test('taken away under a retirement that nobody signed', async () => {
    await superuser.query(`
      insert into audit_retirement (id, entries, statement) select '${SUBJECT}', 1, statement || '{"id":"${SUBJECT}"}' from audit_retirement limit 1;
      insert into audit_retired select seq, '${SUBJECT}', '2020-01-01', 6 from access_event where seq = ${seq};
      delete from access_event where seq = ${seq}`);
    expect((await verified()).faults).toEqual([`RETIREMENT_FORGED ${seq}-${seq}`, `MISSING ${seq}-${seq}`]);
  });

  test('slipped into one that was signed', async () => {
    await superuser.query(`
      insert into audit_retired select ${seq}, retirement_id, day, months from audit_retired limit 1;
      delete from access_event where seq = ${seq}`);
    const { faults, retired } = await verified();
    expect(retired).toBe(0);
    expect(faults[0]).toMatch(/^RETIREMENT_FORGED /);
    expect(faults).toContain(`MISSING ${seq}-${seq}`);
  });

  test('the trace of one that went taken away, or the whole retirement', async () => {
    await superuser.query('delete from audit_retired where seq = (select min(seq) from audit_retired)');
    expect((await verified()).code).toBe(1);
    await superuser.query('truncate audit_retired, audit_retirement');
    const { code, faults } = await verified();
    expect([code, faults.filter((one) => one.startsWith('MISSING')).length]).toEqual([1, REMOVED]);
  });

  test('the hash of one that went put in another’s place', async () => {
    const { rows } = await superuser.query('select seq::int as seq from audit_retired order by seq limit 1');
    await superuser.query(`update audit_leaf set leaf = decode(repeat('00', 32), 'hex') where seq = ${rows[0].seq}`);
    expect((await verified()).faults).toContain(`HASH_ALTERED ${rows[0].seq}-${rows[0].seq}`);
  });

  test('and an export in which one more line is said to be gone', async () => {
    const lines = (await audit('export')).stdout.trimEnd().split('\n');
    const line = lines.find((one) => one.startsWith('{"gone"')) as string;
    await writeFile(
      file('bent.jsonl'),
      lines.with(seq, JSON.stringify({ gone: { ...JSON.parse(line).gone, seq } })).join('\n'),
    );
    const offline = ['--export', file('bent.jsonl'), '--key', file('public.pem'), '--head', file('head.json')];
    const { code, faults } = await verified(...offline);
    expect([code, faults[0]]).toEqual([1, expect.stringMatching(/^RETIREMENT_FORGED /)]);
  });
});

test('what was held goes once its finding is closed', async () => {
  await restored();
  await superuser.query(`update patrol_finding set state = 'DISMISSED', closed_on = '2026-11-20'`);
  expect(await json('retain')).toMatchObject({ held: 0, removed: 1 });
  expect(await verified('--head', file('head.json'))).toEqual({ code: 0, faults: [], retired: REMOVED + 1 });
});
