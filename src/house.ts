import type { MikroORM } from '@mikro-orm/postgresql';
import { Pool } from 'pg';
import { type Config, loadConfig } from './config.js';
import { AS_QUEUE_ROLE } from './entities/migrateQueue.js';
import { isMigrated, migrate, openOrm } from './entities/orm.js';
import { Exchange } from './exchange/exchange.js';
import { POSTGRES_ROLES } from './permissions/roles.js';
import { type Clock, createClock } from './platform/clock.js';
import { type Keys, loadKeys } from './platform/crypto.js';
import type { Logger } from './platform/logger.js';
import { checkGrants } from './platform/postgres/external.js';
import { type Database, openDatabase } from './platform/postgres/index.js';
import { TIME_LIMITS } from './platform/postgres/limits.js';
import { GENERIC_PLANS } from './platform/postgres/prepared.js';
import { TYPES } from './platform/postgres/types.js';
import { compile, type Sql } from './platform/sql.js';
import { failOrphanedBatches } from './services/collection/orphans.js';
import { addSectorTables, loadPenaltyTable } from './services/collection/penaltyTable.js';
import { replayDestructions } from './services/custody/destroy.js';
import { DestructionLedger } from './services/custody/ledger.js';
import { sealUnderDataKeys } from './services/custody/upgrade.js';
import { loadAgreements } from './services/exchange/outbox.js';
import { type ExchangeSettings, loadExchange } from './services/exchange/settings.js';
import { checkKeys } from './services/keyCheck.js';
import { loadNotices, type NoticeSettings } from './services/publicity/noticeSettings.js';
import { loadReferenceData, type OwnerQuery } from './services/reference.js';

/** Everything that stands between a configuration and a served request or a command. */
export interface House {
  config: Config;
  keys: Keys;
  /** 销毁台账 */
  ledger: DestructionLedger;
  clock: Clock;
  log: Logger;
  database: Database;
  /** partners and exchange tables; null: HUB_EXCHANGE names none */
  exchange: ExchangeSettings | null;
  /** where departments are told what is due; null: HUB_NOTICES names nothing */
  notices: NoticeSettings | null;
  /** writes, as the weak login */
  orm: MikroORM;
  /** its connections, for who counts them; null before the first */
  readonly writes: Pool | null;
  /** reads, as the weak login */
  reads: Pool;
  /** events, as the insert-only login */
  audit: Pool;
  /** what outlasts a request, as the weak login */
  aside: Pool;
  /** deliveries and readings of the exchange, as the weak login: one for each partner and source, so that none waits */
  deliveries: Pool;
  /** the queue, as its own role */
  queue: Pool;
  /** reference data and schema, as the owner; never while a request is answered */
  owner: Pool;
  ready(): Promise<boolean>;
  close(): Promise<void>;
}

/** What delivers, reconciles and reads exchange tables, for the commands and for jobs; null where there are no settings. */
export function exchangeOf({ exchange, deliveries, reads, orm, keys, clock }: House): Exchange | null {
  if (!exchange) return null;
  const fork = () => orm.em.fork({ clear: true });
  return new Exchange({ settings: exchange, pool: deliveries, reads, fork, keys, today: () => clock.today() });
}

/**
 * A connection may be lost while it is lent out and asked nothing, between two statements or before the first. Whoever has
 * it hears of it by the statement that fails; that nobody listened must not end the process.
 */
const outliveConnections = (pool: Pool): void => {
  pool.on('connect', (client) => client.on('error', () => {}));
};

/** One transaction of the table owner's: reference data and the demonstration, never a request. */
export async function asOwner<T>(owner: Pool, work: (query: OwnerQuery) => Promise<T>): Promise<T> {
  const client = await owner.connect();
  try {
    await client.query('begin');
    const result = await work(async <R>(statement: Sql<R>) => {
      const { sql: text, parameters } = compile(statement);
      return (await client.query(text, parameters as unknown[])).rows as R[];
    });
    await client.query('commit');
    client.release();
    return result;
  } catch (error) {
    // The connection goes with its open transaction.
    client.release(true);
    throw error;
  }
}

/**
 * Opens the database, migrates it, loads reference data, mends what a killed import left behind, and destroys again what
 * a restored backup brought back.
 */
export async function openHouse(log: Logger, config: Config = loadConfig()): Promise<House> {
  const keys = await loadKeys(config);
  const ledger = new DestructionLedger(config, keys);
  const exchange = config.exchangeFile ? await loadExchange(config.exchangeFile) : null;
  const notices = config.noticesFile ? await loadNotices(config.noticesFile) : null;
  const sectors = config.penaltyTableFile ? await loadPenaltyTable(config.penaltyTableFile) : [];
  const database = await openDatabase(config, log, POSTGRES_ROLES);
  const closing: (() => Promise<unknown>)[] = [() => database.close()];
  const close = async () => {
    for (const end of closing.reverse()) await end();
  };
  const pool = (connectionString: string, max: number, limits = {}): Pool => {
    const made = new Pool({ connectionString, max, types: TYPES, options: GENERIC_PLANS, ...limits });
    made.on('error', (err) => log.warn({ err }, 'an idle connection was lost'));
    outliveConnections(made);
    closing.push(() => made.end());
    return made;
  };
  try {
    await migrate(database.ownerUrl, log);
    if (!database.embedded) await checkGrants(database.ownerUrl, POSTGRES_ROLES);
    const owner = pool(database.ownerUrl, 2);
    await asOwner(owner, checkKeys(keys));
    await asOwner(owner, loadReferenceData);
    await asOwner(owner, (query) => addSectorTables(query, sectors));
    if (exchange) await asOwner(owner, (query) => loadAgreements(query, exchange.partners));
    await failOrphanedBatches(owner);
    await asOwner(owner, async (query) => {
      await replayDestructions({ query, ledger, cipher: keys.cipher }, log);
      await sealUnderDataKeys(query, keys);
    });
    let writes: Pool | null = null;
    const orm = await openOrm(database.appUrl, {
      poolSize: config.poolSize,
      timeLimits: TIME_LIMITS,
      onPool: (made) => {
        outliveConnections(made);
        writes = made;
      },
    });
    closing.push(() => orm.close(true));
    const queue = pool(database.ownerUrl, 6, { options: AS_QUEUE_ROLE });
    return {
      config,
      keys,
      ledger,
      clock: createClock(config),
      log,
      database,
      exchange,
      notices,
      orm,
      get writes() {
        return writes;
      },
      reads: pool(database.appUrl, config.poolSize, TIME_LIMITS),
      audit: pool(database.auditUrl, 2),
      aside: pool(database.appUrl, 5),
      deliveries: pool(database.appUrl, 1 + (exchange?.partners.length ?? 0) + (exchange?.sources.length ?? 0)),
      queue,
      owner,
      ready: () => isMigrated(owner).catch(() => false),
      close,
    };
  } catch (error) {
    // The held use of the database would keep the process alive.
    await close();
    throw error;
  }
}
