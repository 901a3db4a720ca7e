-- 市场信用信息 Market information: brought under an agreement, kept in a table of its own, apart from public data.

alter table catalogue_item drop constraint catalogue_item_yields_check;
alter table catalogue_item
  add constraint catalogue_item_yields_check check (yields in ('SUBJECT', 'PERMIT', 'PENALTY', 'RECORD', 'LIST_ENTRY', 'MARKET')),
  -- 信息性质 (条例 art. 8)
  add column nature text not null generated always as (case when yields = 'MARKET' then 'MARKET' else 'PUBLIC' end) stored;

-- 归集共享协议 With one body, about some items and fields, for some readers: proposed by one officer, confirmed by another.
create table collection_agreement (
  id uuid primary key,
  -- 协议编号
  document_no text not null,
  -- SHA-256 of the signed text
  document_hash text not null check (document_hash ~ '^[0-9a-f]{64}$'),
  -- who brings: an organisation of the register, whose token names it
  body_id uuid not null references subject,
  body_role text not null check (body_role in ('ASSOCIATION', 'AGENCY')),
  item_ids uuid[] not null check (cardinality(item_ids) > 0),
  -- [{itemId, fields}]: the field codes of each item that it may bring
  items jsonb not null,
  -- ROLE/PURPOSE: who reads what it brings, and what for; row security reads it here
  readers text[] not null,
  valid_from date not null,
  valid_to date not null check (valid_to >= valid_from),
  -- what becomes of what was brought, once it has ended
  after_end text not null check (after_end in ('KEEP', 'WITHDRAW')),
  state text not null check (state in ('PROPOSED', 'IN_FORCE', 'ENDED', 'WITHDRAWN')),
  -- the credit office that concluded it, in whose name its batches stand
  department_id uuid not null references department,
  proposed_on date not null,
  proposed_by text not null,
  confirmed_on date,
  confirmed_by text,
  ended_on date,
  end_reason text,
  end_document_no text,
  revision int not null default 1,
  revised_at timestamptz not null default now(),
  revised_by text,
  revision_reason text
);
create index collection_agreement_page on collection_agreement (proposed_on desc, id desc);
-- A signed text is entered once.
create unique index collection_agreement_document on collection_agreement (document_no) where state <> 'WITHDRAWN';
create index collection_agreement_body on collection_agreement (body_id);
create trigger keep_revision before update on collection_agreement for each row execute function keep_revision();

alter table import_batch
  -- of market information: the agreement under which it came
  add column agreement_id uuid references collection_agreement;

-- Market information comes under an agreement in force that names its item, and public information under none, whoever
-- inserts the batch. The services say so first, and more kindly; what the sender can't read of agreements is not its own.
create function import_batch_agreed() returns trigger language plpgsql as $$
declare
  of_market constant boolean := (select i.nature = 'MARKET' from public.catalogue_item i where i.id = new.item_id);
begin
  if of_market <> (new.agreement_id is not null) or (of_market and not exists (
      select 1 from public.collection_agreement a where a.id = new.agreement_id and a.state = 'IN_FORCE'
        and new.item_id = any(a.item_ids) and new.received_on between a.valid_from and a.valid_to)) then
    raise exception 'no agreement in force names the item' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger import_batch_agreed before insert on import_batch for each row execute function import_batch_agreed();

create table market_record (
  id uuid primary key,
  item_id uuid not null references catalogue_item,
  agreement_id uuid not null references collection_agreement,
  -- as the agreement is called, for whom the row is about and may not read the agreement
  agreement_no text not null,
  body_id uuid not null references subject,
  subject_id uuid not null references subject,
  subject_kind text not null check (subject_kind <> 'NATURAL_PERSON'),
  document_no text not null,
  decided_on date not null,
  -- the last day on which it counts: the subject's authorisation, and the agreement where that takes it along
  expires_on date not null,
  state text not null check (state in ('ACTIVE', 'REVOKED')),
  revoked_on date,
  -- under the item's field codes, personal data masked; the whole of such a text is not kept
  values jsonb not null,
  business_key text not null,
  content_hash text not null,
  as_of timestamptz not null,
  batch_id uuid references import_batch,
  row_no int,
  received_on date not null,
  revision int not null default 1,
  revised_at timestamptz not null default now(),
  revised_by text,
  revision_reason text,
  unique (item_id, business_key)
);
create index market_record_subject on market_record (subject_id, decided_on desc, id desc);
create index market_record_page on market_record (decided_on desc, id desc);
create index market_record_agreement on market_record (agreement_id);
create index market_record_body on market_record (body_id);
create trigger keep_revision before update on market_record for each row
  when (old.as_of is not distinct from new.as_of or old.content_hash is distinct from new.content_hash or old.state <> new.state)
  execute function keep_revision();
