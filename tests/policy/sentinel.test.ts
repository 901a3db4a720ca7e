import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { buildClientSchema, type GraphQLSchema, getIntrospectionQuery } from 'graphql';
import pg from 'pg';
import type { Role } from '../../src/permissions/roles.js';
import { ensureCluster, SUPERUSER } from '../../src/platform/postgres/cluster.js';
import { DATABASE } from '../../src/platform/postgres/logins.js';
import { type Hub, startHub } from '../kit/hub.js';
import { sql } from '../kit/sql.js';
import { allOf, stream } from '../kit/stream.js';
import { CALLERS, type Caller, callerOf, optionsOf, TODAY } from './cast.js';
import { rootDocument } from './documents.js';
import { fieldOutcome, linesOf, rowVisible, type Stage, stagesOf } from './expected.js';
import { type Seed, seed } from './seed/index.js';
import { people } from './seed/subjects.js';
import { type Seeded, situationFor } from './seed/world.js';
import { Crawler, type Leaving, leaving, valuesIn } from './sentinels/crawl.js';
import { hostile } from './sentinels/hostile.js';
import { Planter } from './sentinels/plant.js';
import { Scanner } from './sentinels/scan.js';
import { operationOf, useOf } from './uses.js';

// Every restricted value is a text or a number that stands nowhere else. Whatever leaves the hub is searched for them: to
// nobody may come what expected.csv does not show it, on whichever way, and nothing at all into a log.
let hub: Hub;
let seeded: Seed;
let schema: GraphQLSchema;
let crawler: Crawler;
let scanner: Scanner;
let secrets: string[];
let superuser: pg.Client;
const planter = new Planter();
/** sentinel → where the auditor, who sees all, is shown it */
const shownAt = new Map<string, { row: Seeded; coordinate: string }[]>();

const postgresLog = () => readFile(join(hub.dataDir, 'pg.log'), 'utf8');
const auditor = callerOf('AUDITOR');
/** What may stand in a personal secret's place among the seeded texts: not those of organisations, which the register publishes. */
const isPersonal = (secret: string) => !secret.startsWith('示例者');

async function asSuperuser({ dataDir }: Hub): Promise<pg.Client> {
  const { socket, passwords } = await ensureCluster(dataDir);
  const client = new pg.Client({ host: socket, user: SUPERUSER, password: passwords.superuser, database: DATABASE });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

beforeAll(async () => {
  // One asks after the other: on more connections Postgres would only parse every long statement again.
  const env = { HUB_LISTING_STATEMENT_DAYS: '0', HUB_POOL: '2' };
  hub = await startHub({ demo: false, now: TODAY, env });
  // Louder than the hub lets it be: every error that the hub provokes comes into the log, for the crawl to be seen there.
  const first = await asSuperuser(hub);
  await first.query(`alter database ${DATABASE} set log_min_messages = 'error'`);
  await first.end();
  await hub.stop();
  hub = await startHub({ dataDir: hub.dataDir, demo: false, now: TODAY, env });
  superuser = await asSuperuser(hub);
  seeded = await seed(hub, planter.plant);
  schema = buildClientSchema((await hub.graphql(getIntrospectionQuery())).data);
  secrets = seeded.world.secrets.filter(isPersonal);
  scanner = new Scanner(secrets);
  const column = async (text: string) => (await sql<{ v: string }>(hub.ownerUrl, text)).map(({ v }) => v);
  crawler = new Crawler(hub, schema, {
    subject: {
      name: 'code',
      type: 'UnifiedSocialCreditCode!',
      all: await column('select code as v from subject where code is not null'),
    },
    listEntries: { name: 'list', type: 'String!', all: await column('select code as v from credit_list') },
    creditCheck: { name: 'receiptNo', type: 'String!', all: await column('select receipt_no as v from credit_check') },
    publicityMonitor: { name: 'month', type: 'String!', all: ['2026-01', '2026-11'] },
    qualityReport: { name: 'month', type: 'String!', all: ['2026-01', '2026-11'] },
    statistics: { name: 'by', type: '[StatisticsDimension!]!', all: [['KIND'], ['ITEM', 'DEPARTMENT'], ['MONTH']] },
    publicityNotices: { name: 'month', type: 'String!', all: ['2026-01', '2026-11'] },
    importBatch: {
      name: 'id',
      type: 'ID!',
      all: seeded.world.rows.filter(({ type }) => type === 'ImportBatch').map(({ globalId }) => globalId),
    },
  });
  for await (const answer of everything(auditor, 'case')) noteAuditors(answer);
}, 120_000);
afterAll(async () => {
  await superuser?.end().catch(() => undefined);
  await seeded?.close();
  await hub?.remove();
});

async function* everything(caller: Caller, stage: Stage): AsyncGenerator<Leaving> {
  const options = await optionsOf(hub, caller, stage);
  // A consent opens by its uses; those of the seed have no number.
  yield* crawler.nodes(seeded.world.rows, options);
  yield* crawler.roots(options);
}

function noteAuditors({ asked, text, data }: Leaving): void {
  if (data === null) throw new Error(`the auditor is refused ${asked}: ${text.slice(0, 2000)}`);
  const rows = new Map(seeded.world.rows.map((row) => [row.globalId, row]));
  for (const value of valuesIn(data)) {
    const row = value.row === null ? undefined : rows.get(value.row);
    if (!row) continue;
    for (const mark of scanner.in(value.text)) {
      const known = shownAt.get(mark) ?? [];
      if (!known.some((one) => one.row === row && one.coordinate === value.coordinate))
        shownAt.set(mark, [...known, { row, coordinate: value.coordinate }]);
    }
  }
}

const isReceipt = (mark: string) => planter.planted.get('credit_check.receipt_no')?.includes(mark) ?? false;

/** Whether expected.csv shows it to the caller, wherever it is shown. */
const mayMeet = (mark: string, caller: Caller, stage: Stage): boolean =>
  // Reading a check leaves an event with its receipt, and the auditor reads events without a case.
  (caller.role === 'AUDITOR' && stage === 'purpose' && isReceipt(mark)) ||
  (shownAt.get(mark) ?? []).some(({ row, coordinate }) => {
    const situation = situationFor(row, caller);
    return (
      rowVisible(row.type, situation, caller.role, stage) &&
      fieldOutcome(coordinate, situation, caller.role, stage) === 'value'
    );
  });

/** Sentinels in an answer that its caller may not meet; all that it meets it adds to `met`. */
function leaksIn({ asked, text }: Leaving, caller: Caller, stage: Stage, met?: Set<string>): string[] {
  const marks = scanner.in(text);
  for (const mark of marks) met?.add(mark);
  return [...marks]
    .filter((mark) => !mayMeet(mark, caller, stage))
    .map((mark) => `${caller.role} ${caller.self} with ${stage} meets ${mark} in ${asked}`);
}

async function leaks(caller: Caller, stage: Stage, answers: AsyncIterable<Leaving>): Promise<string[]> {
  const found: string[] = [];
  for await (const answer of answers) found.push(...leaksIn(answer, caller, stage));
  return [...new Set(found)];
}

const named = CALLERS.map((caller) => [`${caller.role} ${caller.self}`, caller] as const);

describe('a full crawl', () => {
  test('is of unique values: the auditor meets nearly all of what is shown to anybody', () => {
    const planted = [...planter.planted.values()].flat();
    expect(new Set(planted).size).toBeGreaterThan(600);
    expect(shownAt.size).toBeGreaterThan(450);
    // What no field shows (who acted, digests' places, cases of checks) is nobody's.
    expect(secrets.filter((secret) => !shownAt.has(secret))).toEqual([]);
  });

  test.each(named)(
    '%s meets nothing that is not for it',
    async (_name, caller) => {
      const found: string[] = [];
      const met = new Set<string>();
      for (const stage of stagesOf(caller.role)) {
        for await (const answer of everything(caller, stage)) {
          found.push(...leaksIn(answer, caller, stage, met));
        }
      }
      expect([...new Set(found)]).toEqual([]);
      // Those who may see something do: the crawl got somewhere.
      const reads = linesOf('row').some(({ target, cells }) => target === 'Organisation' && cells[caller.role] !== '');
      if (reads) expect(met.size).toBeGreaterThan(30);
      else expect(met.size).toBeLessThan(30);
    },
    120_000,
  );
});

describe('ways that end in an error', () => {
  test.each(named)(
    '%s is told nothing by them',
    async (_name, caller) => {
      const { number, name } = people.get('stranger') as { number: string; name: string };
      const phone = secrets.find((secret) => /^138/.test(secret)) as string;
      const options = await optionsOf(hub, caller, 'case');
      const attack = hostile(hub, schema, seeded.world.rows, { citizenId: number, phone, name }, options);
      let refused = 0;
      const found: string[] = [];
      for await (const answer of attack) {
        found.push(...leaksIn(answer, caller, 'case'));
        if (answer.text.includes('"errors"')) refused++;
      }
      expect(found).toEqual([]);
      expect(refused).toBeGreaterThan(100);
    },
    120_000,
  );
});

describe('root fields used as they are meant', () => {
  const roles = Object.keys(linesOf('verb')[0]?.cells ?? {}) as Role[];
  test.each(linesOf('verb').map((line) => [`${line.target}, ${line.situation}`, line] as const))(
    '%s: what comes back is for whom it comes back to',
    async (_name, { target, situation }) => {
      const found: string[] = [];
      for (const role of roles) {
        const use = await useOf(seeded, target, situation, role);
        const caller = callerOf(role, 'organisation', use.clerk);
        const options = await optionsOf(hub, caller, 'case');
        const operation = operationOf(target);
        const document = rootDocument(schema, target, operation, use.text);
        const answer =
          operation === 'subscription'
            ? {
                asked: target,
                data: null,
                text: JSON.stringify(await allOf(await stream(hub.url, document, use.variables, options))),
              }
            : await leaving(hub, target, { query: document, variables: use.variables }, options);
        found.push(...leaksIn(answer, caller, 'case'));
      }
      expect(found).toEqual([]);
    },
  );
});

describe('what is written beside the answers', () => {
  test('the hub’s own log holds no sentinel', () => {
    expect(hub.log.length).toBeGreaterThan(0);
    expect([...scanner.in(hub.log.join('\n'))]).toEqual([]);
  });

  test('Postgres’s log, louder than the hub lets it be, holds none either', async () => {
    // The hub waits for a row that somebody holds, until its time is over: an error of Postgres's own.
    const holder = new pg.Client(hub.ownerUrl);
    await holder.connect();
    await holder.query('begin; lock table subject in access exclusive mode');
    const { number, name } = people.get('stranger') as { number: string; name: string };
    const options = await optionsOf(hub, callerOf('SERVICE_HALL'), 'case');
    const waited = await leaving(
      hub,
      'checkCredit',
      {
        query: 'mutation ($input: CheckCreditInput!) { checkCredit(input: $input) { check { id } } }',
        variables: { input: { matter: 'CZZJXM', person: { number, name } } },
      },
      options,
    );
    await holder.query('rollback');
    await holder.end();
    expect(waited.text).toContain('"data":null');
    expect([...scanner.in(waited.text)]).toEqual([]);
    const log = await postgresLog();
    expect(log).toMatch(/ERROR: {2}canceling statement due to lock timeout/);
    expect([...scanner.in(log)]).toEqual([]);
  });

  test('as the hub configures it, it holds none whatever happens in Postgres', async () => {
    await superuser.query(`alter database ${DATABASE} reset log_min_messages`);
    // As one to whom Postgres says in full what is wrong: under row security it keeps the key to itself.
    const quiet = await asSuperuser(hub);
    const { number, name } = people.get('stranger') as { number: string; name: string };
    const before = (await postgresLog()).length;
    const code = `select code from subject where code is not null limit 1`;
    await expect(quiet.query('select $1::uuid', [number])).rejects.toThrow(number);
    await expect(quiet.query(`select '${number}'::date`)).rejects.toThrow();
    await expect(
      quiet.query(
        `insert into subject (id, kind, name, name_key, code, as_of) select gen_random_uuid(), 'ENTERPRISE', $1, $1, (${code}), now()`,
        [name],
      ),
    ).rejects.toMatchObject({ code: '23505', detail: expect.stringContaining('Key (code)') });
    await expect(
      quiet.query(
        `insert into subject (id, kind, name, name_key, as_of) values (gen_random_uuid(), '${number}', 'x', 'x', now())`,
      ),
    ).rejects.toMatchObject({ code: '23514', detail: expect.stringContaining(number) });
    await quiet.query('set statement_timeout = 20');
    await expect(quiet.query(`select pg_sleep(5), '${number}'`)).rejects.toThrow('statement timeout');
    await quiet.query('reset statement_timeout');
    // Killed in the middle of a statement: what Postgres does write down.
    const { rows } = await quiet.query('select pg_backend_pid() as pid');
    const killed = quiet.query(`select pg_sleep(30), '${number}'`).catch((error: Error) => error.message);
    for (let running = 0; running === 0; ) {
      const found = await superuser.query(
        `select count(*)::int as n from pg_stat_activity where pid = $1 and wait_event = 'PgSleep'`,
        [rows[0].pid],
      );
      running = found.rows[0].n;
    }
    await superuser.query('select pg_terminate_backend($1)', [rows[0].pid]);
    expect(await killed).toMatch(/terminat/);
    let written = '';
    while (!written.includes('FATAL')) written = (await postgresLog()).slice(before);
    expect(written).toMatch(/FATAL: {2}terminating connection/);
    expect(written).not.toMatch(/ERROR|DETAIL|STATEMENT|CONTEXT/);
    expect([...scanner.in(written)]).toEqual([]);
  });

  test('the audit’s export names who looked and by which case, and nothing of what was seen', async () => {
    const { code, stdout } = await hub.cli(['audit', 'export']);
    expect(code).toBe(0);
    expect(stdout.split('\n').length).toBeGreaterThan(500);
    const own = new Set(
      ['actor', 'case_no', 'receipt_no'].flatMap((column) => planter.planted.get(`access_event.${column}`) ?? []),
    );
    expect([...scanner.in(stdout)].filter((mark) => !own.has(mark) && !isReceipt(mark))).toEqual([]);
    expect([...scanner.secretsIn(stdout)]).toEqual([]);
  });

  test('no whole personal value stands anywhere in the database but sealed, queues of jobs included', async () => {
    const { rows: tables } = await superuser.query(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`,
    );
    const found: string[] = [];
    for (const { name } of tables) {
      const { rows } = await superuser.query(`select t::text as text from ${name} t`);
      for (const { text } of rows) for (const secret of scanner.secretsIn(text)) found.push(`${name}: ${secret}`);
    }
    expect(tables.length).toBeGreaterThan(20);
    expect([...new Set(found)]).toEqual([]);
  });
});

describe('a leak that is planted is found', () => {
  const agency = callerOf('AGENCY');
  const crawl = () => leaks(agency, 'nothing', everything(agency, 'nothing'));
  const owner = (text: string, values: unknown[] = []) => sql(hub.ownerUrl, text, values);

  test('a row that Postgres gives', async () => {
    await owner(
      'create policy leak on credit_record for select to hub_agency using (subject_kind <> $$NATURAL_PERSON$$)',
    );
    const found = await crawl();
    await owner('drop policy leak on credit_record');
    expect(found.join('\n')).toMatch(/meets 暗[0-9a-f]{12} in node/);
    expect(found.join('\n')).toMatch(/in records/);
    expect(await crawl()).toEqual([]);
  }, 120_000);

  test('a count’s or cursor’s way: what an opaque text holds', () => {
    const [secret = ''] = secrets;
    const cursor = Buffer.from(JSON.stringify(['2026-01-01', secret])).toString('base64url');
    const answer = { asked: 'planted', data: null, text: `200\nlink: </x?after=${cursor}>\n\n{}` };
    expect(leaksIn(answer, agency, 'nothing')).toEqual([`AGENCY organisation with nothing meets ${secret} in planted`]);
  });

  test('a whole text in the place of a masked one', async () => {
    const row = seeded.world.rows.find(
      ({ type, situation }) => type === 'ListEntry' && situation === 'with personal texts',
    );
    const [{ reason } = {}] = await owner('select reason from list_entry where id = $1', [row?.id]);
    const { number } = people.get('stranger') as { number: string };
    await owner('update list_entry set reason = $2 where id = $1', [row?.id, `当事人${number}`]);
    const found = await crawl();
    await owner('update list_entry set reason = $2 where id = $1', [row?.id, reason]);
    expect(found.some((one) => one.includes(number))).toBe(true);
  }, 120_000);

  test('a value in an error, a header, or a log', async () => {
    const { number } = people.get('stranger') as { number: string };
    for (const text of [`400\nx-debug: ${number}\n\n{}`, `500\n\n{"errors":[{"message":"duplicate key (${number})"}]}`])
      expect(leaksIn({ asked: 'planted', data: null, text }, agency, 'nothing')).toHaveLength(1);
    await superuser.query(`alter database ${DATABASE} set log_min_messages = 'error'`);
    await sql(hub.ownerUrl, `select '${number}'::uuid`).catch(() => undefined);
    await superuser.query(`alter database ${DATABASE} reset log_min_messages`);
    expect([...scanner.secretsIn(await postgresLog())]).toEqual([number]);
  });
});
