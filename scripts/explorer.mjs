/*
 * Builds the explorer's page, src/explorer, into dist/explorer: `index.html` and `assets/`, each asset under a name
 * that says its content. Called by scripts/preflight.cjs when the page or the lockfile changed.
 */
import { createHash } from 'node:crypto';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const page = join(root, 'src/explorer');
const finished = join(root, 'dist/explorer');
const fresh = `${finished}.new`;
const assets = join(fresh, 'assets');
const PUBLIC = '/explorer/assets/';

/** Fonts and pictures that packages write into their style sheets become files: `data:` would need a hole in the policy. */
const dataUrlsToFiles = {
  name: 'data-urls-to-files',
  setup({ onResolve, onLoad }) {
    const found = new Map();
    onResolve({ filter: /^data:/ }, ({ path, kind }) => {
      if (kind !== 'url-token') return null;
      const [, type, base64, content] = /^data:([^;,]*)[^,]*?(;base64)?,(.*)$/s.exec(path);
      const bytes = base64 ? Buffer.from(content, 'base64') : Buffer.from(decodeURIComponent(content));
      const name = createHash('sha256').update(bytes).digest('hex').slice(0, 8);
      const file = `${name}.${type.split('/')[1].replace(/\+.*/, '')}`;
      found.set(file, bytes);
      return { path: file, namespace: 'data-url' };
    });
    onLoad({ filter: /.*/, namespace: 'data-url' }, ({ path }) => ({ contents: found.get(path), loader: 'file' }));
  },
};

/** GraphiQL's one style sheet has Monaco's rules already; its modules would bring them again. */
const monacoStylesOnce = {
  name: 'monaco-styles-once',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]monaco-editor[\\/].*\.css$/ }, () => ({ contents: '', loader: 'css' }));
  },
};

const common = {
  absWorkingDir: root,
  bundle: true,
  format: 'esm',
  target: 'es2023',
  minify: true,
  metafile: true,
  outdir: assets,
  entryNames: '[name]-[hash]',
  chunkNames: 'part-[hash]',
  assetNames: '[name]-[hash]',
  publicPath: PUBLIC,
  legalComments: 'linked',
  logLevel: 'warning',
  define: { 'process.env.NODE_ENV': '"production"' },
  plugins: [dataUrlsToFiles, monacoStylesOnce],
};

/** Where an entry's output of that ending is served. */
function served({ metafile }, entry, ending = '.js') {
  const [output, { cssBundle }] = Object.entries(metafile.outputs).find(([, { entryPoint }]) => entryPoint === entry);
  return PUBLIC + basename(ending === '.css' ? cssBundle : output);
}

rmSync(fresh, { recursive: true, force: true });
const WORKERS = {
  editor: 'node_modules/monaco-editor/esm/vs/editor/editor.worker.js',
  graphql: 'node_modules/monaco-graphql/esm/graphql.worker.js',
  json: 'node_modules/monaco-editor/esm/vs/language/json/json.worker.js',
};
const workers = await build({ ...common, entryPoints: Object.values(WORKERS) });
const workerFiles = Object.fromEntries(Object.entries(WORKERS).map(([label, file]) => [label, served(workers, file)]));
const main = await build({
  ...common,
  entryPoints: ['src/explorer/main.tsx', 'src/explorer/icon.svg'],
  splitting: true,
  jsx: 'automatic',
  loader: { '.svg': 'copy' },
  define: { ...common.define, WORKERS: JSON.stringify(workerFiles) },
});
const files = {
  'main.js': served(main, 'src/explorer/main.tsx'),
  'main.css': served(main, 'src/explorer/main.tsx', '.css'),
  'icon.svg': served(main, 'src/explorer/icon.svg'),
};
const html = readFileSync(join(page, 'index.html'), 'utf8');
writeFileSync(
  join(fresh, 'index.html'),
  html.replace(/\{\{(.+?)\}\}/g, (_, name) => files[name]),
);
rmSync(finished, { recursive: true, force: true });
renameSync(fresh, finished);
