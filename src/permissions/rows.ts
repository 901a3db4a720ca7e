import type { Label } from './labels.js';
import { type Fact, setting } from './predicates.js';
import {
  department,
  ENTRY_PUBLIC,
  entryActive,
  exists,
  functions,
  lasts,
  RECORD_PUBLIC,
  recordActive,
  role,
  subject,
  subjectGroup,
} from './states.js';

/** What a role reads rows of. */
export const ROW_CLASSES = {
  organisation: { zh: '法人和非法人组织' },
  person: { zh: '自然人' },
  record: { zh: '信用信息' },
  entry: { zh: '名单信息' },
  commitment: { zh: '信用承诺' },
  check: { zh: '核查记录' },
  batch: { zh: '归集批次' },
  event: { zh: '访问日志' },
  consent: { zh: '授权书' },
  finding: { zh: '巡查问题' },
  inspection: { zh: '检查' },
  message: { zh: '交换报文' },
  exchangeCase: { zh: '交换待办' },
  exchange: { zh: '交换台账' },
  seal: { zh: '查询记录封存' },
  notice: { zh: '撤回公示说明' },
  merge: { zh: '主体归并与拆分' },
  agreement: { zh: '归集共享协议' },
  market: { zh: '市场信用信息' },
} as const satisfies Record<string, { zh: string }>;
export type RowClass = keyof typeof ROW_CLASSES;

/** of a row that says its department and case; what states none belongs to no case */
const notSealed = '(case_no is null or department_id is null or not case_sealed(department_id, case_no))';

const isNamed = (column: string) => `${column} = (select (consent_stated()).subject_id)`;
const opened = (label: Label) => `consent_opens('${label}', null)`;

/** A table that holds credit data: of which class its rows are, how each fact is known, and how narrow a row is. */
export interface GuardedTable {
  class: RowClass | 'subject';
  facts: Partial<Record<Fact, string>>;
  /** a side table: its rows are read by the cell of this label, not by the class alone */
  side?: Label;
  /** SQL text of the row's label, as the audit log names it; without one the row is not recorded by itself */
  label?: string;
}

export const GUARDED = {
  subject: {
    class: 'subject',
    label: `case when kind = 'NATURAL_PERSON' then 'PERSONAL' else 'OPEN' end`,
    facts: {
      own: `id = ${subject}`,
      organisation: `kind <> 'NATURAL_PERSON'`,
      governmentBody: `kind = 'GOVERNMENT_BODY'`,
      // a readable record implies a readable subject
      reachable: 'subject_reachable(id)',
      named: isNamed('id'),
    },
  },
  former_name: { class: 'organisation', facts: {} },
  subject_representative: {
    class: 'organisation',
    side: 'PERSONAL',
    facts: {
      own: `subject_id = ${subject}`,
      providedOrDecided: 'subject_acted_on(subject_id)',
      checked: 'subject_checked(subject_id)',
      consented: `(${isNamed('subject_id')} and ${opened('PERSONAL')})`,
    },
  },
  person_identity: {
    class: 'person',
    side: 'PERSONAL',
    facts: {
      own: `subject_id = ${subject}`,
      providedOrDecided: 'subject_acted_on(subject_id)',
      checked: 'subject_checked(subject_id)',
      consented: `(${isNamed('subject_id')} and ${opened('PERSONAL')})`,
    },
  },
  // 数据密钥 Wrapped: of use to whoever also holds the key file, and read by whoever may read what it opens.
  subject_key: {
    class: 'person',
    side: 'PERSONAL',
    facts: {
      own: `subject_id = ${subject}`,
      providedOrDecided: '(subject_acted_on(subject_id) or subject_told_of(subject_id))',
      checked: 'subject_checked(subject_id)',
      consented: `(${isNamed('subject_id')} and ${opened('PERSONAL')})`,
    },
  },
  credit_record: {
    class: 'record',
    label: `case when ${RECORD_PUBLIC} then 'OPEN' when subject_kind = 'NATURAL_PERSON' then 'PERSONAL' when disclosure = 'AUTHORISED' then 'AUTHORISED' else 'GOVERNMENT' end`,
    facts: {
      own: `subject_id = ${subject}`,
      ownDepartment: `${department} in (provider_id, authority_id)`,
      checked: 'record_found(id)',
      public: RECORD_PUBLIC,
      current: recordActive,
      active: recordActive,
      organisation: `subject_kind <> 'NATURAL_PERSON'`,
      governmentBody: `subject_kind = 'GOVERNMENT_BODY'`,
      shared: `disclosure in ('PUBLIC', 'GOVERNMENT')`,
      // An item that is named opens what of it is not published, too; 政务共享 is not the subject's to give away.
      consented: `(${isNamed('subject_id')} and disclosure <> 'GOVERNMENT' and consent_opens(disclosure, item_id))`,
    },
  },
  personal_text: {
    class: 'record',
    side: 'PERSONAL',
    facts: {
      own: `subject_id = ${subject}`,
      providedOrDecided: `${department} in (provider_id, authority_id)`,
      checked: 'false',
      // The text may name somebody else, who has consented to nothing.
      consented: 'false',
    },
  },
  list_entry: {
    class: 'entry',
    label: `case when ${ENTRY_PUBLIC} then 'OPEN' when subject_kind = 'NATURAL_PERSON' then 'PERSONAL' else 'GOVERNMENT' end`,
    facts: {
      own: `subject_id = ${subject}`,
      ownDepartment: `department_id = ${department}`,
      ownFunction: exists('credit_list l', `l.id = list_entry.list_id and l.function = any(${functions})`),
      restsOnOwn: 'record_of_own(record_id)',
      checked: 'entry_found(id)',
      public: ENTRY_PUBLIC,
      current: `(state not in ('REPAIRED', 'EXPIRED', 'REVOKED') and (state not in ('LISTED', 'SUSPENDED') or ${lasts('ends_on')}))`,
      active: entryActive,
      organisation: `subject_kind <> 'NATURAL_PERSON'`,
      governmentBody: `subject_kind = 'GOVERNMENT_BODY'`,
      shared: 'true',
      consented: `(${isNamed('subject_id')} and ${opened('AUTHORISED')})`,
    },
  },
  commitment: {
    class: 'commitment',
    label: `case when subject_kind = 'NATURAL_PERSON' then 'PERSONAL' else 'GOVERNMENT' end`,
    facts: {
      own: `subject_id = ${subject}`,
      ownDepartment: `department_id = ${department}`,
      checked: 'commitment_found(id)',
      current: `state <> 'REPAIRED'`,
      active: `state <> 'REPAIRED'`,
      organisation: `subject_kind <> 'NATURAL_PERSON'`,
      governmentBody: `subject_kind = 'GOVERNMENT_BODY'`,
      shared: 'true',
      consented: `(${isNamed('subject_id')} and ${opened('AUTHORISED')})`,
    },
  },
  consent: {
    class: 'consent',
    label: `case when subject_kind = 'NATURAL_PERSON' then 'PERSONAL' else 'GOVERNMENT' end`,
    facts: {
      own: `subject_id = ${subject}`,
      given: `(recipient_role = ${role} and (recipient_department_id = ${department} or recipient_user = ${setting('user')} or agent_id = ${subject}))`,
      // by the subject itself and nobody for it, or at the own counter before a witness
      granted: `(${setting('power')} is null and ((${role} = 'SUBJECT' and subject_id = ${subject}) or (${role} = 'SERVICE_HALL' and department_id = ${department})))`,
    },
  },
  // 归集共享协议 With whom market information is collected, and for whom.
  collection_agreement: {
    class: 'agreement',
    label: `'GOVERNMENT'`,
    facts: { provided: `body_id = ${subject}` },
  },
  // 市场信用信息 In a table of its own: no read of public data, no check and no partner of the exchange comes by.
  market_record: {
    class: 'market',
    label: `'AUTHORISED'`,
    facts: {
      own: `subject_id = ${subject}`,
      provided: `body_id = ${subject}`,
      current: `(state = 'ACTIVE' and ${lasts('expires_on')})`,
      // once a statement
      told: 'agreement_id = any((select market_told())::uuid[])',
      consented: `(${isNamed('subject_id')} and ${opened('AUTHORISED')})`,
    },
  },
  // 主体归并与拆分 What was found to be one subject, or two, and which rows it moved.
  subject_merge: { class: 'merge', label: `'GOVERNMENT'`, facts: {} },
  subject_merge_row: { class: 'merge', facts: {} },
  credit_check: {
    class: 'check',
    label: `'GOVERNMENT'`,
    facts: {
      // A check shows what its event would: sealed with it.
      own: `(subject_id = ${subject} and ${notSealed})`,
      ran: `(checked_by = ${setting('user')} and department_id = ${department})`,
    },
  },
  credit_check_finding: {
    class: 'check',
    facts: {
      own: exists('credit_check k', 'k.id = credit_check_finding.check_id'),
      ran: exists('credit_check k', 'k.id = credit_check_finding.check_id'),
    },
  },
  import_batch: {
    class: 'batch',
    label: `'GOVERNMENT'`,
    facts: {
      // what came under an agreement is no department's own, whoever concluded it
      ownDepartment: `(department_id = ${department} and agreement_id is null)`,
      sent: `submitted_by = ${setting('user')}`,
      // under which agreement, and whether it is its own, a trigger looks at
      provided: `(submitted_by = ${setting('user')} and agreement_id is not null)`,
    },
  },
  import_row: {
    class: 'batch',
    facts: {
      ownDepartment: exists('import_batch b', 'b.id = import_row.batch_id'),
      sent: exists('import_batch b', 'b.id = import_row.batch_id'),
    },
  },
  review_item: { class: 'batch', facts: { ownDepartment: `department_id = ${department}` } },
  // 巡查 Who was looked at and by whom, the fields' labels keep back; whose case it is, the row says.
  patrol_run: { class: 'finding', facts: {} },
  patrol_finding: { class: 'finding', label: `'AUDIT'`, facts: { ownDepartment: `department_id = ${department}` } },
  // which facts a case of many is about, by their digests: for the machinery alone
  patrol_finding_fact: { class: 'finding', facts: {} },
  patrol_step: {
    class: 'finding',
    facts: { ownDepartment: exists('patrol_finding f', `f.id = finding_id and f.department_id = ${department}`) },
  },
  inspection: {
    class: 'inspection',
    label: `'GOVERNMENT'`,
    facts: { ownDepartment: `${department} = any(department_ids)` },
  },
  inspection_item: {
    class: 'inspection',
    label: `'GOVERNMENT'`,
    facts: { ownDepartment: `department_id = ${department}` },
  },
  // 发件箱 A message is shown to a partner as its agreement lists: what, of which label, and whether persons too.
  exchange_message: {
    class: 'message',
    facts: {
      agreed: `((partner is null or partner = ${setting('user')}) and (exchange_message.scope = 'CASE' or ${exists(
        'exchange_agreement a',
        `a.partner = ${setting('user')} and (exchange_message.scope = any(a.scopes) or split_part(exchange_message.scope, '/', 1) || '/*' = any(a.scopes)) and exchange_message.label = any(a.labels) and (exchange_message.subject_kind <> 'NATURAL_PERSON' or 'PERSONAL' = any(a.labels))`,
      )}))`,
    },
  },
  exchange_case: {
    class: 'exchangeCase',
    label: `case when subject_kind = 'NATURAL_PERSON' then 'PERSONAL' else 'GOVERNMENT' end`,
    facts: { ownDepartment: `department_id = ${department}` },
  },
  exchange_partner: { class: 'exchange', facts: {} },
  exchange_delivery: { class: 'exchange', facts: {} },
  exchange_receipt: { class: 'exchange', facts: {} },
  exchange_reconciliation: { class: 'exchange', facts: {} },
  // what came in, sealed, and how far each source was read: for the machinery alone
  exchange_inbox: { class: 'exchange', facts: {} },
  exchange_source: { class: 'exchange', facts: {} },
  exchange_source_row: { class: 'exchange', facts: {} },
  // Neither shown nor counted while the case is sealed: no page, cursor or total of the subject's tells that it is there.
  access_event: {
    class: 'event',
    label: `'AUDIT'`,
    facts: { own: `(subject_ids && ${subjectGroup} and ${notSealed})` },
  },
  sealed_case: { class: 'seal', label: `'GOVERNMENT'`, facts: { ownDepartment: `department_id = ${department}` } },
  decision_count: { class: 'batch', facts: { ownDepartment: `department_id = ${department}` } },
  publicity_reminder: { class: 'batch', facts: { ownDepartment: `department_id = ${department}` } },
  publicity_withdrawal: {
    class: 'notice',
    facts: { ownDepartment: `${department} in (authority_id, provider_id)`, public: 'was_public' },
  },
} as const satisfies Record<string, GuardedTable>;
export type GuardedTableName = keyof typeof GUARDED;

/** 公开的基础数据: read by everyone, written by the owner's migrations and commands alone. */
export const REFERENCE_TABLES = [
  'department',
  'legal_basis',
  'catalogue_item',
  'catalogue_item_basis',
  'rule_set',
  'credit_list',
  'credit_list_basis',
  'measure',
  'service_matter',
  'measure_trigger',
  'trusted_document',
  'exchange_agreement',
] as const;
