import { resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { ConfigError, loadConfig } from '../../src/config.js';

const external = {
  DATABASE_URL: 'postgres://owner:s3cret-owner@db/hub',
  HUB_APP_DATABASE_URL: 'postgres://app:s3cret-app@db/hub',
  HUB_AUDIT_DATABASE_URL: 'postgres://audit:s3cret-audit@db/hub',
};
const oidc = { HUB_OIDC_ISSUER: 'https://id.example', HUB_OIDC_AUDIENCE: 'hub' };

test('without variables it is the demo on the loopback', () => {
  expect(loadConfig({})).toEqual({
    auditHash: 'SHA-256',
    auditHolders: [],
    workHours: [{ from: '08:00', to: '18:30' }],
    exchangeFile: null,
    penaltyTableFile: null,
    noticesFile: null,
    poolSize: 10,
    jobs: true,
    metricsToken: null,
    requestsPerMinute: null,
    dataDir: resolve('.data'),
    host: '127.0.0.1',
    port: 4000,
    production: false,
    demoData: true,
    demoIdentity: true,
    fixedToday: null,
    database: null,
    listingStatementDays: 5,
    sealDays: 180,
    statistics: { threshold: 10, rounding: 5 },
    oidc: null,
    trustedDocuments: 'off',
    introspection: true,
    logLevel: 'info',
    keyFile: resolve('.data/keys.json'),
    keyFileGiven: false,
    warnings: [],
  });
});

test('an empty variable is an absent one', () => {
  expect(loadConfig({ PORT: '', HUB_NOW: ' ', HUB_DEMO: '' })).toEqual(loadConfig({}));
});

describe('the demo identity', () => {
  test.each([
    [{}, true],
    [{ HUB_DEMO: '0' }, true],
    [{ HUB_HOST: 'localhost' }, true],
    [{ HUB_HOST: '::1' }, true],
    [{ HUB_HOST: '0.0.0.0' }, false],
    [{ HUB_HOST: '127.evil.example' }, false],
    [{ HUB_HOST: '0.0.0.0', HUB_DEMO_IDENTITY: '1' }, true],
    [external, false],
    [{ ...external, HUB_DEMO_IDENTITY: '1' }, true],
    [oidc, false],
    [{ HUB_DEMO_IDENTITY: '0' }, false],
    [{ NODE_ENV: 'production' }, false],
    [{ NODE_ENV: 'production', HUB_DEMO_IDENTITY: '1' }, false],
  ])('%j: %s', (env, expected) => {
    const config = loadConfig(env);
    expect(config.demoIdentity).toBe(expected);
    expect(config.introspection).toBe(expected);
    expect(config.trustedDocuments).toBe(expected ? 'off' : 'required');
  });

  test('what follows from it can be asked otherwise', () => {
    const config = loadConfig({ NODE_ENV: 'production', HUB_INTROSPECTION: '1', HUB_TRUSTED_DOCUMENTS: 'off' });
    expect(config).toMatchObject({ introspection: true, trustedDocuments: 'off' });
  });

  test('what is allowed but risky is said', () => {
    expect(loadConfig({ HUB_HOST: '0.0.0.0', HUB_DEMO_IDENTITY: '1' }).warnings).toHaveLength(1);
    expect(loadConfig({ NODE_ENV: 'production', HUB_DEMO_IDENTITY: '1' }).warnings).toHaveLength(1);
  });

  test('HUB_NOW goes with it alone', () => {
    expect(loadConfig({ HUB_NOW: '2026-05-10', HUB_DEMO: '0' }).fixedToday).toBe('2026-05-10');
    expect(() => loadConfig({ HUB_NOW: '2026-05-10', NODE_ENV: 'production' })).toThrow(/^HUB_NOW /);
  });
});

test.each([
  ['PORT', '65536'],
  ['PORT', '-1'],
  ['PORT', '4000x'],
  ['HUB_HOST', 'not a host'],
  ['HUB_DEMO', 'perhaps'],
  ['HUB_NOW', '2026-02-30'],
  ['HUB_NOW', 'tomorrow'],
  ['HUB_LISTING_STATEMENT_DAYS', '-1'],
  ['HUB_SEAL_DAYS', '4000'],
  ['HUB_STATISTICS_THRESHOLD', '4'],
  ['HUB_STATISTICS_ROUNDING', '2'],
  ['HUB_LISTING_STATEMENT_DAYS', '1.5'],
  ['HUB_TRUSTED_DOCUMENTS', 'maybe'],
  ['HUB_INTROSPECTION', '2'],
  ['HUB_JOBS', 'sometimes'],
  ['HUB_METRICS_TOKEN', 's3cret'],
  ['HUB_LOG_LEVEL', 'loud'],
  ['DATABASE_URL', 'mysql://u:s3cret@h/d'],
  ['HUB_OIDC_ISSUER', 'id.example'],
  ['HUB_OIDC_KEYS_SECONDS', '4000'],
])('%s=%s names the variable and not the value', (name, value) => {
  const error = thrownBy({ [name]: value });
  expect(error.variable).toBe(name);
  expect(error.message.startsWith(`${name} must `)).toBe(true);
  expect(error.message).not.toContain(value);
});

test('the database takes three logins or none', () => {
  expect(loadConfig(external).database).toEqual({
    ownerUrl: external.DATABASE_URL,
    appUrl: external.HUB_APP_DATABASE_URL,
    auditUrl: external.HUB_AUDIT_DATABASE_URL,
  });
  for (const name of Object.keys(external)) {
    const error = thrownBy({ ...external, [name]: undefined });
    expect(error.variable).toBe(name);
    expect(error.message).not.toContain('s3cret');
  }
  expect(thrownBy({ ...external, HUB_APP_DATABASE_URL: external.DATABASE_URL }).variable).toBe('HUB_APP_DATABASE_URL');
});

test('a socket folder is a host too', () => {
  const at = (user: string) => `postgres://${user}:p@%2Fvar%2Frun%2Fpostgresql/hub`;
  const config = loadConfig({ DATABASE_URL: at('o'), HUB_APP_DATABASE_URL: at('a'), HUB_AUDIT_DATABASE_URL: at('u') });
  expect(config.database?.appUrl).toBe(at('a'));
});

test('an issuer goes with its audience', () => {
  expect(loadConfig(oidc).oidc).toEqual({
    issuer: 'https://id.example',
    audience: 'hub',
    keysSeconds: 60,
    signIn: null,
  });
  // Keys over an open line would be anybody's.
  expect(thrownBy({ ...oidc, HUB_OIDC_ISSUER: 'http://id.example' }).variable).toBe('HUB_OIDC_ISSUER');
  expect(loadConfig({ ...oidc, HUB_OIDC_ISSUER: 'http://127.0.0.1:8080' }).oidc?.issuer).toBe('http://127.0.0.1:8080');
  expect(thrownBy({ HUB_OIDC_ISSUER: oidc.HUB_OIDC_ISSUER }).variable).toBe('HUB_OIDC_AUDIENCE');
  expect(thrownBy({ HUB_OIDC_AUDIENCE: 'hub' }).variable).toBe('HUB_OIDC_ISSUER');
});

test('whoever signs in is sent back to an address of this hub', () => {
  const client = { ...oidc, HUB_OIDC_CLIENT_ID: 'explorer', HUB_PUBLIC_URL: 'https://credit.example' };
  expect(loadConfig(client).oidc?.signIn).toEqual({
    clientId: 'explorer',
    clientSecret: null,
    scope: 'openid',
    publicUrl: 'https://credit.example',
  });
  expect(thrownBy({ ...client, HUB_PUBLIC_URL: undefined }).variable).toBe('HUB_PUBLIC_URL');
  expect(thrownBy({ ...client, HUB_OIDC_ISSUER: undefined, HUB_OIDC_AUDIENCE: undefined }).variable).toBe(
    'HUB_OIDC_ISSUER',
  );
  for (const address of ['http://credit.example', 'https://credit.example/hub', 'https://credit.example/?a=b']) {
    expect(thrownBy({ ...client, HUB_PUBLIC_URL: address }).variable).toBe('HUB_PUBLIC_URL');
  }
  expect(loadConfig({ ...client, HUB_PUBLIC_URL: 'http://127.0.0.1:4000/' }).oidc?.signIn?.publicUrl).toBe(
    'http://127.0.0.1:4000',
  );
  expect(thrownBy({ ...client, HUB_OIDC_SCOPE: 'profile' }).variable).toBe('HUB_OIDC_SCOPE');
});

function thrownBy(env: Record<string, string | undefined>): ConfigError {
  try {
    loadConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('the configuration was accepted');
}

test('office hours are spans of one day, in order', () => {
  expect(loadConfig({ HUB_WORK_HOURS: '08:30-12:00, 13:30-24:00' }).workHours).toEqual([
    { from: '08:30', to: '12:00' },
    { from: '13:30', to: '24:00' },
  ]);
  for (const wrong of ['8:30-12:00', '12:00-08:30', '08:30-12:00,11:00-13:00', '25:00-26:00', '08:30']) {
    expect(() => loadConfig({ HUB_WORK_HOURS: wrong })).toThrow('HUB_WORK_HOURS must be hours of one day in order');
  }
});
