import { afterAll, describe, expect, test } from '@jest/globals';
import { type Hub, startHub } from '../kit/hub.js';
import { sql } from '../kit/sql.js';

const hubs: Hub[] = [];
const start = async (...options: Parameters<typeof startHub>) => {
  const hub = await startHub(...options);
  hubs.push(hub);
  return hub;
};
afterAll(async () => {
  // The last on a folder first: whoever removes the folder takes its Postgres away, too, from a hub that may be at work.
  for (const hub of hubs.reverse()) await hub.remove();
});

const COUNT = '{ subjects { totalCount } }';

describe('the end of a hub', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)('%s: exit 0, and the next start has everything', async (signal) => {
    const hub = await start();
    const before = (await hub.graphql(COUNT)).data;
    expect(await hub.stop(signal)).toBe(0);
    const again = await start({ dataDir: hub.dataDir });
    expect((await again.graphql(COUNT)).data).toEqual(before);
    expect(before.subjects.totalCount).toBeGreaterThan(300);
  });

  test('a request in flight at SIGTERM is answered', async () => {
    const hub = await start();
    const flying = Promise.all(
      Array.from({ length: 20 }, () =>
        hub.graphql('{ records(first: 100) { totalCount nodes { id subject { name } } } }'),
      ),
    );
    const [answers, code] = await Promise.all([flying.catch(() => []), untilOneArrives(hub).then(() => hub.stop())]);
    expect(code).toBe(0);
    expect(answers.every(({ errors }) => errors.length === 0)).toBe(true);
  });

  test('what does not come up takes down what did: without its queue it ends, and says why', async () => {
    const hub = await start();
    await hub.stop('SIGKILL');
    await sql(hub.ownerUrl, 'set role hub_jobs; alter table graphile_worker._private_jobs rename to gone');
    const again = await start({ dataDir: hub.dataDir });
    expect(await again.ended).toBe(1);
    expect(again.log.join('\n')).toMatch(/"ready"[\s\S]*credit-hub: unexpected /);
    await expect(fetch(again.url)).rejects.toThrow();
  });

  test('SIGKILL: what was committed is there after a restart', async () => {
    const hub = await start();
    const token = await hub.token({ role: 'SUBJECT', subject: '91370830YYX0K0019J' });
    const made = await hub.graphql(
      'mutation ($i: MakeCommitmentInput!) { makeCommitment(input: $i) { commitment { id } } }',
      { i: { kind: 'VOLUNTARY_DISCLOSURE', content: '依法经营，诚实守信' } },
      { token },
    );
    expect(made.errors).toEqual([]);
    expect(await hub.stop('SIGKILL')).toBeNull();
    const again = await start({ dataDir: hub.dataDir });
    const { data } = await again.graphql(
      'query ($id: ID!) { node(id: $id) { ... on Commitment { content } } }',
      { id: made.data.makeCommitment.commitment.id },
      { token },
    );
    expect(data).toEqual({ node: { content: '依法经营，诚实守信' } });
  });
});

/** Something was asked of the hub: its log has a line of a request. */
async function untilOneArrives(hub: Hub): Promise<void> {
  while (!hub.log.some((line) => line.includes('"msg":"request"'))) await hub.graphql('{ viewer { role } }');
}

describe('the start', () => {
  test.each([
    [{ PORT: 'eighty' }, 'PORT'],
    [{ HUB_NOW: '2026-02-30' }, 'HUB_NOW'],
    [{ HUB_LISTING_STATEMENT_DAYS: '-1' }, 'HUB_LISTING_STATEMENT_DAYS'],
    [{ HUB_NOW: '2026-05-10', NODE_ENV: 'production' }, 'HUB_NOW'],
  ])('a bad value stops it and names itself: %j', async (env, name) => {
    await expect(start({ demo: false, env })).rejects.toThrow(new RegExp(`credit-hub: ${name} `));
  });

  test('in production there is no introspection, no demo token and no made-up county', async () => {
    const hub = await start({ demo: false, env: { NODE_ENV: 'production', HUB_TRUSTED_DOCUMENTS: 'off' } });
    const { errors, data } = await hub.graphql('{ __schema { queryType { name } } }');
    expect([data, errors[0]?.extensions.code]).toEqual([undefined, 'GRAPHQL_VALIDATION_FAILED']);
    const token = await hub.token({ role: 'AUDITOR' });
    expect((await hub.graphql('{ viewer { role } }', {}, { token })).status).toBe(401);
    const command = await hub.cli(['token', '--role', 'AUDITOR']);
    expect([command.code, command.stdout]).toEqual([2, '']);
    expect(await sql(hub.ownerUrl, 'select count(*)::int as n from subject')).toEqual([{ n: 0 }]);
  });

  test('HUB_INTROSPECTION=1 asks for it in production', async () => {
    const hub = await start({
      demo: false,
      env: { NODE_ENV: 'production', HUB_INTROSPECTION: '1', HUB_TRUSTED_DOCUMENTS: 'off' },
    });
    expect((await hub.graphql('{ __schema { queryType { name } } }')).errors).toEqual([]);
  });

  test('HUB_NOW moves the business date: what is public depends on it', async () => {
    const hub = await start();
    const now = (await hub.graphql('{ records { totalCount } }')).data.records.totalCount;
    await hub.stop();
    const later = await start({ dataDir: hub.dataDir, now: '2040-01-01' });
    const then = (await later.graphql('{ records { totalCount } }')).data.records.totalCount;
    expect(then).toBeLessThan(now);
  });
});

test('a port that is taken stops the start with its name, and nothing stays behind', async () => {
  const hub = await start();
  const [, port] = /:(\d+)$/.exec(hub.url) ?? [];
  await expect(startHub({ env: { PORT: port ?? '' } })).rejects.toThrow(/PORT \d+ is taken by another program/);
});
