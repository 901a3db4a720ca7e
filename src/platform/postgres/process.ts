import { spawn } from 'node:child_process';
import type { Account } from './account.js';

/** Neither the hub's secrets nor the user's locale reach Postgres. */
export const SERVER_ENVIRONMENT = { PATH: '/usr/bin:/bin', LC_ALL: 'C.UTF-8', TZ: 'UTC' };

/** Runs a program of Postgres to its end; what it says on stderr is the error's message when it fails. */
export async function run(program: string, args: readonly string[], account: Account | null): Promise<void> {
  const child = spawn(program, args, {
    ...account,
    cwd: '/',
    env: SERVER_ENVIRONMENT,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-2000);
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('close', resolve);
  });
  if (code !== 0) throw new Error(`${program.split('/').at(-1)} ended with ${code}: ${said.trim()}`);
}
