-- The house: every table of the hub's first day. Row security and grants are not here: they are printed from
-- src/permissions to migrations/policy.sql and applied whenever that text changes.

-- ── departments 部门, law 法律依据, catalogue 信用信息数据清单 ─────────────────────
create table department (
  id uuid primary key,
  code text not null unique,
  name text not null,
  functions text[] not null default '{}'
);

create table legal_basis (
  id uuid primary key,
  key text not null unique,
  title text not null,
  article text,
  rank text not null,
  valid_from date not null,
  valid_to date
);

create table catalogue_item (
  id uuid primary key,
  code text not null unique,
  name text not null,
  disclosure text not null check (disclosure in ('PUBLIC', 'AUTHORISED', 'GOVERNMENT')),
  -- what a row of the item becomes
  yields text not null check (yields in ('SUBJECT', 'PERMIT', 'PENALTY', 'RECORD', 'LIST_ENTRY')),
  -- functions whose departments provide it; 'ANY' is every department
  provider_functions text[] not null,
  subject_kinds text[] not null,
  fields jsonb not null
);

create table catalogue_item_basis (
  item_id uuid not null references catalogue_item,
  basis_id uuid not null references legal_basis,
  primary key (item_id, basis_id)
);

-- every period and threshold, with the day from which it holds (条例 art. 10; 国办发〔2025〕22号)
create table rule_set (
  id uuid primary key,
  kind text not null,
  version text not null,
  effective_from date not null,
  definition jsonb not null,
  unique (kind, version)
);

-- ── subjects 信用主体 ──────────────────────────────────────────────────────────
create table subject (
  id uuid primary key,
  kind text not null check (kind in ('ENTERPRISE', 'INDIVIDUAL_BUSINESS', 'COOPERATIVE', 'BRANCH', 'SOCIAL_ORGANISATION',
    'PUBLIC_INSTITUTION', 'GOVERNMENT_BODY', 'OTHER_ORGANISATION', 'NATURAL_PERSON')),
  -- of a natural person: masked; the whole name is in person_identity
  name text not null,
  -- name with width, case, spaces and brackets levelled, for comparison only
  name_key text not null,
  code text unique,
  registration_no text,
  -- of a natural person: 370830********0013
  id_masked text,
  -- OPEN for organisations; of an individual business PERSONAL: masked here, whole in subject_representative
  representative text,
  provisional boolean not null default false,
  parent_id uuid references subject,
  registered_on date,
  address text,
  industry_code text,
  registration_state text,
  registration_authority text,
  as_of timestamptz not null,
  content_hash text,
  sort_code text generated always as (coalesce(code, '~')) stored not null,
  revision int not null default 1,
  revised_at timestamptz not null default now(),
  revised_by text,
  revision_reason text
);
create index subject_registration_no on subject (registration_no) where registration_no is not null;
create index subject_page on subject (sort_code collate "C", id);
create index subject_parent on subject (parent_id) where parent_id is not null;
create index subject_name_key on subject (name_key);

create table subject_representative (
  subject_id uuid primary key references subject,
  name text not null
);

create table person_identity (
  subject_id uuid primary key references subject,
  document_type text not null,
  -- keyed, truncated digest of type and number: finds, does not tell
  blind_index bytea not null unique,
  name_sealed text not null,
  number_sealed text not null
);

create table former_name (
  id uuid primary key,
  subject_id uuid not null references subject,
  name text not null,
  name_key text not null,
  until date
);
create index former_name_subject on former_name (subject_id);

-- ── collection 归集 ────────────────────────────────────────────────────────────
create table import_batch (
  id uuid primary key,
  item_id uuid not null references catalogue_item,
  department_id uuid not null references department,
  state text not null check (state in ('RECEIVED', 'RUNNING', 'COMPLETED', 'FAILED')),
  received_on date not null,
  as_of timestamptz not null,
  content_sha256 text not null,
  submitted_by text not null,
  created_at timestamptz not null default now(),
  finished_at timestamptz,
  read int not null default 0,
  accepted int not null default 0,
  rejected int not null default 0,
  revised int not null default 0,
  unchanged int not null default 0,
  unknown_columns text[] not null default '{}',
  corrections jsonb not null default '{}',
  warnings jsonb not null default '{}',
  rejections jsonb not null default '{}'
);
create index import_batch_latest on import_batch (item_id, department_id, created_at desc);

create table import_row (
  batch_id uuid not null references import_batch,
  row_no int not null,
  -- what was sent, personal data masked, unknown and forbidden columns dropped
  values jsonb not null,
  issues jsonb not null default '[]',
  rejected boolean not null,
  -- digest of the business key, set on accepted rows: a second one in the batch is a DUPLICATE
  key_hash text,
  primary key (batch_id, row_no)
);
create unique index import_row_key on import_row (key_hash, batch_id) where key_hash is not null;
create index import_row_rejected on import_row (batch_id, row_no) where rejected;

-- ── records 信用信息 ───────────────────────────────────────────────────────────
create table credit_record (
  id uuid primary key,
  item_id uuid not null references catalogue_item,
  -- permit, penalty, or any other item by its catalogue fields
  record_type text not null check (record_type in ('PERMIT', 'PENALTY', 'OTHER')),
  -- from item and subject, so that Postgres judges a row by itself
  disclosure text not null check (disclosure in ('PUBLIC', 'AUTHORISED', 'GOVERNMENT')),
  subject_id uuid not null references subject,
  subject_kind text not null,
  authority_id uuid not null references department,
  provider_id uuid not null references department,
  document_no text,
  decided_on date not null,
  public_from date,
  public_until date,
  state text not null default 'ACTIVE' check (state in ('ACTIVE', 'EXPIRED', 'REPAIRED', 'REVOKED')),
  -- the last day on which the record is ACTIVE by itself; after it EXPIRED, without a job
  expires_on date,
  disputed boolean not null default false,
  rule_version text,
  -- digest of the business key (reference.md, Rows)
  business_key text not null,
  content_hash text not null,
  as_of timestamptz not null,
  batch_id uuid references import_batch,
  row_no int,
  received_on date not null,
  -- permits
  document_name text,
  category text,
  certificate_name text,
  certificate_no text,
  content text,
  valid_from date,
  valid_to date,
  -- penalties
  violation text,
  facts text,
  basis text,
  categories text[],
  severity text check (severity in ('MINOR', 'GENERAL', 'SERIOUS')),
  fine numeric(18, 2),
  confiscation numeric(18, 2),
  -- fields of the item that have no column, under their own names, personal data masked
  values jsonb not null default '{}',
  -- text columns above stand masked; the whole text is in personal_text
  personal_text boolean not null default false,
  revoked_on date,
  revocation_document_no text,
  revision int not null default 1,
  revised_at timestamptz not null default now(),
  revised_by text,
  revision_reason text,
  unique (item_id, business_key)
);
create index credit_record_subject on credit_record (subject_id, decided_on desc, id desc);
create index credit_record_page on credit_record (decided_on desc, id desc);
create index credit_record_provider on credit_record (provider_id, decided_on desc, id desc);
create index credit_record_authority on credit_record (authority_id);

-- what records, entries and commitments say about persons, whole: sealed JSON of column or field → text
create table personal_text (
  row_id uuid primary key,
  subject_id uuid not null references subject,
  authority_id uuid not null references department,
  provider_id uuid not null references department,
  sealed text not null
);

-- ── lists 红黑名单 ─────────────────────────────────────────────────────────────
create table credit_list (
  id uuid primary key,
  code text not null unique,
  name text not null,
  color text not null check (color in ('RED', 'BLACK')),
  origin text not null check (origin in ('OWN', 'RECEIVED')),
  function text not null,
  term_months int,
  -- RECEIVED: days after which the mirror counts as stale
  cycle_days int,
  received_up_to timestamptz,
  loaded_at timestamptz not null default now()
);

create table credit_list_basis (
  list_id uuid not null references credit_list,
  basis_id uuid not null references legal_basis,
  primary key (list_id, basis_id)
);

create table list_entry (
  id uuid primary key,
  list_id uuid not null references credit_list,
  subject_id uuid not null references subject,
  subject_kind text not null,
  department_id uuid not null references department,
  state text not null check (state in ('PROPOSED', 'NOTIFIED', 'LISTED', 'SUSPENDED', 'REPAIRED', 'EXPIRED', 'REVOKED', 'WITHDRAWN')),
  reason text,
  document_no text not null,
  proposed_on date not null,
  proposed_by text,
  served_on date,
  listed_on date,
  confirmed_by text,
  ends_on date,
  removed_on date,
  disputed boolean not null default false,
  entered_on date generated always as (coalesce(listed_on, proposed_on)) stored not null,
  business_key text not null,
  content_hash text,
  as_of timestamptz not null,
  batch_id uuid references import_batch,
  row_no int,
  personal_text boolean not null default false,
  revision int not null default 1,
  revised_at timestamptz not null default now(),
  revised_by text,
  revision_reason text
);
create unique index list_entry_key on list_entry (list_id, business_key) where state <> 'WITHDRAWN';
create index list_entry_subject on list_entry (subject_id, entered_on desc, id desc);
create index list_entry_page on list_entry (list_id, entered_on desc, id desc);
create index list_entry_department on list_entry (department_id);

-- ── measures 奖惩措施, matters 政务服务事项 ──────────────────────────────────────
create table measure (
  id uuid primary key,
  code text not null unique,
  name text not null,
  kind text not null check (kind in ('REWARD', 'PUNISHMENT'))
);

create table service_matter (
  id uuid primary key,
  code text not null unique,
  name text not null,
  function text not null,
  national_code text
);

create table measure_trigger (
  id uuid primary key,
  measure_id uuid not null references measure,
  matter_id uuid not null references service_matter,
  list_id uuid references credit_list,
  penalty_kind text,
  -- the law that the penalty must rest on, by its title
  penalty_law text,
  within_months int,
  breached_commitment boolean not null default false,
  effect text not null check (effect in ('REWARDED', 'CAUTION', 'RESTRICTED')),
  basis_id uuid not null references legal_basis,
  check (num_nonnulls(list_id, penalty_kind) + breached_commitment::int = 1)
);
create index measure_trigger_matter on measure_trigger (matter_id);

-- ── commitments 信用承诺 ───────────────────────────────────────────────────────
create table commitment (
  id uuid primary key,
  code text not null unique,
  kind text not null check (kind in ('APPROVAL_SUBSTITUTION', 'VOLUNTARY_DISCLOSURE', 'INDUSTRY_SELF_DISCIPLINE',
    'CREDIT_REPAIR', 'PROOF_NOTIFICATION', 'GOVERNMENT_SERVICE')),
  subject_id uuid not null references subject,
  subject_kind text not null,
  content text not null,
  made_on date not null,
  made_by text not null,
  due_on date,
  state text not null check (state in ('OPEN', 'FULFILLED', 'PARTLY_FULFILLED', 'BREACHED', 'REPAIRED')),
  department_id uuid not null references department,
  matter_id uuid references service_matter,
  settled_on date,
  settlement_document_no text,
  settlement_note text,
  personal_text boolean not null default false,
  revision int not null default 1,
  revised_at timestamptz not null default now(),
  revised_by text,
  revision_reason text
);
create index commitment_subject on commitment (subject_id, made_on desc, id desc);
create index commitment_department on commitment (department_id);

-- ── credit checks 信用核查 ──────────────────────────────────────────────────────
create table credit_check (
  id uuid primary key,
  receipt_no text not null unique,
  verdict text not null check (verdict in ('CLEAR', 'REWARDED', 'CAUTION', 'RESTRICTED', 'UNKNOWN')),
  checked_at timestamptz not null,
  matter_id uuid not null references service_matter,
  case_no text,
  subject_id uuid references subject,
  subject_kind text,
  subject_found boolean not null,
  name_matches boolean,
  department_id uuid not null references department,
  checked_by text not null,
  -- [{listId, receivedUpTo, stale}] as they stood
  sources jsonb not null
);
create index credit_check_subject on credit_check (subject_id, checked_by);

create table credit_check_finding (
  check_id uuid not null references credit_check,
  ordinal int not null,
  measure_id uuid not null references measure,
  effect text not null,
  basis_id uuid not null references legal_basis,
  list_entry_id uuid references list_entry,
  record_id uuid references credit_record,
  commitment_id uuid references commitment,
  primary key (check_id, ordinal)
);
create index credit_check_finding_entry on credit_check_finding (list_entry_id);
create index credit_check_finding_record on credit_check_finding (record_id);
create index credit_check_finding_commitment on credit_check_finding (commitment_id);

-- ── review 人工复核, access events 访问日志, repeated requests ─────────────────────
create table review_item (
  id uuid primary key,
  kind text not null,
  record_id uuid references credit_record,
  batch_id uuid references import_batch,
  row_no int,
  department_id uuid not null references department,
  opened_at timestamptz not null default now(),
  closed_at timestamptz
);

create table access_event (
  id uuid primary key,
  at timestamptz not null default now(),
  actor text not null,
  role text not null,
  department_id uuid references department,
  purpose text,
  case_no text,
  operation text not null,
  operation_hash text not null,
  subject_ids uuid[] not null default '{}',
  labels text[] not null default '{}',
  receipt_no text,
  outcome text not null
);
create index access_event_page on access_event (at desc, id desc);
create index access_event_subjects on access_event using gin (subject_ids);

create table idempotent_request (
  actor text not null,
  key text not null,
  -- keyed hash, and a sealed text: both are made of what one caller asked and was shown
  body_hash text not null,
  answer text,
  created_at timestamptz not null default now(),
  primary key (actor, key)
);

-- ── revisions: a change deletes nothing ────────────────────────────────────────
create table row_revision (
  table_name text not null,
  row_id uuid not null,
  revision int not null,
  until timestamptz not null,
  changed_by text,
  reason text,
  before jsonb not null,
  primary key (table_name, row_id, revision)
);

-- Runs as the owner, so that no writer can skip or bend the history it leaves.
create function keep_revision() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  new.revision := old.revision + 1;
  new.revised_at := now();
  insert into row_revision (table_name, row_id, revision, until, changed_by, reason, before)
  values (tg_table_name, old.id, old.revision, now(), new.revised_by, new.revision_reason, to_jsonb(old));
  return new;
end $$;
-- A submission that says the same again only moves as_of: the row was still true then, which is no revision of it.
create trigger keep_revision before update on subject for each row
  when (old.as_of is not distinct from new.as_of or old.content_hash is distinct from new.content_hash)
  execute function keep_revision();
create trigger keep_revision before update on credit_record for each row
  when (old.as_of is not distinct from new.as_of or old.content_hash is distinct from new.content_hash
    or old.state <> new.state or old.disputed <> new.disputed)
  execute function keep_revision();
create trigger keep_revision before update on list_entry for each row
  when (old.as_of is not distinct from new.as_of or old.content_hash is distinct from new.content_hash
    or old.state <> new.state or old.disputed <> new.disputed)
  execute function keep_revision();
create trigger keep_revision before update on commitment for each row execute function keep_revision();
