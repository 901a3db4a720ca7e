import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { CommitmentState } from '../../src/entities/commitments/commitment.js';
import type { Actor } from '../../src/permissions/actor.js';
import { sql } from '../../src/platform/sql.js';
import { type MakeCommitment, makeCommitment } from '../../src/services/commitments/make.js';
import { settleCommitment } from '../../src/services/commitments/settle.js';
import { openTexts, SEALED_TEXT, type SealedTexts, TEXT_COLUMNS } from '../../src/services/personal.js';
import { type County, openCounty, TODAY } from './kit.js';

const CODE = '91370830MA9YYY010N';
const OTHER = '91370830MA9YYY029K';
const NOBODY = '00000000-0000-7000-8000-000000000000';

let county: County;
let subject: string;
let other: string;
let itself: Actor;
let hall: Actor;
let approval: Actor;
let market: Actor;
beforeAll(async () => {
  county = await openCounty();
  subject = await county.organisation(CODE, '汶上县试用建材有限公司');
  other = await county.organisation(OTHER, '汶上县试用食品有限公司');
  itself = county.subjectActor(subject);
  hall = { ...county.actor('SERVICE_HALL', 'APPROVAL'), user: 'hall' };
  approval = county.actor('DEPARTMENT', 'APPROVAL');
  market = county.actor('DEPARTMENT', 'MARKET');
});
afterAll(() => county?.close());

const make = (actor: Actor, more: Partial<MakeCommitment> = {}) =>
  county.write(actor, (session) =>
    makeCommitment(session, county.keys, { kind: 'APPROVAL_SUBSTITUTION', content: '所交材料真实有效', ...more }),
  );
const settle = (actor: Actor, id: string, state: CommitmentState = 'FULFILLED', today = TODAY) =>
  county.write(actor, (session) => settleCommitment(session, { id, state, documentNo: '认定1号' }), today);
const row = async (id: string) => {
  const [commitment] = await county.owner(
    `select c.code, c.kind, c.subject_id as subject, c.content, c.made_on::text, c.made_by, c.due_on::text, c.state,
       d.name as department, c.settled_on::text, c.settlement_document_no as document, c.revision
     from commitment c join department d on d.id = c.department_id where c.id = $1`,
    [id],
  );
  return commitment as Record<string, unknown>;
};
const refusal = (code: string, field?: string) => expect.objectContaining({ code, ...(field ? { field } : {}) });

describe('is made', () => {
  test('by a subject for itself, kept by the reform commission', async () => {
    const id = await make(itself);
    expect(await row(id)).toMatchObject({
      code: expect.stringMatching(/^37083020261124\d{6}$/),
      subject,
      state: 'OPEN',
      made_on: TODAY,
      made_by: itself.user,
      department: 'DEVELOPMENT_REFORM',
    });
    expect(await county.read(itself).query(sql`select 1 from commitment where id = ${id}`)).toHaveLength(1);
  });
  test('in a matter, kept by the department of its function', async () => {
    expect(await row(await make(itself, { matter: 'RCSPCN' }))).toMatchObject({ department: 'APPROVAL' });
    // the county here has no finance department
    expect(await row(await make(itself, { matter: 'CZZJXM' }))).toMatchObject({ department: 'DEVELOPMENT_REFORM' });
    expect(await row(await make(market, { code: CODE, matter: 'CZZJXM' }))).toMatchObject({ department: 'MARKET' });
    expect(await row(await make(market, { code: CODE, matter: 'RCSPCN' }))).toMatchObject({ department: 'APPROVAL' });
  });
  test('by a subject that names itself', async () => {
    expect(await row(await make(itself, { code: CODE }))).toMatchObject({ subject });
    expect(await row(await make(itself, { subjectId: subject }))).toMatchObject({ subject });
  });
  test('at the counter for anybody', async () => {
    expect(await row(await make(hall, { code: OTHER }))).toMatchObject({ subject: other, department: 'APPROVAL' });
    const person = await county.person({ name: '张试用', number: '370830199001010013' });
    expect(await row(await make(hall, { subjectId: person }))).toMatchObject({ subject: person });
  });
  test('with a day that is not past', async () => {
    expect(await row(await make(itself, { dueOn: TODAY }))).toMatchObject({ due_on: TODAY });
    await expect(make(itself, { dueOn: '2026-11-23' })).rejects.toEqual(refusal('BAD_USER_INPUT', 'dueOn'));
  });
  test('at once by many, each with the next code', async () => {
    const ids = await Promise.all(Array.from({ length: 8 }, () => make(itself)));
    const codes = await Promise.all(ids.map(async (id) => Number(String((await row(id))['code']).slice(14))));
    expect(Math.max(...codes) - Math.min(...codes)).toBe(7);
    expect(new Set(codes).size).toBe(8);
  });
  test('with ids and phones masked, whole in the side table', async () => {
    const content = '联系人370830199001010013，13800138000，按期整改';
    const id = await make(itself, { content });
    expect(await row(id)).toMatchObject({ content: '联系人370830********0013，138****8000，按期整改' });
    const [whole] = await county
      .read(itself)
      .query<SealedTexts>(sql`select ${TEXT_COLUMNS} from ${SEALED_TEXT} where p.row_id = ${id}`);
    expect(openTexts(county.keys, id, whole!)).toEqual({ content });
  });
});

test.each([
  ['a subject for another, by code', () => make(itself, { code: OTHER }), 'FORBIDDEN', undefined],
  ['a subject for another, by id', () => make(itself, { subjectId: other }), 'FORBIDDEN', undefined],
  ['a subject for nobody: not told apart', () => make(itself, { subjectId: NOBODY }), 'FORBIDDEN', undefined],
  ['a counter for nobody', () => make(hall, { subjectId: NOBODY }), 'NOT_FOUND', 'subject'],
  ['a counter for an unknown code', () => make(hall, { code: '12370830MB9YY002X0' }), 'NOT_FOUND', 'code'],
  ['a counter that names none', () => make(hall), 'BAD_USER_INPUT', 'code'],
  ['both', () => make(hall, { code: CODE, subjectId: subject }), 'BAD_USER_INPUT', 'code'],
  ['no content', () => make(itself, { content: ' ' }), 'BAD_USER_INPUT', 'content'],
  ['no such matter', () => make(itself, { matter: 'NOPE' }), 'BAD_USER_INPUT', 'matter'],
])('is refused: %s', async (_name, act, code, field) => {
  await expect(act()).rejects.toEqual(refusal(code, field));
});

describe('is settled', () => {
  test.each(['FULFILLED', 'PARTLY_FULFILLED', 'BREACHED'] as const)('as %s, once', async (state) => {
    const id = await make(itself, { matter: 'RCSPCN' });
    await settle(approval, id, state, '2026-12-01');
    expect(await row(id)).toMatchObject({ state, settled_on: '2026-12-01', document: '认定1号', revision: 2 });
    await expect(settle(approval, id)).rejects.toMatchObject({
      code: 'PRECONDITION_FAILED',
      text: { en: expect.stringContaining(state) },
    });
  });
  test.each(['OPEN', 'REPAIRED'] as const)('not as %s', async (state) => {
    const id = await make(itself, { matter: 'RCSPCN' });
    await expect(settle(approval, id, state)).rejects.toEqual(refusal('BAD_USER_INPUT', 'state'));
  });
  test('by its department alone: another that can’t read it does not learn of it', async () => {
    const id = await make(itself, { matter: 'RCSPCN' });
    await expect(settle(market, id)).rejects.toEqual(refusal('NOT_FOUND', 'id'));
    await expect(settle(market, NOBODY)).rejects.toEqual(refusal('NOT_FOUND', 'id'));
    const purposeful: Actor = { ...market, purpose: 'SUPERVISION' };
    await expect(settle(purposeful, id)).rejects.toEqual(refusal('FORBIDDEN'));
    await settle(approval, id);
  });
  test('once, when two try', async () => {
    const id = await make(itself, { matter: 'RCSPCN' });
    const results = await Promise.allSettled([settle(approval, id, 'FULFILLED'), settle(approval, id, 'BREACHED')]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await row(id)).toMatchObject({ revision: 2 });
  });
});

test('roles without the verb can’t write, whatever a service tries', async () => {
  await expect(make(county.actor('ANALYST', 'MARKET'), { code: CODE })).rejects.toThrow();
  await expect(make(county.actor('COURT', 'COURT'), { code: CODE })).rejects.toThrow();
  const id = await make(itself, { matter: 'RCSPCN' });
  await expect(settle({ ...hall, user: 'clerk' }, id)).rejects.toThrow();
});
