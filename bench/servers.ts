import { type ChildProcess, spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { ServerName } from './workloads/types.js';

export const projectRoot = resolve(import.meta.dirname, '../../..');

export interface Running {
  url: string;
  pid: number;
  stop(): Promise<void>;
}

/** What each server needs to know. */
export interface Setup {
  dataDir: string;
  today: string;
  /** what the limit and PostGraphile are told, as they read it */
  limit?: object;
  postgraphile?: object;
  /** where to leave the hub's CPU profile, if anywhere */
  profile: string | null;
}

/** Starts one of the three as a process of its own; the hub as `npm start` does. */
export function startServer(
  name: ServerName,
  { dataDir, today, limit, postgraphile, profile }: Setup,
): Promise<Running> {
  const own = Object.entries(process.env).filter(([key]) => !/^(HUB_|DATABASE_URL$|PORT$|NODE_OPTIONS$)/.test(key));
  const base = { ...Object.fromEntries(own), NODE_ENV: name === 'postgraphile' ? 'production' : 'development' };
  const bench = (file: string, setup: object | undefined): Promise<Running> =>
    launch([join(import.meta.dirname, file)], { ...base, BENCH_SETUP: JSON.stringify(setup) });
  if (name === 'limit') return bench('limit/main.js', limit);
  if (name === 'postgraphile') return bench('postgraphile/main.js', postgraphile);
  const flags = profile ? ['--cpu-prof', `--cpu-prof-dir=${profile}`] : [];
  const env = { ...base, HUB_DATA: dataDir, HUB_NOW: today, HUB_DEMO: '0', HUB_JOBS: '0', PORT: '0' };
  return launch([...flags, join(projectRoot, 'dist/main.js')], env);
}

async function launch(args: string[], env: NodeJS.ProcessEnv): Promise<Running> {
  const child = spawn(process.execPath, args, { cwd: projectRoot, env, stdio: ['ignore', 'pipe', 'inherit'] });
  const url = await new Promise<string>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`${args.at(-1)} ended with ${code} before it was ready`)));
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (!line.includes('"ready"')) return;
      resolve(JSON.parse(line).url);
      // What else it logs is read by nobody, but it must not fill the pipe.
      child.stdout.removeAllListeners('data');
      child.stdout.resume();
    });
  });
  return { url, pid: child.pid as number, stop: () => stop(child) };
}

function stop(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });
}
