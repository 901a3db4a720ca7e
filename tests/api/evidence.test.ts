import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { DEPARTMENTS, ORGANISATIONS, PERSONS } from '../../src/demo/cast.js';
import { type Keys, loadKeys, type WrappedKey } from '../../src/platform/crypto.js';
import { fromGlobalId, uuidv7 } from '../../src/platform/ids.js';
import { type Hub, startHub, type TokenOptions } from '../kit/hub.js';
import { sql } from '../kit/sql.js';

// 佐证材料 under the data key of whose it is: destroyed with it.
let hub: Hub;
let keys: Keys;
beforeAll(async () => {
  hub = await startHub();
  keys = await loadKeys({ keyFile: `${hub.dataDir}/keys.json`, database: null });
});
afterAll(() => hub.remove());

const { permitOnly: person } = PERSONS;
const { clean, redListed } = ORGANISATIONS;
const PERSON = { role: 'SUBJECT', subject: person.globalId };
const pdf = () => Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(300)]);
const owner = (text: string, values: unknown[] = []) => sql(hub.ownerUrl, text, values);

async function send(who: TokenOptions, body: Buffer): Promise<{ status: number; id: string; code?: string }> {
  const response = await fetch(`${hub.url}/files`, {
    method: 'POST',
    body: new Uint8Array(body),
    headers: { authorization: `Bearer ${await hub.token(who)}` },
  });
  const { id = '', errors } = (await response.json()) as {
    id?: string;
    errors?: { extensions: { code: string } }[];
  };
  return { status: response.status, id: fromGlobalId(id)?.uuid ?? '', code: errors?.[0]?.extensions.code };
}

interface Stored {
  sealed: Buffer;
  keyOf: string;
}
const stored = async (id: string) =>
  (
    await owner(
      `select sealed, split_part(encode(substring(sealed for 40), 'escape'), '.', 3) as "keyOf" from evidence_file where id = $1`,
      [id],
    )
  )[0] as unknown as Stored;
const dataKeyOf = async (subject: string) => {
  const [key] = await owner(
    'select key_id as "keyId", wrapped from subject_key where subject_id = $1 and wrapped is not null',
    [subject],
  );
  return key as unknown as WrappedKey;
};
const place = (id: string) => `evidence_file.sealed.${id}`;

/** A file as it was kept before: under the key file's own key. */
async function oldFile(subject: string, file: Buffer): Promise<string> {
  const id = uuidv7();
  await owner(
    `insert into evidence_file (id, media_type, size, sha256, sealed, stored_by, stored_as, subject_id)
     values ($1, 'application/pdf', $2, 'x', $3, 'before', 'SUBJECT', $4)`,
    [id, file.length, keys.cipher.sealBytes(file, place(id)), subject],
  );
  return id;
}
const idOf = async (code: string) =>
  (await owner('select id from subject where code = $1', [code]))[0]?.['id'] as string;

test('a subject’s own opens with its data key alone; a counter’s, that is nobody’s yet, with the key file’s', async () => {
  const file = pdf();
  const { id } = await send(PERSON, file);
  const { sealed, keyOf } = await stored(id);
  const key = await dataKeyOf(person.id);
  expect(keyOf).toBe(key.keyId);
  expect(keys.dataKey(person.id, key).openBytes(sealed, place(id)).equals(file)).toBe(true);
  expect(() => keys.cipher.openBytes(sealed, place(id))).toThrow('whose key is not held here');

  const counter = await send({ role: 'SERVICE_HALL', department: DEPARTMENTS.APPROVAL.code }, file);
  const taken = await stored(counter.id);
  expect(taken.keyOf).toBe('k1');
  expect(keys.cipher.openBytes(taken.sealed, place(counter.id)).equals(file)).toBe(true);
});

test('many files at once of a subject that has no data key yet share the one that is made', async () => {
  const subject = await idOf(redListed.code);
  await owner('delete from subject_key where subject_id = $1', [subject]);
  const sent = await Promise.all(
    Array.from({ length: 6 }, () => send({ role: 'SUBJECT', subject: redListed.code }, pdf())),
  );
  expect(sent.map(({ status }) => status)).toEqual(Array(6).fill(200));
  const key = await dataKeyOf(subject);
  for (const { id } of sent) expect((await stored(id)).keyOf).toBe(key.keyId);
});

test('files of before come under the data key by the first rotation, those of nobody under the new key', async () => {
  const files = Array.from({ length: 6 }, pdf);
  const subject = await idOf(clean.code);
  const old = await Promise.all(files.map((file) => oldFile(subject, file)));
  const rotated = await hub.cli(['keys', 'rotate']);
  expect([rotated.code, rotated.stderr]).toEqual([0, '']);
  const key = await dataKeyOf(subject);
  for (const [i, id] of old.entries()) {
    const { sealed, keyOf } = await stored(id);
    expect(keyOf).toBe(key.keyId);
    expect(
      keys
        .dataKey(subject, key)
        .openBytes(sealed, place(id))
        .equals(files[i] as Buffer),
    ).toBe(true);
  }
  const left = await owner(
    `select distinct split_part(encode(substring(sealed for 40), 'escape'), '.', 3) as v from evidence_file where subject_id is null`,
  );
  expect(left).toEqual([{ v: 'k2' }]);
  expect((await hub.cli(['keys', 'prune'])).stdout).toContain('k1');
  expect((await hub.cli(['keys', 'list'])).stdout).toMatch(/^k2 {2}\d+ {2}现行 current\n$/);
  keys = await loadKeys({ keyFile: `${hub.dataDir}/keys.json`, database: null });
});

const destroy = (subject: string) =>
  hub.cli([
    'destroy',
    '--subject',
    subject,
    '--document',
    '汶（演示）信销字〔2026〕9号',
    '--reason',
    '本人依法申请删除',
  ]);

test('destruction takes them along: what a backup holds of them does not open, and no more are taken in', async () => {
  const { id } = await send(PERSON, pdf());
  const old = await oldFile(person.id, pdf());
  const backup = await stored(id);
  expect((await destroy(person.globalId)).code).toBe(0);
  for (const file of [id, old]) {
    expect((await stored(file)).sealed.length).toBe(0);
  }
  expect(await dataKeyOf(person.id)).toBeUndefined();
  expect(() => keys.cipher.openBytes(backup.sealed, place(id))).toThrow('whose key is not held here');
  expect(await send(PERSON, pdf())).toMatchObject({ status: 409, code: 'PRECONDITION_FAILED' });
  // A rotation that finds such a file in a restored backup passes it by.
  await owner('update evidence_file set sealed = $2 where id = $1', [old, keys.cipher.sealBytes(pdf(), place(old))]);
  expect((await hub.cli(['keys', 'rotate'])).code).toBe(0);
});

test('of an organisation whose only sealed data is a file of before', async () => {
  const { code } = ORGANISATIONS.bigFine;
  const subject = await idOf(code);
  await owner('delete from personal_text where subject_id = $1', [subject]);
  await owner('delete from subject_key where subject_id = $1', [subject]);
  const id = await oldFile(subject, pdf());
  expect((await destroy(code)).code).toBe(0);
  expect((await stored(id)).sealed.length).toBe(0);
  const later = await send({ role: 'SUBJECT', subject: code }, pdf());
  expect(later.status).toBe(200);
  expect((await stored(later.id)).keyOf).toBe((await dataKeyOf(subject)).keyId);
});
