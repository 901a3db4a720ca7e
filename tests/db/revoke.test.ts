import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Actor } from '../../src/permissions/actor.js';
import { referenceId, uuidv7 } from '../../src/platform/ids.js';
import { sql } from '../../src/platform/sql.js';
import { revokeRecord } from '../../src/services/records/revoke.js';
import { type County, openCounty, TODAY } from './kit.js';

let county: County;
let subject: string;
let authority: Actor;
let provider: Actor;
let stranger: Actor;
beforeAll(async () => {
  county = await openCounty();
  subject = await county.organisation('91370830MA9YYY010N', '汶上县试用建材有限公司');
  authority = county.actor('DEPARTMENT', 'MARKET');
  provider = county.actor('DEPARTMENT', 'APPROVAL');
  stranger = county.actor('DEPARTMENT', 'HRSS');
});
afterAll(() => county?.close());

async function record(
  more: { publicUntil?: string | null; expiresOn?: string | null; state?: string } = {},
): Promise<string> {
  const id = uuidv7();
  await county.owner(
    `insert into credit_record (id, item_id, record_type, disclosure, subject_id, subject_kind, authority_id, provider_id,
       decided_on, public_from, public_until, expires_on, state, business_key, content_hash, as_of, received_on)
     select $1::uuid, $2, 'PENALTY', 'PUBLIC', $3, 'ENTERPRISE', a.id, p.id, '2026-05-10', '2026-05-10', $4, $5, $6, $1::text, 'x',
       now(), '2026-05-11' from department a, department p where a.name = 'MARKET' and p.name = 'APPROVAL'`,
    [
      id,
      referenceId('item', 'XZCF_FR'),
      subject,
      more.publicUntil ?? null,
      more.expiresOn ?? null,
      more.state ?? 'ACTIVE',
    ],
  );
  return id;
}
const revoke = (actor: Actor, id: string, more: object = {}) =>
  county.write(actor, (session) =>
    revokeRecord(session, { id, documentNo: '撤〔2026〕1号', reason: '复议撤销，联系13800138000', ...more }),
  );
const refusal = (code: string, field?: string) => expect.objectContaining({ code, ...(field ? { field } : {}) });

test.each(['authority', 'provider'] as const)('by the %s, with its history kept', async (who) => {
  const id = await record();
  await revoke(who === 'authority' ? authority : provider, id);
  const [row] = await county.owner(
    `select state, revoked_on::text, revocation_document_no as document, revision, revision_reason as reason from credit_record where id = $1`,
    [id],
  );
  expect(row).toEqual({
    state: 'REVOKED',
    revoked_on: TODAY,
    document: '撤〔2026〕1号',
    revision: 2,
    reason: '复议撤销，联系138****8000',
  });
  const history = await county.owner(`select before->>'state' as state from row_revision where row_id = $1`, [id]);
  expect(history).toEqual([{ state: 'ACTIVE' }]);
});

test('the answer shows the archived record; afterwards the subject alone reads it', async () => {
  const id = await record();
  await county.write(authority, async (session) => {
    await revokeRecord(session, { id, documentNo: 'x', reason: 'x' });
    expect(await session.query(sql`select state from credit_record where id = ${id}`)).toEqual([{ state: 'REVOKED' }]);
  });
  const seen = (actor: Actor) => county.read(actor).query(sql`select 1 from credit_record where id = ${id}`);
  expect(await seen(authority)).toEqual([]);
  expect(await seen(provider)).toEqual([]);
  expect(await seen(county.subjectActor(subject))).toHaveLength(1);
});

test('another department: forbidden where it reads the record, no record where it does not', async () => {
  await expect(revoke(stranger, await record())).rejects.toEqual(refusal('FORBIDDEN'));
  await expect(revoke(stranger, await record({ publicUntil: '2026-11-23' }))).rejects.toEqual(
    refusal('NOT_FOUND', 'id'),
  );
  await expect(revoke(stranger, uuidv7())).rejects.toEqual(refusal('NOT_FOUND', 'id'));
});

test.each([
  ['REVOKED', { state: 'REVOKED' }],
  ['REPAIRED', { state: 'REPAIRED' }],
  ['EXPIRED', { expiresOn: '2026-11-23' }],
])('not once it is %s', async (state, more) => {
  await expect(revoke(authority, await record(more))).rejects.toMatchObject({
    code: 'PRECONDITION_FAILED',
    text: { en: expect.stringContaining(state) },
  });
});

test('never without a document and a reason', async () => {
  const id = await record();
  await expect(revoke(authority, id, { documentNo: ' ' })).rejects.toEqual(refusal('BAD_USER_INPUT', 'documentNo'));
  await expect(revoke(authority, id, { reason: '' })).rejects.toEqual(refusal('BAD_USER_INPUT', 'reason'));
});

test('roles without the verb can’t write, whatever a service tries', async () => {
  const id = await record();
  await expect(revoke(county.actor('CREDIT_OFFICE', 'MARKET'), id)).rejects.toThrow();
  const [row] = await county.owner('select state from credit_record where id = $1', [id]);
  expect(row).toEqual({ state: 'ACTIVE' });
});
