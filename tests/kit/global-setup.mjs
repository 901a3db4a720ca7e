import { join } from 'node:path';
import { removeOldTemplates, runFolder, temporaryRoot } from './templates.ts';

/** One folder for everything that the run's hubs keep on disk; the workers inherit its name. */
export default async function setup() {
  process.env.HUB_TEST_RUN = await runFolder();
  // Hundreds of processes of the hub compile the same files: what one has compiled, the others read.
  process.env.NODE_COMPILE_CACHE ??= join(await temporaryRoot(), 'compiled');
  await removeOldTemplates();
}
