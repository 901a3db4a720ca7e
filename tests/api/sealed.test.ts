import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Client } from 'pg';
import { DEPARTMENTS, ORGANISATIONS, PERSONS } from '../../src/demo/cast.js';
import { addDays } from '../../src/platform/clock.js';
import { toGlobalId, uuidv7 } from '../../src/platform/ids.js';
import { type Hub, startHub } from '../kit/hub.js';
import { sql } from '../kit/sql.js';
import { AUDIT, BY_CASE, type Caller, CHECK, caller, check, clerk, countOf, refusalOf } from './callers.js';

const TODAY = '2026-11-20';
const LONGEST = 90;
const { promiseBreaker: about, clean } = ORGANISATIONS;
const CASE = '汶纪（演示）查〔2026〕7号';

let hub: Hub;
let [market, itself, auditor] = [] as unknown as Caller[] as [Caller, Caller, Caller];
const under = (caseNo: string, purpose = 'SUPERVISION') => ({
  'x-hub-purpose': purpose,
  'x-hub-case': encodeURIComponent(caseNo),
});

beforeAll(async () => {
  hub = await startHub({ now: TODAY, env: { HUB_SEAL_DAYS: String(LONGEST) } });
  market = await clerk(hub, 'MARKET', 'investigator');
  itself = await caller(hub, { role: 'SUBJECT', subject: about.code });
  auditor = await caller(hub, { role: 'AUDITOR' }, AUDIT);
});
afterAll(() => hub.remove());

const LOOK = `query ($code: UnifiedSocialCreditCode!) { subject(code: $code) { commitments { nodes { state } } } }`;
const LOG = `query ($code: UnifiedSocialCreditCode!, $first: Int, $after: String) { subject(code: $code) { accessLog(first: $first, after: $after) {
  totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { cursor }
  nodes { id at operation purpose outcome labels sealed receiptNo department { code } } } } }`;
const SEAL = `mutation ($input: SealCaseInput!) { sealCase(input: $input) { sealedCase { id caseNo state documentNo reason sealedOn
  sealedUntil liftedOn department { code } } } }`;
const UNSEAL = `mutation ($input: UnsealCaseInput!) { unsealCase(input: $input) { sealedCase { id state liftedOn liftDocumentNo liftReason } } }`;
const SEALS = `query ($state: SealState) { sealedCases(first: 100, state: $state) { totalCount nodes { id caseNo state department { code } } } }`;

const DOCUMENT = { documentNo: '汶（演示）封〔2026〕1号', reason: '案件调查期间' };
const sealing = (more: object = {}) => ({ input: { caseNo: CASE, until: addDays(TODAY, 30), ...DOCUMENT, ...more } });
const look = async (as: Caller, caseNo: string, code = about.code) => {
  const { errors } = await as(LOOK, { code }, under(caseNo));
  expect(errors).toEqual([]);
};
const logOf = async (as = itself, more: object = {}) => {
  const { data, errors } = await as(LOG, { code: about.code, first: 100, ...more });
  expect(errors).toEqual([]);
  return data.subject.accessLog;
};
const FOUND = `query ($filter: AccessEventFilter, $subject: ID) { accessEvents(first: 100, filter: $filter, subject: $subject) { totalCount nodes { id sealed operation consent { id } } } }`;
const found = async (filter: object) => {
  const { data, errors } = await auditor(FOUND, { filter });
  expect(errors).toEqual([]);
  return data.accessEvents;
};

describe('the look-ups of a sealed case', () => {
  let seal: string;
  let hidden: string[];
  let before: { totalCount: number; nodes: { id: string }[] };

  test('are neither shown nor counted to whom they are about, those before the seal too', async () => {
    await look(market, '2026-公开');
    before = await logOf();
    await look(market, CASE);
    expect((await logOf()).totalCount).toBe(before.totalCount + 1);

    const { data, errors } = await market(SEAL, sealing());
    expect(errors).toEqual([]);
    const { id, ...rest } = data.sealCase.sealedCase;
    seal = id;
    expect(rest).toEqual({
      caseNo: CASE,
      state: 'SEALED',
      ...DOCUMENT,
      sealedOn: TODAY,
      sealedUntil: addDays(TODAY, 30),
      liftedOn: null,
      department: { code: DEPARTMENTS.MARKET.code },
    });
    for (let i = 0; i < 3; i++) await look(market, CASE);
    expect(await logOf()).toEqual(before);
    hidden = (await found({ caseNo: CASE, sealed: true })).nodes.map((event: { id: string }) => event.id);
    expect(hidden).toHaveLength(4);
  });

  test('leave no gap in pages, cursors or totals', async () => {
    await look(market, '2026-公开');
    const whole = await logOf();
    expect(whole.totalCount).toBe(before.totalCount + 1);
    const walked: { id: string }[] = [];
    for (let after: string | null = null, more = true; more; ) {
      const page: Awaited<ReturnType<typeof logOf>> = await logOf(itself, { first: 1, after });
      expect(page.totalCount).toBe(whole.totalCount);
      expect(page.nodes).toHaveLength(1);
      walked.push(...page.nodes);
      ({ endCursor: after, hasNextPage: more } = page.pageInfo);
    }
    expect(walked).toEqual(whole.nodes);
    expect(walked.map(({ id }) => id)).not.toEqual(expect.arrayContaining([hidden[0]]));
  });

  test('are not there by id either, nor is the check that was run under the case', async () => {
    const { receiptNo, id } = await check(
      (query, variables) => market(query, variables, under(CASE)),
      about.code,
      'ZFCGTB',
    );
    const READ = `query ($id: ID!, $check: ID!, $receiptNo: String!) { event: node(id: $id) { id } check: node(id: $check) { id } creditCheck(receiptNo: $receiptNo) { verdict } }`;
    const made = (await found({ caseNo: CASE, operations: ['checkCredit'] })).nodes[0].id;
    for (const event of [hidden[0], made]) {
      const { data, errors } = await itself(READ, { id: event, check: id, receiptNo });
      expect(data).toEqual({ event: null, check: null, creditCheck: null });
      expect(errors.map(({ extensions }) => extensions.code)).toEqual(['NOT_FOUND']);
      const none = await itself(READ, {
        id: toGlobalId('AccessEvent', uuidv7()),
        check: toGlobalId('CreditCheck', uuidv7()),
        receiptNo: 'HC20261120KXXXXXXXXXXX',
      });
      const text = (answer: typeof none) => JSON.stringify(answer).replace(/"traceId":"[^"]+"/g, '');
      expect(text(none)).toBe(text({ ...none, data, errors } as typeof none));
    }
  });

  test('of another department under the same number are another case', async () => {
    const court = await clerk(hub, 'COURT', 'judge');
    const { totalCount } = await logOf();
    await look(court, CASE);
    const log = await logOf();
    expect([log.totalCount, log.nodes[0].department.code]).toEqual([totalCount + 1, DEPARTMENTS.COURT.code]);
  });

  test('are all there for the auditor, told apart and counted', async () => {
    const all = await found({});
    const sealed = await found({ sealed: true });
    const others = await found({ sealed: false });
    expect(sealed.totalCount).toBe(5);
    expect(sealed.nodes.every((event: { sealed: boolean }) => event.sealed)).toBe(true);
    expect(others.nodes.some((event: { sealed: boolean }) => event.sealed)).toBe(false);
    // its own three looks have been added since the first of them
    expect(others.totalCount + sealed.totalCount).toBe(all.totalCount + 2);
    const byCase = await caller(hub, { role: 'AUDITOR' }, BY_CASE);
    const log = await logOf(byCase);
    expect(log.nodes.filter(({ sealed: is }: { sealed: boolean }) => is)).toHaveLength(5);
  });

  test('a subject may not ask for seals, nor be told by what it is refused', async () => {
    for (const refused of [
      await itself(SEALS),
      await itself(SEAL, sealing()),
      await itself(UNSEAL, { input: { id: seal, ...DOCUMENT } }),
    ]) {
      expect(refusalOf(refused)).toBe('FORBIDDEN');
      expect(JSON.stringify(refused)).not.toMatch(/汶纪|封〔/);
    }
    expect((await itself('query ($id: ID!) { node(id: $id) { id } }', { id: seal })).data).toEqual({ node: null });
  });

  test('appear when the seal is lifted, in their places', async () => {
    const shown = await logOf();
    const { data, errors } = await market(UNSEAL, {
      input: { id: seal, documentNo: '汶（演示）解〔2026〕1号', reason: '调查终结' },
    });
    expect(errors).toEqual([]);
    expect(data.unsealCase.sealedCase).toEqual({
      id: seal,
      state: 'LIFTED',
      liftedOn: TODAY,
      liftDocumentNo: '汶（演示）解〔2026〕1号',
      liftReason: '调查终结',
    });
    const log = await logOf();
    expect(log.totalCount).toBe(shown.totalCount + 5);
    expect(log.nodes.map(({ id }: { id: string }) => id)).toEqual(expect.arrayContaining(hidden));
    const times = log.nodes.map(({ at }: { at: string }) => at);
    expect(times).toEqual([...times].sort().reverse());
    expect((await found({ sealed: true })).totalCount).toBe(0);
    expect(refusalOf(await market(UNSEAL, { input: { id: seal, ...DOCUMENT } }))).toBe('PRECONDITION_FAILED');
  });

  test('appear when its term is over', async () => {
    const { totalCount } = await logOf();
    await market(SEAL, sealing({ until: TODAY }));
    expect((await logOf()).totalCount).toBe(totalCount - 5);
    await sql(
      hub.ownerUrl,
      `update sealed_case set sealed_on = date '${TODAY}' - 2, sealed_until = date '${TODAY}' - 1
      where lifted_on is null`,
    );
    expect((await logOf()).totalCount).toBe(totalCount);
  });

  test('of a natural person, too', async () => {
    const { globalId, name, number } = PERSONS.permitOnly;
    const person = await caller(hub, { role: 'SUBJECT', subject: globalId });
    const OWN = `query ($id: ID!) { node(id: $id) { ... on NaturalPerson { accessLog(first: 100) { nodes { operation } } } } }`;
    // its own looks are in the log, too
    const count = async () =>
      (await person(OWN, { id: globalId })).data.node.accessLog.nodes.filter(
        ({ operation }: { operation: string }) => operation === 'checkCredit',
      ).length;
    const input = { matter: 'CZZJXM', person: { number, name } };
    expect((await market(SEAL, sealing())).errors).toEqual([]);
    const shown = await count();
    expect((await market(CHECK, { input }, under(CASE))).errors).toEqual([]);
    expect(await count()).toBe(shown);
    expect((await market(CHECK, { input }, under('另案'))).errors).toEqual([]);
    expect(await count()).toBe(shown + 1);
  });
});

describe('a seal', () => {
  const other = '汶纪（演示）查〔2026〕8号';

  test('needs a document, a reason, a case without a citizen id, and a term that is not too long', async () => {
    const rows = await countOf(hub, 'sealed_case');
    const cases: [object, string][] = [
      [{ documentNo: ' ' }, 'documentNo'],
      [{ documentNo: `封${PERSONS.permitOnly.number}号` }, 'documentNo'],
      [{ reason: '' }, 'reason'],
      [{ reason: 'x'.repeat(4001) }, 'reason'],
      [{ caseNo: '' }, 'caseNo'],
      [{ caseNo: `案${PERSONS.permitOnly.number}` }, 'caseNo'],
      [{ caseNo: '案13800138000' }, 'caseNo'],
      [{ documentNo: '封13800138000号' }, 'documentNo'],
      [{ caseNo: 'x'.repeat(101) }, 'caseNo'],
      [{ until: addDays(TODAY, -1) }, 'until'],
      [{ until: addDays(TODAY, LONGEST + 1) }, 'until'],
    ];
    for (const [more, field] of cases) {
      const answer = await market(SEAL, sealing({ caseNo: other, ...more }));
      expect([more, refusalOf(answer), answer.data]).toEqual([more, `BAD_USER_INPUT ${field}`, null]);
      expect(JSON.stringify(answer)).not.toContain(PERSONS.permitOnly.number);
    }
    expect(await countOf(hub, 'sealed_case')).toBe(rows);
    expect((await market(SEAL, sealing({ caseNo: other, until: addDays(TODAY, LONGEST) }))).errors).toEqual([]);
  });

  test('is prolonged by another one; what would not prolong it is refused, and lifting ends them all', async () => {
    const caseNo = '汶纪（演示）查〔2026〕9号';
    const seal = (until: string) => market(SEAL, sealing({ caseNo, until }));
    const first = (await seal(addDays(TODAY, 10))).data.sealCase.sealedCase.id;
    expect(refusalOf(await seal(addDays(TODAY, 10)))).toBe('PRECONDITION_FAILED');
    const second = (await seal(addDays(TODAY, 20))).data.sealCase.sealedCase.id;
    expect((await market(UNSEAL, { input: { id: first, ...DOCUMENT } })).errors).toEqual([]);
    const READ = `query ($id: ID!) { node(id: $id) { ... on SealedCase { state } } }`;
    for (const id of [first, second]) expect((await market(READ, { id })).data.node).toEqual({ state: 'LIFTED' });
  });

  test('of one case that many make at once is one', async () => {
    const caseNo = '汶纪（演示）查〔2026〕10号';
    const answers = await Promise.all(Array.from({ length: 8 }, () => market(SEAL, sealing({ caseNo }))));
    const codes = answers.map(refusalOf).sort();
    expect(codes).toEqual(['', ...Array(7).fill('PRECONDITION_FAILED')]);
  });

  test('is its department’s own: another neither sees nor lifts it, the auditor sees it', async () => {
    const hrss = await clerk(hub, 'HRSS');
    const own = (await market(SEALS, { state: 'SEALED' })).data.sealedCases;
    expect(own.totalCount).toBeGreaterThan(0);
    expect((await hrss(SEALS)).data.sealedCases).toEqual({ totalCount: 0, nodes: [] });
    const { id } = own.nodes[0];
    expect(refusalOf(await hrss(UNSEAL, { input: { id, ...DOCUMENT } }))).toBe('NOT_FOUND id');
    expect(refusalOf(await hrss(UNSEAL, { input: { id: toGlobalId('SealedCase', uuidv7()), ...DOCUMENT } }))).toBe(
      'NOT_FOUND id',
    );
    const all = (await auditor(SEALS, { state: 'SEALED' })).data.sealedCases;
    expect(all).toEqual(own);
    expect(refusalOf(await (await caller(hub, { role: 'AUDITOR' }))(SEALS))).toBe('PURPOSE_REQUIRED');
  });

  test('leaves an event of who sealed, and a history of its own', async () => {
    const { nodes } = await found({ operations: ['sealCase'], outcomes: ['OK'] });
    expect(nodes.length).toBeGreaterThan(2);
    expect(await countOf(hub, `row_revision where table_name = 'sealed_case'`)).toBeGreaterThan(0);
  });

  test('changes no entry of the log: it stays whole', async () => {
    const { code, stdout } = await hub.cli(['audit', 'verify']);
    expect([code, stdout]).toEqual([0, expect.any(String)]);
  });
});

test('without graphql-shield Postgres hides them too, and fails closed without a business date', async () => {
  const [subject] = await sql<{ id: string }>(hub.ownerUrl, 'select id from subject where code = $1', [clean.code]);
  expect((await market(SEAL, sealing({ caseNo: '汶纪（演示）查〔2026〕11号' }))).errors).toEqual([]);
  await check(
    (query, variables) => market(query, variables, under('汶纪（演示）查〔2026〕11号')),
    clean.code,
    'ZFCGTB',
  );
  const count = async (today: string) => {
    const client = new Client(hub.appUrl);
    await client.connect();
    try {
      await client.query(
        `select set_config('role', 'hub_subject', false), set_config('hub.subject', $1, false), set_config('hub.today', $2, false)`,
        [subject?.id, today],
      );
      const { rows } = await client.query(
        `select count(*)::int as n from access_event where case_no = '汶纪（演示）查〔2026〕11号'`,
      );
      return rows[0].n;
    } finally {
      await client.end();
    }
  };
  expect(await countOf(hub, `access_event where case_no = '汶纪（演示）查〔2026〕11号'`)).toBe(1);
  expect(await count(TODAY)).toBe(0);
  expect(await count('')).toBe(0);
  expect(await count(addDays(TODAY, 31))).toBe(1);
});

describe('accessEvents by consent', () => {
  test('the look-ups under one, and only those; a forged id is nobody’s', async () => {
    const GRANT = `mutation ($input: GrantConsentInput!) { grantConsent(input: $input) { consent { id } } }`;
    const input = {
      recipientRole: 'AGENCY',
      recipientUser: 'agency-sealed',
      labels: ['AUTHORISED'],
      purpose: 'COMMENDATION',
      expiresOn: addDays(TODAY, 30),
      documentNo: '授〔2026〕1号',
      documentHash: 'ab'.repeat(32),
    };
    const owner = await caller(hub, { role: 'SUBJECT', subject: clean.code });
    const granted = async () => (await owner(GRANT, { input })).data.grantConsent.consent.id as string;
    const [one, other] = [await granted(), await granted()];
    const agency = await caller(hub, { role: 'AGENCY', user: 'agency-sealed' });
    const ASK = `query ($code: UnifiedSocialCreditCode!) { subject(code: $code) { commitments { totalCount nodes { id } } consents { nodes { id } } } }`;
    for (const consent of [one, one, other]) {
      const { errors } = await agency(
        ASK,
        { code: clean.code },
        { 'x-hub-purpose': 'COMMENDATION', 'x-hub-consent': consent },
      );
      expect(errors).toEqual([]);
    }
    const by = async (consent: string, more = {}) => (await found({ consent, ...more })).totalCount;
    expect([await by(one), await by(other), await by(one, { outcomes: ['FORBIDDEN'] })]).toEqual([2, 1, 0]);
    expect(await by(toGlobalId('Consent', uuidv7()))).toBe(0);
    const forged = await auditor(FOUND, { filter: { consent: toGlobalId('Organisation', uuidv7()) } });
    expect(refusalOf(forged)).toBe('NOT_FOUND consent');
    expect((await found({ power: one })).totalCount).toBe(0);
  });
});
