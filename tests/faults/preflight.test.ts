import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { projectRoot } from '../kit/templates.js';

let project: string;

beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), 'preflight-'));
  await cp(join(projectRoot, 'scripts/preflight.cjs'), join(project, 'scripts/preflight.cjs'));
  await symlink(join(projectRoot, 'node_modules'), join(project, 'node_modules'));
  await mkdir(join(project, 'src'));
  await writeFile(join(project, 'package.json'), '{"type":"module"}');
  await writeFile(join(project, 'package-lock.json'), '{}');
  const compilerOptions = {
    outDir: 'dist',
    rootDir: 'src',
    types: [],
    incremental: true,
    tsBuildInfoFile: 'dist/.tsbuildinfo',
  };
  await writeFile(join(project, 'tsconfig.build.json'), JSON.stringify({ compilerOptions, include: ['src'] }));
  await source('main', 'export const one: number = 1;');
  await source('gone', 'export const gone = 1;');
});
afterAll(() => rm(project, { recursive: true }));

const source = (name: string, text: string) => writeFile(join(project, `src/${name}.ts`), text);
const built = (name: string) => join(project, `dist/${name}`);

function preflight(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [join(project, 'scripts/preflight.cjs'), ...args], (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    );
  });
}

test('it says where Node is and nothing else, and builds nothing unasked', async () => {
  const { code, stdout, stderr } = await preflight();
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(/^\/.*\/node\n$/);
  await expect(stat(built('main.js'))).rejects.toThrow();
});

test('several at once build once and all go on; the next one has nothing to do', async () => {
  const all = await Promise.all(Array.from({ length: 4 }, () => preflight('--build')));
  expect(all.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
  expect((await readdir(join(project, 'dist'))).sort()).toEqual(['.build-hash', '.tsbuildinfo', 'gone.js', 'main.js']);
  const { mtimeMs } = await stat(built('.build-hash'));
  expect(await preflight('--build')).toMatchObject({ code: 0, stderr: '' });
  expect((await stat(built('.build-hash'))).mtimeMs).toBe(mtimeMs);
});

test('a failed build says why on stderr, prints no path, and is tried again', async () => {
  await source('main', 'export const one: number = "one";');
  for (let turn = 0; turn < 2; turn++) {
    const { code, stdout, stderr } = await preflight('--build');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('src/main.ts(1,14): error TS2322');
  }
});

test('what has no source any more leaves the build, and a lock of the dead is no obstacle', async () => {
  await source('main', 'export const one = 2;');
  await rm(join(project, 'src/gone.ts'));
  // The number of this very process, with another start: as after a restart of the machine.
  await writeFile(built('.build-lock'), `${process.pid} 1`);
  expect(await preflight('--build')).toMatchObject({ code: 0 });
  expect(await readFile(built('main.js'), 'utf8')).toContain('one = 2');
  expect((await readdir(join(project, 'dist'))).sort()).toEqual(['.build-hash', '.tsbuildinfo', 'main.js']);
});
