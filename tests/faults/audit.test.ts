import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Client } from 'pg';
import type { SignedHead } from '../../src/audit/head.js';
import { provesConsistency, provesInclusion, treeOf } from '../../src/audit/merkle.js';
import type { Fault } from '../../src/audit/verify.js';
import { POSTGRES_ROLES } from '../../src/permissions/roles.js';
import { createLogger } from '../../src/platform/logger.js';
import { ensureCluster } from '../../src/platform/postgres/cluster.js';
import { superuserClient } from '../../src/platform/postgres/hold.js';
import { type Database, openDatabase } from '../../src/platform/postgres/index.js';
import { DATABASE } from '../../src/platform/postgres/logins.js';
import { type Hub, startHub } from '../kit/hub.js';

const EVENTS = 30;
const tree = treeOf('SHA-256');
const bytes = (hex: string) => Buffer.from(hex, 'hex');

let hub: Hub;
let folder: string;
let database: Database;
let superuser: Client;
/** signed before anyone touched anything, and given away */
let away: SignedHead;
let events: number;

const file = (name: string) => join(folder, name);
const logFolder = () => join(hub.dataDir, 'audit');
const audit = (...args: string[]) => hub.cli(['audit', ...args]);

async function refuse(times: number): Promise<void> {
  const token = await hub.token({ role: 'SYSTEM_ADMIN' });
  for (let i = 0; i < times; i++) {
    const { errors } = await hub.graphql('{ records { totalCount } }', {}, { token });
    expect(errors[0]?.extensions.code).toBe('FORBIDDEN');
  }
}

beforeAll(async () => {
  hub = await startHub();
  await refuse(EVENTS);
  expect(await hub.stop()).toBe(0);
  folder = await mkdtemp(join(tmpdir(), 'hub-audit-'));
  const quiet = createLogger({ level: 'fatal', to: 'stderr' });
  database = await openDatabase({ dataDir: hub.dataDir, database: null }, quiet, POSTGRES_ROLES);
  superuser = superuserClient(await ensureCluster(hub.dataDir), DATABASE);
  await superuser.connect();
  // As a superuser may: no trigger stands in the way.
  await superuser.query(`set session_replication_role = replica`);
  const { stdout } = await audit('head');
  away = JSON.parse(stdout);
  events = away.size;
  await writeFile(file('head.json'), stdout);
  await writeFile(file('public.pem'), (await audit('key')).stdout);
  await cp(logFolder(), file('kept'), { recursive: true });
  await superuser.query('create table kept_event as table access_event; create table kept_leaf as table audit_leaf');
});
afterAll(async () => {
  await superuser?.end();
  await database?.close();
  await hub?.remove();
  await rm(folder, { recursive: true, force: true });
});

async function restored(): Promise<void> {
  await superuser.query(`truncate access_event, audit_leaf;
    insert into access_event table kept_event; insert into audit_leaf table kept_leaf`);
  await cp(file('kept'), logFolder(), { recursive: true, force: true });
}

async function verified(...args: string[]): Promise<{ code: number | null; faults: string[]; stderr: string }> {
  const { code, stdout, stderr } = await audit('verify', '--json', ...args);
  const faults = stdout ? (JSON.parse(stdout).faults as Fault[]) : [];
  return { code, stderr, faults: faults.map(({ kind, from, to }) => `${kind} ${from}-${to - 1}`) };
}

/** Whoever knows how the log is made does the whole of it again: the hashes, and the copy on the disk too. */
async function recompute({ copyToo }: { copyToo: boolean }): Promise<void> {
  await writeFile(file('bent.jsonl'), (await audit('export')).stdout);
  const lines = (await readFile(file('bent.jsonl'), 'utf8')).trimEnd().split('\n');
  const leaves = lines.map((line) => tree.leaf(line));
  await superuser.query('truncate audit_leaf');
  await superuser.query(
    `insert into audit_leaf (seq, event_id, leaf)
     select place - 1, (line::jsonb ->> 'id')::uuid, decode(leaf, 'hex')
     from unnest($1::text[], $2::text[]) with ordinality as given(line, leaf, place)`,
    [lines, leaves.map((leaf) => leaf.toString('hex'))],
  );
  if (copyToo) await writeFile(join(logFolder(), 'leaves'), Buffer.concat(leaves));
}

const renumber = `with counted as (select id, row_number() over (order by seq, at) - 1 as n from access_event)
  update access_event e set seq = -1 - n from counted where counted.id = e.id;
  update access_event set seq = -1 - seq`;

test('the log is whole: every event numbered, nothing wrong, with and without the head', async () => {
  expect(events).toBeGreaterThanOrEqual(EVENTS);
  for (const args of [[], ['--head', file('head.json')]]) {
    expect(await verified(...args)).toEqual({ code: 0, faults: [], stderr: '' });
  }
  const { stdout } = await audit('verify');
  expect(stdout).toContain('完整 whole');
  expect(stdout).toContain(away.root);
});

test('nobody changes it by a slip: not even the owner of the table', async () => {
  const owner = superuserClient(await ensureCluster(hub.dataDir), DATABASE);
  await owner.connect();
  for (const text of [
    `update access_event set outcome = 'OK' where seq = 1`,
    'update access_event set seq = seq + 1000',
    'delete from access_event where seq = 1',
    'truncate access_event',
    'delete from audit_leaf where seq = 1',
    `update audit_leaf set leaf = leaf`,
  ]) {
    await expect(owner.query(text)).rejects.toThrow('the audit log is only added to');
  }
  await owner.end();
});

describe('bent by the superuser, it is found, and where', () => {
  beforeEach(restored);
  const HEAD = () => ['--head', file('head.json')];

  test('an entry edited', async () => {
    await superuser.query(`update access_event set actor = 'someone else' where seq = 7`);
    expect(await verified(...HEAD())).toMatchObject({ code: 1, faults: ['ALTERED 7-7'] });
    const { code, stdout } = await audit('verify');
    expect([code, stdout]).toEqual([1, expect.stringContaining('entry 7 is not what it was')]);
  });

  test.each(["at = at + interval '1 microsecond'", `purpose = 'AUDIT'`, `labels = '{PERSONAL}'`, `role = 'AUDITOR'`])(
    'an entry edited: %s',
    async (change) => {
      await superuser.query(`update access_event set ${change} where seq = 3`);
      expect((await verified()).faults).toEqual(['ALTERED 3-3']);
    },
  );

  test('an entry deleted in the middle', async () => {
    await superuser.query('delete from access_event where seq = 11');
    expect((await verified(...HEAD())).faults).toEqual(['MISSING 11-11']);
  });

  test('an entry deleted in the middle, the others moved up', async () => {
    await superuser.query(`delete from access_event where seq = 11; ${renumber}`);
    expect((await verified(...HEAD())).faults).toEqual(['MISSING 11-11']);
  });

  test('the tail cut', async () => {
    await superuser.query(`delete from access_event where seq >= 20; delete from audit_leaf where seq >= 20`);
    expect((await verified(...HEAD())).faults).toEqual([`CUT 20-${events - 1}`]);
    // and nothing new is taken in over it
    expect(await audit('head')).toMatchObject({ code: 2, stderr: expect.stringContaining('holds 20 entries') });
  });

  test('an entry inserted', async () => {
    await superuser.query(`insert into access_event select (jsonb_populate_record(e, jsonb_build_object('id', gen_random_uuid(), 'seq', null))).*
      from access_event e where seq = 5; update access_event set seq = 5 where seq is null and false`);
    await superuser.query(`alter table access_event drop constraint access_event_seq_key`);
    await superuser.query(`update access_event set seq = 5 where seq is null; ${renumber}`);
    await superuser.query(`alter table access_event add constraint access_event_seq_key unique (seq)`);
    expect((await verified(...HEAD())).faults).toEqual([expect.stringMatching(/^INSERTED [56]-/)]);
  });

  test('two entries put in each other’s place', async () => {
    await superuser.query(`update access_event set seq = -1 where seq = 4`);
    await superuser.query(`update access_event set seq = 4 where seq = 9`);
    await superuser.query(`update access_event set seq = 9 where seq = -1`);
    const { faults } = await verified(...HEAD());
    expect(faults.length).toBeGreaterThan(0);
    expect(faults.every((one) => /^MOVED [5-9]-/.test(one))).toBe(true);
  });

  test('the tail cut and filled up again', async () => {
    await superuser.query(`update access_event set id = gen_random_uuid(), operation = 'viewer' where seq >= 25`);
    await recompute({ copyToo: false });
    const { faults } = await verified(...HEAD());
    const places = Array.from({ length: events - 25 }, (_, i) => 25 + i);
    expect(faults.filter((one) => one.startsWith('ALTERED'))).toEqual(places.map((i) => `ALTERED ${i}-${i}`));
    expect(faults.filter((one) => one.startsWith('HASH_ALTERED'))).toHaveLength(places.length);
  });

  test('everything computed again, the copy on the disk too: only a signed head tells', async () => {
    const [{ n } = { n: 0 }] = (await superuser.query('select count(*)::int as n from access_event')).rows;
    expect(n).toBe(events);
    await superuser.query(`update access_event set actor = 'someone else' where seq = 7`);
    await recompute({ copyToo: true });
    // the heads kept beside the copy
    expect((await verified()).faults).toEqual([expect.stringMatching(/^COPY_ALTERED \d+-\d+$/)]);
    // those gone too, the one that was given away
    await rm(join(logFolder(), 'heads.jsonl'));
    expect(await verified()).toMatchObject({ code: 0 });
    expect(await verified(...HEAD())).toMatchObject({ code: 1, faults: [`COPY_ALTERED 0-${events - 1}`] });
  });

  test('a head that was not signed by the log', async () => {
    const line = (head: SignedHead) =>
      writeFile(join(logFolder(), 'heads.jsonl'), `${JSON.stringify(head)}\nnot one\n`);
    await line({ ...away, root: '0'.repeat(64) });
    const { faults } = await verified();
    expect(faults).toEqual([`HEAD_FORGED 0-${events - 1}`, 'HEAD_FORGED 0--1']);
  });
});

describe('without the hub: an export, the public key and an earlier head', () => {
  beforeEach(restored);
  const offline = async (text: string) => {
    await writeFile(file('export.jsonl'), text);
    return verified('--export', file('export.jsonl'), '--key', file('public.pem'), '--head', file('head.json'));
  };

  test('an export is whole, and longer ones are too', async () => {
    const { stdout } = await audit('export');
    expect(stdout.trimEnd().split('\n')).toHaveLength(events);
    expect(await offline(stdout)).toMatchObject({ code: 0, faults: [] });
    expect(await offline(`${stdout}{"v":1}\n`)).toMatchObject({ code: 0 });
  });

  test('a letter changed or a line lost is found', async () => {
    const { stdout } = await audit('export');
    const lines = stdout.split('\n');
    expect(await offline(stdout.replace('SYSTEM_ADMIN', 'PUBLIC'))).toMatchObject({ faults: [`ROOT 0-${events - 1}`] });
    expect((await offline(lines.toSpliced(3, 1).join('\n'))).code).toBe(1);
    expect((await offline(lines.with(3, '').join('\n'))).faults[0]).toBe('MISSING 3-3');
  });

  test('what it needs and did not get is said', async () => {
    expect(await audit('verify', '--export', file('export.jsonl'))).toMatchObject({ code: 2, stdout: '' });
    expect(await audit('verify', '--head', file('nothing.json'))).toMatchObject({
      code: 2,
      stderr: 'hub: --head must name a file with a head in it\n',
    });
  });
});

describe('proofs', () => {
  beforeEach(restored);

  test('one event stands in the log', async () => {
    const [{ id } = { id: '' }] = (await superuser.query('select id from access_event where seq = 12')).rows;
    const { stdout } = await audit('prove', id);
    const { entry, index, head, proof } = JSON.parse(stdout);
    expect([index, head.size, JSON.parse(entry).id]).toEqual([12, events, id]);
    const believed = (text: string) =>
      provesInclusion(tree, tree.leaf(text), index, head.size, proof.map(bytes), bytes(head.root));
    expect([believed(entry), believed(entry.replace('FORBIDDEN', 'OK'))]).toEqual([true, false]);
  });

  test('an earlier head is how the log of now began', async () => {
    const text = JSON.stringify(away);
    await writeFile(file('earlier.json'), text);
    await superuser.query(`insert into access_event (id, actor, role, operation, operation_hash, outcome)
      values (gen_random_uuid(), 'later', 'PUBLIC', 'viewer', '', 'OK')`);
    const { from, to, proof } = JSON.parse((await audit('consistency', file('earlier.json'))).stdout);
    expect([from, to.size]).toEqual([away, events + 1]);
    const ends = [from, to].map(({ size, root }) => ({ size, root: bytes(root) })) as [never, never];
    expect(provesConsistency(tree, ...ends, proof.map(bytes))).toBe(true);
  });
});

test('heads go to two holders, and an SM3 log stays an SM3 log', async () => {
  const taken: string[] = [];
  const holder = createServer((request, response) => {
    request.setEncoding('utf8').on('data', (text: string) => taken.push(text));
    request.on('end', () => response.writeHead(204).end());
  });
  await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
  const { port } = holder.address() as AddressInfo;
  const holders = [file('holder'), `http://127.0.0.1:${port}/heads`].join(',');
  const env = { HUB_AUDIT_HASH: 'SM3', HUB_AUDIT_HOLDERS: holders };
  const other = await startHub({ demo: false, dataDir: file('another'), env });
  try {
    await other.graphql('{ records { totalCount } }', {}, { token: await other.token({ role: 'SYSTEM_ADMIN' }) });
    expect(await other.stop()).toBe(0);
    const lines = (await readFile(join(other.dataDir, 'audit', 'heads.jsonl'), 'utf8')).trimEnd().split('\n');
    expect((await readFile(join(file('holder'), 'heads.jsonl'), 'utf8')).trimEnd().split('\n')).toEqual(lines);
    expect(taken).toEqual(lines);
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ hash: 'SM3', size: 1 });
    const given = ['--head', join(file('holder'), 'heads.jsonl')];
    expect(await other.cli(['audit', 'verify', ...given])).toMatchObject({ code: 0, stderr: '' });
    await writeFile(join(other.dataDir, 'audit', 'format.json'), '{"hash":"SHA-256"}');
    expect(await other.cli(['audit', 'head'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('HUB_AUDIT_HASH'),
    });
  } finally {
    holder.close();
    await other.remove();
  }
});
