import { createHmac, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { decodeJwt, decodeProtectedHeader, exportJWK, type JWK, SignJWT } from 'jose';
import { DEPARTMENTS } from '../../src/demo/cast.js';
import { type Hub, startHub } from '../kit/hub.js';
import { AUDIENCE, type Issuer, startIssuer } from '../kit/issuer.js';

// The hub behind an OpenID provider that is none of its own: a process with keys the hub only ever sees published.
const CITIZEN_ID = '11010519491231002X';
const AGENCY = { roles: ['AGENCY'] };
const CLIENTS = {
  agency: { claims: AGENCY },
  ps256: { alg: 'PS256', claims: AGENCY },
  es256: { alg: 'ES256', claims: AGENCY },
  eddsa: { alg: 'EdDSA', claims: AGENCY },
  hall: { alg: 'ES256', claims: { roles: ['SERVICE_HALL'], department: DEPARTMENTS.APPROVAL.code } },
  market: { claims: { roles: ['DEPARTMENT'], department: DEPARTMENTS.MARKET.code, duties: ['MARKET'] } },
  company: { claims: { roles: ['SUBJECT'], subject: '91370830YYX0K0086G' } },
  many: { claims: { roles: ['AGENCY', 'AUDITOR', 'offline_access'] } },
  mixed: { claims: { roles: ['offline_access', 'AGENCY'] } },
  stranger: { claims: { roles: ['offline_access'] } },
  lost: { claims: { roles: ['DEPARTMENT'] } },
  unknown: { claims: { roles: ['DEPARTMENT'], department: '11370830MB9YY0011B' } },
  citizen: { claims: { roles: ['SUBJECT'], subject: CITIZEN_ID } },
} as const;

let issuer: Issuer;
let hub: Hub;
const WHO = '{ viewer { role } }';
const ask = (token: string, headers?: Record<string, string>) => hub.graphql(WHO, {}, { token, headers });
const outcome = async (token: string, headers?: Record<string, string>) => {
  const { status, errors, data } = await ask(token, headers);
  return [status, errors[0]?.extensions.code ?? data?.viewer.role];
};
const ACCEPTED = [200, 'AGENCY'];
const REFUSED = [401, 'UNAUTHENTICATED'];
/** Keys that the issuer never heard of. */
const own = generateKeyPairSync('rsa', { modulusLength: 2048 });
const now = () => Math.floor(Date.now() / 1000);
/** Claims as the issuer itself makes them. */
const claims = (more: Record<string, unknown> = {}) => ({
  iss: issuer.url,
  aud: AUDIENCE,
  sub: 'zhang',
  iat: now(),
  exp: now() + 600,
  ...AGENCY,
  ...more,
});

/** Any document from anybody as often as it likes: only tokens are on trial. */
const environment = (more: Record<string, string> = {}) => ({
  HUB_OIDC_ISSUER: issuer.url,
  HUB_OIDC_AUDIENCE: AUDIENCE,
  HUB_TRUSTED_DOCUMENTS: 'off',
  HUB_RATE_LIMIT: 'off',
  ...more,
});

beforeAll(async () => {
  issuer = await startIssuer(CLIENTS);
  hub = await startHub({
    env: environment({ HUB_OIDC_KEYS_SECONDS: '2' }),
  });
});
afterAll(async () => {
  await hub?.remove();
  await issuer?.stop();
});

describe('a token of the issuer', () => {
  test.each(['agency', 'ps256', 'es256', 'eddsa'])('by client credentials, %s: accepted', async (client) => {
    expect(await outcome(await issuer.token(client))).toEqual(ACCEPTED);
  });

  test('is at+jwt or JWT, in either writing', async () => {
    for (const typ of ['at+jwt', 'JWT', 'jwt', 'application/at+jwt']) {
      expect(await outcome(await issuer.sign({ header: { typ }, claims: claims() }))).toEqual(ACCEPTED);
    }
  });

  test('carries department and subject, which decide what is read', async () => {
    const check = await hub.graphql(
      'mutation ($i: CheckCreditInput!) { checkCredit(input: $i) { check { verdict } } }',
      { i: { code: '91370830YYX0K0086G', matter: 'CZZJXM' } },
      { token: await issuer.token('hall') },
    );
    expect(check.data).toEqual({ checkCredit: { check: { verdict: 'RESTRICTED' } } });
    const own = await hub.graphql('{ viewer { role subject { name } } }', {}, { token: await issuer.token('company') });
    expect(own.data).toEqual({ viewer: { role: 'SUBJECT', subject: { name: '示例白榆建筑劳务有限公司' } } });
    expect(await outcome(await issuer.token('market'))).toEqual([200, 'DEPARTMENT']);
  });

  test('with several roles names one in x-hub-role; roles of other systems are nobody’s', async () => {
    const many = await issuer.token('many');
    const unnamed = await ask(many);
    expect([unnamed.status, unnamed.errors[0]?.extensions]).toMatchObject([
      400,
      { code: 'BAD_USER_INPUT', field: 'x-hub-role' },
    ]);
    expect(await outcome(many, { 'x-hub-role': 'AUDITOR' })).toEqual([200, 'AUDITOR']);
    expect(await outcome(many, { 'x-hub-role': 'SYSTEM_ADMIN' })).toEqual([403, 'FORBIDDEN']);
    expect(await outcome(many, { 'x-hub-role': 'offline_access' })).toEqual([403, 'FORBIDDEN']);
    expect(await outcome(await issuer.token('mixed'))).toEqual(ACCEPTED);
  });

  test.each(['stranger', 'lost', 'unknown', 'citizen'] as const)(
    'that lacks what its role needs is refused: %s',
    async (client) => {
      expect(await outcome(await issuer.token(client))).toEqual(REFUSED);
      expect(hub.log.join('\n')).not.toContain(CITIZEN_ID);
    },
  );

  test('the hub’s own demo tokens are nothing here', async () => {
    expect(await outcome(await hub.token({ role: 'AGENCY' }))).toEqual(REFUSED);
    expect((await hub.cli(['token', '--role', 'AGENCY'])).code).toBe(2);
  });
});

describe('an attack is 401 UNAUTHENTICATED, never PUBLIC', () => {
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const published = async () =>
    ((await (await fetch(`${issuer.url}/jwks`)).json()) as { keys: (JWK & { kid: string })[] }).keys;
  /** Signed by a key of the attacker's, under a key id of the issuer's unless another is given. */
  const foreign = async (header: Record<string, unknown> = {}) => {
    const { kid } = decodeProtectedHeader(await issuer.token('agency'));
    return new SignJWT(claims())
      .setProtectedHeader({ alg: 'RS256', typ: 'at+jwt', kid, ...header } as never)
      .sign(own.privateKey);
  };
  const bySecret = async (alg: string, key: (jwk: JWK) => Promise<string> | string) => {
    const [jwk] = await published();
    const body = `${encode({ alg, typ: 'at+jwt', kid: jwk?.kid })}.${encode(claims())}`;
    return `${body}.${createHmac('sha256', await key(jwk!))
      .update(body)
      .digest('base64url')}`;
  };

  const attacks: [string, () => Promise<string> | string][] = [
    ['alg none', () => `${encode({ alg: 'none', typ: 'at+jwt' })}.${encode(claims())}.`],
    [
      'alg none, a key id',
      async () => `${encode({ alg: 'none', kid: (await published())[0]?.kid, typ: 'at+jwt' })}.${encode(claims())}.`,
    ],
    ['no signature', async () => `${(await issuer.token('agency')).split('.').slice(0, 2).join('.')}.`],
    ['HS256, the public key as JSON', () => bySecret('HS256', (jwk) => JSON.stringify(jwk))],
    ['HS256, the public key’s modulus', () => bySecret('HS256', (jwk) => jwk.n ?? '')],
    ['an algorithm off the list', () => foreign({ alg: 'RS512' })],
    ['no expiry', () => issuer.sign({ claims: claims({ exp: undefined }) })],
    ['expired', () => issuer.sign({ claims: claims({ iat: now() - 900, exp: now() - 60 }) })],
    ['no issued-at', () => issuer.sign({ claims: claims({ iat: undefined }) })],
    ['issued in the future', () => issuer.sign({ claims: claims({ iat: now() + 600, exp: now() + 1200 }) })],
    ['not valid yet', () => issuer.sign({ claims: claims({ nbf: now() + 600 }) })],
    ['issued long ago', () => issuer.sign({ claims: claims({ iat: now() - 40 * 86_400 }) })],
    ['another audience', () => issuer.sign({ claims: claims({ aud: 'https://other.example' }) })],
    ['no audience', () => issuer.sign({ claims: claims({ aud: undefined }) })],
    ['another issuer', () => issuer.sign({ claims: claims({ iss: 'https://id.example' }) })],
    ['the issuer with a slash more', () => issuer.sign({ claims: claims({ iss: `${issuer.url}/` }) })],
    ['no issuer', () => issuer.sign({ claims: claims({ iss: undefined }) })],
    ['no user', () => issuer.sign({ claims: claims({ sub: undefined }) })],
    ['a citizen id for a user', () => issuer.sign({ claims: claims({ sub: CITIZEN_ID }) })],
    ['a type of another kind', () => issuer.sign({ header: { typ: 'logout+jwt' }, claims: claims() })],
    ['no type', () => issuer.sign({ header: { typ: null }, claims: claims() })],
    ['no key id', () => issuer.sign({ header: { kid: null }, claims: claims() })],
    ['a critical extension', () => issuer.sign({ header: { crit: ['urn:x'], 'urn:x': 1 }, claims: claims() })],
    ['a foreign key under the issuer’s key id', () => foreign()],
    ['a key of its own, embedded', async () => foreign({ jwk: await exportJWK(own.publicKey) })],
    ['a key set of its own', () => foreign({ jku: 'http://127.0.0.1:9/jwks' })],
    ['a certificate of its own, by address', () => foreign({ x5u: 'http://127.0.0.1:9/cert' })],
    ['a certificate of its own', () => foreign({ x5c: ['MIIB'] })],
    [
      'the issuer’s own signature beside a foreign key',
      async () => issuer.sign({ header: { jwk: await exportJWK(own.publicKey) }, claims: claims() }),
    ],
    ...['../../../../dev/null', "' or '1'='1", '__proto__', 'http://127.0.0.1:9/key', '\u0000', 'x'.repeat(5000)].map(
      (kid): [string, () => Promise<string>] => [
        `the key id ${JSON.stringify(kid.slice(0, 25))}`,
        () => foreign({ kid }),
      ],
    ),
    [
      'claims of another token',
      async () => {
        const [header, , signature] = (await issuer.token('agency')).split('.');
        return `${header}.${encode(claims({ roles: ['AUDITOR'] }))}.${signature}`;
      },
    ],
    ['roles as a sentence', () => issuer.sign({ claims: claims({ roles: 'AUDITOR' }) })],
    ['duties with a comma', () => issuer.sign({ claims: claims({ duties: ['MARKET,TAX'] }) })],
  ];
  test.each(attacks)('%s', async (_name, make) => {
    const token = await make();
    const answer = await ask(token);
    expect([answer.status, answer.errors[0]?.extensions.code]).toEqual(REFUSED);
    expect(answer.data).toBeUndefined();
    expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/);
    expect(JSON.stringify(answer)).not.toContain(token.split('.')[1]);
  });

  test('no token reached the log, and the operator reads which part was wrong', () => {
    const log = hub.log.join('\n');
    expect(log).not.toMatch(/eyJ/);
    expect(log).toContain('token refused');
    expect(log).toContain('unexpected \\"aud\\" claim value');
    expect(log).not.toContain(CITIZEN_ID);
  });

  test('invented key ids don’t make the hub press the issuer', async () => {
    const before = await issuer.reads();
    const began = performance.now();
    const tokens = await Promise.all(Array.from({ length: 100 }, (_, n) => foreign({ kid: `invented-${n}` })));
    const outcomes = await Promise.all(tokens.map((token) => outcome(token)));
    expect(outcomes.every(([status]) => status === 401)).toBe(true);
    const seconds = (performance.now() - began) / 1000;
    // `foreign` itself asks the issuer for no key set; one a second for unknown ids, one every two by itself.
    expect((await issuer.reads()) - before).toBeLessThanOrEqual(Math.ceil(seconds * 1.5) + 2);
  });
});

describe('keys that change', () => {
  test('the first token of a new key is accepted, however young the key set that the hub holds', async () => {
    for (let turn = 0; turn < 3; turn++) {
      await issuer.rotate();
      expect(await outcome(await issuer.token('agency'))).toEqual(ACCEPTED);
    }
  });

  test('under load: none refused that is good, none accepted that is not; a withdrawn key is refused in bounded time', async () => {
    const CALLERS = 8;
    const asked = new Array<number>(CALLERS).fill(0);
    const wrong: unknown[] = [];
    let running = true;
    const rounds = new EventEmitter();
    const impostors: Record<string, KeyObject> = {
      RS256: own.privateKey,
      PS256: own.privateKey,
      ES256: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey,
      EdDSA: generateKeyPairSync('ed25519').privateKey,
    };
    const clients = ['eddsa', 'es256', 'agency', 'ps256'];
    const callers = asked.map(async (_, n) => {
      while (running) {
        const good = await issuer.token(clients[n % 4] as string);
        const header = decodeProtectedHeader(good);
        const forged = await new SignJWT(decodeJwt(good))
          .setProtectedHeader(header as never)
          .sign(impostors[header.alg as string]!);
        const [right, refused] = [await outcome(good), await outcome(forged)];
        if (right[0] !== 200 || refused[0] !== 401) wrong.push([right, refused]);
        asked[n]! += 1;
        rounds.emit('round');
      }
    });
    const everyoneAskedAgain = async () => {
      const until = asked.map((count) => count + 2);
      while (asked.some((count, n) => count < until[n]!) && wrong.length === 0) await once(rounds, 'round');
    };
    let seconds = Number.NaN;
    try {
      await everyoneAskedAgain();
      const old = await issuer.token('agency');
      for (let turn = 0; turn < 4; turn++) {
        await issuer.rotate();
        await everyoneAskedAgain();
      }
      expect(await outcome(old)).toEqual(ACCEPTED);
      await issuer.withdraw();
      const withdrawn = performance.now();
      while ((await outcome(old))[0] === 200 && performance.now() - withdrawn < 30_000);
      seconds = (performance.now() - withdrawn) / 1000;
      for (let turn = 0; turn < 20; turn++) expect(await outcome(old)).toEqual(REFUSED);
      await everyoneAskedAgain();
    } finally {
      running = false;
    }
    await Promise.all(callers);
    expect(wrong).toEqual([]);
    // HUB_OIDC_KEYS_SECONDS and one load of the keys.
    expect(seconds).toBeLessThan(2 + 3);
  });
});

describe('an issuer that is away', () => {
  test.each(['broken', 'hang'] as const)(
    '%s: known keys go on, an unknown one is 503 in bounded time, and all is well after',
    async (how) => {
      const known = await issuer.token('eddsa');
      expect(await outcome(known)).toEqual(ACCEPTED);
      // Away first: between a new key and that the hub might read it by itself.
      await issuer.mode(how);
      await issuer.rotate();
      const unknown = await issuer.sign({ alg: 'EdDSA', claims: claims() });
      const began = performance.now();
      const away = await ask(unknown);
      expect([away.status, away.errors[0]?.extensions.code]).toEqual([503, 'UNAVAILABLE']);
      expect(away.headers.get('retry-after')).toBe('5');
      expect(away.data).toBeUndefined();
      // Two loads of three seconds and the second between them.
      expect(performance.now() - began).toBeLessThan(8_000);
      expect(await outcome(known)).toEqual(ACCEPTED);
      expect(hub.log.filter((line) => line.includes('keys can’t be read')).length).toBeGreaterThan(0);
      await issuer.mode('up');
      expect(await outcome(unknown)).toEqual(ACCEPTED);
    },
  );

  test('that is not the one its own discovery document names: 503, and the log says so', async () => {
    const named = `${issuer.url}/`;
    const confused = await startHub({ env: environment({ HUB_OIDC_ISSUER: named }) });
    try {
      const token = await issuer.sign({ claims: claims({ iss: named }) });
      expect((await confused.graphql(WHO, {}, { token })).status).toBe(503);
      expect(confused.log.join('\n')).toContain('another issuer’s');
      expect((await confused.graphql(WHO, {}, { token: await issuer.token('agency') })).status).toBe(401);
    } finally {
      await confused.remove();
    }
  });

  test('from the very start: 503 for a token, everything for the public, and accepted once it is back', async () => {
    await issuer.mode('broken');
    const late = await startHub({ env: environment() });
    try {
      const token = await issuer.sign({ claims: claims() });
      expect((await late.graphql(WHO, {}, { token })).status).toBe(503);
      expect((await late.graphql(WHO)).data).toEqual({ viewer: { role: 'PUBLIC' } });
      expect((await fetch(`${late.url}/readyz`)).status).toBe(200);
      await issuer.mode('up');
      expect((await late.graphql(WHO, {}, { token })).data).toEqual({ viewer: { role: 'AGENCY' } });
    } finally {
      await late.remove();
      await issuer.mode('up');
    }
  });
});
