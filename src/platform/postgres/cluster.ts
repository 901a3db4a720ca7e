import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, chown, mkdir, readdir, realpath, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { hasCode, secretFile } from '../files.js';
import { type Account, canEnter, makePrivate, openFolder, serverAccount } from './account.js';
import { postgresFolder } from './binaries.js';
import { run } from './process.js';

/** The files of one embedded Postgres, made and ready to be started. */
export interface Cluster {
  /** real path of the data folder; the postmaster's working directory */
  readonly data: string;
  readonly bin: string;
  readonly account: Account | null;
  /** folder of the Unix socket */
  readonly socket: string;
  /** the server's own log; holds no statements and no values */
  readonly log: string;
  readonly passwords: Passwords;
}

const passwords = z.object({ superuser: z.string(), owner: z.string(), app: z.string(), audit: z.string() });
export type Passwords = z.infer<typeof passwords>;

export const SUPERUSER = 'postgres';

/** sun_path holds 107 bytes and a terminator, of which the socket's name and a slash take 15. */
const LONGEST_SOCKET_FOLDER = 92;

/** Makes what is missing of the cluster in `dataDir`. Several processes at once end with one and the same. */
export async function ensureCluster(dataDir: string): Promise<Cluster> {
  const made = await mkdir(dataDir, { recursive: true });
  // The account of Postgres must get through; the secrets in it are closed one by one. Not below a folder that a
  // person closed, which is why only a folder made here is opened.
  if (made !== undefined) await chmod(dataDir, 0o711);
  const secret = passwords.parse(JSON.parse(await secretFile(join(dataDir, 'pg-passwords.json'), newPasswords)));
  const link = join(dataDir, 'pg');
  const account = await serverAccount(link);
  const bin = join(await postgresFolder(account), 'bin');
  if (!existsSync(join(link, 'PG_VERSION'))) await initialise(dataDir, link, bin, account, secret);
  const data = await realpath(link).catch(() => {
    throw new Error('HUB_DATA/pg points to a folder that is gone: put it back, or remove the link to begin anew');
  });
  return {
    data,
    bin,
    account,
    socket: await socketFolder(data, account),
    log: join(dataDir, 'pg.log'),
    passwords: secret,
  };
}

function newPasswords(): string {
  const one = () => randomBytes(24).toString('base64url');
  return `${JSON.stringify({ superuser: one(), owner: one(), app: one(), audit: one() }, null, 2)}\n`;
}

async function initialise(dataDir: string, link: string, bin: string, account: Account | null, secret: Passwords) {
  await removeAbandoned(dataDir);
  const closed = account !== null && !(await canEnter(dataDir, account));
  const name = `pg.new-${process.pid}-${randomBytes(4).toString('hex')}`;
  // Behind a link the folder keeps its own name for good, and the link is what appears at once.
  const fresh = join(closed ? await openFolder(dataDir, account) : dataDir, closed ? name.replace('.new', '') : name);
  const passwordFile = `${fresh}.password`;
  try {
    await writeFile(passwordFile, secret.superuser, { mode: 0o600, flag: 'wx' });
    if (account) await chown(passwordFile, account.uid, account.gid);
    await makePrivate(fresh, account);
    await run(
      join(bin, 'initdb'),
      [
        `--pgdata=${fresh}`,
        `--username=${SUPERUSER}`,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale=C.UTF-8',
        '--no-instructions',
      ],
      account,
    );
    if (closed) await symlink(fresh, link);
    else await rename(fresh, link);
  } catch (error) {
    await rm(fresh, { recursive: true, force: true });
    // Another process was first: its database is the one.
    if (!hasCode(error, 'EEXIST', 'ENOTEMPTY')) throw error;
  } finally {
    await rm(passwordFile, { force: true });
  }
}

/** What killed first starts left behind. */
async function removeAbandoned(dataDir: string): Promise<void> {
  for (const name of await readdir(dataDir)) {
    const pid = /^pg\.new-(\d+)-/.exec(name)?.[1];
    if (pid && !existsSync(`/proc/${pid}`)) await rm(join(dataDir, name), { recursive: true, force: true });
  }
}

/** The data folder itself, or a short one derived from it, so that every process finds the same. */
async function socketFolder(data: string, account: Account | null): Promise<string> {
  if (Buffer.byteLength(data) <= LONGEST_SOCKET_FOLDER) return data;
  const owner = account?.uid ?? process.getuid?.() ?? 0;
  const folder = `/tmp/credit-hub-${owner}-${createHash('sha256').update(data).digest('hex').slice(0, 16)}`;
  try {
    await makePrivate(folder, account);
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
  }
  // A starter beside this one may have made it a moment ago and not given it away yet: root's is as good.
  const { uid } = await stat(folder);
  if (uid !== owner && uid !== process.getuid?.()) {
    throw new Error(`the socket folder ${folder} belongs to somebody else`);
  }
  return folder;
}
