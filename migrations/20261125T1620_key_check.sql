-- 密钥核对 Which keys this database was sealed with: a fingerprint of each, from which no key can be found.
create table key_check (
  name text primary key,
  fingerprint text not null
);
