import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DEPARTMENTS, ORGANISATIONS, PERSONS } from '../../src/demo/cast.js';
import { dateInShanghai } from '../../src/platform/clock.js';
import { fromGlobalId } from '../../src/platform/ids.js';
import { type Hub, startHub } from '../kit/hub.js';
import { csv } from '../kit/samples.js';
import { AUDIT, BY_CASE, type Caller, caller, check, clerk, countOf, hall, refusalOf, verdicts } from './callers.js';

let hub: Hub;
let folder: string;
let [proposer, confirmer, another, window] = [] as unknown as [Caller, Caller, Caller, Caller];
async function open(options: Parameters<typeof startHub>[0]): Promise<void> {
  hub = await startHub(options);
  proposer = await clerk(hub, 'HRSS', 'clerk-li');
  confirmer = await clerk(hub, 'HRSS', 'clerk-wang');
  another = await clerk(hub, 'HRSS', 'clerk-zhao');
  window = await hall(hub);
}
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hub-listing-'));
  await open({ env: { HUB_LISTING_STATEMENT_DAYS: '0' } });
});
afterAll(async () => {
  await hub.remove();
  await rm(folder, { recursive: true, force: true });
});

const step = (verb: string, type = 'ListEntryInput') => `mutation ($input: ${type}!) { ${verb}(input: $input) {
  listEntry { id state documentNo reason listedOn endsOn removedOn list { code } subject { id name } } } }`;
const PROPOSE = step('proposeListing', 'ProposeListingInput');
const [NOTIFY, CONFIRM, WITHDRAW, REVOKE] = ['notify', 'confirm', 'withdraw', 'revoke'].map((verb) =>
  step(`${verb}Listing`),
) as [string, string, string, string];
let documents = 0;
const proposal = (code: string, list = 'TQNMGGZ') => ({
  input: { list, code, reason: '拖欠农民工工资，责令限期支付逾期未付', documentNo: `汶人社拟〔2026〕${++documents}号` },
});
const today = () => dateInShanghai(new Date());

/** An entry of TQNMGGZ as far as the notice; answers its id. */
async function notified(code: string, servedOn?: string): Promise<string> {
  const { data } = await proposer(PROPOSE, proposal(code));
  const { id } = data.proposeListing.listEntry;
  expect((await proposer(NOTIFY, { input: { id, servedOn } })).data.notifyListing.listEntry.state).toBe('NOTIFIED');
  return id;
}
async function listed(code: string): Promise<string> {
  const id = await notified(code);
  expect((await confirmer(CONFIRM, { input: { id } })).data.confirmListing.listEntry.state).toBe('LISTED');
  return id;
}

test('the life of a listing, and what follows from each step of it', async () => {
  const { code, name } = ORGANISATIONS.clean;
  const clear = 'CLEAR CLEAR CLEAR CLEAR';
  expect(await verdicts(window, code)).toBe(clear);

  const sent = proposal(code);
  const proposed = (await proposer(PROPOSE, sent)).data.proposeListing.listEntry;
  const { documentNo, reason } = sent.input;
  expect(proposed).toMatchObject({ state: 'PROPOSED', documentNo, reason, listedOn: null, list: { code: 'TQNMGGZ' } });
  expect(proposed.subject.name).toBe(name);
  expect(await verdicts(window, code)).toBe(clear);

  const { id } = proposed;
  expect(refusalOf(await confirmer(CONFIRM, { input: { id } }))).toBe('PRECONDITION_FAILED');
  const served = await proposer(NOTIFY, { input: { id, servedOn: today() } });
  expect(served.data.notifyListing.listEntry.state).toBe('NOTIFIED');
  const refused = await proposer(CONFIRM, { input: { id } });
  expect([refusalOf(refused), refused.data]).toEqual(['FORBIDDEN', null]);
  expect((await check(window, code, 'CZZJXM')).verdict).toBe('CLEAR');

  const done = (await confirmer(CONFIRM, { input: { id } })).data.confirmListing.listEntry;
  expect(done).toMatchObject({ id, state: 'LISTED', listedOn: today(), removedOn: null });
  expect(await verdicts(window, code)).toBe('RESTRICTED RESTRICTED CLEAR CAUTION');
  expect((await check(window, code, 'CZZJXM')).findings).toEqual([
    {
      effect: 'RESTRICTED',
      measure: { code: 'XZCZZJ', name: '限制申请财政性资金项目' },
      basis: { title: '保障农民工工资支付条例', article: '第四十八条' },
      listEntry: { id, list: { code: 'TQNMGGZ' } },
      record: null,
      commitment: null,
    },
  ]);
  expect(refusalOf(await confirmer(WITHDRAW, { input: { id } }))).toBe('PRECONDITION_FAILED');

  const revoked = (await another(REVOKE, { input: { id, note: '据以列入的决定被撤销' } })).data.revokeListing.listEntry;
  expect(revoked).toMatchObject({ id, state: 'REVOKED', listedOn: today(), removedOn: today() });
  expect(await verdicts(window, code)).toBe(clear);
  expect(refusalOf(await confirmer(REVOKE, { input: { id } }))).toBe('PRECONDITION_FAILED');
});

test('a fine of millions and no listing: nothing follows from it, and it is there to be read', async () => {
  const { code } = ORGANISATIONS.bigFine;
  expect(await verdicts(window, code)).toBe('CLEAR CLEAR CLEAR CLEAR');
  const { data } = await window(
    `query ($c: UnifiedSocialCreditCode!) { subject(code: $c) {
    records(filter: { items: ["XZCF_FR"] }) { nodes { ... on PenaltyRecord { fine state } } } } }`,
    { c: code },
  );
  expect(Math.max(...data.subject.records.nodes.map(({ fine }: { fine: number }) => fine))).toBeGreaterThan(1_000_000);
});

describe('a list decided elsewhere', () => {
  const { code, name } = ORGANISATIONS.cooperative;

  test.each(['COURT', 'HRSS'] as const)('proposed on by %s: PRECONDITION_FAILED', async (of) => {
    const answer = await (await clerk(hub, of))(PROPOSE, proposal(code, 'SXBZXR'));
    expect([refusalOf(answer), answer.data]).toEqual(['PRECONDITION_FAILED', null]);
    expect((await check(window, code, 'CZZJXM')).verdict).toBe('CLEAR');
  });

  test('imported, it is at once in force, and stays out of reach of every step', async () => {
    const path = join(folder, 'sxbzxr.csv');
    const header = ['名单代码', '主体名称', '统一社会信用代码', '文书号', '列入事由', '列入日期', '截止日期'];
    const row = ['SXBZXR', name, code, '（2026）鲁0830执9999号', '有履行能力而拒不履行', '2026/11/02', '2099/12/31'];
    await writeFile(path, csv(header, [row]));
    const command = ['import', path, '--item', 'YZSX_MD', '--department', DEPARTMENTS.COURT.code, '--json'];
    const { code: exit, stdout } = await hub.cli(command);
    expect([exit, JSON.parse(stdout).accepted]).toEqual([0, 1]);
    expect(await verdicts(window, code)).toBe('RESTRICTED RESTRICTED CLEAR CAUTION');
    const [finding] = (await check(window, code, 'ZFCGTB')).findings;
    expect(finding.listEntry.list).toEqual({ code: 'SXBZXR' });
    const court = await clerk(hub, 'COURT');
    for (const verb of [NOTIFY, CONFIRM, WITHDRAW, REVOKE]) {
      expect(refusalOf(await court(verb, { input: { id: finding.listEntry.id } }))).toBe('PRECONDITION_FAILED');
    }
  });
});

test('an archived entry is read by the subject, by the auditor with a case, and by nobody else', async () => {
  const { code } = ORGANISATIONS.socialOrganisation;
  const id = await listed(code);
  const entry = `query ($id: ID!, $code: UnifiedSocialCreditCode!) { node(id: $id) { ... on ListEntry { state } }
    subject(code: $code) { listEntries(activeOnly: false) { nodes { id state } } }
    listEntries(list: "TQNMGGZ", first: 100) { nodes { id } } }`;
  const { code: department } = DEPARTMENTS.HRSS;
  const purpose = { 'x-hub-purpose': 'SUPERVISION' };
  const callers: Record<string, Caller> = {
    PUBLIC: (query, variables) => hub.graphql(query, variables),
    'the one who checked': window,
    'its proposer': proposer,
    'its confirmer, with a purpose': await clerk(hub, 'HRSS', 'clerk-wang', purpose),
    'another department': await clerk(hub, 'MARKET', undefined, purpose),
    COURT: await clerk(hub, 'COURT', undefined, purpose),
    CREDIT_OFFICE: await caller(hub, { role: 'CREDIT_OFFICE', department }, purpose),
    ANALYST: await caller(hub, { role: 'ANALYST', department }, { 'x-hub-purpose': 'STATISTICS' }),
    GOVERNMENT_OFFICE: await caller(hub, { role: 'GOVERNMENT_OFFICE', department }, purpose),
    AGENCY: await caller(hub, { role: 'AGENCY' }),
    'another subject': await caller(hub, { role: 'SUBJECT', subject: ORGANISATIONS.bigFine.code }),
  };
  const subject = await caller(hub, { role: 'SUBJECT', subject: code });
  const auditor = await caller(hub, { role: 'AUDITOR' }, BY_CASE);
  const receipt = (await check(window, code, 'CZZJXM')).receiptNo;
  for (const [who, ask] of Object.entries(callers)) {
    expect([who, (await ask(entry, { id, code })).data.node]).toEqual([who, { state: 'LISTED' }]);
  }
  expect((await confirmer(REVOKE, { input: { id } })).data.revokeListing.listEntry.state).toBe('REVOKED');
  for (const [who, ask] of Object.entries(callers)) {
    const { data } = await ask(entry, { id, code });
    expect([who, data.node, JSON.stringify(data).includes(id)]).toEqual([who, null, false]);
  }
  for (const ask of [subject, auditor]) {
    const { data } = await ask(entry, { id, code });
    expect(data.node).toEqual({ state: 'REVOKED' });
    expect(data.subject.listEntries.nodes).toContainEqual({ id, state: 'REVOKED' });
  }
  const caseless = await (await caller(hub, { role: 'AUDITOR' }, AUDIT))(entry, { id, code });
  expect([caseless.data.node, refusalOf(caseless)]).toEqual([null, 'PURPOSE_REQUIRED']);
  // The receipt stays as it was answered; the entry behind it is no longer shown.
  const { data } = await window(
    `{ creditCheck(receiptNo: "${receipt}") { verdict findings { effect listEntry { id } } } }`,
  );
  expect(data.creditCheck).toEqual({ verdict: 'RESTRICTED', findings: [{ effect: 'RESTRICTED', listEntry: null }] });
});

test('a document number is shown to everyone, so it holds no citizen id; the reason is masked', async () => {
  const { number } = PERSONS.responsible;
  const sent = proposal(ORGANISATIONS.dishonestBody.code);
  for (const documentNo of [number, `汶人社拟（${number}）1号`]) {
    const answer = await proposer(PROPOSE, { input: { ...sent.input, documentNo } });
    expect([refusalOf(answer), answer.data]).toEqual(['BAD_USER_INPUT documentNo', null]);
    expect(JSON.stringify(answer)).not.toContain(number);
  }
  const told = { input: { ...sent.input, reason: `负责人身份证${number}，电话13812345678` } };
  const { id, reason } = (await proposer(PROPOSE, told)).data.proposeListing.listEntry;
  expect(reason).toBe(told.input.reason);
  for (const documentNo of [number, '汶人社告〔2026〕1号']) {
    const answer = await proposer(NOTIFY, { input: { id, documentNo } });
    expect(refusalOf(answer)).toBe(documentNo === number ? 'BAD_USER_INPUT documentNo' : '');
  }
  await confirmer(CONFIRM, { input: { id, note: `已核对${number}` } });
  const read = 'query ($id: ID!) { node(id: $id) { ... on ListEntry { reason documentNo } } }';
  expect((await hub.graphql(read, { id })).data.node.reason).toBe(
    `负责人身份证${number.slice(0, 6)}********${number.slice(-4)}，电话138****5678`,
  );
  const held = `row_revision r where r::text like '%' || $1 || '%'`;
  expect(await countOf(hub, held, [number])).toBe(0);
});

describe('a mutation is one root field and one transaction', () => {
  const input = () => {
    const { list, code, reason, documentNo } = proposal(ORGANISATIONS.renamed.code).input;
    return `input: { list: "${list}", code: "${code}", reason: "${reason}", documentNo: "${documentNo}" }`;
  };
  const one = (alias = '') => `${alias} proposeListing(${input()}) { listEntry { id } }`;
  const documentsWithTwo: [string, () => string][] = [
    ['two aliases', () => `mutation { ${one('a:')} ${one('b:')} }`],
    ['a field and a fragment', () => `mutation { ${one()} ...More } fragment More on Mutation { ${one('b:')} }`],
    ['an inline fragment with two', () => `mutation { ... on Mutation { ${one('a:')} ... { ${one('b:')} } } }`],
    ['two different verbs', () => `mutation { ${one()} revokeListing(input: { id: "x" }) { listEntry { id } } }`],
    ['none', () => 'mutation { __typename }'],
  ];
  test.each(documentsWithTwo)('%s: refused before anything runs', async (_name, document) => {
    const before = await countOf(hub, 'list_entry');
    const answer = await proposer(document());
    expect(refusalOf(answer)).toBe('BAD_USER_INPUT');
    expect(answer.data ?? null).toBeNull();
    expect(await countOf(hub, 'list_entry')).toBe(before);
  });

  test('an error in the payload, on a field that may be null too: data is null and nothing is stored', async () => {
    const before = await countOf(hub, 'list_entry');
    const answer = await proposer(`mutation { proposeListing(${input()}) { listEntry { id subject {
      ... on Organisation { accessLog { totalCount } } } } } }`);
    expect([refusalOf(answer), answer.data]).toEqual(['FORBIDDEN', null]);
    expect(await countOf(hub, 'list_entry')).toBe(before);
  });

  test('two clerks confirm at once: one wins', async () => {
    const id = await notified(ORGANISATIONS.renamed.code);
    const answers = await Promise.all([confirmer, another].map((ask) => ask(CONFIRM, { input: { id } })));
    expect(answers.map(refusalOf).sort()).toEqual(['', 'PRECONDITION_FAILED']);
    const step = `row_revision where row_id = $1 and before ->> 'state' = 'NOTIFIED'`;
    expect(await countOf(hub, step, [fromGlobalId(id)?.uuid])).toBe(1);
  });
});

test('by default five working days lie between service and listing', async () => {
  await hub.stop();
  await open({ dataDir: hub.dataDir, now: '2026-11-24' });
  const { code } = ORGANISATIONS.publicInstitution;
  // Served on a Monday: Tuesday to the next Monday are the five days, Tuesday the 24th the first day to list.
  const inTime = await notified(code, '2026-11-16');
  const { data } = await confirmer(CONFIRM, { input: { id: inTime } });
  expect(data.confirmListing.listEntry).toMatchObject({ listedOn: '2026-11-24', endsOn: '2029-11-24' });
  for (const [organisation, servedOn, first] of [
    [ORGANISATIONS.branch, '2026-11-17', '2026-11-25'],
    [ORGANISATIONS.individualBusiness, undefined, '2026-12-02'],
  ] as const) {
    const id = await notified(organisation.code, servedOn);
    const answer = await confirmer(CONFIRM, { input: { id } });
    expect([refusalOf(answer), answer.data]).toEqual(['PRECONDITION_FAILED', null]);
    expect(answer.errors[0]?.message).toContain(first);
  }
});
