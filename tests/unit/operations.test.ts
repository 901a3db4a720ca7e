import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

/** The variables that config.ts takes, by the keys of its one schema. */
const VARIABLES = [...read('src/config.ts').matchAll(/^ {2}([A-Z][A-Z_]+): /gm)].map(([, name]) => name as string);

test('the operator’s manual has every variable in its table, and none that is not read', () => {
  expect(VARIABLES.length).toBeGreaterThan(15);
  const table = read('docs/operations.md').split('## 九')[1] ?? '';
  const described = [...table.matchAll(/^\| (`[^|]*) \|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`([A-Z_]+)`/g)].map(([, name]) => name as string),
  );
  expect(described.sort()).toEqual([...VARIABLES].sort());
});
