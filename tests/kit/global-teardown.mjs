import { rm } from 'node:fs/promises';
import { stopStrays } from './templates.ts';

/** A test that failed half-way leaves its hub behind; the run does not. */
export default async function teardown() {
  const run = process.env.HUB_TEST_RUN;
  if (!run) return;
  await stopStrays(run);
  await rm(run, { recursive: true, force: true, maxRetries: 3 });
}
