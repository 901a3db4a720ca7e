import type { Label } from './labels.js';
import { type Fact, setting } from './predicates.js';
import { POSTGRES_ROLES } from './roles.js';

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
} as const satisfies Record<string, { zh: string }>;
export type RowClass = keyof typeof ROW_CLASSES;

const today = setting('today', 'date');
const subject = setting('subject', 'uuid');
const department = setting('department', 'uuid');
const functions = `string_to_array(${setting('functions')}, ',')`;

/** The state that a row has today, without a job that turns it: the last day counts, the day after does not. */
export const RECORD_STATE = `case when state = 'ACTIVE' and expires_on < ${today} then 'EXPIRED' else state end`;
export const ENTRY_STATE = `case when state in ('LISTED', 'SUSPENDED') and ends_on < ${today} then 'EXPIRED' else state end`;

// `least` passes over nulls: an end that is not set is no end.
const lasts = (...ends: string[]) =>
  `coalesce(${ends.length > 1 ? `least(${ends.join(', ')})` : ends[0]}, 'infinity') >= ${today}`;
const recordActive = `(state = 'ACTIVE' and ${lasts('expires_on')})`;
const recordPublic = `(subject_kind <> 'NATURAL_PERSON' and disclosure = 'PUBLIC' and state = 'ACTIVE' and public_from <= ${today} and ${lasts('expires_on', 'public_until')})`;
const entryActive = `(state = 'LISTED' and listed_on <= ${today} and ${lasts('ends_on')})`;
const entryPublic = `(subject_kind <> 'NATURAL_PERSON' and ${entryActive})`;
const exists = (from: string, where: string) => `exists (select 1 from ${from} where ${where})`;

/** Rows of `table` that prove a fact about the subject `$1`, among those that the caller may read. */
interface Proof {
  table: 'credit_record' | 'list_entry' | 'commitment' | 'credit_check' | 'personal_text';
  where: string;
}

/**
 * Facts about a subject that hang on other tables' rows: each is printed as a function, with the row cells of every role
 * in it. In the policy of `subject` itself every plan would hold all of those tables' row security (65 ms to plan, for
 * organisations too); run as the caller, each call would set up row security inside row security (1.5 ms a person).
 */
export const SUBJECT_FACTS = {
  subject_reachable: (['credit_record', 'list_entry', 'commitment', 'credit_check'] as const).map((table) => ({
    table,
    where: 'subject_id = $1',
  })),
  subject_acted_on: [
    { table: 'credit_record', where: `subject_id = $1 and ${department} in (provider_id, authority_id)` },
  ],
  subject_told_of: [{ table: 'personal_text', where: 'subject_id = $1' }],
} as const satisfies Record<string, readonly Proof[]>;

/** A check that the caller ran: said in full, since what asks for it runs past row security. */
const ranBy = (check: string) => `${check}.checked_by = ${setting('user')} and ${check}.department_id = ${department}`;
const foundByOwnCheck = (column: string) =>
  exists(
    'public.credit_check_finding f join public.credit_check k on k.id = f.check_id',
    `f.${column} = $1 and ${ranBy('k')}`,
  );

/**
 * What the caller's own checks are about and have found, by the id of the row. Functions, because a policy that looked
 * into these tables itself would have their policies set up with every statement, looked into or not.
 */
export const OWN_CHECKS = {
  subject_checked: exists('public.credit_check k', `k.subject_id = $1 and ${ranBy('k')}`),
  record_found: foundByOwnCheck('record_id'),
  entry_found: foundByOwnCheck('list_entry_id'),
  commitment_found: foundByOwnCheck('commitment_id'),
} as const;

const role = setting('role');
/** 授权书 in force for this caller and this purpose. `k` is a row of consent. */
const consentFits = `k.kind = 'CONSENT' and k.withdrawn_on is null and k.expires_on >= ${today} and k.purpose = ${setting('purpose')}
    and k.recipient_role = ${role} and (k.recipient_department_id = ${department} or k.recipient_user = ${setting('user')})`;

/** 委托书 in force by which this caller may act for its subject. */
export const POWER_IN_FORCE = `(kind = 'POWER_OF_ATTORNEY' and recipient_role = ${role} and agent_id = ${subject} and withdrawn_on is null and expires_on >= ${today})`;
/** The state of a consent today; only its uses are counted, and only by whom it may be read. */
const used = '(select count(*)::int from consent_use u where u.consent_id = id)';
export const CONSENT_STATE = `case when withdrawn_on is not null then 'WITHDRAWN' when expires_on < ${today} then 'EXPIRED' when uses <= ${used} then 'EXHAUSTED' else 'ACTIVE' end`;
export const CONSENT_USES_LEFT = `case when uses is not null then greatest(uses - ${used}, 0) end`;

/**
 * The consent that the request stated and of which it has spent a use; judged anew in every statement, so that one
 * withdrawn a moment ago opens nothing. Its subject is looked up once a statement, and only where a cell hangs on it;
 * what it opens, for the rows of that subject alone.
 */
export const CONSENT_STATED = `create or replace function consent_stated() returns public.consent language plpgsql stable as $$
begin
  if ${setting('consent')} is null then return null; end if;
  return (select k from public.consent k join public.consent_use u on u.consent_id = k.id
    where u.use_id = ${setting('consent', 'uuid')} and u.actor = ${setting('user')} and ${consentFits});
end $$;
create or replace function consent_opens(label text, item uuid) returns boolean language plpgsql stable as $$
declare k public.consent := consent_stated();
begin
  return (label in ('AUTHORISED', 'PERSONAL') and label = any(k.labels)) or coalesce(item = any(k.item_ids), false);
end $$;
revoke all on function consent_stated(), consent_opens(text, uuid) from public;
grant execute on function consent_stated(), consent_opens(text, uuid) to ${POSTGRES_ROLES.join(', ')};`;

/**
 * Spends one use and answers what it opens; no row where the consent does not fit the caller or is used up. It runs as
 * the owner, for the audit login alone, which can do nothing else with consents. The next number is inserted under the
 * unique key: who comes second waits, sees it taken, and tries the one after. An idempotency key within its 24 hours is
 * the same use again.
 */
export const SPEND_CONSENT = `create or replace function spend_consent(named uuid, repeated text)
returns table (use uuid, "subjectId" uuid, labels text[]) language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  k public.consent;
  nth int;
begin
  select * into k from public.consent k where k.id = named and ${consentFits} for no key update;
  if not found then return; end if;
  loop
    return query select u.use_id, k.subject_id, k.labels from public.consent_use u
      where u.consent_id = k.id and u.actor = ${setting('user')} and u.request = repeated
        and u.at > now() - interval '24 hours';
    if found then return; end if;
    select coalesce(max(u.n), 0) + 1 into nth from public.consent_use u where u.consent_id = k.id;
    if nth > k.uses then return; end if;
    return query insert into public.consent_use as u (consent_id, n, actor, role, request)
      values (k.id, nth, ${setting('user')}, ${role}, repeated)
      on conflict do nothing returning u.use_id, k.subject_id, k.labels;
    if found then return; end if;
  end loop;
end $$;
revoke all on function spend_consent(uuid, text) from public;
grant execute on function spend_consent(uuid, text) to hub_audit;`;

/** The state of a seal today; a case is sealed while one of its seals is SEALED. */
export const SEAL_STATE = `case when lifted_on is not null then 'LIFTED' when sealed_until < ${today} then 'ENDED' else 'SEALED' end`;

/**
 * Whether the look-ups of a department's case are sealed (查询记录封存). It runs as the owner: whom they are about reads no
 * seals. Without a business date what has not been lifted stays sealed.
 */
export const CASE_SEALED = `create or replace function case_sealed(department uuid, case_no text) returns boolean language plpgsql stable
  security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
begin
  return exists (select 1 from public.sealed_case s where s.department_id = case_sealed.department
    and s.case_no = case_sealed.case_no and s.lifted_on is null and coalesce(s.sealed_until >= ${today}, true));
end $$;
revoke all on function case_sealed(uuid, text) from public;
grant execute on function case_sealed(uuid, text) to ${POSTGRES_ROLES.join(', ')};`;

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
    label: `case when ${recordPublic} then 'OPEN' when subject_kind = 'NATURAL_PERSON' then 'PERSONAL' when disclosure = 'AUTHORISED' then 'AUTHORISED' else 'GOVERNMENT' end`,
    facts: {
      own: `subject_id = ${subject}`,
      ownDepartment: `${department} in (provider_id, authority_id)`,
      checked: 'record_found(id)',
      public: recordPublic,
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
    label: `case when ${entryPublic} then 'OPEN' when subject_kind = 'NATURAL_PERSON' then 'PERSONAL' else 'GOVERNMENT' end`,
    facts: {
      own: `subject_id = ${subject}`,
      ownDepartment: `department_id = ${department}`,
      ownFunction: exists('credit_list l', `l.id = list_entry.list_id and l.function = any(${functions})`),
      checked: 'entry_found(id)',
      public: entryPublic,
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
    facts: { ownDepartment: `department_id = ${department}`, sent: `submitted_by = ${setting('user')}` },
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
    facts: { own: `(${subject} = any(subject_ids) and ${notSealed})` },
  },
  sealed_case: { class: 'seal', label: `'GOVERNMENT'`, facts: { ownDepartment: `department_id = ${department}` } },
} as const satisfies Record<string, GuardedTable>;
export type GuardedTableName = keyof typeof GUARDED;

/** States in which a finding still waits for somebody, and whether it has waited too long. */
export const FINDING_PENDING = `state in ('OPEN', 'ASSIGNED', 'EXPLAINED')`;
export const FINDING_OVERDUE = `(${FINDING_PENDING} and due_on < ${today})`;
export const INSPECTION_ITEM_STATE = `case when result is null then 'DRAWN' when result = 'CONFORMS' then 'CONFORMS' when accepted_on is not null then 'ACCEPTED' when rectified_on is not null then 'RECTIFIED' else 'TO_RECTIFY' end`;
export const INSPECTION_ITEM_OVERDUE = `(result in ('TO_RECTIFY', 'VIOLATION') and rectified_on is null and due_on < ${today})`;
/** What anybody can read today, as row security says it: what a patrol looks through for what should not be there. */
export const RECORD_PUBLIC = recordPublic;
export const ENTRY_PUBLIC = entryPublic;

/**
 * What happened to records and entries, without what stood in them: runs as the owner, because the history is nobody's
 * to read, and answers only a patrol.
 */
export const PATROL_CHANGES = `create or replace function patrol_changes(since timestamptz, upto timestamptz)
returns table (table_name text, row_id uuid, subject_id uuid, department_id uuid, at timestamptz, objected boolean, changed boolean, state text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  with history as (
    select r.table_name, r.row_id, r.until, r.before,
      lead(r.before) over (partition by r.table_name, r.row_id order by r.revision) as after
    from public.row_revision r
    where r.table_name in ('credit_record', 'list_entry') and r.until >= since
  ), steps as (
    select h.table_name, h.row_id, h.until, h.before,
      coalesce(h.after, to_jsonb(c), to_jsonb(l)) as after
    from history h
    left join public.credit_record c on h.table_name = 'credit_record' and h.after is null and c.id = h.row_id
    left join public.list_entry l on h.table_name = 'list_entry' and h.after is null and l.id = h.row_id
  )
  select s.table_name, s.row_id, (s.after->>'subject_id')::uuid, coalesce(s.after->>'provider_id', s.after->>'department_id')::uuid,
    s.until, s.before->>'disputed' = 'false' and s.after->>'disputed' = 'true',
    s.before->'content_hash' is distinct from s.after->'content_hash'
      or coalesce(s.after->>'public_until', 'infinity') < coalesce(s.before->>'public_until', 'infinity')
      or (s.before->'public_from' <> 'null' and s.after->'public_from' = 'null')
      or s.before->'disclosure' is distinct from s.after->'disclosure',
    case when s.before->>'state' is distinct from s.after->>'state' then s.after->>'state' end
  from steps s
  where s.after is not null and s.until < upto and current_setting('hub.verb', true) = 'runPatrol'
$$;
revoke all on function patrol_changes(timestamptz, timestamptz) from public;
grant execute on function patrol_changes(timestamptz, timestamptz) to ${POSTGRES_ROLES.join(', ')};`;

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
