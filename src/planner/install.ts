import {
  type FieldNode,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  getNamedType,
  isObjectType,
  type OperationDefinitionNode,
} from 'graphql';
import { collectSubfields } from 'graphql/execution/collectFields.js';
import type { Role } from '../permissions/roles.js';
import { fromGlobalId } from '../platform/ids.js';
import { compile } from '../platform/sql.js';
import type { HubContext } from '../resolvers/context.js';
import { Page, pageSize } from '../services/reading/page.js';
import { decodeCursor, type Row } from '../services/reading/shape.js';
import type { Session } from '../services/session.js';
import { argumentsOf } from './arguments.js';
import { type ArgumentSource, Collector, keyOf, type Link, relationOf } from './collect.js';
import { Writer } from './compile.js';
import { type Decode, decoderOf } from './layout.js';
import { DAY, Param } from './params.js';
import {
  type Args,
  NODES,
  nodeRoot,
  PAYLOAD_ITEMS,
  PAYLOADS,
  type PayloadItems,
  type Relation,
  ROOTS,
} from './relations.js';

type Resolver = GraphQLFieldResolver<unknown, HubContext, Args>;
type Field = GraphQLField<unknown, HubContext>;
type PageData = { rows: Row[] | null; count: number | null };

/** A compiled statement whose values are read from the operation's arguments at each run. */
interface Plan {
  sql: string;
  parameters: readonly unknown[];
  sources: readonly ArgumentSource[];
  decode: Decode;
}

/**
 * Lays the planner over the schema, below the policy: a root read fetches all that is asked below it in one statement,
 * and a relation whose answer came with its row takes it from there. Everything else is resolved as before.
 */
export function installPlanner(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields()) as Field[]) {
      const { resolve } = field;
      const items = PAYLOAD_ITEMS[type.name]?.[field.name];
      if (items) field.resolve = plannedItems(field, items);
      if (!resolve) continue;
      if (type === schema.getQueryType()) {
        if (field.name === 'node' || ROOTS[field.name]) field.resolve = plannedRoot(field, resolve as Resolver);
        continue;
      }
      const payload = PAYLOADS[type.name]?.[field.name];
      if (payload) field.resolve = plannedPayload(field, payload, resolve as Resolver);
      const relation = relationOf(type, field.name);
      if (relation) field.resolve = plannedRelation(relation, resolve as Resolver);
    }
  }
  return schema;
}

const rootOf = (field: string, args: Args): Relation | undefined => {
  if (field !== 'node') return ROOTS[field];
  const shape = NODES[fromGlobalId(args.id)?.type ?? ''];
  return shape && nodeRoot(shape);
};

/** What a plan is made of: the parts of `info` that stay the same, and the variables of the run. */
export type PlanInfo = Pick<
  GraphQLResolveInfo,
  'schema' | 'fragments' | 'operation' | 'variableValues' | 'fieldNodes'
> & { path: { key: string | number } };

export interface RootAnswer {
  relation: Relation;
  data: unknown;
  /** the resolver must say what this is: no row, or one of another type than its id says */
  nothing: boolean;
}

/** Reads a root field and all below it in one statement; null where it has no plan, or its own resolver must refuse. */
export async function readRoot(
  field: Field,
  args: Args,
  context: HubContext,
  info: PlanInfo,
): Promise<RootAnswer | null> {
  const relation = context.planned === false ? undefined : rootOf(field.name, args);
  if (!relation) return null;
  const type = field.name === 'node' ? fromGlobalId(args.id)?.type : undefined;
  const read = await readPlanned(info, type ?? '', relation, field, context);
  if (!read) return null;
  const { data } = read;
  const other = type !== undefined && (data as Row | null)?.__typename !== type;
  return { relation, data, nothing: other || isNothing(relation, data) };
}

/** Reads by the plan of a field and its variables; null where an argument below is one that its own resolver must refuse. */
async function readPlanned(
  info: PlanInfo,
  key: string,
  relation: Relation,
  field: Field,
  { session }: HubContext,
  given?: Args,
): Promise<{ data: unknown } | null> {
  const plan = planOf(info, `${key} ${signature(info.variableValues)}`, session.actor.role, relation, field, given);
  const parameters = valuesOf(plan, info.variableValues, session.today, given);
  if (!parameters) return null;
  const [answer] = await session.query<{ data: unknown }>({ sql: plan.sql, parameters });
  return { data: answer && plan.decode(answer.data) };
}

function plannedRoot(field: Field, plain: Resolver): Resolver {
  return async (source, args, context, info) => {
    const there = context.read?.get(String(info.path.key)) as RootAnswer | undefined;
    const answer = there ?? (await readRoot(field, args, context, info));
    if (!answer || answer.nothing) return plain(source, args, context, info);
    return answered(answer.relation, answer.data, args, context.session);
  };
}

function plannedPayload(field: Field, relation: Relation, plain: Resolver): Resolver {
  return async (source, args, context, info) => {
    const given = { id: (source as Row).id };
    const read = context.planned === false ? null : await readPlanned(info, '', relation, field, context, given);
    if (!read) return plain(source, args, context, info);
    return answered(relation, read.data, args, context.session);
  };
}

function plannedItems(field: Field, { field: name, id, relation }: PayloadItems): Resolver {
  return async (source, args, context, info) => {
    // of the schema that is executed: a fragment's condition is met by that very type
    const type = getNamedType(info.returnType) as GraphQLObjectType;
    const shown = type.getFields()[name] as Field;
    const items = (source as Record<string, Row[]>)[field.name] as Row[];
    const ids = items.map((item) => item[id]).filter((one) => one !== null);
    const fields = collectSubfields(
      info.schema,
      info.fragments,
      info.variableValues,
      type,
      info.fieldNodes as FieldNode[],
    );
    const nodes = [...fields.values()].flat().filter((node) => node.name.value === name);
    if (context.planned === false || ids.length === 0 || nodes.length === 0) return items;
    const below = { ...info, fieldNodes: nodes };
    const read = await readPlanned(below, name, relation, shown, context, { ids });
    if (!read) return items;
    const found = answered(relation, read.data, args, context.session) as Row[];
    const rows = new Map(found.map((row) => [row.id, row]));
    return items.map((item) => ({ ...item, [name]: rows.get(item[id] as string) ?? null }));
  };
}

/** No row, and no count of rows either. */
function isNothing({ kind }: Relation, data: unknown): boolean {
  if (kind !== 'page') return data === null;
  const { rows, count } = data as PageData;
  return !rows?.length && !count;
}

function plannedRelation(relation: Relation, plain: Resolver): Resolver {
  return (row, args, context, info) => {
    const data = (row as Row)[keyOf(info.fieldNodes[0] as GraphQLResolveInfo['fieldNodes'][number])];
    return data === undefined ? plain(row, args, context, info) : answered(relation, data, args, context.session);
  };
}

/** What Postgres answered, as the plain resolver would have answered it. */
export function answered(relation: Relation, data: unknown, args: Args, session: Session): unknown {
  if (relation.kind === 'counts') return data;
  if (relation.kind !== 'page') {
    const rows = (relation.kind === 'one' ? [data] : data) as (Row | null)[];
    session.seen?.(rows.filter((row) => row !== null));
    return data;
  }
  const { rows, count } = data as PageData;
  return new Page(rows ?? [], pageSize(args), args.after != null, async () => count as number, session.seen);
}

// By document, so that a plan lives as long as the parsed document does; then by field, role and shape of the variables.
const plans = new WeakMap<OperationDefinitionNode, Map<string, Plan>>();
const PLANS_PER_OPERATION = 200;

function planOf(
  info: PlanInfo,
  key: string,
  role: Role,
  relation: Relation,
  definition: Field,
  given: Args = {},
): Plan {
  const mine = plans.get(info.operation) ?? new Map<string, Plan>();
  plans.set(info.operation, mine);
  const name = `${info.path.key} ${role} ${key}`;
  const known = mine.get(name);
  if (known) return known;
  const collector = new Collector(info, info.variableValues);
  const names = Object.keys(given);
  const link: Link = collector.link(relation, definition as GraphQLField<unknown, unknown>, info.fieldNodes, names);
  const { sql, parameters } = compile(new Writer(role).root(link));
  const plan = { sql, parameters, sources: collector.sources, decode: decoderOf(link, role) };
  if (mine.size >= PLANS_PER_OPERATION) mine.clear();
  mine.set(name, plan);
  return plan;
}

/** The values of a run, or null where an argument below is one that its own resolver must refuse. */
function valuesOf(
  { parameters, sources }: Plan,
  variables: GraphQLResolveInfo['variableValues'],
  today: string,
  given: Args = {},
): unknown[] | null {
  const args = sources.map(({ definition, node }, i) => ({
    ...argumentsOf(definition, node, variables),
    ...(i === 0 ? given : {}),
  }));
  if (sources.some((source, i) => refused(source, args[i] as Args))) return null;
  return parameters.map((parameter) => {
    if (parameter === DAY) return today;
    return parameter instanceof Param ? parameter.in(args) : parameter;
  });
}

/** A page size or a cursor that the field's own resolver will refuse, with its name and path. */
function refused({ shape }: ArgumentSource, { first, after }: Args): boolean {
  return shape !== null && ((first ?? 20) < 1 || (first ?? 20) > 100 || (after != null && !decodeCursor(shape, after)));
}

/** What of the variables may shape a statement: which are there, which are null or empty, and booleans. */
export function signature(value: unknown): string {
  if (value == null) return 'n';
  if (typeof value === 'boolean') return value ? 't' : 'f';
  if (value === '') return 'e';
  if (Array.isArray(value)) return 'a';
  if (typeof value !== 'object') return 'v';
  return `{${Object.entries(value)
    .map(([name, inner]) => `${name}:${signature(inner)}`)
    .sort()
    .join(',')}}`;
}
