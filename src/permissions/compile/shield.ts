import { createRequire } from 'node:module';
import util from 'node:util';
import type { GraphQLField, GraphQLFieldResolver, GraphQLSchema } from 'graphql';
import type { Actor } from '../actor.js';
import { BY_ROW } from '../exceptions.js';
import { atBest, demand, maySelectBy } from '../reveal.js';
import { cellOf, type Root } from '../verbs.js';
import { type LabelledField, labelledFields, objectTypesOf } from './labels.js';

// graphql-shield 7.6.5 breaks on Node 23 and later for want of one function, and its ESM build for want of another:
// both come through one require, with what is missing put back (design §3).
Object.assign(util, { isUndefined: (value: unknown) => value === undefined });
const require = createRequire(import.meta.url);
const { shield, rule, allow } = require('graphql-shield') as typeof import('graphql-shield');
const { applyMiddleware } = require('graphql-middleware') as typeof import('graphql-middleware');

type Row = Record<string, unknown>;
type Args = Readonly<Record<string, unknown>>;
/** Throws the refusal. `args`: as they were given, of a field that has any */
export type Guard = (row: Row, actor: Actor, args?: Args) => void;

/** Refuses at a root by its cell, at a field by role × label; what only Postgres can know, Postgres refuses. */
function fieldGuard({ field, coordinate, label, nullable }: LabelledField): Guard | null {
  if (label === null) {
    return (_row, actor) => demand(cellOf(field as Root, actor.role).allows(actor, () => true));
  }
  if (label === 'OPEN') return null;
  // A personal field that can't be null is masked by its resolver; nulling it would take its parent along.
  if (label === 'PERSONAL' && !nullable) return null;
  const byRow = BY_ROW[coordinate]?.label;
  return (row, actor) => {
    const narrowed = byRow ? byRow(row) : label;
    if (narrowed !== 'OPEN') demand(atBest(actor, narrowed, row));
  };
}

/** The same, and of its arguments: who may not read a field whole, selects no rows by it (inputs.ts). */
function guardOf(field: LabelledField): Guard | null {
  const guard = fieldGuard(field);
  const inputs = Object.entries(field.inputs).map(([at, labels]) => ({ path: at.split('.'), labels }));
  if (inputs.length === 0) return guard;
  return (row, actor, args = {}) => {
    guard?.(row, actor);
    for (const { path, labels } of inputs) {
      if (!isGiven(args, path)) continue;
      for (const label of labels) demand(maySelectBy(actor, label), path.join('.'));
    }
  };
}

function isGiven(args: Args, [name = '', field]: readonly string[]): boolean {
  const value = args[name];
  if (value == null || field === undefined) return value != null;
  return (value as Args)[field] != null;
}

const ruleOf = (guard: Guard) =>
  // no_cache: the other caches share a decision across rows or fields
  rule({ cache: 'no_cache' })((parent: Row | undefined, args: Args, { actor }: { actor: Actor }) => {
    try {
      guard(parent ?? {}, actor, args);
      return true;
    } catch (refusal) {
      // Returned, shield hands it on; thrown, it would be a plain "Not Authorised!".
      return refusal as Error;
    }
  });

/** The guards that shield's rules are made of, by coordinate: for who completes an answer without shield (ADR 11). */
export function guardsOf(schema: GraphQLSchema): ReadonlyMap<string, Guard> {
  return new Map(
    labelledFields(schema).flatMap((field): [string, Guard][] => {
      const guardian = guardOf(field);
      return guardian ? [[field.coordinate, guardian]] : [];
    }),
  );
}

/** The schema with graphql-shield on every guarded field, and on no other: an unguarded field pays for no wrapper. */
export function guard(schema: GraphQLSchema): GraphQLSchema {
  const tree: Record<string, Record<string, ReturnType<typeof ruleOf>>> = {};
  const openings = new Map<string, Guard>();
  for (const field of labelledFields(schema)) {
    const guardian = guardOf(field);
    if (guardian && field.type === 'Subscription') openings.set(field.coordinate, guardian);
    if (guardian) tree[field.type] = { ...tree[field.type], [field.field]: ruleOf(guardian) };
  }
  const plain = new Map<string, GraphQLFieldResolver<unknown, unknown> | undefined>();
  forEachField(schema, (coordinate, field) => plain.set(coordinate, field.resolve));
  const guarded = applyMiddleware(
    schema,
    shield(tree, { allowExternalErrors: true, fallbackRule: allow, debug: false }),
  );
  forEachField(guarded, (coordinate, field) => {
    const [type = '', name = ''] = coordinate.split('.');
    if (!tree[type]?.[name]) field.resolve = plain.get(coordinate);
    const opening = openings.get(coordinate);
    if (opening) field.subscribe = opened(opening, field.subscribe);
  });
  return guarded;
}

/** Shield guards what is resolved, which of a stream is each event: its opening is guarded by the same cell. */
const opened =
  (guardian: Guard, subscribe?: GraphQLFieldResolver<unknown, unknown>): GraphQLFieldResolver<unknown, unknown> =>
  (root, args, context, info) => {
    guardian({}, (context as { actor: Actor }).actor, args as Args);
    return subscribe?.(root, args, context, info);
  };

function forEachField(
  schema: GraphQLSchema,
  visit: (coordinate: string, field: GraphQLField<unknown, unknown>) => void,
): void {
  for (const type of objectTypesOf(schema)) {
    for (const field of Object.values(type.getFields())) visit(`${type.name}.${field.name}`, field);
  }
}
