import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { DEPARTMENTS, ORGANISATIONS, PERSONS } from '../../src/demo/cast.js';
import { addDays, dateInShanghai } from '../../src/platform/clock.js';
import { fromGlobalId, toGlobalId, uuidv7 } from '../../src/platform/ids.js';
import { type Hub, startHub } from '../kit/hub.js';
import { sql } from '../kit/sql.js';
import { BY_CASE, type Caller, caller, countOf, refusalOf } from './callers.js';

const TODAY = dateInShanghai(new Date());
const PURPOSE = 'ADMINISTRATIVE_ACTION';
const { permitAndPenalty, permitOnly, responsible } = PERSONS;
const { promiseBreaker, individualBusiness } = ORGANISATIONS;
const HALL = DEPARTMENTS.APPROVAL.code;

let hub: Hub;
let [person, other, agency, window] = [] as unknown as [Caller, Caller, Caller, Caller];
beforeAll(async () => {
  hub = await startHub();
  person = await caller(hub, { role: 'SUBJECT', subject: permitAndPenalty.globalId });
  other = await caller(hub, { role: 'SUBJECT', subject: permitOnly.globalId });
  agency = await caller(hub, { role: 'AGENCY', user: 'agency-1' }, { 'x-hub-purpose': PURPOSE });
  window = await caller(
    hub,
    { role: 'SERVICE_HALL', department: HALL, user: 'window-1' },
    { 'x-hub-purpose': PURPOSE },
  );
});
afterAll(() => hub.remove());

const FIELDS = `consent { id kind state subject { id name } recipientRole recipientDepartment { code } recipientUser
  agent { id } labels items { code } purpose uses usesLeft expiresOn documentNo documentHash grantedOn takenBy { code } withdrawnOn }`;
const GRANT = `mutation ($input: GrantConsentInput!) { grantConsent(input: $input) { ${FIELDS} } }`;
const POWER = `mutation ($input: GrantPowerInput!) { grantPower(input: $input) { ${FIELDS} } }`;
const WITHDRAW = `mutation ($input: WithdrawConsentInput!) { withdrawConsent(input: $input) { ${FIELDS} } }`;
const READ = `query ($id: ID!) { node(id: $id) { id ... on NaturalPerson { name citizenId
  records { totalCount nodes { __typename id } } listEntries { totalCount } commitments { totalCount } } } }`;
const NAME = 'query ($id: ID!) { node(id: $id) { ... on NaturalPerson { name } } }';

const input = (more: Record<string, unknown> = {}) => ({
  input: {
    recipientRole: 'AGENCY',
    recipientUser: 'agency-1',
    labels: ['AUTHORISED', 'PERSONAL'],
    purpose: PURPOSE,
    expiresOn: addDays(TODAY, 30),
    documentNo: '授〔2026〕1号',
    documentHash: 'a'.repeat(64),
    ...more,
  },
});
const granted = async (as: Caller, more: Record<string, unknown> = {}) => {
  const { data, errors } = await as(GRANT, input(more));
  expect(errors).toEqual([]);
  return data.grantConsent.consent;
};
const withdraw = (as: Caller, id: string, more: Record<string, unknown> = {}) =>
  as(WITHDRAW, { input: { id, ...more } });
const using = (id: string) => ({ 'x-hub-consent': id });
const stateOf = async (id: string, as = person) =>
  (await as('query ($id: ID!) { node(id: $id) { ... on Consent { state usesLeft } } }', { id })).data.node;
/** What was logged of the latest request that stated it. */
const logged = (id: string, column = 'consent_id') =>
  sql(
    hub.ownerUrl,
    `select outcome, actor, subject_ids, labels, consent_id, on_behalf from access_event where ${column} = $1 order by at desc, id desc`,
    [fromGlobalId(id)?.uuid],
  );

describe('a consent opens', () => {
  test('one natural person, whole, to its recipient; without the header nothing', async () => {
    const consent = await granted(person);
    expect(consent).toMatchObject({
      kind: 'CONSENT',
      state: 'ACTIVE',
      subject: { id: permitAndPenalty.globalId, name: permitAndPenalty.name },
      recipientUser: 'agency-1',
      labels: ['AUTHORISED', 'PERSONAL'],
      uses: null,
      usesLeft: null,
      grantedOn: TODAY,
      takenBy: null,
    });
    const { id } = permitAndPenalty;
    const before = await agency(READ, { id: permitAndPenalty.globalId });
    expect([before.errors, before.data.node]).toEqual([[], null]);
    const { data, errors } = await agency(READ, { id: permitAndPenalty.globalId }, using(consent.id));
    expect(errors).toEqual([]);
    const records = await countOf(hub, `credit_record where subject_id = $1 and state = 'ACTIVE'`, [id]);
    expect(records).toBeGreaterThan(1);
    expect(data.node).toMatchObject({
      name: permitAndPenalty.name,
      citizenId: permitAndPenalty.number,
      records: { totalCount: records },
    });
    expect((await logged(consent.id))[0]).toMatchObject({
      outcome: 'OK',
      actor: 'agency-1',
      subject_ids: [id],
      labels: ['PERSONAL'],
    });
  });

  test('masked where it does not open PERSONAL', async () => {
    const { id } = await granted(person, { labels: ['AUTHORISED'] });
    const { data, errors } = await agency(READ, { id: permitAndPenalty.globalId }, using(id));
    expect(errors).toEqual([]);
    expect([data.node.name, data.node.citizenId]).toEqual(['孔*****', expect.stringMatching(/^\d{6}\*{8}/)]);
    expect(data.node.records.totalCount).toBeGreaterThan(1);
  });

  test('the items that it names and no other', async () => {
    const { id, items } = await granted(person, { labels: ['PERSONAL'], items: ['XZXK_ZRR'] });
    expect(items).toEqual([{ code: 'XZXK_ZRR' }]);
    const { data } = await agency(READ, { id: permitAndPenalty.globalId }, using(id));
    expect(new Set(data.node.records.nodes.map((row: { __typename: string }) => row.__typename))).toEqual(
      new Set(['PermitRecord']),
    );
  });

  test('no other subject in the same request', async () => {
    const mine = await granted(person);
    const theirs = await granted(other);
    const { data, errors } = await agency(
      `query ($a: ID!, $b: ID!) { a: node(id: $a) { id } b: node(id: $b) { id } c: node(id: $b) { ... on NaturalPerson { name citizenId } } }`,
      { a: permitAndPenalty.globalId, b: permitOnly.globalId },
      using(mine.id),
    );
    expect([errors, data]).toEqual([[], { a: { id: permitAndPenalty.globalId }, b: null, c: null }]);
    // Two in one header are none.
    const both = await agency(NAME, { id: permitOnly.globalId }, using(`${mine.id}, ${theirs.id}`));
    expect([refusalOf(both), both.data ?? null]).toEqual(['CONSENT_REQUIRED x-hub-consent', null]);
  });

  test('an organisation’s commitments, and its operator where it is an individual business', async () => {
    const breaker = await caller(hub, { role: 'SUBJECT', subject: promiseBreaker.code });
    const { id } = await granted(breaker, { labels: ['AUTHORISED'] });
    const ASK = `query ($code: UnifiedSocialCreditCode!) { subject(code: $code) { commitments { nodes { state content } } } }`;
    const without = await agency(ASK, { code: promiseBreaker.code });
    expect(without.data.subject.commitments.nodes).toEqual([]);
    const { data, errors } = await agency(ASK, { code: promiseBreaker.code }, using(id));
    expect(errors).toEqual([]);
    expect(data.subject.commitments.nodes.length).toBeGreaterThan(0);

    const OPERATOR = `query ($code: UnifiedSocialCreditCode!) { subject(code: $code) { ... on Organisation { legalRepresentative } } }`;
    const business = await caller(hub, { role: 'SUBJECT', subject: individualBusiness.code });
    const whole = (await business(OPERATOR, { code: individualBusiness.code })).data.subject.legalRepresentative;
    expect(whole).not.toContain('*');
    for (const as of [agency, window]) {
      const refused = await as(OPERATOR, { code: individualBusiness.code });
      expect([refusalOf(refused), refused.data.subject.legalRepresentative]).toEqual(['CONSENT_REQUIRED', null]);
    }
    const masked = await granted(business, { labels: ['AUTHORISED'] });
    const shown = await agency(OPERATOR, { code: individualBusiness.code }, using(masked.id));
    expect([shown.errors, shown.data.subject.legalRepresentative]).toEqual([[], expect.stringContaining('*')]);
    const open = await granted(business, { labels: ['PERSONAL'] });
    const seen = await agency(OPERATOR, { code: individualBusiness.code }, using(open.id));
    expect([seen.errors, seen.data.subject.legalRepresentative]).toEqual([[], whole]);
    // Another organisation is what it was.
    const elsewhere = await agency(ASK, { code: promiseBreaker.code }, using(open.id));
    expect(elsewhere.data.subject.commitments.nodes).toEqual([]);
  });

  test('to a service hall what a consent to its department names', async () => {
    const { id } = await granted(person, {
      recipientRole: 'SERVICE_HALL',
      recipientUser: null,
      recipientDepartment: HALL,
    });
    const seen = await window(NAME, { id: permitAndPenalty.globalId }, using(id));
    expect(seen.data.node).toEqual({ name: permitAndPenalty.name });
    expect((await window(NAME, { id: permitAndPenalty.globalId })).data.node).toBeNull();
    const elsewhere = await caller(
      hub,
      { role: 'SERVICE_HALL', department: DEPARTMENTS.CIVIL_AFFAIRS.code },
      { 'x-hub-purpose': PURPOSE },
    );
    expect(refusalOf(await elsewhere(NAME, { id: permitAndPenalty.globalId }, using(id)))).toBe(
      'CONSENT_REQUIRED x-hub-consent',
    );
  });
});

describe('a consent is refused, in one sentence', () => {
  const ask = (as: Caller, id: string, more: Record<string, string> = {}) =>
    as(NAME, { id: permitAndPenalty.globalId }, { ...using(id), ...more });

  test('to another recipient, for another purpose, withdrawn, expired, unknown, forged', async () => {
    const { id } = await granted(person);
    const withdrawn = await granted(person);
    expect((await withdraw(person, withdrawn.id)).data.withdrawConsent.consent).toMatchObject({
      state: 'WITHDRAWN',
      withdrawnOn: TODAY,
    });
    const expired = await granted(person);
    await sql(hub.ownerUrl, 'update consent set expires_on = $2 where id = $1', [
      fromGlobalId(expired.id)?.uuid,
      addDays(TODAY, -1),
    ]);
    expect((await stateOf(expired.id)).state).toBe('EXPIRED');
    const another = await caller(hub, { role: 'AGENCY', user: 'agency-2' }, { 'x-hub-purpose': PURPOSE });
    const association = await caller(hub, { role: 'ASSOCIATION', user: 'agency-1' }, { 'x-hub-purpose': PURPOSE });
    const department = await caller(
      hub,
      { role: 'DEPARTMENT', department: HALL, user: 'agency-1' },
      { 'x-hub-purpose': PURPOSE },
    );
    const answers = [
      await ask(another, id),
      await ask(association, id),
      await ask(department, id),
      await ask(other, id, { 'x-hub-purpose': PURPOSE }),
      await ask(agency, id, { 'x-hub-purpose': 'PERSONNEL' }),
      await ask(agency, withdrawn.id),
      await ask(agency, expired.id),
      await ask(agency, toGlobalId('Consent', uuidv7())),
      await ask(agency, toGlobalId('Commitment', fromGlobalId(id)?.uuid as string)),
      await ask(agency, 'nonsense'),
    ];
    expect(answers.map(refusalOf)).toEqual(answers.map(() => 'CONSENT_REQUIRED x-hub-consent'));
    expect(new Set(answers.map(({ errors }) => errors[0]?.message)).size).toBe(1);
    expect(answers.map(({ data }) => data ?? null)).toEqual(answers.map(() => null));
    expect(await countOf(hub, 'consent_use where consent_id = $1', [fromGlobalId(id)?.uuid])).toBe(0);
    expect((await logged(withdrawn.id))[0]).toMatchObject({ outcome: 'CONSENT_REQUIRED', actor: 'agency-1' });
    // It was none of those things: it still opens.
    expect((await ask(agency, id)).data.node).toEqual({ name: permitAndPenalty.name });
  });

  test('without a purpose: PURPOSE_REQUIRED, and nothing is spent', async () => {
    const { id } = await granted(person, { uses: 1 });
    const silent = await caller(hub, { role: 'AGENCY', user: 'agency-1' });
    expect(refusalOf(await ask(silent, id))).toBe('PURPOSE_REQUIRED');
    expect(await stateOf(id)).toEqual({ state: 'ACTIVE', usesLeft: 1 });
  });

  test('when it is used up: the count is the count', async () => {
    const { id } = await granted(person, { uses: 3 });
    const said = [];
    for (let i = 0; i < 5; i++) said.push(refusalOf(await ask(agency, id)));
    expect(said).toEqual(['', '', '', 'CONSENT_REQUIRED x-hub-consent', 'CONSENT_REQUIRED x-hub-consent']);
    expect(await stateOf(id)).toEqual({ state: 'EXHAUSTED', usesLeft: 0 });
    // The recipient sees it too; a request that read nothing of it has spent it all the same.
    expect(await stateOf(id, agency)).toEqual({ state: 'EXHAUSTED', usesLeft: 0 });
  });

  test('a single use survives fifty at once with one success', async () => {
    const { id } = await granted(person, { uses: 1 });
    const answers = await Promise.all(Array.from({ length: 50 }, () => ask(agency, id)));
    const names = answers.flatMap(({ data }) => data?.node?.name ?? []);
    expect(names).toEqual([permitAndPenalty.name]);
    expect(answers.filter((answer) => refusalOf(answer) === 'CONSENT_REQUIRED x-hub-consent')).toHaveLength(49);
    expect(await countOf(hub, 'consent_use where consent_id = $1', [fromGlobalId(id)?.uuid])).toBe(1);
    const outcomes = (await logged(id)).map(({ outcome }) => outcome);
    expect([outcomes.length, outcomes.filter((outcome) => outcome === 'OK').length]).toEqual([50, 1]);
  });

  test('twenty-five of fifty at once when it is given for twenty-five', async () => {
    const { id } = await granted(person, { uses: 25 });
    const answers = await Promise.all(Array.from({ length: 50 }, () => ask(agency, id)));
    expect(answers.filter((answer) => refusalOf(answer) === '')).toHaveLength(25);
  });

  test('when the use can’t be written: UNAVAILABLE, and it mends itself', async () => {
    const { id } = await granted(person);
    const hidden = 'spend_consent(uuid, text)';
    await sql(hub.ownerUrl, `revoke execute on function ${hidden} from hub_audit`);
    const refused = await ask(agency, id);
    expect([refused.status, refusalOf(refused), refused.data ?? null]).toEqual([503, 'UNAVAILABLE', null]);
    await sql(hub.ownerUrl, `grant execute on function ${hidden} to hub_audit`);
    expect((await ask(agency, id)).data.node).toEqual({ name: permitAndPenalty.name });
  });
});

describe('is given', () => {
  test('at the counter for an organisation or a person, before a witness, and withdrawn there too', async () => {
    const at = { recipientRole: 'SERVICE_HALL', recipientUser: null, recipientDepartment: HALL, witness: '见证人甲' };
    const { number, name } = permitAndPenalty;
    const consent = await granted(window, { ...at, person: { number, name } });
    expect(consent).toMatchObject({
      subject: { id: permitAndPenalty.globalId, name: '孔*****' },
      takenBy: { code: HALL },
      recipientDepartment: { code: HALL },
    });
    const used = await window(NAME, { id: permitAndPenalty.globalId }, using(consent.id));
    expect(used.data.node).toEqual({ name });
    const elsewhere = await caller(hub, { role: 'SERVICE_HALL', department: DEPARTMENTS.CIVIL_AFFAIRS.code });
    expect(refusalOf(await withdraw(elsewhere, consent.id, { witness: '见证人乙' }))).toBe('NOT_FOUND id');
    expect(refusalOf(await withdraw(window, consent.id))).toBe('BAD_USER_INPUT witness');
    expect(refusalOf(await withdraw(window, consent.id, { witness: '见证人乙' }))).toBe('');
    expect(refusalOf(await withdraw(window, consent.id, { witness: '见证人乙' }))).toBe('PRECONDITION_FAILED');
    expect(refusalOf(await window(NAME, { id: permitAndPenalty.globalId }, using(consent.id)))).toBe(
      'CONSENT_REQUIRED x-hub-consent',
    );
    expect((await granted(window, { ...at, code: promiseBreaker.code })).subject.name).toBe(promiseBreaker.name);
  });

  test('by a subject for itself only: another and none at all are answered alike', async () => {
    const before = await countOf(hub, 'consent');
    const answers = [
      await person(GRANT, input({ subject: permitOnly.globalId })),
      await person(GRANT, input({ code: promiseBreaker.code })),
      await person(GRANT, input({ subject: toGlobalId('NaturalPerson', uuidv7()) })),
      await person(GRANT, input({ person: { number: permitOnly.number, name: permitOnly.name } })),
      await person(GRANT, input({ person: { number: permitOnly.number, name: '无此人' } })),
    ];
    expect(answers.map((answer) => [refusalOf(answer), answer.data])).toEqual(answers.map(() => ['FORBIDDEN', null]));
    expect(await countOf(hub, 'consent')).toBe(before);
  });

  test.each<[string, string, Record<string, unknown>]>([
    ['a day that is past', 'BAD_USER_INPUT expiresOn', { expiresOn: addDays(TODAY, -1) }],
    ['no hash', 'BAD_USER_INPUT documentHash', { documentHash: 'abc' }],
    ['a person’s id as document number', 'BAD_USER_INPUT documentNo', { documentNo: permitOnly.number }],
    ['nothing that it opens', 'BAD_USER_INPUT labels', { labels: [] }],
    ['an item that there is not', 'BAD_USER_INPUT items', { items: ['NOTHING'] }],
    ['a label that is no subject’s to open', 'BAD_USER_INPUT labels', { labels: ['SEALED'] }],
    ['a purpose that there is not', 'BAD_USER_INPUT purpose', { purpose: 'CURIOSITY' }],
    ['no uses', 'BAD_USER_INPUT uses', { uses: 0 }],
    [
      'a hall without department',
      'BAD_USER_INPUT recipientDepartment',
      { recipientRole: 'SERVICE_HALL', recipientUser: null },
    ],
    [
      'a department that there is not',
      'BAD_USER_INPUT recipientDepartment',
      { recipientRole: 'SERVICE_HALL', recipientUser: null, recipientDepartment: 'X' },
    ],
    ['an agency without user', 'BAD_USER_INPUT recipientUser', { recipientUser: ' ' }],
    ['a person’s id as user', 'BAD_USER_INPUT recipientUser', { recipientUser: permitOnly.number }],
    ['an agent as recipient', 'BAD_USER_INPUT recipientRole', { recipientRole: 'SUBJECT' }],
    ['a witness away from a counter', 'BAD_USER_INPUT witness', { witness: '甲' }],
  ])('not with %s: %s', async (_what, refusal, more) => {
    const answer = await person(GRANT, input(more));
    expect([refusalOf(answer), answer.data ?? null]).toEqual([refusal, null]);
    expect(JSON.stringify(answer.errors)).not.toContain(permitOnly.number);
  });

  test('not by roles without the verb; read by its parties and by nobody else', async () => {
    const consent = await granted(person);
    for (const who of [
      { role: 'DEPARTMENT', department: HALL },
      { role: 'CREDIT_OFFICE', department: DEPARTMENTS.DEVELOPMENT_REFORM.code },
      { role: 'AGENCY', user: 'agency-1' },
      { role: 'AUDITOR' },
    ]) {
      const as = await caller(hub, who);
      for (const answer of [await as(GRANT, input()), await withdraw(as, consent.id)]) {
        expect([who.role, refusalOf(answer), answer.data]).toEqual([who.role, 'FORBIDDEN', null]);
      }
    }
    expect(refusalOf(await withdraw(other, consent.id))).toBe('NOT_FOUND id');
    const NODE = 'query ($id: ID!) { node(id: $id) { id ... on Consent { subject { id } } } }';
    const { id } = consent;
    // Who receives it may read it, and still not whom it is about: that opens by using it.
    expect((await agency(NODE, { id })).data.node).toEqual({ id, subject: null });
    expect((await person(NODE, { id })).data.node).toEqual({ id, subject: { id: permitAndPenalty.globalId } });
    const another = await caller(hub, { role: 'AGENCY', user: 'agency-2' });
    for (const as of [other, window, another]) expect((await as(NODE, { id })).data.node).toBeNull();
    const auditor = await caller(hub, { role: 'AUDITOR' }, BY_CASE);
    expect((await auditor(NODE, { id })).data.node.id).toBe(id);
    const LIST = '{ consents(first: 100) { nodes { id } } }';
    const ids = async (as: Caller) => (await as(LIST)).data.consents.nodes.map((row: { id: string }) => row.id);
    expect(await ids(person)).toContain(id);
    expect(await ids(agency)).toContain(id);
    expect(await ids(another)).toEqual([]);
    expect(await ids(other)).not.toContain(id);
  });

  test('and used in a mutation: with an idempotency key its repetition is the same use', async () => {
    const { id } = await granted(person, {
      recipientRole: 'SERVICE_HALL',
      recipientUser: null,
      recipientDepartment: HALL,
      uses: 1,
    });
    const CHECK = `mutation ($input: CheckCreditInput!) { checkCredit(input: $input) { check { receiptNo } } }`;
    const { number, name } = permitAndPenalty;
    const check = (key: string) =>
      window(
        CHECK,
        { input: { person: { number, name }, matter: 'SPJYXK' } },
        { ...using(id), 'idempotency-key': key },
      );
    const first = await check('one');
    expect(refusalOf(first)).toBe('');
    expect((await check('one')).data).toEqual(first.data);
    expect(refusalOf(await check('two'))).toBe('CONSENT_REQUIRED x-hub-consent');
  });
});

describe('a power of attorney', () => {
  const power = async (more: Record<string, unknown> = {}) => {
    const { data, errors } = await window(POWER, {
      input: {
        code: promiseBreaker.code,
        agent: { number: permitOnly.number, name: permitOnly.name },
        expiresOn: addDays(TODAY, 30),
        documentNo: '委〔2026〕1号',
        documentHash: 'b'.repeat(64),
        witness: '见证人甲',
        ...more,
      },
    });
    return { consent: data?.grantPower.consent, refusal: refusalOf({ errors } as never) };
  };
  const acting = (id: string) => ({ 'x-hub-acting-for': id });
  const WHO = '{ viewer { subject { name } } }';
  const PROMISE = `mutation ($input: MakeCommitmentInput!) { makeCommitment(input: $input) { commitment { subject { name } } } }`;

  test('lets a person act for its principal, and the log names both', async () => {
    const { consent } = await power();
    expect(consent).toMatchObject({ kind: 'POWER_OF_ATTORNEY', state: 'ACTIVE', takenBy: { code: HALL } });
    expect((await other(WHO)).data.viewer.subject.name).toBe(permitOnly.name);
    expect((await other(WHO, {}, acting(consent.id))).data.viewer.subject.name).toBe(promiseBreaker.name);
    const made = await other(PROMISE, { input: { kind: 'VOLUNTARY_DISCLOSURE', content: '代办' } }, acting(consent.id));
    expect(made.data.makeCommitment.commitment.subject.name).toBe(promiseBreaker.name);
    expect((await logged(consent.id, 'on_behalf'))[0]).toMatchObject({ outcome: 'OK', consent_id: null });
    const principal = await caller(hub, { role: 'SUBJECT', subject: promiseBreaker.code });
    const { data } = await principal('{ viewer { subject { accessLog { nodes { operation power { id } } } } } }');
    expect(data.viewer.subject.accessLog.nodes).toContainEqual({
      operation: 'makeCommitment',
      power: { id: consent.id },
    });
  });

  test('gives no right to give or withdraw, and ends at once when it is withdrawn', async () => {
    const { consent } = await power();
    const mandate = acting(consent.id);
    expect(refusalOf(await other(GRANT, input(), mandate))).toBe('FORBIDDEN');
    expect(refusalOf(await other(WITHDRAW, { input: { id: consent.id } }, mandate))).toBe('FORBIDDEN');
    const principal = await caller(hub, { role: 'SUBJECT', subject: promiseBreaker.code });
    expect(refusalOf(await withdraw(principal, consent.id))).toBe('');
    const after = await other(WHO, {}, mandate);
    expect([refusalOf(after), after.data ?? null]).toEqual(['FORBIDDEN x-hub-acting-for', null]);
    expect((await logged(consent.id, 'on_behalf'))[0]).toMatchObject({ outcome: 'FORBIDDEN' });
  });

  test('is nobody else’s, not for ever, and no consent', async () => {
    const { consent } = await power();
    const read = await granted(other);
    const refused = [
      await person(WHO, {}, acting(consent.id)),
      await window(WHO, {}, acting(consent.id)),
      await agency(WHO, {}, acting(consent.id)),
      await other(WHO, {}, acting(read.id)),
      await other(WHO, {}, acting(toGlobalId('Consent', uuidv7()))),
      await other(WHO, {}, acting('nonsense')),
    ];
    await sql(hub.ownerUrl, 'update consent set expires_on = $2 where id = $1', [
      fromGlobalId(consent.id)?.uuid,
      addDays(TODAY, -1),
    ]);
    refused.push(await other(WHO, {}, acting(consent.id)));
    expect(refused.map(refusalOf)).toEqual(refused.map(() => 'FORBIDDEN x-hub-acting-for'));
    const asConsent = await other(WHO, {}, { ...using(consent.id), 'x-hub-purpose': PURPOSE });
    expect(refusalOf(asConsent)).toBe('CONSENT_REQUIRED x-hub-consent');
  });

  test('is registered at the counter alone, between two that are known', async () => {
    expect((await power({ agent: { number: permitOnly.number, name: '张三' } })).refusal).toBe('NOT_FOUND agent');
    expect((await power({ agent: { number: '123', name: '张三' } })).refusal).toBe('BAD_USER_INPUT agent.number');
    expect((await power({ witness: ' ' })).refusal).toBe('BAD_USER_INPUT witness');
    const { number, name } = permitOnly;
    expect((await power({ code: null, person: { number, name } })).refusal).toBe('BAD_USER_INPUT agent');
    const { consent } = await power({ code: null, person: { number: responsible.number, name: responsible.name } });
    expect(consent.subject.id).toBe(responsible.globalId);
    const asked = {
      input: {
        code: promiseBreaker.code,
        agent: { number, name },
        expiresOn: TODAY,
        documentNo: '1',
        documentHash: 'b'.repeat(64),
        witness: '甲',
      },
    };
    expect(refusalOf(await person(POWER, asked))).toBe('FORBIDDEN');
  });
});

test('Postgres alone: a consent’s id, or a use that somebody else spent, opens nothing', async () => {
  const { id } = await granted(person);
  await agency(NAME, { id: permitAndPenalty.globalId }, using(id));
  const uuid = fromGlobalId(id)?.uuid as string;
  const [spent] = await sql(hub.ownerUrl, 'select use_id from consent_use where consent_id = $1', [uuid]);
  const weak = new pg.Client(hub.appUrl);
  await weak.connect();
  await weak.query('set role hub_agency');
  const seen = async (user: string, consent: string, purpose = PURPOSE) => {
    for (const [name, value] of Object.entries({ role: 'AGENCY', user, purpose, today: TODAY, consent })) {
      await weak.query('select set_config($1, $2, false)', [`hub.${name}`, value]);
    }
    const { rows } = await weak.query('select 1 from person_identity where subject_id = $1', [permitAndPenalty.id]);
    return rows.length;
  };
  try {
    expect(await seen('agency-1', spent?.['use_id'])).toBe(1);
    expect(await seen('agency-1', uuid)).toBe(0);
    expect(await seen('agency-2', spent?.['use_id'])).toBe(0);
    expect(await seen('agency-1', spent?.['use_id'], 'PERSONNEL')).toBe(0);
    await expect(weak.query('select * from spend_consent($1, null)', [uuid])).rejects.toThrow('permission denied');
    await expect(weak.query('delete from consent_use')).rejects.toThrow('permission denied');
    await withdraw(person, id);
    expect(await seen('agency-1', spent?.['use_id'])).toBe(0);
  } finally {
    await weak.end();
  }
});

test('the audit log with all that in it is whole, and says who used what', async () => {
  const { id } = await granted(person);
  await agency(NAME, { id: permitAndPenalty.globalId }, using(id));
  const { code, stdout } = await hub.cli(['audit', 'verify', '--json']);
  // Events are taken in every second; the head of this very moment takes in what waits.
  expect([code, JSON.parse(stdout).faults]).toEqual([0, []]);
  expect((await hub.cli(['audit', 'head'])).code).toBe(0);
  const entries = (await hub.cli(['audit', 'export'])).stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const named = entries.filter((entry) => entry.consent === fromGlobalId(id)?.uuid);
  expect(named.map(({ v, actor, outcome, operation }) => [v, actor, outcome, operation])).toEqual([
    [2, 'agency-1', 'OK', 'node'],
  ]);
  expect(entries.filter((entry) => entry.v === 1 && ('consent' in entry || 'onBehalf' in entry))).toEqual([]);
  expect((await hub.cli(['audit', 'verify'])).code).toBe(0);
});
