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
  await writeFile(
    join(project, 'tsconfig.build.json'),
    JSON.stringify({ compilerOptions, include: ['src'], exclude: ['src/explorer'] }),
  );
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

test('the explorer’s page is built apart: each product only when it changed itself', async () => {
  const times = async () =>
    Object.fromEntries(
      await Promise.all(
        ['.build-hash', '.page-hash'].map(async (name) => [name, (await stat(built(name))).mtimeMs] as const),
      ),
    );
  await mkdir(join(project, 'src/explorer'));
  await writeFile(join(project, 'src/explorer/page.ts'), 'export const page = 1;');
  await writeFile(
    join(project, 'scripts/explorer.mjs'),
    `import { cpSync } from 'node:fs'; cpSync('src/explorer/page.ts', 'dist/explorer/assets/page.js');`,
  );
  expect(await preflight('--build')).toMatchObject({ code: 0, stderr: '' });
  const first = await times();
  await writeFile(join(project, 'src/explorer/page.ts'), 'export const page = 2;');
  expect(await preflight('--build')).toMatchObject({ code: 0, stderr: '' });
  expect(await readFile(built('explorer/assets/page.js'), 'utf8')).toContain('page = 2');
  const second = await times();
  expect(second['.build-hash']).toBe(first['.build-hash']);
  await source('main', 'export const one: number = 3;');
  expect(await preflight('--build')).toMatchObject({ code: 0, stderr: '' });
  expect((await times())['.page-hash']).toBe(second['.page-hash']);
  // What the compiler never wrote, it does not tidy away.
  expect(await readdir(built('explorer/assets'))).toEqual(['page.js']);

  await writeFile(join(project, 'scripts/explorer.mjs'), `throw new Error('no page today');`);
  const { code, stdout, stderr } = await preflight('--build');
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toContain('no page today');
  await rm(join(project, 'src/explorer'), { recursive: true });
  await rm(built('explorer'), { recursive: true });
  await rm(built('.page-hash'), { force: true });
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
