import type { Shape } from '../reading/shape.js';

export const CHECK: Shape = {
  table: 'credit_check',
  typename: `'CreditCheck'`,
  columns: {
    id: 'id',
    receiptNo: 'receipt_no',
    verdict: 'verdict',
    checkedAt: 'checked_at',
    matterId: 'matter_id',
    caseNo: 'case_no',
    subjectId: 'subject_id',
    subjectFound: 'subject_found',
    nameMatches: 'name_matches',
    sources: 'sources',
  },
  keys: [
    { column: 'checked_at', type: 'timestamptz' },
    { column: 'id', type: 'uuid' },
  ],
  descending: true,
};

export const FINDING: Shape = {
  table: 'credit_check_finding',
  typename: `'CreditFinding'`,
  columns: {
    id: `check_id || '/' || ordinal`,
    checkId: 'check_id',
    measureId: 'measure_id',
    effect: 'effect',
    basisId: 'basis_id',
    listEntryId: 'list_entry_id',
    recordId: 'record_id',
    commitmentId: 'commitment_id',
  },
  keys: [
    { column: 'check_id', type: 'uuid' },
    { column: 'ordinal', type: 'text' },
  ],
  descending: false,
};
