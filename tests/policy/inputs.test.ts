import { describe, expect, test } from '@jest/globals';
import { GraphQLObjectType, GraphQLSchema, GraphQLString, parse } from 'graphql';
import { labelledFields } from '../../src/permissions/compile/labels.js';
import { guard, guardsOf } from '../../src/permissions/compile/shield.js';
import { ROLE_NAMES, type Role } from '../../src/permissions/roles.js';
import type { HubError } from '../../src/platform/errors.js';
import { buildPlainSchema, buildSchemas } from '../../src/schema/build.js';
import { RequestContext } from '../../src/server/context.js';
import { callerOf, stated } from './cast.js';

const plain = buildPlainSchema();
const guards = guardsOf(plain);

/** Who never reads fields of a label, from the reference: 政务共享 is not the public's, nor of those who only keep house. */
const NEVER: Record<string, readonly Role[]> = {
  GOVERNMENT: ['PUBLIC', 'ORGANISATION_DEPARTMENT', 'CADRE_OFFICER', 'SYSTEM_ADMIN', 'SECURITY_ADMIN'],
  COLLECTED: [
    ...['PUBLIC', 'ORGANISATION_DEPARTMENT', 'CADRE_OFFICER', 'GOVERNMENT_OFFICE', 'ANALYST'],
    ...['SYSTEM_ADMIN', 'SECURITY_ADMIN'],
  ] as Role[],
  AUDIT: ROLE_NAMES.filter((role) => role !== 'SUBJECT' && role !== 'AUDITOR'),
};

const CASES = labelledFields(plain).flatMap(({ coordinate, inputs }) =>
  Object.entries(inputs).map(([at, labels]) => ({ coordinate, at, labels })),
);
const codeOf = (work: () => unknown): string => {
  try {
    work();
    return 'passes';
  } catch (error) {
    return `${(error as HubError).code} ${(error as HubError).field ?? ''}`.trim();
  }
};

describe('whoever may not read a field whole selects no rows by it', () => {
  test('there are such arguments, of the log and of what departments share', () => {
    expect(new Set(CASES.flatMap(({ labels }) => labels))).toEqual(new Set(['AUDIT', 'GOVERNMENT', 'COLLECTED']));
  });

  test.each(CASES)('$coordinate($at)', ({ coordinate, at, labels }) => {
    const [argument = '', field] = at.split('.');
    const args = { [argument]: field ? { [field]: 'x' } : 'x' };
    for (const role of ROLE_NAMES) {
      const actor = stated(callerOf(role), 'case');
      const row = { subjectId: actor.subjectId };
      const [bare, given] = [{}, args].map((one) => codeOf(() => guards.get(coordinate)?.(row, actor, one)));
      if (labels.some((label) => NEVER[label]?.includes(role)))
        expect([role, given]).toEqual([role, expect.stringMatching(/^FORBIDDEN/)]);
      else expect([role, given]).toEqual([role, bare]);
    }
  });

  test('where the field itself is open, the argument is refused by its name, and only when it is given', () => {
    // Nobody has an open field with a narrow argument today: the same guard, of a field that is made so.
    const opened = new GraphQLObjectType({
      name: 'Opened',
      fields: {
        list: {
          type: GraphQLString,
          args: { filter: { type: plain.getType('AccessEventFilter') as never } },
          extensions: { label: 'OPEN' },
        },
      },
    });
    const config = plain.toConfig();
    const judge = guardsOf(new GraphQLSchema({ ...config, types: [...config.types, opened] })).get('Opened.list');
    const department = stated(callerOf('DEPARTMENT'), 'case');
    const auditor = callerOf('AUDITOR');
    expect(codeOf(() => judge?.({}, department, { filter: { outcomes: ['OK'] } }))).toBe('FORBIDDEN filter.outcomes');
    for (const args of [{}, { filter: null }, { filter: {} }, { filter: { outcomes: null } }])
      expect(codeOf(() => judge?.({}, department, args))).toBe('passes');
    const asked = { filter: { outcomes: ['OK'] } };
    expect(codeOf(() => judge?.({}, stated(auditor, 'purpose'), asked))).toBe('passes');
    expect(codeOf(() => judge?.({}, stated(auditor, 'nothing'), asked))).toBe('PURPOSE_REQUIRED');
  });
});

test('an argument that nobody decided about stops the start, by name', () => {
  const { description: _, ...query } = (plain.getQueryType() as GraphQLObjectType).toConfig();
  const viewer = { ...query.fields['viewer'], args: { like: { type: GraphQLString } } };
  const renamed = new GraphQLObjectType({ ...query, fields: { ...query.fields, viewer: viewer as never } });
  const config = plain.toConfig();
  const changed = new GraphQLSchema({
    ...config,
    query: renamed,
    types: config.types.filter(({ name }) => name !== 'Query'),
  });
  expect(() => guard(changed)).toThrow('Query.viewer(like) has no line in src/permissions/inputs.ts');
});

test('the completer asks the same of arguments, before anything is read', async () => {
  const { completer } = buildSchemas();
  const { actor } = callerOf('DEPARTMENT');
  const context = new RequestContext(
    { actor, language: 'en', traceId: '', idempotencyKey: null },
    {} as never,
    {} as never,
    {} as never,
  );
  let read = 0;
  context.openRead({
    actor,
    today: '2026-11-20',
    query: async () => {
      read += 1;
      return [];
    },
  });
  const document = parse('{ accessEvents(filter: { outcomes: ["OK"] }) { nodes { id } } }');
  const operation = document.definitions[0] as never;
  expect(await completer.complete({ document, operation, variables: {} }, context)).toBeNull();
  expect(read).toBe(0);
});
