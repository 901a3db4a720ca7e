import { type Cells, only } from './cells.js';
import { AGREEMENT_VERBS, BODIES, MARKET_READS, OF_BODIES } from './market.js';
import { MERGING, type Powers, SPLITTING, SUBMITTING } from './powers.js';
import { always, both, never, type Predicate, withCase, withPurpose } from './predicates.js';
import { ROLE_NAMES, type Role } from './roles.js';

const everyone = Object.fromEntries(ROLE_NAMES.map((role) => [role, always])) as Cells;
const departments = only({ DEPARTMENT: always, COURT: always });

// A root read answers the rows that need no purpose. Where every row a role may read needs one, so does the read:
// these cells say it aloud instead of answering an empty page.
const creditData: Cells = {
  ...everyone,
  CREDIT_OFFICE: withPurpose(),
  ANALYST: withPurpose('STATISTICS'),
  AUDITOR: both(withPurpose('AUDIT'), withCase),
  EXCHANGE: never,
  SYSTEM_ADMIN: never,
  SECURITY_ADMIN: never,
};
const register: Cells = { ...creditData, CREDIT_OFFICE: always, ANALYST: always };

/** 巡查、检查: the departments that are looked at, the credit office that leads, and the auditor. */
const supervised = only({
  SERVICE_HALL: always,
  DEPARTMENT: always,
  COURT: always,
  CREDIT_OFFICE: withPurpose(),
  AUDITOR: withPurpose('AUDIT'),
});
/** What waits for a department: its own; the credit office sees all of it, and the auditor by case. */
const ownCases = only({
  DEPARTMENT: always,
  COURT: always,
  CREDIT_OFFICE: withPurpose(),
  AUDITOR: both(withPurpose('AUDIT'), withCase),
});
const inspectors = only({ CREDIT_OFFICE: always, AUDITOR: always });
const answering = only({ SERVICE_HALL: always, DEPARTMENT: always, COURT: always });

/** Root fields of Query: who may ask at all. Which rows come back, row security decides. */
export const READS = {
  viewer: everyone,
  node: everyone,
  departments: everyone,
  catalogue: everyone,
  lists: everyone,
  measures: everyone,
  matters: everyone,
  subject: register,
  subjects: register,
  publicityNotices: register,
  records: creditData,
  listEntries: creditData,
  creditCheck: only({
    SUBJECT: always,
    SERVICE_HALL: always,
    DEPARTMENT: always,
    COURT: always,
    CREDIT_OFFICE: always,
    AUDITOR: both(withPurpose('AUDIT'), withCase),
  }),
  ...MARKET_READS,
  importBatch: only({
    ...BODIES,
    DEPARTMENT: always,
    COURT: always,
    EXCHANGE: always,
    CREDIT_OFFICE: withPurpose(),
    AUDITOR: both(withPurpose('AUDIT'), withCase),
  }),
  reportingDuties: only({ DEPARTMENT: always, COURT: always, CREDIT_OFFICE: withPurpose() }),
  publicityMonitor: only({ DEPARTMENT: always, COURT: always, CREDIT_OFFICE: withPurpose() }),
  publicityReminders: only({ DEPARTMENT: always, COURT: always, CREDIT_OFFICE: withPurpose() }),
  reviewItems: ownCases,
  subjectMerges: only({ CREDIT_OFFICE: withPurpose(), AUDITOR: both(withPurpose('AUDIT'), withCase) }),
  qualityReport: only({ DEPARTMENT: always, COURT: always, CREDIT_OFFICE: withPurpose() }),
  // 统计: natural persons in statistics only, small groups in none (reference.md; ADR 25).
  statistics: only({ CREDIT_OFFICE: withPurpose('STATISTICS'), ANALYST: withPurpose('STATISTICS') }),
  consents: only({
    SUBJECT: always,
    SERVICE_HALL: always,
    AGENCY: always,
    ASSOCIATION: always,
    AUDITOR: both(withPurpose('AUDIT'), withCase),
  }),
  accessEvents: only({ AUDITOR: withPurpose('AUDIT') }),
  patrolRules: everyone,
  patrolFindings: supervised,
  patrolSummary: only({ CREDIT_OFFICE: withPurpose(), AUDITOR: withPurpose('AUDIT') }),
  inspections: supervised,
  exchangeCases: ownCases,
  exchangeStatus: only({ CREDIT_OFFICE: always }),
  sealedCases: only({ DEPARTMENT: always, COURT: always, AUDITOR: withPurpose('AUDIT') }),
} as const satisfies Record<string, Cells>;

const checking: Powers = {
  reads: [
    'subject',
    'person_identity',
    'subject_key',
    'credit_record',
    'list_entry',
    'commitment',
    'credit_check',
    'credit_check_finding',
  ],
  inserts: { credit_check: 'ran', credit_check_finding: 'always' },
};
const listing: Powers = { reads: ['subject', 'list_entry'], updates: { list_entry: 'ownFunction' } };

const officers = only({ CREDIT_OFFICE: always });

/** Root fields of Mutation. A denied payload does not undo a mutation, so the verb is authorised before it runs. */
export const VERBS = {
  checkCredit: {
    may: only({ SERVICE_HALL: always, DEPARTMENT: always, COURT: always, CREDIT_OFFICE: always }),
    powers: checking,
  },
  checkCredits: {
    may: only({ SERVICE_HALL: always, DEPARTMENT: always, COURT: always, CREDIT_OFFICE: always }),
    powers: checking,
  },
  // `hub import` is this verb too, as the department itself; of which items, sending.ts says.
  submitRecords: {
    may: only({ ...BODIES, DEPARTMENT: always, COURT: always, EXCHANGE: always }),
    narrower: OF_BODIES,
    powers: SUBMITTING,
  },
  proposeListing: {
    may: departments,
    powers: {
      reads: ['subject', 'subject_key', 'list_entry'],
      inserts: { list_entry: 'ownFunction', subject_key: 'always', personal_text: 'always' },
    },
  },
  notifyListing: { may: departments, powers: listing },
  confirmListing: { may: departments, powers: listing },
  withdrawListing: { may: departments, powers: listing },
  revokeListing: { may: departments, powers: listing },
  // 条例 art. 40, 行政处罚法 art. 48: with the record goes the listing that rests on it, whosever list it is.
  revokeRecord: {
    may: departments,
    powers: {
      reads: ['credit_record', 'list_entry'],
      inserts: { publicity_withdrawal: 'ownDepartment' },
      updates: { credit_record: 'ownDepartment', list_entry: 'restsOnOwn' },
    },
  },
  stateDecisionCount: {
    may: departments,
    powers: { reads: ['decision_count'], inserts: { decision_count: 'ownDepartment' } },
  },
  // 提醒 The scheduled job, as the office that oversees the collection.
  remindPublicity: {
    endpoint: true,
    may: only({ CREDIT_OFFICE: always }),
    powers: { reads: ['publicity_reminder'], inserts: { publicity_reminder: 'always' } },
  },
  // 谁认定、谁负责: what the table leaves open the department decides that sent it, and nobody for it.
  decideReview: {
    may: departments,
    powers: {
      reads: ['credit_record', 'review_item'],
      updates: { credit_record: 'ownDepartment', review_item: 'ownDepartment' },
    },
  },
  makeCommitment: {
    may: only({ SUBJECT: always, SERVICE_HALL: always, DEPARTMENT: always }),
    powers: {
      reads: ['subject', 'subject_key', 'person_identity', 'commitment'],
      inserts: { commitment: 'always', subject_key: 'always', personal_text: 'always' },
    },
  },
  // 条例 art. 21, 个人信息保护法 art. 15: given and withdrawn by the subject itself, or before a witness at the counter.
  grantConsent: {
    may: only({ SUBJECT: always, SERVICE_HALL: always }),
    powers: { reads: ['subject', 'subject_key', 'person_identity'], inserts: { consent: 'granted' } },
  },
  grantPower: {
    may: only({ SERVICE_HALL: always }),
    powers: { reads: ['subject', 'subject_key', 'person_identity'], inserts: { consent: 'granted' } },
  },
  withdrawConsent: {
    may: only({ SUBJECT: always, SERVICE_HALL: always }),
    powers: { reads: ['consent'], updates: { consent: 'granted' } },
  },
  // Two officers: one proposes by document, another confirms, and neither undoes what it confirmed itself.
  mergeSubjects: {
    may: officers,
    powers: { reads: ['subject', 'person_identity', 'subject_merge'], inserts: { subject_merge: 'always' } },
  },
  splitSubject: {
    may: officers,
    powers: SPLITTING,
  },
  ...AGREEMENT_VERBS,
  confirmMerge: { may: officers, powers: MERGING },
  undoMerge: { may: officers, powers: MERGING },
  settleCommitment: {
    may: departments,
    powers: { reads: ['commitment'], updates: { commitment: 'ownDepartment' } },
  },
  // 巡查 `hub patrol` and the scheduled job are this verb too. It reads the log and the records, and writes cases.
  runPatrol: {
    may: only({ AUDITOR: always }),
    powers: {
      reads: [
        'access_event',
        'subject',
        'credit_record',
        'list_entry',
        'import_batch',
        'patrol_run',
        'patrol_finding',
        'patrol_finding_fact',
        'patrol_step',
      ],
      inserts: { patrol_run: 'always', patrol_finding: 'always', patrol_finding_fact: 'always', patrol_step: 'always' },
      updates: { patrol_finding: 'always' },
    },
  },
  assignFinding: {
    may: only({ AUDITOR: always }),
    powers: {
      reads: ['patrol_finding', 'patrol_step'],
      inserts: { patrol_step: 'always' },
      updates: { patrol_finding: 'always' },
    },
  },
  answerFinding: {
    may: answering,
    powers: {
      inserts: { patrol_step: 'ownDepartment' },
      updates: { patrol_finding: 'ownDepartment' },
    },
  },
  closeFinding: {
    may: only({ AUDITOR: always }),
    powers: {
      reads: ['patrol_finding', 'patrol_step'],
      inserts: { patrol_step: 'always' },
      updates: { patrol_finding: 'always' },
    },
  },
  // 检查、专项整治 The draw looks at what there is, and shows of it what its caller may read.
  openInspection: {
    may: inspectors,
    powers: {
      reads: ['patrol_finding', 'credit_record', 'inspection', 'inspection_item'],
      inserts: { inspection: 'always', inspection_item: 'always' },
    },
  },
  recordInspection: {
    may: inspectors,
    powers: {
      reads: ['inspection', 'inspection_item'],
      updates: { inspection_item: 'always' },
    },
  },
  reportRectification: {
    may: answering,
    powers: { updates: { inspection_item: 'ownDepartment' } },
  },
  acceptRectification: {
    may: inspectors,
    powers: { reads: ['inspection', 'inspection_item'], updates: { inspection_item: 'always' } },
  },
  closeInspection: {
    may: inspectors,
    powers: { reads: ['inspection', 'inspection_item'], updates: { inspection: 'always' } },
  },
  // Of a case that the exchange brought back: the department answers it, or has the row sent again.
  answerExchangeCase: {
    may: departments,
    powers: {
      reads: ['exchange_case'],
      updates: { exchange_case: 'ownDepartment' },
    },
  },
  resubmitExchangeCase: {
    may: departments,
    powers: {
      reads: ['exchange_case'],
      updates: { exchange_case: 'ownDepartment' },
    },
  },
  // The delivery as the partner that it is for: which messages it reads, that partner's agreement says, not the verb.
  deliverExchange: {
    endpoint: true,
    may: only({ EXCHANGE: always }),
    powers: {
      reads: ['exchange_case', 'exchange_partner', 'exchange_delivery', 'exchange_receipt', 'exchange_reconciliation'],
      inserts: {
        exchange_case: 'always',
        exchange_partner: 'always',
        exchange_delivery: 'always',
        exchange_receipt: 'always',
        exchange_reconciliation: 'always',
      },
      updates: { exchange_case: 'always', exchange_partner: 'always', exchange_delivery: 'always' },
    },
  },
  // POST /exchange/messages: what a partner sends, signed by it.
  receiveExchange: {
    endpoint: true,
    may: only({ EXCHANGE: always }),
    powers: {
      reads: ['exchange_message', 'exchange_delivery', 'exchange_receipt', 'exchange_inbox', 'exchange_case'],
      inserts: { exchange_inbox: 'always', exchange_case: 'always', exchange_receipt: 'always' },
      updates: { exchange_delivery: 'always', exchange_inbox: 'always' },
    },
  },
  // How far a department's exchange table has been read; its rows go in as submitRecords, by the department.
  pollExchange: {
    endpoint: true,
    may: departments,
    powers: {
      reads: ['exchange_source', 'exchange_source_row'],
      inserts: { exchange_source: 'always', exchange_source_row: 'always' },
      updates: { exchange_source: 'always', exchange_source_row: 'always' },
    },
  },
  // 查询记录封存: while its investigation runs, a department keeps its look-ups from whom they are about; never from the auditor.
  sealCase: { may: departments, powers: { inserts: { sealed_case: 'ownDepartment' } } },
  unsealCase: { may: departments, powers: { updates: { sealed_case: 'ownDepartment' } } },
  // POST /files: evidence of those who may file, and of the counters that file for them. Nobody reads it yet.
  storeFile: {
    endpoint: true,
    may: only({ SUBJECT: always, SERVICE_HALL: always, DEPARTMENT: always }),
    powers: { leaves: 'evidence_file', inserts: { subject_key: 'own' } },
  },
} as const satisfies Record<
  string,
  { may: Cells; powers: Powers; narrower?: Partial<Record<Role, Powers>>; endpoint?: true }
>;

/** Root fields of Subscription: asked when the stream opens, and again for each event. */
export const STREAMS = {
  importProgress: only({
    ...BODIES,
    DEPARTMENT: always,
    COURT: always,
    EXCHANGE: always,
    CREDIT_OFFICE: withPurpose(),
  }),
} as const satisfies Record<string, Cells>;

export type Read = keyof typeof READS;
export type Verb = keyof typeof VERBS;
export type Stream = keyof typeof STREAMS;
export type Root = Read | Verb | Stream;

export function cellOf(root: Root, role: Role): Predicate {
  if (root in READS) return READS[root as Read][role];
  return root in STREAMS ? STREAMS[root as Stream][role] : VERBS[root as Verb].may[role];
}

export const VERB_NAMES = Object.keys(VERBS) as Verb[];

/** What the verb lends to this role: less than to others, where it says so; nothing, where the role may not. */
export function powersOf(verb: Verb, role: Role): Powers {
  const { may, powers, narrower }: { may: Cells; powers: Powers; narrower?: Partial<Record<Role, Powers>> } =
    VERBS[verb];
  return may[role].name === 'never' ? {} : (narrower?.[role] ?? powers);
}

/** Verbs, reads and streams that are root fields of the schema. */
export const ROOT_FIELDS: readonly Root[] = [
  ...(Object.keys(READS) as Read[]),
  ...VERB_NAMES.filter((verb) => !('endpoint' in VERBS[verb])),
  ...(Object.keys(STREAMS) as Stream[]),
];

/** Root fields that a role may use, be it only with a purpose. */
export const rootFieldsOf = (role: Role): string[] =>
  ROOT_FIELDS.filter((root) => cellOf(root, role).name !== 'never').sort();
