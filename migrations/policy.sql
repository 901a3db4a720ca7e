-- Printed from src/permissions by `npm run generate`. Not to be edited: change the matrix and print it again.
do $$ declare p record; begin
  for p in select policyname, tablename from pg_policies where schemaname = 'public' loop
    execute format('drop policy %I on %I', p.policyname, p.tablename);
  end loop;
end $$;
revoke all on all tables in schema public from public, hub_app, hub_audit;
revoke all on all functions in schema public from public, hub_app, hub_audit;
grant usage on schema public to hub_app, hub_audit;
create or replace function subject_reachable(uuid) returns boolean language plpgsql stable security definer
  set search_path = pg_catalog, public set plan_cache_mode = force_generic_plan as $$
begin
  if current_setting('hub.role', true) in ('SERVICE_HALL') then
    return exists (select 1 from public.credit_record where subject_id = $1 and (((subject_kind <> 'NATURAL_PERSON' and disclosure = 'PUBLIC' and state = 'ACTIVE' and public_from <= (select nullif(current_setting('hub.today', true), '')::date) and coalesce(least(expires_on, public_until), 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date)) or ((state = 'ACTIVE' and coalesce(expires_on, 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date)) and exists (select 1 from credit_check_finding f join credit_check k on k.id = f.check_id where f.record_id = credit_record.id and k.checked_by = (select nullif(current_setting('hub.user', true), '')) and k.department_id = (select nullif(current_setting('hub.department', true), '')::uuid))) or ((state = 'ACTIVE' and coalesce(expires_on, 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date)) and (subject_id = (select (consent_stated()).subject_id) and disclosure <> 'GOVERNMENT' and ((disclosure = 'AUTHORISED' and 'AUTHORISED' = any((select (consent_stated()).labels)::text[])) or item_id = any((select (consent_stated()).item_ids)::uuid[]))))) or id = any((select string_to_array(nullif(current_setting('hub.answer', true), ''), ',')::uuid[])::uuid[])))
      or exists (select 1 from public.list_entry where subject_id = $1 and (((subject_kind <> 'NATURAL_PERSON' and (state = 'LISTED' and listed_on <= (select nullif(current_setting('hub.today', true), '')::date) and coalesce(ends_on, 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date))) or ((state not in ('REPAIRED', 'EXPIRED', 'REVOKED') and (state not in ('LISTED', 'SUSPENDED') or coalesce(ends_on, 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date))) and exists (select 1 from credit_check_finding f join credit_check k on k.id = f.check_id where f.list_entry_id = list_entry.id and k.checked_by = (select nullif(current_setting('hub.user', true), '')) and k.department_id = (select nullif(current_setting('hub.department', true), '')::uuid))) or ((state = 'LISTED' and listed_on <= (select nullif(current_setting('hub.today', true), '')::date) and coalesce(ends_on, 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date)) and (subject_id = (select (consent_stated()).subject_id) and 'AUTHORISED' = any((select (consent_stated()).labels)::text[])))) or id = any((select string_to_array(nullif(current_setting('hub.answer', true), ''), ',')::uuid[])::uuid[])))
      or exists (select 1 from public.commitment where subject_id = $1 and (((state <> 'REPAIRED' and exists (select 1 from credit_check_finding f join credit_check k on k.id = f.check_id where f.commitment_id = commitment.id and k.checked_by = (select nullif(current_setting('hub.user', true), '')) and k.department_id = (select nullif(current_setting('hub.department', true), '')::uuid))) or (state <> 'REPAIRED' and (subject_id = (select (consent_stated()).subject_id) and 'AUTHORISED' = any((select (consent_stated()).labels)::text[])))) or id = any((select string_to_array(nullif(current_setting('hub.answer', true), ''), ',')::uuid[])::uuid[])))
      or exists (select 1 from public.credit_check where subject_id = $1 and ((checked_by = (select nullif(current_setting('hub.user', true), '')) and department_id = (select nullif(current_setting('hub.department', true), '')::uuid)) or id = any((select string_to_array(nullif(current_setting('hub.answer', true), ''), ',')::uuid[])::uuid[])));
  end if;
  if current_setting('hub.role', true) in ('DEPARTMENT', 'COURT') then
    return exists (select 1 from public.credit_record where subject_id = $1 and (((subject_kind <> 'NATURAL_PERSON' and disclosure = 'PUBLIC' and state = 'ACTIVE' and public_from <= (select nullif(current_setting('hub.today', true), '')::date) and coalesce(least(expires_on, public_until), 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date)) or ((state = 'ACTIVE' and coalesce(expires_on, 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date)) and (select nullif(current_setting('hub.department', true), '')::uuid) in (provider_id, authority_id)) or ((state = 'ACTIVE' and coalesce(expires_on, 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date)) and exists (select 1 from credit_check_finding f join credit_check k on k.id = f.check_id where f.record_id = credit_record.id and k.checked_by = (select nullif(current_setting('hub.user', true), '')) and k.department_id = (select nullif(current_setting('hub.department', true), '')::uuid))) or ((select nullif(current_setting('hub.purpose', true), '') is not null) and subject_kind <> 'NATURAL_PERSON' and (state = 'ACTIVE' and coalesce(expires_on, 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date)) and disclosure in ('PUBLIC', 'GOVERNMENT'))) or id = any((select string_to_array(nullif(current_setting('hub.answer', true), ''), ',')::uuid[])::uuid[])))
      or exists (select 1 from public.list_entry where subject_id = $1 and (((subject_kind <> 'NATURAL_PERSON' and (state = 'LISTED' and listed_on <= (select nullif(current_setting('hub.today', true), '')::date) and coalesce(ends_on, 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date))) or ((state not in ('REPAIRED', 'EXPIRED', 'REVOKED') and (state not in ('LISTED', 'SUSPENDED') or coalesce(ends_on, 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date))) and department_id = (select nullif(current_setting('hub.department', true), '')::uuid)) or ((state not in ('REPAIRED', 'EXPIRED', 'REVOKED') and (state not in ('LISTED', 'SUSPENDED') or coalesce(ends_on, 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date))) and exists (select 1 from credit_check_finding f join credit_check k on k.id = f.check_id where f.list_entry_id = list_entry.id and k.checked_by = (select nullif(current_setting('hub.user', true), '')) and k.department_id = (select nullif(current_setting('hub.department', true), '')::uuid))) or ((select nullif(current_setting('hub.purpose', true), '') is not null) and subject_kind <> 'NATURAL_PERSON' and (state = 'LISTED' and listed_on <= (select nullif(current_setting('hub.today', true), '')::date) and coalesce(ends_on, 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date)) and true)) or id = any((select string_to_array(nullif(current_setting('hub.answer', true), ''), ',')::uuid[])::uuid[])))
      or exists (select 1 from public.commitment where subject_id = $1 and (((state <> 'REPAIRED' and department_id = (select nullif(current_setting('hub.department', true), '')::uuid)) or (state <> 'REPAIRED' and exists (select 1 from credit_check_finding f join credit_check k on k.id = f.check_id where f.commitment_id = commitment.id and k.checked_by = (select nullif(current_setting('hub.user', true), '')) and k.department_id = (select nullif(current_setting('hub.department', true), '')::uuid))) or ((select nullif(current_setting('hub.purpose', true), '') is not null) and subject_kind <> 'NATURAL_PERSON' and state <> 'REPAIRED' and true)) or id = any((select string_to_array(nullif(current_setting('hub.answer', true), ''), ',')::uuid[])::uuid[])))
      or exists (select 1 from public.credit_check where subject_id = $1 and ((checked_by = (select nullif(current_setting('hub.user', true), '')) and department_id = (select nullif(current_setting('hub.department', true), '')::uuid)) or id = any((select string_to_array(nullif(current_setting('hub.answer', true), ''), ',')::uuid[])::uuid[])));
  end if;
  if current_setting('hub.role', true) in ('CREDIT_OFFICE') then
    return exists (select 1 from public.credit_record where subject_id = $1 and ((((select nullif(current_setting('hub.purpose', true), '') is not null) and (state = 'ACTIVE' and coalesce(expires_on, 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date))) or ((state = 'ACTIVE' and coalesce(expires_on, 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date)) and exists (select 1 from credit_check_finding f join credit_check k on k.id = f.check_id where f.record_id = credit_record.id and k.checked_by = (select nullif(current_setting('hub.user', true), '')) and k.department_id = (select nullif(current_setting('hub.department', true), '')::uuid)))) or id = any((select string_to_array(nullif(current_setting('hub.answer', true), ''), ',')::uuid[])::uuid[])))
      or exists (select 1 from public.list_entry where subject_id = $1 and ((((select nullif(current_setting('hub.purpose', true), '') is not null) and (state not in ('REPAIRED', 'EXPIRED', 'REVOKED') and (state not in ('LISTED', 'SUSPENDED') or coalesce(ends_on, 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date)))) or ((state not in ('REPAIRED', 'EXPIRED', 'REVOKED') and (state not in ('LISTED', 'SUSPENDED') or coalesce(ends_on, 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date))) and exists (select 1 from credit_check_finding f join credit_check k on k.id = f.check_id where f.list_entry_id = list_entry.id and k.checked_by = (select nullif(current_setting('hub.user', true), '')) and k.department_id = (select nullif(current_setting('hub.department', true), '')::uuid)))) or id = any((select string_to_array(nullif(current_setting('hub.answer', true), ''), ',')::uuid[])::uuid[])))
      or exists (select 1 from public.commitment where subject_id = $1 and ((((select nullif(current_setting('hub.purpose', true), '') is not null) and state <> 'REPAIRED') or (state <> 'REPAIRED' and exists (select 1 from credit_check_finding f join credit_check k on k.id = f.check_id where f.commitment_id = commitment.id and k.checked_by = (select nullif(current_setting('hub.user', true), '')) and k.department_id = (select nullif(current_setting('hub.department', true), '')::uuid)))) or id = any((select string_to_array(nullif(current_setting('hub.answer', true), ''), ',')::uuid[])::uuid[])))
      or exists (select 1 from public.credit_check where subject_id = $1 and ((checked_by = (select nullif(current_setting('hub.user', true), '')) and department_id = (select nullif(current_setting('hub.department', true), '')::uuid)) or id = any((select string_to_array(nullif(current_setting('hub.answer', true), ''), ',')::uuid[])::uuid[])));
  end if;
  return false;
end $$;
revoke all on function subject_reachable(uuid) from public;
grant execute on function subject_reachable(uuid) to hub_app;
create or replace function subject_acted_on(uuid) returns boolean language plpgsql stable security definer
  set search_path = pg_catalog, public set plan_cache_mode = force_generic_plan as $$
begin
  if current_setting('hub.role', true) in ('DEPARTMENT', 'COURT') then
    return exists (select 1 from public.credit_record where subject_id = $1 and (select nullif(current_setting('hub.department', true), '')::uuid) in (provider_id, authority_id) and (((subject_kind <> 'NATURAL_PERSON' and disclosure = 'PUBLIC' and state = 'ACTIVE' and public_from <= (select nullif(current_setting('hub.today', true), '')::date) and coalesce(least(expires_on, public_until), 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date)) or ((state = 'ACTIVE' and coalesce(expires_on, 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date)) and (select nullif(current_setting('hub.department', true), '')::uuid) in (provider_id, authority_id)) or ((state = 'ACTIVE' and coalesce(expires_on, 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date)) and exists (select 1 from credit_check_finding f join credit_check k on k.id = f.check_id where f.record_id = credit_record.id and k.checked_by = (select nullif(current_setting('hub.user', true), '')) and k.department_id = (select nullif(current_setting('hub.department', true), '')::uuid))) or ((select nullif(current_setting('hub.purpose', true), '') is not null) and subject_kind <> 'NATURAL_PERSON' and (state = 'ACTIVE' and coalesce(expires_on, 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date)) and disclosure in ('PUBLIC', 'GOVERNMENT'))) or id = any((select string_to_array(nullif(current_setting('hub.answer', true), ''), ',')::uuid[])::uuid[])));
  end if;
  return false;
end $$;
revoke all on function subject_acted_on(uuid) from public;
grant execute on function subject_acted_on(uuid) to hub_app;
create or replace function subject_told_of(uuid) returns boolean language plpgsql stable security definer
  set search_path = pg_catalog, public set plan_cache_mode = force_generic_plan as $$
begin
  if current_setting('hub.role', true) in ('DEPARTMENT', 'COURT') then
    return exists (select 1 from public.personal_text where subject_id = $1 and ((select nullif(current_setting('hub.department', true), '')::uuid) in (provider_id, authority_id) or false));
  end if;
  return false;
end $$;
revoke all on function subject_told_of(uuid) from public;
grant execute on function subject_told_of(uuid) to hub_app;
create or replace function subject_named(part text) returns setof uuid language plpgsql stable
  security definer rows 50 set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
declare
  grams text[] := case when char_length(part) < 2 then array_remove(array[part], '')
    else array(select substr(part, i, 2) from generate_series(1, char_length(part) - 1) i) end;
begin
  return query
    select id from subject
    where kind <> 'NATURAL_PERSON' and name_grams(name) @> grams and strpos(name, part) > 0
    union
    select s.id from former_name f join subject s on s.id = f.subject_id
    where s.kind <> 'NATURAL_PERSON' and name_grams(f.name) @> grams and strpos(f.name, part) > 0;
end $$;
revoke all on function subject_named(text) from public;
grant execute on function subject_named(text), name_grams(text) to hub_app;
create or replace function consent_stated() returns public.consent language plpgsql stable as $$
begin
  if (select nullif(current_setting('hub.consent', true), '')) is null then return null; end if;
  return (select k from public.consent k join public.consent_use u on u.consent_id = k.id
    where u.use_id = (select nullif(current_setting('hub.consent', true), '')::uuid) and u.actor = (select nullif(current_setting('hub.user', true), '')) and k.kind = 'CONSENT' and k.withdrawn_on is null and k.expires_on >= (select nullif(current_setting('hub.today', true), '')::date) and k.purpose = (select nullif(current_setting('hub.purpose', true), ''))
    and k.recipient_role = (select nullif(current_setting('hub.role', true), '')) and (k.recipient_department_id = (select nullif(current_setting('hub.department', true), '')::uuid) or k.recipient_user = (select nullif(current_setting('hub.user', true), ''))));
end $$;
revoke all on function consent_stated() from public;
grant execute on function consent_stated() to hub_app;
create or replace function spend_consent(named uuid, repeated text)
returns table (use uuid, "subjectId" uuid, labels text[]) language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  k public.consent;
  nth int;
begin
  select * into k from public.consent k where k.id = named and k.kind = 'CONSENT' and k.withdrawn_on is null and k.expires_on >= (select nullif(current_setting('hub.today', true), '')::date) and k.purpose = (select nullif(current_setting('hub.purpose', true), ''))
    and k.recipient_role = (select nullif(current_setting('hub.role', true), '')) and (k.recipient_department_id = (select nullif(current_setting('hub.department', true), '')::uuid) or k.recipient_user = (select nullif(current_setting('hub.user', true), ''))) for no key update;
  if not found then return; end if;
  loop
    return query select u.use_id, k.subject_id, k.labels from public.consent_use u
      where u.consent_id = k.id and u.actor = (select nullif(current_setting('hub.user', true), '')) and u.request = repeated
        and u.at > now() - interval '24 hours';
    if found then return; end if;
    select coalesce(max(u.n), 0) + 1 into nth from public.consent_use u where u.consent_id = k.id;
    if nth > k.uses then return; end if;
    return query insert into public.consent_use as u (consent_id, n, actor, role, request)
      values (k.id, nth, (select nullif(current_setting('hub.user', true), '')), (select nullif(current_setting('hub.role', true), '')), repeated)
      on conflict do nothing returning u.use_id, k.subject_id, k.labels;
    if found then return; end if;
  end loop;
end $$;
revoke all on function spend_consent(uuid, text) from public;
grant execute on function spend_consent(uuid, text) to hub_audit;
alter table subject enable row level security;
alter table subject force row level security;
create policy subject__owner__all on subject to current_user using (true) with check (true);
alter table former_name enable row level security;
alter table former_name force row level security;
create policy former_name__owner__all on former_name to current_user using (true) with check (true);
alter table subject_representative enable row level security;
alter table subject_representative force row level security;
create policy subject_representative__owner__all on subject_representative to current_user using (true) with check (true);
alter table person_identity enable row level security;
alter table person_identity force row level security;
create policy person_identity__owner__all on person_identity to current_user using (true) with check (true);
alter table subject_key enable row level security;
alter table subject_key force row level security;
create policy subject_key__owner__all on subject_key to current_user using (true) with check (true);
alter table credit_record enable row level security;
alter table credit_record force row level security;
create policy credit_record__owner__all on credit_record to current_user using (true) with check (true);
alter table personal_text enable row level security;
alter table personal_text force row level security;
create policy personal_text__owner__all on personal_text to current_user using (true) with check (true);
alter table list_entry enable row level security;
alter table list_entry force row level security;
create policy list_entry__owner__all on list_entry to current_user using (true) with check (true);
alter table commitment enable row level security;
alter table commitment force row level security;
create policy commitment__owner__all on commitment to current_user using (true) with check (true);
alter table consent enable row level security;
alter table consent force row level security;
create policy consent__owner__all on consent to current_user using (true) with check (true);
alter table credit_check enable row level security;
alter table credit_check force row level security;
create policy credit_check__owner__all on credit_check to current_user using (true) with check (true);
alter table credit_check_finding enable row level security;
alter table credit_check_finding force row level security;
create policy credit_check_finding__owner__all on credit_check_finding to current_user using (true) with check (true);
alter table import_batch enable row level security;
alter table import_batch force row level security;
create policy import_batch__owner__all on import_batch to current_user using (true) with check (true);
alter table import_row enable row level security;
alter table import_row force row level security;
create policy import_row__owner__all on import_row to current_user using (true) with check (true);
alter table review_item enable row level security;
alter table review_item force row level security;
create policy review_item__owner__all on review_item to current_user using (true) with check (true);
alter table access_event enable row level security;
alter table access_event force row level security;
create policy access_event__owner__all on access_event to current_user using (true) with check (true);
alter table department enable row level security;
alter table department force row level security;
create policy department__owner__all on department to current_user using (true) with check (true);
alter table legal_basis enable row level security;
alter table legal_basis force row level security;
create policy legal_basis__owner__all on legal_basis to current_user using (true) with check (true);
alter table catalogue_item enable row level security;
alter table catalogue_item force row level security;
create policy catalogue_item__owner__all on catalogue_item to current_user using (true) with check (true);
alter table catalogue_item_basis enable row level security;
alter table catalogue_item_basis force row level security;
create policy catalogue_item_basis__owner__all on catalogue_item_basis to current_user using (true) with check (true);
alter table rule_set enable row level security;
alter table rule_set force row level security;
create policy rule_set__owner__all on rule_set to current_user using (true) with check (true);
alter table credit_list enable row level security;
alter table credit_list force row level security;
create policy credit_list__owner__all on credit_list to current_user using (true) with check (true);
alter table credit_list_basis enable row level security;
alter table credit_list_basis force row level security;
create policy credit_list_basis__owner__all on credit_list_basis to current_user using (true) with check (true);
alter table measure enable row level security;
alter table measure force row level security;
create policy measure__owner__all on measure to current_user using (true) with check (true);
alter table service_matter enable row level security;
alter table service_matter force row level security;
create policy service_matter__owner__all on service_matter to current_user using (true) with check (true);
alter table measure_trigger enable row level security;
alter table measure_trigger force row level security;
create policy measure_trigger__owner__all on measure_trigger to current_user using (true) with check (true);
alter table trusted_document enable row level security;
alter table trusted_document force row level security;
create policy trusted_document__owner__all on trusted_document to current_user using (true) with check (true);
alter table idempotent_request enable row level security;
alter table idempotent_request force row level security;
create policy idempotent_request__owner__all on idempotent_request to current_user using (true) with check (true);
alter table row_revision enable row level security;
alter table row_revision force row level security;
create policy row_revision__owner__all on row_revision to current_user using (true) with check (true);
alter table audit_leaf enable row level security;
alter table audit_leaf force row level security;
create policy audit_leaf__owner__all on audit_leaf to current_user using (true) with check (true);
alter table consent_use enable row level security;
alter table consent_use force row level security;
create policy consent_use__owner__all on consent_use to current_user using (true) with check (true);
alter table key_check enable row level security;
alter table key_check force row level security;
create policy key_check__owner__all on key_check to current_user using (true) with check (true);
alter table evidence_file enable row level security;
alter table evidence_file force row level security;
create policy evidence_file__owner__all on evidence_file to current_user using (true) with check (true);
alter table waiting_submission enable row level security;
alter table waiting_submission force row level security;
create policy waiting_submission__owner__all on waiting_submission to current_user using (true) with check (true);
create policy subject__reader__select on subject for select to hub_app using (
  ((select nullif(current_setting('hub.role', true), '') in ('PUBLIC', 'SUBJECT', 'SERVICE_HALL', 'DEPARTMENT', 'CREDIT_OFFICE', 'COURT', 'ASSOCIATION', 'ORGANISATION_DEPARTMENT', 'CADRE_OFFICER', 'GOVERNMENT_OFFICE', 'ANALYST', 'AGENCY') or (nullif(current_setting('hub.role', true), '') in ('AUDITOR') and nullif(current_setting('hub.purpose', true), '') in ('AUDIT') and nullif(current_setting('hub.case', true), '') is not null)) and kind <> 'NATURAL_PERSON')
  or ((select nullif(current_setting('hub.role', true), '') in ('SUBJECT')) and not (kind <> 'NATURAL_PERSON') and id = (select nullif(current_setting('hub.subject', true), '')::uuid))
  or ((select (nullif(current_setting('hub.role', true), '') in ('CREDIT_OFFICE') and nullif(current_setting('hub.purpose', true), '') is not null) or (nullif(current_setting('hub.role', true), '') in ('AUDITOR') and nullif(current_setting('hub.purpose', true), '') in ('AUDIT') and nullif(current_setting('hub.case', true), '') is not null)) and not (kind <> 'NATURAL_PERSON'))
  or (select nullif(current_setting('hub.verb', true), '') || ' ' || nullif(current_setting('hub.role', true), '') in ('checkCredit SERVICE_HALL', 'checkCredit DEPARTMENT', 'checkCredit CREDIT_OFFICE', 'checkCredit COURT', 'checkCredits SERVICE_HALL', 'checkCredits DEPARTMENT', 'checkCredits CREDIT_OFFICE', 'checkCredits COURT', 'submitRecords DEPARTMENT', 'submitRecords COURT', 'submitRecords EXCHANGE', 'proposeListing DEPARTMENT', 'proposeListing COURT', 'notifyListing DEPARTMENT', 'notifyListing COURT', 'confirmListing DEPARTMENT', 'confirmListing COURT', 'withdrawListing DEPARTMENT', 'withdrawListing COURT', 'revokeListing DEPARTMENT', 'revokeListing COURT', 'makeCommitment SUBJECT', 'makeCommitment SERVICE_HALL', 'makeCommitment DEPARTMENT', 'grantConsent SUBJECT', 'grantConsent SERVICE_HALL', 'grantPower SERVICE_HALL'))
  or id = any((select string_to_array(nullif(current_setting('hub.answer', true), ''), ',')::uuid[])::uuid[])
  or ((select nullif(current_setting('hub.role', true), '') in ('SERVICE_HALL', 'DEPARTMENT', 'CREDIT_OFFICE', 'COURT')) and not (kind <> 'NATURAL_PERSON') and subject_reachable(id))
  or ((select nullif(current_setting('hub.role', true), '') in ('SERVICE_HALL', 'ASSOCIATION', 'AGENCY')) and not (kind <> 'NATURAL_PERSON') and id = (select (consent_stated()).subject_id)));
create policy subject__verb__insert on subject for insert to hub_app with check (
  (select nullif(current_setting('hub.verb', true), '') || ' ' || nullif(current_setting('hub.role', true), '') in ('submitRecords DEPARTMENT', 'submitRecords COURT', 'submitRecords EXCHANGE')));
create policy subject__verb__update on subject for update to hub_app using (
  (select nullif(current_setting('hub.verb', true), '') || ' ' || nullif(current_setting('hub.role', true), '') in ('submitRecords DEPARTMENT', 'submitRecords COURT', 'submitRecords EXCHANGE')))
  with check (
  (select nullif(current_setting('hub.verb', true), '') || ' ' || nullif(current_setting('hub.role', true), '') in ('submitRecords DEPARTMENT', 'submitRecords COURT', 'submitRecords EXCHANGE')));
grant select, insert, update on subject to hub_app;
create policy former_name__reader__select on former_name for select to hub_app using (
  (select nullif(current_setting('hub.role', true), '') in ('PUBLIC', 'SUBJECT', 'SERVICE_HALL', 'DEPARTMENT', 'CREDIT_OFFICE', 'COURT', 'ASSOCIATION', 'ORGANISATION_DEPARTMENT', 'CADRE_OFFICER', 'GOVERNMENT_OFFICE', 'ANALYST', 'AGENCY') or (nullif(current_setting('hub.role', true), '') in ('AUDITOR') and nullif(current_setting('hub.purpose', true), '') in ('AUDIT') and nullif(current_setting('hub.case', true), '') is not null))
  or (select nullif(current_setting('hub.verb', true), '') || ' ' || nullif(current_setting('hub.role', true), '') in ('submitRecords DEPARTMENT', 'submitRecords COURT', 'submitRecords EXCHANGE')));
create policy former_name__verb__insert on former_name for insert to hub_app with check (
  (select nullif(current_setting('hub.verb', true), '') || ' ' || nullif(current_setting('hub.role', true), '') in ('submitRecords DEPARTMENT', 'submitRecords COURT', 'submitRecords EXCHANGE')));
grant select, insert on former_name to hub_app;
create policy subject_representative__reader__select on subject_representative for select to hub_app using (
  ((select nullif(current_setting('hub.role', true), '') in ('SUBJECT')) and subject_id = (select nullif(current_setting('hub.subject', true), '')::uuid))
  or (select (nullif(current_setting('hub.role', true), '') in ('AUDITOR') and nullif(current_setting('hub.purpose', true), '') in ('AUDIT') and nullif(current_setting('hub.case', true), '') is not null))
  or (select nullif(current_setting('hub.verb', true), '') || ' ' || nullif(current_setting('hub.role', true), '') in ('submitRecords DEPARTMENT', 'submitRecords COURT', 'submitRecords EXCHANGE'))
  or ((select nullif(current_setting('hub.role', true), '') in ('SERVICE_HALL', 'DEPARTMENT', 'CREDIT_OFFICE', 'COURT')) and exists (select 1 from credit_check k where k.subject_id = subject_representative.subject_id and k.checked_by = (select nullif(current_setting('hub.user', true), '')) and k.department_id = (select nullif(current_setting('hub.department', true), '')::uuid)))
  or ((select nullif(current_setting('hub.role', true), '') in ('SERVICE_HALL', 'ASSOCIATION', 'AGENCY')) and (subject_id = (select (consent_stated()).subject_id) and 'PERSONAL' = any((select (consent_stated()).labels)::text[])))
  or ((select nullif(current_setting('hub.role', true), '') in ('DEPARTMENT', 'COURT')) and subject_acted_on(subject_id)));
create policy subject_representative__verb__insert on subject_representative for insert to hub_app with check (
  (select nullif(current_setting('hub.verb', true), '') || ' ' || nullif(current_setting('hub.role', true), '') in ('submitRecords DEPARTMENT', 'submitRecords COURT', 'submitRecords EXCHANGE')));
create policy subject_representative__verb__update on subject_representative for update to hub_app using (
  (select nullif(current_setting('hub.verb', true), '') || ' ' || nullif(current_setting('hub.role', true), '') in ('submitRecords DEPARTMENT', 'submitRecords COURT', 'submitRecords EXCHANGE')))
  with check (
  (select nullif(current_setting('hub.verb', true), '') || ' ' || nullif(current_setting('hub.role', true), '') in ('submitRecords DEPARTMENT', 'submitRecords COURT', 'submitRecords EXCHANGE')));
grant select, insert, update on subject_representative to hub_app;
create policy person_identity__reader__select on person_identity for select to hub_app using (
  ((select nullif(current_setting('hub.role', true), '') in ('SUBJECT')) and subject_id = (select nullif(current_setting('hub.subject', true), '')::uuid))
  or (select (nullif(current_setting('hub.role', true), '') in ('AUDITOR') and nullif(current_setting('hub.purpose', true), '') in ('AUDIT') and nullif(current_setting('hub.case', true), '') is not null))
  or (select nullif(current_setting('hub.verb', true), '') || ' ' || nullif(current_setting('hub.role', true), '') in ('checkCredit SERVICE_HALL', 'checkCredit DEPARTMENT', 'checkCredit CREDIT_OFFICE', 'checkCredit COURT', 'checkCredits SERVICE_HALL', 'checkCredits DEPARTMENT', 'checkCredits CREDIT_OFFICE', 'checkCredits COURT', 'submitRecords DEPARTMENT', 'submitRecords COURT', 'submitRecords EXCHANGE', 'makeCommitment SUBJECT', 'makeCommitment SERVICE_HALL', 'makeCommitment DEPARTMENT', 'grantConsent SUBJECT', 'grantConsent SERVICE_HALL', 'grantPower SERVICE_HALL'))
  or ((select nullif(current_setting('hub.role', true), '') in ('SERVICE_HALL', 'DEPARTMENT', 'CREDIT_OFFICE', 'COURT')) and exists (select 1 from credit_check k where k.subject_id = person_identity.subject_id and k.checked_by = (select nullif(current_setting('hub.user', true), '')) and k.department_id = (select nullif(current_setting('hub.department', true), '')::uuid)))
  or ((select nullif(current_setting('hub.role', true), '') in ('SERVICE_HALL', 'ASSOCIATION', 'AGENCY')) and (subject_id = (select (consent_stated()).subject_id) and 'PERSONAL' = any((select (consent_stated()).labels)::text[])))
  or ((select nullif(current_setting('hub.role', true), '') in ('DEPARTMENT', 'COURT')) and subject_acted_on(subject_id)));
create policy person_identity__verb__insert on person_identity for insert to hub_app with check (
  (select nullif(current_setting('hub.verb', true), '') || ' ' || nullif(current_setting('hub.role', true), '') in ('submitRecords DEPARTMENT', 'submitRecords COURT', 'submitRecords EXCHANGE')));
grant select, insert on person_identity to hub_app;
create policy subject_key__reader__select on subject_key for select to hub_app using (
  ((select nullif(current_setting('hub.role', true), '') in ('SUBJECT')) and subject_id = (select nullif(current_setting('hub.subject', true), '')::uuid))
  or (select (nullif(current_setting('hub.role', true), '') in ('AUDITOR') and nullif(current_setting('hub.purpose', true), '') in ('AUDIT') and nullif(current_setting('hub.case', true), '') is not null))
  or (select nullif(current_setting('hub.verb', true), '') || ' ' || nullif(current_setting('hub.role', true), '') in ('checkCredit SERVICE_HALL', 'checkCredit DEPARTMENT', 'checkCredit CREDIT_OFFICE', 'checkCredit COURT', 'checkCredits SERVICE_HALL', 'checkCredits DEPARTMENT', 'checkCredits CREDIT_OFFICE', 'checkCredits COURT', 'submitRecords DEPARTMENT', 'submitRecords COURT', 'submitRecords EXCHANGE', 'proposeListing DEPARTMENT', 'proposeListing COURT', 'makeCommitment SUBJECT', 'makeCommitment SERVICE_HALL', 'makeCommitment DEPARTMENT', 'grantConsent SUBJECT', 'grantConsent SERVICE_HALL', 'grantPower SERVICE_HALL'))
  or ((select nullif(current_setting('hub.role', true), '') in ('SERVICE_HALL', 'DEPARTMENT', 'CREDIT_OFFICE', 'COURT')) and exists (select 1 from credit_check k where k.subject_id = subject_key.subject_id and k.checked_by = (select nullif(current_setting('hub.user', true), '')) and k.department_id = (select nullif(current_setting('hub.department', true), '')::uuid)))
  or ((select nullif(current_setting('hub.role', true), '') in ('SERVICE_HALL', 'ASSOCIATION', 'AGENCY')) and (subject_id = (select (consent_stated()).subject_id) and 'PERSONAL' = any((select (consent_stated()).labels)::text[])))
  or ((select nullif(current_setting('hub.role', true), '') in ('DEPARTMENT', 'COURT')) and (subject_acted_on(subject_id) or subject_told_of(subject_id))));
create policy subject_key__verb__insert on subject_key for insert to hub_app with check (
  (select nullif(current_setting('hub.verb', true), '') || ' ' || nullif(current_setting('hub.role', true), '') in ('submitRecords DEPARTMENT', 'submitRecords COURT', 'submitRecords EXCHANGE', 'proposeListing DEPARTMENT', 'proposeListing COURT', 'makeCommitment SUBJECT', 'makeCommitment SERVICE_HALL', 'makeCommitment DEPARTMENT')));
grant select, insert on subject_key to hub_app;
create policy credit_record__reader__select on credit_record for select to hub_app using (
  ((select nullif(current_setting('hub.role', true), '') in ('PUBLIC', 'SUBJECT', 'SERVICE_HALL', 'DEPARTMENT', 'COURT', 'ASSOCIATION', 'ORGANISATION_DEPARTMENT', 'CADRE_OFFICER', 'GOVERNMENT_OFFICE', 'AGENCY')) and (subject_kind <> 'NATURAL_PERSON' and disclosure = 'PUBLIC' and state = 'ACTIVE' and public_from <= (select nullif(current_setting('hub.today', true), '')::date) and coalesce(least(expires_on, public_until), 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date)))
  or ((select nullif(current_setting('hub.role', true), '') in ('SUBJECT')) and subject_id = (select nullif(current_setting('hub.subject', true), '')::uuid))
  or ((select nullif(current_setting('hub.role', true), '') in ('DEPARTMENT', 'COURT')) and (state = 'ACTIVE' and coalesce(expires_on, 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date)) and (select nullif(current_setting('hub.department', true), '')::uuid) in (provider_id, authority_id))
  or ((select (nullif(current_setting('hub.role', true), '') in ('DEPARTMENT', 'COURT') and nullif(current_setting('hub.purpose', true), '') is not null)) and subject_kind <> 'NATURAL_PERSON' and (state = 'ACTIVE' and coalesce(expires_on, 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date)) and disclosure in ('PUBLIC', 'GOVERNMENT'))
  or ((select (nullif(current_setting('hub.role', true), '') in ('CREDIT_OFFICE') and nullif(current_setting('hub.purpose', true), '') is not null)) and (state = 'ACTIVE' and coalesce(expires_on, 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date)))
  or ((select (nullif(current_setting('hub.role', true), '') in ('GOVERNMENT_OFFICE') and nullif(current_setting('hub.purpose', true), '') is not null)) and (state = 'ACTIVE' and coalesce(expires_on, 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date)) and subject_kind = 'GOVERNMENT_BODY')
  or ((select (nullif(current_setting('hub.role', true), '') in ('ANALYST') and nullif(current_setting('hub.purpose', true), '') in ('STATISTICS'))) and subject_kind <> 'NATURAL_PERSON' and (state = 'ACTIVE' and coalesce(expires_on, 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date)))
  or (select (nullif(current_setting('hub.role', true), '') in ('AUDITOR') and nullif(current_setting('hub.purpose', true), '') in ('AUDIT') and nullif(current_setting('hub.case', true), '') is not null))
  or (select nullif(current_setting('hub.verb', true), '') || ' ' || nullif(current_setting('hub.role', true), '') in ('checkCredit SERVICE_HALL', 'checkCredit DEPARTMENT', 'checkCredit CREDIT_OFFICE', 'checkCredit COURT', 'checkCredits SERVICE_HALL', 'checkCredits DEPARTMENT', 'checkCredits CREDIT_OFFICE', 'checkCredits COURT', 'submitRecords DEPARTMENT', 'submitRecords COURT', 'submitRecords EXCHANGE', 'revokeRecord DEPARTMENT', 'revokeRecord COURT'))
  or id = any((select string_to_array(nullif(current_setting('hub.answer', true), ''), ',')::uuid[])::uuid[])
  or ((select nullif(current_setting('hub.role', true), '') in ('SERVICE_HALL', 'DEPARTMENT', 'CREDIT_OFFICE', 'COURT')) and (state = 'ACTIVE' and coalesce(expires_on, 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date)) and exists (select 1 from credit_check_finding f join credit_check k on k.id = f.check_id where f.record_id = credit_record.id and k.checked_by = (select nullif(current_setting('hub.user', true), '')) and k.department_id = (select nullif(current_setting('hub.department', true), '')::uuid)))
  or ((select nullif(current_setting('hub.role', true), '') in ('SERVICE_HALL', 'ASSOCIATION', 'AGENCY')) and (state = 'ACTIVE' and coalesce(expires_on, 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date)) and (subject_id = (select (consent_stated()).subject_id) and disclosure <> 'GOVERNMENT' and ((disclosure = 'AUTHORISED' and 'AUTHORISED' = any((select (consent_stated()).labels)::text[])) or item_id = any((select (consent_stated()).item_ids)::uuid[])))));
create policy credit_record__verb__insert on credit_record for insert to hub_app with check (
  (select nullif(current_setting('hub.verb', true), '') || ' ' || nullif(current_setting('hub.role', true), '') in ('submitRecords DEPARTMENT', 'submitRecords COURT', 'submitRecords EXCHANGE')));
create policy credit_record__verb__update on credit_record for update to hub_app using (
  (select nullif(current_setting('hub.verb', true), '') || ' ' || nullif(current_setting('hub.role', true), '') in ('submitRecords DEPARTMENT', 'submitRecords COURT', 'submitRecords EXCHANGE'))
  or ((select nullif(current_setting('hub.verb', true), '') || ' ' || nullif(current_setting('hub.role', true), '') in ('revokeRecord DEPARTMENT', 'revokeRecord COURT')) and (select nullif(current_setting('hub.department', true), '')::uuid) in (provider_id, authority_id)))
  with check (
  (select nullif(current_setting('hub.verb', true), '') || ' ' || nullif(current_setting('hub.role', true), '') in ('submitRecords DEPARTMENT', 'submitRecords COURT', 'submitRecords EXCHANGE'))
  or ((select nullif(current_setting('hub.verb', true), '') || ' ' || nullif(current_setting('hub.role', true), '') in ('revokeRecord DEPARTMENT', 'revokeRecord COURT')) and (select nullif(current_setting('hub.department', true), '')::uuid) in (provider_id, authority_id)));
grant select, insert, update on credit_record to hub_app;
create policy personal_text__reader__select on personal_text for select to hub_app using (
  ((select nullif(current_setting('hub.role', true), '') in ('SUBJECT')) and subject_id = (select nullif(current_setting('hub.subject', true), '')::uuid))
  or ((select nullif(current_setting('hub.role', true), '') in ('DEPARTMENT', 'COURT')) and (select nullif(current_setting('hub.department', true), '')::uuid) in (provider_id, authority_id))
  or (select (nullif(current_setting('hub.role', true), '') in ('AUDITOR') and nullif(current_setting('hub.purpose', true), '') in ('AUDIT') and nullif(current_setting('hub.case', true), '') is not null))
  or (select nullif(current_setting('hub.verb', true), '') || ' ' || nullif(current_setting('hub.role', true), '') in ('submitRecords DEPARTMENT', 'submitRecords COURT', 'submitRecords EXCHANGE')));
create policy personal_text__verb__insert on personal_text for insert to hub_app with check (
  (select nullif(current_setting('hub.verb', true), '') || ' ' || nullif(current_setting('hub.role', true), '') in ('submitRecords DEPARTMENT', 'submitRecords COURT', 'submitRecords EXCHANGE', 'proposeListing DEPARTMENT', 'proposeListing COURT', 'makeCommitment SUBJECT', 'makeCommitment SERVICE_HALL', 'makeCommitment DEPARTMENT')));
create policy personal_text__verb__update on personal_text for update to hub_app using (
  (select nullif(current_setting('hub.verb', true), '') || ' ' || nullif(current_setting('hub.role', true), '') in ('submitRecords DEPARTMENT', 'submitRecords COURT', 'submitRecords EXCHANGE')))
  with check (
  (select nullif(current_setting('hub.verb', true), '') || ' ' || nullif(current_setting('hub.role', true), '') in ('submitRecords DEPARTMENT', 'submitRecords COURT', 'submitRecords EXCHANGE')));
grant select, insert, update on personal_text to hub_app;
create policy list_entry__reader__select on list_entry for select to hub_app using (
  ((select nullif(current_setting('hub.role', true), '') in ('PUBLIC', 'SUBJECT', 'SERVICE_HALL', 'DEPARTMENT', 'COURT', 'ASSOCIATION', 'ORGANISATION_DEPARTMENT', 'CADRE_OFFICER', 'GOVERNMENT_OFFICE', 'AGENCY')) and (subject_kind <> 'NATURAL_PERSON' and (state = 'LISTED' and listed_on <= (select nullif(current_setting('hub.today', true), '')::date) and coalesce(ends_on, 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date))))
  or ((select nullif(current_setting('hub.role', true), '') in ('SUBJECT')) and subject_id = (select nullif(current_setting('hub.subject', true), '')::uuid))
  or ((select nullif(current_setting('hub.role', true), '') in ('DEPARTMENT', 'COURT')) and (state not in ('REPAIRED', 'EXPIRED', 'REVOKED') and (state not in ('LISTED', 'SUSPENDED') or coalesce(ends_on, 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date))) and department_id = (select nullif(current_setting('hub.department', true), '')::uuid))
  or ((select (nullif(current_setting('hub.role', true), '') in ('DEPARTMENT', 'COURT') and nullif(current_setting('hub.purpose', true), '') is not null)) and subject_kind <> 'NATURAL_PERSON' and (state = 'LISTED' and listed_on <= (select nullif(current_setting('hub.today', true), '')::date) and coalesce(ends_on, 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date)))
  or ((select (nullif(current_setting('hub.role', true), '') in ('CREDIT_OFFICE') and nullif(current_setting('hub.purpose', true), '') is not null)) and (state not in ('REPAIRED', 'EXPIRED', 'REVOKED') and (state not in ('LISTED', 'SUSPENDED') or coalesce(ends_on, 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date))))
  or ((select (nullif(current_setting('hub.role', true), '') in ('GOVERNMENT_OFFICE') and nullif(current_setting('hub.purpose', true), '') is not null)) and (state not in ('REPAIRED', 'EXPIRED', 'REVOKED') and (state not in ('LISTED', 'SUSPENDED') or coalesce(ends_on, 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date))) and subject_kind = 'GOVERNMENT_BODY')
  or ((select (nullif(current_setting('hub.role', true), '') in ('ANALYST') and nullif(current_setting('hub.purpose', true), '') in ('STATISTICS'))) and subject_kind <> 'NATURAL_PERSON' and (state not in ('REPAIRED', 'EXPIRED', 'REVOKED') and (state not in ('LISTED', 'SUSPENDED') or coalesce(ends_on, 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date))))
  or (select (nullif(current_setting('hub.role', true), '') in ('AUDITOR') and nullif(current_setting('hub.purpose', true), '') in ('AUDIT') and nullif(current_setting('hub.case', true), '') is not null))
  or (select nullif(current_setting('hub.verb', true), '') || ' ' || nullif(current_setting('hub.role', true), '') in ('checkCredit SERVICE_HALL', 'checkCredit DEPARTMENT', 'checkCredit CREDIT_OFFICE', 'checkCredit COURT', 'checkCredits SERVICE_HALL', 'checkCredits DEPARTMENT', 'checkCredits CREDIT_OFFICE', 'checkCredits COURT', 'submitRecords DEPARTMENT', 'submitRecords COURT', 'submitRecords EXCHANGE', 'proposeListing DEPARTMENT', 'proposeListing COURT', 'notifyListing DEPARTMENT', 'notifyListing COURT', 'confirmListing DEPARTMENT', 'confirmListing COURT', 'withdrawListing DEPARTMENT', 'withdrawListing COURT', 'revokeListing DEPARTMENT', 'revokeListing COURT'))
  or id = any((select string_to_array(nullif(current_setting('hub.answer', true), ''), ',')::uuid[])::uuid[])
  or ((select nullif(current_setting('hub.role', true), '') in ('SERVICE_HALL', 'DEPARTMENT', 'CREDIT_OFFICE', 'COURT')) and (state not in ('REPAIRED', 'EXPIRED', 'REVOKED') and (state not in ('LISTED', 'SUSPENDED') or coalesce(ends_on, 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date))) and exists (select 1 from credit_check_finding f join credit_check k on k.id = f.check_id where f.list_entry_id = list_entry.id and k.checked_by = (select nullif(current_setting('hub.user', true), '')) and k.department_id = (select nullif(current_setting('hub.department', true), '')::uuid)))
  or ((select nullif(current_setting('hub.role', true), '') in ('SERVICE_HALL', 'ASSOCIATION', 'AGENCY')) and (state = 'LISTED' and listed_on <= (select nullif(current_setting('hub.today', true), '')::date) and coalesce(ends_on, 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date)) and (subject_id = (select (consent_stated()).subject_id) and 'AUTHORISED' = any((select (consent_stated()).labels)::text[]))));
create policy list_entry__verb__insert on list_entry for insert to hub_app with check (
  (select nullif(current_setting('hub.verb', true), '') || ' ' || nullif(current_setting('hub.role', true), '') in ('submitRecords DEPARTMENT', 'submitRecords COURT', 'submitRecords EXCHANGE'))
  or ((select nullif(current_setting('hub.verb', true), '') || ' ' || nullif(current_setting('hub.role', true), '') in ('proposeListing DEPARTMENT', 'proposeListing COURT')) and exists (select 1 from credit_list l where l.id = list_entry.list_id and l.function = any(string_to_array((select nullif(current_setting('hub.functions', true), '')), ',')))));
create policy list_entry__verb__update on list_entry for update to hub_app using (
  (select nullif(current_setting('hub.verb', true), '') || ' ' || nullif(current_setting('hub.role', true), '') in ('submitRecords DEPARTMENT', 'submitRecords COURT', 'submitRecords EXCHANGE'))
  or ((select nullif(current_setting('hub.verb', true), '') || ' ' || nullif(current_setting('hub.role', true), '') in ('notifyListing DEPARTMENT', 'notifyListing COURT', 'confirmListing DEPARTMENT', 'confirmListing COURT', 'withdrawListing DEPARTMENT', 'withdrawListing COURT', 'revokeListing DEPARTMENT', 'revokeListing COURT')) and exists (select 1 from credit_list l where l.id = list_entry.list_id and l.function = any(string_to_array((select nullif(current_setting('hub.functions', true), '')), ',')))))
  with check (
  (select nullif(current_setting('hub.verb', true), '') || ' ' || nullif(current_setting('hub.role', true), '') in ('submitRecords DEPARTMENT', 'submitRecords COURT', 'submitRecords EXCHANGE'))
  or ((select nullif(current_setting('hub.verb', true), '') || ' ' || nullif(current_setting('hub.role', true), '') in ('notifyListing DEPARTMENT', 'notifyListing COURT', 'confirmListing DEPARTMENT', 'confirmListing COURT', 'withdrawListing DEPARTMENT', 'withdrawListing COURT', 'revokeListing DEPARTMENT', 'revokeListing COURT')) and exists (select 1 from credit_list l where l.id = list_entry.list_id and l.function = any(string_to_array((select nullif(current_setting('hub.functions', true), '')), ',')))));
grant select, insert, update on list_entry to hub_app;
create policy commitment__reader__select on commitment for select to hub_app using (
  ((select nullif(current_setting('hub.role', true), '') in ('SUBJECT')) and subject_id = (select nullif(current_setting('hub.subject', true), '')::uuid))
  or ((select nullif(current_setting('hub.role', true), '') in ('DEPARTMENT', 'COURT')) and state <> 'REPAIRED' and department_id = (select nullif(current_setting('hub.department', true), '')::uuid))
  or ((select (nullif(current_setting('hub.role', true), '') in ('DEPARTMENT', 'COURT') and nullif(current_setting('hub.purpose', true), '') is not null) or (nullif(current_setting('hub.role', true), '') in ('ANALYST') and nullif(current_setting('hub.purpose', true), '') in ('STATISTICS'))) and subject_kind <> 'NATURAL_PERSON' and state <> 'REPAIRED')
  or ((select (nullif(current_setting('hub.role', true), '') in ('CREDIT_OFFICE') and nullif(current_setting('hub.purpose', true), '') is not null)) and state <> 'REPAIRED')
  or ((select (nullif(current_setting('hub.role', true), '') in ('GOVERNMENT_OFFICE') and nullif(current_setting('hub.purpose', true), '') is not null)) and state <> 'REPAIRED' and subject_kind = 'GOVERNMENT_BODY')
  or (select (nullif(current_setting('hub.role', true), '') in ('AUDITOR') and nullif(current_setting('hub.purpose', true), '') in ('AUDIT') and nullif(current_setting('hub.case', true), '') is not null))
  or (select nullif(current_setting('hub.verb', true), '') || ' ' || nullif(current_setting('hub.role', true), '') in ('checkCredit SERVICE_HALL', 'checkCredit DEPARTMENT', 'checkCredit CREDIT_OFFICE', 'checkCredit COURT', 'checkCredits SERVICE_HALL', 'checkCredits DEPARTMENT', 'checkCredits CREDIT_OFFICE', 'checkCredits COURT', 'submitRecords DEPARTMENT', 'submitRecords COURT', 'submitRecords EXCHANGE', 'makeCommitment SUBJECT', 'makeCommitment SERVICE_HALL', 'makeCommitment DEPARTMENT', 'settleCommitment DEPARTMENT', 'settleCommitment COURT'))
  or id = any((select string_to_array(nullif(current_setting('hub.answer', true), ''), ',')::uuid[])::uuid[])
  or ((select nullif(current_setting('hub.role', true), '') in ('SERVICE_HALL', 'DEPARTMENT', 'CREDIT_OFFICE', 'COURT')) and state <> 'REPAIRED' and exists (select 1 from credit_check_finding f join credit_check k on k.id = f.check_id where f.commitment_id = commitment.id and k.checked_by = (select nullif(current_setting('hub.user', true), '')) and k.department_id = (select nullif(current_setting('hub.department', true), '')::uuid)))
  or ((select nullif(current_setting('hub.role', true), '') in ('SERVICE_HALL', 'ASSOCIATION', 'AGENCY')) and state <> 'REPAIRED' and (subject_id = (select (consent_stated()).subject_id) and 'AUTHORISED' = any((select (consent_stated()).labels)::text[]))));
create policy commitment__verb__insert on commitment for insert to hub_app with check (
  (select nullif(current_setting('hub.verb', true), '') || ' ' || nullif(current_setting('hub.role', true), '') in ('makeCommitment SUBJECT', 'makeCommitment SERVICE_HALL', 'makeCommitment DEPARTMENT')));
create policy commitment__verb__update on commitment for update to hub_app using (
  (select nullif(current_setting('hub.verb', true), '') || ' ' || nullif(current_setting('hub.role', true), '') in ('submitRecords DEPARTMENT', 'submitRecords COURT', 'submitRecords EXCHANGE'))
  or ((select nullif(current_setting('hub.verb', true), '') || ' ' || nullif(current_setting('hub.role', true), '') in ('settleCommitment DEPARTMENT', 'settleCommitment COURT')) and department_id = (select nullif(current_setting('hub.department', true), '')::uuid)))
  with check (
  (select nullif(current_setting('hub.verb', true), '') || ' ' || nullif(current_setting('hub.role', true), '') in ('submitRecords DEPARTMENT', 'submitRecords COURT', 'submitRecords EXCHANGE'))
  or ((select nullif(current_setting('hub.verb', true), '') || ' ' || nullif(current_setting('hub.role', true), '') in ('settleCommitment DEPARTMENT', 'settleCommitment COURT')) and department_id = (select nullif(current_setting('hub.department', true), '')::uuid)));
grant select, insert, update on commitment to hub_app;
create policy consent__reader__select on consent for select to hub_app using (
  ((select nullif(current_setting('hub.role', true), '') in ('SUBJECT')) and subject_id = (select nullif(current_setting('hub.subject', true), '')::uuid))
  or ((select nullif(current_setting('hub.role', true), '') in ('SUBJECT', 'SERVICE_HALL', 'ASSOCIATION', 'AGENCY')) and (recipient_role = (select nullif(current_setting('hub.role', true), '')) and (recipient_department_id = (select nullif(current_setting('hub.department', true), '')::uuid) or recipient_user = (select nullif(current_setting('hub.user', true), '')) or agent_id = (select nullif(current_setting('hub.subject', true), '')::uuid))))
  or (select (nullif(current_setting('hub.role', true), '') in ('AUDITOR') and nullif(current_setting('hub.purpose', true), '') in ('AUDIT') and nullif(current_setting('hub.case', true), '') is not null))
  or (select nullif(current_setting('hub.verb', true), '') || ' ' || nullif(current_setting('hub.role', true), '') in ('withdrawConsent SUBJECT', 'withdrawConsent SERVICE_HALL'))
  or id = any((select string_to_array(nullif(current_setting('hub.answer', true), ''), ',')::uuid[])::uuid[]));
create policy consent__verb__insert on consent for insert to hub_app with check (
  ((select nullif(current_setting('hub.verb', true), '') || ' ' || nullif(current_setting('hub.role', true), '') in ('grantConsent SUBJECT', 'grantConsent SERVICE_HALL', 'grantPower SERVICE_HALL')) and ((select nullif(current_setting('hub.power', true), '')) is null and (((select nullif(current_setting('hub.role', true), '')) = 'SUBJECT' and subject_id = (select nullif(current_setting('hub.subject', true), '')::uuid)) or ((select nullif(current_setting('hub.role', true), '')) = 'SERVICE_HALL' and department_id = (select nullif(current_setting('hub.department', true), '')::uuid))))));
create policy consent__verb__update on consent for update to hub_app using (
  ((select nullif(current_setting('hub.verb', true), '') || ' ' || nullif(current_setting('hub.role', true), '') in ('withdrawConsent SUBJECT', 'withdrawConsent SERVICE_HALL')) and ((select nullif(current_setting('hub.power', true), '')) is null and (((select nullif(current_setting('hub.role', true), '')) = 'SUBJECT' and subject_id = (select nullif(current_setting('hub.subject', true), '')::uuid)) or ((select nullif(current_setting('hub.role', true), '')) = 'SERVICE_HALL' and department_id = (select nullif(current_setting('hub.department', true), '')::uuid))))))
  with check (
  ((select nullif(current_setting('hub.verb', true), '') || ' ' || nullif(current_setting('hub.role', true), '') in ('withdrawConsent SUBJECT', 'withdrawConsent SERVICE_HALL')) and ((select nullif(current_setting('hub.power', true), '')) is null and (((select nullif(current_setting('hub.role', true), '')) = 'SUBJECT' and subject_id = (select nullif(current_setting('hub.subject', true), '')::uuid)) or ((select nullif(current_setting('hub.role', true), '')) = 'SERVICE_HALL' and department_id = (select nullif(current_setting('hub.department', true), '')::uuid))))));
grant select, insert, update on consent to hub_app;
create policy credit_check__reader__select on credit_check for select to hub_app using (
  ((select nullif(current_setting('hub.role', true), '') in ('SUBJECT')) and subject_id = (select nullif(current_setting('hub.subject', true), '')::uuid))
  or ((select nullif(current_setting('hub.role', true), '') in ('SERVICE_HALL', 'DEPARTMENT', 'CREDIT_OFFICE', 'COURT')) and (checked_by = (select nullif(current_setting('hub.user', true), '')) and department_id = (select nullif(current_setting('hub.department', true), '')::uuid)))
  or (select (nullif(current_setting('hub.role', true), '') in ('AUDITOR') and nullif(current_setting('hub.purpose', true), '') in ('AUDIT') and nullif(current_setting('hub.case', true), '') is not null))
  or (select nullif(current_setting('hub.verb', true), '') || ' ' || nullif(current_setting('hub.role', true), '') in ('checkCredit SERVICE_HALL', 'checkCredit DEPARTMENT', 'checkCredit CREDIT_OFFICE', 'checkCredit COURT', 'checkCredits SERVICE_HALL', 'checkCredits DEPARTMENT', 'checkCredits CREDIT_OFFICE', 'checkCredits COURT'))
  or id = any((select string_to_array(nullif(current_setting('hub.answer', true), ''), ',')::uuid[])::uuid[]));
create policy credit_check__verb__insert on credit_check for insert to hub_app with check (
  ((select nullif(current_setting('hub.verb', true), '') || ' ' || nullif(current_setting('hub.role', true), '') in ('checkCredit SERVICE_HALL', 'checkCredit DEPARTMENT', 'checkCredit CREDIT_OFFICE', 'checkCredit COURT', 'checkCredits SERVICE_HALL', 'checkCredits DEPARTMENT', 'checkCredits CREDIT_OFFICE', 'checkCredits COURT')) and (checked_by = (select nullif(current_setting('hub.user', true), '')) and department_id = (select nullif(current_setting('hub.department', true), '')::uuid))));
grant select, insert on credit_check to hub_app;
create policy credit_check_finding__reader__select on credit_check_finding for select to hub_app using (
  (select (nullif(current_setting('hub.role', true), '') in ('AUDITOR') and nullif(current_setting('hub.purpose', true), '') in ('AUDIT') and nullif(current_setting('hub.case', true), '') is not null))
  or (select nullif(current_setting('hub.verb', true), '') || ' ' || nullif(current_setting('hub.role', true), '') in ('checkCredit SERVICE_HALL', 'checkCredit DEPARTMENT', 'checkCredit CREDIT_OFFICE', 'checkCredit COURT', 'checkCredits SERVICE_HALL', 'checkCredits DEPARTMENT', 'checkCredits CREDIT_OFFICE', 'checkCredits COURT'))
  or ((select nullif(current_setting('hub.role', true), '') in ('SUBJECT', 'SERVICE_HALL', 'DEPARTMENT', 'CREDIT_OFFICE', 'COURT')) and exists (select 1 from credit_check k where k.id = credit_check_finding.check_id)));
create policy credit_check_finding__verb__insert on credit_check_finding for insert to hub_app with check (
  (select nullif(current_setting('hub.verb', true), '') || ' ' || nullif(current_setting('hub.role', true), '') in ('checkCredit SERVICE_HALL', 'checkCredit DEPARTMENT', 'checkCredit CREDIT_OFFICE', 'checkCredit COURT', 'checkCredits SERVICE_HALL', 'checkCredits DEPARTMENT', 'checkCredits CREDIT_OFFICE', 'checkCredits COURT')));
grant select, insert on credit_check_finding to hub_app;
create policy import_batch__reader__select on import_batch for select to hub_app using (
  ((select nullif(current_setting('hub.role', true), '') in ('DEPARTMENT', 'COURT', 'EXCHANGE')) and department_id = (select nullif(current_setting('hub.department', true), '')::uuid))
  or (select (nullif(current_setting('hub.role', true), '') in ('CREDIT_OFFICE') and nullif(current_setting('hub.purpose', true), '') is not null) or (nullif(current_setting('hub.role', true), '') in ('AUDITOR') and nullif(current_setting('hub.purpose', true), '') in ('AUDIT') and nullif(current_setting('hub.case', true), '') is not null))
  or ((select nullif(current_setting('hub.role', true), '') in ('EXCHANGE')) and submitted_by = (select nullif(current_setting('hub.user', true), '')))
  or (select nullif(current_setting('hub.verb', true), '') || ' ' || nullif(current_setting('hub.role', true), '') in ('submitRecords DEPARTMENT', 'submitRecords COURT', 'submitRecords EXCHANGE')));
create policy import_batch__verb__insert on import_batch for insert to hub_app with check (
  ((select nullif(current_setting('hub.verb', true), '') || ' ' || nullif(current_setting('hub.role', true), '') in ('submitRecords DEPARTMENT', 'submitRecords COURT', 'submitRecords EXCHANGE')) and department_id = (select nullif(current_setting('hub.department', true), '')::uuid)));
create policy import_batch__verb__update on import_batch for update to hub_app using (
  ((select nullif(current_setting('hub.verb', true), '') || ' ' || nullif(current_setting('hub.role', true), '') in ('submitRecords DEPARTMENT', 'submitRecords COURT', 'submitRecords EXCHANGE')) and department_id = (select nullif(current_setting('hub.department', true), '')::uuid)))
  with check (
  ((select nullif(current_setting('hub.verb', true), '') || ' ' || nullif(current_setting('hub.role', true), '') in ('submitRecords DEPARTMENT', 'submitRecords COURT', 'submitRecords EXCHANGE')) and department_id = (select nullif(current_setting('hub.department', true), '')::uuid)));
grant select, insert, update on import_batch to hub_app;
create policy import_row__reader__select on import_row for select to hub_app using (
  (select (nullif(current_setting('hub.role', true), '') in ('CREDIT_OFFICE') and nullif(current_setting('hub.purpose', true), '') is not null) or (nullif(current_setting('hub.role', true), '') in ('AUDITOR') and nullif(current_setting('hub.purpose', true), '') in ('AUDIT') and nullif(current_setting('hub.case', true), '') is not null))
  or (select nullif(current_setting('hub.verb', true), '') || ' ' || nullif(current_setting('hub.role', true), '') in ('submitRecords DEPARTMENT', 'submitRecords COURT', 'submitRecords EXCHANGE'))
  or ((select nullif(current_setting('hub.role', true), '') in ('DEPARTMENT', 'COURT', 'EXCHANGE')) and exists (select 1 from import_batch b where b.id = import_row.batch_id)));
create policy import_row__verb__insert on import_row for insert to hub_app with check (
  (select nullif(current_setting('hub.verb', true), '') || ' ' || nullif(current_setting('hub.role', true), '') in ('submitRecords DEPARTMENT', 'submitRecords COURT', 'submitRecords EXCHANGE')));
grant select, insert on import_row to hub_app;
create policy review_item__reader__select on review_item for select to hub_app using (
  ((select nullif(current_setting('hub.role', true), '') in ('DEPARTMENT', 'COURT', 'EXCHANGE')) and department_id = (select nullif(current_setting('hub.department', true), '')::uuid))
  or (select (nullif(current_setting('hub.role', true), '') in ('CREDIT_OFFICE') and nullif(current_setting('hub.purpose', true), '') is not null) or (nullif(current_setting('hub.role', true), '') in ('AUDITOR') and nullif(current_setting('hub.purpose', true), '') in ('AUDIT') and nullif(current_setting('hub.case', true), '') is not null))
  or (select nullif(current_setting('hub.verb', true), '') || ' ' || nullif(current_setting('hub.role', true), '') in ('submitRecords DEPARTMENT', 'submitRecords COURT', 'submitRecords EXCHANGE')));
create policy review_item__verb__insert on review_item for insert to hub_app with check (
  ((select nullif(current_setting('hub.verb', true), '') || ' ' || nullif(current_setting('hub.role', true), '') in ('submitRecords DEPARTMENT', 'submitRecords COURT', 'submitRecords EXCHANGE')) and department_id = (select nullif(current_setting('hub.department', true), '')::uuid)));
grant select, insert on review_item to hub_app;
create policy access_event__reader__select on access_event for select to hub_app using (
  ((select nullif(current_setting('hub.role', true), '') in ('SUBJECT')) and (select nullif(current_setting('hub.subject', true), '')::uuid) = any(subject_ids))
  or (select (nullif(current_setting('hub.role', true), '') in ('AUDITOR') and nullif(current_setting('hub.purpose', true), '') in ('AUDIT'))));
grant select on access_event to hub_app;
create policy department__anyone__select on department for select to hub_app using (true);
grant select on department to hub_app;
create policy legal_basis__anyone__select on legal_basis for select to hub_app using (true);
grant select on legal_basis to hub_app;
create policy catalogue_item__anyone__select on catalogue_item for select to hub_app using (true);
grant select on catalogue_item to hub_app;
create policy catalogue_item_basis__anyone__select on catalogue_item_basis for select to hub_app using (true);
grant select on catalogue_item_basis to hub_app;
create policy rule_set__anyone__select on rule_set for select to hub_app using (true);
grant select on rule_set to hub_app;
create policy credit_list__anyone__select on credit_list for select to hub_app using (true);
grant select on credit_list to hub_app;
create policy credit_list__verb__update on credit_list for update to hub_app using ((select nullif(current_setting('hub.verb', true), '') || ' ' || nullif(current_setting('hub.role', true), '') in ('submitRecords DEPARTMENT', 'submitRecords COURT', 'submitRecords EXCHANGE')));
grant update (received_up_to) on credit_list to hub_app;
create policy credit_list_basis__anyone__select on credit_list_basis for select to hub_app using (true);
grant select on credit_list_basis to hub_app;
create policy measure__anyone__select on measure for select to hub_app using (true);
grant select on measure to hub_app;
create policy service_matter__anyone__select on service_matter for select to hub_app using (true);
grant select on service_matter to hub_app;
create policy measure_trigger__anyone__select on measure_trigger for select to hub_app using (true);
grant select on measure_trigger to hub_app;
create policy trusted_document__anyone__select on trusted_document for select to hub_app using (true);
grant select on trusted_document to hub_app;
create policy evidence_file__verb__insert on evidence_file for insert to hub_app with check (
  (select nullif(current_setting('hub.verb', true), '') || ' ' || nullif(current_setting('hub.role', true), '') in ('storeFile SUBJECT', 'storeFile SERVICE_HALL', 'storeFile DEPARTMENT')) and stored_by = (select nullif(current_setting('hub.user', true), '')));
grant insert on evidence_file to hub_app;
-- A verb leaves its event in its own transaction, in its own name; what reads leave comes by the audit login.
create policy access_event__actor__insert on access_event for insert to hub_app with check (seq is null and actor = (select nullif(current_setting('hub.user', true), '')) and role = (select nullif(current_setting('hub.role', true), '')));
create policy access_event__audit__insert on access_event for insert to hub_audit with check (seq is null);
grant insert on access_event to hub_app, hub_audit;
-- Spent by spend_consent alone; counted by whoever may read the consent.
create policy consent_use__reader__select on consent_use for select to hub_app using (exists (select 1 from consent k where k.id = consent_id));
grant select on consent_use to hub_app;
create policy idempotent_request__actor__all on idempotent_request to hub_app using (actor = (select nullif(current_setting('hub.user', true), ''))) with check (actor = (select nullif(current_setting('hub.user', true), '')));
grant select, insert, update on idempotent_request to hub_app;
-- What waits for its job: put there and taken out while the verb runs, in the request and in the job, by its department.
create policy waiting_submission__verb__all on waiting_submission to hub_app using ((select nullif(current_setting('hub.verb', true), '') || ' ' || nullif(current_setting('hub.role', true), '') in ('submitRecords DEPARTMENT', 'submitRecords COURT', 'submitRecords EXCHANGE')) and department_id = (select nullif(current_setting('hub.department', true), '')::uuid)) with check ((select nullif(current_setting('hub.verb', true), '') || ' ' || nullif(current_setting('hub.role', true), '') in ('submitRecords DEPARTMENT', 'submitRecords COURT', 'submitRecords EXCHANGE')) and department_id = (select nullif(current_setting('hub.department', true), '')::uuid));
grant select, insert, delete on waiting_submission to hub_app;
-- The queue: what a request may add to it, and nothing else.
set local role hub_jobs;
create or replace function hub_jobs.enqueue(task text, payload jsonb) returns bigint language plpgsql
  security definer set search_path = pg_catalog, pg_temp as $$
declare
  allowed boolean;
  named text[];
  queue text;
  tries int;
begin
  case task
    when 'collection.store' then
      allowed := (select nullif(current_setting('hub.verb', true), '')) || ' ' || (select nullif(current_setting('hub.role', true), '')) = any(array['submitRecords DEPARTMENT', 'submitRecords COURT', 'submitRecords EXCHANGE']::text[]);
      named := array['batch']::text[];
      queue := 'collection';
      tries := 5;
    else allowed := false;
  end case;
  if allowed is not true then
    raise exception 'this task is not to be asked for here' using errcode = 'insufficient_privilege';
  end if;
  if jsonb_typeof(payload) <> 'object' or named <> array(select jsonb_object_keys(payload) order by 1)
    or exists (select from jsonb_each_text(payload) as member
      where member.value is null or member.value !~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$') then
    raise exception 'a job names ids and nothing else' using errcode = 'check_violation';
  end if;
  return (graphile_worker.add_job(task, payload::json, queue_name => queue, max_attempts => tries,
    job_key => task || (select string_agg(':' || member.value, '' order by member.key) from jsonb_each_text(payload) as member))).id;
end $$;
revoke all on function hub_jobs.enqueue(text, jsonb) from public;
revoke all on schema hub_jobs from public;
grant usage on schema hub_jobs to hub_app;
grant execute on function hub_jobs.enqueue(text, jsonb) to hub_app;
reset role;
