-- 登记信息交换 Registrations travel like every other row: what the register says of a subject, once it is the register that
-- says it. What only a record has named (its source is no register) travels with that record.
create function exchange_mark_subject() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    insert into exchange_change (table_name, row_id, revision, subject_id)
    select tg_table_name, n.id, n.revision, n.id from new_rows n join catalogue_item i on i.id = n.source_item_id
    where i.code like 'DJ\_%';
  else
    insert into exchange_change (table_name, row_id, revision, subject_id)
    select tg_table_name, n.id, n.revision, n.id from new_rows n join old_rows o on o.id = n.id
      join catalogue_item i on i.id = n.source_item_id
    where n.revision <> o.revision and i.code like 'DJ\_%';
  end if;
  return null;
end $$;
create trigger exchange_mark_new after insert on subject referencing new table as new_rows
  for each statement execute function exchange_mark_subject();
create trigger exchange_mark_revised after update on subject referencing old table as old_rows new table as new_rows
  for each statement execute function exchange_mark_subject();

-- Those that were registered before they travelled.
insert into exchange_change (table_name, row_id, revision, subject_id)
select 'subject', s.id, s.revision, s.id from subject s join catalogue_item i on i.id = s.source_item_id
where i.code like 'DJ\_%' order by s.id;

create or replace function exchange_mark_case() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.state = 'RESUBMITTED' and old.state <> new.state then
    insert into exchange_change (table_name, row_id, revision, subject_id, partner)
    select m.table_name, m.row_id, coalesce(
        (select revision from credit_record where id = m.row_id and m.table_name = 'credit_record'),
        (select revision from list_entry where id = m.row_id and m.table_name = 'list_entry'),
        (select revision from commitment where id = m.row_id and m.table_name = 'commitment'),
        (select revision from subject where id = m.row_id and m.table_name = 'subject')), m.subject_id, new.partner
    from exchange_message m where m.id = new.message_id;
  elsif new.state = 'ANSWERED' and old.state <> new.state and new.kind in ('CORRECTION', 'REPAIR', 'OBJECTION', 'REVOCATION') then
    insert into exchange_change (table_name, row_id, revision, subject_id, partner)
    values (tg_table_name, new.id, new.revision, coalesce(new.subject_id, new.id), new.partner);
  end if;
  return null;
end $$;

-- A register's row as the others are read: its item and provider under their names, and without what stands in the
-- message's subject or is how the hub finds it. One that was merged into another is no row of its own any more.
create function exchange_registration(row_then jsonb) returns jsonb language sql immutable set search_path = pg_catalog, pg_temp as $$
  select (row_then - array['kind', 'name', 'name_key', 'code', 'registration_no', 'id_masked', 'sort_code', 'provisional',
      'parent_id', 'merged_into', 'merged_on', 'source_item_id', 'source_department_id'])
    || jsonb_build_object('item_id', row_then -> 'source_item_id', 'provider_id', row_then -> 'source_department_id',
      'state', case when row_then ->> 'merged_into' is not null then 'WITHDRAWN' else 'ACTIVE' end)
$$;

create or replace function exchange_number(day date, many int) returns int language plpgsql security definer
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
    select t.*, exchange_registration(coalesce(case when r.revision = t.revision then to_jsonb(r) end, v.before, to_jsonb(r)))
      from taken t join subject r on r.id = t.row_id
      left join row_revision v on v.table_name = t.table_name and v.row_id = t.row_id and v.revision = t.revision
      where t.table_name = 'subject'
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
    case k.table_name when 'credit_record' then 'ITEM/' || k.item when 'subject' then 'ITEM/' || k.item when 'list_entry' then 'LIST/' || k.list when 'commitment' then 'COMMITMENT' else 'CASE' end,
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
