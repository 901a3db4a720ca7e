-- 双公示 → 十公示 Publicity: what departments count against what they sent, back-filled rows, withdrawals and what rested on
-- them, reviews that somebody decides, exports that come in again unchanged.

alter table import_batch
  -- 补录: rows of the time before the department reported here; marked as such, and never late
  add column back_filled boolean not null default false;

alter table credit_record
  -- of the batch that brought it first
  add column back_filled boolean not null default false,
  -- the row's own words about its subject and authority, as they may be shown: what an export heads it with
  add column heading jsonb,
  -- digest of what the row says in public, where that is not all it says: an export comes in again as the same row
  add column public_hash text;
create index credit_record_item_decided on credit_record (item_id, decided_on, id);

-- ── counts 决定数 ───────────────────────────────────────────────────────────────
-- How many decisions a department made, by its own count. A later statement stands before an earlier one; none is changed.
create table decision_count (
  id uuid primary key,
  department_id uuid not null references department,
  item_id uuid not null references catalogue_item,
  -- first day of the month
  month date not null check (extract(day from month) = 1),
  decisions int not null check (decisions >= 0),
  stated_on date not null,
  stated_by text not null,
  stated_at timestamptz not null default now()
);
create index decision_count_latest on decision_count (month, department_id, item_id, stated_at desc, id desc);

-- ── withdrawals 撤回公示 ────────────────────────────────────────────────────────
-- 行政处罚法 art. 48, 条例 art. 40: withdrawn within three working days of the document that revokes it, with the reason.
create table publicity_withdrawal (
  id uuid primary key,
  record_id uuid not null references credit_record,
  item_id uuid not null references catalogue_item,
  authority_id uuid not null references department,
  provider_id uuid not null references department,
  -- of the decision that was revoked
  document_no text,
  decided_on date not null,
  -- the document that revokes; null where the provider withdrew its row
  revocation_document_no text,
  -- the day of that document, from which the three working days count
  document_on date not null,
  due_on date not null,
  withdrawn_on date not null,
  reason text not null,
  -- it was shown to the public until then
  was_public boolean not null,
  at timestamptz not null default now()
);
create index publicity_withdrawal_day on publicity_withdrawal (document_on, id);
create index publicity_withdrawal_record on publicity_withdrawal (record_id);

alter table list_entry
  -- the record that the listing rests on; revoked, it takes the entry with it
  add column record_id uuid references credit_record;
create index list_entry_record on list_entry (record_id) where record_id is not null;

-- ── reviews 人工复核 ────────────────────────────────────────────────────────────
alter table review_item
  -- DECIDED by a person, REVISED by a later row of the department
  add column outcome text check (outcome in ('DECIDED', 'REVISED')),
  add column severity text check (severity in ('MINOR', 'GENERAL', 'SERIOUS')),
  add column reason text,
  add column document_no text,
  add column closed_by text;
create index review_item_record on review_item (record_id) where closed_at is null;
create index review_item_open on review_item (department_id, opened_at desc, id desc) where closed_at is null;
