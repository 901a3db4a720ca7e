import { chmod, chown, mkdir, readFile, realpath, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, sep } from 'node:path';

/** Whom Postgres runs as when the hub is root, which Postgres refuses; null: as the hub itself. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

const NOBODY: Account = { uid: 65534, gid: 65534 };

/** postgres, else nobody, when the hub is root; the owner of `dataFolder` before either, where it exists. */
export async function serverAccount(dataFolder: string): Promise<Account | null> {
  if (process.getuid?.() !== 0) return null;
  const owner = await stat(dataFolder).catch(() => null);
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const lines = (await readFile('/etc/passwd', 'utf8').catch(() => '')).split('\n').map((line) => line.split(':'));
  const entry = lines.find(([name]) => name === 'postgres') ?? lines.find(([name]) => name === 'nobody');
  return entry ? { uid: Number(entry[2]), gid: Number(entry[3]) } : NOBODY;
}

/** Whether the account may read and enter `path` and enter all that is above it. */
export async function canReach(path: string, account: Account): Promise<boolean> {
  const real = await realpath(path).catch(() => null);
  if (real === null || !(await allows(real, account, 0o5))) return false;
  for (let at = dirname(real); ; at = dirname(at)) {
    if (!(await allows(at, account, 0o1))) return false;
    if (at === dirname(at)) return true;
  }
}

/** Whether the account may enter `folder`, which need not be readable to it. */
export async function canEnter(folder: string, account: Account): Promise<boolean> {
  const real = await realpath(folder);
  return (await allows(real, account, 0o1)) && (real === dirname(real) || canEnter(dirname(real), account));
}

async function allows(path: string, { uid, gid }: Account, bits: number): Promise<boolean> {
  const { uid: owner, gid: group, mode } = await stat(path);
  const shift = owner === uid ? 6 : group === gid ? 3 : 0;
  return ((mode >> shift) & bits) === bits;
}

/**
 * A folder that the account can enter, for what cannot stay below a closed one: beside the temporary files when
 * `origin` is one of them, so that it lives no longer, else in /var/lib.
 */
export async function openFolder(origin: string, account: Account): Promise<string> {
  const temporary = [tmpdir(), '/tmp', '/var/tmp'].find((folder) => origin.startsWith(folder + sep));
  for (const base of [temporary, '/var/lib', '/var/tmp', '/tmp']) {
    if (!base || !(await canEnter(base, account).catch(() => false))) continue;
    const folder = join(base, 'credit-hub');
    try {
      await mkdir(folder, { recursive: true });
      const made = await stat(folder);
      // In a folder open to all somebody else may have taken the name: nothing is put under another's control.
      if (made.uid !== 0) continue;
      await chmod(folder, 0o711);
      return folder;
    } catch {}
  }
  throw new Error('no folder that the account of the embedded Postgres can enter could be made');
}

/** A new folder that belongs to the account alone. */
export async function makePrivate(folder: string, account: Account | null): Promise<void> {
  await mkdir(folder, { mode: 0o700 });
  if (account) await chown(folder, account.uid, account.gid);
}
