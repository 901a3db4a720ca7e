import { SEAL_STATE, subject, subjectGroup } from '../../permissions/states.js';
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
    labels: 'labels',
    sealed: 'case_sealed(department_id, case_no)',
    // whoever has turned out to be one of them is one of them
    subjectIds: `case when subject_ids && ${subjectGroup} then array_append(subject_ids, ${subject}) else subject_ids end`,
    consentId: 'consent_id',
    onBehalf: 'on_behalf',
  },
  keys: [
    { column: 'at', type: 'timestamptz' },
    { column: 'id', type: 'uuid' },
  ],
  descending: true,
};

export const SEALED_CASE: Shape = {
  table: 'sealed_case',
  typename: `'SealedCase'`,
  columns: {
    id: 'id',
    departmentId: 'department_id',
    caseNo: 'case_no',
    state: SEAL_STATE,
    documentNo: 'document_no',
    reason: 'reason',
    sealedOn: 'sealed_on',
    sealedUntil: 'sealed_until',
    liftedOn: 'lifted_on',
    liftDocumentNo: 'lift_document_no',
    liftReason: 'lift_reason',
  },
  keys: [
    { column: 'sealed_on', type: 'date' },
    { column: 'id', type: 'uuid' },
  ],
  descending: true,
};
