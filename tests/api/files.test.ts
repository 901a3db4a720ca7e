import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DEPARTMENTS, ORGANISATIONS } from '../../src/demo/cast.js';
import { loadKeys, type WrappedKey } from '../../src/platform/crypto.js';
import { fromGlobalId } from '../../src/platform/ids.js';
import { type Hub, startHub, type TokenOptions } from '../kit/hub.js';
import { sql } from '../kit/sql.js';
import { countOf } from './callers.js';

let hub: Hub;
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub.remove());

const ITSELF = { role: 'SUBJECT', subject: ORGANISATIONS.clean.code };
const MEGABYTE = 1024 * 1024;
const png = (bytes = 100) =>
  Buffer.concat([
    Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex'),
    randomBytes(bytes - 33),
  ]);
const jpeg = () => Buffer.concat([Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex'), randomBytes(80)]);
const pdf = () => Buffer.from('%PDF-1.7\n1 0 obj\n<< >>\nendobj\ntrailer << >>\n%%EOF\n张三的证明');

async function send(who: TokenOptions | null, body: Buffer | FormData, headers: Record<string, string> = {}) {
  const response = await fetch(`${hub.url}/files`, {
    method: 'POST',
    body: body instanceof FormData ? body : new Uint8Array(body),
    headers: { ...(who ? { authorization: `Bearer ${await hub.token(who)}` } : {}), ...headers },
  });
  const answer = (await response.json()) as {
    id?: string;
    errors?: { message: string; extensions: { code: string; field?: string; traceId: string } }[];
  };
  const error = answer.errors?.[0]?.extensions;
  return {
    status: response.status,
    id: answer.id ?? '',
    refusal: error ? [error.code, error.field].filter(Boolean).join(' ') : '',
    answer,
  };
}
const stored = () => countOf(hub, 'evidence_file');

describe('evidence', () => {
  test.each([
    ['PDF', pdf, 'application/pdf'],
    ['JPEG', jpeg, 'image/jpeg'],
    ['PNG', png, 'image/png'],
  ] as const)('%s is told by its content, kept sealed, and answered by an id', async (_name, make, mediaType) => {
    const file = make();
    const { status, id } = await send(ITSELF, file, { 'content-type': 'text/html' });
    expect(status).toBe(200);
    const { type, uuid } = fromGlobalId(id) as { type: string; uuid: string };
    expect(type).toBe('EvidenceFile');
    const [row] = await sql<{ sealed: Buffer; stored_as: string; of: string }>(
      hub.ownerUrl,
      `select f.*, s.code as of from evidence_file f join subject s on s.id = f.subject_id where f.id = $1`,
      [uuid],
    );
    expect(row).toMatchObject({
      media_type: mediaType,
      size: file.length,
      sha256: createHash('sha256').update(file).digest('hex'),
      stored_as: 'SUBJECT',
      of: ORGANISATIONS.clean.code,
    });
    expect(row?.sealed.includes(file.subarray(20))).toBe(false);
    const keys = await loadKeys({ keyFile: `${hub.dataDir}/keys.json`, database: null });
    const [key] = await sql<WrappedKey & Record<string, string>>(
      hub.ownerUrl,
      `select k.subject_id as subject, key_id as "keyId", wrapped from subject_key k join subject s on s.id = k.subject_id where s.code = $1`,
      [ORGANISATIONS.clean.code],
    );
    const own = keys.dataKey(key?.['subject'] as string, key as WrappedKey);
    expect(own.openBytes(row?.sealed as Buffer, `evidence_file.sealed.${uuid}`).equals(file)).toBe(true);
  });

  test('comes as the one file of a form too', async () => {
    const form = new FormData();
    form.append('note', '说明');
    form.append('file', new Blob([new Uint8Array(png())]), '证明.exe');
    expect(await send(ITSELF, form)).toMatchObject({ status: 200, refusal: '' });
    form.append('file', new Blob([new Uint8Array(pdf())]), '另一.pdf');
    expect(await send(ITSELF, form)).toMatchObject({ status: 400, refusal: 'BAD_USER_INPUT file' });
    expect(await send(ITSELF, Buffer.from('x'), { 'content-type': 'multipart/form-data; boundary=y' })).toMatchObject({
      status: 400,
      refusal: 'BAD_USER_INPUT file',
    });
  });

  test.each([
    ['nothing', Buffer.alloc(0)],
    ['text', Buffer.from('%PD 不是 PDF')],
    ['a page', Buffer.from('<html><script>alert(1)</script></html>')],
    ['an archive', Buffer.from('504b0304140000000800', 'hex')],
    ['another image', Buffer.from('GIF89a\u0001\u0000\u0001\u0000', 'latin1')],
  ])('is not %s, whatever it says it is', async (_name, content) => {
    const before = await stored();
    expect(await send(ITSELF, content, { 'content-type': 'application/pdf' })).toMatchObject({
      status: 400,
      refusal: 'BAD_USER_INPUT file',
    });
    expect(await stored()).toBe(before);
  });

  test('is up to 10 MB', async () => {
    expect(await send(ITSELF, png(10 * MEGABYTE))).toMatchObject({ status: 200 });
    const form = new FormData();
    form.append('file', new Blob([new Uint8Array(png(10 * MEGABYTE))]));
    expect(await send(ITSELF, form)).toMatchObject({ status: 200 });
    const before = await stored();
    for (const size of [10 * MEGABYTE + 1, 12 * MEGABYTE]) {
      const { status, refusal, answer } = await send(ITSELF, png(size));
      expect([status, refusal]).toEqual([413, 'LIMIT_EXCEEDED']);
      expect(answer.errors?.[0]?.message).toContain('10 MB');
    }
    expect(await stored()).toBe(before);
  });

  test('comes many at once: each is stored, or told to come back', async () => {
    const before = await stored();
    const answers = await Promise.all(Array.from({ length: 20 }, () => send(ITSELF, png(MEGABYTE))));
    const taken = answers.filter(({ status }) => status === 200);
    expect(taken.length).toBeGreaterThanOrEqual(8);
    for (const { status, refusal } of answers.filter((answer) => !taken.includes(answer)))
      expect([status, refusal]).toEqual([503, 'UNAVAILABLE']);
    expect(await stored()).toBe(before + taken.length);
  });

  test('leaves an event, and nobody of the hub reads it back', async () => {
    const looks = `access_event where operation = 'storeFile' and outcome = 'OK' and 'PERSONAL' = any(labels)`;
    const before = await countOf(hub, looks);
    const { id } = await send(ITSELF, pdf());
    expect(await countOf(hub, looks)).toBe(before + 1);
    const { data } = await hub.graphql(
      'query ($id: ID!) { node(id: $id) { id } }',
      { id },
      { token: await hub.token(ITSELF) },
    );
    expect(data?.node ?? null).toBeNull();
    await expect(sql(hub.appUrl, 'select 1 from evidence_file')).rejects.toThrow('permission denied');
    expect((await fetch(`${hub.url}/files`)).status).toBe(404);
  });
});

describe('who may', () => {
  const department = DEPARTMENTS.APPROVAL.code;

  test.each(['SERVICE_HALL', 'DEPARTMENT'])('%s at its counter', async (role) => {
    expect(await send({ role, department }, png())).toMatchObject({ status: 200 });
  });

  test('nobody without a token, and nobody with a wrong one', async () => {
    const before = await stored();
    expect(await send(null, png())).toMatchObject({ status: 401, refusal: 'UNAUTHENTICATED' });
    expect(await send(null, png(), { authorization: 'Bearer x.y.z' })).toMatchObject({ status: 401 });
    expect(await stored()).toBe(before);
  });

  test.each([
    'PUBLIC',
    'COURT',
    'CREDIT_OFFICE',
    'ANALYST',
    'AGENCY',
    'EXCHANGE',
    'AUDITOR',
    'SYSTEM_ADMIN',
    'SECURITY_ADMIN',
  ])('not %s, and the log says so', async (role) => {
    const before = await stored();
    const refused = `access_event where operation = 'storeFile' and outcome = 'FORBIDDEN' and role = '${role}'`;
    expect(await send({ role, department }, png())).toMatchObject({ status: 403, refusal: 'FORBIDDEN' });
    expect([await stored(), await countOf(hub, refused)]).toEqual([before, 1]);
  });

  test('the weak login leaves a file in the caller’s name only, and only while it is stored', async () => {
    const insert = `insert into evidence_file (id, media_type, size, sha256, sealed, stored_by, stored_as)
      values (gen_random_uuid(), 'image/png', 1, 'x', 'x', 'somebody else', 'SUBJECT')`;
    const as = (verb: string, user: string) =>
      sql(
        hub.appUrl,
        `do $$ begin perform set_config('role', 'hub_subject', true), set_config('hub.role', 'SUBJECT', true), set_config('hub.user', '${user}', true),
        set_config('hub.verb', '${verb}', true); ${insert}; end $$`,
      );
    await expect(as('', 'somebody else')).rejects.toThrow('row-level security');
    await expect(as('storeFile', 'me')).rejects.toThrow('row-level security');
    await expect(as('storeFile', 'somebody else')).resolves.toBeDefined();
  });
});
