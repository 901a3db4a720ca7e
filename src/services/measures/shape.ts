import type { Shape } from '../reading/shape.js';

const byCode: Pick<Shape, 'keys' | 'descending'> = {
  keys: [
    { column: 'code', type: 'text' },
    { column: 'id', type: 'uuid' },
  ],
  descending: false,
};

export const MEASURE: Shape = {
  ...byCode,
  table: 'measure',
  typename: `'Measure'`,
  columns: { id: 'id', code: 'code', name: 'name', kind: 'kind' },
};

export const MATTER: Shape = {
  ...byCode,
  table: 'service_matter',
  typename: `'ServiceMatter'`,
  columns: { id: 'id', code: 'code', name: 'name', function: 'function', nationalCode: 'national_code' },
};

export const TRIGGER: Shape = {
  table: 'measure_trigger',
  typename: `'MeasureTrigger'`,
  columns: {
    id: 'id',
    measureId: 'measure_id',
    matterId: 'matter_id',
    listId: 'list_id',
    penaltyKind: 'penalty_kind',
    breachedCommitment: 'breached_commitment',
    effect: 'effect',
    basisId: 'basis_id',
  },
  keys: [
    { column: 'matter_id', type: 'uuid' },
    { column: 'id', type: 'uuid' },
  ],
  descending: false,
};
