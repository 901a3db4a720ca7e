import type { Config, DatabaseUrls } from '../../config.js';
import type { Logger } from '../logger.js';
import { ensureCluster } from './cluster.js';
import { checkExternal } from './external.js';
import { Hold } from './hold.js';
import { ensureLogins, urlOf } from './logins.js';
import type { Settings } from './postmaster.js';

/** Where the database is, in use from here until `close`. */
export interface Database extends DatabaseUrls {
  readonly embedded: boolean;
  /** Ends the use, after every pool has ended; the last process out stops the embedded Postgres. */
  close(): Promise<void>;
}

/**
 * The external Postgres of the configuration, looked at and left as it is; or the embedded one, made, started or joined as needed,
 * with the database `hub`, its three logins and the roles by which the weak one acts.
 * @param roles by which a request acts, whose names the policy is made out to
 * @param settings server settings over the usual ones, taken by whichever process starts the server
 */
export async function openDatabase(
  config: Pick<Config, 'dataDir' | 'database'>,
  log: Logger,
  roles: readonly string[],
  settings: Settings = {},
): Promise<Database> {
  if (config.database) {
    await checkExternal(config.database, roles);
    return { ...config.database, embedded: false, close: async () => undefined };
  }
  const cluster = await ensureCluster(config.dataDir);
  const hold = await Hold.take(cluster, settings, log);
  try {
    await ensureLogins(cluster, roles);
  } catch (error) {
    await hold.release();
    throw error;
  }
  return {
    ownerUrl: urlOf(cluster, 'hub_owner'),
    appUrl: urlOf(cluster, 'hub_app'),
    auditUrl: urlOf(cluster, 'hub_audit'),
    embedded: true,
    close: () => hold.release(),
  };
}
