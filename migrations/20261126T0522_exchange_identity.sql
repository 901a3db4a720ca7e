-- 自然人身份交换 Whole identities go to a partner only where its agreement says so, and only of those about whom a message waits for
-- it. They stay sealed here: what leaves is sealed anew to the partner's own key when the message leaves.
alter table exchange_agreement add column identities boolean not null default false;

create function exchange_identities(subjects uuid[])
returns table ("subjectId" uuid, "documentType" text, "nameSealed" text, "numberSealed" text, "keyId" text, wrapped text)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if current_setting('hub.verb', true) is distinct from 'deliverExchange'
    or current_setting('hub.role', true) is distinct from 'EXCHANGE' then
    raise exception 'only the delivery asks for it';
  end if;
  return query
    select p.subject_id, p.document_type, p.name_sealed, p.number_sealed, k.key_id, k.wrapped
    from person_identity p
      join subject_key k on k.subject_id = p.subject_id and k.key_id = split_part(p.name_sealed, '.', 3) and k.wrapped is not null
    where p.subject_id = any(subjects)
      and exists (select from exchange_agreement a
        where a.partner = current_setting('hub.user', true) and a.identities and 'PERSONAL' = any(a.labels))
      and exists (select from exchange_delivery d
        where d.partner = current_setting('hub.user', true) and d.subject_id = p.subject_id and d.state = 'PENDING');
end $$;
