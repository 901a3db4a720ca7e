-- 作业 Jobs: the queue belongs to a role of its own (hub_jobs), into which requests have one narrow way.

-- graphile-worker's own tables; their definition is its own, brought in as hub_jobs (src/entities/migrateJobs.ts). Its
-- first table stands here, so that hub_jobs needs no right to make schemas.
create schema graphile_worker authorization hub_jobs;
create schema hub_jobs authorization hub_jobs;

set local role hub_jobs;

create table graphile_worker.migrations (
  id int primary key,
  ts timestamptz not null default now(),
  breaking boolean not null default false
);

-- 搁置的作业 What was tried as often as it may be, or can never be done: out of the queue, with its reason, until somebody
-- looks. A payload holds ids and nothing else, and a reason no text of a row.
create table hub_jobs.parked_job (
  id bigint primary key,
  task text not null,
  payload jsonb not null,
  queue text,
  attempts int not null,
  max_attempts int not null,
  reason text not null,
  queued_at timestamptz not null,
  parked_at timestamptz not null default now()
);

reset role;

-- ── collection 归集 ────────────────────────────────────────────────────────────
-- 待入库的报送 What was answered RECEIVED: its rows, sealed, and as whom they came, until a job has stored them. The rest
-- of it stands on the batch.
create table waiting_submission (
  batch_id uuid primary key references import_batch,
  department_id uuid not null references department,
  role text not null,
  purpose text,
  case_no text,
  withdraw boolean not null,
  -- the rows as they came, sealed under the batch: they are personal data
  sealed bytea not null,
  received_at timestamptz not null default now()
);

-- a job stands for it, whether or not a process works on it just now: no sweep marks it FAILED
alter table import_batch add column queued boolean not null default false;
