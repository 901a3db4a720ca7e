import {
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { ROOTS } from '../../src/planner/relations.js';

/** Values worth asking for: those of the county, and some that nobody has. */
export interface Pools {
  codes: string[];
  names: string[];
  lists: string[];
  items: string[];
  ids: string[];
  receipts: string[];
  cursors: string[];
}

export interface Operation {
  document: string;
  variables: Record<string, unknown>;
}

/** mulberry32: one number of fast-check's is one operation, and the same one again. */
export function randomOf(seed: number) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const below = (n: number) => Math.floor(next() * n);
  return {
    chance: (p: number) => next() < p,
    below,
    pick: <T>(from: readonly T[]): T => from[below(from.length)] as T,
  };
}

/** A valid operation of the schema: aliases, fragments, interfaces, directives, arguments as literals and as variables. */
export function operationOf(schema: GraphQLSchema, pools: Pools, seed: number): Operation {
  const random = randomOf(seed);
  const variables: Record<string, unknown> = {};
  const declared: string[] = [];
  const fragments: string[] = [];
  let budget = 30;
  let names = 0;

  const variable = (type: string, value: unknown): string => {
    const name = `v${++names}`;
    declared.push(`$${name}: ${type}`);
    variables[name] = value;
    return `$${name}`;
  };

  function randomValue(type: GraphQLInputType, name: string, field: string): unknown {
    const inner = getNullableType(type);
    if (!isNonNullType(type) && random.chance(0.1)) return null;
    if (isListType(inner)) return Array.from({ length: random.below(3) }, () => randomValue(inner.ofType, name, field));
    if (isInputObjectType(inner)) {
      const fields = Object.values(inner.getFields()).filter((f) => isNonNullType(f.type) || random.chance(0.4));
      return Object.fromEntries(fields.map((f) => [f.name, randomValue(f.type, f.name, field)]));
    }
    if (isEnumType(inner)) return random.pick(inner.getValues()).name;
    switch (inner.toString()) {
      case 'Int':
        return random.pick([1, 2, 3, 5, 20, 100, ...(random.chance(0.1) ? [0, 101] : [])]);
      case 'Boolean':
        return random.chance(0.5);
      case 'UnifiedSocialCreditCode':
        return random.pick(pools.codes);
      case 'Date':
        return random.pick(['2024-01-01', '2026-01-01', '2026-09-01', '2027-01-01']);
      case 'DateTime':
        return random.pick(['2026-01-01T00:00:00Z', '2027-01-01T00:00:00+08:00']);
      case 'ID':
        return random.pick([...pools.ids, 'bm90IGFuIGlk']);
      default:
        if (name === 'after') return random.pick([...pools.cursors, ...(random.chance(0.1) ? ['bm9uZQ', ''] : [])]);
        if (name === 'nameContains') return random.pick(['', ' ', '示例', '有限', '%', '*', ...pools.names]);
        if (name === 'list') return random.pick([...pools.lists, 'NOPE']);
        if (name === 'items') return random.pick([...pools.items, 'NOPE']);
        if (name === 'receiptNo') return random.pick([...pools.receipts, 'HC0']);
        return random.pick(pools.names);
    }
  }

  const literal = (value: unknown, type: GraphQLInputType): string => {
    const inner = getNullableType(type);
    if (value === null) return 'null';
    if (Array.isArray(value))
      return `[${value.map((v) => literal(v, isListType(inner) ? inner.ofType : inner)).join(', ')}]`;
    if (isInputObjectType(inner)) {
      const fields = inner.getFields();
      return `{${Object.entries(value as object)
        .map(([k, v]) => `${k}: ${literal(v, fields[k]!.type)}`)
        .join(', ')}}`;
    }
    return isEnumType(inner) ? String(value) : JSON.stringify(value);
  };

  function argumentsOf(field: GraphQLField<unknown, unknown>): string {
    const given = field.args.flatMap((argument: GraphQLArgument) => {
      const required = isNonNullType(argument.type) && argument.defaultValue === undefined;
      if (!required && random.chance(0.5)) return [];
      const value = randomValue(argument.type, argument.name, field.name);
      return [
        `${argument.name}: ${random.chance(0.5) ? variable(String(argument.type), value) : literal(value, argument.type)}`,
      ];
    });
    return given.length > 0 ? `(${given.join(', ')})` : '';
  }

  const directive = (): string => {
    if (!random.chance(0.12)) return '';
    const value = random.chance(0.6);
    return ` @${random.pick(['include', 'skip'])}(if: ${random.chance(0.5) ? variable('Boolean!', value) : value})`;
  };

  function selectionOf(field: GraphQLField<unknown, unknown>, depth: number): string {
    const type = getNamedType(field.type);
    const alias = random.chance(0.8) ? `a${++names}: ` : `b${++names}: `;
    const head = `${alias}${field.name}${argumentsOf(field)}${directive()}`;
    return isCompositeType(type) ? `${head} ${setOf(type, depth + 1)}` : head;
  }

  function setOf(type: GraphQLCompositeType, depth: number): string {
    const parts: string[] = ['__typename'];
    const fields = 'getFields' in type ? Object.values(type.getFields()) : [];
    for (const field of fields) {
      const composite = isCompositeType(getNamedType(field.type));
      const wanted = /^(nodes|edges|node)$/.test(field.name) ? 0.8 : composite ? 0.35 : 0.4;
      if (budget <= 0 || (composite && depth > 7) || !random.chance(wanted)) continue;
      budget -= composite ? 2 : 1;
      parts.push(selectionOf(field as GraphQLField<unknown, unknown>, depth));
    }
    if (isInterfaceType(type) && random.chance(0.7)) {
      const part = random.pick(schema.getPossibleTypes(type).filter(isObjectType));
      parts.push(`... on ${part.name}${directive()} ${setOf(part, depth + 1)}`);
    }
    if (random.chance(0.15) && budget > 0) {
      const name = `F${++names}`;
      fragments.push(`fragment ${name} on ${type.name} ${setOf(type, depth + 1)}`);
      parts.push(`...${name}${directive()}`);
    }
    return `{ ${parts.join(' ')} }`;
  }

  const roots = Object.values(schema.getQueryType()!.getFields());
  // Every root has its turn, and half of the turns are of those that the planner reads.
  const planned = roots.filter(({ name }) => name === 'node' || name in ROOTS);
  const chosen = Array.from({ length: 1 + random.below(2) }, () => random.pick(random.chance(0.5) ? planned : roots));
  const body = chosen.map((field) => selectionOf(field as GraphQLField<unknown, unknown>, 0)).join('\n  ');
  const head = declared.length > 0 ? `query (${declared.join(', ')})` : 'query';
  return { document: `${head} {\n  ${body}\n}\n${fragments.join('\n')}`, variables };
}
