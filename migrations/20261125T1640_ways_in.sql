-- Ways in: submissions by GraphQL beside files, and evidence.

-- ── collection 归集 ────────────────────────────────────────────────────────────
-- keyed digest of the department's own key for a submission; a failed one gives its key back
alter table import_batch add column key_hash text;
create unique index import_batch_key on import_batch (department_id, key_hash) where key_hash is not null and state <> 'FAILED';
-- entries are looked for by their keys alone, a thousand at a time: the index by list would be read whole
create index list_entry_business_key on list_entry (business_key);

-- ── evidence 佐证材料 ───────────────────────────────────────────────────────────
create table evidence_file (
  id uuid primary key,
  media_type text not null check (media_type in ('application/pdf', 'image/jpeg', 'image/png')),
  -- of the file as it was sent, in bytes
  size int not null,
  sha256 text not null,
  -- the file sealed under its own id: it is personal data
  sealed bytea not null,
  stored_by text not null,
  stored_as text not null,
  department_id uuid references department,
  subject_id uuid references subject,
  stored_at timestamptz not null default now()
);
