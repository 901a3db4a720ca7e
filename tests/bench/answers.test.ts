import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Client } from 'pg';
import { clerk, hubHeaders } from '../../bench/callers.js';
import { compare } from '../../bench/compare.js';
import { countsOf, loadCounty } from '../../bench/data/load.js';
import { limitServer } from '../../bench/limit/server.js';
import { callsOf } from '../../bench/requests.js';
import { WORKLOADS } from '../../bench/workloads/index.js';
import { type World, worldOf } from '../../bench/workloads/world.js';
import { loadKeys } from '../../src/platform/crypto.js';
import { ensureCluster } from '../../src/platform/postgres/cluster.js';
import { superuserClient } from '../../src/platform/postgres/hold.js';
import { citizenId, isRegistrationNo, isUnifiedCode } from '../../src/services/collection/identifiers.js';
import { openIdentity } from '../../src/services/personal.js';
import { type Hub, startHub } from '../kit/hub.js';

const TODAY = '2026-11-25';
const SIZE = { scale: 0.001, seed: 7, today: TODAY };

let hub: Hub;
let client: Client;
let limit: Server;
let keys: Awaited<ReturnType<typeof loadKeys>>;
let world: World;
let headers: Awaited<ReturnType<typeof hubHeaders>>;
beforeAll(async () => {
  hub = await startHub({ demo: false, now: TODAY });
  client = superuserClient(await ensureCluster(hub.dataDir), 'hub');
  await client.connect();
  keys = await loadKeys({ keyFile: join(hub.dataDir, 'keys.json'), database: null });
  await loadCounty(client, keys, SIZE);
  limit = limitServer(hub.ownerUrl, clerk, TODAY, 2);
  await new Promise<void>((resolve) => limit.listen(0, '127.0.0.1', resolve));
  world = await worldOf(client, SIZE.seed, TODAY);
  headers = await hubHeaders(keys);
});
afterAll(async () => {
  await new Promise((resolve) => limit?.close(resolve));
  await client?.end();
  await hub?.remove();
});

const rows = async <T>(text: string): Promise<T[]> => (await client.query(text)).rows as T[];

test('the data are as many as the scale says, and obey the rules of numbers', async () => {
  const [counted] = await rows<Record<string, number>>(`select (select count(*)::int from subject) as subjects,
    (select count(*)::int from credit_record) as records, (select count(*)::int from list_entry) as entries,
    (select count(*)::int from commitment) as commitments`);
  expect(counted).toEqual(countsOf(SIZE.scale));
  const organisations = await rows<{ code: string; registration_no: string | null }>(
    'select code, registration_no from subject where code is not null',
  );
  expect(organisations.filter(({ code }) => !isUnifiedCode(code))).toEqual([]);
  expect(organisations.filter(({ registration_no: no }) => no !== null && !isRegistrationNo(no))).toEqual([]);
  const persons = await rows<{
    id: string;
    name: string;
    nameSealed: string;
    numberSealed: string;
    keyId: string;
    wrapped: string;
  }>(
    `select s.id, s.name, p.name_sealed as "nameSealed", p.number_sealed as "numberSealed",
       k.key_id as "keyId", k.wrapped
     from subject s join person_identity p on p.subject_id = s.id join subject_key k on k.subject_id = s.id where s.kind = 'NATURAL_PERSON'`,
  );
  expect(persons.length).toBeGreaterThan(0);
  for (const { id, name, ...sealed } of persons) {
    const { number } = openIdentity(keys, id, sealed);
    expect(citizenId(number, TODAY)).toBe(number);
    expect(name).toMatch(/^.\*+$/);
  }
});

test('a few subjects have many times the records of most', async () => {
  const [skew] = await rows<{ most: number; middle: number }>(`
    select max(n)::int as most, percentile_disc(0.5) within group (order by n)::int as middle
    from (select count(*) as n from credit_record group by subject_id) of_subject`);
  expect(skew?.most).toBeGreaterThan(8 * (skew?.middle ?? 0));
});

describe('hub and limit answer the same, and write the same', () => {
  test.each(WORKLOADS.map((workload) => [workload.name, workload] as const))('%s', async (_name, workload) => {
    const calls = callsOf(workload, workload.asked(world), headers[workload.as]);
    const urls = { hub: hub.url, limit: `http://127.0.0.1:${(limit.address() as AddressInfo).port}` };
    expect(await compare(client, workload, urls, calls, 20)).toBeGreaterThan(3);
  });
});

test('a difference is found, and said', async () => {
  const workload = WORKLOADS[0]!;
  const asked = workload.asked(world);
  const calls = callsOf(workload, asked, headers[workload.as]);
  calls.limit = callsOf(workload, [...asked.slice(1), ...asked.slice(0, 1)], {}).limit;
  const urls = { hub: hub.url, limit: `http://127.0.0.1:${(limit.address() as AddressInfo).port}` };
  await expect(compare(client, workload, urls, calls, 40)).rejects.toThrow(/^W1, request \d+: hub and limit differ/);
});
