import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, openSync } from 'node:fs';
import { link, readFile, readlink, rename, rm, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { hasCode, readIfThere } from '../files.js';
import type { Cluster } from './cluster.js';
import { SERVER_ENVIRONMENT } from './process.js';

/** Server settings by name. */
export type Settings = Readonly<Record<string, string | number>>;

/** For two cores and a few GB, shared with Node. */
const SETTINGS: Settings = {
  listen_addresses: '',
  max_connections: 100,
  shared_buffers: '256MB',
  effective_cache_size: '1GB',
  work_mem: '16MB',
  maintenance_work_mem: '128MB',
  max_wal_size: '2GB',
  checkpoint_timeout: '15min',
  random_page_cost: 1.1,
  // Both cost more than they give on many short statements and few cores.
  jit: 'off',
  max_parallel_workers_per_gather: 0,
  timezone: 'UTC',
  log_timezone: 'UTC',
  // The log must hold no personal data: neither statements, nor values in messages, nor the DETAIL of an error.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_parameter_max_length_on_error: 0,
};

const START_MS = 60_000;
const STOP_MS = 60_000;
const LONGEST_LOG = 8 * 1024 * 1024;

/** What a start that lost against another says; everything else is final. */
const LOST = /lock file "[^"]*" already exists|pre-existing shared memory block|is another postmaster/;

/** Returns when a postmaster serves the cluster: one that runs already, or one started here and left detached. */
export async function ensureRunning(cluster: Cluster, settings: Settings = {}): Promise<void> {
  const deadline = Date.now() + START_MS;
  while (Date.now() < deadline) {
    const state = await stateOf(cluster);
    if (state?.ready) return;
    // Another process is starting or stopping it.
    if (state) await delay(10);
    else await start(cluster, settings, deadline);
  }
  throw new Error(`the embedded Postgres was not ready within ${START_MS / 1000} s; its log is HUB_DATA/pg.log`);
}

/** Asks the postmaster to stop (open transactions roll back) and waits until it is gone. */
export async function stopPostmaster(cluster: Cluster): Promise<void> {
  const state = await stateOf(cluster);
  if (!state) return;
  try {
    process.kill(state.pid, 'SIGINT');
  } catch (error) {
    if (!hasCode(error, 'ESRCH')) throw error;
  }
  const deadline = Date.now() + STOP_MS;
  while (await isPostmaster(state.pid, cluster)) {
    if (Date.now() > deadline) throw new Error(`the embedded Postgres did not stop within ${STOP_MS / 1000} s`);
    await delay(10);
  }
}

/** The process that `postmaster.pid` names, when it lives and is this cluster's. */
export async function stateOf(cluster: Cluster): Promise<{ pid: number; ready: boolean } | null> {
  const lines = (await readIfThere(join(cluster.data, 'postmaster.pid')))?.split('\n') ?? [];
  const pid = Number(lines[0]);
  if (!pid || !(await isPostmaster(pid, cluster))) return null;
  return { pid, ready: lines[7]?.trim() === 'ready' };
}

/** A number may have passed on to another process, most easily in a container: the working directory tells. */
async function isPostmaster(pid: number, { data }: Cluster): Promise<boolean> {
  try {
    return (await readlink(`/proc/${pid}/cwd`)) === data;
  } catch (error) {
    if (!hasCode(error, 'EACCES', 'EPERM')) return false;
    // Root without the right to trace: the command line stands open, and is empty once the process has ended.
    return ((await readIfThere(`/proc/${pid}/cmdline`)) ?? '').split('\0').includes(data);
  }
}

async function start(cluster: Cluster, settings: Settings, deadline: number): Promise<void> {
  await removeStalePidFile(cluster);
  const { size } = await stat(cluster.log).catch(() => ({ size: 0 }));
  if (size > LONGEST_LOG) await truncate(cluster.log);
  const log = openSync(cluster.log, 'a', 0o600);
  const all: Settings = { ...SETTINGS, unix_socket_directories: `"${cluster.socket}"`, ...settings };
  const child = spawn(
    join(cluster.bin, 'postgres'),
    ['-D', cluster.data, ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    { ...cluster.account, cwd: '/', env: SERVER_ENVIRONMENT, detached: true, stdio: ['ignore', log, log] },
  );
  closeSync(log);
  const end: { how: string | Error | null } = { how: null };
  child.once('error', (error) => {
    end.how = error;
  });
  child.once('exit', (code, signal) => {
    end.how = `it ended with ${signal ?? code}`;
  });
  child.unref();
  while (end.how === null && Date.now() < deadline) {
    const state = await stateOf(cluster);
    if (state?.ready && state.pid === child.pid) return;
    await delay(10);
  }
  if (end.how instanceof Error) throw end.how;
  if (end.how === null) return;
  const said = (await readFile(cluster.log)).subarray(size > LONGEST_LOG ? 0 : size).toString();
  if (LOST.test(said)) return void (await delay(50));
  if (await stateOf(cluster)) return;
  const reason = /FATAL: {2}(.*)/.exec(said)?.[1] ?? said.trim().split('\n').at(-1) ?? end.how;
  throw new Error(`the embedded Postgres does not start: ${reason}; its log is HUB_DATA/pg.log`);
}

/**
 * Postgres itself refuses to start while the number in an old `postmaster.pid` belongs to any living process of its
 * account. The file is taken aside first and read again: a start beside this one may have put a fresh one in place.
 */
async function removeStalePidFile(cluster: Cluster): Promise<void> {
  const file = join(cluster.data, 'postmaster.pid');
  const pid = Number((await readIfThere(file))?.split('\n')[0]);
  if (!pid || (await isPostmaster(pid, cluster))) return;
  const aside = `${file}.stale-${randomBytes(4).toString('hex')}`;
  try {
    await rename(file, aside);
    const taken = Number((await readIfThere(aside))?.split('\n')[0]);
    if (taken !== pid) await link(aside, file);
  } catch (error) {
    if (!hasCode(error, 'ENOENT', 'EEXIST')) throw error;
  } finally {
    await rm(aside, { force: true });
  }
}
