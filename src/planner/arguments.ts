import { type FieldNode, type GraphQLField, getArgumentValues, visit } from 'graphql';
import type { Args } from './relations.js';

type Field = GraphQLField<unknown, never>;
type Variables = Readonly<Record<string, unknown>>;

const constant = new WeakMap<FieldNode, Args | null>();

/** A field's arguments as graphql-js coerces them; once for all where no variable stands in them. */
export function argumentsOf(field: Field, node: FieldNode, variables: Variables): Args {
  let known = constant.get(node);
  if (known === undefined) {
    known = hasVariables(node) ? null : coerced(field, node, {});
    constant.set(node, known);
  }
  return known ?? coerced(field, node, variables);
}

const coerced = (field: Field, node: FieldNode, variables: Variables): Args =>
  getArgumentValues(field as GraphQLField<unknown, unknown>, node, variables);

function hasVariables({ arguments: given = [] }: FieldNode): boolean {
  let found = false;
  const Variable = () => {
    found = true;
  };
  for (const argument of given) visit(argument, { Variable });
  return found;
}
