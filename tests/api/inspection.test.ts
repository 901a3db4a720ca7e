import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { DEPARTMENTS } from '../../src/demo/cast.js';
import { addWorkdays } from '../../src/platform/workdays.js';
import { type Hub, startHub } from '../kit/hub.js';
import { sql } from '../kit/sql.js';
import { AUDIT, type Caller, caller, clerk, countOf, refusalOf } from './callers.js';

const TODAY = '2026-11-20';
const SUPERVISION = { 'x-hub-purpose': 'SUPERVISION' };
const SHOWN = `id state seed frameSize frameHash departments { code } summary { department { code } drawn inspected conforming toRectify overdue accepted }
  sample(first: 20) { totalCount nodes { id ordinal state result dueOn overdue department { code } target { id } rectification rectifiedOn acceptedOn note } }`;
const OPEN = `mutation ($input: OpenInspectionInput!) { openInspection(input: $input) { inspection { ${SHOWN} } } }`;
const READ = `{ inspections(first: 10) { totalCount nodes { ${SHOWN} } } }`;
const RECORD = `mutation ($input: RecordInspectionInput!) { recordInspection(input: $input) { item { id state result dueOn } } }`;
const REPORT = `mutation ($input: ReportRectificationInput!) { reportRectification(input: $input) { item { state rectification } } }`;
const ACCEPT = `mutation ($input: AcceptRectificationInput!) { acceptRectification(input: $input) { item { state dueOn acceptedOn } } }`;
const CLOSE = `mutation ($input: CloseInspectionInput!) { closeInspection(input: $input) { inspection { state closedOn conclusion } } }`;

let hub: Hub;
let office: Caller;
let auditor: Caller;
let market: Caller;
// biome-ignore lint/suspicious/noExplicitAny: an untyped query answers what the test knows it to be
type Known = any;

const SCOPE = {
  kind: 'CAMPAIGN',
  title: '侵害信用主体合法权益专项整治',
  documentNo: '示例检〔2026〕1号',
  fromOn: '2020-01-01',
  toOn: TODAY,
  source: 'RECORDS',
  departments: [DEPARTMENTS.MARKET.code, DEPARTMENTS.HRSS.code],
  sampleSize: 2,
};
const SEED = 'a-seed-that-is-told';
const digest = (text: string) => createHash('sha256').update(text).digest('hex');

beforeAll(async () => {
  hub = await startHub({ now: TODAY });
  office = await caller(hub, { role: 'CREDIT_OFFICE', department: DEPARTMENTS.DEVELOPMENT_REFORM.code }, SUPERVISION);
  auditor = await caller(hub, { role: 'AUDITOR' }, AUDIT);
  market = await clerk(hub, 'MARKET', 'li');
});
afterAll(() => hub?.remove());

let inspection: Known;

test('its sample is drawn by the seed, and anybody who has the frame draws it again', async () => {
  const { data, errors } = await office(OPEN, { input: { ...SCOPE, seed: SEED } });
  expect(errors).toEqual([]);
  inspection = data.openInspection.inspection;
  expect(inspection.seed).toBe(SEED);
  const frame = await sql<{ id: string; code: string }>(
    hub.ownerUrl,
    `select r.id, d.code from credit_record r join department d on d.id = r.provider_id where d.code = any($1) and r.received_on <= $2 order by r.id`,
    [SCOPE.departments, TODAY],
  );
  expect([inspection.frameSize, inspection.frameHash]).toEqual([
    frame.length,
    digest(frame.map(({ id }) => id).join(',')),
  ]);
  const drawn = SCOPE.departments.flatMap((code) =>
    frame
      .filter((one) => one.code === code)
      .map(({ id }) => [digest(`${SEED}:${id}`), id] as const)
      .sort()
      .slice(0, 2)
      .map(([, id]) => id),
  );
  const stored = await sql<{ target_id: string }>(hub.ownerUrl, 'select target_id from inspection_item');
  expect(stored.map(({ target_id }) => target_id).sort()).toEqual([...drawn].sort());
  const again = await auditor(OPEN, { input: { ...SCOPE, seed: SEED, documentNo: '示例检〔2026〕2号' } });
  expect(again.data.openInspection.inspection.frameHash).toBe(inspection.frameHash);
  const twice = await sql<{ n: number }>(
    hub.ownerUrl,
    'select count(*)::int as n from inspection_item group by target_id',
  );
  expect(twice.every(({ n }) => n === 2)).toBe(true);
  const other = await office(OPEN, { input: { ...SCOPE, documentNo: '示例检〔2026〕3号' } });
  expect(other.data.openInspection.inspection.seed).toMatch(/^[0-9a-f]{32}$/);
});

test('a department reads its own pieces, who inspects reads all, nobody else any', async () => {
  const { data } = await market(READ);
  const mine = data.inspections.nodes.find(({ id }: Known) => id === inspection.id);
  expect(mine.summary.map(({ department }: Known) => department.code)).toEqual([DEPARTMENTS.MARKET.code]);
  expect(mine.sample.nodes.every(({ department }: Known) => department.code === DEPARTMENTS.MARKET.code)).toBe(true);
  const all = await office(READ);
  expect(all.data.inspections.nodes.find(({ id }: Known) => id === inspection.id).sample.totalCount).toBe(
    inspection.sample.totalCount,
  );
  expect((await (await clerk(hub, 'COURT'))(READ)).data.inspections.totalCount).toBe(0);
  for (const role of ['SYSTEM_ADMIN', 'AGENCY', 'EXCHANGE']) {
    expect(refusalOf(await (await caller(hub, { role }))(READ))).toBe('FORBIDDEN');
  }
  expect(refusalOf(await market(OPEN, { input: SCOPE }))).toBe('FORBIDDEN');
});

test('what is wrong is said by its field, and nothing is drawn', async () => {
  const before = await countOf(hub, 'inspection');
  for (const [change, said] of [
    [{ title: ' ' }, 'BAD_USER_INPUT title'],
    [{ toOn: '2019-01-01' }, 'BAD_USER_INPUT toOn'],
    [{ sampleSize: 0 }, 'BAD_USER_INPUT sampleSize'],
    [{ seed: 'short' }, 'BAD_USER_INPUT seed'],
    [{ departments: [] }, 'BAD_USER_INPUT departments'],
    [{ departments: ['none'] }, 'BAD_USER_INPUT departments'],
    [{ items: ['NONE'] }, 'BAD_USER_INPUT items'],
    [{ rules: ['LOOKUP_OF_SELF'] }, 'BAD_USER_INPUT rules'],
    [{ fromOn: '2019-01-01', toOn: '2019-01-02' }, 'PRECONDITION_FAILED'],
  ] as const) {
    expect([change, refusalOf(await office(OPEN, { input: { ...SCOPE, ...change } }))]).toEqual([change, said]);
  }
  expect(await countOf(hub, 'inspection')).toBe(before);
});

test('each piece gets its result; what is wrong is put right within its term, and accepted or sent back', async () => {
  const pieces: Known[] = inspection.sample.nodes;
  const mine = pieces.find(({ department }) => department.code === DEPARTMENTS.MARKET.code);
  const rest = pieces.filter(({ id }) => id !== mine.id);
  for (const { id } of rest) {
    expect((await office(RECORD, { input: { id, result: 'CONFORMS', note: '符合' } })).errors).toEqual([]);
  }
  const wrong = await office(RECORD, {
    input: { id: mine.id, result: 'VIOLATION', note: '公示文本未脱敏', workdays: 3 },
  });
  expect(wrong.data.recordInspection.item).toMatchObject({ state: 'TO_RECTIFY', dueOn: addWorkdays(TODAY, 3) });
  expect(
    refusalOf(await office(RECORD, { input: { id: mine.id, result: 'CONFORMS', note: '符合', workdays: 3 } })),
  ).toBe('BAD_USER_INPUT workdays');
  expect(refusalOf(await office(CLOSE, { input: { id: inspection.id, conclusion: '办结' } }))).toBe(
    'PRECONDITION_FAILED',
  );
  expect(refusalOf(await office(ACCEPT, { input: { id: mine.id, accepted: true, note: '到位' } }))).toBe(
    'PRECONDITION_FAILED',
  );
  await sql(hub.ownerUrl, `update inspection_item set due_on = '2026-11-19' where result = 'VIOLATION'`);
  const late = (await market(READ)).data.inspections.nodes.find(({ id }: Known) => id === inspection.id);
  expect(late.summary[0]).toMatchObject({
    drawn: 2,
    inspected: 2,
    conforming: 1,
    toRectify: 1,
    overdue: 1,
    accepted: 0,
  });

  const report = { input: { id: mine.id, rectification: '已脱敏并更正' } };
  expect(refusalOf(await (await clerk(hub, 'HRSS'))(REPORT, report))).toBe('NOT_FOUND id');
  expect(refusalOf(await office(REPORT, report))).toBe('FORBIDDEN');
  expect((await market(REPORT, report)).data.reportRectification.item.state).toBe('RECTIFIED');
  expect(refusalOf(await market(REPORT, report))).toBe('PRECONDITION_FAILED');
  const back = await office(ACCEPT, { input: { id: mine.id, accepted: false, note: '尚有一处', workdays: 2 } });
  expect(back.data.acceptRectification.item).toMatchObject({ state: 'TO_RECTIFY', dueOn: addWorkdays(TODAY, 2) });
  await market(REPORT, report);
  const accepted = await auditor(ACCEPT, { input: { id: mine.id, accepted: true, note: '到位' } });
  expect(accepted.data.acceptRectification.item).toMatchObject({ state: 'ACCEPTED', acceptedOn: TODAY });

  const closed = await office(CLOSE, { input: { id: inspection.id, conclusion: '一件违规，已整改' } });
  expect(closed.data.closeInspection.inspection).toEqual({
    state: 'CLOSED',
    closedOn: TODAY,
    conclusion: '一件违规，已整改',
  });
  expect(refusalOf(await office(RECORD, { input: { id: rest[0].id, result: 'TO_RECTIFY', note: '再查' } }))).toBe(
    'PRECONDITION_FAILED',
  );
  expect(refusalOf(await office(CLOSE, { input: { id: inspection.id, conclusion: '再办' } }))).toBe(
    'PRECONDITION_FAILED',
  );
});

test('findings of a patrol are inspected too', async () => {
  await sql(
    hub.ownerUrl,
    `update credit_record set facts = '联系电话13800001234', revised_by = 'test' where id = (
       select id from credit_record where record_type = 'PENALTY' and disclosure = 'PUBLIC' and state = 'ACTIVE'
         and subject_kind <> 'NATURAL_PERSON' and public_from <= $1 and public_until > $1 and expires_on > $1 order by id limit 1)`,
    [TODAY],
  );
  await auditor('mutation { runPatrol { found { rule count } } }');
  const { n } = { n: await countOf(hub, 'patrol_finding where department_id is not null') };
  expect(n).toBeGreaterThan(0);
  const [{ code } = { code: '' }] = await sql<{ code: string }>(
    hub.ownerUrl,
    'select d.code from patrol_finding f join department d on d.id = f.department_id limit 1',
  );
  const { data, errors } = await auditor(OPEN, {
    input: { ...SCOPE, kind: 'CHECK', source: 'FINDINGS', departments: [code], documentNo: '示例检〔2026〕9号' },
  });
  expect(errors).toEqual([]);
  expect(data.openInspection.inspection.sample.totalCount).toBeGreaterThan(0);
  expect(await countOf(hub, 'inspection_item where finding_id is not null')).toBe(
    data.openInspection.inspection.sample.totalCount,
  );
});
