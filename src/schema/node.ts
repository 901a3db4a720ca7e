import { ID, InterfaceType } from 'type-graphql';
import { Labelled } from './labelled.js';

/** What a row answers when asked what it is. */
export const typeOf = (row: { __typename: string }): string => row.__typename;

@InterfaceType({ description: '对象 Anything with an id that `node(id:)` finds again.', resolveType: typeOf })
export abstract class Node {
  @Labelled('OPEN', () => ID, '标识 Opaque; never a citizen id.')
  id: string;
}
