-- 共享交换 The exchange: what changed leaves a mark in its own transaction; marks are numbered once they are committed,
-- and what carries a number goes to every partner whose agreement lists it.

-- ── outbox 发件箱 ──────────────────────────────────────────────────────────────
-- Light, since an import leaves one for every row: which row, at which revision. What it said then is in the row, or in
-- row_revision; both are still there when the delivery comes by.
create table exchange_change (
  id bigint generated always as identity primary key,
  table_name text not null,
  row_id uuid not null,
  revision int not null,
  subject_id uuid not null,
  -- of a case that was answered or is sent again: for that partner alone
  partner text,
  made_at timestamptz not null default now()
);

-- Numbers are given in the order of commits, without gaps: who has read up to one has missed nothing before it.
create table exchange_message (
  seq bigint primary key,
  id uuid not null unique default gen_random_uuid(),
  -- of a case about nobody who is known here, the case's own id
  subject_id uuid not null,
  subject_kind text,
  subject_seq bigint not null,
  table_name text not null,
  row_id uuid not null,
  revision int not null,
  event text not null check (event in ('ACCEPTED', 'REVISED', 'WITHDRAWN', 'REVOKED', 'REPAIRED', 'RESUBMITTED', 'ANSWERED')),
  -- ITEM/XZCF_FR, LIST/SXBZXR, COMMITMENT, CASE
  scope text not null,
  label text not null,
  provider_id uuid not null references department,
  -- the partner it came from, which does not get it back
  origin text,
  -- for this partner alone
  partner text,
  business_date date not null,
  numbered_at timestamptz not null default now(),
  payload jsonb not null,
  unique (subject_id, subject_seq)
);
create index exchange_message_row on exchange_message (row_id, seq);
create index exchange_message_document on exchange_message ((payload -> 'data' ->> 'document_no'));
create index exchange_message_date on exchange_message (business_date, seq);

-- 共享协议 What each partner is shown, as its agreement lists it: row security reads it here.
create table exchange_agreement (
  partner text primary key,
  scopes text[] not null,
  labels text[] not null
);

create table exchange_partner (
  partner text primary key,
  queued_to bigint not null default 0,
  -- of the partner as a whole: it was down, not one message at fault
  failures int not null default 0,
  next_at timestamptz not null default '-infinity',
  last_error text,
  delivered_at timestamptz
);

create table exchange_delivery (
  partner text not null,
  seq bigint not null references exchange_message,
  message_id uuid not null,
  subject_id uuid not null,
  -- gapless for this partner, whatever of the subject its agreement leaves out
  subject_seq bigint not null,
  state text not null default 'PENDING' check (state in ('PENDING', 'SENT', 'ACCEPTED', 'REJECTED', 'PARKED')),
  -- digest of what was last sent
  hash text,
  attempts int not null default 0,
  next_at timestamptz not null default '-infinity',
  resent int not null default 0,
  queued_at timestamptz not null default now(),
  first_sent_at timestamptz,
  answered_at timestamptz,
  reason text,
  primary key (partner, seq)
);
create index exchange_delivery_pending on exchange_delivery (partner, seq) where state = 'PENDING';
create index exchange_delivery_subject on exchange_delivery (partner, subject_id, seq desc);
create index exchange_delivery_message on exchange_delivery (partner, message_id);

-- 回执 every answer as it came, the later ones too
create table exchange_receipt (
  id bigint generated always as identity primary key,
  partner text not null,
  message_id uuid not null,
  state text not null check (state in ('ACCEPTED', 'REJECTED')),
  reason text,
  at timestamptz not null default now()
);
create index exchange_receipt_message on exchange_receipt (partner, message_id);

-- ── cases 交换待办 ─────────────────────────────────────────────────────────────
create table exchange_case (
  id uuid primary key,
  kind text not null check (kind in ('REJECTED', 'UNDELIVERABLE', 'ALTERED', 'DOUBLED', 'UNKNOWN', 'CORRECTION', 'REPAIR',
    'OBJECTION', 'REVOCATION')),
  partner text not null,
  -- of the message that it is about, ours or theirs
  message_id uuid not null,
  department_id uuid not null references department,
  subject_id uuid references subject,
  subject_kind text,
  scope text,
  document_no text,
  reason text,
  state text not null default 'OPEN' check (state in ('OPEN', 'ANSWERED', 'RESUBMITTED')),
  opened_on date not null,
  opened_at timestamptz not null default now(),
  answer text,
  closed_on date,
  revision int not null default 1,
  revised_at timestamptz not null default now(),
  revised_by text,
  revision_reason text
);
create unique index exchange_case_open on exchange_case (partner, message_id, kind) where state = 'OPEN';
create index exchange_case_page on exchange_case (opened_at desc, id desc);
create trigger keep_revision before update on exchange_case for each row execute function keep_revision();

-- ── inbox 收件箱 ───────────────────────────────────────────────────────────────
create table exchange_inbox (
  partner text not null,
  message_id uuid not null,
  -- keyed digest of the content: the same id with other content is another message
  hash text not null,
  type text not null,
  state text not null check (state in ('APPLIED', 'KEPT', 'REFUSED')),
  reason text,
  -- what came, whole
  sealed text not null,
  case_id uuid references exchange_case,
  received_at timestamptz not null default now(),
  primary key (partner, message_id)
);

-- ── exchange tables of departments 前置库 ───────────────────────────────────────
create table exchange_source (
  source text primary key,
  -- time and id of the last row read, as the source wrote them
  position_time timestamptz not null default '-infinity',
  position_id text not null default '',
  polled_at timestamptz
);
-- the rows of the overlap that have been read, so that a repeat is told from what was committed late
create table exchange_source_row (
  source text not null,
  id text not null,
  time timestamptz not null,
  hash text not null,
  primary key (source, id)
);

create table exchange_reconciliation (
  partner text not null,
  date date not null,
  run_at timestamptz not null default now(),
  sent int not null,
  accepted int not null,
  rejected int not null,
  pending int not null,
  hash text not null,
  partner_hash text not null,
  lost int not null,
  doubled int not null,
  altered int not null,
  unknown int not null,
  primary key (partner, date, run_at)
);

-- ── marks 变更 ────────────────────────────────────────────────────────────────
-- As the owner, once a statement: no writer can leave one out, and an import pays for one insert a statement.
create function exchange_mark() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    insert into exchange_change (table_name, row_id, revision, subject_id)
    select tg_table_name, id, revision, subject_id from new_rows;
  else
    insert into exchange_change (table_name, row_id, revision, subject_id)
    select tg_table_name, n.id, n.revision, n.subject_id from new_rows n join old_rows o on o.id = n.id
    where n.revision <> o.revision;
  end if;
  return null;
end $$;
create trigger exchange_mark_new after insert on credit_record referencing new table as new_rows
  for each statement execute function exchange_mark();
create trigger exchange_mark_revised after update on credit_record referencing old table as old_rows new table as new_rows
  for each statement execute function exchange_mark();
create trigger exchange_mark_new after insert on commitment referencing new table as new_rows
  for each statement execute function exchange_mark();
create trigger exchange_mark_revised after update on commitment referencing old table as old_rows new table as new_rows
  for each statement execute function exchange_mark();

-- A proposal is the department's own until it is confirmed: it has no day of listing before.
create function exchange_mark_entry() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    insert into exchange_change (table_name, row_id, revision, subject_id)
    select tg_table_name, id, revision, subject_id from new_rows where listed_on is not null;
  else
    insert into exchange_change (table_name, row_id, revision, subject_id)
    select tg_table_name, n.id, n.revision, n.subject_id from new_rows n join old_rows o on o.id = n.id
    where n.revision <> o.revision and n.listed_on is not null;
  end if;
  return null;
end $$;
create trigger exchange_mark_new after insert on list_entry referencing new table as new_rows
  for each statement execute function exchange_mark_entry();
create trigger exchange_mark_revised after update on list_entry referencing old table as old_rows new table as new_rows
  for each statement execute function exchange_mark_entry();

-- What a department decides about a case travels to the partner that it came from, or for which it was sent again.
create function exchange_mark_case() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.state = 'RESUBMITTED' and old.state <> new.state then
    insert into exchange_change (table_name, row_id, revision, subject_id, partner)
    select m.table_name, m.row_id, coalesce(
        (select revision from credit_record where id = m.row_id and m.table_name = 'credit_record'),
        (select revision from list_entry where id = m.row_id and m.table_name = 'list_entry'),
        (select revision from commitment where id = m.row_id and m.table_name = 'commitment')), m.subject_id, new.partner
    from exchange_message m where m.id = new.message_id;
  elsif new.state = 'ANSWERED' and old.state <> new.state and new.kind in ('CORRECTION', 'REPAIR', 'OBJECTION', 'REVOCATION') then
    insert into exchange_change (table_name, row_id, revision, subject_id, partner)
    values (tg_table_name, new.id, new.revision, coalesce(new.subject_id, new.id), new.partner);
  end if;
  return null;
end $$;
create trigger exchange_mark after update on exchange_case for each row execute function exchange_mark_case();

-- ── numbers ───────────────────────────────────────────────────────────────────
create function exchange_department(uuid) returns jsonb language sql stable set search_path = public, pg_temp as $$
  select jsonb_build_object('code', code, 'name', name) from department where id = $1
$$;
create function exchange_event(state text, first boolean, document_no text) returns text language sql immutable
  set search_path = pg_catalog, pg_temp as $$
  select case when state = 'REVOKED' then case when document_no is null then 'WITHDRAWN' else 'REVOKED' end
    when state = 'WITHDRAWN' then 'WITHDRAWN' when state = 'REPAIRED' then 'REPAIRED'
    when first then 'ACCEPTED' else 'REVISED' end
$$;
-- What stays here: our own keys, who did it, and how it is found again.
create function exchange_shown(row_then jsonb) returns jsonb language sql immutable set search_path = pg_catalog, pg_temp as $$
  select jsonb_strip_nulls(row_then - array['id', 'item_id', 'list_id', 'subject_id', 'subject_kind', 'authority_id',
    'provider_id', 'department_id', 'matter_id', 'batch_id', 'row_no', 'business_key', 'content_hash', 'as_of',
    'personal_text', 'rule_version', 'proposed_by', 'confirmed_by', 'made_by', 'revision', 'revised_at', 'revised_by',
    'revision_reason', 'record_type', 'disclosure', 'entered_on', 'received_on'])
$$;

-- Turns marks into messages, `many` at most, and says how many. One at a time: numbers follow each other without gaps.
-- A mark that is committed after a later one gets its number after it; of one row that cannot be, since the second
-- change of a row waits for the first.
create function exchange_number(day date, many int) returns int language plpgsql security definer
  set search_path = public, pg_temp as $$
declare
  base bigint;
  numbered int;
begin
  if current_setting('hub.verb', true) is distinct from 'deliverExchange' then
    raise exception 'only the delivery numbers what changed';
  end if;
  perform pg_advisory_xact_lock(370832, 0);
  select coalesce(max(seq), 0) into base from exchange_message;
  with taken as (
    delete from exchange_change where id in (select id from exchange_change order by id limit many) returning *
  ), was as (
    select t.*, coalesce(case when r.revision = t.revision then to_jsonb(r) end, v.before, to_jsonb(r)) as state
      from taken t join credit_record r on r.id = t.row_id
      left join row_revision v on v.table_name = t.table_name and v.row_id = t.row_id and v.revision = t.revision
      where t.table_name = 'credit_record'
    union all
    select t.*, coalesce(case when r.revision = t.revision then to_jsonb(r) end, v.before, to_jsonb(r))
      from taken t join list_entry r on r.id = t.row_id
      left join row_revision v on v.table_name = t.table_name and v.row_id = t.row_id and v.revision = t.revision
      where t.table_name = 'list_entry'
    union all
    select t.*, coalesce(case when r.revision = t.revision then to_jsonb(r) end, v.before, to_jsonb(r))
      from taken t join commitment r on r.id = t.row_id
      left join row_revision v on v.table_name = t.table_name and v.row_id = t.row_id and v.revision = t.revision
      where t.table_name = 'commitment'
    union all
    select t.*, to_jsonb(c) from taken t join exchange_case c on c.id = t.row_id where t.table_name = 'exchange_case'
  ), known as (
    select w.*, s.kind, i.code as item, i.name as item_name, l.code as list, l.name as list_name,
      coalesce(w.state ->> 'provider_id', w.state ->> 'department_id')::uuid as provider,
      jsonb_strip_nulls(jsonb_build_object('id', s.id, 'kind', s.kind, 'name', s.name, 'code', s.code,
        'registrationNo', s.registration_no, 'idMasked', s.id_masked)) as subject,
      row_number() over (partition by w.row_id order by w.id) = 1
        and not exists (select 1 from exchange_message m where m.row_id = w.row_id) as first
    from was w left join subject s on s.id = w.subject_id
      left join catalogue_item i on i.id = (w.state ->> 'item_id')::uuid
      left join credit_list l on l.id = (w.state ->> 'list_id')::uuid
  )
  insert into exchange_message (seq, subject_id, subject_kind, subject_seq, table_name, row_id, revision, event, scope, label,
    provider_id, origin, partner, business_date, payload)
  select base + row_number() over (order by k.id), k.subject_id, case when k.table_name <> 'exchange_case' then k.kind end,
    coalesce((select max(m.subject_seq) from exchange_message m where m.subject_id = k.subject_id), 0)
      + row_number() over (partition by k.subject_id order by k.id),
    k.table_name, k.row_id, k.revision,
    case when k.table_name = 'exchange_case' then 'ANSWERED' when k.partner is not null then 'RESUBMITTED'
      else exchange_event(k.state ->> 'state', k.first, coalesce(k.state ->> 'revocation_document_no', k.list)) end,
    case k.table_name when 'credit_record' then 'ITEM/' || k.item when 'list_entry' then 'LIST/' || k.list when 'commitment' then 'COMMITMENT' else 'CASE' end,
    case when k.table_name in ('commitment', 'exchange_case') then 'GOVERNMENT'
      when k.state ->> 'disclosure' in ('AUTHORISED', 'GOVERNMENT') then k.state ->> 'disclosure' else 'OPEN' end,
    k.provider, case when k.partner is null then b.submitted_by end, k.partner, day,
    case when k.table_name = 'exchange_case' then jsonb_build_object('answers', k.state ->> 'message_id', 'kind', k.state ->> 'kind',
      'answer', k.state ->> 'answer', 'answeredOn', k.state ->> 'closed_on', 'by', exchange_department(k.provider))
    else jsonb_strip_nulls(jsonb_build_object(
      'item', case when k.item is not null then jsonb_build_object('code', k.item, 'name', k.item_name) end,
      'list', case when k.list is not null then jsonb_build_object('code', k.list, 'name', k.list_name) end,
      'subject', k.subject, 'provider', exchange_department(k.provider),
      'authority', exchange_department(coalesce((k.state ->> 'authority_id')::uuid, k.provider)),
      'data', exchange_shown(k.state))) end
  from known k left join import_batch b on b.id = (k.state ->> 'batch_id')::uuid;
  get diagnostics numbered = row_count;
  return numbered;
end $$;

-- The last number given: how far a partner that may see none of the messages has all the same been served.
create function exchange_top() returns bigint language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if current_setting('hub.verb', true) is distinct from 'deliverExchange' then
    raise exception 'only the delivery asks for it';
  end if;
  return (select coalesce(max(seq), 0) from exchange_message);
end $$;
