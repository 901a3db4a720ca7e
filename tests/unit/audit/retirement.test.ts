import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { type Gone, goneLine, parseGone, retires, signRetirement, termEnds } from '../../../src/audit/retirement.js';
import { LABEL_NAMES } from '../../../src/permissions/labels.js';
import { LEAST, RETENTION } from '../../../src/permissions/retention.js';

const pair = generateKeyPairSync('ed25519');
const id = '019a8f0e-0000-7000-8000-000000000001';
const gone: Gone[] = [0, 1, 5].map((seq) => ({
  seq,
  day: '2026-05-10',
  months: 6,
  leaf: String(seq).repeat(64),
  retirement: id,
}));
const at = '2026-11-10T00:00:00.000Z';

test('a signed retirement holds for exactly its entries, each as it was', () => {
  const signed = signRetirement(pair, { id, at, gone });
  expect(retires(pair.publicKey, signed, gone)).toBe(true);
  expect(retires(pair.publicKey, signed, gone.toReversed())).toBe(true);
  const [first, ...rest] = gone as [Gone, ...Gone[]];
  for (const others of [
    rest,
    [...gone, { ...first, seq: 6 }],
    [{ ...first, day: '2026-05-09' }, ...rest],
    [{ ...first, months: 7 }, ...rest],
    [{ ...first, leaf: 'f'.repeat(64) }, ...rest],
    [{ ...first, seq: 2 }, ...rest],
  ]) {
    expect(retires(pair.publicKey, signed, others)).toBe(false);
  }
  expect(retires(pair.publicKey, { ...signed, at: '2027-11-10T00:00:00.000Z' }, gone)).toBe(false);
  expect(retires(generateKeyPairSync('ed25519').publicKey, signed, gone)).toBe(false);
});

test('no signature makes an entry go before its term', () => {
  const early = gone.map((one) => ({ ...one, day: '2026-05-11' }));
  expect(retires(pair.publicKey, signRetirement(pair, { id, at, gone: early }), early)).toBe(false);
});

test('a line of an export is read as it was written, and an entry is never taken for one', () => {
  const signed = signRetirement(pair, { id, at, gone });
  expect(parseGone(goneLine(gone[0] as Gone, signed))).toEqual({ gone: gone[0], retirement: signed });
  expect(parseGone(goneLine(gone[1] as Gone))).toEqual({ gone: gone[1] });
  for (const line of ['{"v":1}', '{"gone":{}}', '{"gone":', '']) expect(parseGone(line)).toBeNull();
});

test.each([
  ['2026-05-10', 6, '2026-11-10'],
  ['2026-08-31', 6, '2027-02-28'],
  ['2023-08-31', 6, '2024-02-29'],
  ['2026-12-31', 36, '2029-12-31'],
])('an entry of %s kept %i months may go on %s', (day, months, ends) => {
  expect(termEnds(day, months)).toBe(ends);
});

test('every label has a term, none below six months, three years for what is given out of a person', () => {
  for (const label of LABEL_NAMES) expect(RETENTION[label].months).toBeGreaterThanOrEqual(LEAST.months);
  for (const label of ['PERSONAL', 'AUTHORISED', 'SECRET'] as const) expect(RETENTION[label].months).toBe(36);
});
