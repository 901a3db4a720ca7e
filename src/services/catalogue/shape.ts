import type { Shape } from '../reading/shape.js';

export const ITEM: Shape = {
  table: 'catalogue_item',
  typename: `'CatalogueItem'`,
  columns: {
    id: 'id',
    code: 'code',
    name: 'name',
    disclosure: 'disclosure',
    providerFunctions: 'provider_functions',
    subjectKinds: 'subject_kinds',
    fields: 'fields',
  },
  keys: [
    { column: 'code', type: 'text' },
    { column: 'id', type: 'uuid' },
  ],
  descending: false,
};
