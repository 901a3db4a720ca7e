import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'pg';
import { openOrm } from '../../src/entities/orm.js';
import { Exchange } from '../../src/exchange/exchange.js';
import { createClock } from '../../src/platform/clock.js';
import { loadKeys } from '../../src/platform/crypto.js';
import { TYPES } from '../../src/platform/postgres/types.js';
import { loadExchange } from '../../src/services/exchange/settings.js';
import { type City, startCity } from './city.js';
import { type Hub, type HubOptions, startHub } from './hub.js';
import { projectRoot } from './templates.js';

export const RETRY = { firstSeconds: 0.01, longestSeconds: 0.05, attempts: 3 };
export const ALL = {
  items: ['*'],
  lists: ['*'],
  commitments: true,
  labels: ['OPEN', 'GOVERNMENT', 'AUTHORISED', 'PERSONAL'],
};

export interface ExchangeWorld {
  hub: Hub;
  cities: Record<string, City>;
  /** path of HUB_EXCHANGE */
  file: string;
  /** `hub exchange …`, its lines as JSON */
  // biome-ignore lint/suspicious/noExplicitAny: a command answers what the test knows it to
  exchange(...args: string[]): Promise<{ code: number | null; lines: any[]; stderr: string }>;
  /** the services that the commands drive, in this process: a command's start costs more than what it does */
  readonly driver: Exchange;
  /** the same as a process to kill */
  start(...args: string[]): { child: ChildProcess; ended: Promise<void> };
  remove(): Promise<void>;
}

/** A hub with HTTP partners of these names, each a process of its own. `more` adds to a partner or to the file. */
export async function startExchange(
  names: readonly string[],
  {
    hub: options = {},
    partner = {},
    file: more,
  }: {
    hub?: HubOptions;
    partner?: Record<string, object>;
    file?: (ownerUrl: string, settings: { partners: object[] }) => object;
  } = {},
): Promise<ExchangeWorld> {
  const folder = await mkdtemp(join(tmpdir(), 'hub-exchange-'));
  const file = join(folder, 'exchange.yaml');
  const cities = Object.fromEntries(await Promise.all(names.map(async (id) => [id, await startCity(id)] as const)));
  const settings = {
    id: 'county',
    partners: names.map((id) => ({
      id,
      rank: 'CITY',
      agreement: ALL,
      receiver: { kind: 'HTTP', url: cities[id]?.url, timeoutSeconds: 5 },
      publicKey: cities[id]?.publicKey,
      encryptionKey: cities[id]?.encryptionKey,
      retry: RETRY,
      ...partner[id],
    })),
  };
  await writeFile(file, JSON.stringify(settings));
  // Deliveries are driven by the test: the minute's own job would come between.
  const hub = await startHub({ ...options, env: { ...options.env, HUB_JOBS: '0', HUB_EXCHANGE: file } });
  if (more) await writeFile(file, JSON.stringify({ ...settings, ...more(hub.ownerUrl, settings) }));
  const exchange: ExchangeWorld['exchange'] = async (...args) => {
    const { code, stdout, stderr } = await hub.cli(['exchange', ...args]);
    const lines = stdout
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line));
    return { code, lines, stderr };
  };
  // The agreements of whoever was added are read at the start of a command.
  if (more) await exchange('key');
  const keys = await loadKeys({ keyFile: join(hub.dataDir, 'keys.json'), database: null });
  const pool = new Pool({ connectionString: hub.appUrl, max: 6, types: TYPES });
  pool.on('error', () => undefined);
  const orm = await openOrm(hub.appUrl, { poolSize: 3 });
  const clock = createClock({ fixedToday: options.now ?? null });
  const driver = new Exchange({
    settings: await loadExchange(file),
    pool,
    reads: pool,
    fork: () => orm.em.fork({ clear: true }),
    keys,
    today: clock.today,
  });
  const key = (await driver.signer).publicJwk;
  for (const city of Object.values(cities)) await city.hubKey(key);
  return {
    hub,
    cities,
    file,
    exchange,
    driver,
    start(...args) {
      const { PATH, NODE_COMPILE_CACHE } = process.env;
      const env = { PATH, NODE_COMPILE_CACHE, HUB_DATA: hub.dataDir, HUB_EXCHANGE: file, ...options.env };
      const child = spawn(process.execPath, [join(projectRoot, 'dist/cli.js'), 'exchange', ...args], {
        cwd: projectRoot,
        env: { ...env, ...(options.now ? { HUB_NOW: options.now } : {}) },
        stdio: 'ignore',
      });
      return { child, ended: new Promise((resolve) => child.once('close', () => resolve())) };
    },
    async remove() {
      await orm.close(true);
      await pool.end();
      await hub.remove();
      for (const city of Object.values(cities)) await city.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
