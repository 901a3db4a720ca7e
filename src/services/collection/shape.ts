import type { Shape } from '../reading/shape.js';

export const BATCH: Shape = {
  table: 'import_batch',
  typename: `'ImportBatch'`,
  columns: {
    id: 'id',
    itemId: 'item_id',
    departmentId: 'department_id',
    state: 'state',
    catalogueVersion: 'catalogue_version',
    read: 'read',
    accepted: 'accepted',
    rejected: 'rejected',
    revised: 'revised',
    unchanged: 'unchanged',
    unknownColumns: 'unknown_columns',
    backFilled: 'back_filled',
    corrections: 'corrections',
    warnings: 'warnings',
    rejections: 'rejections',
  },
  keys: [
    { column: 'created_at', type: 'timestamptz' },
    { column: 'id', type: 'uuid' },
  ],
  descending: true,
};

export const BATCH_ROW: Shape = {
  table: 'import_row',
  typename: `'ImportRow'`,
  columns: {
    id: `batch_id || '/' || row_no`,
    batchId: 'batch_id',
    rowNo: 'row_no',
    values: 'values',
    issues: 'issues',
    rejected: 'rejected',
    outcome: 'outcome',
    class: 'class',
  },
  keys: [
    { column: `lpad(row_no::text, 9, '0')`, type: 'text' },
    { column: 'batch_id', type: 'uuid' },
  ],
  descending: false,
};
