import {
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLResolveInfo,
  getNamedType,
  type InlineFragmentNode,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  print,
  type SelectionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';
import type { Shape } from '../services/reading/shape.js';
import { argumentsOf } from './arguments.js';
import { Param } from './params.js';
import { ALWAYS, type Args, NEEDS, RELATIONS, type Relation, TYPES_OF } from './relations.js';

type Variables = GraphQLResolveInfo['variableValues'];

/** What an operation asks of the rows of one shape. */
export interface Tree {
  shape: Shape;
  properties: Set<string>;
  links: Map<string, Link>;
}

/** One relation with its arguments, however often and under whichever alias it is asked for. */
export interface Link {
  relation: Relation;
  /** arguments with a Param for each value, so that the statement does not depend on them */
  args: Args;
  tree: Tree | null;
  counts: Set<string>;
  wants: { rows: boolean; count: boolean; cursors: boolean };
  request: PageValues | null;
}

export interface PageValues {
  first: Param;
  after: Param | null;
}

/** A field whose arguments a plan reads again at each run. */
export interface ArgumentSource {
  definition: GraphQLField<unknown, unknown>;
  node: FieldNode;
  /** of a connection: whose cursors it takes */
  shape: Shape | null;
}

const keys = new WeakMap<FieldNode, string>();

/**
 * Under which a row keeps what a relation answered: by what was asked, not by alias. Two selections that merge have the
 * same arguments, letter by letter (GraphQL, Field Selection Merging).
 */
export function keyOf(node: FieldNode): string {
  let key = keys.get(node);
  if (key === undefined) {
    const args =
      node.arguments
        ?.map((argument) => print(argument))
        .sort()
        .join(',') ?? '';
    key = `>${node.name.value}${args === '' ? '' : `~${hash(args)}`}`;
    keys.set(node, key);
  }
  return key;
}

// FNV-1a of 53 bits: names of columns are cut at 63 bytes.
function hash(text: string): string {
  let h = 0xcbf29ce4n;
  for (const byte of Buffer.from(text)) h = BigInt.asUintN(64, (h ^ BigInt(byte)) * 0x100000001b3n);
  return h.toString(36);
}

/** Walks selections: fragments, aliases, `@include` and `@skip`, interfaces. */
export class Collector {
  readonly sources: ArgumentSource[] = [];

  constructor(
    private readonly info: Pick<GraphQLResolveInfo, 'schema' | 'fragments'>,
    private readonly variables: Variables,
  ) {}

  /** @param given names of values that are no arguments: they come with each run */
  link(
    relation: Relation,
    definition: GraphQLField<unknown, unknown>,
    nodes: readonly FieldNode[],
    given: readonly string[] = [],
  ): Link {
    const node = nodes[0] as FieldNode;
    const shape = relation.kind === 'page' ? relation.shape : null;
    const index = this.sources.push({ definition, node, shape }) - 1;
    const args = argumentsOf(definition, node, this.variables);
    const link: Link = {
      relation,
      args: {
        ...this.later(args, index, []),
        ...Object.fromEntries(given.map((name) => [name, new Param(index, [name])])),
      },
      tree: null,
      counts: new Set(),
      wants: { rows: relation.kind !== 'page', count: false, cursors: false },
      request:
        relation.kind === 'page'
          ? { first: new Param(index, ['first']), after: args.after == null ? null : new Param(index, ['after']) }
          : null,
    };
    this.extend(link, definition, nodes);
    return link;
  }

  /** Everything that depends on a value becomes a Param; what shapes a statement (null, a boolean, "") stays. */
  private later(value: Args, index: number, path: readonly string[]): Args {
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => {
        if (inner == null || typeof inner === 'boolean' || inner === '') return [name, inner];
        const here = [...path, name];
        const nested = typeof inner === 'object' && !Array.isArray(inner);
        return [name, nested ? this.later(inner, index, here) : new Param(index, here)];
      }),
    );
  }

  private extend(link: Link, definition: GraphQLField<unknown, unknown>, nodes: readonly FieldNode[]): void {
    const type = getNamedType(definition.type);
    if (!isCompositeType(type)) return;
    const { relation } = link;
    if (relation.kind === 'counts') {
      this.each(type, nodes, (name) => link.counts.add(name));
      return;
    }
    const tree = link.tree ?? newTree(relation.shape);
    link.tree = tree;
    if (relation.kind === 'page') this.page(link, tree, type, nodes);
    else this.rows(tree, type, nodes);
  }

  private page(link: Link, tree: Tree, connection: GraphQLCompositeType, nodes: readonly FieldNode[]): void {
    this.each(connection, nodes, (name, definition, node) => {
      if (name === 'totalCount') link.wants.count = true;
      if (name === 'pageInfo') {
        link.wants.rows = true;
        this.each(getNamedType(definition.type) as GraphQLCompositeType, [node], (field) => {
          if (field === 'startCursor' || field === 'endCursor') link.wants.cursors = true;
        });
      }
      if (name !== 'nodes' && name !== 'edges') return;
      link.wants.rows = true;
      const type = getNamedType(definition.type) as GraphQLCompositeType;
      if (name === 'nodes') return this.rows(tree, type, [node]);
      this.each(type, [node], (edgeField, edgeDefinition, edgeNode) => {
        if (edgeField === 'cursor') link.wants.cursors = true;
        if (edgeField === 'node')
          this.rows(tree, getNamedType(edgeDefinition.type) as GraphQLCompositeType, [edgeNode]);
      });
    });
  }

  private rows(tree: Tree, type: GraphQLCompositeType, nodes: readonly FieldNode[]): void {
    this.each(type, nodes, (name, definition, node, parent) => {
      if (!this.serves(tree.shape, parent)) return;
      const relation = relationOf(parent, name);
      if (!relation) {
        for (const property of NEEDS[name] ?? [name]) if (property in tree.shape.columns) tree.properties.add(property);
        return;
      }
      const key = keyOf(node);
      const known = tree.links.get(key);
      if (known) this.extend(known, definition, [node]);
      else tree.links.set(key, this.link(relation, definition, [node]));
    });
  }

  /** Whether rows of the shape can be of the type: `node(id:)` may be asked for fields of any type at all. */
  private serves(shape: Shape, type: GraphQLCompositeType): boolean {
    const types = TYPES_OF.get(shape);
    if (!types) return true;
    return (isObjectType(type) ? [type] : this.info.schema.getPossibleTypes(type)).some(({ name }) => types.has(name));
  }

  private each(
    type: GraphQLCompositeType,
    nodes: readonly FieldNode[],
    visit: (
      name: string,
      definition: GraphQLField<unknown, unknown>,
      node: FieldNode,
      parent: GraphQLCompositeType,
    ) => void,
  ): void {
    const walk = (parent: GraphQLCompositeType, { selections }: SelectionSetNode): void => {
      for (const selection of selections) {
        if (!this.included(selection)) continue;
        if (selection.kind === Kind.FIELD) {
          const definition = 'getFields' in parent ? parent.getFields()[selection.name.value] : undefined;
          if (definition) visit(selection.name.value, definition, selection, parent);
        } else {
          const fragment =
            selection.kind === Kind.INLINE_FRAGMENT ? selection : this.info.fragments[selection.name.value];
          if (fragment) walk(this.conditionOf(fragment as InlineFragmentNode) ?? parent, fragment.selectionSet);
        }
      }
    };
    for (const { selectionSet } of nodes) if (selectionSet) walk(type, selectionSet);
  }

  private conditionOf({ typeCondition }: InlineFragmentNode): GraphQLCompositeType | undefined {
    const type = typeCondition && this.info.schema.getType(typeCondition.name.value);
    return isCompositeType(type) ? type : undefined;
  }

  private included({ directives }: SelectionNode): boolean {
    return (directives ?? []).every(({ name, arguments: args }) => {
      if (name.value !== 'include' && name.value !== 'skip') return true;
      return this.truth(args?.[0]?.value) === (name.value === 'include');
    });
  }

  private truth(value: ValueNode | undefined): boolean {
    return value?.kind === Kind.VARIABLE
      ? this.variables[value.name.value] === true
      : value?.kind === Kind.BOOLEAN && value.value;
  }
}

export const newTree = (shape: Shape): Tree => ({
  shape,
  properties: new Set(ALWAYS.filter((property) => property in shape.columns)),
  links: new Map(),
});

/** A relation is declared for the type that has the field, or for an interface of it. */
export function relationOf(type: GraphQLCompositeType, field: string): Relation | undefined {
  const own = RELATIONS[type.name]?.[field];
  if (own || !(isObjectType(type) || isInterfaceType(type))) return own;
  for (const { name } of type.getInterfaces()) if (RELATIONS[name]?.[field]) return RELATIONS[name][field];
  return undefined;
}
