import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, readlink, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, jest, test } from '@jest/globals';
import { sql } from '../kit/sql.js';
import { projectRoot, stopStrays, temporaryRoot } from '../kit/templates.js';

jest.setTimeout(60_000);

interface Holder {
  child: ChildProcess;
  /** what openDatabase returned */
  urls: { ownerUrl: string; appUrl: string; auditUrl: string };
  lines: string[];
  stop(): Promise<number | null>;
  kill(): Promise<void>;
}

let base: string;
let folder: string;
let holders: Holder[] = [];

beforeAll(async () => {
  base = await mkdtemp(join(await temporaryRoot(), 'pg-'));
  await chmod(base, 0o711);
});
afterEach(async () => {
  for (const { child } of holders) child.kill('SIGKILL');
  holders = [];
  await stopStrays(base);
});
afterAll(() => rm(base, { recursive: true, force: true, maxRetries: 3 }));

let count = 0;
function fresh(): string {
  folder = join(base, String(++count));
  return folder;
}

test('a first start makes the database and its weak logins, a second finds them', async () => {
  const first = await hold(fresh());
  await sql(first.urls.ownerUrl, 'create table kept (n int); insert into kept values (7)');
  const [row] = await sql(
    first.urls.ownerUrl,
    `select current_user as user, pg_encoding_to_char(encoding) as encoding, datcollate as collate,
       (select array_agg(rolname::text order by rolname) from pg_roles where rolname like 'hub%' and rolcanlogin and not
         (rolsuper or rolbypassrls or rolcreatedb or rolcreaterole)) as logins
     from pg_database where datname = current_database()`,
  );
  expect(row).toEqual({
    user: 'hub_owner',
    encoding: 'UTF8',
    collate: 'C.UTF-8',
    logins: ['hub_app', 'hub_audit', 'hub_owner'],
  });
  for (const url of [first.urls.appUrl, first.urls.auditUrl]) {
    await expect(sql(url, 'select * from kept')).rejects.toThrow('permission denied');
    await expect(sql(url, 'create table t (n int)')).rejects.toThrow('permission denied');
    await expect(sql(url, 'set role hub_owner')).rejects.toThrow('permission denied');
    await expect(sql(url.replace(/\/hub$/, '/postgres'), 'select 1')).rejects.toThrow('permission denied');
    await expect(sql(url.replace(/:[^:@]+@/, ':wrong@'), 'select 1')).rejects.toThrow('password authentication failed');
  }
  for (const name of ['pg-passwords.json', 'pg.log']) {
    expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
  }
  await expect(first.stop()).resolves.toBe(0);
  expect(await postmaster(folder)).toBeNull();

  const second = await hold(folder);
  expect(second.urls).toEqual(first.urls);
  expect(await sql(second.urls.ownerUrl, 'select n from kept')).toEqual([{ n: 7 }]);
  await expect(second.stop()).resolves.toBe(0);
});

test('four first starts at once give one database; the last one out stops it', async () => {
  fresh();
  const four = await Promise.all(Array.from({ length: 4 }, () => hold(folder)));
  expect(new Set(four.map(({ urls }) => urls.ownerUrl)).size).toBe(1);
  expect((await readdir(folder)).sort()).toEqual(['pg', 'pg-passwords.json', 'pg.log']);
  const pid = await postmaster(folder);
  const last = four.pop() as Holder;
  expect(await Promise.all(four.map((one) => one.stop()))).toEqual([0, 0, 0]);
  expect(await postmaster(folder)).toBe(pid);
  expect(await sql(last.urls.appUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
  await last.stop();
  expect(await postmaster(folder)).toBeNull();

  // All leave at once: one of them is the last.
  const again = await Promise.all([hold(folder), hold(folder), hold(folder)]);
  await Promise.all(again.map((one) => one.stop()));
  expect(await postmaster(folder)).toBeNull();
});

test('a killed holder leaves a database that the next one takes over, and leaves in the end', async () => {
  const first = await hold(fresh());
  await sql(first.urls.ownerUrl, 'create table kept (n int); insert into kept values (7)');
  const pid = await postmaster(folder);
  await first.kill();
  expect(await postmaster(folder)).toBe(pid);
  const second = await hold(folder);
  expect(await postmaster(folder)).toBe(pid);
  expect(await sql(second.urls.ownerUrl, 'select n from kept')).toEqual([{ n: 7 }]);
  await expect(second.stop()).resolves.toBe(0);
  expect(await postmaster(folder)).toBeNull();
});

test('a killed postmaster comes back under its holders, with what was committed', async () => {
  const both = await Promise.all([hold(fresh()), hold(folder)]);
  const { ownerUrl } = both[0].urls;
  await sql(ownerUrl, 'create table kept (n int); insert into kept values (7)');
  const pid = (await postmaster(folder)) as number;
  process.kill(pid, 'SIGKILL');
  await until(async () => both.every(({ lines }) => lines.some((line) => line.includes('is back'))));
  expect(await postmaster(folder)).not.toBe(pid);
  expect(await sql(ownerUrl, 'select n from kept')).toEqual([{ n: 7 }]);
  expect(await both[0].stop()).toBe(0);
  expect(await sql(ownerUrl, 'select n from kept')).toEqual([{ n: 7 }]);
  expect(await both[1].stop()).toBe(0);
  expect(await postmaster(folder)).toBeNull();
});

test('holder and postmaster killed together: the next start recovers', async () => {
  const first = await hold(fresh());
  await sql(first.urls.ownerUrl, 'create table kept (n int); insert into kept values (7)');
  await first.kill();
  process.kill((await postmaster(folder)) as number, 'SIGKILL');
  const second = await hold(folder);
  expect(await sql(second.urls.ownerUrl, 'select n from kept')).toEqual([{ n: 7 }]);
  await second.stop();
});

test('a start while the last one leaves gets a database', async () => {
  const first = await hold(fresh());
  const [code, second] = await Promise.all([first.stop(), hold(folder)]);
  expect(code).toBe(0);
  expect(await sql(second.urls.ownerUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
  await second.stop();
});

test('a long path gets a short socket folder', async () => {
  fresh();
  folder = join(folder, 'a'.repeat(60), 'b'.repeat(60));
  const one = await hold(folder);
  const socket = decodeURIComponent(/@([^/]+)/.exec(one.urls.appUrl)?.[1] as string);
  try {
    expect(socket).toMatch(/^\/tmp\/credit-hub-/);
    expect(await sql(one.urls.appUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
    await one.stop();
  } finally {
    await rm(socket, { recursive: true, force: true });
  }
});

(process.getuid?.() === 0 ? test : test.skip)('as root below a closed folder the data lie behind a link', async () => {
  const closed = fresh();
  await mkdir(closed, { mode: 0o700 });
  const one = await hold(join(closed, 'data'));
  const data = await readlink(join(closed, 'data/pg'));
  try {
    expect(data.startsWith(closed)).toBe(false);
    expect((await stat(data)).uid).not.toBe(0);
    expect(await sql(one.urls.appUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
    await one.stop();
    const two = await hold(join(closed, 'data'));
    expect(two.urls).toEqual(one.urls);
    await two.stop();
  } finally {
    await stopStrays(data);
    await rm(data, { recursive: true, force: true });
  }
});

/** A process that does nothing but use the database of `dataDir`, as the built code does. */
async function hold(dataDir: string): Promise<Holder> {
  const program = `
    import { openDatabase } from '${projectRoot}/dist/platform/postgres/index.js';
    import { createLogger } from '${projectRoot}/dist/platform/logger.js';
    const database = await openDatabase({ dataDir: ${JSON.stringify(dataDir)}, database: null },
      createLogger({ level: 'info', to: 'stdout' }), ['hub_public', 'hub_auditor'], { fsync: 'off', shared_buffers: '16MB' });
    process.once('SIGTERM', () => database.close().then(() => process.exit(0)));
    console.log(JSON.stringify({ urls: database }));`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const lines: string[] = [];
  const urls = await new Promise<Holder['urls']>((resolve, reject) => {
    void ended.then((code) => reject(new Error(`the holder ended with ${code}: ${lines.join('\n')}`)));
    createInterface({ input: child.stdout }).on('line', (line) => {
      lines.push(line);
      const said = JSON.parse(line);
      if (said.urls) resolve(said.urls);
    });
  });
  const holder: Holder = {
    child,
    urls,
    lines,
    stop: () => {
      child.kill('SIGTERM');
      return ended;
    },
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
  holders.push(holder);
  return holder;
}

/** The living postmaster's number, or null. */
async function postmaster(dataDir: string): Promise<number | null> {
  const pid = Number((await readFile(join(dataDir, 'pg/postmaster.pid'), 'utf8').catch(() => '')).split('\n')[0]);
  return pid && existsSync(`/proc/${pid}`) ? pid : null;
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error('it did not come to pass within 30 s');
    await delay(10);
  }
}
