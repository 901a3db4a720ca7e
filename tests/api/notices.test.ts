import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { Client, Pool } from 'pg';
import { exampleRow } from '../../src/catalogue/examples.js';
import { itemOf } from '../../src/catalogue/index.js';
import type { CatalogueItem } from '../../src/catalogue/types.js';
import { DEPARTMENTS, PERSONS } from '../../src/demo/cast.js';
import { AS_QUEUE_ROLE } from '../../src/entities/migrateQueue.js';
import { postgresRole, ROLE_NAMES } from '../../src/permissions/roles.js';
import { loadKeys } from '../../src/platform/crypto.js';
import { SIGNATURE_HEADER, signedBy, signerOf, verifierOf } from '../../src/services/exchange/signing.js';
import { loadNotices } from '../../src/services/publicity/noticeSettings.js';
import { type Hub, startHub } from '../kit/hub.js';
import { sql } from '../kit/sql.js';
import { until } from '../kit/until.js';

// A Tuesday; a decision of the Monday a week before is due on the day after.
const NOW = '2026-11-24';
const { MARKET, HRSS } = DEPARTMENTS;
const PERSON = PERSONS.permitAndPenalty;

/** The system of a department: what came, and what it answers next. */
interface Came {
  readonly path: string;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: string;
}
let came: Came[] = [];
let status = 200;
let system: Server;
let hub: Hub;
let folder: string;
let queue: Pool;

beforeAll(async () => {
  system = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      came.push({ path: request.url ?? '', headers: request.headers, body: Buffer.concat(parts).toString() });
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => system.listen(0, '127.0.0.1', resolve));
  folder = await mkdtemp(join(tmpdir(), 'hub-notices-'));
  const file = join(folder, 'notices.yaml');
  const url = `http://127.0.0.1:${(system.address() as AddressInfo).port}/hub?to=market`;
  const settings = { id: 'county', departments: { [MARKET.code]: { url, token: 'gateway-token' } } };
  await writeFile(file, JSON.stringify(settings));
  hub = await startHub({ now: NOW, env: { HUB_NOTICES: file } });
  queue = new Pool({ connectionString: hub.ownerUrl, options: AS_QUEUE_ROLE });
  queue.on('error', () => {});
});
afterAll(async () => {
  await queue?.end();
  await hub?.remove();
  await new Promise((resolve) => system.close(resolve));
  await rm(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  await settled();
  [came, status] = [[], 200];
});

const jobs = async () =>
  (
    await queue.query(`select j.id::text, j.payload, j.attempts, j.last_error, j.locked_by from graphile_worker._private_jobs j
    join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier in ('publicity.remind', 'publicity.notify')`)
  ).rows;
const settled = () => until(async () => (await jobs()).length === 0);
const parked = async () => (await queue.query(`select id::text, task, payload, reason from hub_jobs.parked_job`)).rows;
const remind = () => queue.query(`select graphile_worker.add_job('publicity.remind', '{}')`);
/** Whatever pause the queue makes before it tries again, it is over. */
const hurry = () => queue.query('update graphile_worker._private_jobs set run_at = now() where locked_by is null');

let serial = 0;
/** A row about a person that goes back, and can come again until tomorrow. */
async function sendBack(department: { code: string; name: string } = MARKET): Promise<void> {
  serial += 1;
  const row = exampleRow(itemOf('XZCF_ZRR') as CatalogueItem, department, 70_000 + serial, {
    CF_XDR_MC: PERSON.name,
    CF_XDR_ZJHM: PERSON.number.replace(/.$/, 'X'),
    CF_JDRQ: '2026-11-16',
    CF_YXQ: '2099/12/31',
  });
  const { data, errors } = await hub.graphql(
    `mutation ($input: SubmitRecordsInput!) { submitRecords(input: $input) { batch { id rejected } } }`,
    { input: { item: 'XZCF_ZRR', idempotencyKey: `notices ${serial}`, rows: [row] } },
    { token: await hub.token({ role: 'DEPARTMENT', department: department.code }), path: '/graphql/submit' },
  );
  expect([errors, data?.submitRecords.batch.rejected]).toEqual([[], 1]);
}
const read = ({ body }: Came) => JSON.parse(body);
const delivered = () =>
  sql(
    hub.ownerUrl,
    `select actor, role, purpose, d.code, labels, subject_ids from access_event e join department d on d.id = e.department_id
     where operation = 'remindPublicity' and outcome = 'DELIVERED'`,
  );

test('a department is sent what it was told, once, signed, with nothing of the row and of no person', async () => {
  const before = (await delivered()).length;
  await sendBack();
  await sendBack(HRSS);
  await remind();
  await settled();
  expect(came).toHaveLength(1);
  const [{ path, headers, body }] = came as [Came];
  expect(headers['authorization']).toBe('Bearer gateway-token');
  const { publicJwk } = await signerOf(
    await loadKeys({ keyFile: join(hub.dataDir, 'keys.json'), database: null }),
    'county',
  );
  const facts = { hubId: MARKET.code, method: 'POST', path, body: Buffer.from(body) };
  const header = headers[SIGNATURE_HEADER] as string;
  expect(await signedBy([await verifierOf('county', publicJwk)], { ...facts, header })).toBe('county');
  await expect(
    signedBy([await verifierOf('county', publicJwk)], { ...facts, header, body: Buffer.from(`${body} `) }),
  ).rejects.toThrow();

  const notice = read(came[0] as Came);
  expect(Object.keys(notice)).toEqual(['id', 'department', 'date', 'reminders']);
  expect(notice).toMatchObject({ department: MARKET.code, date: NOW });
  const back = notice.reminders.find((one: { item: string }) => one.item === 'XZCF_ZRR');
  expect(back).toEqual({
    kind: 'RETURNED_DUE',
    item: 'XZCF_ZRR',
    month: '2026-11',
    dueOn: '2026-11-25',
    decisions: 1,
    batch: back.batch,
    row: 1,
  });
  for (const secret of [PERSON.name, PERSON.number.slice(0, 10), '示例〔'])
    expect(JSON.stringify(came)).not.toContain(secret);
  const { data } = await hub.graphql(
    'query ($id: ID!) { importBatch(id: $id) { item { code } rejected } }',
    { id: back.batch },
    { token: await hub.token({ role: 'DEPARTMENT', department: MARKET.code }) },
  );
  expect(data.importBatch).toEqual({ item: { code: 'XZCF_ZRR' }, rejected: 1 });

  await remind();
  await settled();
  expect(came).toHaveLength(1);
  expect((await delivered()).slice(before)).toEqual([
    { actor: 'hub remind', role: 'CREDIT_OFFICE', purpose: 'SUPERVISION', code: MARKET.code, ...OF_NOBODY },
  ]);
});
const OF_NOBODY = { labels: ['GOVERNMENT'], subject_ids: [] };

test('where its system is down it is tried again, and arrives once under the same id', async () => {
  status = 503;
  await sendBack();
  await remind();
  await until(async () => (await jobs()).some(({ attempts, locked_by }) => attempts === 1 && locked_by === null));
  const before = (await delivered()).length;
  const [waiting] = await jobs();
  expect(waiting.last_error).toContain('HTTP 503');
  status = 200;
  await hurry();
  await settled();
  expect(came.length).toBeGreaterThan(1);
  expect(new Set(came.map((one) => read(one).id))).toEqual(new Set([waiting.payload.notice]));
  expect(await delivered()).toHaveLength(before + 1);
});

test('refused it is parked at once, down for too long at last, each with its reason; an operator sends it again', async () => {
  status = 404;
  await sendBack();
  await remind();
  await settled();
  const [refused] = await parked();
  expect(refused).toMatchObject({
    task: 'publicity.notify',
    payload: { notice: read(came[0] as Came).id },
    reason: '部门系统拒收 the department’s system refuses it: HTTP 404',
  });
  expect(came).toHaveLength(1);
  status = 200;
  expect((await hub.cli(['jobs', 'retry', refused.id])).code).toBe(0);
  await settled();
  expect(came.map((one) => read(one).id)).toEqual([refused.payload.notice, refused.payload.notice]);
  expect(await parked()).toEqual([]);

  status = 500;
  await sendBack();
  await remind();
  await until(async () => (await jobs()).some(({ attempts, locked_by }) => attempts === 1 && locked_by === null));
  await queue.query('update graphile_worker._private_jobs set attempts = max_attempts - 1, run_at = now()');
  await settled();
  expect(await parked()).toMatchObject([
    {
      task: 'publicity.notify',
      reason: 'UNAVAILABLE: 通知未送达：应答 HTTP 500 the notice was not delivered: HTTP 500',
    },
  ]);
  await queue.query('delete from hub_jobs.parked_job');
});

test('nobody asks for a notice but the reminders’ own verb', async () => {
  const app = new Client(hub.appUrl);
  await app.connect();
  const ask = async (verb: string, role: string, payload: object) => {
    await app.query('begin');
    try {
      await app.query(`select set_config('hub.verb', $1, true), set_config('role', $2, true)`, [verb, role]);
      await app.query(`select hub_jobs.enqueue('publicity.notify', $1::jsonb)`, [payload]);
    } finally {
      await app.query('rollback');
    }
  };
  const notice = '018f0000-0000-7000-8000-000000000001';
  try {
    for (const role of ROLE_NAMES) {
      for (const verb of ['', 'submitRecords', ...(role === 'CREDIT_OFFICE' ? [] : ['remindPublicity'])])
        await expect(ask(verb, postgresRole(role), { notice })).rejects.toThrow(/not to be asked for/);
    }
    const own = (payload: object) => ask('remindPublicity', postgresRole('CREDIT_OFFICE'), payload);
    await own({ notice });
    await expect(own({ notice: PERSON.number })).rejects.toThrow(/names ids/);
    await expect(own({ notice, name: PERSON.name })).rejects.toThrow(/names ids/);
  } finally {
    await app.end();
  }
});

test('a file that is wrong is refused by its place, never by a value', async () => {
  const file = join(folder, 'wrong.yaml');
  for (const [settings, place] of [
    [
      { id: 'county', departments: { [MARKET.code]: { url: 'ftp://secret.example' } } },
      `departments.${MARKET.code}.url`,
    ],
    [{ id: 'county', departments: { 'not-a-code': { url: 'http://secret.example' } } }, 'departments'],
    [{ id: 'county', departments: {}, secret: 1 }, 'its top.secret'],
  ] as const) {
    await writeFile(file, JSON.stringify(settings));
    const { message } = await loadNotices(file).then(fail, (error: Error) => error);
    expect(message).toMatch(/^HUB_NOTICES /);
    expect(message).toContain(place);
    expect(message).not.toContain('secret.example');
  }
});
const fail = (): never => {
  throw new Error('it was taken');
};
