-- 发件箱精简 Where there is no partner, marks are owed to nobody: they are let go, and the first partner gets the rows themselves.
-- Every mark stands for a row, so rows are what a later partner could need; what they said before is in row_revision.
create table exchange_outbox (
  one boolean primary key default true check (one),
  -- marks were let go and are to be made again from the rows
  thinned_at timestamptz
);
insert into exchange_outbox default values;

-- Under the lock of the numbering, so that no two of the three run at once. A mark that is let go was committed with its
-- row, which is there to be found when they are made again; one that is not committed yet is not seen here, and stays.
create function exchange_thin() returns int language plpgsql set search_path = public, pg_temp as $$
declare gone int;
begin
  perform pg_advisory_xact_lock(370832, 0);
  if exists (select from exchange_agreement) then
    return 0;
  end if;
  delete from exchange_change where partner is null;
  get diagnostics gone = row_count;
  if gone > 0 then
    update exchange_outbox set thinned_at = now();
  end if;
  return gone;
end $$;

-- What every row says now, unless that is in a message or has a mark already.
create function exchange_fill() returns int language plpgsql set search_path = public, pg_temp as $$
declare filled int;
begin
  perform pg_advisory_xact_lock(370832, 0);
  if not exists (select from exchange_outbox where thinned_at is not null) then
    return 0;
  end if;
  insert into exchange_change (table_name, row_id, revision, subject_id)
  select a.table_name, a.id, a.revision, a.subject_id
  from (
    select 1 as nth, 'subject' as table_name, s.id, s.revision, s.id as subject_id
      from subject s join catalogue_item i on i.id = s.source_item_id where i.code like 'DJ\_%'
    union all select 2, 'credit_record', id, revision, subject_id from credit_record
    union all select 3, 'list_entry', id, revision, subject_id from list_entry where listed_on is not null
    union all select 4, 'commitment', id, revision, subject_id from commitment
  ) a
  where not exists (select from exchange_message m where m.row_id = a.id and m.revision >= a.revision)
    and not exists (select from exchange_change c where c.row_id = a.id and c.revision = a.revision and c.partner is null)
  order by a.nth, a.id;
  get diagnostics filled = row_count;
  update exchange_outbox set thinned_at = null;
  return filled;
end $$;
