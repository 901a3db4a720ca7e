import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { ROLE_NAMES } from '../../src/permissions/roles.js';
import { projectRoot } from '../kit/templates.js';
import { violations } from './rules.js';

test('the house keeps its rules', async () => {
  const files = new Map<string, string>();
  for (const name of await readdir(join(projectRoot, 'src'), { recursive: true })) {
    if (/\.tsx?$/.test(name)) files.set(`src/${name}`, await readFile(join(projectRoot, 'src', name), 'utf8'));
  }
  expect(files.size).toBeGreaterThan(20);
  // Joined, so that a failure prints each sentence on a line of its own.
  expect(violations(files, ROLE_NAMES).join('\n')).toBe('');
});

describe('each rule bites', () => {
  const broken: [rule: string, path: string, text: string, says: RegExp][] = [
    [
      'downward',
      'src/services/lists/listing.ts',
      `import { x } from '../../resolvers/lists/list.js';`,
      /a floor above/,
    ],
    ['downward, types too', 'src/platform/a.ts', `import type { X } from '../permissions/roles.js';`, /a floor above/],
    ['downward, re-exported', 'src/catalogue/a.ts', `export * from '../entities/a.js';`, /a floor above/],
    ['downward, dynamic', 'src/entities/a.ts', `await import('../services/a.js');`, /a floor above/],
    ['downward, in a type', 'src/entities/a.ts', `type A = import('../services/a.js').A;`, /a floor above/],
    ['below build', 'src/resolvers/a/a.ts', `import { s } from '../../schema/build.js';`, /a floor above/],
    ['doors', 'src/schema/lists/list.ts', `import { R } from '../../resolvers/lists/list.js';`, /imports the resolver/],
    ['doors, cli', 'src/cli/import.ts', `import { R } from '../resolvers/lists/list.js';`, /imports the resolver/],
    ['drivers', 'src/exchange/a.ts', `import { T } from '../schema/lists/list.js';`, /without GraphQL/],
    ['drivers, jobs', 'src/jobs/a.ts', `import { T } from '../schema/lists/list.js';`, /without GraphQL/],
    ['doors, jobs', 'src/jobs/a.ts', `import { R } from '../resolvers/lists/list.js';`, /imports the resolver/],
    ['jobs are below the server', 'src/jobs/a.ts', `import { h } from '../house.js';`, /a floor above/],
    ['no web', 'src/services/a/a.ts', `import { GraphQLError } from 'graphql';`, /neither GraphQL nor HTTP/],
    ['no web', 'src/entities/a/a.ts', `import { ObjectType } from 'type-graphql';`, /neither GraphQL nor HTTP/],
    ['explorer is imported by nobody', 'src/server/a.ts', `import { x } from '../explorer/csv.js';`, /a floor above/],
    ['browser', 'src/explorer/a.tsx', `import { ROLES } from '../permissions/roles.js';`, /takes nothing of the house/],
    ['browser', 'src/explorer/a.ts', `import { x } from '../server/explorerFacts.js';`, /takes nothing of the house/],
    ['browser', 'src/explorer/a.ts', `import type { X } from '../server/errors.js';`, /takes nothing of the house/],
    ['browser', 'src/explorer/a.ts', `import { join } from 'node:path';`, /takes nothing of the house/],
    ['environment', 'src/server/a.ts', `const p = process.env['PORT'];`, /reads process\.env/],
    ['roles', 'src/services/a/a.ts', `if (name === 'AUDITOR') x();`, /decides by a role's name/],
    ['roles, also a function', 'src/services/a/a.ts', `const c = actor.role === 'COURT';`, /decides by a role's name/],
    [
      'roles, in a case',
      'src/server/a.ts',
      `switch (actor.role) {\n  case 'SUBJECT': x();\n}`,
      /decides by a role's name/,
    ],
    ['size', 'src/services/a/a.ts', 'x();\n'.repeat(401), /401 lines/],
    ['names', 'src/platform/utils/a.ts', '', /named utils/],
    ['floors', 'src/misc/a.ts', '', /no floor/],
  ];
  test.each(broken)('%s: %s', (_rule, path, text, says) => {
    const found = violations(new Map([[path, text]]), ROLE_NAMES);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(says);
    expect(found[0]?.startsWith(path)).toBe(true);
  });

  const sound: [path: string, text: string][] = [
    ['src/resolvers/lists/list.ts', `import { ListType } from '../../schema/lists/list.js';`],
    ['src/schema/build.ts', `import { R } from '../resolvers/lists/list.js';`],
    ['src/server/http.ts', `import { R } from '../resolvers/lists/list.js';\nimport express from 'express';`],
    ['src/permissions/compile/shield.ts', `import { rule } from 'graphql-shield';`],
    ['src/services/a/a.ts', `const f = 'COURT';\nimport { x } from '../../loaders/a.js';`],
    ['src/explorer/a.tsx', `import type { X } from '../server/explorerFacts.js';\nimport { useState } from 'react';`],
    ['src/permissions/verbs.ts', `export const who = ['AUDITOR'];`],
    ['src/services/a/b.ts', 'x();\n'.repeat(400)],
  ];
  test.each(sound)('%s may', (path, text) => {
    expect(violations(new Map([[path, text]]), ROLE_NAMES)).toEqual([]);
  });
});
