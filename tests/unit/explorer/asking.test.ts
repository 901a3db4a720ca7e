import { expect, test } from '@jest/globals';
import { inItsDocument, rolesIn } from '../../../src/explorer/asking.js';

const tokenOf = (claims: unknown) => `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.x`;

test('the roles of a token are read from it, and none from what is no token', () => {
  expect(rolesIn(tokenOf({ name: '张三', roles: ['ANALYST', 'AUDITOR'] }))).toEqual(['ANALYST', 'AUDITOR']);
  for (const text of ['', 'x', 'a.b.c', tokenOf(null), tokenOf({ roles: 'AUDITOR' })])
    expect(rolesIn(text)).toEqual([]);
});

test('an operation is named only where it is in the document', () => {
  const query = 'query A { a } query B { b }';
  expect(inItsDocument({ query, operationName: 'B' }).operationName).toBe('B');
  expect(inItsDocument({ query, operationName: 'C' }).operationName).toBeUndefined();
  expect(inItsDocument({ query: '{ a', operationName: 'C' }).operationName).toBe('C');
});
