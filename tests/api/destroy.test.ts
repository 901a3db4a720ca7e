import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DEPARTMENTS, ORGANISATIONS, PERSONS } from '../../src/demo/cast.js';
import { maskName, maskNumber } from '../../src/services/collection/masking.js';
import { type Hub, startHub } from '../kit/hub.js';
import { csv } from '../kit/samples.js';
import { sql } from '../kit/sql.js';
import { BY_CASE, CHECK, caller, clerk, countOf, hall, refusalOf } from './callers.js';

const { permitAndPenalty: person, permitOnly: other } = PERSONS;
const DOCUMENT = '汶（演示）信销字〔2026〕1号';
const order = (subject: string) => [
  'destroy',
  '--subject',
  subject,
  '--document',
  DOCUMENT,
  '--reason',
  '本人依法申请删除',
];

let hub: Hub;
let folder: string;
/** rows as a backup of before holds them */
let backup: Record<string, string[]>;

const TABLES = ['subject', 'person_identity', 'subject_key', 'personal_text'] as const;
const owner = (text: string, values?: unknown[]) => sql(hub.ownerUrl, text, values);
const ledger = () => join(hub.dataDir, 'destroyed.jsonl');

beforeAll(async () => {
  hub = await startHub();
  folder = await mkdtemp(join(tmpdir(), 'hub-destroy-'));
});
afterAll(async () => {
  await hub.remove();
  await rm(folder, { recursive: true, force: true });
});

const ofPerson = (table: string) => (table === 'subject' ? 'id' : 'subject_id');
async function takeBackup(): Promise<Record<string, string[]>> {
  const taken = await Promise.all(
    TABLES.map(async (table) => {
      const rows = await owner(`select to_jsonb(t)::text as row from ${table} t where ${ofPerson(table)} = $1`, [
        person.id,
      ]);
      return [table, rows.map(({ row }) => row as string)] as const;
    }),
  );
  return Object.fromEntries(taken);
}

/** What a restore does, seen from these rows: as the owner, past every policy. The backup knew no second subject. */
async function restore(): Promise<void> {
  await owner(
    `update person_identity set blind_index = null where subject_id <> $1 and blind_index = ($2::jsonb ->> 'blind_index')::bytea`,
    [person.id, backup['person_identity']![0]],
  );
  for (const table of [...TABLES].reverse()) {
    if (table !== 'subject') await owner(`delete from ${table} where subject_id = $1`, [person.id]);
  }
  await owner(
    'update subject s set name = b.name, name_key = b.name_key, id_masked = b.id_masked from jsonb_populate_record(null::subject, $1) b where s.id = b.id',
    [backup['subject']![0]],
  );
  for (const table of TABLES.slice(1)) {
    const [{ columns }] = (await owner(
      `select string_agg(column_name, ', ') as columns from information_schema.columns
       where table_name = $1 and table_schema = 'public' and is_generated = 'NEVER'`,
      [table],
    )) as [{ columns: string }];
    for (const row of backup[table]!) {
      await owner(
        `insert into ${table} (${columns}) select ${columns} from jsonb_populate_record(null::${table}, $1)`,
        [row],
      );
    }
  }
}

const SHOWN = `query ($id: ID!) { node(id: $id) { id ... on NaturalPerson { name citizenId
  records { totalCount nodes { id documentNo ... on PenaltyRecord { facts } } } accessLog { nodes { operation outcome } } } } }`;
const itself = async () => caller(hub, { role: 'SUBJECT', subject: person.globalId });
const checked = { input: { matter: 'CZZJXM', person: { number: person.number, name: person.name } } };

/** Everything that is stored of the person, as one text. */
async function allThatIsStored(): Promise<string> {
  const rows = await owner(
    `select jsonb_build_array(
      (select jsonb_agg(to_jsonb(t)) from subject t where id = $1),
      (select jsonb_agg(to_jsonb(t)) from person_identity t where subject_id = $1),
      (select jsonb_agg(to_jsonb(t)) from subject_key t where subject_id = $1),
      (select jsonb_agg(to_jsonb(t)) from personal_text t where subject_id = $1),
      (select jsonb_agg(to_jsonb(t)) from credit_record t where subject_id = $1),
      (select jsonb_agg(to_jsonb(t)) from row_revision t where row_id = $1
        or row_id in (select id from credit_record where subject_id = $1)),
      (select jsonb_agg(to_jsonb(t)) from import_row t where (batch_id, row_no) in
        (select batch_id, row_no from credit_record where subject_id = $1)))::text as text`,
    [person.id],
  );
  return rows[0]!['text'];
}
const nothingSealed = async () => {
  expect(await countOf(hub, 'subject_key where subject_id = $1 and wrapped is not null', [person.id])).toBe(0);
  expect(await countOf(hub, 'personal_text where subject_id = $1', [person.id])).toBe(0);
  expect(
    await countOf(
      hub,
      'person_identity where subject_id = $1 and num_nonnulls(blind_index, name_sealed, number_sealed) > 0',
      [person.id],
    ),
  ).toBe(0);
  const stored = await allThatIsStored();
  for (const trace of [person.name, person.number, maskName(person.name), maskNumber(person.number), 'v1.aes256gcm'])
    expect(stored).not.toContain(trace);
};

describe('by order', () => {
  let before: { totalCount: number; nodes: unknown[] };

  test('the person is gone from the answers, its records are not', async () => {
    backup = await takeBackup();
    expect(backup['subject_key']).toHaveLength(1);
    const mine = await itself();
    const shown = await mine(SHOWN, { id: person.globalId });
    expect(shown.data.node).toMatchObject({ name: person.name, citizenId: person.number });
    before = shown.data.node.records;
    expect(before.totalCount).toBeGreaterThan(1);
    expect(await allThatIsStored()).toContain(maskNumber(person.number));

    const { code, stdout, stderr } = await hub.cli(order(person.globalId));
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).not.toMatch(/示例|\d{8}/);

    const { data, errors } = await mine(SHOWN, { id: person.globalId });
    expect(errors).toEqual([]);
    expect(data.node).toMatchObject({ name: '已销毁', citizenId: null, records: { totalCount: before.totalCount } });
    expect(data.node.accessLog.nodes).toContainEqual({ operation: 'destroySubject', outcome: 'OK' });
    await nothingSealed();
  });

  test('another person is who it was', async () => {
    const as = await caller(hub, { role: 'SUBJECT', subject: other.globalId });
    expect((await as(SHOWN, { id: other.globalId })).data.node).toMatchObject({
      name: other.name,
      citizenId: other.number,
    });
  });

  test('the auditor and the department that acted on it see no more; who could not reach it still can’t', async () => {
    const auditor = await caller(hub, { role: 'AUDITOR' }, BY_CASE);
    const market = await clerk(hub, 'MARKET');
    const WHO = `query ($id: ID!) { node(id: $id) { ... on NaturalPerson { name citizenId } } }`;
    for (const as of [auditor, market]) {
      const { data } = await as(WHO, { id: person.globalId });
      expect([null, { name: '已销毁', citizenId: null }]).toContainEqual(data.node);
    }
    expect((await auditor(WHO, { id: person.globalId })).data.node).toEqual({ name: '已销毁', citizenId: null });
    expect((await hub.graphql(WHO, { id: person.globalId })).data?.node).toBeNull();
  });

  test('it is not found by its number any more', async () => {
    const window = await hall(hub);
    const { data } = await window(CHECK, checked);
    expect(data.checkCredit.check).toMatchObject({ verdict: 'UNKNOWN', subjectFound: false, nameMatches: null });
  });

  test('nothing personal is kept about it again', async () => {
    const as = await itself();
    const make = `mutation ($input: MakeCommitmentInput!) { makeCommitment(input: $input) { commitment { id } } }`;
    const input = { kind: 'VOLUNTARY_DISCLOSURE', content: '联系电话13800138000' };
    expect(refusalOf(await as(make, { input }))).toBe('PRECONDITION_FAILED');
    await nothingSealed();
  });

  test.each([
    ['a second time', () => order(person.globalId)],
    ['by a citizen number', () => order(other.number)],
    ['somebody whom there is not', () => order('TmF0dXJhbFBlcnNvbjowMDAwMDAwMC0wMDAwLTcwMDAtODAwMC0wMDAwMDAwMDAwMDA')],
    ['without a document', () => order(other.globalId).with(4, ' ')],
    ['under a document that names a citizen number', () => order(other.globalId).with(4, other.number)],
    ['without a reason', () => order(other.globalId).with(6, '')],
  ])('%s: refused, and the ledger is as it was', async (_what, args) => {
    const text = await readFile(ledger(), 'utf8');
    const { code, stdout, stderr } = await hub.cli(args());
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).not.toContain(other.number);
    expect(await readFile(ledger(), 'utf8')).toBe(text);
  });

  test('an import that names the same citizen makes another subject, and moves nothing to it', async () => {
    const ROW = {
      行政相对人名称: person.name,
      行政相对人类别: '自然人',
      证件类型: '身份证',
      证件号码: person.number,
      行政处罚决定书文号: '汶市监处罚〔2026〕销1号',
      违法行为类型: '无证经营',
      违法事实: '无证经营食品',
      处罚依据: '《中华人民共和国食品安全法》第一百二十二条',
      处罚类别: '罚款',
      处罚内容: '罚款',
      '罚款金额(万元)': '20',
      处罚决定日期: '2026/11/12',
      处罚有效期: '2099/12/31',
      处罚机关: DEPARTMENTS.MARKET.name,
      处罚机关统一社会信用代码: DEPARTMENTS.MARKET.code,
      数据来源单位: DEPARTMENTS.MARKET.name,
      数据来源单位统一社会信用代码: DEPARTMENTS.MARKET.code,
    };
    const path = join(folder, 'person.csv');
    await writeFile(path, csv(Object.keys(ROW), [Object.values(ROW)]));
    const { code, stdout } = await hub.cli([
      'import',
      path,
      '--item',
      'XZCF_ZRR',
      '--department',
      DEPARTMENTS.MARKET.code,
      '--json',
    ]);
    expect([code, JSON.parse(stdout).accepted]).toEqual([0, 1]);
    const [made] = await owner(`select subject_id as id from credit_record where document_no = $1`, [
      ROW.行政处罚决定书文号,
    ]);
    expect(made!['id']).not.toBe(person.id);
    const { data } = await (await itself())(SHOWN, { id: person.globalId });
    expect(data.node.records.totalCount).toBe(before.totalCount);
    const { data: found } = await (await hall(hub))(CHECK, checked);
    expect(found.checkCredit.check).toMatchObject({ subjectFound: true, nameMatches: true });
  });

  test('the ledger tells of nobody, and is closed to others', async () => {
    const text = await readFile(ledger(), 'utf8');
    expect(text.trim().split('\n')).toHaveLength(1);
    expect(JSON.parse(text)).toMatchObject({ v: 1, n: 1, subject: person.id, documentNo: DOCUMENT });
    expect((await stat(ledger())).mode & 0o777).toBe(0o600);
  });
});

describe('an organisation', () => {
  const TEXTS = `personal_text where subject_id = (select id from subject where code = $1)`;
  const { code } = ORGANISATIONS.clean;
  const say = async () => {
    const as = await caller(hub, { role: 'SUBJECT', subject: code });
    const make = `mutation ($input: MakeCommitmentInput!) { makeCommitment(input: $input) { commitment { id content } } }`;
    const { data } = await as(make, { input: { kind: 'VOLUNTARY_DISCLOSURE', content: '联系电话13800138000' } });
    return data.makeCommitment.commitment;
  };

  test('loses its sealed texts, keeps its name, and may be told of again', async () => {
    const first = await say();
    expect(first.content).toContain('13800138000');
    expect((await hub.cli(order(code))).code).toBe(0);
    expect(await countOf(hub, TEXTS, [code])).toBe(0);
    const as = await caller(hub, { role: 'SUBJECT', subject: code });
    const { data, errors } = await as(
      `query ($id: ID!, $code: UnifiedSocialCreditCode!) { node(id: $id) { ... on Commitment { content } } subject(code: $code) { name } }`,
      { id: first.id, code },
    );
    expect(errors).toEqual([]);
    expect(data).toEqual({ node: { content: '联系电话138****8000' }, subject: { name: ORGANISATIONS.clean.name } });
    expect((await say()).content).toBe('联系电话13800138000');
  });
});

describe('a database restored from a backup of before', () => {
  const restart = async () => {
    await hub.stop();
    hub = await startHub({ dataDir: hub.dataDir });
  };

  test('forgets it again before it is opened', async () => {
    await restore();
    const back = await (await itself())(SHOWN, { id: person.globalId });
    expect(back.data.node.name).toBe(person.name);
    await restart();
    expect(hub.log.filter((line) => line.includes('destroyed again'))).toHaveLength(1);
    await nothingSealed();
    const { data } = await (await itself())(SHOWN, { id: person.globalId });
    expect(data.node).toMatchObject({ name: '已销毁', citizenId: null });
    // What was said of the organisation afterwards, under another key, was never destroyed.
    expect(
      await countOf(hub, `personal_text t join subject s on s.id = t.subject_id where s.code = $1`, [
        ORGANISATIONS.clean.code,
      ]),
    ).toBe(1);
  });

  test('once: the next start finds nothing to do', async () => {
    const text = await readFile(ledger(), 'utf8');
    await restart();
    expect(hub.log.filter((line) => line.includes('destroyed'))).toEqual([]);
    expect(await readFile(ledger(), 'utf8')).toBe(text);
  });

  test('a key put back alone opens nothing either', async () => {
    const wrapped = JSON.parse(backup['subject_key']![0]!).wrapped;
    await owner(`update subject_key set wrapped = $2, destroyed_at = null where subject_id = $1`, [person.id, wrapped]);
    await restart();
    await nothingSealed();
  });
});

describe('the ledger', () => {
  let good: string;
  beforeAll(async () => {
    good = await readFile(ledger(), 'utf8');
    await hub.stop();
  });

  test.each([
    ['altered', 1, (text: string) => text.replace('1号', '2号')],
    ['without its first line', 1, (text: string) => text.split('\n').slice(1).join('\n')],
    ['with its lines in another order', 1, (text: string) => `${text.trim().split('\n').reverse().join('\n')}\n`],
    [
      'with a line of somebody else’s',
      3,
      (text: string) => `${text}${text.split('\n')[0]!.replace('"n":1', '"n":3')}\n`,
    ],
    ['cut in a line', 2, (text: string) => text.slice(0, -40)],
  ])('%s stops the start, which names it', async (_what, line, change) => {
    await writeFile(ledger(), change(good));
    await expect(startHub({ dataDir: hub.dataDir })).rejects.toThrow(
      new RegExp(`credit-hub: HUB_DATA .*destroyed\\.jsonl whose line ${line} is broken`),
    );
  });

  test('lost: the database’s own knowledge makes it anew', async () => {
    await rm(ledger());
    hub = await startHub({ dataDir: hub.dataDir });
    const lines = (await readFile(ledger(), 'utf8'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map(({ subject }) => subject)).toContain(person.id);
    await hub.stop();
    hub = await startHub({ dataDir: hub.dataDir });
    expect(hub.log.filter((line) => line.includes('destroyed'))).toEqual([]);
  });

  test('written, and the process gone before the database knew: the next start does it', async () => {
    const [key] = await owner('select key_id as id from subject_key where subject_id = $1', [other.id]);
    const { DestructionLedger } = await import('../../src/services/custody/ledger.js');
    const { loadKeys } = await import('../../src/platform/crypto.js');
    const keys = await loadKeys({ keyFile: join(hub.dataDir, 'keys.json'), database: null });
    await new DestructionLedger({ dataDir: hub.dataDir }, keys).append({
      subject: other.id,
      keys: [key!['id']],
      at: new Date().toISOString(),
      documentNo: '信销字〔2026〕3号',
    });
    await hub.stop('SIGKILL');
    hub = await startHub({ dataDir: hub.dataDir });
    const as = await caller(hub, { role: 'SUBJECT', subject: other.globalId });
    expect((await as(SHOWN, { id: other.globalId })).data.node).toMatchObject({ name: '已销毁', citizenId: null });
  });
});
