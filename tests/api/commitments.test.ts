import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DEPARTMENTS, ORGANISATIONS, PERSONS } from '../../src/demo/cast.js';
import { addDays, dateInShanghai } from '../../src/platform/clock.js';
import { fromGlobalId } from '../../src/platform/ids.js';
import { unifiedCode } from '../kit/codes.js';
import { type Hub, startHub } from '../kit/hub.js';
import { sql } from '../kit/sql.js';
import { type Caller, caller, check, clerk, countOf, hall, refusalOf } from './callers.js';

let hub: Hub;
let [itself, window, approval] = [] as unknown as [Caller, Caller, Caller];
const { clean, bigFine, renamed } = ORGANISATIONS;
beforeAll(async () => {
  hub = await startHub();
  itself = await caller(hub, { role: 'SUBJECT', subject: clean.code });
  window = await hall(hub);
  approval = await clerk(hub, 'APPROVAL');
});
afterAll(() => hub.remove());

const FIELDS =
  'commitment { id kind content state madeOn dueOn subject { id name } department { code } matter { code } }';
const MAKE = `mutation ($input: MakeCommitmentInput!) { makeCommitment(input: $input) { ${FIELDS} } }`;
const SETTLE = `mutation ($input: SettleCommitmentInput!) { settleCommitment(input: $input) { ${FIELDS} } }`;
const TODAY = dateInShanghai(new Date());
const CONTENT = '承诺三十日内补齐消防验收材料';
const asked = (more: Record<string, unknown> = {}) => ({
  input: { kind: 'APPROVAL_SUBSTITUTION', matter: 'RCSPCN', content: CONTENT, ...more },
});
const made = async (as: Caller, more: Record<string, unknown> = {}) => {
  const { data, errors } = await as(MAKE, asked(more));
  expect(errors).toEqual([]);
  return data.makeCommitment.commitment;
};
const settle = (as: Caller, id: string, state = 'FULFILLED', more: Record<string, unknown> = {}) =>
  as(SETTLE, { input: { id, state, documentNo: '汶审认〔2026〕1号', ...more } });

describe('is made', () => {
  test('by a subject for itself, named or not, and read by it afterwards', async () => {
    const dueOn = addDays(TODAY, 30);
    const answered = await made(itself, { dueOn });
    expect(answered).toMatchObject({
      kind: 'APPROVAL_SUBSTITUTION',
      content: CONTENT,
      state: 'OPEN',
      madeOn: TODAY,
      dueOn,
      subject: { name: clean.name },
      department: { code: DEPARTMENTS.APPROVAL.code },
      matter: { code: 'RCSPCN' },
    });
    expect((await made(itself, { code: clean.code })).subject).toEqual(answered.subject);
    expect((await made(itself, { subject: answered.subject.id, matter: null })).department.code).toBe(
      DEPARTMENTS.DEVELOPMENT_REFORM.code,
    );
    const { data } = await itself('query ($id: ID!) { node(id: $id) { ... on Commitment { content state } } }', {
      id: answered.id,
    });
    expect(data.node).toEqual({ content: CONTENT, state: 'OPEN' });
  });

  test('by a natural person for itself', async () => {
    const person = await caller(hub, { role: 'SUBJECT', subject: PERSONS.permitOnly.globalId });
    expect((await made(person)).subject).toEqual({ id: PERSONS.permitOnly.globalId, name: PERSONS.permitOnly.name });
  });

  test('by no subject for another: one that is known and one that is not are answered alike', async () => {
    const before = await countOf(hub, 'commitment');
    const others = [
      { code: bigFine.code },
      { code: unifiedCode('91', 888_001) },
      { subject: PERSONS.permitOnly.globalId },
    ];
    const answers = await Promise.all(others.map((other) => itself(MAKE, asked(other))));
    expect(answers.map((answer) => [refusalOf(answer), answer.data])).toEqual(others.map(() => ['FORBIDDEN', null]));
    expect(new Set(answers.map(({ errors }) => errors[0]?.message)).size).toBe(1);
    expect(await countOf(hub, 'commitment')).toBe(before);
  });

  test('at the counter for whoever stands there; the window sees it in the answer and not afterwards', async () => {
    const { id, subject, department } = await made(window, { code: bigFine.code, matter: 'CZZJXM' });
    expect([subject.name, department.code]).toEqual([bigFine.name, DEPARTMENTS.FINANCE.code]);
    const read = 'query ($id: ID!) { node(id: $id) { id } }';
    expect((await window(read, { id })).data.node).toBeNull();
    expect((await (await clerk(hub, 'FINANCE'))(read, { id })).data.node).toEqual({ id });
    expect((await made(approval, { code: bigFine.code, matter: null })).department.code).toBe(
      DEPARTMENTS.APPROVAL.code,
    );
  });

  test('with ids and phones masked in the row', async () => {
    const content = `${CONTENT}，联系人${PERSONS.permitOnly.number}，电话13812345678`;
    const { id } = await made(itself, { content });
    const [row] = await sql(hub.ownerUrl, 'select content, personal_text from commitment where id = $1', [
      fromGlobalId(id)?.uuid,
    ]);
    expect(row).toMatchObject({ personal_text: true, content: expect.stringContaining('138****5678') });
    expect(row?.['content']).not.toContain(PERSONS.permitOnly.number);
  });

  test('by twenty at once, each with a code of its own, none left out', async () => {
    const windows = await Promise.all([1, 2, 3, 4].map((n) => hall(hub, `window ${n}`)));
    const before = await sql(hub.ownerUrl, 'select code from commitment');
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) => windows[i % 4]!(MAKE, asked({ code: renamed.code }))),
    );
    expect(answers.map(refusalOf)).toEqual(answers.map(() => ''));
    const known = new Set(before.map(({ code }) => code));
    const codes = (await sql<{ code: string }>(hub.ownerUrl, 'select code from commitment order by code'))
      .map(({ code }) => code)
      .filter((code) => !known.has(code));
    const prefix = `370830${TODAY.replaceAll('-', '')}`;
    expect(new Set(codes).size).toBe(20);
    for (const code of codes) expect(code).toMatch(new RegExp(`^${prefix}\\d{6}$`));
    const serials = codes.map((code) => Number(code.slice(prefix.length)));
    expect(serials.at(-1)! - serials[0]!).toBe(19);
  });

  test.each<[string, string, Record<string, unknown>]>([
    ['blank content', 'BAD_USER_INPUT content', { code: clean.code, content: ' ' }],
    ['content without end', 'BAD_USER_INPUT content', { code: clean.code, content: '诺'.repeat(4001) }],
    ['a day that is past', 'BAD_USER_INPUT dueOn', { code: clean.code, dueOn: addDays(TODAY, -1) }],
    ['a day that there is not', 'BAD_USER_INPUT dueOn', { code: clean.code, dueOn: '2026-02-30' }],
    ['a kind that there is not', 'BAD_USER_INPUT kind', { code: clean.code, kind: 'PROMISE' }],
    ['a matter that there is not', 'BAD_USER_INPUT matter', { code: clean.code, matter: 'NOTHING' }],
    ['nobody', 'BAD_USER_INPUT code', {}],
    ['a code and an id', 'BAD_USER_INPUT code', { code: clean.code, subject: PERSONS.permitOnly.globalId }],
    ['a wrong check digit', 'BAD_USER_INPUT code', { code: `${clean.code.slice(0, 17)}I` }],
    ['an unknown code', 'NOT_FOUND code', { code: unifiedCode('91', 888_002) }],
    ['an id of nothing', 'NOT_FOUND subject', { subject: 'AAAA' }],
  ])('not with %s at the counter: %s', async (_what, refusal, more) => {
    const answer = await window(MAKE, asked(more));
    expect([refusalOf(answer), answer.data ?? null]).toEqual([refusal, null]);
  });

  test('not by roles without the verb', async () => {
    const { code: department } = DEPARTMENTS.APPROVAL;
    for (const who of [
      { role: 'COURT', department },
      { role: 'CREDIT_OFFICE', department },
      { role: 'AUDITOR' },
      { role: 'AGENCY' },
    ]) {
      const answer = await (await caller(hub, who))(MAKE, asked({ code: clean.code }));
      expect([who.role, refusalOf(answer), answer.data]).toEqual([who.role, 'FORBIDDEN', null]);
    }
    expect(refusalOf(await hub.graphql(MAKE, asked({ code: clean.code })))).toBe('FORBIDDEN');
  });
});

describe('is settled', () => {
  test.each(['FULFILLED', 'PARTLY_FULFILLED', 'BREACHED'])('to %s by its department, once', async (state) => {
    const { id } = await made(window, { code: renamed.code });
    const answer = await settle(approval, id, state, { note: '经核查' });
    expect(answer.data.settleCommitment.commitment).toMatchObject({ id, state });
    const again = await settle(approval, id, 'FULFILLED');
    expect([refusalOf(again), again.data]).toEqual(['PRECONDITION_FAILED', null]);
  });

  test('as a breach, and approval by commitment is cautioned from then on', async () => {
    const { code } = ORGANISATIONS.cooperative;
    const { id } = await made(window, { code });
    expect((await check(window, code, 'RCSPCN')).verdict).toBe('CLEAR');
    await settle(approval, id, 'BREACHED');
    const { verdict, findings } = await check(window, code, 'RCSPCN');
    expect([verdict, findings[0].commitment]).toEqual(['CAUTION', { id }]);
  });

  test('by two at once: one wins', async () => {
    const { id } = await made(window, { code: clean.code });
    const second = await clerk(hub, 'APPROVAL', 'another clerk');
    const answers = await Promise.all([settle(approval, id), settle(second, id, 'BREACHED')]);
    expect(answers.map(refusalOf).sort()).toEqual(['', 'PRECONDITION_FAILED']);
  });

  test('by no other department: not there where it can’t be read, forbidden where it can', async () => {
    const { id } = await made(window, { code: clean.code });
    const market = await clerk(hub, 'MARKET');
    expect(refusalOf(await settle(market, id))).toBe('NOT_FOUND id');
    const purposeful = await clerk(hub, 'MARKET', undefined, { 'x-hub-purpose': 'SUPERVISION' });
    expect(refusalOf(await settle(purposeful, id))).toBe('FORBIDDEN');
    for (const as of [window, itself]) expect(refusalOf(await settle(as, id))).toBe('FORBIDDEN');
  });

  test.each<[string, string, Record<string, unknown>]>([
    ['a state that is no outcome', 'BAD_USER_INPUT state', { state: 'REPAIRED' }],
    ['a blank document number', 'BAD_USER_INPUT documentNo', { documentNo: '' }],
    ['a person’s id as one', 'BAD_USER_INPUT documentNo', { documentNo: `认${PERSONS.permitOnly.number}` }],
    ['an id of nothing', 'NOT_FOUND id', { id: 'AAAA' }],
    ['an id of something else', 'NOT_FOUND id', { id: PERSONS.permitOnly.globalId }],
  ])('not with %s: %s', async (_what, refusal, more) => {
    const { id } = await made(window, { code: clean.code });
    const answer = await settle(approval, id, 'FULFILLED', more);
    expect([refusalOf(answer), answer.data ?? null]).toEqual([refusal, null]);
  });
});
