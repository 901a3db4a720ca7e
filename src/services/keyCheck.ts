import { ConfigError } from '../config.js';
import type { Keys } from '../platform/crypto.js';
import { sql } from '../platform/sql.js';
import type { OwnerQuery } from './reference.js';

/**
 * Compares the keys with those that the database was sealed with, and notes the new ones. With other keys everything
 * sealed would look gone, every person would be a new one, and what is sealed meanwhile would be lost with them.
 * @throws {ConfigError} when a key is another one, or one that is needed is missing
 */
export const checkKeys =
  ({ fingerprints }: Pick<Keys, 'fingerprints'>) =>
  async (query: OwnerQuery): Promise<void> => {
    const known = await query<{ name: string; fingerprint: string }>(sql`select name, fingerprint from key_check`);
    const all = fingerprints();
    for (const { name, fingerprint } of known) {
      const held = all.get(name);
      if (held === fingerprint) continue;
      const what = held === undefined ? `lacks the key ${name}` : `has another key ${name} than the one`;
      throw new ConfigError('HUB_KEYS', `must name the key file of this database: it ${what} it was sealed with`);
    }
    for (const [name, fingerprint] of all) {
      await query(
        sql`insert into key_check (name, fingerprint) values (${name}, ${fingerprint}) on conflict do nothing`,
      );
    }
  };

/** The database does without these keys from now on (custody/rotation.ts). */
export const forgetKeys = (query: OwnerQuery, names: readonly string[]): Promise<unknown> =>
  query(sql`delete from key_check where name = any(${[...names]}::text[])`);
