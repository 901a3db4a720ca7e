import { expect, test } from '@jest/globals';
import { canonical, type EntryRow } from '../../../src/audit/entry.js';

const ENTRY = {
  id: '019abc',
  at: '2026-11-25T00:00:00.000000Z',
  actor: 'somebody',
  role: 'AGENCY',
  department: null,
  purpose: 'COMMENDATION',
  caseNo: null,
  operation: 'node',
  operationHash: 'ff',
  subjects: ['a', 'b'],
  labels: ['PERSONAL'],
  receiptNo: null,
  outcome: 'OK',
  consent: null,
  onBehalf: null,
} satisfies EntryRow;

// As it was hashed by every log that began before consents: this text must never change.
const FIRST =
  '{"v":1,"id":"019abc","at":"2026-11-25T00:00:00.000000Z","actor":"somebody","role":"AGENCY","department":null,"purpose":"COMMENDATION","caseNo":null,"operation":"node","operationHash":"ff","subjects":["a","b"],"labels":["PERSONAL"],"receiptNo":null,"outcome":"OK"}';

test('an entry without consent or power keeps the text of version 1', () => {
  expect(canonical(ENTRY)).toBe(FIRST);
});

test.each([
  [{ consent: 'c' }, ',"consent":"c"}'],
  [{ onBehalf: 'p' }, ',"onBehalf":"p"}'],
  [{ consent: 'c', onBehalf: 'p' }, ',"consent":"c","onBehalf":"p"}'],
])('%p is said at the end, under version 2', (more, end) => {
  expect(canonical({ ...ENTRY, ...more })).toBe(FIRST.replace('"v":1', '"v":2').replace(/}$/, end));
});
