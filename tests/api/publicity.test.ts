import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Pool } from 'pg';
import { exampleRow } from '../../src/catalogue/examples.js';
import { itemOf } from '../../src/catalogue/index.js';
import type { CatalogueItem } from '../../src/catalogue/types.js';
import { DEPARTMENTS, type DemoFunction, ORGANISATIONS } from '../../src/demo/cast.js';
import { AS_QUEUE_ROLE } from '../../src/entities/migrateQueue.js';
import { type Actor, ANONYMOUS } from '../../src/permissions/actor.js';
import type { Purpose } from '../../src/permissions/purposes.js';
import type { Role } from '../../src/permissions/roles.js';
import { referenceId, toGlobalId } from '../../src/platform/ids.js';
import { TYPES } from '../../src/platform/postgres/types.js';
import { sql as statement } from '../../src/platform/sql.js';
import { remindDepartments } from '../../src/services/publicity/remind.js';
import { publicityReminders } from '../../src/services/publicity/reminders.js';
import { readSession } from '../../src/services/session.js';
import { type Hub, startHub } from '../kit/hub.js';
import { sql } from '../kit/sql.js';
import { until } from '../kit/until.js';

// A Tuesday; the Friday before is the third working day after 17 November.
const NOW = '2026-11-24';
let hub: Hub;
let folder: string;
let pool: Pool;
beforeAll(async () => {
  hub = await startHub({ now: NOW, env: { HUB_LISTING_STATEMENT_DAYS: '0' } });
  folder = await mkdtemp(join(tmpdir(), 'hub-publicity-'));
  pool = new Pool({ connectionString: hub.appUrl, types: TYPES, max: 2 });
  pool.on('error', () => {});
});
afterAll(async () => {
  await pool.end();
  await hub.remove();
  await rm(folder, { recursive: true, force: true });
});

const owner = <T extends Record<string, unknown>>(text: string, values?: unknown[]) =>
  sql<T>(hub.ownerUrl, text, values);
const item = (code: string) => itemOf(code) as CatalogueItem;
const COMPANY = ORGANISATIONS.clean;

async function ask(text: string, variables: object, of: DemoFunction | 'OFFICE', user?: string) {
  const department = DEPARTMENTS[of === 'OFFICE' ? 'DEVELOPMENT_REFORM' : of].code;
  const token = await hub.token({ role: of === 'OFFICE' ? 'CREDIT_OFFICE' : 'DEPARTMENT', department, user });
  const headers: Record<string, string> = of === 'OFFICE' ? { 'x-hub-purpose': 'SUPERVISION' } : {};
  return hub.graphql(
    text,
    { ...variables },
    { token, headers, path: /submitRecords/.test(text) ? '/graphql/submit' : undefined },
  );
}
async function answer(...given: Parameters<typeof ask>) {
  const { data, errors } = await ask(...given);
  expect(errors).toEqual([]);
  return data;
}
async function refusal(...given: Parameters<typeof ask>) {
  const { data, errors } = await ask(...given);
  expect(data).toBeNull();
  const { code, field } = errors[0]?.extensions ?? {};
  return { code, field };
}

let serial = 80_000;
const penalty = (changes: Record<string, string> = {}) => {
  serial += 1;
  return exampleRow(item('XZCF_FR'), DEPARTMENTS.MARKET, serial, {
    CF_XDR_MC: COMPANY.name,
    CF_XDR_SHXYM: COMPANY.code,
    CF_FRDB: COMPANY.representative,
    CF_CFLB: '罚款',
    CF_NR_FK: '5',
    CF_JDRQ: '2026-11-10',
    CF_YXQ: '2099/12/31',
    ...changes,
  });
};

const SUBMIT = `mutation ($input: SubmitRecordsInput!) { submitRecords(input: $input) {
  batch { id accepted rejected revised backFilled warnings } } }`;
let keys = 0;
const submit = async (rows: object[], more: object = {}) =>
  (await answer(SUBMIT, { input: { item: 'XZCF_FR', idempotencyKey: `publicity ${++keys}`, rows, ...more } }, 'MARKET'))
    .submitRecords.batch;

async function stored(number: string | undefined) {
  const [row] = await owner<{ id: string; state: string; severity: string | null; until: string | null }>(
    `select id, state, severity, public_until::text as until from credit_record where document_no = $1`,
    [number],
  );
  return row as { id: string; state: string; severity: string | null; until: string | null };
}
async function published(changes: Record<string, string> = {}) {
  const row = penalty(changes);
  await submit([row]);
  const { id } = await stored(row['CF_WSH']);
  return { row, id, globalId: toGlobalId('PenaltyRecord', id) };
}

const STATE = `mutation ($input: StateDecisionCountInput!) { stateDecisionCount(input: $input) {
  count { item { code } department { code } month decisions statedOn } } }`;
const MONITOR = `query ($month: String!) { publicityMonitor(month: $month) {
  total { counted reported missing surplus backFilled late withdrawn withdrawnLate withdrawalOverdue underReview }
  standings { item { code } counted missing backFilled }
  withdrawals { documentNo revocationDocumentNo documentOn dueOn withdrawnOn reason wasPublic late overdue
    item { code } authority { code } standingEntries { id } } } }`;

describe('a department’s own count', () => {
  test('the later statement stands, and none is changed', async () => {
    const input = { item: 'XZCF_FR', month: '2026-10', decisions: 7 };
    expect((await answer(STATE, { input }, 'MARKET')).stateDecisionCount.count).toEqual({
      item: { code: 'XZCF_FR' },
      department: { code: DEPARTMENTS.MARKET.code },
      month: '2026-10',
      decisions: 7,
      statedOn: NOW,
    });
    await answer(STATE, { input: { ...input, decisions: 9000 } }, 'MARKET');
    const { standings } = (await answer(MONITOR, { month: '2026-10' }, 'MARKET')).publicityMonitor;
    expect(standings.find((row: { item: { code: string } }) => row.item.code === 'XZCF_FR')).toMatchObject({
      counted: 9000,
    });
    expect(await owner('select count(*)::int as n from decision_count')).toEqual([{ n: 2 }]);
    const events = await owner(`select outcome from access_event where operation = 'stateDecisionCount'`);
    expect(events).toHaveLength(2);
  });

  test.each([
    [{ item: 'YZSX_MD' }, 'MARKET', 'BAD_USER_INPUT', 'item'],
    [{ item: 'NOTHING' }, 'MARKET', 'BAD_USER_INPUT', 'item'],
    [{ month: '2026-1' }, 'MARKET', 'BAD_USER_INPUT', 'month'],
    [{ month: '2026-12' }, 'MARKET', 'BAD_USER_INPUT', 'month'],
    [{ decisions: -1 }, 'MARKET', 'BAD_USER_INPUT', 'decisions'],
    [{}, 'OFFICE', 'FORBIDDEN', undefined],
  ] as const)('%j by %s is %s', async (changes, of, code, field) => {
    const input = { item: 'XZCF_FR', month: '2026-10', decisions: 1, ...changes };
    expect(await refusal(STATE, { input }, of)).toEqual({ code, field });
  });

  test('hub count states it too, and is on record', async () => {
    const args = ['count', '--item', 'XZXK_FR', '--department', DEPARTMENTS.MARKET.code, '--month', '2026-10'];
    expect(await hub.cli([...args, '--decisions', '3'])).toMatchObject({ code: 0 });
    expect(await hub.cli([...args, '--decisions', 'three'])).toMatchObject({ code: 2 });
    expect(
      await owner(`select outcome from access_event where operation = 'stateDecisionCount' and actor like 'cli:%'`),
    ).toEqual([{ outcome: 'OK' }]);
  });
});

test('back-filled rows are marked, and neither late nor in time', async () => {
  const row = penalty({ CF_JDRQ: '2026-06-02' });
  const batch = await submit([row], { backFill: true });
  expect(batch).toMatchObject({ accepted: 1, backFilled: true });
  expect(batch.warnings).not.toHaveProperty('LATE_REPORT');
  const late = await submit([penalty({ CF_JDRQ: '2026-06-02' })]);
  expect(late).toMatchObject({ backFilled: false, warnings: { LATE_REPORT: 1 } });
  const { total } = (await answer(MONITOR, { month: '2026-06' }, 'MARKET')).publicityMonitor;
  expect(total).toMatchObject({ backFilled: 1, late: expect.any(Number) });
  // revised in time or late, it stays what it was when it first came
  await submit([{ ...row, CF_NR: '更正后的处罚内容' }]);
  expect(
    await owner('select back_filled, revision from credit_record where document_no = $1', [row['CF_WSH']]),
  ).toEqual([{ back_filled: true, revision: 2 }]);
});

test('of many rows, stored after the answer, too', async () => {
  const rows = Array.from({ length: 1_001 }, () => penalty({ CF_JDRQ: '2026-07-01' }));
  const { id } = await submit(rows, { backFill: true });
  const text = 'query ($id: ID!) { importBatch(id: $id) { state accepted backFilled } }';
  const batch = await until(async () => {
    const { importBatch } = await answer(text, { id }, 'MARKET');
    return importBatch.state === 'COMPLETED' && importBatch;
  });
  expect(batch).toEqual({ state: 'COMPLETED', accepted: 1_001, backFilled: true });
  const { total } = (await answer(MONITOR, { month: '2026-07' }, 'MARKET')).publicityMonitor;
  expect(total.backFilled).toBe(1_001);
});

const PROPOSE = `mutation ($input: ProposeListingInput!) { proposeListing(input: $input) { listEntry { id } } }`;
const REVOKE = `mutation ($input: RevokeRecordInput!) { revokeRecord(input: $input) {
  record { id state } revokedEntries { id state list { code } } } }`;

async function listed(record: string, list = 'SCJG_YZWF', of: DemoFunction = 'MARKET', upTo = 'confirm') {
  const input = { list, code: COMPANY.code, record, reason: '示例事由', documentNo: `示例列〔2026〕${++serial}号` };
  const { id } = (await answer(PROPOSE, { input }, of, 'proposer')).proposeListing.listEntry;
  if (upTo === 'propose') return id as string;
  for (const [verb, clerk] of [
    ['notifyListing', 'proposer'],
    ['confirmListing', 'another'],
  ] as const) {
    const text = `mutation ($input: ListEntryInput!) { ${verb}(input: $input) { listEntry { state } } }`;
    await answer(text, { input: { id } }, of, clerk);
  }
  return id as string;
}

describe('a revocation', () => {
  test('withdraws the record with the reason, and takes with it the listing that rests on it', async () => {
    const { id, globalId, row } = await published();
    const entry = await listed(globalId);
    const proposed = await listed(globalId, 'AQSC_YZSX', 'EMERGENCY', 'propose');
    const input = { id: globalId, documentNo: '示例撤〔2026〕1号', reason: '复议撤销', documentOn: '2026-11-17' };
    const { record, revokedEntries } = (await answer(REVOKE, { input }, 'MARKET')).revokeRecord;
    expect(record).toEqual({ id: globalId, state: 'REVOKED' });
    // what another department only proposed is its own; it falls all the same
    expect(revokedEntries).toEqual([{ id: entry, state: 'REVOKED', list: { code: 'SCJG_YZWF' } }]);
    const uuids = await owner<{ id: string; state: string; why: string }>(
      'select id, state, revision_reason as why from list_entry where record_id = $1 order by state',
      [id],
    );
    expect(uuids.map(({ state, why }) => [state, why])).toEqual([
      ['REVOKED', '所依据的信息已撤销；示例撤〔2026〕1号；复议撤销'],
      ['WITHDRAWN', '所依据的信息已撤销；示例撤〔2026〕1号；复议撤销'],
    ]);
    expect(proposed).not.toBe(entry);
    const { data } = await hub.graphql(
      'query ($code: UnifiedSocialCreditCode!) { subject(code: $code) { records(first: 100) { nodes { id } } listEntries(activeOnly: false, first: 100) { nodes { id } } } }',
      { code: COMPANY.code },
    );
    const shown = [...data.subject.records.nodes, ...data.subject.listEntries.nodes].map(
      (one: { id: string }) => one.id,
    );
    expect(shown).not.toContain(globalId);
    expect(shown).not.toContain(entry);
    const { withdrawals, total } = (await answer(MONITOR, { month: '2026-11' }, 'MARKET')).publicityMonitor;
    expect(withdrawals).toEqual([
      {
        documentNo: row['CF_WSH'],
        revocationDocumentNo: '示例撤〔2026〕1号',
        documentOn: '2026-11-17',
        dueOn: '2026-11-20',
        withdrawnOn: NOW,
        reason: '复议撤销',
        wasPublic: true,
        late: true,
        overdue: false,
        item: { code: 'XZCF_FR' },
        authority: { code: DEPARTMENTS.MARKET.code },
        standingEntries: [],
      },
    ]);
    expect(total).toMatchObject({ withdrawn: 1, withdrawnLate: 1, withdrawalOverdue: 0 });
    // anyone may read why, and not whom it was about
    const notice = await hub.graphql(`{ publicityNotices(month: "2026-11") {
      documentNo revocationDocumentNo withdrawnOn reason item { code } authority { code } } }`);
    expect(notice.data.publicityNotices).toEqual([
      {
        documentNo: row['CF_WSH'],
        revocationDocumentNo: '示例撤〔2026〕1号',
        withdrawnOn: NOW,
        reason: '复议撤销',
        item: { code: 'XZCF_FR' },
        authority: { code: DEPARTMENTS.MARKET.code },
      },
    ]);
    expect(JSON.stringify(notice.data)).not.toContain(COMPANY.code);
  });

  test('of what was never public nothing is told to the public', async () => {
    const { globalId } = await published({ CF_CFLB: '警告', CF_NR_FK: '' });
    await answer(REVOKE, { input: { id: globalId, documentNo: '示例撤〔2026〕9号', reason: '示例' } }, 'MARKET');
    const text = '{ publicityNotices(month: "2026-11", item: "XZCF_FR") { revocationDocumentNo } }';
    const numbers = async (data: { publicityNotices: { revocationDocumentNo: string }[] }) =>
      data.publicityNotices.map(({ revocationDocumentNo }) => revocationDocumentNo);
    expect(await numbers((await hub.graphql(text)).data)).not.toContain('示例撤〔2026〕9号');
    expect(await numbers(await answer(text, {}, 'MARKET'))).not.toContain('示例撤〔2026〕9号');
    const persons = await hub.graphql('{ publicityNotices(month: "2026-11", item: "XZCF_ZRR") { reason } }');
    expect(persons.errors[0]?.extensions).toMatchObject({ code: 'NOT_FOUND', field: 'item' });
  });

  test('in one transaction: where the record may not be revoked, the listing stands', async () => {
    const { globalId } = await published();
    const entry = await listed(globalId);
    const input = { id: globalId, documentNo: '示例撤〔2026〕2号', reason: '示例', documentOn: '2026-11-25' };
    expect(await refusal(REVOKE, { input }, 'MARKET')).toEqual({ code: 'BAD_USER_INPUT', field: 'documentOn' });
    const { documentOn: _, ...others } = input;
    expect(await refusal(REVOKE, { input: { ...others, documentOn: '2026-11-09' } }, 'MARKET')).toEqual({
      code: 'BAD_USER_INPUT',
      field: 'documentOn',
    });
    expect(await refusal(REVOKE, { input: others }, 'EMERGENCY')).toMatchObject({ code: 'FORBIDDEN' });
    const [still] = await owner<{ n: number }>(
      `select count(*)::int as n from list_entry e join credit_record r on r.id = e.record_id where r.state = 'ACTIVE' and e.state = 'LISTED'`,
    );
    expect(still?.n).toBe(1);
    // the provider takes its row back: the listing falls as it does by a document
    const [{ no } = { no: '' }] = await owner<{ no: string }>(
      `select document_no as no from credit_record r where exists (select 1 from list_entry e where e.record_id = r.id and e.state = 'LISTED')`,
    );
    await submit([penalty({ CF_WSH: no })], { withdraw: true, asOf: new Date(Date.now() + 60_000).toISOString() });
    const after = await owner(
      `select state, revision_reason as why from list_entry where record_id = (select id from credit_record where document_no = $1)`,
      [no],
    );
    expect(after).toEqual([{ state: 'REVOKED', why: '所依据的信息已撤销；提供单位撤回' }]);
    expect(entry).toEqual(expect.any(String));
  });

  test('a listing that stands all the same is found once the days have passed', async () => {
    const { id, globalId } = await published();
    await listed(globalId);
    const input = { id: globalId, documentNo: '示例撤〔2026〕3号', reason: '判决撤销', documentOn: '2026-11-12' };
    await answer(REVOKE, { input }, 'MARKET');
    // as one that came by another way would
    await owner(`update list_entry set state = 'LISTED', removed_on = null where record_id = $1`, [id]);
    const { withdrawals, total } = (await answer(MONITOR, { month: '2026-11' }, 'OFFICE')).publicityMonitor;
    expect(total.withdrawalOverdue).toBe(1);
    const [found] = withdrawals.filter((one: { overdue: boolean }) => one.overdue);
    expect(found).toMatchObject({
      revocationDocumentNo: '示例撤〔2026〕3号',
      standingEntries: [{ id: expect.any(String) }],
    });
    const { stdout } = await hub.cli(['monitor', '--month', '2026-11']);
    expect(stdout).toContain('逾期未撤名单');
    await owner(`update list_entry set state = 'REVOKED', removed_on = '${NOW}' where record_id = $1`, [id]);
  });

  test('a listing rests on a record of its own subject, which its department may read', async () => {
    const { globalId } = await published({
      CF_XDR_MC: ORGANISATIONS.renamed.name,
      CF_XDR_SHXYM: ORGANISATIONS.renamed.code,
    });
    const input = {
      list: 'SCJG_YZWF',
      code: COMPANY.code,
      record: globalId,
      reason: '示例',
      documentNo: '示例〔2026〕x号',
    };
    expect(await refusal(PROPOSE, { input }, 'MARKET')).toEqual({ code: 'NOT_FOUND', field: 'record' });
  });
});

const QUEUE = `query ($openOnly: Boolean) { reviewItems(openOnly: $openOnly) {
  id kind rowNo outcome severity reason record { id documentNo } batch { id } department { code } openedAt closedAt } }`;
const DECIDE = `mutation ($input: DecideReviewInput!) { decideReview(input: $input) {
  review { outcome severity reason closedAt } } }`;
const reviewOf = async (number: string | undefined, openOnly = true) =>
  (await answer(QUEUE, { openOnly }, 'MARKET')).reviewItems.find(
    ({ record }: { record: { documentNo: string } | null }) => record?.documentNo === number,
  );
const undecided = (changes: Record<string, string> = {}) => penalty({ CF_CFLB: '行政拘留', CF_NR_FK: '', ...changes });

describe('what the table leaves open', () => {
  test('the department that sent it decides, and the days of its publicity follow', async () => {
    const row = undecided();
    await submit([row]);
    expect(await stored(row['CF_WSH'])).toMatchObject({ severity: null, until: null });
    const review = await reviewOf(row['CF_WSH']);
    expect(review).toMatchObject({ kind: 'SEVERITY_UNDECIDED', outcome: null, closedAt: null, rowNo: 1 });
    const input = {
      id: review.id,
      severity: 'GENERAL',
      reason: '集体讨论决定，联系13800138000',
      documentNo: '示例定〔2026〕1号',
    };
    expect(await refusal(DECIDE, { input }, 'HRSS')).toEqual({ code: 'NOT_FOUND', field: 'id' });
    expect(await refusal(DECIDE, { input }, 'OFFICE')).toMatchObject({ code: 'FORBIDDEN' });
    expect(await refusal(DECIDE, { input: { ...input, severity: null } }, 'MARKET')).toMatchObject({
      field: 'severity',
    });
    expect(await refusal(DECIDE, { input: { ...input, reason: ' ' } }, 'MARKET')).toMatchObject({ field: 'reason' });
    expect((await answer(DECIDE, { input }, 'MARKET')).decideReview.review).toMatchObject({
      outcome: 'DECIDED',
      severity: 'GENERAL',
      reason: '集体讨论决定，联系138****8000',
    });
    expect(await stored(row['CF_WSH'])).toMatchObject({ severity: 'GENERAL', until: '2027-11-10' });
    expect(await refusal(DECIDE, { input }, 'MARKET')).toMatchObject({ code: 'PRECONDITION_FAILED' });
    expect(await reviewOf(row['CF_WSH'])).toBeUndefined();
  });

  test('a later revision of the row closes it', async () => {
    const row = undecided();
    await submit([row]);
    await submit([{ ...row, CF_NR: '更正内容' }]);
    // still open: the table decides no more of it than before, and one item stands for it
    expect(await reviewOf(row['CF_WSH'])).toMatchObject({ outcome: null });
    await submit([{ ...row, CF_CFLB: '责令关闭' }]);
    expect(await reviewOf(row['CF_WSH'])).toBeUndefined();
    expect(await reviewOf(row['CF_WSH'], false)).toMatchObject({ outcome: 'REVISED' });
    expect(await stored(row['CF_WSH'])).toMatchObject({ severity: 'SERIOUS', until: '2029-11-10' });
  });

  test('two rows of one instant: the stored one is confirmed, or a later one settles it', async () => {
    const [one, two] = [penalty(), penalty()];
    const asOf = '2026-11-23T02:00:00Z';
    await submit([one, two], { asOf });
    await submit(
      [
        { ...one, CF_NR: '另一内容' },
        { ...two, CF_NR: '另一内容' },
      ],
      { asOf },
    );
    const review = await reviewOf(one['CF_WSH']);
    expect(review).toMatchObject({ kind: 'AS_OF_CONFLICT' });
    const input = { id: review.id, reason: '以先报的为准' };
    expect(await refusal(DECIDE, { input: { ...input, severity: 'MINOR' } }, 'MARKET')).toMatchObject({
      field: 'severity',
    });
    expect((await answer(DECIDE, { input }, 'MARKET')).decideReview.review).toMatchObject({ outcome: 'DECIDED' });
    await submit([{ ...two, CF_NR: '最终内容' }]);
    expect(await reviewOf(two['CF_WSH'], false)).toMatchObject({ outcome: 'REVISED' });
  });

  test('the office sees every department’s queue, another department none of it', async () => {
    const row = undecided();
    await submit([row]);
    const seen = async (of: DemoFunction | 'OFFICE') =>
      (await answer(QUEUE, { openOnly: true }, of)).reviewItems.map((one: { id: string }) => one.id);
    const { id } = await reviewOf(row['CF_WSH']);
    expect(await seen('OFFICE')).toContain(id);
    expect(await seen('HRSS')).not.toContain(id);
  });
});

test('Postgres would be right alone: counts, reviews and withdrawals by role', async () => {
  const rows = async (role: Role, of: DemoFunction | null, purpose: Purpose | null = null) => {
    const code = of && DEPARTMENTS[of].code;
    const department = code ? { id: referenceId('department', code), code, name: '', functions: [of] } : null;
    const session = readSession(pool, { ...ANONYMOUS, user: 'x', role, department, purpose } as Actor, NOW);
    const [seen] = await session.query<Record<string, number>>(statement`
      select (select count(*) from decision_count)::int as counts, (select count(*) from review_item)::int as reviews,
        (select count(*) from publicity_withdrawal where not was_public)::int as silent,
        (select count(*) from publicity_receipts('2020-01-01', '2026-12-31',
          (select array_agg(id) from catalogue_item)))::int > 0 as receipts`);
    return seen;
  };
  const nothing = { counts: 0, reviews: 0, silent: 0, receipts: false };
  expect(await rows('PUBLIC', null)).toEqual(nothing);
  expect(await rows('SERVICE_HALL', 'APPROVAL')).toEqual(nothing);
  expect(await rows('CREDIT_OFFICE', 'DEVELOPMENT_REFORM')).toEqual(nothing);
  expect(await rows('ANALYST', 'DEVELOPMENT_REFORM', 'STATISTICS')).toEqual(nothing);
  expect(await rows('DEPARTMENT', 'HRSS')).toMatchObject({ counts: 0, reviews: 0, silent: 0, receipts: true });
  const market = await rows('DEPARTMENT', 'MARKET');
  expect(market).toMatchObject({ silent: 1, receipts: true });
  expect(await rows('CREDIT_OFFICE', 'DEVELOPMENT_REFORM', 'SUPERVISION')).toMatchObject({
    counts: market?.counts,
    silent: 1,
  });
});

describe('reminders', () => {
  const market: Actor = {
    ...ANONYMOUS,
    role: 'DEPARTMENT',
    user: 'clerk',
    department: {
      id: referenceId('department', DEPARTMENTS.MARKET.code),
      code: DEPARTMENTS.MARKET.code,
      name: DEPARTMENTS.MARKET.name,
      functions: ['MARKET'],
    },
  };
  const on = async (day: string, kind: string, actor = market) =>
    (await publicityReminders(readSession(pool, actor, day))).filter((one) => one.kind === kind);

  test('a row that went back, until it comes again or its seventh working day ends', async () => {
    // 16 November and seven working days: 25 November
    const row = penalty({ CF_JDRQ: '2026-11-16', CF_CFJGDM: '11370830MB9YY0011C' });
    const { id } = await submit([row]);
    const mine = async (day: string) =>
      (await on(day, 'RETURNED_DUE')).filter(({ batchId }) => toGlobalId('ImportBatch', batchId as string) === id);
    expect(await mine('2026-11-24')).toEqual([
      expect.objectContaining({ dueOn: '2026-11-25', rowNo: 1, decisions: 1, month: '2026-11' }),
    ]);
    expect(await mine('2026-11-25')).toHaveLength(1);
    expect(await mine('2026-11-26')).toEqual([]);
    const { stdout } = await hub.cli(['monitor', '--reminders', '--department', DEPARTMENTS.MARKET.code]);
    expect(stdout).toContain('2026-11-25');
    expect(stdout).toContain(id);
    await submit([{ ...row, CF_CFJGDM: DEPARTMENTS.MARKET.code }]);
    expect(await mine('2026-11-24')).toEqual([]);
  });

  test('decisions that were counted and did not come', async () => {
    await answer(STATE, { input: { item: 'XZQR', month: '2026-11', decisions: 4 } }, 'MARKET');
    const mine = async (day: string) =>
      (await on(day, 'DECISIONS_MISSING')).filter(({ itemId }) => itemId === referenceId('item', 'XZQR'));
    // counted on 24 November: the last of them is due on 3 December
    expect(await mine('2026-11-24')).toEqual([]);
    const [there] = await owner<{ n: number }>(
      `select count(*)::int as n from credit_record r where r.item_id = $1 and r.provider_id = $2 and to_char(decided_on, 'YYYY-MM') = '2026-11'`,
      [referenceId('item', 'XZQR'), market.department?.id],
    );
    expect(await mine('2026-12-02')).toMatchObject([{ dueOn: '2026-12-03', decisions: 4 - (there?.n ?? 0) }]);
  });

  test('a count that is wanting', async () => {
    const items = async (day: string) => (await on(day, 'COUNT_DUE')).map(({ itemId }) => itemId);
    // November's last decision is due on 9 December
    expect(await items('2026-12-04')).toEqual([]);
    expect(await items('2026-12-07')).toContain(referenceId('item', 'XZCF_FR'));
    expect(await items('2026-12-07')).not.toContain(referenceId('item', 'XZQR'));
    expect(await items('2026-12-10')).toEqual([]);
  });

  const TOLD = `query ($dueFrom: Date, $department: UnifiedSocialCreditCode) {
    publicityReminders(dueFrom: $dueFrom, department: $department) {
      kind month dueOn decisions rowNo toldOn department { code } item { code } batch { id } } }`;
  const told = async (of: Parameters<typeof ask>[2], variables: object = {}) =>
    (await answer(TOLD, variables, of)).publicityReminders;
  const rows = () =>
    owner(`select kind, department_id, item_id, batch_id, row_no, told_on::text from publicity_reminder order by id`);

  test('the job tells each department once a day, on record, and nobody on a day off', async () => {
    const back = penalty({ CF_JDRQ: '2026-11-16', CF_CFJGDM: '11370830MB9YY0011C' });
    const { id } = await submit([back]);
    const queue = new Pool({ connectionString: hub.ownerUrl, options: AS_QUEUE_ROLE });
    const run = async () => {
      const { rows: added } = await queue.query(
        `select (graphile_worker.add_job('publicity.remind', '{}')).id::text as id`,
      );
      await until(async () => {
        const open = await queue.query('select 1 from graphile_worker._private_jobs where id = $1', [added[0].id]);
        return open.rowCount === 0;
      });
    };
    try {
      await run();
      const first = await rows();
      expect(first).toContainEqual(expect.objectContaining({ kind: 'RETURNED_DUE', row_no: 1, told_on: NOW }));
      await run();
      expect(await rows()).toEqual(first);
      expect((await queue.query('select 1 from hub_jobs.parked_job')).rowCount).toBe(0);
      expect(await told('MARKET')).toContainEqual({
        kind: 'RETURNED_DUE',
        month: '2026-11',
        dueOn: '2026-11-25',
        decisions: 1,
        rowNo: 1,
        toldOn: NOW,
        department: { code: DEPARTMENTS.MARKET.code },
        item: { code: 'XZCF_FR' },
        batch: { id },
      });
      // The clock's own job may have come before, at the hub's start.
      const events = await owner(
        `select distinct actor, role, purpose, labels, outcome from access_event where operation = 'remindPublicity'`,
      );
      expect(events).toEqual([
        { actor: 'hub remind', role: 'CREDIT_OFFICE', purpose: 'SUPERVISION', labels: ['GOVERNMENT'], outcome: 'OK' },
      ]);
    } finally {
      await queue.end();
    }

    const on = (day: string) => remindDepartments({ pool, today: () => day });
    const before = (await rows()).length;
    expect(await on('2026-11-28')).toEqual({ told: 0, departments: 0 });
    expect((await rows()).length).toBe(before);
    // The next day the same matter is told again; of the two the department is shown the later one.
    expect((await on('2026-11-25')).told).toBeGreaterThan(0);
    expect(
      (await told('MARKET')).filter((one: { batch: { id: string } | null }) => one.batch?.id === id),
    ).toMatchObject([{ toldOn: '2026-11-25' }]);
    await on('2026-12-02');
    expect(await told('MARKET', { dueFrom: '2026-12-03' })).toContainEqual(
      expect.objectContaining({ kind: 'DECISIONS_MISSING', dueOn: '2026-12-03', item: { code: 'XZQR' } }),
    );
  });

  test('a department reads its own reminders, the credit office all of them for a purpose, and nobody else any', async () => {
    const codes = async (of: Parameters<typeof ask>[2], variables: object = {}) =>
      new Set(
        (await told(of, { dueFrom: NOW, ...variables })).map(
          (one: { department: { code: string } }) => one.department.code,
        ),
      );
    const { code: own } = DEPARTMENTS.MARKET;
    expect(await codes('MARKET')).toEqual(new Set([own]));
    expect((await codes('HRSS')).has(own)).toBe(false);
    expect(await codes('HRSS', { department: own })).toEqual(new Set());
    expect(await codes('OFFICE', { department: own })).toEqual(new Set([own]));
    const { data, errors } = await hub.graphql(TOLD);
    expect([data.publicityReminders, errors[0]?.extensions.code]).toEqual([null, 'FORBIDDEN']);
    const seen = async (role: Role, purpose: Purpose | null, department = market.department) =>
      (
        await readSession(pool, { ...ANONYMOUS, role, user: 'x', department, purpose } as Actor, NOW).query(
          statement`select id from publicity_reminder`,
        )
      ).length;
    expect(await seen('DEPARTMENT', null)).toBeGreaterThan(0);
    expect([await seen('PUBLIC', null, null), await seen('CREDIT_OFFICE', null), await seen('SUBJECT', null)]).toEqual([
      0, 0, 0,
    ]);
  });
});
