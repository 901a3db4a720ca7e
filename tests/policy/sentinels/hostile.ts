import {
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';
import { fromGlobalId, toGlobalId } from '../../../src/platform/ids.js';
import { encodeCursor } from '../../../src/services/reading/shape.js';
import type { GraphqlOptions, Hub } from '../../kit/hub.js';
import { rootDocument } from '../documents.js';
import type { Seeded } from '../seed/world.js';
import { type Leaving, leaving } from './crawl.js';

/** What an attacker knows already and sends: it must come back in no answer and stand in no log. */
export interface Known {
  citizenId: string;
  phone: string;
  name: string;
}

/** An input object filled throughout: with texts of one kind, with ids of rows that are somebody else's. */
function filled(type: GraphQLInputType, text: string, id: string, deep = 0): unknown {
  const inner = isNonNullType(type) ? type.ofType : type;
  if (isListType(inner)) return [filled(inner.ofType, text, id, deep + 1)];
  if (isEnumType(inner)) return inner.getValues()[0]?.name;
  if (isInputObjectType(inner)) {
    if (deep > 4) return {};
    return Object.fromEntries(
      Object.values(inner.getFields()).map((field) => [field.name, filled(field.type, text, id, deep + 1)]),
    );
  }
  switch (inner.name) {
    case 'ID':
      return id;
    case 'Int':
      return 1;
    case 'Boolean':
      return true;
    case 'Date':
      return '2026-12-31';
    case 'DateTime':
      return '2026-12-31T00:00:00Z';
    case 'JSONObject':
      return { 备注: text, 证件号码: text };
    default:
      return text;
  }
}

/** Bad input, conflicts, forged ids and cursors, and whatever else ends in an error. */
export async function* hostile(
  hub: Hub,
  schema: GraphQLSchema,
  rows: readonly Seeded[],
  { citizenId, phone, name }: Known,
  options: GraphqlOptions,
): AsyncGenerator<Leaving> {
  const ask = (asked: string, query: string, variables: object = {}, more: GraphqlOptions = {}) =>
    leaving(
      hub,
      asked,
      { query, variables },
      { ...options, ...more, headers: { ...options.headers, ...more.headers } },
    );
  const strange = rows.filter(
    ({ type }) =>
      !['Department', 'LegalBasis', 'CatalogueItem', 'CreditList', 'Measure', 'ServiceMatter'].includes(type),
  );
  const NODE = 'query ($id: ID!) { node(id: $id) { __typename id } }';

  // ids of one row under the type of another, and of none
  for (const [i, { id }] of strange.entries()) {
    if (i % 4 === 0)
      yield await ask('a forged id', NODE, {
        id: toGlobalId(strange[(i * 7 + 3) % strange.length]?.type as string, id),
      });
  }
  for (const id of [
    citizenId,
    '',
    'AAAA',
    toGlobalId('Nobody', strange[0]?.id as string),
    toGlobalId('Mutation', strange[0]?.id as string),
  ])
    yield await ask('no id', NODE, { id });

  const paged = Object.values(schema.getQueryType()?.getFields() ?? {}).filter(({ args }) =>
    args.some((arg) => arg.name === 'after'),
  );
  const keys = [
    ['2026-01-10', strange[3]?.id as string],
    ['2026-99-99', strange[3]?.id as string],
    [citizenId, strange[3]?.id as string],
    ['2026-01-10 00:00:00+00', 'not a uuid'],
    ["'; select 1; --", strange[4]?.id as string],
  ];
  for (const { name: root } of paged) {
    const given = root === 'listEntries' ? 'list: "SCJG_YZWF", ' : '';
    const document = `query ($first: Int, $after: String) { ${root}(${given}first: $first, after: $after) { totalCount pageInfo { endCursor } edges { cursor } } }`;
    for (const first of [0, -1, 101, citizenId, 2 ** 31]) yield await ask(`${root}: first`, document, { first });
    for (const after of [...keys.map(encodeCursor), citizenId, 'x'])
      yield await ask(`${root}: after`, document, { after, first: 2 });
  }
  for (const [document, variables] of [
    ['query ($code: UnifiedSocialCreditCode!) { subject(code: $code) { name } }', { code: citizenId }],
    ['query ($f: SubjectFilter) { subjects(filter: $f) { nodes { id name } } }', { f: { nameContains: name } }],
    ['query ($f: SubjectFilter) { subjects(filter: $f) { nodes { id name } } }', { f: { nameContains: citizenId } }],
    ['query ($r: String!) { creditCheck(receiptNo: $r) { verdict } }', { r: citizenId }],
    ['query ($l: String!) { listEntries(list: $l) { totalCount } }', { l: citizenId }],
    [
      'query ($f: AccessEventFilter) { accessEvents(filter: $f) { totalCount } }',
      { f: { from: citizenId, caseNo: phone } },
    ],
    [
      'query ($f: AccessEventFilter) { accessEvents(filter: $f) { totalCount } }',
      { f: { consent: strange[0]?.globalId } },
    ],
    [`{ subject(code: "${citizenId}") { name } }`, {}],
    [`{ subjekt(code: "${name}") { citizenIdd } }`, {}],
    [`{ viewer { role, `, {}],
    ['mutation { a: checkCredit(input: {}) { check { id } } b: checkCredit(input: {}) { check { id } } }', {}],
    [
      `{ ${'viewer { subject { '.repeat(1)}${'records { nodes { subject { '.repeat(6)} id ${'} } } '.repeat(6)} } } }`,
      {},
    ],
  ] as [string, object][]) {
    yield await ask('a bad query', document, variables);
  }
  for (const headers of [
    { 'x-hub-purpose': citizenId },
    { 'x-hub-case': citizenId },
    { 'x-hub-case': `${encodeURIComponent('案')}${citizenId}` },
    { 'x-hub-role': citizenId },
    { 'x-hub-consent': citizenId },
    { 'x-hub-consent': toGlobalId('Consent', strange[0]?.id as string) },
    { 'x-hub-acting-for': toGlobalId('Consent', strange[0]?.id as string) },
    { 'idempotency-key': citizenId },
    { authorization: `Bearer ${citizenId}.${citizenId}.x` },
    { 'accept-language': citizenId },
  ]) {
    yield await ask(
      `header ${Object.keys(headers)[0]}`,
      '{ viewer { role } records(first: 1) { totalCount } }',
      {},
      {
        headers: headers as unknown as Record<string, string>,
      },
    );
  }
  for (const body of [
    `{"query": "${citizenId}`,
    citizenId,
    `[{"query":"{ viewer { role } }"}]`,
    '{}',
    `{"query":1,"variables":"${citizenId}"}`,
  ])
    yield await leaving(hub, 'a bad body', body, options);

  const victims = [...new Map(strange.map((row) => [row.type, row])).values()];
  for (const root of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    const [input] = root.args;
    if (!input) continue;
    const type = String(input.type);
    const document = rootDocument(schema, root.name, 'mutation', `($input: ${type}) { ${root.name}(input: $input)`);
    const idIn = (id: string) => fromGlobalId(id)?.type;
    yield await ask(`${root.name}: nothing`, document.replace(`$input: ${type})`, `$input: ${type})`), { input: {} });
    yield await ask(`${root.name}: null`, document, { input: null });
    yield await ask(`${root.name}: what is not there`, document, { input: { [citizenId]: name, 身份证: citizenId } });
    for (const text of [citizenId, phone, 'x'.repeat(5_000), '\0', "'; drop table subject; --"]) {
      yield await ask(`${root.name}: ${text.slice(0, 3)}`, document, { input: filled(input.type, text, citizenId) });
    }
    for (const { globalId } of victims) {
      yield await ask(`${root.name}: ${idIn(globalId)}`, document, {
        input: filled(input.type, '示例字第1号', globalId),
      });
    }
    // one key, two bodies
    for (const text of [citizenId, phone]) {
      yield await ask(
        `${root.name}: one key`,
        document,
        { input: filled(input.type, text, citizenId) },
        {
          headers: { 'idempotency-key': `hostile ${root.name}` },
        },
      );
    }
  }
  if (getNamedType(schema.getQueryType()) === undefined) throw new Error('a schema without queries');
}
