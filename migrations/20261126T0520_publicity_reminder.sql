-- 提醒 What a department was told that it still could do in time: one row a day and matter, told by the job and never changed.
create table publicity_reminder (
  id uuid primary key,
  kind text not null check (kind in ('COUNT_DUE', 'DECISIONS_MISSING', 'RETURNED_DUE')),
  department_id uuid not null references department,
  item_id uuid not null references catalogue_item,
  -- first day of the month
  month date not null check (extract(day from month) = 1),
  due_on date not null,
  -- decisions that are wanting; of a count that is wanting, null
  decisions int,
  -- the row that went back
  batch_id uuid references import_batch,
  row_no int,
  told_on date not null,
  told_at timestamptz not null default now(),
  unique nulls not distinct (told_on, department_id, kind, item_id, month, batch_id, row_no)
);
create index publicity_reminder_due on publicity_reminder (department_id, due_on, told_on desc, id);
