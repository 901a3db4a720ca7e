import { join } from 'node:path';
import type { Config } from '../config.js';
import type { Keys } from '../platform/crypto.js';
import { LogCopy } from './copy.js';
import { pemOf } from './head.js';
import { AuditLog, type Connections } from './log.js';
import { treeOf } from './merkle.js';

export const copyFolder = (config: Pick<Config, 'dataDir'>): string => join(config.dataDir, 'audit');

/** The log of this hub: its events in the database, its hashes and heads in `$HUB_DATA/audit`. */
export async function openAuditLog(from: {
  config: Pick<Config, 'dataDir' | 'auditHash'>;
  keys: Pick<Keys, 'signingPair'>;
  owner: Connections;
}): Promise<{ log: AuditLog; copy: LogCopy }> {
  const pair = from.keys.signingPair('audit head');
  const copy = new LogCopy(copyFolder(from.config));
  await copy.open(from.config.auditHash, pemOf(pair.publicKey));
  return { log: new AuditLog(from.owner, copy, treeOf(from.config.auditHash), pair), copy };
}
