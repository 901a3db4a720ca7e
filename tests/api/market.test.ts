import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { exampleRow } from '../../src/catalogue/examples.js';
import { CATALOGUE, itemOf } from '../../src/catalogue/index.js';
import { type CatalogueItem, natureOf } from '../../src/catalogue/types.js';
import { DEPARTMENTS, ORGANISATIONS } from '../../src/demo/cast.js';
import { toGlobalId } from '../../src/platform/ids.js';
import { type Hub, startHub } from '../kit/hub.js';
import { csv } from '../kit/samples.js';
import { sql } from '../kit/sql.js';
import { until } from '../kit/until.js';
import { BY_CASE, type Caller, caller, clerk, countOf, refusalOf, verdicts } from './callers.js';

const NOW = '2026-11-20';
const { socialOrganisation: association, bigFine: agency, promiseBreaker, clean } = ORGANISATIONS;
const SUPERVISION = { 'x-hub-purpose': 'SUPERVISION' };
const RESOURCE = { 'x-hub-purpose': 'PUBLIC_RESOURCE' };

const AGREEMENT = `agreement { id documentNo state role body { id } items { item { code nature } fields }
  readers { role purposes } validFrom validTo afterEnd department { code } confirmedOn endedOn endReason }`;
const PROPOSE = `mutation ($input: ProposeAgreementInput!) { proposeAgreement(input: $input) { ${AGREEMENT} } }`;
const CONFIRM = `mutation ($input: ConfirmAgreementInput!) { confirmAgreement(input: $input) { ${AGREEMENT} } }`;
const END = `mutation ($input: EndAgreementInput!) { endAgreement(input: $input) { ${AGREEMENT} } }`;
const AGREEMENTS = '{ collectionAgreements { nodes { documentNo state } } }';
const SUBMIT = `mutation ($input: SubmitRecordsInput!) { submitRecords(input: $input) { batch {
  id state read accepted rejected revised unchanged rejections unknownColumns
  rows(rejectedOnly: false) { nodes { values issues { severity code field } } } } } }`;
const READ = `query ($items: [String!]) { marketRecords(items: $items, first: 100) { totalCount nodes {
  id item { code nature } subject { id } body { id } agreementNo documentNo decidedOn expiresOn state values } } }`;
const OF = `query ($code: UnifiedSocialCreditCode!) { subject(code: $code) { ... on Organisation {
  records(first: 100) { totalCount nodes { item { code nature } } } marketRecords { totalCount nodes { item { code } state } }
  lifecycle(first: 100) { nodes { kind source item { code nature } } } } } }`;

let hub: Hub;
let folder: string;
type Nine = [Caller, Caller, Caller, Caller, Caller, Caller, Caller, Caller, Caller];
let [one, two, ours, theirs, self, department, court, oneRated, agencyOnly] = [] as unknown as Nine;
beforeAll(async () => {
  hub = await startHub({ now: NOW });
  folder = await mkdtemp(join(tmpdir(), 'hub-market-'));
  const officer = (user: string) =>
    caller(hub, { role: 'CREDIT_OFFICE', department: DEPARTMENTS.DEVELOPMENT_REFORM.code, user });
  [one, two] = [await officer('officer one'), await officer('officer two')];
  ours = await caller(hub, { role: 'ASSOCIATION', subject: association.code, user: 'secretary' });
  theirs = await caller(hub, { role: 'ASSOCIATION', subject: clean.code, user: 'another secretary' });
  oneRated = await caller(hub, { role: 'AGENCY', subject: agency.code, user: 'rater' });
  agencyOnly = await caller(hub, { role: 'AGENCY', user: 'agency-1' }, RESOURCE);
  self = await caller(hub, { role: 'SUBJECT', subject: promiseBreaker.code });
  department = await clerk(hub, 'MARKET');
  court = await clerk(hub, 'COURT', undefined, RESOURCE);
});
afterAll(async () => {
  await hub?.remove();
  await rm(folder, { recursive: true, force: true });
});

let serial = 0;
const agreement = (more: Record<string, unknown> = {}) => ({
  input: {
    body: association.code,
    role: 'ASSOCIATION',
    documentNo: `汶信用办协〔2026〕${++serial}号`,
    documentHash: 'ab'.repeat(32),
    items: [{ item: 'SC_ZLCN' }],
    readers: [
      { role: 'DEPARTMENT', purposes: ['PUBLIC_RESOURCE', 'COMMENDATION'] },
      { role: 'CREDIT_OFFICE', purposes: ['OBJECTION_OR_REPAIR'] },
    ],
    validFrom: '2026-01-01',
    validTo: '2027-12-31',
    afterEnd: 'WITHDRAW',
    ...more,
  },
});
async function concluded(more: Record<string, unknown> = {}) {
  const { data, errors } = await one(PROPOSE, agreement(more));
  expect(errors).toEqual([]);
  const { id } = data.proposeAgreement.agreement;
  const confirmed = await two(CONFIRM, { input: { id } });
  expect(confirmed.errors).toEqual([]);
  return confirmed.data.confirmAgreement.agreement;
}
const ending = (id: string) => ({
  input: { id, reason: '协议期内违反约定', documentNo: `汶信用办终〔2026〕${++serial}号` },
});

/** A row about a registered organisation, as its body sends it. */
function rowOf(code: string, changes: Record<string, string> = {}, about = promiseBreaker, from = association) {
  const item = itemOf(code) as CatalogueItem;
  const named = { [`${code}_TYSHXYDM`]: about.code, [`${code}_ZTMC`]: about.name, [`${code}_SQJZ`]: '2029-06-30' };
  return exampleRow(item, from, ++serial, { ...named, ...changes });
}
const send = (as: Caller, item: string, rows: object[], more: object = {}) =>
  as(SUBMIT, { input: { item, idempotencyKey: `market ${++serial}`, rows, ...more } });
async function sent(as: Caller, item: string, rows: object[], more: object = {}) {
  const { data, errors } = await send(as, item, rows, more);
  expect(errors).toEqual([]);
  return data.submitRecords.batch;
}
const seenBy = async (as: Caller, headers: Record<string, string> = {}, items: string[] | null = null) => {
  const { data, errors } = await as(READ, { items }, headers);
  expect(errors).toEqual([]);
  return data.marketRecords.nodes;
};
const stored = async () =>
  Promise.all(['import_batch', 'import_row', 'market_record', 'credit_record'].map((table) => countOf(hub, table)));
const latestEvent = async () =>
  (
    await sql(
      hub.ownerUrl,
      `select actor, role, outcome from access_event where operation = 'submitRecords' order by at desc, id desc limit 1`,
    )
  )[0];

describe('before there is an agreement', () => {
  test('a body’s submission is refused by name, stores nothing and stays on record', async () => {
    const before = await stored();
    for (const [as, item, text] of [
      [ours, 'SC_ZLCN', 'SC_ZLCN'],
      [ours, 'XZJC', 'market information alone'],
      [agencyOnly, 'SC_XYPJ', 'SC_XYPJ'],
    ] as const) {
      const answer = await send(as, item, [{ 备注: '示例' }]);
      expect(refusalOf(answer)).toBe('FORBIDDEN item');
      expect(answer.errors[0]?.message).toMatch(/OUTSIDE_AGREEMENT/);
      expect(answer.errors[0]?.message).toMatch(item === 'XZJC' ? /只报送市场信用信息|market information alone/ : text);
      expect(await latestEvent()).toMatchObject({ outcome: 'FORBIDDEN' });
    }
    expect(await latestEvent()).toEqual({ actor: 'agency-1', role: 'AGENCY', outcome: 'FORBIDDEN' });
    expect(await stored()).toEqual(before);
  });

  test('a department is no provider of market information', async () => {
    expect(refusalOf(await send(department, 'SC_ZLCN', [rowOf('SC_ZLCN')]))).toBe('FORBIDDEN');
  });
});

describe('an agreement', () => {
  test.each<[string, Record<string, unknown>, string]>([
    ['about public information', { items: [{ item: 'XZCF_FR' }] }, 'BAD_USER_INPUT items'],
    ['about an item outside the catalogue', { items: [{ item: 'NO_SUCH' }] }, 'BAD_USER_INPUT items'],
    ['about an item of the other kind of body', { items: [{ item: 'SC_XYPJ' }] }, 'BAD_USER_INPUT items'],
    ['about an item twice', { items: [{ item: 'SC_HYJC' }, { item: 'SC_HYJC' }] }, 'BAD_USER_INPUT items'],
    ['without a required field', { items: [{ item: 'SC_HYJC', fields: ['SC_HYJC_WSH'] }] }, 'BAD_USER_INPUT items'],
    ['with a field that the item lacks', { items: [{ item: 'SC_HYJC', fields: ['XM'] }] }, 'BAD_USER_INPUT items'],
    ['about nothing', { items: [] }, 'BAD_USER_INPUT items'],
    ['for nobody', { readers: [] }, 'BAD_USER_INPUT readers'],
    ['for a role without a purpose', { readers: [{ role: 'COURT', purposes: [] }] }, 'BAD_USER_INPUT readers'],
    ['with nobody known', { body: '52370830MJ9YY0010F' }, 'NOT_FOUND body'],
    ['with a company as an association', { body: clean.code }, 'BAD_USER_INPUT body'],
    ['over before today', { validTo: '2026-11-19' }, 'BAD_USER_INPUT validTo'],
    ['that ends before it begins', { validFrom: '2028-01-01' }, 'BAD_USER_INPUT validTo'],
    ['without a digest', { documentHash: 'abc' }, 'BAD_USER_INPUT documentHash'],
    ['without a number', { documentNo: ' ' }, 'BAD_USER_INPUT documentNo'],
  ])('%s is refused', async (_name, more, refusal) => {
    const before = await countOf(hub, 'collection_agreement');
    expect(refusalOf(await one(PROPOSE, agreement(more)))).toBe(refusal);
    expect(await countOf(hub, 'collection_agreement')).toBe(before);
  });

  test('is concluded by two officers, and by nobody else', async () => {
    for (const as of [department, ours, self, agencyOnly])
      expect(refusalOf(await as(PROPOSE, agreement()))).toBe('FORBIDDEN');
    const { data, errors } = await one(PROPOSE, agreement());
    expect(errors).toEqual([]);
    const { id } = data.proposeAgreement.agreement;
    expect(data.proposeAgreement.agreement).toMatchObject({ state: 'PROPOSED', confirmedOn: null });
    expect(refusalOf(await send(ours, 'SC_ZLCN', [rowOf('SC_ZLCN')]))).toBe('FORBIDDEN item');
    expect(refusalOf(await one(CONFIRM, { input: { id } }))).toBe('FORBIDDEN');
    const confirmed = await two(CONFIRM, { input: { id } });
    expect(confirmed.data.confirmAgreement.agreement).toMatchObject({
      state: 'IN_FORCE',
      confirmedOn: NOW,
      role: 'ASSOCIATION',
      items: [{ item: { code: 'SC_ZLCN', nature: 'MARKET' }, fields: expect.arrayContaining(['SC_ZLCN_GY']) }],
      readers: [
        { role: 'CREDIT_OFFICE', purposes: ['OBJECTION_OR_REPAIR'] },
        { role: 'DEPARTMENT', purposes: ['COMMENDATION', 'PUBLIC_RESOURCE'] },
      ],
      department: { code: DEPARTMENTS.DEVELOPMENT_REFORM.code },
    });
    expect(refusalOf(await two(CONFIRM, { input: { id } }))).toBe('PRECONDITION_FAILED');
    const { documentNo } = data.proposeAgreement.agreement;
    expect(refusalOf(await two(PROPOSE, agreement({ documentNo })))).toBe('CONFLICT documentNo');
    const again = await one(PROPOSE, agreement({ items: [{ item: 'SC_HYJC' }, { item: 'SC_ZLCN' }] }));
    expect(refusalOf(await two(CONFIRM, { input: { id: again.data.proposeAgreement.agreement.id } }))).toBe('CONFLICT');
    const withdrawn = await two(END, ending(again.data.proposeAgreement.agreement.id));
    expect(withdrawn.data.endAgreement.agreement).toMatchObject({ state: 'WITHDRAWN', endedOn: NOW });
  });

  test('is read by the office, the auditor and its own body', async () => {
    const documents = async (as: Caller, headers = {}) =>
      (await as(AGREEMENTS, {}, headers)).data.collectionAgreements.nodes.length;
    const auditor = await caller(hub, { role: 'AUDITOR' });
    expect([
      await documents(one),
      await documents(auditor, BY_CASE),
      await documents(ours),
      await documents(theirs),
      // the invented county has one of its own
    ]).toEqual([3, 3, 2, 0]);
    expect(refusalOf(await auditor(AGREEMENTS))).toBe('PURPOSE_REQUIRED');
    for (const as of [department, self]) expect(refusalOf(await as(AGREEMENTS))).toBe('FORBIDDEN');
  });
});

describe('under an agreement', () => {
  test('its body sends what it names, and nothing that it doesn’t', async () => {
    const row = rowOf('SC_ZLCN', { SC_ZLCN_WSH: '自律〔2026〕1号' });
    const batch = await sent(ours, 'SC_ZLCN', [{ ...row, 会员电话: '13800000000' }]);
    expect(batch).toMatchObject({ state: 'COMPLETED', read: 1, accepted: 1, unknownColumns: ['会员电话'] });
    expect(JSON.stringify(batch)).not.toContain('13800000000');
    expect(await sent(ours, 'SC_ZLCN', [row])).toMatchObject({ accepted: 1, unchanged: 1 });
    const changed = { ...row, SC_ZLCN_LX: '未履行', SC_ZLCN_SM: '联系人电话 13900001111' };
    expect(await sent(ours, 'SC_ZLCN', [changed])).toMatchObject({ accepted: 1, revised: 1 });
    for (const item of ['SC_HYJC', 'SC_XYPJ'])
      expect(refusalOf(await send(ours, item, [rowOf(item)]))).toBe('FORBIDDEN item');
    expect(refusalOf(await send(theirs, 'SC_ZLCN', [rowOf('SC_ZLCN')]))).toBe('FORBIDDEN item');
  });

  test.each<[string, Record<string, string>, typeof promiseBreaker | null, string, string]>([
    ['another unit as the source', { SC_ZLCN_LYDWDM: clean.code }, null, 'OUTSIDE_CATALOGUE', 'SC_ZLCN_LYDWDM'],
    [
      'whom the register lacks',
      { SC_ZLCN_TYSHXYDM: '91370830MA9YYY010N' },
      null,
      'OUTSIDE_CATALOGUE',
      'SC_ZLCN_TYSHXYDM',
    ],
    ['an authorisation that has ended', { SC_ZLCN_SQJZ: '2026-11-19' }, null, 'OUTSIDE_CATALOGUE', 'SC_ZLCN_SQJZ'],
    ['no authorisation', { SC_ZLCN_SQWH: '' }, null, 'REQUIRED_MISSING', 'SC_ZLCN_SQWH'],
  ])('%s comes back', async (_name, changes, _about, code, field) => {
    const subjects = await countOf(hub, 'subject');
    const batch = await sent(ours, 'SC_ZLCN', [rowOf('SC_ZLCN', changes)]);
    expect(batch).toMatchObject({ rejected: 1, rejections: { [code]: 1 } });
    expect(batch.rows.nodes[0].issues).toContainEqual({ severity: 'REJECTION', code, field });
    expect(await countOf(hub, 'subject')).toBe(subjects);
  });

  test('fields that are not agreed are columns that the item lacks', async () => {
    const fields = (itemOf('SC_XYPJ') as CatalogueItem).fields
      .map(({ name }) => name)
      .filter((name) => name !== 'SC_XYPJ_ZW');
    await concluded({ body: agency.code, role: 'AGENCY', items: [{ item: 'SC_XYPJ', fields }], afterEnd: 'KEEP' });
    const row = rowOf('SC_XYPJ', { SC_XYPJ_DJ: 'AA', SC_XYPJ_ZW: '负面' }, promiseBreaker, agency);
    const batch = await sent(oneRated, 'SC_XYPJ', [row]);
    expect(batch).toMatchObject({ accepted: 1, unknownColumns: ['SC_XYPJ_ZW'] });
    const [kept] = await seenBy(oneRated);
    expect(kept.values).toMatchObject({ SC_XYPJ_DJ: 'AA' });
    expect(kept.values).not.toHaveProperty('SC_XYPJ_ZW');
  });

  test('the same key of two bodies is two submissions, of one body one', async () => {
    const submit = (as: Caller, item: string, row: object) =>
      as(SUBMIT, { input: { item, idempotencyKey: 'the same', rows: [row] } });
    const mine = rowOf('SC_ZLCN', {}, clean);
    const first = await submit(ours, 'SC_ZLCN', mine);
    const other = await submit(oneRated, 'SC_XYPJ', rowOf('SC_XYPJ', {}, clean, agency));
    const repeated = await submit(ours, 'SC_ZLCN', mine);
    expect([first, other, repeated].flatMap(({ errors }) => errors)).toEqual([]);
    expect(repeated.data.submitRecords.batch.id).toBe(first.data.submitRecords.batch.id);
    expect(other.data.submitRecords.batch.id).not.toBe(first.data.submitRecords.batch.id);
    expect(refusalOf(await submit(ours, 'SC_ZLCN', rowOf('SC_ZLCN', {}, clean)))).toBe('CONFLICT idempotencyKey');
  });

  test('a batch is read by whoever sent it; not by the departments', async () => {
    const { id } = await sent(ours, 'SC_ZLCN', [rowOf('SC_ZLCN', {}, clean)]);
    const BATCH =
      'query ($id: ID!) { importBatch(id: $id) { accepted department { code } rows(rejectedOnly: false) { totalCount } } }';
    expect((await ours(BATCH, { id })).data.importBatch).toMatchObject({ accepted: 1, rows: { totalCount: 1 } });
    const reform = await clerk(hub, 'DEVELOPMENT_REFORM');
    for (const as of [theirs, oneRated, department, reform])
      expect(refusalOf(await as(BATCH, { id }))).toBe('NOT_FOUND id');
    expect((await one(BATCH, { id }, SUPERVISION)).data.importBatch).toMatchObject({ accepted: 1 });
  });

  test('many rows are stored by the job, as the body', async () => {
    const rows = Array.from({ length: 1_001 }, (_, n) =>
      rowOf('SC_ZLCN', { SC_ZLCN_WSH: `批量〔2026〕${n}号` }, clean),
    );
    const token = await hub.token({ role: 'ASSOCIATION', subject: association.code, user: 'secretary' });
    const input = { item: 'SC_ZLCN', idempotencyKey: 'many', rows };
    const { data, errors } = await hub.graphql(SUBMIT, { input }, { token, path: '/graphql/submit' });
    expect(errors).toEqual([]);
    expect(data.submitRecords.batch.state).toBe('RECEIVED');
    await until(async () => (await countOf(hub, `import_batch where state = 'COMPLETED' and read = 1001`)) === 1);
    expect(await countOf(hub, `market_record where document_no like '批量%'`)).toBe(1_001);
    await sql(hub.ownerUrl, `delete from market_record where document_no like '批量%'`);
  });
});

describe('every item’s own examples, through the pipeline of its body', () => {
  const items = CATALOGUE.filter((item) => natureOf(item) === 'MARKET');
  beforeAll(async () => {
    const { data } = await one('{ collectionAgreements(state: IN_FORCE) { nodes { id } } }');
    expect(data.collectionAgreements.nodes).toHaveLength(3);
    await concluded({ items: [{ item: 'SC_HYJC' }] });
  });
  const body = ({ bodies = [] }: CatalogueItem) =>
    bodies[0] === 'AGENCY' ? ([oneRated, agency] as const) : ([ours, association] as const);
  const accepted = items.flatMap((item) => item.examples.accepted.map((row, i) => [item.code, i, item, row] as const));
  test.each(accepted)('%s: %d is taken', async (code, _, item, changes) => {
    const [as, from] = body(item);
    expect(await sent(as, code, [rowOf(code, changes, clean, from)])).toMatchObject({ accepted: 1, rejections: {} });
  });
  const refused = items.flatMap((item) =>
    item.examples.refused.map((one) => [item.code, one.code, one.field, item, one.row] as const),
  );
  test.each(refused)('%s: %s of %s comes back', async (code, reason, field, item, changes) => {
    const [as, from] = body(item);
    const batch = await sent(as, code, [rowOf(code, changes, clean, from)]);
    expect(batch).toMatchObject({ rejected: 1, rejections: { [reason]: 1 } });
    expect(batch.rows.nodes[0].issues).toContainEqual({ severity: 'REJECTION', code: reason, field });
  });
});

describe('what came', () => {
  const about = (nodes: { documentNo: string }[]) => nodes.map(({ documentNo }) => documentNo);

  test('is read by its subject, its body, whom the agreement names for its purposes, and the auditor by case', async () => {
    const mine = await seenBy(self);
    expect(mine.map(({ item }: { item: object }) => item)).toEqual([
      { code: 'SC_XYPJ', nature: 'MARKET' },
      { code: 'SC_ZLCN', nature: 'MARKET' },
    ]);
    const promised = mine[1];
    expect(promised).toMatchObject({
      documentNo: '自律〔2026〕1号',
      agreementNo: expect.stringContaining('汶信用办协'),
      // the agreement takes it along, before the subject's authorisation ends
      expiresOn: '2027-12-31',
      state: 'ACTIVE',
      values: { SC_ZLCN_LX: '未履行', SC_ZLCN_SM: expect.stringContaining('139****1111') },
    });
    expect(about(await seenBy(ours, {}, ['SC_ZLCN']))).toContain('自律〔2026〕1号');
    expect(about(await seenBy(department, RESOURCE, ['SC_ZLCN']))).toContain('自律〔2026〕1号');
    expect(about(await seenBy(one, { 'x-hub-purpose': 'OBJECTION_OR_REPAIR' }))).toContain('自律〔2026〕1号');
    const auditor = await caller(hub, { role: 'AUDITOR' });
    expect(about(await seenBy(auditor, BY_CASE))).toContain('自律〔2026〕1号');
  });

  test('and by nobody else, be it by its id', async () => {
    const [{ id }] = await seenBy(self, {}, ['SC_ZLCN']);
    const other = await caller(hub, { role: 'SUBJECT', subject: ORGANISATIONS.courtDebtor.code });
    for (const as of [other, oneRated, theirs]) expect(about(await seenBy(as, {}, ['SC_ZLCN']))).toEqual([]);
    expect(await seenBy(department, SUPERVISION)).toEqual([]);
    expect(await seenBy(one, SUPERVISION)).toEqual([]);
    expect(await seenBy(court)).toEqual([]);
    expect(refusalOf(await department(READ))).toBe('PURPOSE_REQUIRED');
    const anybody = (query: string, variables = {}) => hub.graphql(query, variables);
    expect(refusalOf(await anybody(READ))).toBe('FORBIDDEN');
    const NODE = 'query ($id: ID!) { node(id: $id) { id } }';
    for (const as of [anybody, other, oneRated, department, court])
      expect((await as(NODE, { id })).data.node).toBeNull();
    expect((await self(NODE, { id })).data.node).toEqual({ id });
  });

  test('opens to an agency by the subject’s own consent', async () => {
    expect(await seenBy(agencyOnly)).toEqual([]);
    const { data, errors } = await self(
      'mutation ($input: GrantConsentInput!) { grantConsent(input: $input) { consent { id } } }',
      {
        input: {
          recipientRole: 'AGENCY',
          recipientUser: 'agency-1',
          labels: ['AUTHORISED'],
          purpose: 'PUBLIC_RESOURCE',
          expiresOn: '2026-12-31',
          documentNo: '授〔2026〕9号',
          documentHash: 'a'.repeat(64),
        },
      },
    );
    expect(errors).toEqual([]);
    const consent = { 'x-hub-consent': data.grantConsent.consent.id };
    expect(await seenBy(agencyOnly, consent)).toHaveLength(2);
  });

  test('stands apart from public data: in no record, no verdict, no export, no message', async () => {
    const anybody = await hub.graphql(OF, { code: promiseBreaker.code });
    expect(anybody.errors).toEqual([]);
    const { records, marketRecords, lifecycle } = anybody.data.subject;
    expect(marketRecords).toEqual({ totalCount: 0, nodes: [] });
    const natures = [...records.nodes, ...lifecycle.nodes].flatMap(({ item }) => (item ? [item.nature] : []));
    expect(new Set(natures)).toEqual(new Set(['PUBLIC']));
    const own = (await self(OF, { code: promiseBreaker.code })).data.subject;
    expect(own.marketRecords.totalCount).toBe(2);
    expect(new Set(own.records.nodes.map(({ item }: { item: { nature: string } }) => item.nature))).toEqual(
      new Set(['PUBLIC']),
    );
    expect(own.lifecycle.nodes.filter(({ kind }: { kind: string }) => kind === 'MARKET')).toHaveLength(2);
    expect(await verdicts(department, promiseBreaker.code)).toBe('CLEAR CLEAR CLEAR CAUTION');
    expect(await countOf(hub, `exchange_change where row_id in (select id from market_record)`)).toBe(0);
    expect(
      await countOf(hub, `credit_record r join catalogue_item i on i.id = r.item_id where i.nature = 'MARKET'`),
    ).toBe(0);
    const duties = await department('{ reportingDuties(overdueOnly: false) { item { nature } } }');
    expect(new Set(duties.data.reportingDuties.map(({ item }: { item: { nature: string } }) => item.nature))).toEqual(
      new Set(['PUBLIC']),
    );
    const report = 'query { qualityReport(month: "2026-11") { department { code } item { nature } } }';
    const mine = await department(report);
    expect(mine.errors).toEqual([]);
    expect(JSON.stringify(mine.data)).not.toContain('MARKET');
    const all = await one(report, {}, SUPERVISION);
    expect(JSON.stringify(all.data)).not.toContain('MARKET');
    const apart = await one(
      '{ qualityReport(month: "2026-11", item: "SC_ZLCN") { read item { nature } } }',
      {},
      SUPERVISION,
    );
    expect(apart.data.qualityReport).toMatchObject([{ item: { nature: 'MARKET' } }]);
  });

  test('goes where its subject and its body go, and back', async () => {
    const MERGE = 'mutation ($input: MergeSubjectsInput!) { mergeSubjects(input: $input) { merge { id } } }';
    const MOVE = 'mutation ($input: ConfirmMergeInput!) { confirmMerge(input: $input) { merge { state } } }';
    const UNDO = 'mutation ($input: UndoMergeInput!) { undoMerge(input: $input) { merge { state } } }';
    const paper = () => ({ reason: '更名后重新登记', documentNo: `汶信用办归〔2026〕${++serial}号` });
    const into = ORGANISATIONS.bigFine;
    const ids = await sql<{ code: string; id: string }>(hub.ownerUrl, 'select code, id from subject');
    const idOf = ({ code }: { code: string }) =>
      toGlobalId('Organisation', ids.find((one) => one.code === code)?.id as string);
    const rows = () => sql(hub.ownerUrl, `select id, subject_id, body_id, agreement_id from market_record order by id`);
    const agreements = () => sql(hub.ownerUrl, 'select id, body_id from collection_agreement order by id');
    const before = [await rows(), await agreements()];
    const { data, errors } = await one(MERGE, { input: { absorbed: idOf(into), survivor: idOf(clean), ...paper() } });
    expect(errors).toEqual([]);
    const { id } = data.mergeSubjects.merge;
    expect((await two(MOVE, { input: { id } })).errors).toEqual([]);
    // the agency's own token is the survivor's now, and its agreement with it
    expect(about(await seenBy(oneRated, {}, ['SC_XYPJ']))).not.toEqual([]);
    expect(await sent(oneRated, 'SC_XYPJ', [rowOf('SC_XYPJ', {}, promiseBreaker, clean)])).toMatchObject({
      accepted: 1,
    });
    await sql(
      hub.ownerUrl,
      `delete from market_record where received_on = $1 and id not in (select unnest($2::uuid[]))`,
      [NOW, (before[0] as { id: string }[]).map((row) => row.id)],
    );
    expect((await one(UNDO, { input: { id, ...paper() } })).errors).toEqual([]);
    expect([await rows(), await agreements()]).toEqual(before);
  });

  test('is withdrawn by its body, and stands again', async () => {
    const row = rowOf('SC_ZLCN', { SC_ZLCN_WSH: '自律〔2026〕7号' });
    await sent(ours, 'SC_ZLCN', [row], { asOf: '2026-11-20T01:00:00Z' });
    await sent(ours, 'SC_ZLCN', [row], { asOf: '2026-11-20T02:00:00Z', withdraw: true });
    const state = async (as: Caller, headers = {}) =>
      (await seenBy(as, headers, ['SC_ZLCN'])).find(
        ({ documentNo }: { documentNo: string }) => documentNo === '自律〔2026〕7号',
      )?.state;
    expect([await state(self), await state(ours), await state(department, RESOURCE)]).toEqual([
      'REVOKED',
      undefined,
      undefined,
    ]);
    await sent(ours, 'SC_ZLCN', [row], { asOf: '2026-11-20T03:00:00Z' });
    expect([await state(self), await state(ours), await state(department, RESOURCE)]).toEqual([
      'ACTIVE',
      'ACTIVE',
      'ACTIVE',
    ]);
  });
});

describe('by file', () => {
  const file = async (rows: Record<string, string>[]) => {
    const path = join(folder, `market-${++serial}.csv`);
    await writeFile(
      path,
      csv(
        Object.keys(rows[0] as object),
        rows.map((row) => Object.values(row)),
      ),
    );
    return path;
  };
  const run = async (path: string, item: string, from: string) =>
    hub.cli(['import', path, '--item', item, '--department', from, '--json']);

  test('`hub import` takes the body’s own under its agreement', async () => {
    const path = await file([rowOf('SC_ZLCN', { SC_ZLCN_WSH: '自律〔2026〕8号' })]);
    const { code, stdout } = await run(path, 'SC_ZLCN', association.code);
    expect([code, JSON.parse(stdout)]).toMatchObject([0, { read: 1, accepted: 1, repeated: false }]);
    expect(JSON.parse((await run(path, 'SC_ZLCN', association.code)).stdout)).toMatchObject({ repeated: true });
    const [row] = await sql(
      hub.ownerUrl,
      `select role, outcome from access_event where operation = 'submitRecords' and actor like 'cli:%' order by at limit 1`,
    );
    expect(row).toEqual({ role: 'ASSOCIATION', outcome: 'COMPLETED' });
  });

  test('and refuses by name whatever is outside it', async () => {
    const path = await file([rowOf('SC_ZLCN')]);
    const before = await stored();
    for (const [item, from, text] of [
      ['SC_XYPJ', association.code, 'OUTSIDE_AGREEMENT'],
      ['SC_ZLCN', clean.code, 'OUTSIDE_AGREEMENT'],
      ['SC_ZLCN', DEPARTMENTS.MARKET.code, 'OUTSIDE_'],
      ['XZJC', association.code, 'OUTSIDE_CATALOGUE'],
    ] as const) {
      const { code, stderr } = await run(path, item, from);
      expect([code, stderr]).toEqual([2, expect.stringContaining(text)]);
    }
    expect(await stored()).toEqual(before);
  });
});

describe('whatever a service tries, Postgres', () => {
  const asAssociation = async (text: string, values: unknown[] = []) => {
    const client = new pg.Client(hub.appUrl);
    await client.connect();
    const [{ id }] = (await sql<{ id: string }>(hub.ownerUrl, 'select id from subject where code = $1', [
      association.code,
    ])) as [{ id: string }];
    try {
      await client.query('begin');
      await client.query(
        `select set_config('role', 'hub_association', true), set_config('hub.role', 'ASSOCIATION', true), set_config('hub.user', 'x', true),
          set_config('hub.subject', $1, true), set_config('hub.verb', 'submitRecords', true), set_config('hub.today', $2, true)`,
        [id, NOW],
      );
      return await client.query(text, values);
    } finally {
      await client.query('rollback').catch(() => undefined);
      await client.end();
    }
  };
  const batch = (
    item: string,
  ) => `insert into import_batch (id, item_id, department_id, state, received_on, as_of, content_sha256, submitted_by, agreement_id)
    select gen_random_uuid(), i.id, d.id, 'RUNNING', '${NOW}', now(), 'x', 'x', (select a.id from collection_agreement a where a.state = 'IN_FORCE'
      and i.id = any(a.item_ids)) from catalogue_item i, department d where i.code = '${item}' limit 1`;

  test('takes a body’s batch under its agreement alone', async () => {
    expect((await asAssociation(batch('SC_ZLCN'))).rowCount).toBe(1);
    for (const item of ['SC_XYPJ', 'XZCF_FR'])
      await expect(asAssociation(batch(item))).rejects.toMatchObject({ code: expect.stringMatching(/23514|42501/) });
  });

  test('lets a body write no public data, make no subject, and bring nothing in another’s name', async () => {
    for (const table of ['credit_record', 'subject', 'list_entry', 'commitment'])
      await expect(asAssociation(`insert into ${table} (id) values (gen_random_uuid())`)).rejects.toMatchObject({
        code: '42501',
      });
    await expect(
      asAssociation(
        `insert into market_record (id, item_id, agreement_id, agreement_no, body_id, subject_id, subject_kind, document_no, decided_on,
        expires_on, state, "values", business_key, content_hash, as_of, received_on)
        select gen_random_uuid(), m.item_id, m.agreement_id, 'x', s.id, s.id, 'ENTERPRISE', 'x', '${NOW}', '${NOW}', 'ACTIVE', '{}', 'x', 'x', now(), '${NOW}'
        from market_record m, subject s where s.code = $1 limit 1`,
        [clean.code],
      ),
    ).rejects.toMatchObject({ code: '42501' });
  });
});

describe('once an agreement has ended', () => {
  const idOf = async (item: string) => {
    const { data } = await one('{ collectionAgreements(state: IN_FORCE) { nodes { id items { item { code } } } } }');
    return data.collectionAgreements.nodes.find(({ items }: { items: { item: { code: string } }[] }) =>
      items.some((of) => of.item.code === item),
    ).id;
  };

  test('nothing comes under it any more, and what it takes along is its subject’s alone', async () => {
    const id = await idOf('SC_ZLCN');
    expect(refusalOf(await ours(END, ending(id)))).toBe('FORBIDDEN');
    const { data, errors } = await one(END, ending(id));
    expect(errors).toEqual([]);
    expect(data.endAgreement.agreement).toMatchObject({ state: 'ENDED', endedOn: NOW, endReason: '协议期内违反约定' });
    expect(refusalOf(await two(END, ending(id)))).toBe('PRECONDITION_FAILED');
    const before = await stored();
    const answer = await send(ours, 'SC_ZLCN', [rowOf('SC_ZLCN')]);
    expect(refusalOf(answer)).toBe('PRECONDITION_FAILED item');
    expect(answer.errors[0]?.message).toContain(NOW);
    expect(await latestEvent()).toMatchObject({ outcome: 'PRECONDITION_FAILED', actor: 'secretary' });
    expect(await stored()).toEqual(before);
    expect(await seenBy(department, RESOURCE, ['SC_ZLCN'])).toEqual([]);
    expect(await seenBy(ours, {}, ['SC_ZLCN'])).toEqual([]);
    const mine = await seenBy(self, {}, ['SC_ZLCN']);
    expect(new Set(mine.map(({ state }: { state: string }) => state))).toEqual(new Set(['REVOKED']));
  });

  test('what it leaves stays for its own term', async () => {
    await one(END, ending(await idOf('SC_XYPJ')));
    expect(refusalOf(await send(oneRated, 'SC_XYPJ', [rowOf('SC_XYPJ', {}, clean, agency)]))).toBe(
      'PRECONDITION_FAILED item',
    );
    const [kept] = await seenBy(department, RESOURCE, ['SC_XYPJ']);
    expect(kept).toMatchObject({ state: 'ACTIVE', expiresOn: expect.stringMatching(/^20(29|31)/) });
  });

  test('a new one brings the same again, in its own name', async () => {
    const { documentNo } = await concluded({ readers: [{ role: 'COURT', purposes: ['PUBLIC_RESOURCE'] }] });
    const row = rowOf('SC_ZLCN', { SC_ZLCN_WSH: '自律〔2026〕8号' });
    expect(await sent(ours, 'SC_ZLCN', [row])).toMatchObject({ accepted: 1, revised: 1 });
    expect(await seenBy(court, {}, ['SC_ZLCN'])).toMatchObject([
      { documentNo: '自律〔2026〕8号', agreementNo: documentNo, state: 'ACTIVE' },
    ]);
    expect(await seenBy(department, RESOURCE, ['SC_ZLCN'])).toEqual([]);
  });

  test('its days over, it needs nobody to end it', async () => {
    await sql(
      hub.ownerUrl,
      `update collection_agreement set valid_to = '2026-11-19', revision_reason = 'test' where state = 'IN_FORCE'`,
    );
    const answer = await send(ours, 'SC_ZLCN', [rowOf('SC_ZLCN')]);
    expect([refusalOf(answer), answer.errors[0]?.message]).toEqual([
      'PRECONDITION_FAILED item',
      expect.stringContaining('2026-11-19'),
    ]);
    const { data } = await one('{ collectionAgreements(state: IN_FORCE) { totalCount } }');
    expect(data.collectionAgreements.totalCount).toBe(0);
  });
});
