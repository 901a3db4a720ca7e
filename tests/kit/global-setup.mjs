import { removeOldTemplates, runFolder } from './templates.ts';

/** One folder for everything that the run's hubs keep on disk; the workers inherit its name. */
export default async function setup() {
  process.env.HUB_TEST_RUN = await runFolder();
  await removeOldTemplates();
}
