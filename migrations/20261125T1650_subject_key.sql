-- 主体数据密钥 One data key a subject: what is sealed about it opens with that key alone, so that destroying the key
-- destroys the data. Wrapped by a key of the key file; the plain one is in no table.
create table subject_key (
  subject_id uuid not null references subject,
  -- stands in the sealed texts too: a text of a key that is gone finds no other one
  key_id text not null,
  wrapped text,
  -- of the key file's key that wrapped it
  key_version text generated always as (split_part(wrapped, '.', 3)) stored,
  made_at timestamptz not null default now(),
  -- 依法销毁
  destroyed_at timestamptz,
  destroyed_by text,
  document_no text,
  reason text,
  primary key (subject_id, key_id),
  check ((wrapped is null) = (destroyed_at is not null))
);
create unique index subject_key_living on subject_key (subject_id) where wrapped is not null;
create index subject_key_version on subject_key (key_version) where wrapped is not null;

create index personal_text_subject on personal_text (subject_id);

-- of a person whose data were destroyed the row stays, empty
alter table person_identity
  alter blind_index drop not null,
  alter name_sealed drop not null,
  alter number_sealed drop not null;
