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

/**
 * 报送市场信用信息 Less than a department's: nothing of the public data is written, no subject made, and every row stands
 * in the name of the body that the token names.
 */
export const BRINGING: Powers = {
  reads: ['market_record'],
  inserts: { import_batch: 'provided', import_row: 'always', market_record: 'provided' },
  updates: { import_batch: 'provided', market_record: 'provided' },
};

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
