import type { Shape } from '../reading/shape.js';

export const DEPARTMENT: Shape = {
  table: 'department',
  typename: `'Department'`,
  columns: { id: 'id', code: 'code', name: 'name', functions: 'functions' },
  keys: [
    { column: 'code', type: 'text' },
    { column: 'id', type: 'uuid' },
  ],
  descending: false,
};

export const LEGAL_BASIS: Shape = {
  table: 'legal_basis',
  typename: `'LegalBasis'`,
  columns: { id: 'id', title: 'title', article: 'article', rank: 'rank', validFrom: 'valid_from', validTo: 'valid_to' },
  keys: [
    { column: 'key', type: 'text' },
    { column: 'id', type: 'uuid' },
  ],
  descending: false,
};
