import { describe, expect, test } from '@jest/globals';
import { GraphQLObjectType, GraphQLSchema, GraphQLString } from 'graphql';
import { labelledFields, objectTypesOf } from '../../src/permissions/compile/labels.js';
import { guard } from '../../src/permissions/compile/shield.js';
import { ROOT_FIELDS } from '../../src/permissions/verbs.js';
import { buildPlainSchema } from '../../src/schema/build.js';

const plain = buildPlainSchema();

/** The hub's own schema with one type more or another root. */
function changed(types: GraphQLObjectType[], query?: GraphQLObjectType): GraphQLSchema {
  const config = plain.toConfig();
  const others = config.types.filter(({ name }) => name !== query?.name);
  return new GraphQLSchema({ ...config, query: query ?? config.query, types: [...others, ...types] });
}

const type = (name: string, label?: unknown) =>
  new GraphQLObjectType({ name, fields: { secret: { type: GraphQLString, extensions: { label } } } });

describe('the start fails, by name, on', () => {
  test.each([
    ['no label', undefined],
    ['a label that there is not', 'PRIVATE'],
  ])('a field with %s', (_name, label) => {
    expect(() => guard(changed([type('Added', label)]))).toThrow('Added.secret has no label');
    expect(() => guard(changed([type('Added', 'OPEN')]))).not.toThrow();
  });

  test('a root field without a cell, and a cell without a root field', () => {
    const { description: _, ...query } = (plain.getQueryType() as GraphQLObjectType).toConfig();
    const { viewer, ...others } = query.fields;
    const renamed = new GraphQLObjectType({ ...query, fields: { ...others, me: viewer as never } });
    expect(() => guard(changed([], renamed))).toThrow(/Query\.me has no cell[\s\S]*the cell of viewer names no root/);
  });

  test('all that is wrong at once', () => {
    expect(() => guard(changed([type('One'), type('Two')]))).toThrow(/One\.secret[\s\S]*Two\.secret/);
  });
});

test('every field of every object type has its label or its cell', () => {
  const all = objectTypesOf(plain).flatMap((object) =>
    Object.keys(object.getFields()).map((field) => `${object.name}.${field}`),
  );
  const fields = labelledFields(plain);
  expect(fields.map(({ coordinate }) => coordinate).sort()).toEqual(all.sort());
  expect(fields.filter(({ label }) => label === null).map(({ field }) => field)).toHaveLength(ROOT_FIELDS.length);
});

test('a guarded field is wrapped, an OPEN one is not: it pays for nothing', () => {
  const guarded = guard(buildPlainSchema());
  const before = buildPlainSchema();
  const resolverOf = (schema: GraphQLSchema, coordinate: string) => {
    const [of = '', field = ''] = coordinate.split('.');
    return (schema.getType(of) as GraphQLObjectType).getFields()[field]?.resolve;
  };
  for (const { coordinate, label, inputs, nullable } of labelledFields(before)) {
    const wrapped = String(resolverOf(guarded, coordinate)) !== String(resolverOf(before, coordinate));
    // An open page is guarded only where its arguments tell of more (inputs.ts).
    const narrow = nullable && Object.keys(inputs).length > 0;
    if (label === 'OPEN') expect([coordinate, wrapped]).toEqual([coordinate, narrow]);
    if (label === null || label === 'GOVERNMENT') expect([coordinate, wrapped]).toEqual([coordinate, true]);
  }
});
