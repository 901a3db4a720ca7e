-- 授权书 What a subject allowed in writing: to a recipient for a purpose (授权查询), or to a person that acts for it (委托书).
create table consent (
  id uuid primary key,
  kind text not null check (kind in ('CONSENT', 'POWER_OF_ATTORNEY')),
  subject_id uuid not null references subject,
  subject_kind text not null,
  recipient_role text not null check (recipient_role in ('SERVICE_HALL', 'AGENCY', 'ASSOCIATION', 'SUBJECT')),
  recipient_department_id uuid references department,
  recipient_user text,
  -- of a power: the natural person who acts
  agent_id uuid references subject,
  labels text[] not null default '{}' check (labels <@ array['AUTHORISED', 'PERSONAL', 'SECRET']),
  item_ids uuid[] not null default '{}',
  purpose text,
  -- how often it may be used; null: any number
  uses int check (uses > 0),
  expires_on date not null,
  document_no text not null,
  -- SHA-256 of the signed paper, hex
  document_hash text not null check (document_hash ~ '^[0-9a-f]{64}$'),
  granted_on date not null,
  granted_by text not null,
  -- taken at a counter: whose, and who witnessed it
  department_id uuid references department,
  witness text,
  withdrawn_on date,
  revision int not null default 1,
  revised_at timestamptz not null default now(),
  revised_by text,
  revision_reason text,
  check ((department_id is null) = (witness is null)),
  check (case when kind = 'CONSENT'
    then purpose is not null and agent_id is null and cardinality(labels) + cardinality(item_ids) > 0
      and (recipient_role = 'SERVICE_HALL') = (recipient_department_id is not null)
      and (recipient_role in ('AGENCY', 'ASSOCIATION')) = (recipient_user is not null)
    else recipient_role = 'SUBJECT' and agent_id is not null and agent_id <> subject_id and department_id is not null
      and num_nonnulls(recipient_department_id, recipient_user, purpose, uses) = 0
      and cardinality(labels) + cardinality(item_ids) = 0 end)
);
create index consent_subject on consent (subject_id, granted_on desc, id desc);
create index consent_agent on consent (agent_id) where agent_id is not null;
create trigger keep_revision before update on consent for each row execute function keep_revision();

-- One use of a consent. The key is what makes the n-th use happen once, however many try at the same time.
create table consent_use (
  consent_id uuid not null references consent,
  n int not null check (n > 0),
  use_id uuid not null unique default gen_random_uuid(),
  actor text not null,
  role text not null,
  -- of a mutation with an idempotency key: repeated, it is the same use
  request text,
  at timestamptz not null default now(),
  primary key (consent_id, n)
);

-- What a request stated, whether or not there is such a thing: no foreign keys.
alter table access_event add column consent_id uuid;
alter table access_event add column on_behalf uuid;
