import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ConfigError } from '../../src/config.js';
import { aesGcmCipher, CipherError, loadKeys, newKeyFile } from '../../src/platform/crypto.js';

const external = { ownerUrl: 'postgres://o@h/d', appUrl: 'postgres://a@h/d', auditUrl: 'postgres://u@h/d' };
const place = 'natural_person.citizen_id.018f';
let folder;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'keys-'));
});
afterAll(() => rm(folder, { recursive: true }));
test('a sealed value opens in its own place only', () => {
  const cipher = aesGcmCipher(new Map([['k1', randomBytes(32)]]), 'k1');
  const sealed = cipher.seal('370830199001010013', place);
  expect(sealed).toMatch(/^v1\.aes256gcm\.k1\.[\w-]+$/);
  expect(sealed).not.toBe(cipher.seal('370830199001010013', place));
  expect(cipher.open(sealed, place)).toBe('370830199001010013');
  expect(() => cipher.open(sealed, `${place}0`)).toThrow(CipherError);
});
test('an altered, shortened or foreign text does not open, and the error says nothing of it', () => {
  const cipher = aesGcmCipher(new Map([['k1', randomBytes(32)]]), 'k1');
  const sealed = cipher.seal('张三', place);
  const body = sealed.split('.')[3];
  const flipped = `v1.aes256gcm.k1.${body.startsWith('A') ? 'B' : 'A'}${body.slice(1)}`;
  for (const bad of [
    flipped,
    sealed.slice(0, -4),
    'v1.aes256gcm.k1.',
    `${sealed}.x`,
    sealed.replace('k1', 'k2'),
    'v1.sm4gcm.k1.AAAA',
    '',
  ]) {
    expect(() => cipher.open(bad, place)).toThrow(CipherError);
  }
  expect(() => cipher.open(flipped, place)).toThrow(
    expect.not.objectContaining({ message: expect.stringContaining(body.slice(4)) }),
  );
});
test('an older key still opens what it sealed, under its own name only', () => {
  const [k1, k2] = [randomBytes(32), randomBytes(32)];
  const sealed = aesGcmCipher(new Map([['k1', k1]]), 'k1').seal('x', place);
  const both = aesGcmCipher(
    new Map([
      ['k1', k1],
      ['k2', k2],
    ]),
    'k2',
  );
  expect(both.open(sealed, place)).toBe('x');
  expect(both.seal('x', place)).toMatch(/^v1\.aes256gcm\.k2\./);
  expect(() =>
    aesGcmCipher(
      new Map([
        ['k1', k1],
        ['k2', k1],
      ]),
      'k1',
    ).open(sealed.replace('k1', 'k2'), place),
  ).toThrow(CipherError);
});
test('processes that start at once share one key file, closed to others', async () => {
  const keyFile = join(folder, 'new/keys.json');
  const all = await Promise.all(Array.from({ length: 8 }, () => loadKeys({ keyFile, database: null })));
  const indexes = new Set(all.map((keys) => keys.blindIndex('t.c', '370830199001010013')));
  expect(indexes.size).toBe(1);
  expect([...indexes][0]).toMatch(/^[0-9a-f]{32}$/);
  expect((await stat(keyFile)).mode & 0o777).toBe(0o600);
  expect(all[1]?.cipher.open(all[0]?.cipher.seal('y', place), place)).toBe('y');
  const again = await loadKeys({ keyFile, database: null });
  expect(again.derive('tokens')).toEqual(all[0]?.derive('tokens'));
  expect(again.derive('tokens')).not.toEqual(again.derive('heads'));
  expect(again.blindIndex('t.c', 'x')).not.toBe(again.blindIndex('t.d', 'x'));
  const pair = again.signingPair('heads');
  expect(pair.publicKey.asymmetricKeyType).toBe('ed25519');
});
test('for an external database keys are never invented', async () => {
  const keyFile = join(folder, 'external.json');
  await expect(loadKeys({ keyFile, database: external })).rejects.toThrow(/^HUB_KEYS /);
  await expect(readFile(keyFile)).rejects.toThrow();
  await writeFile(keyFile, newKeyFile());
  await expect(loadKeys({ keyFile, database: external })).resolves.toBeDefined();
});
test.each([
  '',
  '{}',
  '{"current":"k1","fields":{"k1":"c2hvcnQ"},"index":"","root":""}',
  newKeyFile().replace('"current": "k1"', '"current": "k2"'),
])('a file that is no key file stops the start', async (content) => {
  const keyFile = join(folder, 'bad.json');
  await writeFile(keyFile, content);
  await expect(loadKeys({ keyFile, database: null })).rejects.toThrow(ConfigError);
});
