import type { Shape } from '../reading/shape.js';

export const ITEM: Shape = {
  table: 'catalogue_item',
  typename: `'CatalogueItem'`,
  columns: {
    id: 'id',
    code: 'code',
    name: 'name',
    nature: 'nature',
    disclosure: 'disclosure',
    providerFunctions: 'provider_functions',
    subjectKinds: 'subject_kinds',
    fields: 'fields',
    version: 'version',
    effectiveFrom: 'effective_from',
    effectiveUntil: 'effective_until',
    cycle: 'cycle',
    businessKey: 'business_key',
    nationalCategory: 'national_category',
    nationalCode: 'national_code',
    disclosureTerm: 'disclosure_term',
  },
  keys: [
    { column: 'code', type: 'text' },
    { column: 'id', type: 'uuid' },
  ],
  descending: false,
};
