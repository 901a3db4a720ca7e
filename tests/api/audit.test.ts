import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Client } from 'pg';
import { CLERKS, DEPARTMENTS, ORGANISATIONS, PERSONS } from '../../src/demo/cast.js';
import { type Hub, startHub } from '../kit/hub.js';
import { sql } from '../kit/sql.js';
import { AUDIT, BY_CASE, type Caller, CHECK, caller, check, clerk, countOf, hall, refusalOf } from './callers.js';

let hub: Hub;
let [window, market] = [] as unknown as [Caller, Caller];
const { courtDebtor, clean, proposed } = ORGANISATIONS;
const PURPOSE = { 'x-hub-purpose': 'SUPERVISION', 'x-hub-case': '2026-88' };
beforeAll(async () => {
  hub = await startHub();
  window = await hall(hub);
  market = await clerk(hub, 'MARKET', 'clerk-audited', PURPOSE);
});
afterAll(() => hub.remove());

interface Event {
  actor: string;
  role: string;
  operation: string;
  outcome: string;
  labels: string[];
  purpose: string | null;
  case_no: string | null;
  codes: (string | null)[];
}
/** What the log has gained while `work` ran. */
async function eventsOf(work: () => Promise<unknown>): Promise<Event[]> {
  const known = (await sql<{ id: string }>(hub.ownerUrl, 'select id from access_event')).map(({ id }) => id);
  await work();
  return sql<Event & Record<string, unknown>>(
    hub.ownerUrl,
    `select actor, role, operation, outcome, labels, purpose, case_no,
       array(select code from subject s where s.id = any(subject_ids)) as codes
     from access_event where id <> all($1::uuid[]) order by at, id`,
    [known],
  );
}

// Commitments of others are GOVERNMENT: a department reads them with a purpose.
const GUARDED = `query Look($code: UnifiedSocialCreditCode!) { subject(code: $code) { commitments { nodes { state } } } }`;
const breaker = { code: ORGANISATIONS.promiseBreaker.code };
const OPEN =
  '{ lists { code } subjects(first: 2) { nodes { name } } listEntries(list: "SXBZXR", first: 2) { totalCount } }';

describe('what leaves an event', () => {
  test('a guarded read: who, as what, why, whom, which labels', async () => {
    let answered: unknown;
    const events = await eventsOf(async () => {
      answered = (await market(GUARDED, breaker)).data.subject.commitments.nodes;
    });
    expect(answered).toEqual([{ state: 'BREACHED' }]);
    expect(events).toEqual([
      {
        actor: 'clerk-audited',
        role: 'DEPARTMENT',
        operation: 'subject',
        outcome: 'OK',
        labels: ['GOVERNMENT'],
        purpose: 'SUPERVISION',
        case_no: '2026-88',
        codes: [breaker.code],
      },
    ]);
  });

  test('an open read leaves none, whoever asks', async () => {
    const anonymous: Caller = (query, variables) => hub.graphql(query, variables);
    const events = await eventsOf(async () => {
      for (const ask of [anonymous, window, market]) expect((await ask(OPEN)).errors).toEqual([]);
      expect((await anonymous(GUARDED, breaker)).data.subject.commitments.nodes).toEqual([]);
    });
    expect(events).toEqual([]);
  });

  test.each<[string, string, () => Promise<unknown>]>([
    ['FORBIDDEN', 'accessEvents', () => hub.graphql('{ accessEvents { totalCount } }')],
    ['FORBIDDEN', 'checkCredit', () => hub.graphql(CHECK, { input: { code: clean.code, matter: 'CZZJXM' } })],
    ['PURPOSE_REQUIRED', 'records', async () => (await caller(hub, { role: 'AUDITOR' }))('{ records { totalCount } }')],
    [
      'PRECONDITION_FAILED',
      'proposeListing',
      async () =>
        (await clerk(hub, 'COURT'))(
          `mutation { proposeListing(input: { list: "SXBZXR", code: "${clean.code}", reason: "x", documentNo: "y" }) { listEntry { id } } }`,
        ),
    ],
  ])('a refusal leaves one with its code: %s of %s', async (outcome, operation, ask) => {
    const events = await eventsOf(ask);
    expect(events.map((event) => [event.operation, event.outcome, event.codes])).toEqual([[operation, outcome, []]]);
  });

  test('a guarded read by several roots is one event that names them all', async () => {
    const events = await eventsOf(() =>
      market(
        `{ a: subject(code: "${breaker.code}") { commitments { totalCount nodes { id } } } departments { code } }`,
      ),
    );
    expect(events.map(({ operation, codes }) => [operation, codes])).toEqual([['subject,departments', [breaker.code]]]);
  });
});

test('a guarded answer waits for its event; an open one does not', async () => {
  const holder = new Client(hub.ownerUrl);
  await holder.connect();
  try {
    await holder.query('begin');
    await holder.query('lock table access_event in share mode');
    let answered = false;
    const guarded = market(GUARDED, breaker).then((answer) => {
      answered = true;
      return answer;
    });
    const waiting = `pg_locks where relation = 'access_event'::regclass and not granted`;
    while ((await countOf(hub, waiting)) === 0) expect(answered).toBe(false);
    expect((await hub.graphql(OPEN)).errors).toEqual([]);
    expect(answered).toBe(false);
    await holder.query('commit');
    expect((await guarded).data.subject.commitments.nodes).toEqual([{ state: 'BREACHED' }]);
  } finally {
    await holder.end();
  }
});

test('a caller that hangs up leaves no event of something that did not happen', async () => {
  const holder = new Client(hub.ownerUrl);
  await holder.connect();
  try {
    await holder.query('begin');
    await holder.query('lock table credit_check in share mode');
    const token = await hub.token({ role: 'SERVICE_HALL', department: DEPARTMENTS.APPROVAL.code, user: 'hung-up' });
    const line = new AbortController();
    const call = fetch(`${hub.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query: CHECK, variables: { input: { code: clean.code, matter: 'CZZJXM' } } }),
      signal: line.signal,
    });
    while ((await countOf(hub, `pg_locks where relation = 'credit_check'::regclass and not granted`)) === 0);
    line.abort();
    await expect(call).rejects.toThrow();
    await holder.query('commit');
    const ofIt = `access_event where actor = 'hung-up'`;
    while ((await countOf(hub, ofIt)) === 0);
    const checks = await countOf(hub, `credit_check where checked_by = 'hung-up'`);
    expect(await countOf(hub, `${ofIt} and outcome = 'OK'`)).toBe(checks);
  } finally {
    await holder.end();
  }
});

describe('while the log can’t be written', () => {
  const grant = (sentence: string) => sql(hub.ownerUrl, sentence);
  beforeAll(() => grant('revoke insert on access_event from hub_audit'));
  afterAll(() => grant('grant insert on access_event to hub_audit'));

  test('nothing guarded leaves the hub', async () => {
    let answers = [] as Awaited<ReturnType<Caller>>[];
    const events = await eventsOf(async () => {
      answers = await Promise.all([
        market(GUARDED, breaker),
        market(GUARDED, breaker),
        window('{ accessEvents { totalCount } }'),
      ]);
    });
    for (const { data, errors } of answers) {
      expect([data, errors.map(({ extensions }) => extensions.code)]).toEqual([null, ['UNAVAILABLE']]);
      expect(errors[0]?.message).not.toMatch(/permission|access_event|hub_audit/);
      expect(errors[0]?.extensions.traceId).toEqual(expect.any(String));
    }
    expect(events).toEqual([]);
  });

  test('open reads go on', async () => {
    const { data, errors } = await hub.graphql(OPEN);
    expect([errors, data.subjects.nodes.length]).toEqual([[], 2]);
    expect((await market(OPEN)).errors).toEqual([]);
  });

  test('and a verb, whose event is of its own transaction, too', async () => {
    const events = await eventsOf(() => check(window, courtDebtor.code, 'CZZJXM'));
    expect(events.map(({ operation, outcome }) => [operation, outcome])).toEqual([['checkCredit', 'OK']]);
  });

  test('a verb whose event can’t be written does not happen', async () => {
    await grant('revoke insert on access_event from hub_service_hall');
    const checks = await countOf(hub, 'credit_check');
    const answer = await window(CHECK, { input: { code: courtDebtor.code, matter: 'CZZJXM' } });
    await grant('grant insert on access_event to hub_service_hall');
    expect([answer.data, answer.errors.length]).toEqual([null, 1]);
    expect(await countOf(hub, 'credit_check')).toBe(checks);
  });

  test('it mends itself when the grant is back', async () => {
    await grant('grant insert on access_event to hub_audit');
    let answer: Awaited<ReturnType<Caller>> | undefined;
    const events = await eventsOf(async () => {
      answer = await market(GUARDED, breaker);
    });
    expect([answer?.errors, answer?.data.subject.commitments.nodes]).toEqual([[], [{ state: 'BREACHED' }]]);
    expect(events).toHaveLength(1);
  });
});

describe('who reads the log', () => {
  const LOG = `query ($code: UnifiedSocialCreditCode!) { subject(code: $code) { ... on Organisation { accessLog(first: 50) {
    totalCount nodes { id operation outcome role purpose receiptNo department { code } } } } } }`;

  test('the subject: every look at its data, newest first, by department and not by person', async () => {
    const { code } = proposed;
    await market(GUARDED.replace('commitments', 'listEntries(activeOnly: false)'), { code });
    const { receiptNo } = await check(window, code, 'ZFCGTB');
    const itself = await caller(hub, { role: 'SUBJECT', subject: code });
    const answer = await itself(LOG, { code });
    expect(answer.errors).toEqual([]);
    const [latest] = answer.data.subject.accessLog.nodes;
    expect(latest).toMatchObject({
      operation: 'checkCredit',
      outcome: 'OK',
      role: 'SERVICE_HALL',
      receiptNo,
      department: { code: DEPARTMENTS.APPROVAL.code },
    });
    expect(JSON.stringify(answer.data)).not.toContain(CLERKS.hall);
    const read = 'query ($id: ID!) { node(id: $id) { ... on AccessEvent { operation } } }';
    expect((await itself(read, { id: latest.id })).data.node).toEqual({ operation: 'checkCredit' });
    const other = await caller(hub, { role: 'SUBJECT', subject: clean.code });
    expect((await other(read, { id: latest.id })).data.node).toBeNull();
  });

  test('a natural person its own', async () => {
    const { globalId, name, number } = PERSONS.permitOnly;
    await window(CHECK, { input: { matter: 'CZZJXM', person: { number, name } } });
    const itself = await caller(hub, { role: 'SUBJECT', subject: globalId });
    const { data } = await itself(
      `query ($id: ID!) { node(id: $id) { ... on NaturalPerson { accessLog { nodes { operation } } } } }`,
      { id: globalId },
    );
    expect(data.node.accessLog.nodes.map(({ operation }: { operation: string }) => operation)).toContain('checkCredit');
  });

  test('nobody else, but the auditor with a case', async () => {
    const { code: department } = DEPARTMENTS.HRSS;
    const others: [string, Caller][] = [
      ['FORBIDDEN', (query, variables) => hub.graphql(query, variables)],
      ['FORBIDDEN', window],
      ['FORBIDDEN', market],
      ['FORBIDDEN', await caller(hub, { role: 'CREDIT_OFFICE', department }, PURPOSE)],
      ['FORBIDDEN', await caller(hub, { role: 'SUBJECT', subject: clean.code })],
      ['PURPOSE_REQUIRED', await caller(hub, { role: 'AUDITOR' }, AUDIT)],
    ];
    for (const [code, ask] of others) {
      const answer = await ask(LOG, { code: proposed.code });
      expect([refusalOf(answer), answer.data.subject?.accessLog ?? null]).toEqual([code, null]);
    }
    const auditor = await caller(hub, { role: 'AUDITOR' }, BY_CASE);
    expect((await auditor(LOG, { code: proposed.code })).data.subject.accessLog.totalCount).toBeGreaterThan(0);
  });

  test('accessEvents: the auditor alone, with AUDIT, and its looking is logged too', async () => {
    const ALL =
      'query ($subject: ID) { accessEvents(first: 5, subject: $subject) { totalCount nodes { at operation } } }';
    const auditor = await caller(hub, { role: 'AUDITOR' });
    expect(refusalOf(await auditor(ALL))).toBe('PURPOSE_REQUIRED');
    expect(refusalOf(await auditor(ALL, {}, { 'x-hub-purpose': 'SUPERVISION' }))).toBe('PURPOSE_REQUIRED');
    let answer: Awaited<ReturnType<Caller>> | undefined;
    const events = await eventsOf(async () => {
      answer = await auditor(ALL, {}, AUDIT);
    });
    expect(answer?.errors).toEqual([]);
    const times = answer?.data.accessEvents.nodes.map(({ at }: { at: string }) => at);
    expect(times).toEqual([...times].sort().reverse());
    expect(events.map(({ operation, labels }) => [operation, labels])).toEqual([['accessEvents', ['AUDIT']]]);
    const itself = await caller(hub, { role: 'SUBJECT', subject: clean.code });
    for (const ask of [itself, window, market]) {
      const refused = await ask(ALL, {}, AUDIT);
      expect([refusalOf(refused), refused.data]).toEqual(['FORBIDDEN', { accessEvents: null }]);
    }
  });

  test('accessEvents by filter: all that is given holds, alone and together', async () => {
    const BY = `query ($filter: AccessEventFilter) { accessEvents(first: 100, filter: $filter) { totalCount nodes {
      role purpose operation outcome department { code } } } }`;
    const auditor = await caller(hub, { role: 'AUDITOR' }, AUDIT);
    const found = async (filter: object) => (await auditor(BY, { filter })).data.accessEvents;
    const { code } = DEPARTMENTS.MARKET;
    await market(GUARDED, breaker);
    await window('{ accessEvents { totalCount } }');
    const cases: [object, string, (event: Record<string, unknown>) => boolean][] = [
      [{ roles: ['DEPARTMENT'] }, `role = 'DEPARTMENT'`, ({ role }) => role === 'DEPARTMENT'],
      [
        { department: code },
        `department_id = (select id from department where code = '${code}')`,
        ({ department }) => (department as { code: string }).code === code,
      ],
      [{ purposes: ['SUPERVISION'] }, `purpose = 'SUPERVISION'`, ({ purpose }) => purpose === 'SUPERVISION'],
      [{ caseNo: '2026-88' }, `case_no = '2026-88'`, () => true],
      [
        { operations: ['subject'] },
        `'subject' = any(string_to_array(operation, ','))`,
        ({ operation }) => String(operation).split(',').includes('subject'),
      ],
      [{ outcomes: ['FORBIDDEN'] }, `outcome = 'FORBIDDEN'`, ({ outcome }) => outcome === 'FORBIDDEN'],
      [{ to: '2020-01-01T00:00:00Z' }, 'false', () => false],
      [
        { from: '2020-01-01T00:00:00Z', outcomes: ['FORBIDDEN'], roles: ['SERVICE_HALL'] },
        `outcome = 'FORBIDDEN' and role = 'SERVICE_HALL'`,
        ({ role }) => role === 'SERVICE_HALL',
      ],
    ];
    for (const [filter, where, holds] of cases) {
      const stored = await countOf(hub, `access_event where ${where}`);
      const { totalCount, nodes } = await found(filter);
      expect([filter, totalCount, nodes.every(holds)]).toEqual([filter, stored, true]);
      if (where !== 'false') expect([filter, totalCount]).not.toEqual([filter, 0]);
    }
    expect(refusalOf(await auditor(BY, { filter: { from: 'yesterday' } }))).toBe('BAD_USER_INPUT from');
  });
});
