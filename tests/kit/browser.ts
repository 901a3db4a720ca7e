import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Browser, chromium } from 'playwright-core';
import { runFolder } from './templates.js';

const SYSTEM = ['/usr/bin/chromium', '/usr/bin/google-chrome'];

/**
 * Headless Chromium as npm brings it (x64): unpacked once a worker into the run's folder, with the libraries that a bare
 * Debian lacks. On another processor the system's own stands in, `apt-get install chromium`.
 */
export async function openBrowser(): Promise<Browser> {
  const { executablePath, libraries } = process.arch === 'x64' ? await unpacked() : system();
  return chromium.launch({
    executablePath,
    // Root has no sandbox. The rest is Chromium's own business with hosts elsewhere, which a test must not hear.
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--no-pings',
    ],
    env: { ...process.env, ...(libraries ? { LD_LIBRARY_PATH: libraries } : {}) } as Record<string, string>,
  });
}

async function unpacked() {
  const folder = join(process.env['HUB_TEST_RUN'] ?? (await runFolder()), `browser-${process.pid}`);
  await mkdir(folder, { recursive: true });
  const script = fileURLToPath(new URL('unpackBrowser.mjs', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [script], {
    env: { ...process.env, TMPDIR: folder },
  });
  return { executablePath: stdout, libraries: join(dirname(stdout), 'al2023', 'lib') };
}

function system() {
  const executablePath = SYSTEM.find((path) => existsSync(path));
  if (!executablePath) throw new Error('npm brings Chromium for x64 alone: here `apt-get install chromium` first');
  return { executablePath, libraries: null };
}
