import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** The file's text, or null where there is none. */
export async function readIfThere(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR', 'ESRCH')) return null;
    throw error;
  }
}

/**
 * The text of a secret file (0600), made with `make()` where there is none. Of several processes that make it at once
 * all get the text of the one that came first, and nobody reads half a file, not even after a lost power supply.
 */
export async function secretFile(file: string, make: () => string): Promise<string> {
  const there = await readIfThere(file);
  if (there !== null) return there;
  await mkdir(dirname(file), { recursive: true, mode: 0o711 });
  const fresh = `${file}.new-${process.pid}-${randomBytes(4).toString('hex')}`;
  try {
    const handle = await open(fresh, 'wx', 0o600);
    try {
      await handle.writeFile(make());
      await handle.sync();
    } finally {
      await handle.close();
    }
    await link(fresh, file);
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
  } finally {
    await rm(fresh, { force: true });
  }
  return readFile(file, 'utf8');
}

/**
 * Puts another text in the place of a secret file's, under the same owner: readers see the one or the other, after a
 * lost power supply too.
 */
export async function replaceFile(file: string, text: string): Promise<void> {
  const { uid, gid } = await stat(file);
  const fresh = `${file}.new-${process.pid}-${randomBytes(4).toString('hex')}`;
  try {
    const handle = await open(fresh, 'wx', 0o600);
    try {
      await handle.writeFile(text);
      await handle.chown(uid, gid);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(fresh, file);
    await syncFolder(dirname(file));
  } finally {
    await rm(fresh, { force: true });
  }
}

/** Adds a line to a file (0600), on the disk with its folder's entry before it returns. */
export async function appendLine(file: string, line: string): Promise<void> {
  const handle = await open(file, 'a', 0o600);
  try {
    await handle.writeFile(`${line}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await syncFolder(dirname(file));
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

export function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  // Not by instanceof: a test runner's errors of the system come from outside its realm.
  return typeof error === 'object' && error !== null && 'code' in error && codes.includes(String(error.code));
}
