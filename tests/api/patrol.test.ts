import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DEPARTMENTS } from '../../src/demo/cast.js';
import { toGlobalId, uuidv7 } from '../../src/platform/ids.js';
import { addWorkdays } from '../../src/platform/workdays.js';
import { type Hub, startHub } from '../kit/hub.js';
import { sql } from '../kit/sql.js';
import { AUDIT, BY_CASE, type Caller, caller, clerk, countOf, hall, refusalOf } from './callers.js';

const TODAY = '2026-11-20';
const SUPERVISION = { 'x-hub-purpose': 'SUPERVISION' };
const RUN = `mutation ($input: RunPatrolInput) { runPatrol(input: $input) { from to found { rule count } summary { rule { code } state count overdue department { code } } } }`;
const FINDINGS = `query ($filter: PatrolFindingFilter) { patrolFindings(filter: $filter, first: 100) { totalCount nodes {
  id rule { code name sentence workdays bases { title } } ruleVersion department { code } foundOn dueOn state overdue observed firstAt lastAt detail
  target { id } assignee outcomeReason closedOn steps { at action state note department { code } } } } }`;
const ASSIGN = `mutation ($input: AssignFindingInput!) { assignFinding(input: $input) { finding { id state dueOn assignee } } }`;
const ANSWER = `mutation ($input: AnswerFindingInput!) { answerFinding(input: $input) { finding { id state steps { action note } } } }`;
const CLOSE = `mutation ($input: CloseFindingInput!) { closeFinding(input: $input) { finding { id state closedOn outcomeReason } } }`;

let hub: Hub;
let auditor: Caller;
let office: Caller;
let market: Caller;

/** A look-up in the log, as one that happened on that day: the hub's own clock is not moved by HUB_NOW. */
async function look(at: string, more: Record<string, unknown> = {}): Promise<string> {
  const [subject] = await sql<{ id: string }>(
    hub.ownerUrl,
    `select id from subject where kind = 'NATURAL_PERSON' order by id limit 1`,
  );
  const [department] = await sql<{ id: string }>(hub.ownerUrl, 'select id from department where code = $1', [
    DEPARTMENTS.MARKET.code,
  ]);
  const id = uuidv7();
  const row = {
    id,
    at,
    actor: 'wang',
    role: 'DEPARTMENT',
    department_id: department?.id,
    purpose: 'ADMINISTRATIVE_ACTION',
    operation: 'subject',
    operation_hash: '',
    subject_ids: [subject?.id],
    labels: ['PERSONAL'],
    outcome: 'OK',
    ...more,
  };
  const columns = Object.keys(row).join(', ');
  await sql(
    hub.ownerUrl,
    `insert into access_event (${columns}) select ${columns} from jsonb_populate_record(null::access_event, $1)`,
    [JSON.stringify(row)],
  );
  return id;
}

// biome-ignore lint/suspicious/noExplicitAny: an untyped query answers what the test knows it to be
type Known = any;
const found = (data: Known) =>
  Object.fromEntries(
    data.runPatrol.found
      .filter(({ count }: { count: number }) => count > 0)
      .map(({ rule, count }: Known) => [rule, count]),
  );
const findings = async (as: Caller, filter: object = {}, more?: Record<string, string>): Promise<Known[]> => {
  const { data, errors } = await as(FINDINGS, { filter }, more);
  expect(errors).toEqual([]);
  return data.patrolFindings.nodes;
};

beforeAll(async () => {
  hub = await startHub({ now: TODAY, env: { HUB_WORK_HOURS: '09:00-12:00,13:00-17:30' } });
  auditor = await caller(hub, { role: 'AUDITOR', user: 'auditor one' }, AUDIT);
  office = await caller(hub, { role: 'CREDIT_OFFICE', department: DEPARTMENTS.DEVELOPMENT_REFORM.code }, SUPERVISION);
  market = await clerk(hub, 'MARKET', 'li');
});
afterAll(() => hub?.remove());

describe('a patrol', () => {
  test('finds each fact once, whoever runs it and however often', async () => {
    await auditor(RUN, {});
    await look('2026-11-17T02:00:00Z', { subject_ids: [] });
    await look('2026-11-17T04:30:00Z', { case_no: '1' });
    const first = await auditor(RUN, {});
    expect(first.errors).toEqual([]);
    // 12:30 is within the day and outside the configured hours
    expect(found(first.data)).toEqual({ LOOKUP_WITHOUT_CASE: 1, LOOKUP_OFF_HOURS: 1 });
    expect(first.data.runPatrol.found).toHaveLength(11);
    expect(found((await auditor(RUN, {})).data)).toEqual({});
    expect(found((await auditor(RUN, { input: { from: '2026-11-01', to: TODAY } })).data)).toEqual({});
    const { code, stdout } = await hub.cli(['patrol', '--json']);
    expect([code, JSON.parse(stdout).found.every(({ count }: { count: number }) => count === 0)]).toEqual([0, true]);
  });

  test('by the command: a new fact, its text, its event in the log', async () => {
    await look('2026-11-18T14:00:00Z', { actor: 'zhao', case_no: '1' });
    const { code, stdout, stderr } = await hub.cli(['patrol']);
    expect([code, stdout, stderr]).toEqual([0, '     1  LOOKUP_OFF_HOURS  非工作时间查询\n', '']);
    expect((await hub.cli(['patrol'])).stdout).toBe('没有新问题 nothing new\n');
    expect(await countOf(hub, `access_event where actor = 'hub patrol' and operation = 'runPatrol'`)).toBeGreaterThan(
      0,
    );
    expect(await hub.cli(['patrol', '--from', '20261101'])).toMatchObject({
      code: 2,
      stderr: 'hub: --from takes a date, YYYY-MM-DD\n',
    });
    expect(await hub.cli(['patrol', '--from', '2026-11-02', '--to', '2026-11-01'])).toMatchObject({ code: 2 });
  });

  test('of a window looks at that window alone', async () => {
    await look('2026-11-10T14:00:00Z', { actor: 'qian', case_no: '1' });
    expect(found((await auditor(RUN, { input: { from: '2026-11-11', to: '2026-11-12' } })).data)).toEqual({});
    expect(found((await auditor(RUN, { input: { from: '2026-11-10', to: '2026-11-10' } })).data)).toEqual({
      LOOKUP_OFF_HOURS: 1,
    });
  });

  test('what comes while nobody has taken the case up is added to it', async () => {
    await look('2026-11-10T15:00:00Z', { actor: 'qian', case_no: '1' });
    expect(found((await auditor(RUN, {})).data)).toEqual({});
    const [one] = await sql<{ observed: number; n: number }>(
      hub.ownerUrl,
      `select observed, cardinality(event_ids) as n from patrol_finding where concerned = 'qian'`,
    );
    expect(one).toEqual({ observed: 2, n: 2 });
  });

  test('two at once find it once', async () => {
    await look('2026-11-11T14:00:00Z', { actor: 'sun', case_no: '1' });
    const both = await Promise.all([auditor(RUN, {}), auditor(RUN, {})]);
    expect(both.map(({ data }) => found(data).LOOKUP_OFF_HOURS ?? 0).sort()).toEqual([0, 1]);
  });

  test('a bad window is refused by its field', async () => {
    expect(refusalOf(await auditor(RUN, { input: { from: '2026-11-02', to: '2026-11-01' } }))).toBe(
      'BAD_USER_INPUT to',
    );
    expect(refusalOf(await auditor(RUN, { input: { from: '2027-01-01' } }))).toBe('BAD_USER_INPUT from');
    expect(refusalOf(await market(RUN, {}))).toBe('FORBIDDEN');
    expect(refusalOf(await office(RUN, {}))).toBe('FORBIDDEN');
  });
});

describe('a finding', () => {
  const WITHOUT_CASE = { rules: ['LOOKUP_WITHOUT_CASE'] };
  let id: string;

  test('is read by its department and who supervises, and who looked at whom by the auditor alone', async () => {
    const [seen] = await findings(auditor, WITHOUT_CASE);
    id = seen.id;
    expect(seen).toMatchObject({
      rule: { code: 'LOOKUP_WITHOUT_CASE', name: '无案号查询', workdays: 5 },
      department: { code: DEPARTMENTS.MARKET.code },
      foundOn: TODAY,
      dueOn: addWorkdays(TODAY, 5),
      state: 'OPEN',
      overdue: false,
      observed: 1,
      steps: [{ action: 'FOUND', state: 'OPEN' }],
    });
    expect(await findings(market, WITHOUT_CASE)).toEqual([seen]);
    expect(await findings(office, WITHOUT_CASE)).toEqual([seen]);
    expect(await findings(await clerk(hub, 'HRSS'), WITHOUT_CASE)).toEqual([]);
    expect(await findings(await hall(hub), WITHOUT_CASE)).toEqual([]);
    const who = '{ patrolFindings(first: 100) { nodes { id concerned events { id } subjects { id name } } } }';
    const { data, errors } = await auditor(who, {}, BY_CASE);
    expect(errors).toEqual([]);
    const one = data.patrolFindings.nodes.find((node: Known) => node.id === id);
    expect(one).toMatchObject({ concerned: 'wang', subjects: [] });
    expect(one.events).toHaveLength(1);
    for (const other of [market, office]) {
      const refused = await other(who);
      expect([...new Set(refused.errors.map(({ extensions }) => extensions.code))]).toEqual(['FORBIDDEN']);
      expect(JSON.stringify(refused.data)).not.toContain('wang');
    }
    expect(refusalOf(await (await caller(hub, { role: 'AUDITOR' }))(FINDINGS))).toBe('PURPOSE_REQUIRED');
    expect(refusalOf(await caller(hub, { role: 'SYSTEM_ADMIN' }).then((as) => as(FINDINGS)))).toBe('FORBIDDEN');
  });

  test('is counted for the credit office', async () => {
    const { data, errors } = await office(
      '{ patrolSummary { rule { code } department { code } state count overdue } }',
    );
    expect(errors).toEqual([]);
    expect(data.patrolSummary).toContainEqual({
      rule: { code: 'LOOKUP_WITHOUT_CASE' },
      department: { code: DEPARTMENTS.MARKET.code },
      state: 'OPEN',
      count: 1,
      overdue: 0,
    });
    expect(refusalOf(await market('{ patrolSummary { count } }'))).toBe('FORBIDDEN');
  });

  test('is given to a person with a term, answered by that person, sent back, and closed by another', async () => {
    expect(refusalOf(await auditor(ASSIGN, { input: { id, note: '请说明', to: 'wang' } }))).toBe('BAD_USER_INPUT to');
    expect(refusalOf(await auditor(ASSIGN, { input: { id, note: ' ' } }))).toBe('BAD_USER_INPUT note');
    expect(refusalOf(await auditor(ASSIGN, { input: { id, note: '请说明', workdays: 61 } }))).toBe(
      'BAD_USER_INPUT workdays',
    );
    expect(refusalOf(await auditor(CLOSE, { input: { id, outcome: 'RECTIFIED', reason: '未答复' } }))).toBe(
      'PRECONDITION_FAILED',
    );
    const assigned = await auditor(ASSIGN, { input: { id, note: '请说明', to: 'li', workdays: 3 } });
    expect(assigned.data.assignFinding.finding).toEqual({
      id,
      state: 'ASSIGNED',
      dueOn: addWorkdays(TODAY, 3),
      assignee: 'li',
    });

    const explanation = '系办理许可时漏填案号，已补；联系电话13800001234';
    for (const [as, said] of [
      [await clerk(hub, 'MARKET', 'somebody else'), 'FORBIDDEN'],
      [await clerk(hub, 'MARKET', 'wang'), 'FORBIDDEN'],
      [await clerk(hub, 'HRSS'), 'NOT_FOUND id'],
      [auditor, 'FORBIDDEN'],
    ] as const) {
      expect(refusalOf(await as(ANSWER, { input: { id, explanation } }))).toBe(said);
    }
    const answered = await market(ANSWER, { input: { id, explanation } });
    expect(answered.errors).toEqual([]);
    expect(answered.data.answerFinding.finding).toMatchObject({ state: 'EXPLAINED' });
    // a phone number is nobody's business in the trail either
    expect(answered.data.answerFinding.finding.steps.at(-1)).toEqual({
      action: 'ANSWERED',
      note: explanation.replace('13800001234', '138****1234'),
    });
    expect(refusalOf(await market(ANSWER, { input: { id, explanation } }))).toBe('PRECONDITION_FAILED');

    expect(
      (await auditor(ASSIGN, { input: { id, note: '请附材料', to: 'li' } })).data.assignFinding.finding.state,
    ).toBe('ASSIGNED');
    await market(ANSWER, { input: { id, explanation } });
    for (const user of ['li', 'wang']) {
      const same = await caller(hub, { role: 'AUDITOR', user }, AUDIT);
      expect(refusalOf(await same(CLOSE, { input: { id, outcome: 'RECTIFIED', reason: '已补' } }))).toBe('FORBIDDEN');
    }
    const closed = await auditor(CLOSE, { input: { id, outcome: 'RECTIFIED', reason: '已补案号' } });
    expect(closed.data.closeFinding.finding).toEqual({
      id,
      state: 'RECTIFIED',
      closedOn: TODAY,
      outcomeReason: '已补案号',
    });
    expect(refusalOf(await auditor(CLOSE, { input: { id, outcome: 'DISMISSED', reason: '再办' } }))).toBe(
      'PRECONDITION_FAILED',
    );
    const [seen] = await findings(market, WITHOUT_CASE);
    expect(seen.steps.map(({ action }: Known) => action)).toEqual([
      'FOUND',
      'ASSIGNED',
      'ANSWERED',
      'ASSIGNED',
      'ANSWERED',
      'CLOSED',
    ]);
    // closed: what comes of the same day is not added, and opens nothing
    await look('2026-11-17T03:00:00Z');
    expect(found((await auditor(RUN, {})).data).LOOKUP_WITHOUT_CASE).toBeUndefined();
  });

  test('is overdue once its term is over, and found by that', async () => {
    await sql(hub.ownerUrl, `update patrol_finding set due_on = '2026-11-19' where concerned = 'zhao'`);
    const overdue = await findings(auditor, { overdue: true });
    expect(overdue.map(({ rule, overdue: late }: Known) => [rule.code, late])).toEqual([['LOOKUP_OFF_HOURS', true]]);
    expect(await findings(market, { overdue: true, states: ['CONFIRMED'] })).toEqual([]);
    expect((await findings(auditor, { department: DEPARTMENTS.MARKET.code, foundFrom: TODAY })).length).toBeGreaterThan(
      1,
    );
  });

  test('of nobody waits for a department', async () => {
    await look('2026-11-12T14:00:00Z', { actor: 'zhou', case_no: '1', department_id: null });
    await auditor(RUN, {});
    const [{ id: uuid } = { id: '' }] = await sql<{ id: string }>(
      hub.ownerUrl,
      `select id from patrol_finding where concerned = 'zhou'`,
    );
    const mine = toGlobalId('PatrolFinding', uuid);
    expect(refusalOf(await auditor(ASSIGN, { input: { id: mine, note: '请说明' } }))).toBe('PRECONDITION_FAILED');
    expect(refusalOf(await auditor(ASSIGN, { input: { id: mine, note: '请说明', department: 'none' } }))).toBe(
      'BAD_USER_INPUT department',
    );
    const given = await auditor(ASSIGN, { input: { id: mine, note: '请说明', department: DEPARTMENTS.HRSS.code } });
    expect(given.errors).toEqual([]);
    expect((await findings(await clerk(hub, 'HRSS'))).map(({ id: one }) => one)).toContain(mine);
  });

  test('holds no number and no name of a person', async () => {
    const rows = await sql(hub.ownerUrl, 'select to_jsonb(f)::text as text from patrol_finding f');
    const people = await sql<{ name: string }>(hub.ownerUrl, `select name from subject where kind = 'NATURAL_PERSON'`);
    for (const { text } of rows) {
      expect(text).not.toMatch(/(?<![0-9A-Fa-f-])\d{17}[\dXx]/);
      for (const { name } of people) expect(text).not.toContain(name);
    }
  });
});

test('the catalogue of rules is public, with its grounds and examples', async () => {
  const { data, errors } = await hub.graphql(
    '{ patrolRules { code name sentence owner workdays bases { title article } thresholds { version effectiveFrom definition } examples { text found } } }',
  );
  expect(errors).toEqual([]);
  expect(data.patrolRules).toHaveLength(11);
  expect(data.patrolRules.every(({ bases, examples }: Known) => bases.length > 0 && examples.length > 1)).toBe(true);
});
