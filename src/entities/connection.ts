import { ReflectMetadataProvider } from '@mikro-orm/decorators/legacy';
import type { Options } from '@mikro-orm/postgresql';
import type { Pool } from 'pg';
import { gatherStatements } from '../platform/postgres/gathered.js';
import { GENERIC_PLANS } from '../platform/postgres/prepared.js';

export interface OrmOptions {
  /** connections at most; each write request holds one */
  poolSize?: number;
  /** rejects when no connection is free or made within this time */
  acquireTimeoutMs?: number;
  /** of statements and waits (platform/postgres/limits.ts); migrations have none */
  timeLimits?: object;
  /** is told of its pool */
  onPool?: (pool: Pool) => void;
}

/** What every ORM of the hub has in common: it makes no schema, caches nothing on disk and says nothing. */
export function ormOptions(
  url: string,
  { poolSize = 10, acquireTimeoutMs = 10_000, timeLimits = {}, onPool = () => {} }: OrmOptions,
): Options {
  return {
    clientUrl: url,
    dbName: databaseOf(url),
    // pg reads the URL itself: MikroORM's reader would lose the query string, and the port of a socket folder.
    driverOptions: {
      connectionString: url,
      min: 0,
      max: poolSize,
      idleTimeoutMillis: 30_000,
      connectionTimeoutMillis: acquireTimeoutMs,
      keepAlive: true,
      application_name: 'credit-hub',
      options: GENERIC_PLANS,
      onPoolCreated: (pool: Pool) => {
        gatherStatements(pool);
        onPool(pool);
      },
      ...timeLimits,
    },
    metadataProvider: ReflectMetadataProvider,
    metadataCache: { enabled: false },
    resultCache: { global: false },
    ensureDatabase: false,
    implicitTransactions: true,
    // Parameters stand in its query log, so it has none: what fails reaches the hub's own log as an error.
    logger: () => {},
    debug: false,
    colors: false,
  };
}

function databaseOf(url: string): string {
  const path = /^[a-z]+:\/\/[^/]*\/([^?]*)/.exec(url)?.[1];
  if (!path) throw new Error('a database URL ends with the name of a database');
  return decodeURIComponent(path);
}
