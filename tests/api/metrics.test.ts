import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Client } from 'pg';
import { citizenId } from '../kit/codes.js';
import { type Hub, startHub } from '../kit/hub.js';
import { sql } from '../kit/sql.js';
import { until } from '../kit/until.js';

const TOKEN = 'a-token-of-the-scraper-0001';
const PERSON = citizenId('19850214', 232);
let hub: Hub;
beforeAll(async () => {
  hub = await startHub({ env: { HUB_METRICS_TOKEN: TOKEN } });
});
afterAll(() => hub.remove());

const ask = (headers: Record<string, string> = {}) => fetch(`${hub.url}/metrics`, { headers });
const forwarded = { 'x-forwarded-for': '203.0.113.9' };

interface Sample {
  name: string;
  labels: Record<string, string>;
  value: number;
}
const samplesOf = (text: string): Sample[] =>
  text
    .split('\n')
    .filter((line) => line && !line.startsWith('#'))
    .map((line) => {
      const [, name = '', inner = '', value = ''] = /^([a-z_]+[a-z0-9_]*)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
      const labels = [...inner.matchAll(/(\w+)="([^"]*)"/g)].map(([, key, text]) => [key, text]);
      return { name, labels: Object.fromEntries(labels), value: Number(value) };
    });
const samples = async () => samplesOf(await (await ask()).text());
const sampleOf = (all: Sample[], name: string, labels: Record<string, string> = {}) =>
  all.find((one) => one.name === name && Object.entries(labels).every(([key, text]) => one.labels[key] === text))
    ?.value;

describe('who may read them', () => {
  test('this machine, and nobody whose request came over a proxy on it', async () => {
    expect((await ask()).status).toBe(200);
    for (const name of ['x-forwarded-for', 'forwarded', 'x-real-ip', 'via'])
      expect([name, (await ask({ [name]: '127.0.0.1' })).status]).toEqual([name, 404]);
  });

  test('whoever has the token', async () => {
    expect((await ask({ ...forwarded, authorization: `Bearer ${TOKEN}` })).status).toBe(200);
    for (const wrong of [`Bearer ${TOKEN}x`, `Bearer ${TOKEN.slice(0, -1)}`, 'Bearer x', `Basic ${TOKEN}`])
      expect((await ask({ ...forwarded, authorization: wrong })).status).toBe(404);
  });

  test('the system administrator, and no other role; to them there is no such address', async () => {
    const as = async (role: string, more = {}) =>
      (await ask({ ...forwarded, authorization: `Bearer ${await hub.token({ role, ...more })}` })).status;
    expect(await as('SYSTEM_ADMIN')).toBe(200);
    for (const role of ['SECURITY_ADMIN', 'AUDITOR', 'EXCHANGE', 'AGENCY'])
      expect([role, await as(role)]).toEqual([role, 404]);
    const none = await (await fetch(`${hub.url}/nowhere`)).json();
    const refused = await (await ask(forwarded)).json();
    const said = (body: unknown) => (body as { errors: { extensions: { code: string } }[] }).errors[0]?.extensions.code;
    expect(said(refused)).toBe(said(none));
  });

  test('not by another method', async () => {
    expect((await fetch(`${hub.url}/metrics`, { method: 'POST' })).status).toBe(404);
  });
});

test('requests by surface, operation and outcome; root fields; refusals by code', async () => {
  // A known query is answered before Apollo (lane.ts), and counted all the same.
  await hub.graphql('{ lists { code } }');
  const before = await samples();
  await hub.graphql('{ lists { code } }');
  await hub.graphql('{ lists { code } matters { code } }');
  await hub.graphql('{ accessEvents(first: 1) { nodes { id } } }');
  await hub.graphql('{ nothing }');
  await hub.graphql('mutation { revokeRecord(input: { id: "x", reason: "x", documentNo: "x" }) { record { id } } }');
  await fetch(`${hub.url}/templates/XZXK_FR.csv`);
  await fetch(`${hub.url}/${PERSON}`);
  const after = await samples();
  const more = (name: string, labels: Record<string, string>) =>
    (sampleOf(after, name, labels) ?? 0) - (sampleOf(before, name, labels) ?? 0);
  const requests = (surface: string, operation: string, outcome: string) =>
    more('hub_request_seconds_count', { surface, operation, outcome });
  expect(requests('graphql', 'query', 'OK')).toBe(2);
  expect(requests('graphql', 'query', 'FORBIDDEN') + requests('graphql', 'query', 'UNAUTHENTICATED')).toBe(1);
  expect(requests('graphql', 'none', 'GRAPHQL_VALIDATION_FAILED')).toBeGreaterThanOrEqual(1);
  expect(requests('templates', 'none', 'OK')).toBe(1);
  expect(requests('other', 'none', 'NOT_FOUND')).toBe(1);
  expect(more('hub_operations_total', { root: 'lists', outcome: 'OK' })).toBe(2);
  expect(more('hub_operations_total', { root: 'matters', outcome: 'OK' })).toBe(1);
  expect(more('hub_refusals_total', { code: 'NOT_FOUND' })).toBe(1);
  expect(more('hub_refusals_total', { code: 'GRAPHQL_VALIDATION_FAILED' })).toBeGreaterThanOrEqual(1);
});

test('depths and ages are those of the database', async () => {
  const [{ n: batches } = { n: -1 }] = await sql<{ n: number }>(
    hub.ownerUrl,
    `select count(*)::int as n from import_batch where state = 'COMPLETED'`,
  );
  const all = await samples();
  expect(sampleOf(all, 'hub_imports', { state: 'COMPLETED' })).toBe(batches);
  expect(sampleOf(all, 'hub_submissions_waiting')).toBe(0);
  expect(sampleOf(all, 'hub_unread_depths')).toBe(0);
  expect(sampleOf(all, 'hub_workers')).toBe(1);
  for (const pool of ['reads', 'writes', 'audit', 'aside', 'queue', 'owner'])
    expect(sampleOf(all, 'hub_pool_connections', { pool, state: 'waiting' })).toBe(0);
  expect(sampleOf(all, 'process_resident_memory_bytes')).toBeGreaterThan(1e6);
  // Told by what a process of its own does once a second.
  await until(async () => (sampleOf(await samples(), 'hub_audit_entries') ?? 0) > 0);
  await until(async () => (sampleOf(await samples(), 'hub_audit_head_age_seconds') ?? -1) >= 0);

  // A task of a version that is not this one: nobody takes it up.
  const queue = new Client({ connectionString: hub.ownerUrl, options: '-c role=hub_jobs' });
  await queue.connect();
  await queue.query(`select graphile_worker.add_job('of.another', '{}', run_at => now() - interval '90 seconds')`);
  await queue.query(
    `insert into hub_jobs.parked_job (id, task, payload, attempts, max_attempts, reason, queued_at) values (1, 'of.another', '{}', 1, 1, 'x', now())`,
  );
  const then = await samples();
  expect(sampleOf(then, 'hub_jobs', { task: 'of.another', state: 'waiting' })).toBe(1);
  expect(sampleOf(then, 'hub_jobs', { task: 'of.another', state: 'parked' })).toBe(1);
  expect(sampleOf(then, 'hub_job_oldest_seconds', { task: 'of.another' })).toBeGreaterThanOrEqual(90);
  await queue.query(`delete from graphile_worker._private_jobs`);
  await queue.query(`delete from hub_jobs.parked_job`);
  await queue.end();
  expect(sampleOf(await samples(), 'hub_jobs', { task: 'of.another', state: 'waiting' })).toBeUndefined();
}, 90_000);

test('nothing in them is anybody’s, and no label is of a request’s making', async () => {
  const market = '11370830YYXD00011G';
  const token = await hub.token({ role: 'DEPARTMENT', department: market, user: 'somebody-by-name' });
  const [row] = await sql<{ code: string; name: string }>(
    hub.ownerUrl,
    `select code, name from subject where code is not null limit 1`,
  );
  await hub.graphql(`query Q${market} { subject(code: "${row?.code}") { id name } }`, undefined, { token });
  await hub.graphql('query ($c: String!) { subject(code: $c) { id } }', { c: PERSON }, { token });
  await hub.graphql(`{ a${PERSON}: lists { code } }`);
  await fetch(`${hub.url}/imports/${PERSON}/rejected.xlsx?x=${PERSON}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const text = await (await ask()).text();
  for (const secret of [PERSON, market, row?.code, row?.name, 'somebody-by-name', token, TOKEN, hub.dataDir])
    expect(text).not.toContain(secret);
  const labels = new Map<string, Set<string>>();
  for (const one of samplesOf(text).filter(({ name }) => name.startsWith('hub_')))
    for (const [key, value] of Object.entries(one.labels)) labels.set(key, (labels.get(key) ?? new Set()).add(value));
  expect([...labels.keys()].sort()).toEqual(
    ['code', 'le', 'operation', 'outcome', 'pool', 'root', 'state', 'surface', 'task'].filter((key) => labels.has(key)),
  );
  for (const values of labels.values())
    for (const value of values) expect(value).toMatch(/^[A-Za-z_.]+$|^[\d.]+$|^\+Inf$/);
});

test('what can’t be read is left out, and said to be missing', async () => {
  await sql(hub.ownerUrl, 'alter table import_batch rename to import_batch_away');
  try {
    const all = await samples();
    expect(sampleOf(all, 'hub_unread_depths')).toBe(1);
    expect(sampleOf(all, 'hub_imports', { state: 'COMPLETED' })).toBeUndefined();
    expect(sampleOf(all, 'process_resident_memory_bytes')).toBeGreaterThan(1e6);
  } finally {
    await sql(hub.ownerUrl, 'alter table import_batch_away rename to import_batch');
  }
});
