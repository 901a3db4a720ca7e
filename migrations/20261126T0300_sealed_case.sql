-- 查询记录封存 A department keeps the look-ups of one of its cases from whom they are about, by a legal document and for a
-- term. A decision a row: sealing on is another one. Events know nothing of it: they are met by department and case number.
create table sealed_case (
  id uuid primary key,
  department_id uuid not null references department,
  case_no text not null,
  document_no text not null,
  reason text not null,
  sealed_on date not null,
  -- the last day
  sealed_until date not null check (sealed_until >= sealed_on),
  sealed_by text not null,
  lifted_on date,
  lift_document_no text,
  lift_reason text,
  lifted_by text,
  revision int not null default 1,
  revised_at timestamptz not null default now(),
  revised_by text,
  revision_reason text,
  check (num_nonnulls(lifted_on, lift_document_no, lift_reason, lifted_by) in (0, 4))
);
create index sealed_case_of on sealed_case (department_id, case_no, sealed_until) where lifted_on is null;
create index sealed_case_page on sealed_case (sealed_on desc, id desc);
create trigger keep_revision before update on sealed_case for each row execute function keep_revision();

-- by which the auditor looks for events
create index access_event_case on access_event (case_no, department_id) where case_no is not null;
create index access_event_consent on access_event (consent_id) where consent_id is not null;
create index access_event_power on access_event (on_behalf) where on_behalf is not null;
