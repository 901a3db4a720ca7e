import { type ChildProcess, spawn } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Client } from 'pg';
import { ALL_PERSONS } from '../../src/demo/organisations.js';
import { loadKeys } from '../../src/platform/crypto.js';
import { uuidv7 } from '../../src/platform/ids.js';
import { compile, type Sql } from '../../src/platform/sql.js';
import { dataKeys } from '../../src/services/custody/subjectKeys.js';
import { openTexts } from '../../src/services/personal.js';
import { type Hub, startHub } from '../kit/hub.js';
import { sql } from '../kit/sql.js';
import { projectRoot } from '../kit/templates.js';

const CLIENTS = 20;
const MANY = 20_000;

let hub: Hub;
let owner: Client;
beforeAll(async () => {
  hub = await startHub();
  owner = new Client(hub.ownerUrl);
  owner.on('error', () => undefined);
  await owner.connect();
});
afterAll(async () => {
  await owner?.end();
  await hub?.remove();
});

const keyFile = () => join(hub.dataDir, 'keys.json');
const keyFileNow = async () => JSON.parse(await readFile(keyFile(), 'utf8'));
/** Which keys of the key file the database has something sealed with. */
const versions = async () =>
  (
    await owner.query(`select distinct version from (
      select key_version as version from subject_key where wrapped is not null
      union all select split_part(answer, '.', 3) from idempotent_request where answer is not null) v order by 1`)
  ).rows.map(({ version }) => version);

const WHO = `query ($id: ID!) { node(id: $id) { ... on NaturalPerson { name citizenId } } }`;
const MAKE = `mutation ($input: MakeCommitmentInput!) { makeCommitment(input: $input) { commitment { id content } } }`;

/** One person asks who it is and says something with its phone number in it, again and again until told to stop. */
async function talks(n: number, stop: () => boolean): Promise<{ asked: number; faults: string[] }> {
  const person = ALL_PERSONS[n]!;
  const token = await hub.token({ role: 'SUBJECT', subject: person.globalId });
  const faults: string[] = [];
  let asked = 0;
  for (let last = false; !last; asked++) {
    last = stop();
    const who = await hub.graphql(WHO, { id: person.globalId }, { token });
    if (who.data?.node?.name !== person.name || who.data.node.citizenId !== person.number)
      faults.push(JSON.stringify(who));
    const content = `第${asked}次承诺，电话1380013${String(1000 + n)}`;
    const said = { input: { kind: 'VOLUNTARY_DISCLOSURE', content } };
    const headers = { 'idempotency-key': `${n}-${asked}` };
    const made = await hub.graphql(MAKE, said, { token, headers });
    if (made.data?.makeCommitment?.commitment.content !== content) faults.push(JSON.stringify(made));
    const again = await hub.graphql(MAKE, said, { token, headers });
    if (JSON.stringify(again.data) !== JSON.stringify(made.data)) faults.push(JSON.stringify(again));
  }
  return { asked, faults };
}

test('under load: no error, and nothing is left that the old key had sealed', async () => {
  expect(await versions()).toEqual(['k1']);
  let done = false;
  const talking = Array.from({ length: CLIENTS }, (_, n) => talks(n, () => done));
  const rotated = await hub.cli(['keys', 'rotate']);
  // They went on for as long as the rotation did, and once more after it.
  done = true;
  const told = await Promise.all(talking);
  expect([rotated.code, rotated.stderr]).toEqual([0, '']);
  expect(told.flatMap(({ faults }) => faults)).toEqual([]);
  expect(Math.min(...told.map(({ asked }) => asked))).toBeGreaterThan(1);
  expect(await versions()).toEqual(['k2']);
  expect(await keyFileNow()).toMatchObject({
    current: 'k2',
    fields: { k1: expect.any(String), k2: expect.any(String) },
  });
  expect((await stat(keyFile())).mode & 0o777).toBe(0o600);
}, 120_000);

test('the old key goes, and all that there is opens without it: in the server that runs, and in the next one', async () => {
  const { index, root } = await keyFileNow();
  expect((await hub.cli(['keys', 'prune'])).stdout).toContain('k1');
  expect(await keyFileNow()).toEqual({ current: 'k2', fields: { k2: expect.any(String) }, index, root });
  expect((await hub.cli(['keys', 'prune'])).stdout).toContain('—');
  expect((await talks(3, () => true)).faults).toEqual([]);
  await owner.end();
  await hub.stop();
  hub = await startHub({ dataDir: hub.dataDir });
  owner = new Client(hub.ownerUrl);
  owner.on('error', () => undefined);
  await owner.connect();
  const person = ALL_PERSONS[40]!;
  const token = await hub.token({ role: 'SUBJECT', subject: person.globalId });
  const { data } = await hub.graphql(WHO, { id: person.globalId }, { token });
  expect(data.node).toEqual({ name: person.name, citizenId: person.number });
}, 60_000);

describe('killed in the middle', () => {
  beforeAll(async () => {
    const keys = await loadKeys({ keyFile: keyFile(), database: null });
    const ids = Array.from({ length: MANY }, () => uuidv7());
    await owner.query(
      `insert into subject (id, kind, name, name_key, as_of) select id, 'NATURAL_PERSON', '某*', '某*', now() from unnest($1::uuid[]) id`,
      [ids],
    );
    const query = async <T>(statement: Sql<T> | { sql: string; parameters: readonly unknown[] }) => {
      const { sql: text, parameters } = compile(statement);
      return (await owner.query(text, [...parameters])).rows as T[];
    };
    await dataKeys({ query }, keys, ids, { fresh: true });
  }, 60_000);

  const left = async (version: string) =>
    (await owner.query(`select count(*)::int as n from subject_key where key_version = $1`, [version])).rows[0]
      .n as number;

  const rotating = (): ChildProcess =>
    spawn(process.execPath, [join(projectRoot, 'dist/cli.js'), 'keys', 'rotate'], {
      cwd: projectRoot,
      env: { ...process.env, HUB_DATA: hub.dataDir, HUB_DEMO: '0' },
      stdio: 'ignore',
    });

  test('nothing is lost, and the same again completes it under the same key', async () => {
    const child = rotating();
    const ended = new Promise((resolve) => child.once('close', resolve));
    while ((await left('k3')) === 0 && child.exitCode === null);
    child.kill('SIGKILL');
    await ended;
    expect(await left('k2')).toBeGreaterThan(0);
    expect(await left('k3')).toBeGreaterThan(0);
    expect((await talks(5, () => true)).faults).toEqual([]);
    expect((await hub.cli(['keys', 'prune'])).stdout).not.toContain('k2');
    const again = await hub.cli(['keys', 'rotate']);
    expect([again.code, again.stdout]).toEqual([0, expect.stringContaining('completed k3')]);
    expect([await left('k2'), await versions()]).toEqual([0, ['k3']]);
    expect((await talks(6, () => true)).faults).toEqual([]);
  }, 120_000);

  test('it waits for a transaction that sealed with the older key, and seals that anew too', async () => {
    const keys = await loadKeys({ keyFile: keyFile(), database: null });
    const slow = new Client(hub.ownerUrl);
    await slow.connect();
    await slow.query('begin');
    const [{ id }] = (
      await slow.query(`select id from subject s where kind = 'ENTERPRISE'
      and not exists (select 1 from subject_key k where k.subject_id = s.id) limit 1`)
    ).rows as [{ id: string }];
    const query = async <T>(statement: Sql<T> | { sql: string; parameters: readonly unknown[] }) => {
      const { sql: text, parameters } = compile(statement);
      return (await slow.query(text, [...parameters])).rows as T[];
    };
    await dataKeys({ query }, keys, [id]);
    let ended = false;
    const rotation = hub.cli(['keys', 'rotate']).finally(() => {
      ended = true;
    });
    // All that is committed is under the new key, and still it does not end.
    while ((await left('k4')) <= MANY || (await left('k3')) > 0);
    expect(ended).toBe(false);
    await slow.query('commit');
    await slow.end();
    expect((await rotation).code).toBe(0);
    expect(await versions()).toEqual(['k4']);
    expect(await sql(hub.ownerUrl, 'select key_version from subject_key where subject_id = $1', [id])).toEqual([
      { key_version: 'k4' },
    ]);
  }, 120_000);
});

test('a hub of before there were data keys: the start seals all of it anew', async () => {
  const keys = await loadKeys({ keyFile: keyFile(), database: null });
  const person = ALL_PERSONS[50]!;
  const token = await hub.token({ role: 'SUBJECT', subject: person.globalId });
  const made = await hub.graphql(
    MAKE,
    { input: { kind: 'VOLUNTARY_DISCLOSURE', content: '电话13800138999' } },
    { token },
  );
  const { id } = made.data.makeCommitment.commitment;
  const texts =
    await owner.query(`select p.row_id as id, ${'p.subject_id as "subjectId", p.sealed, k.key_id as "keyId", k.wrapped'}
    from personal_text p join subject_key k on k.subject_id = p.subject_id and k.wrapped is not null`);
  for (const { id: row, ...sealed } of texts.rows) {
    const whole = JSON.stringify(openTexts(keys, row, sealed));
    const old = keys.cipher.seal(whole, `personal_text.sealed.${row}`);
    await owner.query('update personal_text set sealed = $2 where row_id = $1', [row, old]);
  }
  for (const { id: subject, name, number } of ALL_PERSONS) {
    await owner.query('update person_identity set name_sealed = $2, number_sealed = $3 where subject_id = $1', [
      subject,
      keys.cipher.seal(name, `person_identity.name.${subject}`),
      keys.cipher.seal(number, `person_identity.number.${subject}`),
    ]);
  }
  await owner.query('delete from subject_key');
  await owner.end();
  await hub.stop();
  hub = await startHub({ dataDir: hub.dataDir });
  owner = new Client(hub.ownerUrl);
  await owner.connect();
  const WHOLE = `query ($id: ID!, $said: ID!) { node(id: $id) { ... on NaturalPerson { name citizenId } }
    said: node(id: $said) { ... on Commitment { content } } }`;
  const { data } = await hub.graphql(WHOLE, { id: person.globalId, said: id }, { token });
  expect(data).toEqual({ node: { name: person.name, citizenId: person.number }, said: { content: '电话13800138999' } });
  const old = await owner.query(`select 1 from person_identity where name_sealed ~ '^v1[.]aes256gcm[.]k'
    union all select 1 from personal_text where sealed ~ '^v1[.]aes256gcm[.]k'`);
  expect(old.rows).toEqual([]);
}, 60_000);
