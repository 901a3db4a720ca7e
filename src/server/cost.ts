import type { ApolloServerPlugin } from '@apollo/server';
import {
  type DocumentNode,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isLeafType,
} from 'graphql';
import { type ComplexityEstimator, getComplexity } from 'graphql-query-complexity';
import { HubError } from '../platform/errors.js';
import type { RequestContext } from './context.js';

/** A hundred subjects with a hundred records each, and half as much again; or a hundred and fifty root fields. */
export const MAX_COST = 15_000;
/** a root field is a statement of its own */
const ROOT = 100;
/** statements that read all there is of a quarter: four in one request */
const DEAR: Readonly<Record<string, number>> = { statistics: 3_000 };
/** `totalCount` reads all that it counts. */
const COUNT = 10;
/** rows of a list that is not paged: reference data */
const LISTED = 5;
/** combinations of numbers that are remembered of one document */
const REMEMBERED = 100;

/** What is paid beside a statement for each object: a page its size times what is in it, a leaf nothing. */
const estimate: ComplexityEstimator = ({ type: parent, field, args, childComplexity }) => {
  const below = objects(field, args, childComplexity);
  return parent.name === 'Query' && !field.name.startsWith('__') ? (DEAR[field.name] ?? ROOT) + below : below;
};

function objects(
  { name, type: of }: GraphQLField<unknown, unknown>,
  args: { first?: unknown },
  childComplexity: number,
) {
  const type = getNamedType(of);
  if (isLeafType(type)) return name === 'totalCount' ? COUNT : 0;
  if (type.name === 'PageInfo') return 0;
  if (type.name.endsWith('Connection')) return 1 + Number(args.first ?? 20) * childComplexity;
  const many = String(of).includes('[') && !/^(nodes|edges)$/.test(name);
  return (1 + childComplexity) * (many && isCompositeType(type) ? LISTED : 1);
}

const known = new WeakMap<DocumentNode, Map<string, number>>();

/** What a query may cost once its variables are known; remembered by document and numbers. */
function costOf(schema: GraphQLSchema, query: DocumentNode, operationName: string | undefined, variables: object) {
  const costs = known.get(query) ?? new Map<string, number>();
  known.set(query, costs);
  const numbers = Object.entries(variables).filter(
    ([, value]) => typeof value === 'number' || typeof value === 'boolean',
  );
  const key = JSON.stringify([operationName, numbers]);
  const there = costs.get(key);
  if (there !== undefined) return there;
  if (costs.size >= REMEMBERED) costs.clear();
  const cost = complexity(schema, query, operationName, variables);
  costs.set(key, cost);
  return cost;
}

function complexity(schema: GraphQLSchema, query: DocumentNode, operationName: string | undefined, variables: object) {
  try {
    return getComplexity({ schema, query, operationName, variables: { ...variables }, estimators: [estimate] });
  } catch {
    // Variables that do not fit: executing says which, and reads nothing.
    return 0;
  }
}

/** The refusal of an operation that may answer too much. */
export function tooDear(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName?: string | null,
  variables?: object | null,
): HubError | null {
  const cost = costOf(schema, document, operationName ?? undefined, variables ?? {});
  if (cost <= MAX_COST) return null;
  return new HubError('LIMIT_EXCEEDED', {
    zh: `查询的代价为 ${cost}，超过 ${MAX_COST}：请减小 first，或分次查询`,
    en: `the query costs ${cost}, more than ${MAX_COST}: ask smaller pages, or less at once`,
  });
}

/** Refuses a query that may answer too much, before anything is read. A mutation has limits of its own: rows, not pages. */
export const costPlugin: ApolloServerPlugin<RequestContext> = {
  async requestDidStart() {
    return {
      async didResolveOperation({ schema, document, operation, operationName, request }) {
        if (operation?.operation !== 'query') return;
        const refusal = tooDear(schema, document, operationName, request.variables);
        if (refusal) throw refusal;
      },
    };
  },
};
