-- 登记查询 Documents that were looked over: roles of the open net send the id of one in place of a text of their own.
create table trusted_document (
  -- SHA-256 of the text, hex
  id text primary key check (id ~ '^[0-9a-f]{64}$'),
  document text not null,
  added_at timestamptz not null default now()
);
