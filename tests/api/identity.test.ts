import { createHmac, generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { decodeJwt, decodeProtectedHeader, exportJWK, SignJWT } from 'jose';
import { loadKeys } from '../../src/platform/crypto.js';
import { type Hub, startHub } from '../kit/hub.js';

let hub: Hub;
let good: string;
beforeAll(async () => {
  hub = await startHub({ demo: false });
  good = await hub.token({ role: 'AGENCY' });
});
afterAll(() => hub.remove());

const WHO = '{ viewer { role } }';
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const signing = async () =>
  (await loadKeys({ keyFile: `${hub.dataDir}/keys.json`, database: null })).signingPair('demo-identity');

/** A token of the hub's own key with something changed. */
async function forged(claims: Record<string, unknown>, header: Record<string, unknown> = {}): Promise<string> {
  const { privateKey } = await signing();
  return new SignJWT({ ...decodeJwt(good), ...claims })
    .setProtectedHeader({ ...decodeProtectedHeader(good), ...header } as never)
    .sign(privateKey);
}
const now = () => Math.floor(Date.now() / 1000);

describe('a token that is not wholly right is 401 UNAUTHENTICATED, never PUBLIC', () => {
  const attacks: [string, () => Promise<string> | string][] = [
    ['not a token', () => 'x.y.z'],
    ['alg none', () => `${encode({ alg: 'none', typ: 'at+jwt' })}.${encode(decodeJwt(good))}.`],
    [
      'HS256 with the public key',
      async () => {
        const body = `${encode({ alg: 'HS256', typ: 'at+jwt' })}.${encode(decodeJwt(good))}`;
        const key = (await signing()).publicKey.export({ type: 'spki', format: 'pem' });
        return `${body}.${createHmac('sha256', key).update(body).digest('base64url')}`;
      },
    ],
    ['no expiry', () => forged({ exp: undefined })],
    ['expired', () => forged({ exp: now() - 60 })],
    ['no issued-at', () => forged({ iat: undefined })],
    ['issued in the future', () => forged({ iat: now() + 3600 })],
    ['another audience', () => forged({ aud: 'somebody-else' })],
    ['another issuer', () => forged({ iss: 'urn:somebody-else' })],
    ['another type', () => forged({}, { typ: 'JWT' })],
    ['no roles', () => forged({ roles: [] })],
    [
      'a key of its own, embedded',
      async () => {
        const { privateKey, publicKey } = generateKeyPairSync('ed25519');
        const jwk = await exportJWK(publicKey);
        return new SignJWT(decodeJwt(good))
          .setProtectedHeader({ ...decodeProtectedHeader(good), jwk } as never)
          .sign(privateKey);
      },
    ],
    [
      'a signature of another body',
      () => `${good.split('.')[0]}.${encode({ ...decodeJwt(good), roles: ['AUDITOR'] })}.${good.split('.')[2]}`,
    ],
  ];
  test.each(attacks)('%s', async (_name, make) => {
    const answer = await hub.graphql(WHO, {}, { token: await make() });
    expect([answer.status, answer.errors[0]?.extensions.code]).toEqual([401, 'UNAUTHENTICATED']);
    expect(answer.data).toBeUndefined();
  });

  test('a department that is not registered', async () => {
    const token = await hub.token({ role: 'DEPARTMENT', department: '11370830MB9YY0011B' });
    expect((await hub.graphql(WHO, {}, { token })).status).toBe(401);
  });
});

describe('one role a request', () => {
  test('the hub’s own token is accepted, and no token is PUBLIC', async () => {
    expect((await hub.graphql(WHO, {}, { token: good })).data).toEqual({ viewer: { role: 'AGENCY' } });
    expect((await hub.graphql(WHO)).data).toEqual({ viewer: { role: 'PUBLIC' } });
  });

  test('several roles and none named is BAD_USER_INPUT; a named one acts; one not carried is FORBIDDEN', async () => {
    const token = await forged({ roles: ['AGENCY', 'AUDITOR'] });
    const ask = (role?: string) => hub.graphql(WHO, {}, { token, headers: role ? { 'x-hub-role': role } : {} });
    expect((await ask()).errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: 'x-hub-role' });
    expect((await ask('AUDITOR')).data).toEqual({ viewer: { role: 'AUDITOR' } });
    expect((await ask('SYSTEM_ADMIN')).errors[0]?.extensions.code).toBe('FORBIDDEN');
  });

  test('a purpose outside the list is BAD_USER_INPUT naming the header', async () => {
    const answer = await hub.graphql(WHO, {}, { headers: { 'x-hub-purpose': 'CURIOSITY' } });
    expect(answer.errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: 'x-hub-purpose' });
  });
});

describe('hub token', () => {
  test('prints a token alone, which the hub accepts', async () => {
    const { code, stdout } = await hub.cli(['token', '--role', 'AUDITOR', '--user', 'zhang']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/);
    expect((await hub.graphql(WHO, {}, { token: stdout.trim() })).data).toEqual({ viewer: { role: 'AUDITOR' } });
  });

  test.each([
    [['--role', 'KING'], 'no such role'],
    [['--role', 'DEPARTMENT'], 'needs --department'],
    [['--role', 'SUBJECT', '--subject', '11010519491231002X'], 'organisation’s code or an id'],
    [['--role', 'PUBLIC', '--ttl', '90d'], '--ttl'],
  ])('refuses %j with a sentence and exit 2', async (args, says) => {
    const { code, stdout, stderr } = await hub.cli(['token', ...args]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(says);
    expect(stderr).not.toContain('11010519491231002X');
  });
});
