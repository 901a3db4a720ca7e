import {
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isLeafType,
  isObjectType,
  type OperationTypeNode,
} from 'graphql';
import type { Operation } from './uses.js';

const ROOTS = ['Query', 'Mutation', 'Subscription'];

export const objectTypes = (schema: GraphQLSchema): GraphQLObjectType[] =>
  Object.values(schema.getTypeMap())
    .filter((type): type is GraphQLObjectType => isObjectType(type) && !type.name.startsWith('__'))
    .filter(({ name }) => !ROOTS.includes(name));

export const isNode = (type: GraphQLObjectType): boolean => type.getInterfaces().some(({ name }) => name === 'Node');

/** Every field of every object type that is no root, as `Type.field`. */
export const coordinates = (schema: GraphQLSchema): string[] =>
  objectTypes(schema).flatMap((type) => Object.keys(type.getFields()).map((field) => `${type.name}.${field}`));

/** Arguments with which a connection shows all that there is to see. */
const ARGUMENTS: Record<string, string> = {
  listEntries: '(activeOnly: false, first: 25)',
  records: '(first: 25)',
  commitments: '(first: 25)',
  consents: '(first: 25)',
  branches: '(first: 25)',
  lifecycle: '(first: 5)',
  marketRecords: '(first: 25)',
  rows: '(rejectedOnly: false, first: 25)',
  accessLog: '(first: 3)',
  sample: '(first: 5)',
};

/** A row met by path: only which one it is. */
const WHICH = '{ __typename ... on Node { id } }';

export const isRow = (type: GraphQLOutputType): boolean => {
  const named = getNamedType(type);
  return isInterfaceType(named) || (isObjectType(named) && isNode(named));
};

/** By type and `which`: the walk asks for the same thousands of times. */
const selections = new WeakMap<GraphQLObjectType, Map<string, string>>();

/** All fields under their coordinates; rows by path named only (or as `which` says), what is no row whole. */
export function selectionOf(type: GraphQLObjectType, which = WHICH): string {
  const known = selections.get(type) ?? new Map<string, string>();
  selections.set(type, known);
  const selection = known.get(which) ?? selected(type, which);
  known.set(which, selection);
  return selection;
}

const selected = (type: GraphQLObjectType, which: string): string =>
  Object.values(type.getFields())
    .map((field) => {
      const asked = `${type.name}__${field.name}: ${field.name}${ARGUMENTS[field.name] ?? ''}`;
      const named = getNamedType(field.type);
      if (isRow(field.type)) return `${asked} ${which}`;
      return isObjectType(named) ? `${asked} { ${selectionOf(named, which)} }` : asked;
    })
    .join(' ');

/** Every field of each row, and of all that is no row below it, in one request: `r0`, `r1`, … */
export function walkDocument(schema: GraphQLSchema, count: number): string {
  const nodes = objectTypes(schema).filter(isNode);
  const indexes = Array.from({ length: count }, (_, index) => index);
  return `query (${indexes.map((i) => `$i${i}: ID!`).join(' ')}) {
    viewer { ${selectionOf(schema.getType('Viewer') as GraphQLObjectType)} }
    ${indexes.map((i) => `r${i}: node(id: $i${i}) { ...All }`).join('\n')}
  }
  fragment All on Node { __typename id ${nodes.map((type) => `... on ${type.name} { ${selectionOf(type)} }`).join(' ')} }`;
}

/** Only whether each row is there. */
export function rowsDocument(count: number): string {
  const indexes = Array.from({ length: count }, (_, index) => index);
  return `query (${indexes.map((i) => `$i${i}: ID!`).join(' ')}) {
    ${indexes.map((i) => `r${i}: node(id: $i${i}) { __typename id }`).join('\n')}
  }`;
}

/** A root field with all of its answer that is no row. */
export function rootDocument(schema: GraphQLSchema, root: string, operation: Operation, use: string): string {
  const type = schema.getRootType(operation as OperationTypeNode);
  const field = type?.getFields()[root];
  if (!field) throw new Error(`the schema has no root field ${root}`);
  const named = getNamedType(field.type);
  const selection = isObjectType(named) && !isNode(named) ? `{ ${selectionOf(named)} }` : WHICH;
  return `${operation} ${use} ${isLeafType(named) ? '' : selection} }`;
}
