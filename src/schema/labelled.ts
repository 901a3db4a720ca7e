import { Extensions, Field, FieldResolver } from 'type-graphql';
import type { Label } from '../permissions/labels.js';

type TypeOf = () => unknown;

/**
 * A field of an object type, which can't be declared without its label (安全标记) and its Chinese term.
 * Guarded fields are nullable, so that a refusal nulls one leaf; a guarded field that can't be null is masked instead.
 */
export function Labelled(
  label: Label,
  type: TypeOf,
  description: string,
  options: { nullable?: boolean; name?: string } = {},
): PropertyDecorator & MethodDecorator {
  return (target: object, key: string | symbol, descriptor?: PropertyDescriptor) => {
    // A property is read from its row by graphql-js itself: type-graphql's own reader costs as much as the rest of a leaf.
    const simple = descriptor === undefined;
    // biome-ignore lint/suspicious/noExplicitAny: type-graphql's own type for a return thunk is not exported
    Field(type as any, { description, simple, ...options })(target, key as string, descriptor as PropertyDescriptor);
    Extensions({ label })(target, key, descriptor as PropertyDescriptor);
  };
}

/** The same for a field that a resolver class adds to a type. */
export function LabelledResolver(
  label: Label,
  type: TypeOf,
  description: string,
  options: { nullable?: boolean } = {},
): MethodDecorator {
  return (target: object, key: string | symbol, descriptor: PropertyDescriptor) => {
    // biome-ignore lint/suspicious/noExplicitAny: as above
    FieldResolver(type as any, { description, ...options })(target, key, descriptor);
    Extensions({ label })(target, key, descriptor);
  };
}
