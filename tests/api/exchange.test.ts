import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Client } from 'pg';
import { DEPARTMENTS, ORGANISATIONS } from '../../src/demo/cast.js';
import { deliver } from '../../src/exchange/deliver.js';
import type { City, Message } from '../kit/city.js';
import { citizenId } from '../kit/codes.js';
import { ALL, type ExchangeWorld, startExchange } from '../kit/exchange.js';
import { sql } from '../kit/sql.js';

const NOW = '2026-11-24';
const ID = citizenId('19900101', 1);
const MASKED = `${ID.slice(0, 6)}********${ID.slice(14)}`;
const MARKET = '11370830YYXD00011G';
const LABOUR = '11370830YYXD000388';
let world: ExchangeWorld;
let city: City;
let sibling: City;
let [market, labour] = ['', ''];

beforeAll(async () => {
  world = await startExchange(['city', 'sibling'], {
    hub: { now: NOW },
    partner: {
      city: { agreement: { ...ALL, identities: true } },
      sibling: {
        rank: 'SIBLING',
        agreement: {
          items: ['XZCF_FR', 'XZXK_FR', 'XZCF_ZRR'],
          labels: ['OPEN'],
          fields: { 'ITEM/XZXK_FR': ['document_no', 'decided_on', 'state'] },
        },
      },
    },
  });
  ({ city, sibling } = world.cities as Record<string, City> as { city: City; sibling: City });
  market = await world.hub.token({ role: 'DEPARTMENT', department: MARKET });
  labour = await world.hub.token({ role: 'DEPARTMENT', department: LABOUR });
}, 60_000);
afterAll(() => world.remove());

const owner = <T extends Record<string, unknown>>(text: string, values?: unknown[]) =>
  sql<T>(world.hub.ownerUrl, text, values);
async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client(url);
  await client.connect();
  return work(client).finally(() => client.end());
}
const send = (to: string) => deliver(world.driver, to, { force: true });
const CASES = `{ exchangeCases { totalCount nodes { id kind state partner scope documentNo reason openedOn answer closedOn
  department { code } subject { name } } } }`;
interface Case {
  id: string;
  kind: string;
  state: string;
  reason: string;
  documentNo: string;
  department: { code: string };
}
const casesOf = async (token: string, headers = {}): Promise<Case[]> => {
  const { data, errors } = await world.hub.graphql(CASES, {}, { token, headers });
  expect(errors).toEqual([]);
  return data.exchangeCases.nodes;
};
const close = (verb: 'answer' | 'resubmit', token: string, id: string, text = '已更正') =>
  world.hub.graphql(
    `mutation ($input: ${verb === 'answer' ? 'Answer' : 'Resubmit'}ExchangeCaseInput!) { ${verb}ExchangeCase(input: $input) { case { state answer closedOn } } }`,
    { input: { id, [verb === 'answer' ? 'answer' : 'note']: text } },
    { token },
  );

describe('a row that the city rejects', () => {
  let rejected: Message['content'];
  let cases: Case[] = [];

  test('comes back to its provider as a case, to nobody else’s eyes, with ids masked; the others go on', async () => {
    const [row] = await owner<{ no: string }>(
      `select document_no as no from credit_record r join department d on d.id = r.provider_id
       where d.code = $1 and record_type = 'PENALTY' and subject_kind <> 'NATURAL_PERSON' order by r.id limit 1`,
      [MARKET],
    );
    await city.faults({ reject: row!.no, reason: `文书号不符 ${ID}` });
    expect(await send('city')).toMatchObject({ outcome: 'DONE', rejected: 1, faults: 0 });
    cases = await casesOf(market);
    expect(cases).toMatchObject([
      { kind: 'REJECTED', state: 'OPEN', partner: 'city', scope: 'ITEM/XZCF_FR', documentNo: row!.no, openedOn: NOW },
    ]);
    expect(cases[0]?.reason).toBe(`文书号不符 ${MASKED}`);
    expect(await casesOf(labour)).toEqual([]);
    const [message] = await owner<{ payload: Message['content'] }>(
      `select payload from exchange_message m join exchange_case c on c.message_id = m.id`,
    );
    rejected = message!.payload;
  });

  test('the credit office reads it with a purpose; the public, and a platform, not at all', async () => {
    const office = await world.hub.token({ role: 'CREDIT_OFFICE', department: '11370830YYXD00134H' });
    expect(await casesOf(office, { 'x-hub-purpose': 'SUPERVISION' })).toHaveLength(1);
    const platform = await world.hub.token({ role: 'EXCHANGE', user: 'city' });
    const codes = await Promise.all(
      [office, platform, undefined].map(
        async (token) => (await world.hub.graphql(CASES, {}, { token })).errors[0]?.extensions.code,
      ),
    );
    expect(codes).toEqual(['PURPOSE_REQUIRED', 'FORBIDDEN', 'FORBIDDEN']);
    const { data } = await world.hub.graphql(
      '{ exchangeStatus { partner pending accepted rejected } }',
      {},
      { token: office },
    );
    expect(data.exchangeStatus).toContainEqual(expect.objectContaining({ partner: 'city', pending: 0, rejected: 1 }));
  });

  test('it is sent again by its own department alone, once, as a new message that the city takes', async () => {
    const id = cases[0]!.id;
    expect((await close('resubmit', labour, id)).errors[0]?.extensions).toMatchObject({
      code: 'NOT_FOUND',
      field: 'id',
    });
    expect((await close('resubmit', market, id, ' ')).errors[0]?.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      field: 'note',
    });
    await city.faults({});
    const { data, errors } = await close('resubmit', market, id);
    expect([errors, data?.resubmitExchangeCase.case]).toEqual([
      [],
      { state: 'RESUBMITTED', answer: '已更正', closedOn: NOW },
    ]);
    expect((await close('answer', market, id)).errors[0]?.extensions.code).toBe('PRECONDITION_FAILED');
    expect(await send('city')).toMatchObject({ accepted: 1, rejected: 0 });
    const last = (await city.ledger()).at(-1)?.content;
    expect(last).toMatchObject({ event: 'RESUBMITTED', data: { document_no: rejected.data?.['document_no'] } });
    // To the other partner, which had taken it, nothing goes again.
    await send('sibling');
    expect((await sibling.ledger()).filter(({ content }) => content.event === 'RESUBMITTED')).toEqual([]);
  });
});

describe('registrations', () => {
  const rowsOf = async (one: City, code: string) =>
    (await one.ledger()).filter(({ content }) => content.scope === 'ITEM/DJ_SCZT' && content.subject?.code === code);

  test('each subject that the register knows reached the city once, and none that only a record has named', async () => {
    const got = (await city.ledger()).filter(({ content }) => content.scope.startsWith('ITEM/DJ_'));
    const registered = await owner<{ id: string }>(
      `select s.id from subject s join catalogue_item i on i.id = s.source_item_id where i.code like 'DJ%' order by 1`,
    );
    expect(registered.length).toBeGreaterThan(5);
    expect([...new Set(got.map(({ content }) => content.rowId))].sort()).toEqual(registered.map(({ id }) => id));
    expect(new Set(got.map(({ content: { rowId, revision } }) => `${rowId} ${revision}`)).size).toBe(got.length);
    const firsts = got.filter(({ content: { rowId } }, n) => got.findIndex((one) => one.content.rowId === rowId) === n);
    expect(new Set(firsts.map(({ content }) => content.event))).toEqual(new Set(['ACCEPTED']));
    const [one] = got;
    expect(one?.content).toMatchObject({
      item: { code: one?.content.scope.slice(5) },
      subject: { id: one?.content.rowId, name: expect.any(String) },
      data: { registration_state: expect.any(String), registration_authority: expect.any(String) },
    });
    const columns = new Set(got.flatMap(({ content }) => Object.keys(content.data ?? {})));
    for (const inner of ['name_key', 'sort_code', 'content_hash', 'source_item_id', 'merged_into', 'id'])
      expect(columns.has(inner)).toBe(false);
  });

  test('what the register changes goes out again, said of the same row; where the agreement does not list it, nothing', async () => {
    const firm = ORGANISATIONS.clean;
    const earlier = await rowsOf(city, firm.code);
    const before = earlier.at(-1);
    const [at] = await owner<{ received: string }>(
      `select (as_of + interval '1 hour')::text as received from subject where code = $1`,
      [firm.code],
    );
    const input = {
      item: 'DJ_SCZT',
      idempotencyKey: 'moved',
      asOf: new Date(at?.received ?? '').toISOString(),
      rows: [
        {
          统一社会信用代码: firm.code,
          主体名称: firm.name,
          主体类型: '企业',
          法定代表人: firm.representative,
          住所: '山东省济宁市汶上县示例新路9号',
          登记机关: DEPARTMENTS.APPROVAL.name,
          状态: '存续',
        },
      ],
    };
    const token = await world.hub.token({ role: 'DEPARTMENT', department: DEPARTMENTS.APPROVAL.code });
    const { data, errors } = await world.hub.graphql(
      `mutation ($input: SubmitRecordsInput!) { submitRecords(input: $input) { batch { accepted revised } } }`,
      { input },
      { token, path: '/graphql/submit' },
    );
    expect([errors, data?.submitRecords.batch]).toEqual([[], { accepted: 1, revised: 1 }]);
    await Promise.all([send('city'), send('sibling')]);
    const [after, ...more] = (await rowsOf(city, firm.code)).slice(earlier.length);
    expect(more).toEqual([]);
    expect(after?.content).toMatchObject({
      event: 'REVISED',
      rowId: before?.content.rowId,
      revision: (before?.content.revision ?? 0) + 1,
      data: { address: '山东省济宁市汶上县示例新路9号' },
      provider: { code: DEPARTMENTS.APPROVAL.code },
    });
    expect(await rowsOf(sibling, firm.code)).toEqual([]);
  });
});

describe('natural persons', () => {
  test('the city is told who they are, sealed to its key; on the wire, in the outbox and in its rows they are masked', async () => {
    const got = (await city.ledger()).filter(({ content }) => content.subject?.kind === 'NATURAL_PERSON');
    expect(got.length).toBeGreaterThan(0);
    const told = new Map((await city.identities()).map((one) => [one.subjectId, one]));
    expect([...told.keys()].sort()).toEqual([...new Set(got.map(({ content }) => content.subject?.id))].sort());
    for (const { content } of got) {
      const { documentNumber, name } = told.get(content.subject?.id ?? '')!;
      const [row] = await owner<{ masked: string }>('select id_masked as masked from subject where id = $1', [
        content.subject?.id,
      ]);
      expect(`${documentNumber.slice(0, 6)}********${documentNumber.slice(14)}`).toBe(row?.masked);
      expect(name).not.toContain('*');
      expect(await city.saw(documentNumber)).toBe(false);
      const inOutbox = await owner(
        'select 1 from exchange_message where strpos(payload::text, $1) > 0 union all select 1 from exchange_delivery where strpos(reason, $1) > 0',
        [documentNumber],
      );
      expect(inOutbox).toEqual([]);
    }
    expect(await sibling.identities()).toEqual([]);
  });

  test('Postgres gives them to the delivery alone, to the partner whose agreement says so, and only what waits for it', async () => {
    const asked = async (partner: string, verb: string) => {
      const settings = `set_config('hub.role', 'EXCHANGE', true), set_config('hub.user', '${partner}', true), set_config('hub.verb', '${verb}', true)`;
      return withClient(world.hub.appUrl, async (client) => {
        await client.query('begin');
        await client.query(`select ${settings}, set_config('role', 'hub_exchange', true)`);
        return (await client.query('select "subjectId" from exchange_identities($1)', [persons])).rows.length;
      });
    };
    const persons = (await city.identities()).map(({ subjectId }) => subjectId);
    expect(await asked('city', 'deliverExchange')).toBe(0);
    await owner(
      `update exchange_delivery set state = 'PENDING' where partner in ('city', 'sibling') and subject_id = $1`,
      [persons[0]],
    );
    expect([await asked('city', 'deliverExchange'), await asked('sibling', 'deliverExchange')]).toEqual([1, 0]);
    await expect(asked('city', 'receiveExchange')).rejects.toThrow(/only the delivery/);
    await send('city');
    expect(await asked('city', 'deliverExchange')).toBe(0);
  });
});

describe('a platform beside the county’s', () => {
  test('is sent what its agreement lists: those items, labels and fields, no person, and nothing else', async () => {
    const got = (await sibling.ledger()).map(({ content }) => content);
    const [expected] = await owner<{ n: number }>(
      `select count(*)::int as n from credit_record r join catalogue_item i on i.id = r.item_id
       where i.code in ('XZCF_FR', 'XZXK_FR', 'XZCF_ZRR') and r.disclosure = 'PUBLIC' and r.subject_kind <> 'NATURAL_PERSON'`,
    );
    expect(new Set(got.map(({ rowId }) => rowId)).size).toBe(expected!.n);
    expect([...new Set(got.map(({ scope }) => scope))].sort()).toEqual(['ITEM/XZCF_FR', 'ITEM/XZXK_FR']);
    expect(got.filter(({ subject }) => subject?.kind === 'NATURAL_PERSON')).toEqual([]);
    const permits = got.filter(({ scope }) => scope === 'ITEM/XZXK_FR');
    expect([...new Set(permits.flatMap(({ data }) => Object.keys(data ?? {})))].sort()).toEqual([
      'decided_on',
      'document_no',
      'state',
    ]);
    // gapless for each subject, whatever was left out in between
    const numbers = Map.groupBy(got, ({ subject }) => subject?.id);
    for (const some of numbers.values())
      expect(some.map(({ subjectSeq }) => subjectSeq)).toEqual(some.map((_, i) => i + 1));
  });

  test('the remark of a penalty, which is for government only, stays here; the city has it', async () => {
    await owner(`update credit_record set values = values || '{"BZ":"内部备注"}', revision_reason = 'x'
      where id = (select r.id from credit_record r join catalogue_item i on i.id = r.item_id where i.code = 'XZCF_FR' limit 1)`);
    await Promise.all([send('city'), send('sibling')]);
    const lastOf = async (one: City) => (await one.ledger()).at(-1)?.content;
    expect(await lastOf(city)).toMatchObject({ event: 'REVISED', data: { values: { BZ: '内部备注' } } });
    expect((await lastOf(sibling))?.rowId).toBe((await lastOf(city))?.rowId);
    expect(JSON.stringify(await lastOf(sibling))).not.toContain('内部备注');
  });

  test('Postgres says so by itself: as that partner the weak login reads no other message', async () => {
    const asPartner = async (name: string) => {
      const settings = `set_config('hub.role', 'EXCHANGE', true), set_config('hub.user', '${name}', true)`;
      const { rows } = await withClient(world.hub.appUrl, async (client) => {
        await client.query('begin');
        await client.query(`select ${settings}, set_config('role', 'hub_exchange', true)`);
        return client.query('select distinct scope from exchange_message order by 1');
      });
      return rows.map(({ scope }) => scope);
    };
    expect(await asPartner('sibling')).toEqual(['ITEM/XZCF_FR', 'ITEM/XZXK_FR']);
    expect(await asPartner('a stranger')).toEqual([]);
  });
});

describe('what a partner sends', () => {
  const post = (messages: object[], as?: object) => city.post(world.hub.url, messages, as);
  const revocation = (about: object, more = {}) => ({
    id: randomUUID(),
    type: 'REVOCATION',
    about,
    reason: `行政复议决定撤销，当事人身份证号 ${ID}`,
    documentNo: '济政复决〔2026〕1号',
    ...more,
  });
  const inbox = () => owner('select message_id as id, type, state, case_id from exchange_inbox order by received_at');

  test.each([
    ['no signature', { unsigned: true }],
    ['a forged key', { key: 'forged' }],
    ['an old time', { seconds: -400 }],
    ['a time to come', { seconds: 400 }],
    ['another body', { body: '{}' }],
    ['another audience', { audience: 'another county' }],
    ['another issuer than the key’s', { issuer: 'sibling' }],
  ])('with %s is refused, and nothing of it is stored', async (_name, as) => {
    const { status, body } = await post([revocation({ documentNo: 'x' })], as);
    expect([status, body.errors?.[0]?.extensions.code]).toEqual([401, 'UNAUTHENTICATED']);
    expect(await inbox()).toEqual([]);
  });

  test('a revocation is kept as a case of the department whose row it is about, once; its answer travels back', async () => {
    const penalty = (await city.ledger()).find(({ content }) => content.scope === 'LIST/TQNMGGZ') as Message;
    const message = revocation({ messageId: penalty.id });
    for (let time = 0; time < 2; time += 1) {
      expect(await post([message])).toMatchObject({
        status: 200,
        body: { receipts: [{ id: message.id, state: 'ACCEPTED' }] },
      });
    }
    const other = await post([{ ...message, reason: '另一内容' }]);
    expect(other.body.receipts?.[0]).toMatchObject({ state: 'REJECTED', reason: expect.stringContaining('CONFLICT') });
    const cases = await casesOf(labour);
    expect(cases).toMatchObject([{ kind: 'REVOCATION', state: 'OPEN', scope: 'LIST/TQNMGGZ', partner: 'city' }]);
    expect(cases[0]?.reason).toContain(MASKED);
    const [stored] = await owner<{ sealed: string }>('select sealed from exchange_inbox');
    expect(stored!.sealed).toMatch(/^v1\.aes256gcm\.k\d+\./);

    expect((await close('resubmit', labour, cases[0]!.id)).errors[0]?.extensions.code).toBe('PRECONDITION_FAILED');
    expect((await close('answer', labour, cases[0]!.id, '已撤销，汶人社撤字〔2026〕1号')).errors).toEqual([]);
    await Promise.all([send('city'), send('sibling')]);
    const answer = {
      event: 'ANSWERED',
      answers: message.id,
      kind: 'REVOCATION',
      answer: '已撤销，汶人社撤字〔2026〕1号',
    };
    expect((await city.ledger()).at(-1)?.content).toMatchObject(answer);
    expect((await sibling.ledger()).filter(({ content }) => content.event === 'ANSWERED')).toEqual([]);
  });

  test('what is about nothing that was sent is kept all the same, by the department that looks after credit', async () => {
    const message = { ...revocation({ documentNo: '无此文书' }), type: 'OBJECTION' };
    expect((await post([message])).body.receipts).toMatchObject([{ state: 'ACCEPTED' }]);
    const reform = await world.hub.token({ role: 'DEPARTMENT', department: '11370830YYXD00134H' });
    expect(await casesOf(reform)).toMatchObject([{ kind: 'OBJECTION', documentNo: '无此文书' }]);
  });

  test('what can’t be read is answered with the place that is wrong, and kept', async () => {
    const odd = { id: randomUUID(), type: 'GOSSIP', text: ID };
    const short = revocation({});
    const { body } = await post([odd, short]);
    expect(body.receipts?.map(({ state }) => state)).toEqual(['REJECTED', 'REJECTED']);
    expect(JSON.stringify(body)).not.toContain(ID);
    expect((await inbox()).filter(({ state }) => state === 'REFUSED')).toHaveLength(2);
    expect((await post([{ type: 'REPAIR' }])).body.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  test('received lists go in through the pipeline, as the platform’s, and are not sent back to it', async () => {
    const row = {
      名单代码: 'SXBZXR',
      主体名称: '示例白榆建筑劳务有限公司',
      统一社会信用代码: '91370830YYX0K0086G',
      文书号: '（2026）鲁08执1号',
      列入事由: '有履行能力而拒不履行生效法律文书确定的义务',
      列入日期: '2026-11-20',
    };
    const bad = { ...row, 统一社会信用代码: '91370830YYX0K0086X', 文书号: '（2026）鲁08执2号' };
    const message = {
      id: randomUUID(),
      type: 'RECORDS',
      item: 'YZSX_MD',
      asOf: '2026-11-20T08:00:00+08:00',
      rows: [row, bad],
    };
    const first = await post([message]);
    expect(first.body.receipts).toMatchObject([
      { state: 'ACCEPTED', reason: expect.stringContaining('1/2 {"USCC_INVALID":1}') },
    ]);
    expect(await post([message])).toEqual(first);
    const entries = await owner(`select state from list_entry where document_no = '（2026）鲁08执1号'`);
    expect(entries).toEqual([{ state: 'LISTED' }]);
    // An item that is not a platform's to send.
    const foreign = { ...message, id: randomUUID(), item: 'XZCF_FR' };
    expect((await post([foreign])).body.receipts).toMatchObject([{ state: 'REJECTED' }]);

    const before = (await city.seen()).messages.length;
    await send('city');
    expect((await city.seen()).messages.length).toBe(before);
  });

  test('a receipt that comes later changes what the first one said', async () => {
    const { id } = (await city.ledger()).find(({ content }) => content.scope === 'LIST/TQNMGGZ') as Message;
    const receipt = { id, state: 'REJECTED', reason: '复核未通过' };
    expect((await post([{ id: randomUUID(), type: 'RECEIPT', receipt }])).body.receipts).toMatchObject([
      { state: 'ACCEPTED' },
    ]);
    expect(await casesOf(labour)).toContainEqual(expect.objectContaining({ kind: 'REJECTED', reason: '复核未通过' }));
    const [audit] = await owner<{ n: number }>(
      `select count(*)::int as n from access_event where operation in ('deliverExchange', 'receiveExchange') and actor = 'city'`,
    );
    expect(audit!.n).toBeGreaterThan(10);
  });
});
