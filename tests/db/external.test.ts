import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ConfigError } from '../../src/config.js';
import { POSTGRES_ROLES } from '../../src/permissions/roles.js';
import { createLogger } from '../../src/platform/logger.js';
import { checkGrants, checkServer } from '../../src/platform/postgres/external.js';
import { openDatabase } from '../../src/platform/postgres/index.js';
import { type External, startExternal } from '../kit/external.js';
import { type Hub, startHub } from '../kit/hub.js';
import { runFolder } from '../kit/templates.js';

let external: External;
let folder: string;
const hubs: Hub[] = [];
beforeAll(async () => {
  external = await startExternal();
  folder = await runFolder();
});
afterAll(async () => {
  await Promise.all(hubs.map((hub) => hub.remove()));
  await external?.remove();
});

const environment = (more: Record<string, string> = {}) => ({
  DATABASE_URL: external.ownerUrl,
  HUB_APP_DATABASE_URL: external.appUrl,
  HUB_AUDIT_DATABASE_URL: external.auditUrl,
  HUB_KEYS: join(folder, 'keys.json'),
  HUB_DEMO_IDENTITY: '1',
  ...more,
});
const start = async (more?: Record<string, string>) => {
  const hub = await startHub({ env: environment(more) });
  hubs.push(hub);
  return hub;
};
const NAME = '{ subject(code: "91370830YYX0K0086G") { name } }';
const ANSWER = { subject: { name: '示例白榆建筑劳务有限公司' } };

describe('a hub on an external Postgres', () => {
  test('invents no keys: it stops, names HUB_KEYS and leaves no file', async () => {
    await expect(start()).rejects.toThrow(/credit-hub: HUB_KEYS must name a key file/);
    expect(existsSync(join(folder, 'keys.json'))).toBe(false);
  });

  test('takes those of `hub keys`, migrates, loads, answers, writes, and traces by the insert-only login', async () => {
    const made = await keys();
    expect(made).toMatchObject({ code: 0, stdout: `${join(folder, 'keys.json')}\n` });
    expect((await keys()).code).toBe(2);
    const hub = await start();
    expect((await hub.graphql(NAME)).data).toEqual(ANSWER);
    const token = await hub.token({ role: 'SERVICE_HALL', department: '11370830YYXD0002X8' });
    const check = await hub.graphql(
      'mutation ($i: CheckCreditInput!) { checkCredit(input: $i) { check { receiptNo verdict } } }',
      { i: { code: '91370830YYX0K0086G', matter: 'CZZJXM' } },
      { token },
    );
    expect(check.data.checkCredit.check.verdict).toBe('RESTRICTED');
    const auditor = await hub.token({ role: 'AUDITOR' });
    const { data } = await hub.graphql(
      '{ accessEvents(first: 1) { nodes { receiptNo role } } }',
      {},
      { token: auditor, headers: { 'x-hub-purpose': 'AUDIT' } },
    );
    expect(data.accessEvents.nodes).toEqual([
      { receiptNo: check.data.checkCredit.check.receiptNo, role: 'SERVICE_HALL' },
    ]);
    expect(existsSync(join(hub.dataDir, 'pg/postmaster.pid'))).toBe(false);
    const owners = await external.dba(`select distinct tableowner from pg_tables where schemaname = 'public'`);
    expect(owners).toEqual([{ tableowner: 'hub_owner' }]);
    expect(await hub.stop()).toBe(0);
    expect(hub.log.join('\n')).not.toMatch(/of the (owner|weak|log)|of%20the/);
    const again = await start();
    expect((await again.graphql(NAME)).data).toEqual(ANSWER);
    expect((await again.cli(['token', '--role', 'AGENCY'])).code).toBe(0);
  }, 120_000);

  test('two at once serve the same county', async () => {
    const [one, other] = await Promise.all([start(), start()]);
    for (const hub of [one, other]) expect((await hub.graphql(NAME)).data).toEqual(ANSWER);
  });

  test('a login that is not weak stops the start by name, without the URL', async () => {
    await external.dba('alter role hub_app bypassrls');
    const failed = await start().catch((error: Error) => error);
    await external.dba('alter role hub_app nobypassrls');
    expect(String(failed)).toMatch(/credit-hub: HUB_APP_DATABASE_URL must log in without BYPASSRLS/);
    expect(String(failed)).not.toMatch(/postgres:|of the|of%20/);
  });

  test('while Postgres is away: 503 UNAVAILABLE and not ready; all is well when it is back', async () => {
    const hub = await start();
    const token = await hub.token({ role: 'SERVICE_HALL', department: '11370830YYXD0002X8' });
    expect((await hub.graphql(NAME, {}, { token })).data).toEqual(ANSWER);
    // A department that nobody asked for yet is looked up before anything else is.
    const other = await hub.token({ role: 'DEPARTMENT', department: '11370830YYXD000388' });
    await Promise.all(Array.from({ length: 8 }, () => hub.graphql(NAME)));
    // Held still meanwhile: what it is asked as it goes on meets connections that it does not know to be gone.
    const { pid } = JSON.parse(hub.log.find((line) => line.includes('"msg":"ready"')) ?? '{}');
    process.kill(pid, 'SIGSTOP');
    await external.stop();
    const unknowing = Array.from({ length: 8 }, () => hub.graphql(NAME, {}, { token: other }));
    process.kill(pid, 'SIGCONT');
    expect((await Promise.all(unknowing)).map(({ status }) => status)).toEqual(Array(8).fill(503));
    const check = 'mutation ($i: CheckCreditInput!) { checkCredit(input: $i) { check { verdict } } }';
    const input = { i: { code: '91370830YYX0K0086G', matter: 'CZZJXM' } };
    const agency = await hub.token({ role: 'AGENCY' });
    const unidentified = await hub.graphql(NAME, {}, { token: other });
    expect([unidentified.status, unidentified.errors[0]?.extensions.code]).toEqual([503, 'UNAVAILABLE']);
    expect((await hub.graphql(NAME, {}, { token: agency })).errors[0]?.extensions.code).toBe('UNAVAILABLE');
    const refused = await hub.graphql(check, input, { token });
    expect([refused.data ?? null, refused.errors[0]?.extensions.code]).toEqual([null, 'UNAVAILABLE']);
    expect((await fetch(`${hub.url}/readyz`)).status).toBe(503);
    expect((await fetch(`${hub.url}/healthz`)).status).toBe(200);
    await external.start();
    expect((await hub.graphql(NAME, {}, { token })).data).toEqual(ANSWER);
    expect((await hub.graphql(check, input, { token })).data.checkCredit.check.verdict).toBe('RESTRICTED');
    expect((await fetch(`${hub.url}/readyz`)).status).toBe(200);
  });

  test('takes no other keys than those it was sealed with', async () => {
    const file = join(folder, 'others.json');
    await hubs[0]?.cli(['keys', file]);
    await expect(start({ HUB_KEYS: file })).rejects.toThrow(/credit-hub: HUB_KEYS must name the key file of this/);
    const own = JSON.parse(await readFile(join(folder, 'keys.json'), 'utf8'));
    const k2 = JSON.parse(await readFile(file, 'utf8')).fields.k1;
    // A key more is a rotation; from then on the database needs both.
    await writeFile(file, JSON.stringify({ ...own, current: 'k2', fields: { ...own.fields, k2 } }));
    expect((await (await start({ HUB_KEYS: file })).graphql(NAME)).data).toEqual(ANSWER);
    await expect(start()).rejects.toThrow(/lacks the key k2 it was sealed with/);
  });

  const keys = async () => {
    const [hub] = hubs.length > 0 ? hubs : [await startHub({ demo: false })];
    if (hub && !hubs.includes(hub)) hubs.push(hub);
    return (hub as Hub).cli(['keys', join(folder, 'keys.json')]);
  };
});

describe('what stands between the DBA and the hub', () => {
  const log = createLogger({ level: 'silent', to: 'stderr' });
  const opened = (urls: Partial<External> = {}) => {
    const { ownerUrl, appUrl, auditUrl } = { ...external, ...urls };
    return openDatabase({ dataDir: folder, database: { ownerUrl, appUrl, auditUrl } }, log, POSTGRES_ROLES);
  };
  const refusal = async (urls?: Partial<External>) => {
    const error = await opened(urls).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ConfigError);
    return (error as ConfigError).message;
  };

  /** What the hub says of a mistake of the DBA's, which is then put right. */
  const during = async (done: string, undone: string) => {
    await external.dba(done);
    return refusal().finally(() => external.dba(undone));
  };

  test('nothing, after the DBA’s script alone', async () => {
    await (await opened()).close();
    await checkGrants(external.ownerUrl, POSTGRES_ROLES);
  });

  test.each([
    ['superuser', 'superuser'],
    ['bypassrls', 'BYPASSRLS'],
    ['createrole', 'CREATEROLE'],
    ['createdb', 'CREATEDB'],
    ['replication', 'REPLICATION'],
  ])('a weak login with %s', async (attribute, says) => {
    for (const [login, variable] of [
      ['hub_app', 'HUB_APP_DATABASE_URL'],
      ['hub_audit', 'HUB_AUDIT_DATABASE_URL'],
    ]) {
      const said = await during(`alter role ${login} ${attribute}`, `alter role ${login} no${attribute}`);
      expect(said).toMatch(new RegExp(`^${variable} must .*${says}`));
    }
  });

  test('an owner that can’t step down to the role of the queue is told how', async () => {
    const said = await during('revoke hub_jobs from hub_owner', 'grant hub_jobs to hub_owner');
    expect(said).toMatch(/^DATABASE_URL must .*grant hub_jobs to/);
  });

  test.each([
    ['is a member of the owner', 'grant hub_owner to hub_app', 'revoke hub_owner from hub_app', 'member'],
    ['inherits', 'alter role hub_app inherit', 'alter role hub_app noinherit', 'inherit'],
    ['may not act as an auditor', 'revoke hub_auditor from hub_app', 'grant hub_auditor to hub_app', 'every role'],
    ['acts as a role that logs in', 'alter role hub_court login', 'alter role hub_court nologin', 'nologin'],
    [
      'acts as a role beyond row security',
      'alter role hub_court bypassrls',
      'alter role hub_court nobypassrls',
      'no attribute',
    ],
    ['acts as a role of more', 'grant hub_owner to hub_court', 'revoke hub_owner from hub_court', 'member'],
    ['owns a schema', 'create schema other authorization hub_app', 'drop schema other', 'owner of nothing'],
    [
      'may create in the schema',
      'grant create on schema public to hub_app',
      'revoke create on schema public from hub_app',
      'create',
    ],
    [
      'may create schemas',
      'grant create on database hub to hub_app',
      'revoke create on database hub from hub_app',
      'create',
    ],
  ])('a weak login that %s', async (_what, done, undone, says) => {
    expect(await during(done, undone)).toMatch(new RegExp(`^HUB_APP_DATABASE_URL must .*${says}`));
  });

  test.each([
    ['a superuser for the owner', 'alter role hub_owner superuser', 'alter role hub_owner nosuperuser', 'superuser'],
    [
      'an owner that may not create',
      'alter schema public owner to postgres',
      'alter schema public owner to hub_owner',
      'owner',
    ],
    ['tables of another login', 'create table t ()', 'drop table t', 'tables of another'],
  ])('%s', async (_what, done, undone, says) => {
    expect(await during(done, undone)).toMatch(new RegExp(`^DATABASE_URL must .*${says}`));
  });

  test.each([
    ['hub_audit', 'select', 'access_event', 'HUB_AUDIT_DATABASE_URL'],
    ['hub_audit', 'delete', 'access_event', 'HUB_AUDIT_DATABASE_URL'],
    ['hub_app', 'select', 'credit_record', 'HUB_APP_DATABASE_URL'],
    ['hub_auditor', 'update', 'access_event', 'HUB_APP_DATABASE_URL'],
    ['hub_department', 'delete', 'credit_record', 'HUB_APP_DATABASE_URL'],
    ['hub_app', 'truncate', 'credit_record', 'HUB_APP_DATABASE_URL'],
  ])('rights by hand: %s may %s %s', async (login, right, table, variable) => {
    await external.dba(`grant ${right} on ${table} to ${login}`);
    await expect(checkGrants(external.ownerUrl, POSTGRES_ROLES)).rejects.toThrow(
      new RegExp(`^${variable} must .*${table}`),
    );
    await external.dba(`revoke ${right} on ${table} from ${login}`);
  });

  test.each([
    [{ version: 14 }, /Postgres 15 or newer; this one is 14/],
    [{ standby: true }, /primary/],
    [{ encoding: 'EUC_CN' }, /UTF8/],
  ])('a server that won’t do: %j', async (differs, says) => {
    // No server of that kind is installed: only its answer is made up.
    const rows = [{ version: 18, standby: false, encoding: 'UTF8', ...differs }];
    const client = { query: async () => ({ rows }) } as unknown as Parameters<typeof checkServer>[0];
    await expect(checkServer(client)).rejects.toThrow(says);
  });

  test('a login of another name, another database, or of nobody', async () => {
    await external.dba(`create role somebody login password 'x'`);
    await external.dba('grant connect on database hub to somebody');
    expect(await refusal({ appUrl: external.url('somebody') })).toMatch(/^HUB_APP_DATABASE_URL must log in as hub_app/);
    await external.dba('create database elsewhere');
    expect(await refusal({ auditUrl: external.url('hub_audit', 'elsewhere') })).toMatch(
      /^HUB_AUDIT_DATABASE_URL must lead to the same database/,
    );
    await external.dba(`create database narrow template template0 encoding 'SQL_ASCII' locale 'C'`);
    expect(await refusal({ ownerUrl: external.url('hub_owner', 'narrow') })).toMatch(/^DATABASE_URL must .*UTF8/);
    expect(await refusal({ appUrl: external.url('hub_app', 'hub', 'wrong') })).toMatch(/^HUB_APP_.*password is wrong/);
    expect(await refusal({ appUrl: external.url('hub_app', 'nowhere') })).toMatch(/^HUB_APP_.*no such database/);
    expect(await refusal({ ownerUrl: 'postgres://hub_owner:secret@127.0.0.1:9/hub' })).toMatch(
      /^DATABASE_URL must .*ECONNREFUSED$/,
    );
  });
});
