-- The catalogue as law: versions, update cycles, and what a provider owes.

alter table catalogue_item
  -- the version of the catalogue that added it (src/catalogue/versions.ts)
  add column version text not null default '2020-10',
  -- the first day on which it is collected; null: as long as there is a catalogue
  add column effective_from date,
  -- the day from which it is no more
  add column effective_until date,
  add column cycle jsonb not null default '{"every": "EVENT", "workdays": 7}',
  add column business_key text[] not null default '{}',
  -- of 全国公共信用信息基础目录; the code is null until its text was read
  add column national_category text not null default '',
  add column national_code text,
  add column disclosure_term text not null default '',
  -- since when this hub knows the item: nobody owes it a report of the time before
  add column known_since date not null default (clock_timestamp() at time zone 'Asia/Shanghai')::date;

alter table import_batch
  -- under which version of the catalogue its rows were judged; null for those of the time before versions
  add column catalogue_version text;

-- What a department reported last under each item, however many batches there are.
create index import_batch_reported on import_batch (department_id, item_id, received_on desc)
  where state = 'COMPLETED' and accepted > 0;

-- Outside its days an item takes no batch, whoever inserts it (条例 art. 10). The services say so first, and more kindly.
create function import_batch_in_force() returns trigger language plpgsql as $$
begin
  if exists (select 1 from public.catalogue_item i where i.id = new.item_id
      and (new.received_on < i.effective_from or new.received_on >= i.effective_until)) then
    raise exception 'the catalogue of that day has no such item' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger import_batch_in_force before insert on import_batch for each row execute function import_batch_in_force();
