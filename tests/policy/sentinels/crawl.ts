import {
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isLeafType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { post } from '../../kit/http.js';
import type { GraphqlOptions, Hub } from '../../kit/hub.js';
import { isNode, objectTypes, selectionOf } from '../documents.js';
import type { Seeded } from '../seed/world.js';

/** One answer as it left the hub: status, headers and body. */
export interface Leaving {
  asked: string;
  text: string;
  data: Record<string, unknown> | null;
}

/** A row met by path, with all that is its own. */
const LEAVES = '{ __typename ...Leaves }';

/** Adds what a document names: everything of a row, and of the rows that it leads to all that is their own. */
function fragments(schema: GraphQLSchema): (document: string) => string {
  const nodes = objectTypes(schema).filter(isNode);
  const leaves = (type: GraphQLObjectType) =>
    Object.values(type.getFields())
      .filter((field) => isLeafType(getNamedType(field.type)))
      .map((field) => `${type.name}__${field.name}: ${field.name}`)
      .join(' ');
  const on = (selection: (type: GraphQLObjectType) => string) =>
    nodes.map((type) => `... on ${type.name} { ${selection(type)} }`).join(' ');
  const all = `fragment All on Node { __typename id ${on((type) => selectionOf(type, LEAVES))} }`;
  const own = `fragment Leaves on Node { id ${on(leaves)} }`;
  return (selection) => {
    if (selection.includes('...All')) return `${selection} ${all} ${own}`;
    return selection.includes('...Leaves') ? `${selection} ${own}` : selection;
  };
}

/** Arguments of the root fields that demand some, each with every value there is. */
export type Values = Readonly<Record<string, { name: string; type: string; all: readonly unknown[] }>>;

const PAGE = 8;

/** Asks as one caller for everything that the schema offers. */
export class Crawler {
  readonly #whole: (document: string) => string;

  constructor(
    private readonly hub: Hub,
    private readonly schema: GraphQLSchema,
    private readonly values: Values,
  ) {
    this.#whole = fragments(schema);
  }

  /** Every row by its id, whether the caller may read it or not. */
  async *nodes(rows: readonly Seeded[], options: GraphqlOptions): AsyncGenerator<Leaving> {
    for (let i = 0; i < rows.length; i += PAGE) {
      const some = rows.slice(i, i + PAGE);
      const document = this.#whole(`query (${some.map((_, n) => `$i${n}: ID!`).join(' ')}) {
        ${some.map((_, n) => `r${n}: node(id: $i${n}) { ...All }`).join(' ')} }`);
      const variables = Object.fromEntries(some.map(({ globalId }, n) => [`i${n}`, globalId]));
      yield await leaving(this.hub, 'node', { query: document, variables }, options);
    }
  }

  /** Every root field of Query, connections page by page to their ends. */
  async *roots(options: GraphqlOptions): AsyncGenerator<Leaving> {
    for (const field of Object.values(this.schema.getQueryType()?.getFields() ?? {})) {
      if (field.name === 'node') continue;
      const demanded = field.args.filter(({ type, defaultValue }) => isNonNullType(type) && defaultValue === undefined);
      if (demanded.length === 0) yield* this.#root(field, '', '', {}, options);
      else {
        const value = this.values[field.name];
        if (!value || demanded.length > 1)
          throw new Error(`the crawl has no values for the arguments of ${field.name}`);
        for (const one of value.all) {
          yield* this.#root(field, `$v: ${value.type}`, `${value.name}: $v`, { v: one }, options);
        }
      }
    }
  }

  async *#root(
    field: GraphQLField<unknown, unknown>,
    variable: string,
    argument: string,
    given: Record<string, unknown>,
    options: GraphqlOptions,
  ): AsyncGenerator<Leaving> {
    const named = getNamedType(field.type);
    const paged = isObjectType(named) && 'pageInfo' in named.getFields();
    const selection = selectionFor(named, paged);
    const declared = [variable, ...(paged ? ['$after: String'] : [])].filter(Boolean).join(' ');
    const args = [argument, ...(paged ? [`first: ${PAGE} after: $after`] : [])].filter(Boolean).join(' ');
    const document = this.#whole(
      `query ${declared && `(${declared})`} { root: ${field.name} ${args && `(${args})`} ${selection} }`,
    );
    for (let after: string | null = null; ; ) {
      const answer = await leaving(this.hub, field.name, { query: document, variables: { ...given, after } }, options);
      yield answer;
      const page = answer.data?.['root'] as
        | { pageInfo?: { hasNextPage: boolean; endCursor: string } }
        | null
        | undefined;
      if (!paged || !page?.pageInfo?.hasNextPage) return;
      after = page.pageInfo.endCursor;
    }
  }
}

function selectionFor(named: ReturnType<typeof getNamedType>, paged: boolean): string {
  if (isInterfaceType(named) || (isObjectType(named) && isNode(named))) return '{ ...All }';
  if (!isObjectType(named)) return '';
  const nodes = named.getFields()['nodes'];
  const row = nodes && getNamedType(nodes.type);
  if (paged && row && (isInterfaceType(row) || (isObjectType(row) && isNode(row)))) {
    return '{ totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { cursor } nodes { ...All } }';
  }
  return `{ ${paged ? 'pageInfo { hasNextPage endCursor }' : ''} ${selectionOf(named, LEAVES)} }`;
}

/** Sends whatever it is, and takes down all that comes back. */
export async function leaving(
  hub: Hub,
  asked: string,
  body: unknown,
  { token, headers: more, path = '/graphql' }: GraphqlOptions = {},
): Promise<Leaving> {
  const { status, headers, text } = await post(
    `${hub.url}${path}`,
    { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}), ...more },
    typeof body === 'string' ? body : JSON.stringify(body),
  );
  const said = [...headers].map(([name, value]) => `${name}: ${value}`).join('\n');
  let data: Leaving['data'] = null;
  try {
    data = JSON.parse(text).data ?? null;
  } catch {}
  return { asked, text: `${status}\n${said}\n\n${text}`, data };
}

/** Every value of an answer with the row that it is of, and its coordinate. */
export function* valuesIn(
  value: unknown,
  row: string | null = null,
): Generator<{ row: string | null; coordinate: string; text: string }> {
  if (Array.isArray(value)) {
    for (const one of value) yield* valuesIn(one, row);
  } else if (value !== null && typeof value === 'object') {
    const { id } = value as { id?: unknown };
    const here = typeof id === 'string' ? id : row;
    for (const [alias, inner] of Object.entries(value)) {
      const [type, field] = alias.split('__');
      if (type && field && inner !== null) {
        const leaf = typeof inner !== 'object' || !hasFields(inner);
        if (leaf) yield { row: here, coordinate: `${type}.${field}`, text: JSON.stringify(inner) };
      }
      if (inner !== null && typeof inner === 'object') yield* valuesIn(inner, here);
    }
  }
}

/** Whether it is an object of the schema (its members are aliases) and no JSON value. */
const hasFields = (value: object): boolean =>
  (Array.isArray(value) ? value : [value]).some(
    (one) =>
      one !== null &&
      typeof one === 'object' &&
      Object.keys(one).some((key) => /^[A-Z]\w*__|^(__typename|id)$/.test(key)),
  );
