-- 巡查 Patrols: what was found is a case with an owner and a term. No name and no number of a person is kept here: events
-- and subjects are named by their ids.
create table patrol_run (
  id uuid primary key,
  at timestamptz not null default now(),
  run_by text not null,
  -- the window that was asked for; without one the run goes on where the last one ended
  from_at timestamptz,
  to_at timestamptz,
  -- the last event of the log that was looked at, and the instant up to which changes of records were
  seq_through bigint not null,
  changes_through timestamptz not null,
  found int not null
);
create index patrol_run_latest on patrol_run (at desc);

create table patrol_finding (
  id uuid primary key,
  rule text not null,
  rule_version text not null,
  -- digest of what makes the fact the same fact
  fact_key text not null,
  department_id uuid references department,
  -- user whose doing it is, where there is one
  concerned text,
  found_on date not null,
  due_on date not null,
  state text not null default 'OPEN' check (state in ('OPEN', 'ASSIGNED', 'EXPLAINED', 'RECTIFIED', 'CONFIRMED', 'DISMISSED')),
  -- how much of it there was: events, subjects or rows, as the rule counts
  observed int not null check (observed > 0),
  first_at timestamptz not null,
  last_at timestamptz not null,
  event_ids uuid[] not null default '{}',
  subject_ids uuid[] not null default '{}',
  target_type text,
  target_id uuid,
  detail jsonb not null default '{}',
  assignee text,
  answered_by text,
  outcome_reason text,
  closed_by text,
  closed_on date,
  unique (rule, fact_key),
  check ((target_type is null) = (target_id is null)),
  check ((closed_on is null) = (state in ('OPEN', 'ASSIGNED', 'EXPLAINED')))
);
create index patrol_finding_page on patrol_finding (found_on desc, id desc);
create index patrol_finding_department on patrol_finding (department_id, found_on desc, id desc);

create table patrol_step (
  id uuid primary key,
  finding_id uuid not null references patrol_finding,
  at timestamptz not null default now(),
  action text not null check (action in ('FOUND', 'ASSIGNED', 'ANSWERED', 'CLOSED')),
  state text not null,
  note text,
  actor text not null,
  department_id uuid references department
);
create index patrol_step_finding on patrol_step (finding_id, at, id);

-- 检查、专项整治 Inspections of departments: a sample drawn by a seed that is kept, each piece with its result and term.
create table inspection (
  id uuid primary key,
  kind text not null check (kind in ('CHECK', 'CAMPAIGN')),
  title text not null,
  document_no text not null,
  -- of the material that is looked at
  from_on date not null,
  to_on date not null check (to_on >= from_on),
  source text not null check (source in ('FINDINGS', 'RECORDS')),
  department_ids uuid[] not null check (cardinality(department_ids) > 0),
  rules text[] not null default '{}',
  item_ids uuid[] not null default '{}',
  sample_size int not null check (sample_size between 1 and 500),
  seed text not null,
  -- SHA-256 of all that could have been drawn, in the order of ids: the draw can be done again, and a changed frame shows
  frame_size int not null,
  frame_hash text not null,
  state text not null default 'OPEN' check (state in ('OPEN', 'CLOSED')),
  opened_on date not null,
  opened_by text not null,
  closed_on date,
  conclusion text
);
create index inspection_page on inspection (opened_on desc, id desc);

create table inspection_item (
  id uuid primary key,
  inspection_id uuid not null references inspection,
  ordinal int not null,
  department_id uuid not null references department,
  finding_id uuid references patrol_finding,
  target_type text,
  target_id uuid,
  result text check (result in ('CONFORMS', 'TO_RECTIFY', 'VIOLATION')),
  note text,
  inspected_by text,
  inspected_on date,
  due_on date,
  rectified_on date,
  rectified_by text,
  rectification text,
  accepted_on date,
  unique (inspection_id, ordinal),
  check (num_nonnulls(finding_id, target_id) = 1),
  check ((target_type is null) = (target_id is null))
);
create index inspection_item_department on inspection_item (department_id);

-- 访问日志的保存期限 What is left of entries whose time is over: their place, day and term; the hash stays in audit_leaf.
create table audit_retirement (
  id uuid primary key,
  at timestamptz not null default now(),
  entries int not null check (entries > 0),
  -- signed with the key of the log's heads over the digest of the entries below (src/audit/retirement.ts)
  statement jsonb not null
);
create table audit_retired (
  seq bigint primary key,
  retirement_id uuid not null references audit_retirement deferrable initially deferred,
  -- UTC day on which the event was, and the term by which it was kept
  day date not null,
  months int not null check (months >= 6)
);
create index audit_retired_run on audit_retired (retirement_id);

-- An entry goes only where a retirement says so, and none does before its time: not by a slip either.
create function audit_retires_in_time() returns trigger language plpgsql as $$
declare kept timestamptz;
begin
  select e.at into kept from access_event e where e.seq = new.seq;
  if kept is null or (kept at time zone 'UTC')::date <> new.day 
    or (kept at time zone 'UTC') + make_interval(months => new.months) > now() at time zone 'UTC' then
    raise exception 'the entry is not past its term';
  end if;
  return new;
end $$;
create trigger audit_retired_in_time before insert on audit_retired for each row execute function audit_retires_in_time();
create or replace function audit_refuses_change() returns trigger language plpgsql as $$
begin
  if tg_table_name = 'access_event' and tg_op = 'UPDATE' then
    if old.seq is null and new.seq is not null and to_jsonb(new) - 'seq' = to_jsonb(old) - 'seq' then
      return new;
    end if;
  end if;
  if tg_table_name = 'access_event' and tg_op = 'DELETE' then
    if exists (select 1 from audit_retired r where r.seq = old.seq) then
      return old;
    end if;
  end if;
  raise exception 'the audit log is only added to';
end $$;
create trigger audit_retired_only_added before update or delete on audit_retired
  for each row execute function audit_refuses_change();
create trigger audit_retired_not_emptied before truncate on audit_retired
  for each statement execute function audit_refuses_change();
create trigger audit_retirement_only_added before update or delete on audit_retirement
  for each row execute function audit_refuses_change();
create trigger audit_retirement_not_emptied before truncate on audit_retirement
  for each statement execute function audit_refuses_change();
