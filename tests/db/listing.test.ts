import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Actor } from '../../src/permissions/actor.js';
import { sql } from '../../src/platform/sql.js';
import {
  confirmListing,
  notifyListing,
  proposeListing,
  revokeListing,
  withdrawListing,
} from '../../src/services/lists/listing.js';
import { openTexts, SEALED_TEXT, type SealedTexts, TEXT_COLUMNS } from '../../src/services/personal.js';
import { type County, openCounty, TODAY } from './kit.js';

const CODE = '91370830MA9YYY010N';
const OTHER = '91370830MA9YYY029K';

let county: County;
let subject: string;
let clerk: Actor;
let second: Actor;
let market: Actor;
beforeAll(async () => {
  county = await openCounty();
  subject = await county.organisation(CODE, '汶上县试用建材有限公司');
  await county.organisation(OTHER, '汶上县试用食品有限公司');
  clerk = county.actor('DEPARTMENT', 'HRSS', 'first');
  second = county.actor('DEPARTMENT', 'HRSS', 'second');
  market = county.actor('DEPARTMENT', 'MARKET');
});
afterAll(() => county?.close());

let documents = 0;
const propose = (more: object = {}, actor = clerk, today = TODAY) =>
  county.write(
    actor,
    (session) =>
      proposeListing(session, county.keys, {
        list: 'TQNMGGZ',
        code: CODE,
        reason: '拒不支付农民工工资',
        documentNo: `汶人社列告〔2026〕${++documents}号`,
        ...more,
      }),
    today,
  );
const notify = (id: string, more: object = {}, actor = clerk, today = TODAY) =>
  county.write(actor, (session) => notifyListing(session, { id, ...more }), today);
const confirm = (id: string, actor = second, days = 0, today = TODAY) =>
  county.write(actor, (session) => confirmListing(session, { id }, days), today);
const withdraw = (id: string, actor = clerk) => county.write(actor, (session) => withdrawListing(session, { id }));
const revoke = (id: string, actor = clerk, today = TODAY) =>
  county.write(actor, (session) => revokeListing(session, { id, documentNo: '撤1', note: '处罚撤销' }), today);
const row = async (id: string) => {
  const [entry] = await county.owner(
    `select state, reason, document_no, proposed_on::text, proposed_by, served_on::text, listed_on::text, confirmed_by,
       ends_on::text, removed_on::text, revision, revised_by, revision_reason from list_entry where id = $1`,
    [id],
  );
  return entry;
};
const refusal = (code: string, field?: string) => expect.objectContaining({ code, ...(field ? { field } : {}) });

describe('a listing', () => {
  let id: string;
  test('is proposed', async () => {
    id = await propose();
    expect(await row(id)).toMatchObject({ state: 'PROPOSED', proposed_on: TODAY, proposed_by: 'first', revision: 1 });
  });
  test('is one of its subject on its list at a time', async () => {
    await expect(propose()).rejects.toEqual(refusal('CONFLICT'));
    await propose({ code: OTHER });
  });
  test('is not confirmed before the notice', async () => {
    await expect(confirm(id)).rejects.toEqual(refusal('PRECONDITION_FAILED'));
  });
  test('is served on a day that is not after today', async () => {
    await expect(notify(id, { servedOn: '2026-11-25' })).rejects.toEqual(refusal('BAD_USER_INPUT', 'servedOn'));
    await notify(id);
    expect(await row(id)).toMatchObject({ state: 'NOTIFIED', served_on: TODAY, revision: 2, revised_by: 'first' });
  });
  test('is not confirmed by whoever proposed it', async () => {
    await expect(confirm(id, clerk)).rejects.toEqual(refusal('FORBIDDEN'));
  });
  test('waits for the working days after service', async () => {
    // 2026-11-24 is a Tuesday; the fifth working day is Tuesday the 1st.
    const early = { code: 'PRECONDITION_FAILED', text: { en: expect.stringContaining('2026-12-02') } };
    await expect(confirm(id, second, 5)).rejects.toMatchObject(early);
    await expect(confirm(id, second, 5, '2026-12-01')).rejects.toMatchObject(early);
  });
  test('is listed by another person for the term of the list', async () => {
    await confirm(id, second, 5, '2026-12-02');
    expect(await row(id)).toMatchObject({
      state: 'LISTED',
      listed_on: '2026-12-02',
      ends_on: '2029-12-02',
      confirmed_by: 'second',
      revision: 3,
    });
  });
  test('is not withdrawn any more', async () => {
    await expect(withdraw(id)).rejects.toEqual(refusal('PRECONDITION_FAILED'));
  });
  test('is revoked, and kept with its history', async () => {
    await revoke(id, clerk, '2026-12-03');
    expect(await row(id)).toMatchObject({
      state: 'REVOKED',
      removed_on: '2026-12-03',
      revision_reason: '撤销列入；撤1；处罚撤销',
    });
    const history = await county.owner(
      `select revision, changed_by, before->>'state' as state from row_revision where row_id = $1 order by revision`,
      [id],
    );
    expect(history).toEqual([
      { revision: 1, changed_by: 'first', state: 'PROPOSED' },
      { revision: 2, changed_by: 'second', state: 'NOTIFIED' },
      { revision: 3, changed_by: 'first', state: 'LISTED' },
    ]);
  });
  test('leaves its document number used', async () => {
    const { document_no: documentNo } = (await row(id)) as { document_no: string };
    const otherwise = documentNo.replace('〔', '[').replace('〕', '] ');
    await expect(propose({ documentNo: otherwise })).rejects.toEqual(refusal('CONFLICT', 'documentNo'));
  });
});

test('an entry whose term is over can’t be revoked, and its subject can be proposed again', async () => {
  const code = '93370830MA9YYY0453';
  await county.organisation(code, '试用合作社', 'COOPERATIVE');
  const id = await propose({ code });
  await notify(id);
  await confirm(id);
  await expect(propose({ code })).rejects.toEqual(refusal('CONFLICT'));
  await expect(revoke(id, clerk, '2029-11-25')).rejects.toMatchObject({
    text: { en: expect.stringContaining('EXPIRED') },
  });
  await propose({ code }, clerk, '2029-11-25');
});

test('a withdrawn proposal frees its document number', async () => {
  const id = await propose({ documentNo: '撤回1号' });
  await withdraw(id);
  expect(await row(id)).toMatchObject({ state: 'WITHDRAWN' });
  const again = await propose({ documentNo: '撤回1号' });
  await withdraw(again);
});

test('two proposals at once: one stands', async () => {
  const results = await Promise.allSettled([propose(), propose(), propose(), propose()]);
  const standing = results.filter((one) => one.status === 'fulfilled');
  expect(standing).toHaveLength(1);
  for (const one of results) if (one.status === 'rejected') expect(one.reason).toEqual(refusal('CONFLICT'));
  await withdraw((standing[0] as PromiseFulfilledResult<string>).value);
});

test('two clerks confirm at once: one does', async () => {
  const id = await propose();
  await notify(id);
  const results = await Promise.allSettled([confirm(id), confirm(id)]);
  expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(await row(id)).toMatchObject({ state: 'LISTED', revision: 3 });
  await revoke(id);
});

describe('refused', () => {
  test.each([
    ['both', { subjectId: '00000000-0000-7000-8000-000000000000' }, 'BAD_USER_INPUT', 'code'],
    ['neither', { code: null }, 'BAD_USER_INPUT', 'code'],
    ['a wrong check digit', { code: '91370830MA9YYY010M' }, 'BAD_USER_INPUT', 'code'],
    ['an unknown code', { code: '12370830MB9YY002X0' }, 'NOT_FOUND', 'code'],
    ['an unknown id', { code: null, subjectId: '00000000-0000-7000-8000-000000000000' }, 'NOT_FOUND', 'subject'],
    ['an unknown list', { list: 'NOPE' }, 'NOT_FOUND', 'list'],
    ['a list decided elsewhere', { list: 'SXBZXR' }, 'PRECONDITION_FAILED', undefined],
    ['a list of another function', { list: 'SCJG_YZWF' }, 'FORBIDDEN', undefined],
    ['no reason', { reason: '  ' }, 'BAD_USER_INPUT', 'reason'],
    ['no document', { documentNo: '' }, 'BAD_USER_INPUT', 'documentNo'],
  ])('%s', async (_name, more, code, field) => {
    await expect(propose(more)).rejects.toEqual(refusal(code, field));
  });

  test('an entry of another function: not there where it can’t be read, forbidden where it can', async () => {
    const id = await propose();
    for (const act of [notify(id, {}, market), confirm(id, market), withdraw(id, market), revoke(id, market)]) {
      await expect(act).rejects.toEqual(refusal('NOT_FOUND', 'id'));
    }
    const unknown = await revoke('00000000-0000-7000-8000-000000000000', market).catch((error) => error);
    expect(unknown).toEqual(await revoke(id, market).catch((error) => error));
    await notify(id);
    await confirm(id);
    await expect(revoke(id, market)).rejects.toEqual(refusal('FORBIDDEN'));
    await revoke(id);
  });

  test('an entry of a list decided elsewhere', async () => {
    const id = '00000000-0000-7000-8000-0000000000aa';
    await county.owner(
      `insert into list_entry (id, list_id, subject_id, subject_kind, department_id, state, document_no, proposed_on,
         listed_on, business_key, as_of)
       select $1, l.id, $2, 'ENTERPRISE', d.id, 'LISTED', 'x', $3, $3, 'x', now()
       from credit_list l, department d where l.code = 'SXBZXR' and d.name = 'COURT'`,
      [id, subject, TODAY],
    );
    for (const actor of [county.actor('COURT', 'COURT'), clerk]) {
      await expect(revoke(id, actor)).rejects.toEqual(refusal('PRECONDITION_FAILED'));
    }
  });

  test('a person whom the caller can’t find', async () => {
    const person = await county.person({ name: '张试用', number: '370830199001010013' });
    await expect(propose({ code: null, subjectId: person })).rejects.toEqual(refusal('NOT_FOUND', 'subject'));
  });
});

test('ids and phones in the reason stand masked, whole in the side table, and the proposer reads them', async () => {
  const reason = '负责人身份证370830199001010013，电话13800138000，欠薪';
  const id = await propose({ reason });
  expect(await row(id)).toMatchObject({ reason: '负责人身份证370830********0013，电话138****8000，欠薪' });
  const [whole] = await county
    .read(clerk)
    .query<SealedTexts>(sql`select ${TEXT_COLUMNS} from ${SEALED_TEXT} where p.row_id = ${id}`);
  expect(openTexts(county.keys, id, whole!)).toEqual({ reason });
  expect(await county.read(market).query(sql`select 1 from personal_text where row_id = ${id}`)).toEqual([]);
  await withdraw(id);
});

test('the answer of the verb shows what it archived', async () => {
  const id = await propose();
  await notify(id);
  await confirm(id);
  await county.write(clerk, async (session) => {
    await revokeListing(session, { id });
    expect(await session.query(sql`select state from list_entry where id = ${id}`)).toEqual([{ state: 'REVOKED' }]);
  });
  expect(await county.read(clerk).query(sql`select 1 from list_entry where id = ${id}`)).toEqual([]);
});

test('roles without the verb can’t write, whatever a service tries', async () => {
  const office = county.actor('CREDIT_OFFICE', 'DEVELOPMENT_REFORM');
  await expect(propose({ list: 'CXDF' }, office)).rejects.toThrow(/permission denied for table list_entry/);
});
