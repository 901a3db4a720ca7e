-- Quality: subjects merge and split, reversibly; what became of each row; where a subject's data come from.

alter table subject
  -- 归并 the subject that this one has turned out to be; its numbers and names go on finding that one
  add column merged_into uuid references subject check (merged_into <> id),
  add column merged_on date,
  -- 注销、吊销 the day from which the register calls it so
  add column closed_on date,
  -- 来源 whose item said last what is known of it: a record's, until the register has it
  add column source_item_id uuid references catalogue_item,
  add column source_department_id uuid references department;
create index subject_merged on subject (merged_into) where merged_into is not null;

create function subject_closed() returns trigger language plpgsql as $$
declare
  closing constant text := '注销|吊销|撤销|关闭|终止';
begin
  if coalesce(new.registration_state, '') !~ closing then
    new.closed_on := null;
  elsif tg_op = 'INSERT' or new.closed_on is null then
    new.closed_on := (new.as_of at time zone 'Asia/Shanghai')::date;
  end if;
  return new;
end $$;
create trigger subject_closed before insert or update of registration_state on subject
  for each row execute function subject_closed();
update subject set closed_on = (as_of at time zone 'Asia/Shanghai')::date
where registration_state ~ '注销|吊销|撤销|关闭|终止';

-- 主体归并与拆分 Proposed by one officer, done by a second, undone by document. What it moved stands beside it.
create table subject_merge (
  id uuid primary key,
  kind text not null check (kind in ('MERGE', 'SPLIT')),
  state text not null check (state in ('PROPOSED', 'DONE', 'UNDONE', 'WITHDRAWN')),
  -- whose rows move: the subject that is absorbed, or the one that was mistaken for two
  from_id uuid not null references subject,
  into_id uuid not null references subject check (into_id <> from_id),
  reason text not null,
  document_no text not null,
  proposed_on date not null,
  proposed_by text not null,
  confirmed_on date,
  confirmed_by text,
  confirmed_at timestamptz,
  undone_on date,
  undone_by text,
  undo_reason text,
  undo_document_no text,
  revision int not null default 1,
  revised_at timestamptz not null default now(),
  revised_by text,
  revision_reason text
);
create index subject_merge_page on subject_merge (proposed_on desc, id desc);
create index subject_merge_from on subject_merge (from_id);
create index subject_merge_into on subject_merge (into_id);
-- One step at a time: a second proposal about the same two would be about other rows by the time it is confirmed.
create unique index subject_merge_open on subject_merge (least(from_id, into_id), greatest(from_id, into_id))
  where state = 'PROPOSED';
create trigger keep_revision before update on subject_merge for each row execute function keep_revision();

create table subject_merge_row (
  merge_id uuid not null references subject_merge,
  table_name text not null,
  row_id uuid not null,
  -- the columns that moved, as they stood; null: chosen for a split and not moved yet
  before jsonb,
  -- of a text that was sealed anew: what it was sealed to
  sealed_after text,
  primary key (merge_id, table_name, row_id)
);

alter table import_row
  -- what became of it: new, revised, unchanged, older, conflict; invalid or junk; null: rows of the time before
  add column outcome text,
  -- 分类 of a record that was stored or changed: its class and whether it is public
  add column class text;
create index import_row_junk on import_row (batch_id) where outcome = 'junk';
