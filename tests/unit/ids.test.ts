import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fromGlobalId, referenceId, toGlobalId, uuidv7 } from '../../src/platform/ids.js';

test('new ids differ and sort by when they were made', () => {
  const ids = Array.from({ length: 100 }, uuidv7);
  expect(new Set(ids).size).toBe(100);
  expect([...ids].sort()).toEqual(ids);
});

test('reference data have the same id everywhere', () => {
  expect(referenceId('list', 'TQNMGGZ')).toBe(referenceId('list', 'TQNMGGZ'));
  expect(referenceId('list', 'TQNMGGZ')).not.toBe(referenceId('matter', 'TQNMGGZ'));
});

test('a global id comes back as what it was made of', () => {
  const uuid = uuidv7();
  const id = toGlobalId('CreditRecord', uuid);
  expect(fromGlobalId(id)).toEqual({ type: 'CreditRecord', uuid });
  expect(id).not.toContain('CreditRecord');
});

test('whatever else comes as an id gives null or is the only spelling of what it means', () => {
  const uuid = uuidv7();
  const id = toGlobalId('Organisation', uuid);
  for (const bad of [
    '',
    uuid,
    `${id}=`,
    `${id} `,
    id.slice(1),
    id.slice(0, 20),
    Buffer.from(`Organisation:${uuid}`).toString('base64'),
  ]) {
    expect(fromGlobalId(bad)).toBeNull();
  }
  const check = (text: string) => {
    const parts = fromGlobalId(text);
    expect(parts === null || toGlobalId(parts.type, parts.uuid) === text).toBe(true);
  };
  fc.assert(fc.property(fc.string(), check));
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 16, maxLength: 40 }), (bytes) =>
      check(Buffer.from(bytes).toString('base64url')),
    ),
  );
});
