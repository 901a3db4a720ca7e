/** Names of the built workers, put in by scripts/explorer.mjs. */
declare const WORKERS: { editor: string; graphql: string; json: string };

/**
 * Monaco's workers as files of the hub's own. GraphiQL's `setup-workers` knows Vite, webpack and a CDN; a worker made
 * of a blob would need `worker-src blob:`, one from a CDN would leave the house.
 */
Object.assign(globalThis, {
  MonacoEnvironment: {
    getWorker(_id: string, label: string) {
      const file = label === 'graphql' || label === 'json' ? WORKERS[label] : WORKERS.editor;
      return new Worker(file, { type: 'module', name: label });
    },
  },
});
