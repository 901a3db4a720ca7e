import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import module from '@jest/test-sequencer';

// Jest knows how long a file takes where it has run before, and goes by its size where not: in a fresh clone the longest
// may begin when all others end, and one core waits for it.
const seconds = JSON.parse(readFileSync(new URL('durations.json', import.meta.url), 'utf8'));
const Usual = module.default ?? module;

/** The longest first (durations.json, of files of ten seconds and more), then as Jest would have it. */
export default class LongestFirst extends Usual {
  async sort(tests) {
    const usual = await super.sort([...tests]);
    const of = ({ path, context }) => seconds[relative(context.config.rootDir, path)] ?? 0;
    return usual.toSorted((a, b) => of(b) - of(a));
  }
}
