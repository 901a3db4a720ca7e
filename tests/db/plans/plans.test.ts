import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Client } from 'pg';
import { WORKLOADS } from '../../../bench/workloads/index.js';
import { type World, worldOf } from '../../../bench/workloads/world.js';
import { DEPARTMENTS } from '../../../src/demo/cast.js';
import { toGlobalId } from '../../../src/platform/ids.js';
import { ensureCluster } from '../../../src/platform/postgres/cluster.js';
import { superuserClient } from '../../../src/platform/postgres/hold.js';
import { BY_CASE, type Caller, caller } from '../../api/callers.js';
import { citizenId } from '../../kit/codes.js';
import { ALL } from '../../kit/exchange.js';
import { type Hub, startHub } from '../../kit/hub.js';
import { departmentsCsv, penalties, DEPARTMENTS as SENDERS } from '../../kit/samples.js';
import { bigTables, fillCounty, TODAY } from './county.js';
import { explainLogins, openPlanLog, type Ran, wholeReads } from './planLog.js';

// The hub's own statements as its own Postgres planned and ran them, on data of some size. Row security adds conditions
// to every statement, and one that isn't leakproof (a coalesce() in a join, LIKE) takes an index away and is noticed
// nowhere else: the answers stay right, and a county of three hundred is read in a millisecond.

let hub: Hub;
let folder: string;
let superuser: Client;
let world: World;
let sizes: Map<string, number>;
let ran: () => Promise<Ran[]>;
/** A subject with an own token of each kind, an entry, and a record of its own. */
let organisation: { id: string; code: string };
let person: { id: string };
let entryList: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hub-plans-'));
  const file = join(folder, 'exchange.yaml');
  // Nobody listens there: what is queued and taken for a partner is so before the partner is asked.
  const receiver = { kind: 'HTTP', url: 'http://127.0.0.1:9/', timeoutSeconds: 1 };
  const publicKey = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' });
  const partner = { id: 'city', rank: 'CITY', agreement: ALL, receiver, publicKey };
  await writeFile(file, JSON.stringify({ id: 'county', partners: [partner] }));
  const options = { demo: false, now: TODAY, env: { HUB_JOBS: '0', HUB_EXCHANGE: file } };
  hub = await startHub(options);
  const cluster = await ensureCluster(hub.dataDir);
  superuser = superuserClient(cluster, 'hub');
  await superuser.connect();
  await fillCounty(superuser, hub.dataDir);
  await writeFile(join(folder, 'departments.csv'), departmentsCsv());
  await hub.cli(['departments', join(folder, 'departments.csv')]);
  await hub.cli(['audit', 'head']);
  await hub.cli(['exchange', 'deliver']);
  world = await worldOf(superuser, 11, TODAY);
  [organisation] = (await rows<{ id: string; code: string }>(
    'select id, code from subject where code = any($1) and exists (select from list_entry e where e.subject_id = subject.id) limit 1',
    [world.checked],
  )) as [typeof organisation];
  [person] = (await rows<{ id: string }>(
    "select id from subject where kind = 'NATURAL_PERSON' and exists (select from credit_record r where r.subject_id = subject.id) limit 1",
  )) as [typeof person];
  [{ code: entryList }] = (await rows<{ code: string }>(
    'select code from credit_list l join list_entry e on e.list_id = l.id group by 1 order by count(*) desc limit 1',
  )) as [{ code: string }];
  sizes = await bigTables(superuser);
  await explainLogins(superuser);
  await superuser.end();
  await hub.stop();
  hub = await startHub({ ...options, dataDir: hub.dataDir });
  superuser = superuserClient(cluster, 'hub');
  await superuser.connect();
  ran = await openPlanLog(cluster);
}, 180_000);
afterAll(async () => {
  await superuser?.end();
  await hub?.remove();
  await rm(folder, { recursive: true, force: true });
});

async function rows<T>(text: string, values: unknown[] = []): Promise<T[]> {
  return (await superuser.query(text, values)).rows as T[];
}

/** What was read whole while `act` ran, one line each. */
async function readWhole(operation: string, role: string, act: () => Promise<unknown>): Promise<string[]> {
  await ran();
  await act();
  const statements = await ran();
  // Without a plan in the log nothing would ever be found.
  expect([operation, role, statements.length > 0]).toEqual([operation, role, true]);
  const lines = statements
    .flatMap((one) => wholeReads(one, sizes))
    .map(({ table, how, text }) => `${operation} as ${role} reads all of ${table}: ${how}; ${text.slice(0, 600)}`);
  return [...new Set(lines)];
}

/** Asks, and fails where nothing was answered: of what was not run nothing is known. A guarded leaf may be refused. */
async function asked(as: Caller, query: string, variables?: Record<string, unknown>) {
  const { data, errors } = await as(query, variables);
  if (!data || errors.some(({ extensions: { code } }) => code === 'INTERNAL_SERVER_ERROR')) {
    throw new Error(JSON.stringify(errors));
  }
  return data;
}

const SUPERVISION = { 'x-hub-purpose': 'SUPERVISION' };
const DEPARTMENT = DEPARTMENTS.MARKET.code;
/** Who reads, and under which headers. */
const READERS = {
  PUBLIC: async (): Promise<Caller> => (query, variables) => hub.graphql(query, variables),
  SUBJECT: () => caller(hub, { role: 'SUBJECT', subject: organisation.code }),
  SERVICE_HALL: () => caller(hub, { role: 'SERVICE_HALL', department: DEPARTMENTS.APPROVAL.code }),
  DEPARTMENT: () => caller(hub, { role: 'DEPARTMENT', department: DEPARTMENT }, SUPERVISION),
  COURT: () => caller(hub, { role: 'COURT', department: DEPARTMENTS.COURT.code }, SUPERVISION),
  CREDIT_OFFICE: () =>
    caller(hub, { role: 'CREDIT_OFFICE', department: DEPARTMENTS.DEVELOPMENT_REFORM.code }, SUPERVISION),
  ANALYST: () =>
    caller(
      hub,
      { role: 'ANALYST', department: DEPARTMENTS.DEVELOPMENT_REFORM.code },
      { 'x-hub-purpose': 'STATISTICS' },
    ),
  GOVERNMENT_OFFICE: () => caller(hub, { role: 'GOVERNMENT_OFFICE', department: DEPARTMENT }, SUPERVISION),
  AGENCY: () => caller(hub, { role: 'AGENCY' }),
  AUDITOR: () => caller(hub, { role: 'AUDITOR' }, BY_CASE),
} as const satisfies Record<string, () => Promise<Caller>>;
type Reader = keyof typeof READERS;
const CHECKERS = ['SERVICE_HALL', 'DEPARTMENT', 'COURT', 'CREDIT_OFFICE'] as const satisfies Reader[];

const workload = (name: string) => WORKLOADS.find((one) => one.name === name)!;
/** The benchmark's own requests, so that what is measured and what is watched are the same. */
async function askedAsBenchmark(role: Reader, name: string, count = 3) {
  const as = await READERS[role]();
  for (const {
    hub: { query, variables },
  } of workload(name).asked(world).slice(0, count))
    await asked(as, query, { ...variables });
}

test('the county is big enough, and what is big is what is looked into', () => {
  expect([...sizes.keys()]).toEqual(
    expect.arrayContaining(
      'subject credit_record commitment list_entry access_event audit_leaf exchange_message exchange_delivery'.split(
        ' ',
      ),
    ),
  );
});

test('a whole read is seen, by a scan and by an index alike', async () => {
  const owner = new Client(hub.ownerUrl);
  await owner.connect();
  await ran();
  try {
    await owner.query("select id from subject where coalesce(code, '') = $1", [organisation.code]);
    await owner.query('set enable_seqscan = off');
    await owner.query('select id from subject order by id');
    await owner.query('select id from subject where code = $1', [organisation.code]);
  } finally {
    await owner.end();
  }
  const found = (await ran())
    .filter(({ text }) => text.startsWith('select id from subject'))
    .map((one) => wholeReads(one, sizes).map(({ table, how }) => `${table}, ${how.replace(/\d+/g, 'n')}`));
  expect(found).toEqual([
    ['subject, Seq Scan: n rows read of n'],
    [expect.stringMatching(/^subject, Index (Only )?Scan by subject_pkey: n rows read of n$/)],
    [],
  ]);
});

test('who looked at a subject is answered, by ids, to readers of the log alone', async () => {
  const about = async (role: string) => {
    const client = new Client(hub.appUrl);
    await client.connect();
    try {
      await client.query('begin');
      await client.query(`set local role ${role}`);
      const { rows: found } = await client.query('select events_about($1) as id', [organisation.id]);
      const { rows: read } = await client.query('select id from access_event where id = any($1)', [
        found.map(({ id }) => id),
      ]);
      return [found.length > 0, read.length];
    } finally {
      await client.end();
    }
  };
  // Without its purpose the auditor reads none of them, and without its subject nobody is one.
  expect(await about('hub_auditor')).toEqual([true, 0]);
  expect(await about('hub_subject')).toEqual([true, 0]);
  for (const role of ['hub_public', 'hub_department', 'hub_credit_office', 'hub_exchange']) {
    expect([role, ...(await about(role))]).toEqual([role, false, 0]);
  }
});

describe('no table of some size is read whole', () => {
  test.each(CHECKERS)('checkCredit as %s, by code and by document', async (role) => {
    const as = await READERS[role]();
    const [matter] = world.matters as [string];
    // Born on a day that the data do hold; whether the very number is there makes no difference to the plan.
    const document = { name: '示例人', number: citizenId('19600101', 1) };
    expect(
      await readWhole('checkCredit', role, async () => {
        await askedAsBenchmark(role, 'W1', 4);
        await asked(as, workload('W1').asked(world)[0]!.hub.query, { input: { matter, person: document } });
      }),
    ).toEqual([]);
  });
  test.each(CHECKERS)('checkCredits as %s', async (role) => {
    expect(await readWhole('checkCredits', role, () => askedAsBenchmark(role, 'W5', 1))).toEqual([]);
  });
  const readers = Object.keys(READERS) as Reader[];
  test.each(readers)('profile as %s', async (role) => {
    expect(await readWhole('profile', role, () => askedAsBenchmark(role, 'W2'))).toEqual([]);
  });
  test.each(readers)('name search as %s', async (role) => {
    expect(await readWhole('name search', role, () => askedAsBenchmark(role, 'W3'))).toEqual([]);
  });
  test.each(readers)('page of subjects as %s', async (role) => {
    expect(await readWhole('page of subjects', role, () => askedAsBenchmark(role, 'W4', 1))).toEqual([]);
  });
  test.each(readers)('deep page of records as %s', async (role) => {
    expect(await readWhole('deep page', role, () => askedAsBenchmark(role, 'W6'))).toEqual([]);
  });
  test.each(readers)('a list as %s', async (role) => {
    const query =
      'query ($list: String!) { listEntries(list: $list, first: 20) { nodes { id state subject { name } } } }';
    const as = await READERS[role]();
    expect(await readWhole('list entries', role, () => asked(as, query, { list: entryList }))).toEqual([]);
  });

  const LOG = 'accessLog(first: 20) { nodes { at operation } }';
  const OWN = `records(first: 20) { nodes { id } } listEntries(activeOnly: false) { nodes { id } } commitments { nodes { id } } ${LOG}`;
  test('what a body sees of itself, its access log too', async () => {
    const as = await READERS.SUBJECT();
    const query = `query ($code: UnifiedSocialCreditCode!) { subject(code: $code) { ${OWN} summary { permits penalties } } }`;
    expect(
      await readWhole('own record', 'SUBJECT', async () => {
        const { subject } = await asked(as, query, { code: organisation.code });
        expect(subject.accessLog.nodes.length).toBeGreaterThan(0);
      }),
    ).toEqual([]);
  });
  test('what a person sees of itself', async () => {
    const id = toGlobalId('NaturalPerson', person.id);
    const as = await caller(hub, { role: 'SUBJECT', subject: id });
    const query = `query ($id: ID!) { node(id: $id) { ... on NaturalPerson { name citizenId ${OWN} } } }`;
    expect(
      await readWhole('own record', 'SUBJECT', async () => {
        const { node } = await asked(as, query, { id });
        expect(node.records.nodes.length).toBeGreaterThan(0);
      }),
    ).toEqual([]);
  });
  test('the access log as the auditor reads it: of one subject, by filter, from a page on', async () => {
    const as = await READERS.AUDITOR();
    const of = `query ($subject: ID, $filter: AccessEventFilter, $after: String) { accessEvents(first: 20, subject: $subject, filter: $filter, after: $after) {
      nodes { id at operation } pageInfo { endCursor } } }`;
    expect(
      await readWhole('accessEvents', 'AUDITOR', async () => {
        await asked(as, of, { subject: toGlobalId('Organisation', organisation.id) });
        const { accessEvents } = await asked(as, of);
        await asked(as, of, { after: accessEvents.pageInfo.endCursor });
        await asked(as, `query ($code: UnifiedSocialCreditCode!) { subject(code: $code) { ${LOG} } }`, {
          code: organisation.code,
        });
      }),
    ).toEqual([]);
  });
  test.each(['SERVICE_HALL', 'SUBJECT', 'AUDITOR'] as const)('a receipt as %s', async (role) => {
    const input = { code: organisation.code, matter: world.matters[0] };
    const { checkCredit } = await asked(await READERS.SERVICE_HALL(), workload('W1').asked(world)[0]!.hub.query, {
      input,
    });
    const query =
      'query ($no: String!) { creditCheck(receiptNo: $no) { verdict findings { effect listEntry { documentNo } } } }';
    const as = await READERS[role]();
    expect(await readWhole('creditCheck', role, () => asked(as, query, { no: checkCredit.check.receiptNo }))).toEqual(
      [],
    );
  });

  test('rows that a department sends, new and known, and what its triggers leave', async () => {
    const as = await caller(hub, { role: 'DEPARTMENT', department: SENDERS.MARKET.code });
    const { header, rows: samples } = penalties();
    const row = Object.fromEntries(header.map((name, i) => [name, samples[0]?.[i] ?? '']));
    const bodies = world.checked.filter((code) => code.startsWith('91'));
    const send = (key: string, from: number) => {
      const sent = bodies.slice(from, from + 40).map((code, i) => ({
        ...row,
        '行政相对人代码_1(统一社会信用代码)': code,
        行政处罚决定书文号: `汶市监处罚〔2026〕P${from + i}号`,
      }));
      const input = { item: 'XZCF_FR', idempotencyKey: key, rows: sent };
      return asked(
        as,
        'mutation ($input: SubmitRecordsInput!) { submitRecords(input: $input) { batch { id accepted rejected rejections } } }',
        { input },
      );
    };
    expect(
      await readWhole('submitRecords', 'DEPARTMENT', async () => {
        const { submitRecords } = await send('plans-1', 0);
        expect(submitRecords.batch).toMatchObject({ accepted: 40, rejected: 0 });
        await send('plans-2', 20);
      }),
    ).toEqual([]);
  });
  test('the log takes in what came', async () => {
    await askedAsBenchmark('CREDIT_OFFICE', 'W2');
    expect(await readWhole('audit head', 'hub_owner', () => hub.cli(['audit', 'head']))).toEqual([]);
  });
  test('what changed is numbered, queued and taken for a partner', async () => {
    expect(
      await readWhole('exchange deliver', 'EXCHANGE', async () => {
        const { stdout } = await hub.cli(['exchange', 'deliver', '--force']);
        expect(JSON.parse(stdout)).toMatchObject({ partner: 'city', outcome: 'DOWN' });
      }),
    ).toEqual([]);
  });
});
