import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import {
  appendFile,
  chmod,
  link,
  mkdir,
  readdir,
  readFile,
  readlink,
  rename,
  rm,
  stat,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
export const projectRoot = resolve(import.meta.dirname, '../..');
const KEEP_MS = 60 * 60 * 1000;
/** Short, or sockets would not fit; open to pass through, for the account of Postgres when the tests run as root. */
export async function temporaryRoot() {
  const root = join(tmpdir(), `hub-tests-${process.getuid?.() ?? 0}`);
  await mkdir(root, { recursive: true });
  await chmod(root, 0o711);
  return root;
}
/**
 * A folder that a hub filled on a first start and left stopped, to be copied: `make` fills it when this build has
 * none for these variables yet. Later runs of the same build find it again.
 */
export async function templateFolder(variables, make) {
  const build = await readFile(join(projectRoot, 'dist/.build-hash'), 'utf8');
  const key = createHash('sha256').update(JSON.stringify([build, today(), await inputsOfTheBuild(), variables]));
  const template = join(await temporaryRoot(), `template-${key.digest('hex').slice(0, 12)}`);
  const lock = `${template}.lock`;
  for (; !existsSync(template); await delay(25)) {
    if (!(await takeLock(lock))) continue;
    try {
      if (existsSync(template)) break;
      const fresh = `${template}.new`;
      await rm(fresh, { recursive: true, force: true });
      await make(fresh);
      // No test pulls the plug of the machine, and everything short of it is survived without waiting for the disk.
      await appendFile(join(fresh, 'pg/postgresql.auto.conf'), 'fsync = off\nfull_page_writes = off\n');
      await rename(fresh, template);
    } finally {
      await rm(lock, { force: true });
    }
  }
  const now = new Date();
  await utimes(template, now, now);
  return template;
}
/** What a first start reads besides dist: migrations and catalogue data may be plain files. */
async function inputsOfTheBuild() {
  const hash = createHash('sha256');
  const folder = join(projectRoot, 'migrations');
  if (existsSync(folder)) {
    for (const name of (await readdir(folder, { recursive: true })).sort()) {
      const file = join(folder, name);
      if ((await stat(file)).isFile()) hash.update(name).update(await readFile(file));
    }
  }
  return hash.digest('hex');
}
const today = () => new Date().toISOString().slice(0, 10);
/** Written aside and linked, so that it never stands there empty; a dead holder's is taken away. */
async function takeLock(lock) {
  const own = `${lock}-${process.pid}`;
  await writeFile(own, String(process.pid));
  try {
    await link(own, lock);
    return true;
  } catch {
    const holder = await readFile(lock, 'utf8').catch(() => null);
    if (holder !== null && !existsSync(`/proc/${holder}`)) await rm(lock, { force: true });
    return false;
  } finally {
    await rm(own, { force: true });
  }
}
/** Copies a stopped hub's folder, sharing blocks where the file system can. */
export async function copyTemplate(template, to) {
  await promisify(execFile)('cp', ['-a', '--reflink=auto', template, to]);
}
/** Templates nobody used for an hour, and run folders whose end was cut off. */
export async function removeOldTemplates() {
  const root = await temporaryRoot();
  for (const name of await readdir(root)) {
    const folder = join(root, name);
    const made = await stat(folder).catch(() => null);
    if (!made || Date.now() - made.mtimeMs < KEEP_MS) continue;
    await stopStrays(folder);
    await rm(folder, { recursive: true, force: true });
  }
}
/** Kills the postmasters whose data lies below `folder`, and waits until they are gone. */
export async function stopStrays(folder) {
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number)) {
    const below = async () => (await readlink(`/proc/${pid}/cwd`).catch(() => '')).startsWith(`${folder}/`);
    if (!(await below())) continue;
    try {
      process.kill(pid, 'SIGQUIT');
    } catch {}
    for (let turns = 0; turns < 200 && (await below()); turns++) await delay(10);
  }
}
