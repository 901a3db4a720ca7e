import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import type { DatabaseUrls } from '../../src/config.js';
import { createLogger } from '../../src/platform/logger.js';
import { type Cluster, ensureCluster, SUPERUSER } from '../../src/platform/postgres/cluster.js';
import { Hold } from '../../src/platform/postgres/hold.js';
import { projectRoot, runFolder } from './templates.js';

/** A Postgres that is none of the hub's: started apart, prepared by the DBA's script alone. */
export interface External extends DatabaseUrls {
  /** The same login of another database or with another password. */
  url(login: string, database?: string, password?: string): string;
  /** As the DBA, in the hub's database unless another is named. */
  // biome-ignore lint/suspicious/noExplicitAny: rows are what the test knows them to be
  dba(statement: string, database?: string): Promise<any[]>;
  /** Takes the server away and brings it back, on the same files. */
  stop(): Promise<void>;
  start(): Promise<void>;
  remove(): Promise<void>;
}

const PASSWORDS: Record<string, string> = {
  hub_owner: 'of the owner/0',
  hub_app: 'of the weak/1',
  hub_audit: 'of the log/2',
};

export async function startExternal(): Promise<External> {
  const folder = join(await runFolder(), 'external');
  const cluster = await ensureCluster(folder);
  const take = () => Hold.take(cluster, {}, createLogger({ level: 'silent', to: 'stderr' }));
  let hold = await take();
  const url = (login: string, database = 'hub', password = PASSWORDS[login] ?? 'x') =>
    `postgres://${login}:${encodeURIComponent(password)}@${encodeURIComponent(cluster.socket)}/${database}`;
  const dba: External['dba'] = (statement, database = 'hub') => asDba(cluster, database, [statement]);
  await runScript(cluster);
  for (const [login, password] of Object.entries(PASSWORDS)) await dba(`alter role ${login} password '${password}'`);
  return {
    ownerUrl: url('hub_owner'),
    appUrl: url('hub_app'),
    auditUrl: url('hub_audit'),
    url,
    dba,
    stop: () => hold.release(),
    async start() {
      hold = await take();
    },
    async remove() {
      await hold.release();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** As psql runs it: statement by statement, `\connect` changing the database. */
async function runScript(cluster: Cluster): Promise<void> {
  const script = await readFile(join(projectRoot, 'scripts/external-postgres.sql'), 'utf8');
  let database = 'postgres';
  for (const part of script.split(/^(?=\\connect )/m)) {
    const [first = '', ...lines] = part.split('\n');
    const connect = /^\\connect (\w+)/.exec(first)?.[1];
    database = connect ?? database;
    const text = (connect ? lines : [first, ...lines]).filter((line) => !line.startsWith('--')).join('\n');
    await asDba(
      cluster,
      database,
      text.split(/;\s*$/m).filter((statement) => statement.trim()),
    );
  }
}

async function asDba(cluster: Cluster, database: string, statements: readonly string[]) {
  const client = new Client({ host: cluster.socket, user: SUPERUSER, password: cluster.passwords.superuser, database });
  await client.connect();
  try {
    let rows: unknown[] = [];
    for (const statement of statements) ({ rows } = await client.query(statement));
    return rows;
  } finally {
    await client.end();
  }
}
