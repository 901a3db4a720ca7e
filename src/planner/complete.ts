import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLAbstractType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getVariableValues,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  Kind,
  type OperationDefinitionNode,
} from 'graphql';
import { collectFields, collectSubfields } from 'graphql/execution/collectFields.js';
import type { Guard } from '../permissions/compile/shield.js';
import type { HubContext } from '../resolvers/context.js';
import type { Row } from '../services/reading/shape.js';
import { argumentsOf } from './arguments.js';
import { keyOf, relationOf } from './collect.js';
import { answered, type PlanInfo, type RootAnswer, readRoot, signature } from './install.js';
import type { Args, Relation } from './relations.js';

type Fields = ReadonlyMap<string, readonly FieldNode[]>;
type Complete = (value: unknown, run: Run) => unknown;
type Data = Record<string, unknown>;

/** One execution: what its steps need beside the row. */
interface Run {
  context: HubContext;
  variables: Record<string, unknown>;
  /** values that a resolver promised, each to be put in its place */
  later: Promise<void>[];
}

interface Step {
  key: string;
  guard: Guard | undefined;
  /** of a field that has any */
  args?: ((variables: Run['variables']) => Args) | undefined;
  value(row: Row, run: Run): unknown;
  complete: Complete;
}

/** Anything but a plain answer: the operation is executed as usual, and says itself what is wrong. */
const LEAVE = Symbol('left to graphql-js');
const leave = (): never => {
  throw LEAVE;
};

/** What is known of an operation under one shape of its variables. */
interface Program {
  roots: {
    key: string;
    field: GraphQLField<unknown, HubContext>;
    guard: Guard | undefined;
    info: PlanInfo;
    complete: Complete;
  }[];
}

export interface Operation {
  document: DocumentNode;
  operation: OperationDefinitionNode;
  variables: Record<string, unknown>;
}

/**
 * Completes queries that the planner reads whole without graphql-js: the same rows, the same guards, the same resolvers,
 * the same scalars, in steps compiled once an operation. Whatever is not a plain answer (a refusal, an error, a null that
 * may not be, a root without a plan) makes it step back: null, and the operation is executed as usual on the same rows.
 */
export class Completer {
  readonly #programs = new WeakMap<OperationDefinitionNode, Map<string, Program | null>>();

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly guards: ReadonlyMap<string, Guard>,
  ) {}

  async complete({ document, operation, variables }: Operation, context: HubContext): Promise<Data | null> {
    const { coerced, errors } = getVariableValues(this.schema, operation.variableDefinitions ?? [], variables);
    if (errors || !coerced) return null;
    const program = this.#programOf(document, operation, coerced);
    if (!program) return null;
    const run: Run = { context, variables: coerced, later: [] };
    try {
      const answers = await Promise.all(
        program.roots.map(({ key, field, guard, info }) => {
          const args = argumentsOf(field, info.fieldNodes[0] as FieldNode, coerced);
          guard?.({}, context.actor, args);
          return readRoot(field, args, context, { ...info, variableValues: coerced }).then((answer) => {
            if (answer) context.read?.set(key, answer);
            return { answer, args };
          });
        }),
      );
      const data: Data = {};
      for (const [i, { key, complete }] of program.roots.entries()) {
        const { answer, args } = answers[i] as { answer: RootAnswer | null; args: Args };
        if (!answer || answer.nothing) return null;
        data[key] = complete(answered(answer.relation, answer.data, args, context.session), run);
      }
      // What comes later may bring more that does.
      for (let done = 0; done < run.later.length; ) {
        const batch = run.later.slice(done);
        done = run.later.length;
        await Promise.all(batch);
      }
      return data;
    } catch {
      // Never swallowed: graphql-js executes the operation, and meets the same error in its place.
      return null;
    }
  }

  #programOf(document: DocumentNode, operation: OperationDefinitionNode, variables: Record<string, unknown>) {
    const programs = this.#programs.get(operation) ?? new Map<string, Program | null>();
    this.#programs.set(operation, programs);
    const name = signature(variables);
    const known = programs.get(name);
    if (known !== undefined) return known;
    if (programs.size >= PROGRAMS_PER_OPERATION) programs.clear();
    const program = new Compiler(this.schema, this.guards, document, operation, variables).program();
    programs.set(name, program);
    return program;
  }
}

const PROGRAMS_PER_OPERATION = 50;

/** Turns selections into steps. Variables shape them only by `@include` and `@skip`. */
class Compiler {
  readonly #fragments: Record<string, FragmentDefinitionNode>;

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly guards: ReadonlyMap<string, Guard>,
    document: DocumentNode,
    private readonly operation: OperationDefinitionNode,
    private readonly variables: Record<string, unknown>,
  ) {
    this.#fragments = Object.fromEntries(
      document.definitions.flatMap((one) => (one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one]] : [])),
    );
  }

  program(): Program | null {
    const query = this.schema.getQueryType() as GraphQLObjectType;
    const fields = collectFields(this.schema, this.#fragments, this.variables, query, this.operation.selectionSet);
    const roots: Program['roots'] = [];
    for (const [key, nodes] of fields as Fields) {
      const name = nodes[0]?.name.value ?? '';
      const field = query.getFields()[name];
      if (!field) return null;
      roots.push({
        key,
        field,
        guard: this.guards.get(`Query.${name}`),
        info: {
          schema: this.schema,
          fragments: this.#fragments,
          operation: this.operation,
          variableValues: this.variables,
          fieldNodes: nodes,
          path: { key },
        },
        complete: this.value(field.type, nodes),
      });
    }
    return { roots };
  }

  private value(type: GraphQLOutputType, nodes: readonly FieldNode[]): Complete {
    if (isNonNullType(type)) {
      const inner = this.value(type.ofType, nodes);
      return (value, run) => inner(value, run) ?? leave();
    }
    if (isListType(type)) {
      const inner = this.value(type.ofType, nodes);
      return (value, run) => {
        if (value == null) return null;
        if (!Array.isArray(value)) return leave();
        return value.map((item) => inner(item, run));
      };
    }
    if (isLeafType(type)) return (value) => (value == null ? null : type.serialize(value));
    return this.object(type, nodes);
  }

  private object(type: GraphQLObjectType | GraphQLAbstractType, nodes: readonly FieldNode[]): Complete {
    const byType = new Map<string, Step[]>();
    const stepsOf = (name: string): Step[] => {
      const known = byType.get(name);
      if (known) return known;
      const runtime = this.schema.getType(name) as GraphQLObjectType | undefined;
      if (!runtime || (isAbstractType(type) && !this.schema.isSubType(type, runtime))) return leave();
      const steps = this.steps(runtime, nodes);
      byType.set(name, steps);
      return steps;
    };
    return (value, run) => {
      if (value == null) return null;
      const row = value as Row;
      const data: Data = {};
      for (const step of stepsOf(isAbstractType(type) ? row.__typename : type.name)) {
        step.guard?.(row, run.context.actor, step.args?.(run.variables));
        const found = step.value(row, run);
        if (found instanceof Promise) {
          // in its place among the others, which is the order of the selection
          data[step.key] = null;
          const placed = found.then((settled) => {
            data[step.key] = step.complete(settled, run);
          });
          // Whoever steps back leaves it behind: a refusal that nobody awaits must not end the process.
          placed.catch(() => undefined);
          run.later.push(placed);
        } else {
          data[step.key] = step.complete(found, run);
        }
      }
      return data;
    };
  }

  private steps(type: GraphQLObjectType, nodes: readonly FieldNode[]): Step[] {
    const fields = collectSubfields(this.schema, this.#fragments, this.variables, type, nodes as FieldNode[]) as Fields;
    return [...fields].map(([key, own]) => {
      const node = own[0] as FieldNode;
      const name = node.name.value;
      if (name === '__typename') return { key, guard: undefined, value: () => type.name, complete: (value) => value };
      const field = type.getFields()[name] as GraphQLField<unknown, HubContext> | undefined;
      if (!field) return leave();
      const guard = this.guards.get(`${type.name}.${name}`);
      const args =
        guard && field.args.length > 0
          ? (variables: Run['variables']) => argumentsOf(field, node, variables)
          : undefined;
      return { key, guard, args, value: readerOf(type, field, node), complete: this.value(field.type, own) };
    });
  }
}

/** Where a field's value comes from: the row, its relation's rows, or its own resolver. */
function readerOf(type: GraphQLObjectType, field: GraphQLField<unknown, HubContext>, node: FieldNode): Step['value'] {
  const relation: Relation | undefined = relationOf(type, field.name);
  const argsOf = (variables: Run['variables']): Args =>
    field.args.length === 0 ? {} : argumentsOf(field, node, variables);
  if (relation) {
    const key = keyOf(node);
    return (row, { context, variables }) => {
      const data = row[key];
      return data === undefined ? leave() : answered(relation, data, argsOf(variables), context.session);
    };
  }
  const { resolve } = field;
  if (!resolve) return (row) => row[field.name];
  // What a resolver would look up in `info` it has no business to know here; one that does is left to graphql-js.
  return (row, { context, variables }) => resolve(row, argsOf(variables), context, undefined as never);
}
