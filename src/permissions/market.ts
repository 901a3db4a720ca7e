import { type Cells, only } from './cells.js';
import type { Powers } from './powers.js';
import { always, both, withCase, withPurpose } from './predicates.js';
import type { Role } from './roles.js';

/** 市场信用信息 Whom the agreement names, its own subject, and who brought it (rows decide); and the agreements. */
export const MARKET_READS = {
  marketRecords: only({
    SUBJECT: always,
    SERVICE_HALL: withPurpose(),
    DEPARTMENT: withPurpose(),
    COURT: withPurpose(),
    CREDIT_OFFICE: withPurpose(),
    ASSOCIATION: always,
    AGENCY: always,
    AUDITOR: both(withPurpose('AUDIT'), withCase),
  }),
  collectionAgreements: only({
    CREDIT_OFFICE: always,
    ASSOCIATION: always,
    AGENCY: always,
    AUDITOR: both(withPurpose('AUDIT'), withCase),
  }),
} as const satisfies Record<string, Cells>;

const officers = only({ CREDIT_OFFICE: always });

/** 归集共享协议 Two officers: one proposes by document, another confirms; ended at once, by either. */
export const AGREEMENT_VERBS = {
  proposeAgreement: {
    may: officers,
    powers: { reads: ['collection_agreement'], inserts: { collection_agreement: 'always' } },
  },
  confirmAgreement: {
    may: officers,
    powers: { reads: ['collection_agreement'], updates: { collection_agreement: 'always' } },
  },
  endAgreement: {
    may: officers,
    powers: {
      reads: ['collection_agreement', 'market_record'],
      updates: { collection_agreement: 'always', market_record: 'always' },
    },
  },
} as const satisfies Record<string, { may: Cells; powers: Powers }>;

/**
 * What `submitRecords` lends to a body: less than to a department. Nothing of the public data is written, no subject made,
 * and every row stands in the name of the body that the token names.
 */
const BRINGING: Powers = {
  reads: ['market_record'],
  inserts: { import_batch: 'provided', import_row: 'always', market_record: 'provided' },
  updates: { import_batch: 'provided', market_record: 'provided' },
};
export const BODIES = { ASSOCIATION: always, AGENCY: always } as const satisfies Partial<Cells>;
export const OF_BODIES = { ASSOCIATION: BRINGING, AGENCY: BRINGING } as const satisfies Partial<Record<Role, Powers>>;
