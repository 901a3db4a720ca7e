import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DEPARTMENTS, ORGANISATIONS, PERSONS } from '../../src/demo/cast.js';
import { citizenId, unifiedCode } from '../kit/codes.js';
import { type Hub, startHub } from '../kit/hub.js';
import { sql } from '../kit/sql.js';
import { AUDIT, BY_CASE, type Caller, CHECK, caller, check, clerk, countOf, hall, refusalOf } from './callers.js';

let hub: Hub;
let window: Caller;
beforeAll(async () => {
  hub = await startHub();
  window = await hall(hub);
});
afterAll(() => hub.remove());

const { clean, courtDebtor, bigFine, licenceRevoked } = ORGANISATIONS;
const UNKNOWN_CODE = unifiedCode('91', 777_001);
const WRONG_CODE = `${UNKNOWN_CODE.slice(0, -1)}${UNKNOWN_CODE.endsWith('A') ? 'B' : 'A'}`;
const events = (more = 'true') => countOf(hub, `access_event where operation like 'checkCredit%' and ${more}`);

describe('one organisation', () => {
  test('an unknown code is UNKNOWN, and leaves a receipt', async () => {
    const answered = await check(window, UNKNOWN_CODE, 'SPJYXK');
    expect(answered).toMatchObject({ verdict: 'UNKNOWN', subjectFound: false, subject: null, findings: [] });
    expect(answered.receiptNo).toMatch(/^HC\d{8}[0-9A-Z]{12}$/);
    expect(await countOf(hub, 'credit_check where receipt_no = $1', [answered.receiptNo])).toBe(1);
  });

  const LITERAL = `mutation { checkCredit(input: { matter: "CZZJXM", code: "${WRONG_CODE}" }) { check { id } } }`;
  test.each<[string, string, string, Record<string, unknown>]>([
    ['a wrong check digit', 'code', CHECK, { code: WRONG_CODE }],
    ['a wrong check digit as a literal', 'code', LITERAL, {}],
    ['no code at all', 'code', CHECK, { code: '示例' }],
    ['neither code nor person', 'code', CHECK, {}],
    ['both', 'code', CHECK, { code: clean.code, person: { number: PERSONS.permitOnly.number, name: '某' } }],
    ['a wrong document number', 'person.number', CHECK, { person: { number: '370899199007010000', name: '某' } }],
    ['a blank name', 'person.name', CHECK, { person: { number: PERSONS.permitOnly.number, name: ' ' } }],
    ['a matter that there is not', 'matter', CHECK, { code: clean.code, matter: 'NOTHING' }],
  ])('%s is BAD_USER_INPUT naming %s, and nothing is stored', async (_what, field, query, input) => {
    const [checks, looks] = [await countOf(hub, 'credit_check'), await events(`outcome = 'OK'`)];
    const answer = await window(query, { input: { matter: 'CZZJXM', ...input } });
    expect([refusalOf(answer), answer.data ?? null]).toEqual([`BAD_USER_INPUT ${field}`, null]);
    expect(JSON.stringify(answer.errors)).not.toMatch(/91370830|370899/);
    expect([await countOf(hub, 'credit_check'), await events(`outcome = 'OK'`)]).toEqual([checks, looks]);
  });

  test.each([
    [clean.name, true],
    [` ${clean.name.replace('有限', '　有限')} `, true],
    [bigFine.name, false],
    [undefined, null],
  ])('named %j: nameMatches %j', async (name, matches) => {
    const { data } = await window(CHECK, { input: { code: clean.code, matter: 'CZZJXM', name } });
    expect(data.checkCredit.check.nameMatches).toBe(matches);
  });
});

describe('1,000 at once', () => {
  const MANY = `mutation ($input: CheckCreditsInput!) { checkCredits(input: $input) { items { row error
    check { receiptNo verdict nameMatches subjectFound } } } }`;
  const FAULTS = [
    { code: WRONG_CODE },
    { code: '' },
    {},
    { code: clean.code, person: { number: PERSONS.permitOnly.number, name: '某' } },
    { person: { number: citizenId('19900101', 1).replace(/.$/, 'Q'), name: '某' } },
  ];
  const fault = (i: number) => (i % 10 === 7 ? FAULTS[((i - 7) / 10) % FAULTS.length] : null);

  test('in one answer, each faulty row with its own error, and one event', async () => {
    const rows = Array.from(
      { length: 1000 },
      (_, i) => fault(i) ?? { code: [clean.code, courtDebtor.code, unifiedCode('91', i)][i % 3], name: clean.name },
    );
    const [checks, looks] = [await countOf(hub, 'credit_check'), await events()];
    const { data, errors } = await window(MANY, { input: { matter: 'ZFCGTB', rows } });
    expect(errors).toEqual([]);
    const items: { row: number; error: string | null; check: Record<string, unknown> | null }[] =
      data.checkCredits.items;
    expect(items.map(({ row }) => row)).toEqual(rows.map((_, i) => i + 1));
    for (const [i, { error, check: answered }] of items.entries()) {
      if (fault(i)) {
        expect([answered, error]).toEqual([null, expect.stringMatching(/^(code|person\.number)：/)]);
      } else {
        expect(error).toBeNull();
        expect([answered?.verdict, answered?.nameMatches, answered?.subjectFound]).toEqual(
          [
            ['CLEAR', true, true],
            ['RESTRICTED', false, true],
            ['UNKNOWN', null, false],
          ][i % 3],
        );
      }
    }
    expect(new Set(items.flatMap(({ check: answered }) => answered?.receiptNo ?? [])).size).toBe(900);
    expect(JSON.stringify(items.flatMap(({ error }) => error ?? []))).not.toMatch(/\d{6}/);
    expect([await countOf(hub, 'credit_check'), await events()]).toEqual([checks + 900, looks + 1]);
  });

  test('a check asked under two names is one check, with all that a check of one shows below it', async () => {
    const below = `verdict findings { effect measure { name } basis { title } listEntry { documentNo list { name } } }`;
    const { data, errors } = await window(
      `mutation ($input: CheckCreditsInput!) { checkCredits(input: $input) { items { first: check { id receiptNo } ...Second } } }
       fragment Second on CheckCreditsItem { row second: check { id ${below} } }`,
      { input: { matter: 'ZFCGTB', rows: [{ code: courtDebtor.code }, { code: 'X' }, { code: clean.code }] } },
    );
    expect(errors).toEqual([]);
    const [debtor, faulty, spotless] = data.checkCredits.items;
    expect(faulty).toEqual({ row: 2, first: null, second: null });
    for (const { first, second } of [debtor, spotless]) expect(first.id).toBe(second.id);
    const one = await window(
      `mutation ($input: CheckCreditInput!) { checkCredit(input: $input) { check { ${below} } } }`,
      {
        input: { matter: 'ZFCGTB', code: courtDebtor.code },
      },
    );
    const { id: _, ...check } = debtor.second;
    expect(check).toEqual(one.data.checkCredit.check);
    expect(check.findings[0].listEntry.list.name).toEqual(expect.any(String));
    expect(spotless.second.findings).toEqual([]);
  });

  test('one more is LIMIT_EXCEEDED; a wrong matter refuses them all', async () => {
    const rows = Array.from({ length: 1001 }, () => ({ code: clean.code }));
    expect(refusalOf(await window(MANY, { input: { matter: 'ZFCGTB', rows } }))).toBe('LIMIT_EXCEEDED rows');
    const answer = await window(MANY, { input: { matter: 'NOTHING', rows: rows.slice(0, 3) } });
    expect([refusalOf(answer), answer.data]).toEqual(['BAD_USER_INPUT matter', null]);
  });
});

describe('a natural person', () => {
  const { number, name, globalId } = PERSONS.responsible;
  const WHO = `mutation ($input: CheckCreditInput!) { checkCredit(input: $input) { check { receiptNo verdict nameMatches
    subjectFound subject { name ... on NaturalPerson { citizenId } } findings { listEntry { id reason } } } } }`;

  test('is found by its document, in variables, and is whole to whoever checked it', async () => {
    const { data } = await window(WHO, { input: { matter: 'CZZJXM', person: { number, name } } });
    expect(data.checkCredit.check).toMatchObject({
      verdict: 'RESTRICTED',
      nameMatches: true,
      subjectFound: true,
      subject: { name, citizenId: number },
    });
    const other = await window(WHO, { input: { matter: 'CZZJXM', person: { number, name: '孔某某' } } });
    expect(other.data.checkCredit.check).toMatchObject({ nameMatches: false, subjectFound: true });
    const nobody = citizenId('19811231', 7);
    const { data: none } = await window(WHO, { input: { matter: 'CZZJXM', person: { number: nobody, name } } });
    expect(none.checkCredit.check).toMatchObject({ verdict: 'UNKNOWN', nameMatches: null, subjectFound: false });
  });

  test('its number as a literal is refused before anything is done', async () => {
    const looks = await events();
    const answer = await window(`mutation { checkCredit(input: { matter: "CZZJXM", person: { number: "${number}",
      name: "${name}" } }) { check { id } } }`);
    expect([answer.status, refusalOf(answer), answer.data ?? null]).toEqual([400, 'BAD_USER_INPUT query', null]);
    expect(await events()).toBe(looks);
  });

  test('a wrong type of variable does not bring it out either', async () => {
    const answer = await window(WHO, { input: { matter: 7, person: { number, name } } });
    expect(refusalOf(answer)).toBe('BAD_USER_INPUT matter');
    expect(JSON.stringify(answer)).not.toContain(number);
  });

  test('its name and number are in no log, nor in the log of access', async () => {
    const log = hub.log.join('\n');
    for (const secret of [number, number.slice(6), name, PERSONS.permitOnly.number]) expect(log).not.toContain(secret);
    const [{ all = '' } = {}] = await sql(
      hub.ownerUrl,
      'select string_agg(e::text, chr(10)) as all from access_event e',
    );
    for (const secret of [number, name]) expect(all).not.toContain(secret);
  });

  test('the receipt is read by the person itself', async () => {
    const { data } = await window(WHO, { input: { matter: 'CZZJXM', person: { number, name } } });
    const { receiptNo } = data.checkCredit.check;
    const itself = await caller(hub, { role: 'SUBJECT', subject: globalId });
    const answer = await itself(`{ creditCheck(receiptNo: "${receiptNo}") { subject { name } verdict } }`);
    expect(answer.data.creditCheck).toEqual({ subject: { name }, verdict: 'RESTRICTED' });
  });
});

test('a receipt is read by who ran it, by its subject, by the auditor with a case, and by nobody else', async () => {
  const { receiptNo } = await check(window, courtDebtor.code, 'ZFCGTB');
  const READ = 'query ($no: String!) { creditCheck(receiptNo: $no) { receiptNo verdict findings { effect } } }';
  const whole = { receiptNo, verdict: 'RESTRICTED', findings: [{ effect: 'RESTRICTED' }] };
  const auditor = await caller(hub, { role: 'AUDITOR' });
  const subject = await caller(hub, { role: 'SUBJECT', subject: courtDebtor.code });
  for (const answer of [
    await window(READ, { no: receiptNo }),
    await subject(READ, { no: receiptNo }),
    await auditor(READ, { no: receiptNo }, BY_CASE),
  ]) {
    expect(answer.data).toEqual({ creditCheck: whole });
  }
  const purpose = { 'x-hub-purpose': 'SUPERVISION' };
  const { code: department } = DEPARTMENTS.APPROVAL;
  const others: [string, Caller][] = [
    ['NOT_FOUND receiptNo', await hall(hub, 'another clerk')],
    ['NOT_FOUND receiptNo', await caller(hub, { role: 'SUBJECT', subject: clean.code })],
    ['NOT_FOUND receiptNo', await clerk(hub, 'APPROVAL', undefined, purpose)],
    ['NOT_FOUND receiptNo', await clerk(hub, 'COURT', undefined, purpose)],
    // the same person at another department's window
    [
      'NOT_FOUND receiptNo',
      await caller(hub, { role: 'SERVICE_HALL', department: DEPARTMENTS.MARKET.code, user: 'demo-hall' }),
    ],
    ['NOT_FOUND receiptNo', await caller(hub, { role: 'CREDIT_OFFICE', department }, purpose)],
    ['PURPOSE_REQUIRED', auditor],
    ['PURPOSE_REQUIRED', (query, variables) => auditor(query, variables, AUDIT)],
    ['FORBIDDEN', await caller(hub, { role: 'ANALYST', department }, { 'x-hub-purpose': 'STATISTICS' })],
    ['FORBIDDEN', (query, variables) => hub.graphql(query, variables)],
  ];
  for (const [code, ask] of others) {
    const answer = await ask(READ, { no: receiptNo });
    expect([refusalOf(answer), answer.data]).toEqual([code, { creditCheck: null }]);
  }
});

test('the payload reads no more than its caller may, nor does the caller afterwards', async () => {
  const hidden = `update credit_record set public_from = null, public_until = null
    where record_type = 'PENALTY' and subject_id = (select id from subject where code = $1) returning id`;
  expect(await sql(hub.ownerUrl, hidden, [bigFine.code])).not.toEqual([]);
  const [kept] = await sql<{ id: string }>(hub.ownerUrl, hidden, [licenceRevoked.code]);
  const ALL = `records(first: 100) { totalCount nodes { id ... on PenaltyRecord { fine } } }
    commitments { totalCount } listEntries(activeOnly: false) { totalCount } summary { penalties }`;
  const PAYLOAD = `mutation ($input: CheckCreditInput!) { checkCredit(input: $input) { check {
    findings { record { id } } subject { ${ALL} } } } }`;
  const AFTER = `query ($code: UnifiedSocialCreditCode!) { subject(code: $code) { ${ALL} } }`;

  const anonymous = (await hub.graphql(AFTER, { code: bigFine.code })).data.subject;
  const { data } = await window(PAYLOAD, { input: { code: bigFine.code, matter: 'SPJYXK' } });
  expect(data.checkCredit.check).toEqual({ findings: [], subject: anonymous });
  expect(JSON.stringify(anonymous)).not.toContain('fine');
  expect((await window(AFTER, { code: bigFine.code })).data.subject).toEqual(anonymous);

  // What the check found, and nothing beside it.
  const found = (await window(PAYLOAD, { input: { code: licenceRevoked.code, matter: 'SPJYXK' } })).data.checkCredit
    .check;
  expect(found.findings).toHaveLength(1);
  expect(kept).toBeDefined();
  const before = (await hub.graphql(AFTER, { code: licenceRevoked.code })).data.subject.records;
  const after = (await window(AFTER, { code: licenceRevoked.code })).data.subject.records;
  expect(after.totalCount).toBe(before.totalCount + 1);
  expect(found.subject.records).toEqual(after);
  const another = await (await hall(hub, 'another clerk'))(AFTER, { code: licenceRevoked.code });
  expect(another.data.subject.records).toEqual(before);
});

test('each check leaves one event: who, as what, whom, under which receipt', async () => {
  const looks = await events();
  const { receiptNo } = await check(window, courtDebtor.code, 'ZFCGTB');
  expect(await events()).toBe(looks + 1);
  const [event] = await sql(
    hub.ownerUrl,
    `select e.actor, e.role, d.code as department, e.operation, e.outcome, e.labels, s.code as subject
     from access_event e join department d on d.id = e.department_id join subject s on s.id = any(e.subject_ids)
     where e.receipt_no = $1`,
    [receiptNo],
  );
  expect(event).toEqual({
    actor: 'demo-hall',
    role: 'SERVICE_HALL',
    department: DEPARTMENTS.APPROVAL.code,
    operation: 'checkCredit',
    outcome: 'OK',
    labels: ['GOVERNMENT'],
    subject: courtDebtor.code,
  });
});
