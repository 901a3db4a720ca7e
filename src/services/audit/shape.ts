import type { Shape } from '../reading/shape.js';

export const ACCESS_EVENT: Shape = {
  table: 'access_event',
  typename: `'AccessEvent'`,
  columns: {
    id: 'id',
    at: 'at',
    role: 'role',
    departmentId: 'department_id',
    purpose: 'purpose',
    operation: 'operation',
    receiptNo: 'receipt_no',
    outcome: 'outcome',
    subjectIds: 'subject_ids',
    consentId: 'consent_id',
    onBehalf: 'on_behalf',
  },
  keys: [
    { column: 'at', type: 'timestamptz' },
    { column: 'id', type: 'uuid' },
  ],
  descending: true,
};
