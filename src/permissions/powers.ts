import type { Fact } from './predicates.js';
import type { GuardedTableName } from './rows.js';

/**
 * What a verb may do in Postgres beyond what its caller reads: rows it may look at while it decides, and rows it may
 * write, each under a fact. The power lasts for the verb's own work (services/session.ts, asVerb), not for its answer.
 */
export interface Powers {
  reads?: readonly GuardedTableName[];
  inserts?: Partial<Record<GuardedTableName, Fact | 'always'>>;
  updates?: Partial<Record<GuardedTableName, Fact | 'always'>>;
  /** reference tables of which one column is the verb's to move */
  moves?: readonly ['credit_list', 'received_up_to'];
  /** a table in which it leaves rows under the caller's name, and reads none */
  leaves?: 'evidence_file';
}

/** 报送 What a department, a court or a platform brings: records, entries, and the subjects that they are about. */
export const SUBMITTING = {
  reads: [
    'subject',
    'subject_representative',
    'person_identity',
    'subject_key',
    'credit_record',
    'personal_text',
    'list_entry',
    'former_name',
    'import_batch',
    'import_row',
    'review_item',
    // to move its subject_kind with the subject's
    'commitment',
  ],
  inserts: {
    subject: 'always',
    subject_representative: 'always',
    person_identity: 'always',
    subject_key: 'always',
    former_name: 'always',
    credit_record: 'always',
    personal_text: 'always',
    list_entry: 'always',
    import_batch: 'ownDepartment',
    import_row: 'always',
    review_item: 'ownDepartment',
    publicity_withdrawal: 'ownDepartment',
  },
  updates: {
    subject: 'always',
    subject_representative: 'always',
    credit_record: 'always',
    personal_text: 'always',
    list_entry: 'always',
    commitment: 'always',
    import_batch: 'ownDepartment',
    review_item: 'ownDepartment',
  },
  moves: ['credit_list', 'received_up_to'],
} as const satisfies Powers;

/** 归并、拆分 Everything that hangs on a subject moves with it, seen by the officer or not; what it moved stands beside it. */
export const MERGING: Powers = {
  reads: [
    'subject',
    'person_identity',
    'subject_key',
    'personal_text',
    'credit_record',
    'list_entry',
    'commitment',
    'consent',
    'credit_check',
    'collection_agreement',
    'market_record',
    'import_batch',
    'import_row',
    'subject_merge',
    'subject_merge_row',
  ],
  inserts: { subject_merge_row: 'always', subject_key: 'always' },
  updates: {
    subject: 'always',
    personal_text: 'always',
    credit_record: 'always',
    list_entry: 'always',
    commitment: 'always',
    consent: 'always',
    credit_check: 'always',
    collection_agreement: 'always',
    market_record: 'always',
    subject_merge: 'always',
    subject_merge_row: 'always',
  },
};

/** 拆分 Proposed with the subject that the rows are about, which may be made by it. */
export const SPLITTING: Powers = {
  reads: [
    'subject',
    'person_identity',
    'subject_key',
    'credit_record',
    'list_entry',
    'commitment',
    'consent',
    'credit_check',
    'market_record',
    'subject_merge',
    'subject_merge_row',
  ],
  inserts: {
    subject: 'always',
    person_identity: 'always',
    subject_key: 'always',
    subject_merge: 'always',
    subject_merge_row: 'always',
  },
};
