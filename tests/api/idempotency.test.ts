import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DEPARTMENTS, ORGANISATIONS, PERSONS } from '../../src/demo/cast.js';
import { type Hub, startHub } from '../kit/hub.js';
import { sql } from '../kit/sql.js';
import { type Caller, CHECK, caller, clerk, countOf, hall, refusalOf } from './callers.js';

let hub: Hub;
let [window, itself, proposer] = [] as unknown as [Caller, Caller, Caller];
const { clean, bigFine, courtDebtor, renamed } = ORGANISATIONS;
beforeAll(async () => {
  hub = await startHub({ env: { HUB_LISTING_STATEMENT_DAYS: '0' } });
  window = await hall(hub);
  itself = await caller(hub, { role: 'SUBJECT', subject: clean.code });
  proposer = await clerk(hub, 'HRSS', 'clerk-li');
});
afterAll(() => hub.remove());

let keys = 0;
const key = () => ({ 'idempotency-key': `key-${++keys}` });
const MAKE = `mutation ($input: MakeCommitmentInput!) { makeCommitment(input: $input) { commitment { id madeOn state } } }`;
const promise = (content: string, more: Record<string, unknown> = {}) => ({
  input: { kind: 'VOLUNTARY_DISCLOSURE', content, ...more },
});
const stored = (content: string) => countOf(hub, 'commitment where content = $1', [content]);

describe('the same key and body', () => {
  test('answers the first result, once stored', async () => {
    const same = key();
    const first = await itself(MAKE, promise('公开产品标准'), same);
    const again = await itself(MAKE, promise('公开产品标准'), same);
    expect(first.errors).toEqual([]);
    expect([again.status, again.data, again.errors]).toEqual([first.status, first.data, []]);
    expect(Object.keys(again.data.makeCommitment.commitment)).toEqual(['id', 'madeOn', 'state']);
    expect(await stored('公开产品标准')).toBe(1);
  });

  test('answers it as it was, whatever has become of the row', async () => {
    const same = key();
    const first = await window(CHECK, { input: { code: courtDebtor.code, matter: 'CZZJXM' } }, same);
    await sql(
      hub.ownerUrl,
      `update list_entry set state = 'REVOKED' where subject_id = (select id from subject where code = $1)`,
      [courtDebtor.code],
    );
    const again = await window(CHECK, { input: { code: courtDebtor.code, matter: 'CZZJXM' } }, same);
    expect(again.data).toEqual(first.data);
    const { receiptNo } = first.data.checkCredit.check;
    expect(await countOf(hub, 'credit_check where receipt_no = $1', [receiptNo])).toBe(1);
    // The answer left the hub twice, so the log says twice whom it was about.
    const looks = `access_event where operation = 'checkCredit' and outcome = 'OK' and receipt_no = $1
      and 'GOVERNMENT' = any(labels) and (select id from subject where code = $2) = any(subject_ids)`;
    expect(await countOf(hub, looks, [receiptNo, courtDebtor.code])).toBe(2);
  });

  test('keeps nothing about a person in plain text', async () => {
    const { number, name } = PERSONS.permitAndPenalty;
    const who = `mutation ($input: CheckCreditInput!) { checkCredit(input: $input) { check { subject { name
      ... on NaturalPerson { citizenId } } } } }`;
    const input = { input: { matter: 'CZZJXM', person: { number, name } } };
    const same = key();
    const first = await window(who, input, same);
    expect(first.data.checkCredit.check.subject).toEqual({ name, citizenId: number });
    expect((await window(who, input, same)).data).toEqual(first.data);
    const kept = `idempotent_request r where r::text like '%' || $1 || '%' or r::text like '%' || $2 || '%'`;
    expect(await countOf(hub, kept, [number, name])).toBe(0);
  });

  test('of two keys that differ at their end alone are two', async () => {
    const long = 'k'.repeat(250);
    const answers = [
      await itself(MAKE, promise('长键'), { 'idempotency-key': `${long}1` }),
      await itself(MAKE, promise('长键'), { 'idempotency-key': `${long}2` }),
    ];
    // either is taken whole or refused, never cut
    expect(new Set(answers.map((answer) => answer.data?.makeCommitment.commitment.id ?? refusalOf(answer))).size).toBe(
      answers[0]?.data ? 2 : 1,
    );
  });

  test('twenty at once: one row, twenty times the same answer', async () => {
    const same = key();
    const answers = await Promise.all(Array.from({ length: 20 }, () => itself(MAKE, promise('二十次同时提交'), same)));
    expect(answers.map(refusalOf)).toEqual(answers.map(() => ''));
    expect(new Set(answers.map(({ data }) => JSON.stringify(data))).size).toBe(1);
    expect(await stored('二十次同时提交')).toBe(1);
  });

  test('after 24 hours is a new request', async () => {
    const same = key();
    await itself(MAKE, promise('隔日再提交'), same);
    await sql(hub.ownerUrl, `update idempotent_request set created_at = now() - interval '25 hours'`);
    expect((await itself(MAKE, promise('隔日再提交'), same)).errors).toEqual([]);
    expect(await stored('隔日再提交')).toBe(2);
  });

  test('without a key every request is its own', async () => {
    for (let i = 0; i < 2; i++) await itself(MAKE, promise('不带键'));
    expect(await stored('不带键')).toBe(2);
  });
});

describe('the same key', () => {
  test('and another body, or another operation, is CONFLICT and does nothing', async () => {
    const same = key();
    await itself(MAKE, promise('甲'), same);
    const others = [
      await itself(MAKE, promise('乙'), same),
      await itself(MAKE.replace('madeOn', ''), promise('甲'), same),
      await itself(MAKE, promise('甲', { dueOn: '2099-01-01' }), same),
    ];
    expect(others.map((answer) => [refusalOf(answer), answer.data ?? null])).toEqual(
      others.map(() => ['CONFLICT idempotency-key', null]),
    );
    expect([await stored('甲'), await stored('乙')]).toEqual([1, 0]);
  });

  test('of another caller is another key', async () => {
    const same = key();
    const other = await caller(hub, { role: 'SUBJECT', subject: bigFine.code });
    const [mine, theirs] = [await itself(MAKE, promise('同键'), same), await other(MAKE, promise('同键'), same)];
    expect(mine.data.makeCommitment.commitment.id).not.toBe(theirs.data.makeCommitment.commitment.id);
    expect(await stored('同键')).toBe(2);
  });

  test('of the same person in another role or department is another key: what one may read the other may not', async () => {
    const same = key();
    const input = { input: { code: bigFine.code, matter: 'CZZJXM' } };
    const user = 'zhang';
    const first = await (await hall(hub, user))(CHECK, input, same);
    const market = { role: 'SERVICE_HALL', department: DEPARTMENTS.MARKET.code, user };
    const second = await (await caller(hub, market))(CHECK, input, same);
    expect(second.data.checkCredit.check.receiptNo).not.toBe(first.data.checkCredit.check.receiptNo);
    const agency = await (await caller(hub, { role: 'AGENCY', user }))(CHECK, input, same);
    expect([refusalOf(agency), agency.data]).toEqual(['FORBIDDEN', null]);
  });

  test('is free again after a failure, of whatever kind', async () => {
    const same = key();
    const kept = await countOf(hub, 'idempotent_request');
    const PROPOSE = `mutation ($input: ProposeListingInput!) { proposeListing(input: $input) { listEntry { id state } } }`;
    const proposal = { list: 'TQNMGGZ', code: renamed.code, reason: '拖欠工资', documentNo: '汶人社拟〔2026〕77号' };
    const failed = [
      await proposer(PROPOSE, { input: { ...proposal, list: 'SXBZXR' } }, same),
      await proposer(PROPOSE, { input: { ...proposal, reason: '' } }, same),
      await proposer(PROPOSE, { input: { ...proposal, code: 'X' } }, same),
      await proposer(
        PROPOSE.replace('state', 'subject { ... on Organisation { accessLog { totalCount } } }'),
        { input: proposal },
        same,
      ),
    ];
    expect(failed.map(refusalOf)).toEqual([
      'PRECONDITION_FAILED',
      'BAD_USER_INPUT reason',
      'BAD_USER_INPUT code',
      'FORBIDDEN',
    ]);
    expect(await countOf(hub, 'idempotent_request')).toBe(kept);
    const answer = await proposer(PROPOSE, { input: proposal }, same);
    expect(answer.data.proposeListing.listEntry.state).toBe('PROPOSED');
    expect((await proposer(PROPOSE, { input: proposal }, same)).data).toEqual(answer.data);
  });

  test('twenty at once that fail: none is stored, and each is told why', async () => {
    const same = key();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => itself(MAKE, promise('失败', { matter: 'NOTHING' }), same)),
    );
    expect(answers.map(refusalOf)).toEqual(answers.map(() => 'BAD_USER_INPUT matter'));
    expect(await stored('失败')).toBe(0);
  });
});

test('a query takes no notice of a key', async () => {
  const kept = await countOf(hub, 'idempotent_request');
  const same = key();
  for (const query of ['{ viewer { role } }', '{ viewer { department { code } } }']) {
    expect((await window(query, {}, same)).errors).toEqual([]);
  }
  expect(await countOf(hub, 'idempotent_request')).toBe(kept);
});

test('keys that clash do not use up the places of those under way', async () => {
  const same = key();
  await itself(MAKE, promise('占位'), same);
  for (let turn = 0; turn < 11; turn++) {
    await Promise.all(Array.from({ length: 20 }, (_, i) => itself(MAKE, promise(`另一内容 ${turn} ${i}`), same)));
  }
  expect((await itself(MAKE, promise('照常办理'))).errors).toEqual([]);
});
