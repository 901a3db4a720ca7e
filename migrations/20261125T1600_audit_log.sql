-- 审计日志 The audit log: events are numbered once they are committed, and the hash of each is kept beside them.
alter table access_event add column seq bigint unique;
create index access_event_unnumbered on access_event (at, id) where seq is null;

create table audit_leaf (
  seq bigint primary key,
  -- no foreign key: an event may be deleted when its time is over, its hash stays
  event_id uuid not null unique,
  leaf bytea not null check (octet_length(leaf) = 32)
);

-- Against slips, not against a superuser: what a superuser does, the hashes kept outside the database tell.
create function audit_refuses_change() returns trigger language plpgsql as $$
begin
  if tg_table_name = 'access_event' and tg_op = 'UPDATE' then
    if old.seq is null and new.seq is not null and to_jsonb(new) - 'seq' = to_jsonb(old) - 'seq' then
      return new;
    end if;
  end if;
  raise exception 'the audit log is only added to';
end $$;
create trigger access_event_only_added before update or delete on access_event
  for each row execute function audit_refuses_change();
create trigger access_event_not_emptied before truncate on access_event
  for each statement execute function audit_refuses_change();
create trigger audit_leaf_only_added before update or delete on audit_leaf
  for each row execute function audit_refuses_change();
create trigger audit_leaf_not_emptied before truncate on audit_leaf
  for each statement execute function audit_refuses_change();
