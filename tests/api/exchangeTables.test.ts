import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Client } from 'pg';
import { ConfigError } from '../../src/config.js';
import { deliver } from '../../src/exchange/deliver.js';
import { poll } from '../../src/exchange/poll.js';
import { reconcile } from '../../src/exchange/reconcile.js';
import { loadExchange } from '../../src/services/exchange/settings.js';
import { type City, startCity } from '../kit/city.js';
import { ALL, type ExchangeWorld, RETRY, startExchange } from '../kit/exchange.js';
import { sql } from '../kit/sql.js';

const NOW = '2026-11-24';
const MARKET = '11370830YYXD00011G';
let world: ExchangeWorld;
let folder: string;
/** a partner that reads tables, and signs what it answers there */
let signer: City;
/** the department's own connections to its table */
let [first, second]: Client[] = [];

const SOURCE = {
  id: 'market-penalties',
  department: MARKET,
  item: 'XZCF_FR',
  schema: 'qzk',
  table: '行政处罚',
  timeColumn: '更新时间',
  idColumn: '序号',
  withdrawnColumn: '是否撤回',
  overlapSeconds: 600,
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hub-tables-'));
  signer = await startCity('signer');
  world = await startExchange(['city'], {
    hub: { now: NOW },
    file: (database, { partners }) => ({
      partners: [
        ...partners,
        {
          id: 'province',
          rank: 'PROVINCE',
          agreement: ALL,
          receiver: { kind: 'TABLE', database, schema: 'sheng' },
          retry: RETRY,
        },
        {
          id: 'signer',
          rank: 'SIBLING',
          agreement: { items: ['XZCF_FR'] },
          receiver: { kind: 'TABLE', database, schema: 'signed' },
          publicKey: signer.publicKey,
          retry: RETRY,
        },
      ],
      sources: [{ ...SOURCE, database }],
    }),
  });
  const { ownerUrl } = world.hub;
  await sql(ownerUrl, `create schema sheng`);
  await sql(
    ownerUrl,
    `create table sheng.hub_message (id uuid primary key, hash text not null, scope text not null, event text not null,
    subject_seq bigint not null, date date not null, content jsonb not null, at timestamptz not null default clock_timestamp())`,
  );
  await sql(
    ownerUrl,
    `create table sheng.hub_receipt (message_id uuid primary key, state text not null, reason text, at timestamptz not null default now())`,
  );
  await sql(ownerUrl, `create schema signed`);
  await sql(ownerUrl, `create table signed.hub_message (like sheng.hub_message including all)`);
  await sql(ownerUrl, `create table signed.hub_receipt (like sheng.hub_receipt including all, signature text)`);
  await sql(ownerUrl, `create schema qzk`);
  const [penalty] = await sql<{ subject: string; code: string }>(
    ownerUrl,
    `select s.name as subject, s.code from subject s where kind = 'ENTERPRISE' and code is not null order by s.id limit 1`,
  );
  firm = penalty as typeof firm;
  await sql(
    ownerUrl,
    `create table qzk."行政处罚" ("序号" text primary key, "更新时间" timestamptz not null default now(), "是否撤回" boolean not null default false,
    ${COLUMNS.map((name) => `"${name}" text`).join(', ')})`,
  );
  [first, second] = [new Client(ownerUrl), new Client(ownerUrl)];
  await first.connect();
  await second.connect();
}, 60_000);
afterAll(async () => {
  await first?.end();
  await second?.end();
  await world.remove();
  await signer.stop();
  await rm(folder, { recursive: true, force: true });
});

let firm: { subject: string; code: string };
const COLUMNS = [
  '行政相对人名称',
  '行政相对人类别',
  '统一社会信用代码',
  '行政处罚决定书文号',
  '违法行为类型',
  '违法事实',
  '处罚依据',
  '处罚类别',
  '处罚内容',
  '罚款金额（万元）',
  '处罚决定日期',
  '处罚有效期',
  '法定代表人',
  '公示截止期',
  '处罚机关',
  '处罚机关统一社会信用代码',
  '数据来源单位',
  '数据来源单位统一社会信用代码',
];
const rowOf = (id: string, more: Record<string, string> = {}) => ({
  序号: id,
  行政相对人名称: firm.subject,
  行政相对人类别: '法人及非法人组织',
  统一社会信用代码: firm.code,
  行政处罚决定书文号: `汶市监前置〔2026〕${id}号`,
  违法行为类型: '虚假宣传',
  违法事实: '发布虚假广告',
  处罚依据: '《广告法》第五十五条',
  处罚类别: '罚款',
  处罚内容: '罚款',
  '罚款金额（万元）': '1.000000',
  处罚决定日期: '2026-11-20',
  处罚有效期: '2099-12-31',
  法定代表人: '张示例',
  公示截止期: '2029-11-20',
  处罚机关: '汶上县（演示）市场监督管理局',
  处罚机关统一社会信用代码: MARKET,
  数据来源单位: '汶上县（演示）市场监督管理局',
  数据来源单位统一社会信用代码: MARKET,
  ...more,
});
async function put(client: Client, ...rows: Record<string, string>[]): Promise<void> {
  for (const row of rows) {
    const names = Object.keys(row).map((name) => `"${name}"`);
    const set = names.map((name) => `${name} = excluded.${name}`);
    await client.query(
      `insert into qzk."行政处罚" (${names.join(', ')}) values (${names.map((_, i) => `$${i + 1}`).join(', ')})
       on conflict ("序号") do update set ${set.join(', ')}, "更新时间" = now()`,
      Object.values(row),
    );
  }
}
const read = () => poll(world.driver, world.driver.deps.settings.sources[0]!);
const stored = () =>
  sql<{ no: string; state: string; facts: string }>(
    world.hub.ownerUrl,
    `select document_no as no, state, facts from credit_record where document_no like '汶市监前置%' order by document_no`,
  );

describe('a department’s exchange table', () => {
  test('is read through the pipeline: what is good goes in, what is not comes back to the department', async () => {
    await put(first!, rowOf('1'), rowOf('2'), rowOf('3', { 统一社会信用代码: '91370830YYX0K0086X' }));
    const polled = await read();
    expect(
      await sql(
        world.hub.ownerUrl,
        `select rejections from import_batch where submitted_by = 'exchange:market-penalties'`,
      ),
    ).toEqual([{ rejections: { USCC_INVALID: 1 } }]);
    expect(polled).toMatchObject({ source: 'market-penalties', outcome: 'DONE', taken: 3, accepted: 2, rejected: 1 });
    const token = await world.hub.token({ role: 'DEPARTMENT', department: MARKET });
    const [id] = polled.batches ?? [];
    const batch_ = await world.hub.graphql(
      'query ($id: ID!) { importBatch(id: $id) { rejections } }',
      { id },
      { token },
    );
    expect([polled.batches?.length, batch_.data?.importBatch]).toEqual([1, { rejections: { USCC_INVALID: 1 } }]);
    expect((await stored()).map(({ no }) => no)).toEqual(['汶市监前置〔2026〕1号', '汶市监前置〔2026〕2号']);
    const [batch] = await sql(
      world.hub.ownerUrl,
      `select d.code from import_batch b join department d on d.id = b.department_id where submitted_by = 'exchange:market-penalties'`,
    );
    expect(batch).toEqual({ code: MARKET });
  });

  test('a repeat is recognised; a row that is committed late, under an earlier time, is found in the overlap', async () => {
    await second!.query('begin');
    await put(second!, rowOf('4'));
    await put(first!, rowOf('5'));
    expect(await read()).toMatchObject({ taken: 1, accepted: 1 });
    await second!.query('commit');
    const [late] = await sql<{ late: boolean }>(
      world.hub.ownerUrl,
      `select (select "更新时间" from qzk."行政处罚" where "序号" = '4') < position_time as late from exchange_source`,
    );
    expect(late?.late).toBe(true);
    expect(await read()).toMatchObject({ taken: 1, accepted: 1 });
    expect(await read()).toMatchObject({ taken: 0 });
    expect(await stored()).toHaveLength(4);
  });

  test('a row that is put right is revised, one that is withdrawn is revoked, and the city hears of both', async () => {
    await put(first!, rowOf('1', { 违法事实: '发布虚假广告，已更正' }));
    await first!.query(`update qzk."行政处罚" set "是否撤回" = true, "更新时间" = now() where "序号" = '2'`);
    expect(await read()).toMatchObject({ taken: 2, accepted: 2 });
    expect(await stored()).toMatchObject([{ facts: '发布虚假广告，已更正' }, { state: 'REVOKED' }, {}, {}]);
    await deliver(world.driver, 'city');
    const events = (await world.cities['city']!.ledger())
      .filter(({ content }) => String(content.data?.['document_no']).startsWith('汶市监前置'))
      .map(({ content }) => `${content.data?.['document_no']} ${content.event}`);
    expect(events).toEqual(
      expect.arrayContaining(['汶市监前置〔2026〕1号 REVISED', '汶市监前置〔2026〕2号 WITHDRAWN']),
    );
  });

  test('one that is not there is said to be down, without its address', async () => {
    const [source] = world.driver.deps.settings.sources;
    const polled = await poll(world.driver, {
      ...source!,
      id: 'gone',
      database: 'postgres://somebody:secret@127.0.0.1:9/x',
    });
    expect(polled).toMatchObject({ outcome: 'DOWN' });
    expect(JSON.stringify(polled)).not.toMatch(/secret|127\.0\.0\.1/);
  });

  test.each([
    ['schema', { schema: 'nowhere' }, 'there is no such table 42P01'],
    ['column', { timeColumn: '时间' }, 'there is no such column 42703'],
  ])('one that is not as the file says is told by its %s', async (_name, other, said) => {
    const [source] = world.driver.deps.settings.sources;
    const polled = await poll(world.driver, { ...source!, ...other });
    expect(polled).toMatchObject({ outcome: 'DOWN', error: `its exchange table: ${said}` });
  });
});

describe('a partner that reads tables', () => {
  test('finds every message once, answers in its own time, and what it changes in its table is found', async () => {
    const { ownerUrl } = world.hub;
    const first = await deliver(world.driver, 'province');
    expect(first).toMatchObject({ outcome: 'DONE', accepted: 0 });
    const [{ n } = { n: 0 }] = await sql<{ n: number }>(ownerUrl, 'select count(*)::int as n from exchange_message');
    expect(await world.cities['city']!.readTable(ownerUrl, 'sheng')).toBe(n);
    expect(await deliver(world.driver, 'province')).toMatchObject({ accepted: n });
    expect(await reconcile(world.driver, 'province', NOW)).toMatchObject({
      sent: n,
      accepted: n,
      pending: 0,
      lost: [],
      altered: [],
    });

    const [lost] = await sql<{ id: string }>(
      ownerUrl,
      `delete from sheng.hub_message where id = (select id from sheng.hub_message limit 1) returning id`,
    );
    const [altered] = await sql<{ id: string }>(
      ownerUrl,
      `update sheng.hub_message set content = content || '{"event":"REVOKED"}' where id = (select id from sheng.hub_message where event = 'ACCEPTED' limit 1) returning id`,
    );
    expect(await reconcile(world.driver, 'province', NOW)).toMatchObject({ lost: [lost?.id], altered: [altered?.id] });
    await deliver(world.driver, 'province');
    expect(await reconcile(world.driver, 'province', NOW)).toMatchObject({ lost: [], altered: [altered?.id] });
  }, 30_000);
});

describe('a partner that reads tables and whose key is known', () => {
  const owner = <T extends Record<string, unknown>>(text: string, values?: unknown[]) =>
    sql<T>(world.hub.ownerUrl, text, values);
  const stateOf = async (id: string) =>
    (
      await owner<{ state: string }>(
        `select state from exchange_delivery where partner = 'signer' and message_id = $1`,
        [id],
      )
    )[0]?.state;
  const events = async () =>
    (await owner(`select 1 from access_event where actor = 'signer' and outcome = 'UNAUTHENTICATED'`)).length;
  let ids: string[] = [];

  test('what it has not signed counts as no answer, is on record once, and the messages wait', async () => {
    await signer.hubKey((await world.driver.signer).publicJwk);
    await deliver(world.driver, 'signer');
    ids = (await owner<{ id: string }>('select id from signed.hub_message order by at, id')).map(({ id }) => id);
    expect(ids.length).toBeGreaterThan(20);
    // By hand, by whoever may write there; and by another key.
    await owner(`insert into signed.hub_receipt (message_id, state) values ($1, 'ACCEPTED')`, [ids[0]]);
    await owner(
      `insert into signed.hub_receipt (message_id, state, reason, signature) values ($1, 'REJECTED', '伪造', 'no.jws.this')`,
      [ids[1]],
    );
    await signer.faults({ answers: 'forged' });
    await signer.readTable(world.hub.ownerUrl, 'signed', true);
    await signer.faults({});
    expect(await deliver(world.driver, 'signer')).toMatchObject({
      outcome: 'DONE',
      accepted: 0,
      rejected: 0,
      error: `${ids.length} answers without the partner’s signature`,
    });
    await deliver(world.driver, 'signer');
    expect(await events()).toBe(1);
    expect([await stateOf(ids[0]!), await stateOf(ids[1]!)]).toEqual(['SENT', 'SENT']);
    expect(await owner(`select 1 from exchange_case where partner = 'signer'`)).toEqual([]);
  });

  test('what it has signed is its answer, for that message and in those words alone', async () => {
    await owner('delete from signed.hub_receipt');
    await signer.forget();
    await signer.readTable(world.hub.ownerUrl, 'signed', true);
    // A signed answer put to another message, and one whose word was changed.
    await owner(
      `update signed.hub_receipt set signature = (select signature from signed.hub_receipt where message_id = $2) where message_id = $1`,
      [ids[0], ids[1]],
    );
    await owner(`update signed.hub_receipt set state = 'REJECTED', reason = '改动' where message_id = $1`, [ids[2]]);
    expect(await deliver(world.driver, 'signer')).toMatchObject({ accepted: ids.length - 2, rejected: 0 });
    expect([await stateOf(ids[0]!), await stateOf(ids[1]!), await stateOf(ids[2]!)]).toEqual([
      'SENT',
      'ACCEPTED',
      'SENT',
    ]);
    expect(await reconcile(world.driver, 'signer', NOW)).toMatchObject({ pending: 2, lost: [], altered: [] });
  });
});

describe('settings', () => {
  const load = async (settings: unknown) => {
    const file = join(folder, 'settings.yaml');
    await writeFile(file, typeof settings === 'string' ? settings : JSON.stringify(settings));
    return loadExchange(file).then(
      () => 'loaded',
      (error: unknown) => (error instanceof ConfigError ? error.message : String(error)),
    );
  };
  const partner = {
    id: 'p',
    rank: 'SIBLING',
    agreement: {},
    receiver: { kind: 'TABLE', database: 'postgres://u:secret@h/d', schema: 's' },
  };

  test.each([
    [
      'a database that is none',
      { id: 'c', sources: [{ ...SOURCE, database: 'mysql://u:secret@h/d' }] },
      /sources\.0\.database/,
    ],
    ['a key that is not known', { id: 'c', passwort: 'secret' }, /passwort/],
    ['two partners of one name', { id: 'c', partners: [partner, partner] }, /partners/],
    [
      'what is by consent, for a sibling',
      { id: 'c', partners: [{ ...partner, agreement: { labels: ['AUTHORISED'] } }] },
      /agreement\.labels/,
    ],
    [
      'an HTTP partner whose answers could not be checked',
      { id: 'c', partners: [{ ...partner, receiver: { kind: 'HTTP', url: 'https://secret.example' } }] },
      /partners\.0\.publicKey/,
    ],
    [
      'identities for a sibling',
      { id: 'c', partners: [{ ...partner, agreement: { labels: ['PERSONAL'], identities: true } }] },
      /agreement\.identities/,
    ],
    [
      'identities into a table, or without a key',
      { id: 'c', partners: [{ ...partner, rank: 'CITY', agreement: { labels: ['PERSONAL'], identities: true } }] },
      /partners\.0\.encryptionKey/,
    ],
    [
      'an item that the catalogue has not',
      { id: 'c', partners: [{ ...partner, agreement: { items: ['XZCF_FX'] } }] },
      /agreement\.items\.0: is no item of the catalogue/,
    ],
    [
      'fields of a list that there is not',
      { id: 'c', partners: [{ ...partner, agreement: { lists: ['*'], fields: { 'LIST/NONE': [] } } }] },
      /agreement\.fields\.LIST\/NONE/,
    ],
    ['no YAML', 'id: [secret', /neither YAML nor JSON/],
  ])('%s is refused by its place, never by its value', async (_name, settings, place) => {
    const said = await load(settings);
    expect(said).toMatch(/^HUB_EXCHANGE /);
    expect(said).toMatch(place);
    expect(said).not.toContain('secret');
  });

  test('YAML is taken', async () => {
    expect(await load('id: county\npartners: []\n')).toBe('loaded');
  });
});
