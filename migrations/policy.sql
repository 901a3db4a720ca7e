-- Printed from src/permissions by `npm run generate`. Not to be edited: change the matrix and print it again.
do $$ declare p record; begin
  for p in select policyname, tablename from pg_policies where schemaname = 'public' loop
    execute format('drop policy %I on %I', p.policyname, p.tablename);
  end loop;
end $$;
revoke all on all tables in schema public from public, hub_app, hub_audit, hub_public, hub_subject, hub_service_hall, hub_department, hub_credit_office, hub_court, hub_association, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst, hub_agency, hub_exchange, hub_system_admin, hub_security_admin, hub_auditor;
revoke all on all functions in schema public from public, hub_app, hub_audit, hub_public, hub_subject, hub_service_hall, hub_department, hub_credit_office, hub_court, hub_association, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst, hub_agency, hub_exchange, hub_system_admin, hub_security_admin, hub_auditor;
grant usage on schema public to hub_public, hub_subject, hub_service_hall, hub_department, hub_credit_office, hub_court, hub_association, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst, hub_agency, hub_exchange, hub_system_admin, hub_security_admin, hub_auditor, hub_audit;
create or replace function subject_checked(uuid) returns boolean language plpgsql stable security definer
  set search_path = pg_catalog, public set plan_cache_mode = force_generic_plan as $$
begin
  return exists (select 1 from public.credit_check k where k.subject_id = $1 and k.checked_by = (select nullif(current_setting('hub.user', true), '')) and k.department_id = (select nullif(current_setting('hub.department', true), '')::uuid));
end $$;
revoke all on function subject_checked(uuid) from public;
grant execute on function subject_checked(uuid) to hub_public, hub_subject, hub_service_hall, hub_department, hub_credit_office, hub_court, hub_association, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst, hub_agency, hub_exchange, hub_system_admin, hub_security_admin, hub_auditor;
create or replace function record_found(uuid) returns boolean language plpgsql stable security definer
  set search_path = pg_catalog, public set plan_cache_mode = force_generic_plan as $$
begin
  return exists (select 1 from public.credit_check_finding f join public.credit_check k on k.id = f.check_id where f.record_id = $1 and k.checked_by = (select nullif(current_setting('hub.user', true), '')) and k.department_id = (select nullif(current_setting('hub.department', true), '')::uuid));
end $$;
revoke all on function record_found(uuid) from public;
grant execute on function record_found(uuid) to hub_public, hub_subject, hub_service_hall, hub_department, hub_credit_office, hub_court, hub_association, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst, hub_agency, hub_exchange, hub_system_admin, hub_security_admin, hub_auditor;
create or replace function entry_found(uuid) returns boolean language plpgsql stable security definer
  set search_path = pg_catalog, public set plan_cache_mode = force_generic_plan as $$
begin
  return exists (select 1 from public.credit_check_finding f join public.credit_check k on k.id = f.check_id where f.list_entry_id = $1 and k.checked_by = (select nullif(current_setting('hub.user', true), '')) and k.department_id = (select nullif(current_setting('hub.department', true), '')::uuid));
end $$;
revoke all on function entry_found(uuid) from public;
grant execute on function entry_found(uuid) to hub_public, hub_subject, hub_service_hall, hub_department, hub_credit_office, hub_court, hub_association, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst, hub_agency, hub_exchange, hub_system_admin, hub_security_admin, hub_auditor;
create or replace function commitment_found(uuid) returns boolean language plpgsql stable security definer
  set search_path = pg_catalog, public set plan_cache_mode = force_generic_plan as $$
begin
  return exists (select 1 from public.credit_check_finding f join public.credit_check k on k.id = f.check_id where f.commitment_id = $1 and k.checked_by = (select nullif(current_setting('hub.user', true), '')) and k.department_id = (select nullif(current_setting('hub.department', true), '')::uuid));
end $$;
revoke all on function commitment_found(uuid) from public;
grant execute on function commitment_found(uuid) to hub_public, hub_subject, hub_service_hall, hub_department, hub_credit_office, hub_court, hub_association, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst, hub_agency, hub_exchange, hub_system_admin, hub_security_admin, hub_auditor;
create or replace function record_of_own(uuid) returns boolean language plpgsql stable security definer
  set search_path = pg_catalog, public set plan_cache_mode = force_generic_plan as $$
begin
  return exists (select 1 from public.credit_record r where r.id = $1 and (select nullif(current_setting('hub.department', true), '')::uuid) in (r.provider_id, r.authority_id));
end $$;
revoke all on function record_of_own(uuid) from public;
grant execute on function record_of_own(uuid) to hub_public, hub_subject, hub_service_hall, hub_department, hub_credit_office, hub_court, hub_association, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst, hub_agency, hub_exchange, hub_system_admin, hub_security_admin, hub_auditor;
create or replace function subject_reachable(uuid) returns boolean language plpgsql stable security definer
  set search_path = pg_catalog, public set plan_cache_mode = force_generic_plan as $$
begin
  if current_setting('role') in ('hub_service_hall') then
    return exists (select 1 from public.credit_record where subject_id = $1 and (((subject_kind <> 'NATURAL_PERSON' and disclosure = 'PUBLIC' and state = 'ACTIVE' and public_from <= (select nullif(current_setting('hub.today', true), '')::date) and coalesce(least(expires_on, public_until), 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date)) or ((state = 'ACTIVE' and coalesce(expires_on, 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date)) and record_found(id)) or ((state = 'ACTIVE' and coalesce(expires_on, 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date)) and (subject_id = (select (consent_stated()).subject_id) and disclosure <> 'GOVERNMENT' and consent_opens(disclosure, item_id)))) or id = any((select string_to_array(nullif(current_setting('hub.answer', true), ''), ',')::uuid[])::uuid[])))
      or exists (select 1 from public.list_entry where subject_id = $1 and (((subject_kind <> 'NATURAL_PERSON' and (state = 'LISTED' and listed_on <= (select nullif(current_setting('hub.today', true), '')::date) and coalesce(ends_on, 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date))) or ((state not in ('REPAIRED', 'EXPIRED', 'REVOKED') and (state not in ('LISTED', 'SUSPENDED') or coalesce(ends_on, 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date))) and entry_found(id)) or ((state = 'LISTED' and listed_on <= (select nullif(current_setting('hub.today', true), '')::date) and coalesce(ends_on, 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date)) and (subject_id = (select (consent_stated()).subject_id) and consent_opens('AUTHORISED', null)))) or id = any((select string_to_array(nullif(current_setting('hub.answer', true), ''), ',')::uuid[])::uuid[])))
      or exists (select 1 from public.commitment where subject_id = $1 and (((state <> 'REPAIRED' and commitment_found(id)) or (state <> 'REPAIRED' and (subject_id = (select (consent_stated()).subject_id) and consent_opens('AUTHORISED', null)))) or id = any((select string_to_array(nullif(current_setting('hub.answer', true), ''), ',')::uuid[])::uuid[])))
      or exists (select 1 from public.credit_check where subject_id = $1 and ((checked_by = (select nullif(current_setting('hub.user', true), '')) and department_id = (select nullif(current_setting('hub.department', true), '')::uuid)) or id = any((select string_to_array(nullif(current_setting('hub.answer', true), ''), ',')::uuid[])::uuid[])));
  end if;
  if current_setting('role') in ('hub_department', 'hub_court') then
    return exists (select 1 from public.credit_record where subject_id = $1 and (((subject_kind <> 'NATURAL_PERSON' and disclosure = 'PUBLIC' and state = 'ACTIVE' and public_from <= (select nullif(current_setting('hub.today', true), '')::date) and coalesce(least(expires_on, public_until), 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date)) or ((state = 'ACTIVE' and coalesce(expires_on, 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date)) and (select nullif(current_setting('hub.department', true), '')::uuid) in (provider_id, authority_id)) or ((state = 'ACTIVE' and coalesce(expires_on, 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date)) and record_found(id)) or ((select nullif(current_setting('hub.purpose', true), '') is not null) and subject_kind <> 'NATURAL_PERSON' and (state = 'ACTIVE' and coalesce(expires_on, 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date)) and disclosure in ('PUBLIC', 'GOVERNMENT'))) or id = any((select string_to_array(nullif(current_setting('hub.answer', true), ''), ',')::uuid[])::uuid[])))
      or exists (select 1 from public.list_entry where subject_id = $1 and (((subject_kind <> 'NATURAL_PERSON' and (state = 'LISTED' and listed_on <= (select nullif(current_setting('hub.today', true), '')::date) and coalesce(ends_on, 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date))) or ((state not in ('REPAIRED', 'EXPIRED', 'REVOKED') and (state not in ('LISTED', 'SUSPENDED') or coalesce(ends_on, 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date))) and department_id = (select nullif(current_setting('hub.department', true), '')::uuid)) or ((state not in ('REPAIRED', 'EXPIRED', 'REVOKED') and (state not in ('LISTED', 'SUSPENDED') or coalesce(ends_on, 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date))) and entry_found(id)) or ((select nullif(current_setting('hub.purpose', true), '') is not null) and subject_kind <> 'NATURAL_PERSON' and (state = 'LISTED' and listed_on <= (select nullif(current_setting('hub.today', true), '')::date) and coalesce(ends_on, 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date)) and true)) or id = any((select string_to_array(nullif(current_setting('hub.answer', true), ''), ',')::uuid[])::uuid[])))
      or exists (select 1 from public.commitment where subject_id = $1 and (((state <> 'REPAIRED' and department_id = (select nullif(current_setting('hub.department', true), '')::uuid)) or (state <> 'REPAIRED' and commitment_found(id)) or ((select nullif(current_setting('hub.purpose', true), '') is not null) and subject_kind <> 'NATURAL_PERSON' and state <> 'REPAIRED' and true)) or id = any((select string_to_array(nullif(current_setting('hub.answer', true), ''), ',')::uuid[])::uuid[])))
      or exists (select 1 from public.credit_check where subject_id = $1 and ((checked_by = (select nullif(current_setting('hub.user', true), '')) and department_id = (select nullif(current_setting('hub.department', true), '')::uuid)) or id = any((select string_to_array(nullif(current_setting('hub.answer', true), ''), ',')::uuid[])::uuid[])));
  end if;
  if current_setting('role') in ('hub_credit_office') then
    return exists (select 1 from public.credit_record where subject_id = $1 and ((((select nullif(current_setting('hub.purpose', true), '') is not null) and (state = 'ACTIVE' and coalesce(expires_on, 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date))) or ((state = 'ACTIVE' and coalesce(expires_on, 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date)) and record_found(id))) or id = any((select string_to_array(nullif(current_setting('hub.answer', true), ''), ',')::uuid[])::uuid[])))
      or exists (select 1 from public.list_entry where subject_id = $1 and ((((select nullif(current_setting('hub.purpose', true), '') is not null) and (state not in ('REPAIRED', 'EXPIRED', 'REVOKED') and (state not in ('LISTED', 'SUSPENDED') or coalesce(ends_on, 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date)))) or ((state not in ('REPAIRED', 'EXPIRED', 'REVOKED') and (state not in ('LISTED', 'SUSPENDED') or coalesce(ends_on, 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date))) and entry_found(id))) or id = any((select string_to_array(nullif(current_setting('hub.answer', true), ''), ',')::uuid[])::uuid[])))
      or exists (select 1 from public.commitment where subject_id = $1 and ((((select nullif(current_setting('hub.purpose', true), '') is not null) and state <> 'REPAIRED') or (state <> 'REPAIRED' and commitment_found(id))) or id = any((select string_to_array(nullif(current_setting('hub.answer', true), ''), ',')::uuid[])::uuid[])))
      or exists (select 1 from public.credit_check where subject_id = $1 and ((checked_by = (select nullif(current_setting('hub.user', true), '')) and department_id = (select nullif(current_setting('hub.department', true), '')::uuid)) or id = any((select string_to_array(nullif(current_setting('hub.answer', true), ''), ',')::uuid[])::uuid[])));
  end if;
  return false;
end $$;
revoke all on function subject_reachable(uuid) from public;
grant execute on function subject_reachable(uuid) to hub_public, hub_subject, hub_service_hall, hub_department, hub_credit_office, hub_court, hub_association, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst, hub_agency, hub_exchange, hub_system_admin, hub_security_admin, hub_auditor;
create or replace function subject_acted_on(uuid) returns boolean language plpgsql stable security definer
  set search_path = pg_catalog, public set plan_cache_mode = force_generic_plan as $$
begin
  if current_setting('role') in ('hub_department', 'hub_court') then
    return exists (select 1 from public.credit_record where subject_id = $1 and (select nullif(current_setting('hub.department', true), '')::uuid) in (provider_id, authority_id) and (((subject_kind <> 'NATURAL_PERSON' and disclosure = 'PUBLIC' and state = 'ACTIVE' and public_from <= (select nullif(current_setting('hub.today', true), '')::date) and coalesce(least(expires_on, public_until), 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date)) or ((state = 'ACTIVE' and coalesce(expires_on, 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date)) and (select nullif(current_setting('hub.department', true), '')::uuid) in (provider_id, authority_id)) or ((state = 'ACTIVE' and coalesce(expires_on, 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date)) and record_found(id)) or ((select nullif(current_setting('hub.purpose', true), '') is not null) and subject_kind <> 'NATURAL_PERSON' and (state = 'ACTIVE' and coalesce(expires_on, 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date)) and disclosure in ('PUBLIC', 'GOVERNMENT'))) or id = any((select string_to_array(nullif(current_setting('hub.answer', true), ''), ',')::uuid[])::uuid[])));
  end if;
  return false;
end $$;
revoke all on function subject_acted_on(uuid) from public;
grant execute on function subject_acted_on(uuid) to hub_public, hub_subject, hub_service_hall, hub_department, hub_credit_office, hub_court, hub_association, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst, hub_agency, hub_exchange, hub_system_admin, hub_security_admin, hub_auditor;
create or replace function subject_told_of(uuid) returns boolean language plpgsql stable security definer
  set search_path = pg_catalog, public set plan_cache_mode = force_generic_plan as $$
begin
  if current_setting('role') in ('hub_department', 'hub_court') then
    return exists (select 1 from public.personal_text where subject_id = $1 and ((select nullif(current_setting('hub.department', true), '')::uuid) in (provider_id, authority_id) or false));
  end if;
  return false;
end $$;
revoke all on function subject_told_of(uuid) from public;
grant execute on function subject_told_of(uuid) to hub_public, hub_subject, hub_service_hall, hub_department, hub_credit_office, hub_court, hub_association, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst, hub_agency, hub_exchange, hub_system_admin, hub_security_admin, hub_auditor;
create or replace function subject_named(part text) returns setof uuid language plpgsql stable
  security definer rows 50 set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
declare
  grams text[] := case when char_length(part) < 2 then array_remove(array[part], '')
    else array(select substr(part, i, 2) from generate_series(1, char_length(part) - 1) i) end;
begin
  return query
    select coalesce(merged_into, id) from subject
    where kind <> 'NATURAL_PERSON' and name_grams(name) @> grams and strpos(name, part) > 0
    union
    select coalesce(s.merged_into, s.id) from former_name f join subject s on s.id = f.subject_id
    where s.kind <> 'NATURAL_PERSON' and name_grams(f.name) @> grams and strpos(f.name, part) > 0;
end $$;
revoke all on function subject_named(text) from public;
grant execute on function subject_named(text), name_grams(text) to hub_public, hub_subject, hub_service_hall, hub_department, hub_credit_office, hub_court, hub_association, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst, hub_agency, hub_exchange, hub_system_admin, hub_security_admin, hub_auditor;
create or replace function events_about(about uuid) returns setof uuid language plpgsql stable
  security definer rows 100 set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
begin
  if current_setting('role') in ('hub_subject', 'hub_auditor') then
    return query select id from access_event where subject_ids && subject_group(about);
  end if;
end $$;
revoke all on function events_about(uuid) from public;
grant execute on function events_about(uuid) to hub_public, hub_subject, hub_service_hall, hub_department, hub_credit_office, hub_court, hub_association, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst, hub_agency, hub_exchange, hub_system_admin, hub_security_admin, hub_auditor;
create or replace function consent_stated() returns public.consent language plpgsql stable
  security definer set search_path = pg_catalog, pg_temp as $$
begin
  if (select nullif(current_setting('hub.consent', true), '')) is null then return null; end if;
  return (select k from public.consent k join public.consent_use u on u.consent_id = k.id
    where u.use_id = (select nullif(current_setting('hub.consent', true), '')::uuid) and u.actor = (select nullif(current_setting('hub.user', true), '')) and k.kind = 'CONSENT' and k.withdrawn_on is null and k.expires_on >= (select nullif(current_setting('hub.today', true), '')::date) and k.purpose = (select nullif(current_setting('hub.purpose', true), ''))
    and k.recipient_role = (select nullif(current_setting('hub.role', true), '')) and (k.recipient_department_id = (select nullif(current_setting('hub.department', true), '')::uuid) or k.recipient_user = (select nullif(current_setting('hub.user', true), ''))));
end $$;
create or replace function consent_opens(label text, item uuid) returns boolean language plpgsql stable as $$
declare k public.consent := consent_stated();
begin
  return (label in ('AUTHORISED', 'PERSONAL') and label = any(k.labels)) or coalesce(item = any(k.item_ids), false);
end $$;
revoke all on function consent_stated(), consent_opens(text, uuid) from public;
grant execute on function consent_stated(), consent_opens(text, uuid) to hub_public, hub_subject, hub_service_hall, hub_department, hub_credit_office, hub_court, hub_association, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst, hub_agency, hub_exchange, hub_system_admin, hub_security_admin, hub_auditor;
create or replace function case_sealed(department uuid, case_no text) returns boolean language plpgsql stable
  security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
begin
  return exists (select 1 from public.sealed_case s where s.department_id = case_sealed.department
    and s.case_no = case_sealed.case_no and s.lifted_on is null and coalesce(s.sealed_until >= (select nullif(current_setting('hub.today', true), '')::date), true));
end $$;
revoke all on function case_sealed(uuid, text) from public;
grant execute on function case_sealed(uuid, text) to hub_public, hub_subject, hub_service_hall, hub_department, hub_credit_office, hub_court, hub_association, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst, hub_agency, hub_exchange, hub_system_admin, hub_security_admin, hub_auditor;
create or replace function market_told() returns uuid[] language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
begin
  return array(select a.id from public.collection_agreement a
    where a.state in ('IN_FORCE', 'ENDED') and a.valid_from <= (select nullif(current_setting('hub.today', true), '')::date) and (select nullif(current_setting('hub.role', true), '')) || '/' || (select nullif(current_setting('hub.purpose', true), '')) = any(a.readers));
end $$;
revoke all on function market_told() from public;
grant execute on function market_told() to hub_public, hub_subject, hub_service_hall, hub_department, hub_credit_office, hub_court, hub_association, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst, hub_agency, hub_exchange, hub_system_admin, hub_security_admin, hub_auditor;
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
create or replace function patrol_changes(since timestamptz, upto timestamptz)
returns table (table_name text, row_id uuid, subject_id uuid, department_id uuid, at timestamptz, objected boolean, changed boolean, state text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  with history as (
    select r.table_name, r.row_id, r.until, r.before,
      lead(r.before) over (partition by r.table_name, r.row_id order by r.revision) as after
    from public.row_revision r
    where r.table_name in ('credit_record', 'list_entry') and r.until >= since
  ), steps as (
    select h.table_name, h.row_id, h.until, h.before,
      coalesce(h.after, to_jsonb(c), to_jsonb(l)) as after
    from history h
    left join public.credit_record c on h.table_name = 'credit_record' and h.after is null and c.id = h.row_id
    left join public.list_entry l on h.table_name = 'list_entry' and h.after is null and l.id = h.row_id
  )
  select s.table_name, s.row_id, (s.after->>'subject_id')::uuid, coalesce(s.after->>'provider_id', s.after->>'department_id')::uuid,
    s.until, s.before->>'disputed' = 'false' and s.after->>'disputed' = 'true',
    s.before->'content_hash' is distinct from s.after->'content_hash'
      or coalesce(s.after->>'public_until', 'infinity') < coalesce(s.before->>'public_until', 'infinity')
      or coalesce(s.after->>'expires_on', 'infinity') < coalesce(s.before->>'expires_on', 'infinity')
      or coalesce(s.after->>'ends_on', 'infinity') < coalesce(s.before->>'ends_on', 'infinity')
      or coalesce(s.after->>'public_from', 'infinity') > coalesce(s.before->>'public_from', 'infinity')
      or s.before->'disclosure' is distinct from s.after->'disclosure',
    case when s.before->>'state' is distinct from s.after->>'state' then s.after->>'state' end
  from steps s
  where s.after is not null and s.until < upto and current_setting('hub.verb', true) = 'runPatrol'
$$;
revoke all on function patrol_changes(timestamptz, timestamptz) from public;
grant execute on function patrol_changes(timestamptz, timestamptz) to hub_public, hub_subject, hub_service_hall, hub_department, hub_credit_office, hub_court, hub_association, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst, hub_agency, hub_exchange, hub_system_admin, hub_security_admin, hub_auditor;
create or replace function publicity_receipts(since date, upto date, items uuid[])
  returns table ("departmentId" uuid, "itemId" uuid, "decidedOn" date, "receivedOn" date, "backFilled" boolean, n int)
  language plpgsql stable security definer rows 1000 set search_path = pg_catalog, pg_temp as $$
begin
  if current_setting('role') in ('hub_department', 'hub_court') then
    return query select r.provider_id, r.item_id, r.decided_on, r.received_on, r.back_filled, count(*)::int
      from public.credit_record r
      where r.item_id = any(items) and r.decided_on between since and upto and r.provider_id = (select nullif(current_setting('hub.department', true), '')::uuid)
      group by 1, 2, 3, 4, 5;
  end if;
  if current_setting('role') in ('hub_credit_office') then
    return query select r.provider_id, r.item_id, r.decided_on, r.received_on, r.back_filled, count(*)::int
      from public.credit_record r
      where r.item_id = any(items) and r.decided_on between since and upto and (select nullif(current_setting('hub.purpose', true), '') is not null)
      group by 1, 2, 3, 4, 5;
  end if;
  if current_setting('role') in ('hub_exchange') then
    return query select r.provider_id, r.item_id, r.decided_on, r.received_on, r.back_filled, count(*)::int
      from public.credit_record r
      where r.item_id = any(items) and r.decided_on between since and upto and (r.provider_id = (select nullif(current_setting('hub.department', true), '')::uuid) or false)
      group by 1, 2, 3, 4, 5;
  end if;
  if current_setting('role') in ('hub_auditor') then
    return query select r.provider_id, r.item_id, r.decided_on, r.received_on, r.back_filled, count(*)::int
      from public.credit_record r
      where r.item_id = any(items) and r.decided_on between since and upto and ((select nullif(current_setting('hub.purpose', true), '') in ('AUDIT')) and (select nullif(current_setting('hub.case', true), '') is not null))
      group by 1, 2, 3, 4, 5;
  end if;
end $$;
revoke all on function publicity_receipts(date, date, uuid[]) from public;
grant execute on function publicity_receipts(date, date, uuid[]) to hub_public, hub_subject, hub_service_hall, hub_department, hub_credit_office, hub_court, hub_association, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst, hub_agency, hub_exchange, hub_system_admin, hub_security_admin, hub_auditor;
create or replace function statistics(counted text, first_quarter date, last_quarter date, dimension text, across text, threshold int, base int)
  returns table (value text, other text, "ofValue" boolean, "ofOther" boolean, subjects int, records int)
  language plpgsql stable security definer rows 200 set search_path = pg_catalog, pg_temp
  set work_mem = '64MB' set random_page_cost = 4 set enable_nestloop = off set enable_mergejoin = off set enable_sort = off set plan_cache_mode = force_custom_plan as $$
#variable_conflict use_column
declare
  k int := greatest(threshold, 5);
  b int := greatest(base, 3);
  cut date := date_trunc('month', (select nullif(current_setting('hub.today', true), '')::date)::timestamp);
  since date := date_trunc('quarter', first_quarter::timestamp);
  until date := least(date_trunc('quarter', last_quarter::timestamp) + interval '3 months', date_trunc('quarter', cut::timestamp));
  topics bigint := case counted when 'RECORDS' then (select count(*) from public.catalogue_item) else (select count(*) from public.credit_list) end;
  departments bigint := (select count(*) from public.department);
begin
  if not coalesce((current_setting('role') in ('hub_credit_office', 'hub_analyst') and (select nullif(current_setting('hub.purpose', true), '') in ('STATISTICS'))), false) then return; end if;
  return query
  with known as (
  select r.subject_kind as kind, r.subject_id, r.item_id as topic_id, r.authority_id as department_id, r.decided_on as day
  from public.credit_record r
  where counted = 'RECORDS' and r.decided_on >= since and r.decided_on < until
    and r.received_on < cut and coalesce(r.expires_on, 'infinity') >= cut - 1
    and (r.state = 'ACTIVE' or (r.state = 'REVOKED' and r.revoked_on >= cut))
  union all
  select e.subject_kind, e.subject_id, e.list_id, e.department_id, e.listed_on
  from public.list_entry e
    left join lateral (select (v.before->>'batch_id')::uuid as batch_id from public.row_revision v
      where v.table_name = 'list_entry' and v.row_id = e.id order by v.revision limit 1) v on true
    left join public.import_batch i on i.id = coalesce(v.batch_id, e.batch_id)
  where counted = 'LIST_ENTRIES' and e.listed_on >= since and e.listed_on < until
    and coalesce(i.received_on, e.listed_on) < cut and coalesce(e.ends_on, 'infinity') >= cut - 1
    and (e.state in ('LISTED', 'SUSPENDED') or (e.state in ('REVOKED', 'REPAIRED') and e.removed_on >= cut))),
  kind as materialized (select kind, no - 1 as no from unnest(array['NATURAL_PERSON', 'INDIVIDUAL_BUSINESS', 'ENTERPRISE', 'COOPERATIVE', 'BRANCH', 'SOCIAL_ORGANISATION', 'PUBLIC_INSTITUTION', 'GOVERNMENT_BODY', 'OTHER_ORGANISATION']) with ordinality of (kind, no)),
  topic as materialized (
    select id, row_number() over () - 1 as no from public.catalogue_item where counted = 'RECORDS'
    union all
    select id, row_number() over () - 1 from public.credit_list where counted = 'LIST_ENTRIES'),
  department as materialized (select id, row_number() over () - 1 as no from public.department),
  day as materialized (
    select day::date as day, extract(year from day)::bigint * 4 + extract(quarter from day)::int - 1 as quarter,
      (extract(month from day)::int - 1) % 3 as month
    from generate_series(since::timestamp, until - 1, interval '1 day') of (day)),
  facts as materialized (
    select (((day.quarter * 9 + kind.no) * topics + topic.no) * departments + department.no) * 3 + day.month as place,
      coalesce(merged.merged_into, subject_id) as subject
    from known join day using (day) join kind using (kind) join topic on topic.id = topic_id join department on department.id = department_id
      left join public.subject merged on merged.id = subject_id and merged.merged_into is not null),
  places as materialized (select place, count(*)::int as n from facts group by place),
  in_month as materialized (select distinct place as part, subject from facts where place / (3 * departments * topics) % 9 < 2),
  in_department as materialized (select part / 3 as part, subject from in_month group by 1, 2),
  in_topic as materialized (select part / departments as part, subject from in_department group by 1, 2),
  apart as (
    select part from (select part / topics as part, subject from in_topic group by 1, 2) kinds
    group by part having count(*) >= k),
  sized_topic as materialized (
    select part, node, n, dense_rank() over (partition by node order by n) as rank
    from (select part, part / topics as node, count(*) as n from in_topic where part / topics in (select part from apart) group by part) parts),
  node_topic as materialized (
    select node, small, largest, case
      when could < 3 then largest
      when small is null then 0
      when could <= present then largest end as rest
    from (
      select node, max(rank) filter (where n < k) as small, max(rank) as largest, count(*) as present, case counted when 'RECORDS' then (select count(*) from public.catalogue_item i
        where i.yields in ('PERMIT', 'PENALTY', 'RECORD') and (array['NATURAL_PERSON', 'INDIVIDUAL_BUSINESS', 'ENTERPRISE', 'COOPERATIVE', 'BRANCH', 'SOCIAL_ORGANISATION', 'PUBLIC_INSTITUTION', 'GOVERNMENT_BODY', 'OTHER_ORGANISATION'])[node % 9 + 1] = any(i.subject_kinds)) else topics end as could
      from sized_topic group by node) nodes),
  sought_topic as (
    select node, min(rank) filter (where together >= k) as rank from (
      select node, rank, sum(count(*)) over (partition by node order by rank) as together from (
        select node, subject, min(rank) as rank
        from in_topic join sized_topic using (part) join node_topic using (node) where rest is null group by 1, 2) nearest
      group by node, rank) ranks
    group by node),
  apart_topic as materialized (
    select part from sized_topic sized join node_topic using (node) left join sought_topic sought using (node)
    where sized.rank > coalesce(rest, greatest(small, coalesce(sought.rank, largest)))),
  sized_department as materialized (
    select part, node, n, dense_rank() over (partition by node order by n) as rank
    from (select part, part / departments as node, count(*) as n from in_department where part / departments in (select part from apart_topic) group by part) parts),
  node_department as materialized (
    select node, small, largest, case
      when could < 3 then largest
      when small is null then 0
      when could <= present then largest end as rest
    from (
      select node, max(rank) filter (where n < k) as small, max(rank) as largest, count(*) as present, departments as could
      from sized_department group by node) nodes),
  sought_department as (
    select node, min(rank) filter (where together >= k) as rank from (
      select node, rank, sum(count(*)) over (partition by node order by rank) as together from (
        select node, subject, min(rank) as rank
        from in_department join sized_department using (part) join node_department using (node) where rest is null group by 1, 2) nearest
      group by node, rank) ranks
    group by node),
  apart_department as materialized (
    select part from sized_department sized join node_department using (node) left join sought_department sought using (node)
    where sized.rank > coalesce(rest, greatest(small, coalesce(sought.rank, largest)))),
  sized_month as materialized (
    select part, node, n, dense_rank() over (partition by node order by n) as rank
    from (select part, part / 3 as node, count(*) as n from in_month where part / 3 in (select part from apart_department) group by part) parts),
  node_month as materialized (
    select node, small, largest, case
      when could < 3 then largest
      when small is null then 0
      when could <= present then largest end as rest
    from (
      select node, max(rank) filter (where n < k) as small, max(rank) as largest, count(*) as present, 3 as could
      from sized_month group by node) nodes),
  sought_month as (
    select node, min(rank) filter (where together >= k) as rank from (
      select node, rank, sum(count(*)) over (partition by node order by rank) as together from (
        select node, subject, min(rank) as rank
        from in_month join sized_month using (part) join node_month using (node) where rest is null group by 1, 2) nearest
      group by node, rank) ranks
    group by node),
  apart_month as materialized (
    select part from sized_month sized join node_month using (node) left join sought_month sought using (node)
    where sized.rank > coalesce(rest, greatest(small, coalesce(sought.rank, largest)))),
  told as (
    select place, kind.kind, kind.guarded, quarter,
      case when not guarded or apart_topic.part is not null then topic.id end as topic,
      case when not guarded or apart_department.part is not null then department.id end as department,
      case when not guarded or apart_month.part is not null then to_char(make_date((quarter / 4)::int, (quarter % 4 * 3 + month_no)::int + 1, 1), 'YYYY-MM') end as month
    from (
      select place, place / (3 * departments * topics) as in_kind, place / (3 * departments) as in_topic, place / 3 as in_department, place / (3 * departments * topics) / 9 as quarter,
        place / (3 * departments * topics) % 9 as kind_no, place / (3 * departments) % topics as topic_no, place / 3 % departments as department_no, place % 3 as month_no
      from places) place
      join (select no, kind, no < 2 as guarded from kind) kind on kind.no = kind_no
      join topic on topic.no = topic_no join department on department.no = department_no
      left join apart on apart.part = in_kind left join apart_topic on apart_topic.part = in_topic
      left join apart_department on apart_department.part = in_department left join apart_month on apart_month.part = place
    where not guarded or apart.part is not null),
  place as materialized (
    select place, kind, guarded, value, other, told_as, dense_rank() over (order by kind, value, other) as pair, dense_rank() over (order by kind, value) as first, dense_rank() over (order by kind, other) as second, dense_rank() over (order by kind) as neither
    from (
      select *, dense_rank() over (order by kind, quarter, topic, department, month) as told_as,
        case dimension when 'TOPIC' then topic::text when 'DEPARTMENT' then department::text when 'MONTH' then month when 'KIND' then kind end as value, case across when 'TOPIC' then topic::text when 'DEPARTMENT' then department::text when 'MONTH' then month when 'KIND' then kind end as other
      from told) groups),
  records as materialized (
    select told_as, sum(n) as records from (
      select told_as, least(count(*), 5) as n from facts join place using (place) where guarded group by told_as, subject) each
    group by told_as
    union all
    select told_as, sum(n) from places join place using (place) where not guarded group by told_as),
  in_pair as materialized (select distinct pair, subject from facts join place using (place)),
  in_first as materialized (
    select distinct first, subject from in_pair join (select distinct pair, first from place) cells using (pair)),
  in_second as materialized (
    select distinct second, subject from in_pair join (select distinct pair, second from place) cells using (pair) where across is not null),
  in_neither as materialized (
    select distinct neither, subject from in_first join (select distinct first, neither from place) cells using (first)),
  sums as (
    select kind, guarded, value as value, other as other, true as "ofValue", true as "ofOther", subjects, records
    from (select pair, count(*)::int as subjects from in_pair where across is not null group by pair) those
      join (select pair, sum(records)::int as records from records join (select distinct told_as, pair from place) cells using (told_as) group by pair) summed using (pair)
      join (select distinct pair, kind, value, other, guarded from place) cells using (pair)
    union all
    select kind, guarded, value as value, null as other, true as "ofValue", false as "ofOther", subjects, records
    from (select first, count(*)::int as subjects from in_first group by first) those
      join (select first, sum(records)::int as records from records join (select distinct told_as, first from place) cells using (told_as) group by first) summed using (first)
      join (select distinct first, kind, value, guarded from place) cells using (first)
    union all
    select kind, guarded, null as value, other as other, false as "ofValue", true as "ofOther", subjects, records
    from (select second, count(*)::int as subjects from in_second where across is not null group by second) those
      join (select second, sum(records)::int as records from records join (select distinct told_as, second from place) cells using (told_as) group by second) summed using (second)
      join (select distinct second, kind, other, guarded from place) cells using (second)
    union all
    select kind, guarded, null as value, null as other, false as "ofValue", false as "ofOther", subjects, records
    from (select neither, count(*)::int as subjects from in_neither group by neither) those
      join (select neither, sum(records)::int as records from records join (select distinct told_as, neither from place) cells using (told_as) group by neither) summed using (neither)
      join (select distinct neither, kind, guarded from place) cells using (neither)),
  numbers as (
    select value, other, "ofValue", "ofOther", bool_or(guarded) as guarded,
      ("ofValue" and dimension = 'KIND' or "ofOther" and coalesce(across = 'KIND', false)) and not bool_or(guarded) as exact,
      sum(case when guarded then b * ((2 * subjects + b) / (2 * b)) else subjects end)::int as subjects,
      sum(case when guarded then b * ((2 * records + b) / (2 * b)) else records end)::int as records
    from sums group by value, other, "ofValue", "ofOther")
  select value, other, "ofValue", "ofOther", case when exact then subjects else b * ((2 * subjects + b) / (2 * b)) end,
    case when exact then records else b * ((2 * records + b) / (2 * b)) end
  from numbers where guarded or exact or subjects >= k;
end $$;
revoke all on function statistics(text, date, date, text, text, int, int) from public;
grant execute on function statistics(text, date, date, text, text, int, int) to hub_credit_office, hub_analyst;
create or replace function subject_survivor(uuid) returns uuid language sql stable security definer
  set search_path = public, pg_temp as 'select coalesce((select merged_into from subject where id = $1), $1)';
revoke all on function subject_survivor(uuid) from public;
grant execute on function subject_survivor(uuid) to hub_public, hub_subject, hub_service_hall, hub_department, hub_credit_office, hub_court, hub_association, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst, hub_agency, hub_exchange, hub_system_admin, hub_security_admin, hub_auditor;
create or replace function subject_group(uuid) returns uuid[] language sql stable security definer
  set search_path = public, pg_temp as $$
  select case when $1 is null then '{}' else array_append(array(select id from subject where merged_into = $1), $1) end $$;
revoke all on function subject_group(uuid) from public;
grant execute on function subject_group(uuid) to hub_public, hub_subject, hub_service_hall, hub_department, hub_credit_office, hub_court, hub_association, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst, hub_agency, hub_exchange, hub_system_admin, hub_security_admin, hub_auditor;
drop view if exists subject_former_name;
create view subject_former_name with (security_invoker = true) as 
  select id, subject_id, name, name_key, until from former_name
  union all
  select f.id, s.merged_into, f.name, f.name_key, f.until from subject s join former_name f on f.subject_id = s.id
  where s.merged_into is not null
  union all
  select id, merged_into, name, name_key, merged_on from subject where merged_into is not null and kind <> 'NATURAL_PERSON';
revoke all on subject_former_name from public, hub_app, hub_audit, hub_public, hub_subject, hub_service_hall, hub_department, hub_credit_office, hub_court, hub_association, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst, hub_agency, hub_exchange, hub_system_admin, hub_security_admin, hub_auditor;
grant select on subject_former_name to hub_public, hub_subject, hub_service_hall, hub_department, hub_credit_office, hub_court, hub_association, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst, hub_agency, hub_exchange, hub_system_admin, hub_security_admin, hub_auditor;
drop view if exists lifecycle_event;
create view lifecycle_event with (security_invoker = true) as 
  select 'REGISTERED' || ':' || id as id, id as subject_id, 'REGISTERED' as kind, registered_on as happened_on,
    name as title, source_item_id as item_id, source_department_id as department_id,
    'Organisation' as source_type, id as source_id, 'OPEN' as label
  from subject where kind <> 'NATURAL_PERSON' and registered_on is not null
  union all
  select 'CLOSED' || ':' || id as id, id as subject_id, 'CLOSED' as kind, closed_on as happened_on,
    registration_state as title, source_item_id as item_id, source_department_id as department_id,
    'Organisation' as source_type, id as source_id, 'OPEN' as label
  from subject where kind <> 'NATURAL_PERSON' and closed_on is not null
  union all
  select 'MERGED' || ':' || id as id, merged_into as subject_id, 'MERGED' as kind, merged_on as happened_on,
    name as title, source_item_id as item_id, source_department_id as department_id,
    'Organisation' as source_type, id as source_id, 'OPEN' as label
  from subject where kind <> 'NATURAL_PERSON' and merged_into is not null
  union all
  select 'RENAMED' || ':' || id as id, subject_id as subject_id, 'RENAMED' as kind, until as happened_on,
    name as title, null::uuid as item_id, null::uuid as department_id,
    'Organisation' as source_type, subject_id as source_id, 'OPEN' as label
  from former_name where until is not null
  union all
  select case record_type when 'PERMIT' then 'PERMITTED' when 'PENALTY' then 'PENALISED'
    else case (select x.code from catalogue_item x where x.id = item_id) when 'XZJC' then 'INSPECTED' when 'XZJL' then 'HONOURED' when 'CXRY' then 'HONOURED'
      when 'XYCN' then 'PROMISED' when 'SFCP' then 'JUDGED' when 'SFZX' then 'JUDGED' else 'RECORDED' end end || ':' || id as id, subject_id as subject_id, case record_type when 'PERMIT' then 'PERMITTED' when 'PENALTY' then 'PENALISED'
    else case (select x.code from catalogue_item x where x.id = item_id) when 'XZJC' then 'INSPECTED' when 'XZJL' then 'HONOURED' when 'CXRY' then 'HONOURED'
      when 'XYCN' then 'PROMISED' when 'SFCP' then 'JUDGED' when 'SFZX' then 'JUDGED' else 'RECORDED' end end as kind, decided_on as happened_on,
    coalesce(document_name, violation, (select x.name from catalogue_item x where x.id = item_id)) as title, item_id as item_id, authority_id as department_id,
    case record_type when 'PERMIT' then 'PermitRecord' when 'PENALTY' then 'PenaltyRecord' else 'CatalogueRecord' end as source_type, id as source_id, case when (subject_kind <> 'NATURAL_PERSON' and disclosure = 'PUBLIC' and state = 'ACTIVE' and public_from <= (select nullif(current_setting('hub.today', true), '')::date) and coalesce(least(expires_on, public_until), 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date)) then 'OPEN' when subject_kind = 'NATURAL_PERSON' then 'PERSONAL' when disclosure = 'AUTHORISED' then 'AUTHORISED' else 'GOVERNMENT' end as label
  from credit_record where true
  union all
  select 'REVOKED' || ':' || id as id, subject_id as subject_id, 'REVOKED' as kind, revoked_on as happened_on,
    coalesce(document_name, violation, (select x.name from catalogue_item x where x.id = item_id)) as title, item_id as item_id, authority_id as department_id,
    case record_type when 'PERMIT' then 'PermitRecord' when 'PENALTY' then 'PenaltyRecord' else 'CatalogueRecord' end as source_type, id as source_id, case when (subject_kind <> 'NATURAL_PERSON' and disclosure = 'PUBLIC' and state = 'ACTIVE' and public_from <= (select nullif(current_setting('hub.today', true), '')::date) and coalesce(least(expires_on, public_until), 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date)) then 'OPEN' when subject_kind = 'NATURAL_PERSON' then 'PERSONAL' when disclosure = 'AUTHORISED' then 'AUTHORISED' else 'GOVERNMENT' end as label
  from credit_record where state = 'REVOKED' and revoked_on is not null
  union all
  select 'REPAIRED' || ':' || id as id, subject_id as subject_id, 'REPAIRED' as kind, (revised_at at time zone 'Asia/Shanghai')::date as happened_on,
    coalesce(document_name, violation, (select x.name from catalogue_item x where x.id = item_id)) as title, item_id as item_id, authority_id as department_id,
    case record_type when 'PERMIT' then 'PermitRecord' when 'PENALTY' then 'PenaltyRecord' else 'CatalogueRecord' end as source_type, id as source_id, case when (subject_kind <> 'NATURAL_PERSON' and disclosure = 'PUBLIC' and state = 'ACTIVE' and public_from <= (select nullif(current_setting('hub.today', true), '')::date) and coalesce(least(expires_on, public_until), 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date)) then 'OPEN' when subject_kind = 'NATURAL_PERSON' then 'PERSONAL' when disclosure = 'AUTHORISED' then 'AUTHORISED' else 'GOVERNMENT' end as label
  from credit_record where state = 'REPAIRED'
  union all
  select 'EXPIRED' || ':' || id as id, subject_id as subject_id, 'EXPIRED' as kind, expires_on as happened_on,
    coalesce(document_name, violation, (select x.name from catalogue_item x where x.id = item_id)) as title, item_id as item_id, authority_id as department_id,
    case record_type when 'PERMIT' then 'PermitRecord' when 'PENALTY' then 'PenaltyRecord' else 'CatalogueRecord' end as source_type, id as source_id, case when (subject_kind <> 'NATURAL_PERSON' and disclosure = 'PUBLIC' and state = 'ACTIVE' and public_from <= (select nullif(current_setting('hub.today', true), '')::date) and coalesce(least(expires_on, public_until), 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date)) then 'OPEN' when subject_kind = 'NATURAL_PERSON' then 'PERSONAL' when disclosure = 'AUTHORISED' then 'AUTHORISED' else 'GOVERNMENT' end as label
  from credit_record where state = 'ACTIVE' and expires_on < (select nullif(current_setting('hub.today', true), '')::date)
  union all
  select 'PROPOSED' || ':' || id as id, subject_id as subject_id, 'PROPOSED' as kind, proposed_on as happened_on,
    (select x.name from credit_list x where x.id = list_id) as title, null::uuid as item_id, department_id as department_id,
    'ListEntry' as source_type, id as source_id, case when (subject_kind <> 'NATURAL_PERSON' and (state = 'LISTED' and listed_on <= (select nullif(current_setting('hub.today', true), '')::date) and coalesce(ends_on, 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date))) then 'OPEN' when subject_kind = 'NATURAL_PERSON' then 'PERSONAL' else 'GOVERNMENT' end as label
  from list_entry where listed_on is null
  union all
  select 'LISTED' || ':' || id as id, subject_id as subject_id, 'LISTED' as kind, listed_on as happened_on,
    (select x.name from credit_list x where x.id = list_id) as title, null::uuid as item_id, department_id as department_id,
    'ListEntry' as source_type, id as source_id, case when (subject_kind <> 'NATURAL_PERSON' and (state = 'LISTED' and listed_on <= (select nullif(current_setting('hub.today', true), '')::date) and coalesce(ends_on, 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date))) then 'OPEN' when subject_kind = 'NATURAL_PERSON' then 'PERSONAL' else 'GOVERNMENT' end as label
  from list_entry where listed_on is not null
  union all
  select state || ':' || id as id, subject_id as subject_id, state as kind, removed_on as happened_on,
    (select x.name from credit_list x where x.id = list_id) as title, null::uuid as item_id, department_id as department_id,
    'ListEntry' as source_type, id as source_id, case when (subject_kind <> 'NATURAL_PERSON' and (state = 'LISTED' and listed_on <= (select nullif(current_setting('hub.today', true), '')::date) and coalesce(ends_on, 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date))) then 'OPEN' when subject_kind = 'NATURAL_PERSON' then 'PERSONAL' else 'GOVERNMENT' end as label
  from list_entry where state in ('REPAIRED', 'REVOKED', 'EXPIRED') and removed_on is not null
  union all
  select 'EXPIRED' || ':' || id as id, subject_id as subject_id, 'EXPIRED' as kind, ends_on as happened_on,
    (select x.name from credit_list x where x.id = list_id) as title, null::uuid as item_id, department_id as department_id,
    'ListEntry' as source_type, id as source_id, case when (subject_kind <> 'NATURAL_PERSON' and (state = 'LISTED' and listed_on <= (select nullif(current_setting('hub.today', true), '')::date) and coalesce(ends_on, 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date))) then 'OPEN' when subject_kind = 'NATURAL_PERSON' then 'PERSONAL' else 'GOVERNMENT' end as label
  from list_entry where state in ('LISTED', 'SUSPENDED') and ends_on < (select nullif(current_setting('hub.today', true), '')::date)
  union all
  select 'MARKET' || ':' || id as id, subject_id as subject_id, 'MARKET' as kind, decided_on as happened_on,
    (select x.name from catalogue_item x where x.id = item_id) as title, item_id as item_id, null::uuid as department_id,
    'MarketRecord' as source_type, id as source_id, 'AUTHORISED' as label
  from market_record where true
  union all
  select 'PROMISED' || ':' || id as id, subject_id as subject_id, 'PROMISED' as kind, made_on as happened_on,
    case kind when 'APPROVAL_SUBSTITUTION' then '审批替代型承诺' when 'VOLUNTARY_DISCLOSURE' then '主动公开型承诺'
      when 'INDUSTRY_SELF_DISCIPLINE' then '行业自律型承诺' when 'CREDIT_REPAIR' then '信用修复型承诺'
      when 'PROOF_NOTIFICATION' then '证明事项告知承诺' else '政务服务承诺' end as title, null::uuid as item_id, department_id as department_id,
    'Commitment' as source_type, id as source_id, case when subject_kind = 'NATURAL_PERSON' then 'PERSONAL' else 'GOVERNMENT' end as label
  from commitment where true
  union all
  select case state when 'FULFILLED' then 'KEPT' when 'PARTLY_FULFILLED' then 'PARTLY_KEPT' else state end || ':' || id as id, subject_id as subject_id, case state when 'FULFILLED' then 'KEPT' when 'PARTLY_FULFILLED' then 'PARTLY_KEPT' else state end as kind, settled_on as happened_on,
    case kind when 'APPROVAL_SUBSTITUTION' then '审批替代型承诺' when 'VOLUNTARY_DISCLOSURE' then '主动公开型承诺'
      when 'INDUSTRY_SELF_DISCIPLINE' then '行业自律型承诺' when 'CREDIT_REPAIR' then '信用修复型承诺'
      when 'PROOF_NOTIFICATION' then '证明事项告知承诺' else '政务服务承诺' end as title, null::uuid as item_id, department_id as department_id,
    'Commitment' as source_type, id as source_id, case when subject_kind = 'NATURAL_PERSON' then 'PERSONAL' else 'GOVERNMENT' end as label
  from commitment where settled_on is not null and state <> 'OPEN';
revoke all on lifecycle_event from public, hub_app, hub_audit, hub_public, hub_subject, hub_service_hall, hub_department, hub_credit_office, hub_court, hub_association, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst, hub_agency, hub_exchange, hub_system_admin, hub_security_admin, hub_auditor;
grant select on lifecycle_event to hub_public, hub_subject, hub_service_hall, hub_department, hub_credit_office, hub_court, hub_association, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst, hub_agency, hub_exchange, hub_system_admin, hub_security_admin, hub_auditor;
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
alter table collection_agreement enable row level security;
alter table collection_agreement force row level security;
create policy collection_agreement__owner__all on collection_agreement to current_user using (true) with check (true);
alter table market_record enable row level security;
alter table market_record force row level security;
create policy market_record__owner__all on market_record to current_user using (true) with check (true);
alter table subject_merge enable row level security;
alter table subject_merge force row level security;
create policy subject_merge__owner__all on subject_merge to current_user using (true) with check (true);
alter table subject_merge_row enable row level security;
alter table subject_merge_row force row level security;
create policy subject_merge_row__owner__all on subject_merge_row to current_user using (true) with check (true);
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
alter table patrol_run enable row level security;
alter table patrol_run force row level security;
create policy patrol_run__owner__all on patrol_run to current_user using (true) with check (true);
alter table patrol_finding enable row level security;
alter table patrol_finding force row level security;
create policy patrol_finding__owner__all on patrol_finding to current_user using (true) with check (true);
alter table patrol_finding_fact enable row level security;
alter table patrol_finding_fact force row level security;
create policy patrol_finding_fact__owner__all on patrol_finding_fact to current_user using (true) with check (true);
alter table patrol_step enable row level security;
alter table patrol_step force row level security;
create policy patrol_step__owner__all on patrol_step to current_user using (true) with check (true);
alter table inspection enable row level security;
alter table inspection force row level security;
create policy inspection__owner__all on inspection to current_user using (true) with check (true);
alter table inspection_item enable row level security;
alter table inspection_item force row level security;
create policy inspection_item__owner__all on inspection_item to current_user using (true) with check (true);
alter table exchange_message enable row level security;
alter table exchange_message force row level security;
create policy exchange_message__owner__all on exchange_message to current_user using (true) with check (true);
alter table exchange_case enable row level security;
alter table exchange_case force row level security;
create policy exchange_case__owner__all on exchange_case to current_user using (true) with check (true);
alter table exchange_partner enable row level security;
alter table exchange_partner force row level security;
create policy exchange_partner__owner__all on exchange_partner to current_user using (true) with check (true);
alter table exchange_delivery enable row level security;
alter table exchange_delivery force row level security;
create policy exchange_delivery__owner__all on exchange_delivery to current_user using (true) with check (true);
alter table exchange_receipt enable row level security;
alter table exchange_receipt force row level security;
create policy exchange_receipt__owner__all on exchange_receipt to current_user using (true) with check (true);
alter table exchange_reconciliation enable row level security;
alter table exchange_reconciliation force row level security;
create policy exchange_reconciliation__owner__all on exchange_reconciliation to current_user using (true) with check (true);
alter table exchange_inbox enable row level security;
alter table exchange_inbox force row level security;
create policy exchange_inbox__owner__all on exchange_inbox to current_user using (true) with check (true);
alter table exchange_source enable row level security;
alter table exchange_source force row level security;
create policy exchange_source__owner__all on exchange_source to current_user using (true) with check (true);
alter table exchange_source_row enable row level security;
alter table exchange_source_row force row level security;
create policy exchange_source_row__owner__all on exchange_source_row to current_user using (true) with check (true);
alter table access_event enable row level security;
alter table access_event force row level security;
create policy access_event__owner__all on access_event to current_user using (true) with check (true);
alter table sealed_case enable row level security;
alter table sealed_case force row level security;
create policy sealed_case__owner__all on sealed_case to current_user using (true) with check (true);
alter table decision_count enable row level security;
alter table decision_count force row level security;
create policy decision_count__owner__all on decision_count to current_user using (true) with check (true);
alter table publicity_reminder enable row level security;
alter table publicity_reminder force row level security;
create policy publicity_reminder__owner__all on publicity_reminder to current_user using (true) with check (true);
alter table publicity_withdrawal enable row level security;
alter table publicity_withdrawal force row level security;
create policy publicity_withdrawal__owner__all on publicity_withdrawal to current_user using (true) with check (true);
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
alter table exchange_agreement enable row level security;
alter table exchange_agreement force row level security;
create policy exchange_agreement__owner__all on exchange_agreement to current_user using (true) with check (true);
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
alter table audit_retirement enable row level security;
alter table audit_retirement force row level security;
create policy audit_retirement__owner__all on audit_retirement to current_user using (true) with check (true);
alter table audit_retired enable row level security;
alter table audit_retired force row level security;
create policy audit_retired__owner__all on audit_retired to current_user using (true) with check (true);
alter table exchange_change enable row level security;
alter table exchange_change force row level security;
create policy exchange_change__owner__all on exchange_change to current_user using (true) with check (true);
alter table exchange_outbox enable row level security;
alter table exchange_outbox force row level security;
create policy exchange_outbox__owner__all on exchange_outbox to current_user using (true) with check (true);
alter table waiting_submission enable row level security;
alter table waiting_submission force row level security;
create policy waiting_submission__owner__all on waiting_submission to current_user using (true) with check (true);
create policy subject__public__select on subject for select to hub_public, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst using (
  kind <> 'NATURAL_PERSON');
create policy subject__subject__select on subject for select to hub_subject using (
  kind <> 'NATURAL_PERSON'
  or not (kind <> 'NATURAL_PERSON') and id = (select nullif(current_setting('hub.subject', true), '')::uuid)
  or (select nullif(current_setting('hub.verb', true), '') in ('makeCommitment', 'grantConsent'))
  or id = any((select string_to_array(nullif(current_setting('hub.answer', true), ''), ',')::uuid[])::uuid[]));
create policy subject__service_hall__select on subject for select to hub_service_hall using (
  kind <> 'NATURAL_PERSON'
  or (select nullif(current_setting('hub.verb', true), '') in ('checkCredit', 'checkCredits', 'makeCommitment', 'grantConsent', 'grantPower'))
  or id = any((select string_to_array(nullif(current_setting('hub.answer', true), ''), ',')::uuid[])::uuid[])
  or not (kind <> 'NATURAL_PERSON') and subject_reachable(id)
  or not (kind <> 'NATURAL_PERSON') and id = (select (consent_stated()).subject_id));
create policy subject__department__select on subject for select to hub_department using (
  kind <> 'NATURAL_PERSON'
  or (select nullif(current_setting('hub.verb', true), '') in ('checkCredit', 'checkCredits', 'submitRecords', 'proposeListing', 'notifyListing', 'confirmListing', 'withdrawListing', 'revokeListing', 'makeCommitment'))
  or id = any((select string_to_array(nullif(current_setting('hub.answer', true), ''), ',')::uuid[])::uuid[])
  or not (kind <> 'NATURAL_PERSON') and subject_reachable(id));
create policy subject__credit_office__select on subject for select to hub_credit_office using (
  kind <> 'NATURAL_PERSON'
  or not (kind <> 'NATURAL_PERSON') and (select nullif(current_setting('hub.purpose', true), '') is not null)
  or (select nullif(current_setting('hub.verb', true), '') in ('checkCredit', 'checkCredits', 'mergeSubjects', 'splitSubject', 'confirmMerge', 'undoMerge'))
  or id = any((select string_to_array(nullif(current_setting('hub.answer', true), ''), ',')::uuid[])::uuid[])
  or not (kind <> 'NATURAL_PERSON') and subject_reachable(id));
create policy subject__court__select on subject for select to hub_court using (
  kind <> 'NATURAL_PERSON'
  or (select nullif(current_setting('hub.verb', true), '') in ('checkCredit', 'checkCredits', 'submitRecords', 'proposeListing', 'notifyListing', 'confirmListing', 'withdrawListing', 'revokeListing'))
  or id = any((select string_to_array(nullif(current_setting('hub.answer', true), ''), ',')::uuid[])::uuid[])
  or not (kind <> 'NATURAL_PERSON') and subject_reachable(id));
create policy subject__association__select on subject for select to hub_association, hub_agency using (
  kind <> 'NATURAL_PERSON'
  or id = any((select string_to_array(nullif(current_setting('hub.answer', true), ''), ',')::uuid[])::uuid[])
  or not (kind <> 'NATURAL_PERSON') and id = (select (consent_stated()).subject_id));
create policy subject__exchange__select on subject for select to hub_exchange using (
  (select nullif(current_setting('hub.verb', true), '') in ('submitRecords'))
  or id = any((select string_to_array(nullif(current_setting('hub.answer', true), ''), ',')::uuid[])::uuid[]));
create policy subject__auditor__select on subject for select to hub_auditor using (
  kind <> 'NATURAL_PERSON' and ((select nullif(current_setting('hub.purpose', true), '') in ('AUDIT')) and (select nullif(current_setting('hub.case', true), '') is not null))
  or not (kind <> 'NATURAL_PERSON') and ((select nullif(current_setting('hub.purpose', true), '') in ('AUDIT')) and (select nullif(current_setting('hub.case', true), '') is not null))
  or (select nullif(current_setting('hub.verb', true), '') in ('runPatrol'))
  or id = any((select string_to_array(nullif(current_setting('hub.answer', true), ''), ',')::uuid[])::uuid[]));
grant select (id, kind, name, name_key, code, registration_no, sort_code, merged_into, merged_on, registered_on, closed_on, registration_state, source_item_id, source_department_id, id_masked, representative, provisional, parent_id, address, industry_code) on subject to hub_public, hub_association, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst, hub_agency;
grant select on subject to hub_subject, hub_service_hall, hub_department, hub_credit_office, hub_court, hub_exchange, hub_auditor;
grant select (id, kind, name, name_key, code, registration_no, sort_code, merged_into, merged_on, registered_on, closed_on, registration_state, source_item_id, source_department_id) on subject to hub_system_admin, hub_security_admin;
create policy subject__department__insert on subject for insert to hub_department, hub_court, hub_exchange with check (
  (select nullif(current_setting('hub.verb', true), '') in ('submitRecords')));
create policy subject__credit_office__insert on subject for insert to hub_credit_office with check (
  (select nullif(current_setting('hub.verb', true), '') in ('splitSubject')));
grant insert on subject to hub_department, hub_court, hub_exchange, hub_credit_office;
create policy subject__department__update on subject for update to hub_department, hub_court, hub_exchange using (
  (select nullif(current_setting('hub.verb', true), '') in ('submitRecords')))
  with check (
  (select nullif(current_setting('hub.verb', true), '') in ('submitRecords')));
create policy subject__credit_office__update on subject for update to hub_credit_office using (
  (select nullif(current_setting('hub.verb', true), '') in ('confirmMerge', 'undoMerge')))
  with check (
  (select nullif(current_setting('hub.verb', true), '') in ('confirmMerge', 'undoMerge')));
grant update on subject to hub_department, hub_court, hub_exchange, hub_credit_office;
create policy former_name__public__select on former_name for select to hub_public, hub_subject, hub_service_hall, hub_department, hub_credit_office, hub_court, hub_association, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst, hub_agency using (true);
create policy former_name__exchange__select on former_name for select to hub_exchange using (
  (select nullif(current_setting('hub.verb', true), '') in ('submitRecords')));
create policy former_name__auditor__select on former_name for select to hub_auditor using (
  ((select nullif(current_setting('hub.purpose', true), '') in ('AUDIT')) and (select nullif(current_setting('hub.case', true), '') is not null)));
grant select (id, subject_id, name, name_key, until) on former_name to hub_public, hub_subject, hub_service_hall, hub_credit_office, hub_association, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst, hub_agency, hub_system_admin, hub_security_admin, hub_auditor;
grant select on former_name to hub_department, hub_court, hub_exchange;
create policy former_name__department__insert on former_name for insert to hub_department, hub_court, hub_exchange with check (
  (select nullif(current_setting('hub.verb', true), '') in ('submitRecords')));
grant insert on former_name to hub_department, hub_court, hub_exchange;
create policy subject_representative__subject__select on subject_representative for select to hub_subject using (
  subject_id = (select nullif(current_setting('hub.subject', true), '')::uuid));
create policy subject_representative__service_hall__select on subject_representative for select to hub_service_hall using (
  subject_checked(subject_id)
  or (subject_id = (select (consent_stated()).subject_id) and consent_opens('PERSONAL', null)));
create policy subject_representative__department__select on subject_representative for select to hub_department, hub_court using (
  (select nullif(current_setting('hub.verb', true), '') in ('submitRecords'))
  or subject_acted_on(subject_id)
  or subject_checked(subject_id));
create policy subject_representative__credit_office__select on subject_representative for select to hub_credit_office using (
  subject_checked(subject_id));
create policy subject_representative__association__select on subject_representative for select to hub_association, hub_agency using (
  (subject_id = (select (consent_stated()).subject_id) and consent_opens('PERSONAL', null)));
create policy subject_representative__exchange__select on subject_representative for select to hub_exchange using (
  (select nullif(current_setting('hub.verb', true), '') in ('submitRecords')));
create policy subject_representative__auditor__select on subject_representative for select to hub_auditor using (
  ((select nullif(current_setting('hub.purpose', true), '') in ('AUDIT')) and (select nullif(current_setting('hub.case', true), '') is not null)));
grant select (subject_id) on subject_representative to hub_public, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst, hub_system_admin, hub_security_admin;
grant select (subject_id, name) on subject_representative to hub_subject, hub_service_hall, hub_credit_office, hub_association, hub_agency, hub_auditor;
grant select on subject_representative to hub_department, hub_court, hub_exchange;
create policy subject_representative__department__insert on subject_representative for insert to hub_department, hub_court, hub_exchange with check (
  (select nullif(current_setting('hub.verb', true), '') in ('submitRecords')));
grant insert on subject_representative to hub_department, hub_court, hub_exchange;
create policy subject_representative__department__update on subject_representative for update to hub_department, hub_court, hub_exchange using (
  (select nullif(current_setting('hub.verb', true), '') in ('submitRecords')))
  with check (
  (select nullif(current_setting('hub.verb', true), '') in ('submitRecords')));
grant update on subject_representative to hub_department, hub_court, hub_exchange;
create policy person_identity__subject__select on person_identity for select to hub_subject using (
  subject_id = (select nullif(current_setting('hub.subject', true), '')::uuid)
  or (select nullif(current_setting('hub.verb', true), '') in ('makeCommitment', 'grantConsent')));
create policy person_identity__service_hall__select on person_identity for select to hub_service_hall using (
  (select nullif(current_setting('hub.verb', true), '') in ('checkCredit', 'checkCredits', 'makeCommitment', 'grantConsent', 'grantPower'))
  or subject_checked(subject_id)
  or (subject_id = (select (consent_stated()).subject_id) and consent_opens('PERSONAL', null)));
create policy person_identity__department__select on person_identity for select to hub_department using (
  (select nullif(current_setting('hub.verb', true), '') in ('checkCredit', 'checkCredits', 'submitRecords', 'makeCommitment'))
  or subject_acted_on(subject_id)
  or subject_checked(subject_id));
create policy person_identity__credit_office__select on person_identity for select to hub_credit_office using (
  (select nullif(current_setting('hub.verb', true), '') in ('checkCredit', 'checkCredits', 'mergeSubjects', 'splitSubject', 'confirmMerge', 'undoMerge'))
  or subject_checked(subject_id));
create policy person_identity__court__select on person_identity for select to hub_court using (
  (select nullif(current_setting('hub.verb', true), '') in ('checkCredit', 'checkCredits', 'submitRecords'))
  or subject_acted_on(subject_id)
  or subject_checked(subject_id));
create policy person_identity__association__select on person_identity for select to hub_association, hub_agency using (
  (subject_id = (select (consent_stated()).subject_id) and consent_opens('PERSONAL', null)));
create policy person_identity__exchange__select on person_identity for select to hub_exchange using (
  (select nullif(current_setting('hub.verb', true), '') in ('submitRecords')));
create policy person_identity__auditor__select on person_identity for select to hub_auditor using (
  ((select nullif(current_setting('hub.purpose', true), '') in ('AUDIT')) and (select nullif(current_setting('hub.case', true), '') is not null)));
grant select (subject_id) on person_identity to hub_public, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst, hub_system_admin, hub_security_admin;
grant select on person_identity to hub_subject, hub_service_hall, hub_department, hub_credit_office, hub_court, hub_exchange;
grant select (subject_id, name_sealed, number_sealed) on person_identity to hub_association, hub_agency, hub_auditor;
create policy person_identity__department__insert on person_identity for insert to hub_department, hub_court, hub_exchange with check (
  (select nullif(current_setting('hub.verb', true), '') in ('submitRecords')));
create policy person_identity__credit_office__insert on person_identity for insert to hub_credit_office with check (
  (select nullif(current_setting('hub.verb', true), '') in ('splitSubject')));
grant insert on person_identity to hub_department, hub_court, hub_exchange, hub_credit_office;
create policy subject_key__subject__select on subject_key for select to hub_subject using (
  subject_id = (select nullif(current_setting('hub.subject', true), '')::uuid)
  or (select nullif(current_setting('hub.verb', true), '') in ('makeCommitment', 'grantConsent')));
create policy subject_key__service_hall__select on subject_key for select to hub_service_hall using (
  (select nullif(current_setting('hub.verb', true), '') in ('checkCredit', 'checkCredits', 'makeCommitment', 'grantConsent', 'grantPower'))
  or subject_checked(subject_id)
  or (subject_id = (select (consent_stated()).subject_id) and consent_opens('PERSONAL', null)));
create policy subject_key__department__select on subject_key for select to hub_department using (
  (select nullif(current_setting('hub.verb', true), '') in ('checkCredit', 'checkCredits', 'submitRecords', 'proposeListing', 'makeCommitment'))
  or (subject_acted_on(subject_id) or subject_told_of(subject_id))
  or subject_checked(subject_id));
create policy subject_key__credit_office__select on subject_key for select to hub_credit_office using (
  (select nullif(current_setting('hub.verb', true), '') in ('checkCredit', 'checkCredits', 'splitSubject', 'confirmMerge', 'undoMerge'))
  or subject_checked(subject_id));
create policy subject_key__court__select on subject_key for select to hub_court using (
  (select nullif(current_setting('hub.verb', true), '') in ('checkCredit', 'checkCredits', 'submitRecords', 'proposeListing'))
  or (subject_acted_on(subject_id) or subject_told_of(subject_id))
  or subject_checked(subject_id));
create policy subject_key__association__select on subject_key for select to hub_association, hub_agency using (
  (subject_id = (select (consent_stated()).subject_id) and consent_opens('PERSONAL', null)));
create policy subject_key__exchange__select on subject_key for select to hub_exchange using (
  (select nullif(current_setting('hub.verb', true), '') in ('submitRecords')));
create policy subject_key__auditor__select on subject_key for select to hub_auditor using (
  ((select nullif(current_setting('hub.purpose', true), '') in ('AUDIT')) and (select nullif(current_setting('hub.case', true), '') is not null)));
grant select (subject_id) on subject_key to hub_public, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst, hub_system_admin, hub_security_admin;
grant select on subject_key to hub_subject, hub_service_hall, hub_department, hub_credit_office, hub_court, hub_exchange;
grant select (subject_id, key_id, wrapped) on subject_key to hub_association, hub_agency, hub_auditor;
create policy subject_key__subject__insert on subject_key for insert to hub_subject, hub_service_hall with check (
  (select nullif(current_setting('hub.verb', true), '') in ('makeCommitment'))
  or ((select nullif(current_setting('hub.verb', true), '') in ('storeFile')) and subject_id = (select nullif(current_setting('hub.subject', true), '')::uuid)));
create policy subject_key__department__insert on subject_key for insert to hub_department with check (
  (select nullif(current_setting('hub.verb', true), '') in ('submitRecords', 'proposeListing', 'makeCommitment'))
  or ((select nullif(current_setting('hub.verb', true), '') in ('storeFile')) and subject_id = (select nullif(current_setting('hub.subject', true), '')::uuid)));
create policy subject_key__credit_office__insert on subject_key for insert to hub_credit_office with check (
  (select nullif(current_setting('hub.verb', true), '') in ('splitSubject', 'confirmMerge', 'undoMerge')));
create policy subject_key__court__insert on subject_key for insert to hub_court with check (
  (select nullif(current_setting('hub.verb', true), '') in ('submitRecords', 'proposeListing')));
create policy subject_key__exchange__insert on subject_key for insert to hub_exchange with check (
  (select nullif(current_setting('hub.verb', true), '') in ('submitRecords')));
grant insert on subject_key to hub_subject, hub_service_hall, hub_department, hub_credit_office, hub_court, hub_exchange;
create policy credit_record__public__select on credit_record for select to hub_public, hub_organisation_department, hub_cadre_officer using (
  (subject_kind <> 'NATURAL_PERSON' and disclosure = 'PUBLIC' and state = 'ACTIVE' and public_from <= (select nullif(current_setting('hub.today', true), '')::date) and coalesce(least(expires_on, public_until), 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date)));
create policy credit_record__subject__select on credit_record for select to hub_subject using (
  (subject_kind <> 'NATURAL_PERSON' and disclosure = 'PUBLIC' and state = 'ACTIVE' and public_from <= (select nullif(current_setting('hub.today', true), '')::date) and coalesce(least(expires_on, public_until), 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date))
  or subject_id = (select nullif(current_setting('hub.subject', true), '')::uuid)
  or id = any((select string_to_array(nullif(current_setting('hub.answer', true), ''), ',')::uuid[])::uuid[]));
create policy credit_record__service_hall__select on credit_record for select to hub_service_hall using (
  (subject_kind <> 'NATURAL_PERSON' and disclosure = 'PUBLIC' and state = 'ACTIVE' and public_from <= (select nullif(current_setting('hub.today', true), '')::date) and coalesce(least(expires_on, public_until), 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date))
  or (select nullif(current_setting('hub.verb', true), '') in ('checkCredit', 'checkCredits'))
  or id = any((select string_to_array(nullif(current_setting('hub.answer', true), ''), ',')::uuid[])::uuid[])
  or ((state = 'ACTIVE' and coalesce(expires_on, 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date)) and record_found(id))
  or ((state = 'ACTIVE' and coalesce(expires_on, 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date)) and (subject_id = (select (consent_stated()).subject_id) and disclosure <> 'GOVERNMENT' and consent_opens(disclosure, item_id))));
create policy credit_record__department__select on credit_record for select to hub_department, hub_court using (
  (subject_kind <> 'NATURAL_PERSON' and disclosure = 'PUBLIC' and state = 'ACTIVE' and public_from <= (select nullif(current_setting('hub.today', true), '')::date) and coalesce(least(expires_on, public_until), 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date))
  or ((state = 'ACTIVE' and coalesce(expires_on, 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date)) and (select nullif(current_setting('hub.department', true), '')::uuid) in (provider_id, authority_id))
  or ((select nullif(current_setting('hub.purpose', true), '') is not null) and subject_kind <> 'NATURAL_PERSON' and (state = 'ACTIVE' and coalesce(expires_on, 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date)) and disclosure in ('PUBLIC', 'GOVERNMENT'))
  or (select nullif(current_setting('hub.verb', true), '') in ('checkCredit', 'checkCredits', 'submitRecords', 'revokeRecord', 'decideReview'))
  or id = any((select string_to_array(nullif(current_setting('hub.answer', true), ''), ',')::uuid[])::uuid[])
  or ((state = 'ACTIVE' and coalesce(expires_on, 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date)) and record_found(id)));
create policy credit_record__credit_office__select on credit_record for select to hub_credit_office using (
  ((select nullif(current_setting('hub.purpose', true), '') is not null) and (state = 'ACTIVE' and coalesce(expires_on, 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date)))
  or (select nullif(current_setting('hub.verb', true), '') in ('checkCredit', 'checkCredits', 'splitSubject', 'confirmMerge', 'undoMerge', 'openInspection'))
  or id = any((select string_to_array(nullif(current_setting('hub.answer', true), ''), ',')::uuid[])::uuid[])
  or ((state = 'ACTIVE' and coalesce(expires_on, 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date)) and record_found(id)));
create policy credit_record__association__select on credit_record for select to hub_association, hub_agency using (
  (subject_kind <> 'NATURAL_PERSON' and disclosure = 'PUBLIC' and state = 'ACTIVE' and public_from <= (select nullif(current_setting('hub.today', true), '')::date) and coalesce(least(expires_on, public_until), 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date))
  or id = any((select string_to_array(nullif(current_setting('hub.answer', true), ''), ',')::uuid[])::uuid[])
  or ((state = 'ACTIVE' and coalesce(expires_on, 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date)) and (subject_id = (select (consent_stated()).subject_id) and disclosure <> 'GOVERNMENT' and consent_opens(disclosure, item_id))));
create policy credit_record__government_office__select on credit_record for select to hub_government_office using (
  (subject_kind <> 'NATURAL_PERSON' and disclosure = 'PUBLIC' and state = 'ACTIVE' and public_from <= (select nullif(current_setting('hub.today', true), '')::date) and coalesce(least(expires_on, public_until), 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date))
  or ((select nullif(current_setting('hub.purpose', true), '') is not null) and (state = 'ACTIVE' and coalesce(expires_on, 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date)) and subject_kind = 'GOVERNMENT_BODY'));
create policy credit_record__analyst__select on credit_record for select to hub_analyst using (
  ((select nullif(current_setting('hub.purpose', true), '') in ('STATISTICS')) and subject_kind <> 'NATURAL_PERSON' and (state = 'ACTIVE' and coalesce(expires_on, 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date))));
create policy credit_record__exchange__select on credit_record for select to hub_exchange using (
  (select nullif(current_setting('hub.verb', true), '') in ('submitRecords'))
  or id = any((select string_to_array(nullif(current_setting('hub.answer', true), ''), ',')::uuid[])::uuid[]));
create policy credit_record__auditor__select on credit_record for select to hub_auditor using (
  ((select nullif(current_setting('hub.purpose', true), '') in ('AUDIT')) and (select nullif(current_setting('hub.case', true), '') is not null))
  or (select nullif(current_setting('hub.verb', true), '') in ('runPatrol', 'openInspection'))
  or id = any((select string_to_array(nullif(current_setting('hub.answer', true), ''), ',')::uuid[])::uuid[]));
grant select (id, item_id, record_type, disclosure, subject_id, subject_kind, authority_id, decided_on, public_from, public_until, state, expires_on, document_name, violation, revoked_on, revised_at, document_no, disputed, category, certificate_name, certificate_no, content, valid_from, valid_to, facts, basis, categories, severity, fine, confiscation, values, personal_text, provider_id, heading) on credit_record to hub_public, hub_subject, hub_association, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst, hub_agency;
grant select on credit_record to hub_service_hall, hub_department, hub_credit_office, hub_court, hub_exchange, hub_auditor;
grant select (id, item_id, record_type, disclosure, subject_id, subject_kind, authority_id, decided_on, public_from, public_until, state, expires_on, document_name, violation, revoked_on, revised_at) on credit_record to hub_system_admin, hub_security_admin;
create policy credit_record__department__insert on credit_record for insert to hub_department, hub_court, hub_exchange with check (
  (select nullif(current_setting('hub.verb', true), '') in ('submitRecords')));
grant insert on credit_record to hub_department, hub_court, hub_exchange;
create policy credit_record__department__update on credit_record for update to hub_department, hub_court using (
  (select nullif(current_setting('hub.verb', true), '') in ('submitRecords'))
  or ((select nullif(current_setting('hub.verb', true), '') in ('revokeRecord', 'decideReview')) and (select nullif(current_setting('hub.department', true), '')::uuid) in (provider_id, authority_id)))
  with check (
  (select nullif(current_setting('hub.verb', true), '') in ('submitRecords'))
  or ((select nullif(current_setting('hub.verb', true), '') in ('revokeRecord', 'decideReview')) and (select nullif(current_setting('hub.department', true), '')::uuid) in (provider_id, authority_id)));
create policy credit_record__credit_office__update on credit_record for update to hub_credit_office using (
  (select nullif(current_setting('hub.verb', true), '') in ('confirmMerge', 'undoMerge')))
  with check (
  (select nullif(current_setting('hub.verb', true), '') in ('confirmMerge', 'undoMerge')));
create policy credit_record__exchange__update on credit_record for update to hub_exchange using (
  (select nullif(current_setting('hub.verb', true), '') in ('submitRecords')))
  with check (
  (select nullif(current_setting('hub.verb', true), '') in ('submitRecords')));
grant update on credit_record to hub_department, hub_court, hub_credit_office, hub_exchange;
create policy personal_text__subject__select on personal_text for select to hub_subject using (
  subject_id = (select nullif(current_setting('hub.subject', true), '')::uuid));
create policy personal_text__department__select on personal_text for select to hub_department, hub_court using (
  (select nullif(current_setting('hub.department', true), '')::uuid) in (provider_id, authority_id)
  or (select nullif(current_setting('hub.verb', true), '') in ('submitRecords')));
create policy personal_text__credit_office__select on personal_text for select to hub_credit_office using (
  (select nullif(current_setting('hub.verb', true), '') in ('confirmMerge', 'undoMerge')));
create policy personal_text__exchange__select on personal_text for select to hub_exchange using (
  (select nullif(current_setting('hub.verb', true), '') in ('submitRecords')));
create policy personal_text__auditor__select on personal_text for select to hub_auditor using (
  ((select nullif(current_setting('hub.purpose', true), '') in ('AUDIT')) and (select nullif(current_setting('hub.case', true), '') is not null)));
grant select (row_id, subject_id) on personal_text to hub_public, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst, hub_system_admin, hub_security_admin;
grant select on personal_text to hub_subject, hub_service_hall, hub_department, hub_credit_office, hub_court, hub_exchange;
grant select (row_id, subject_id, sealed) on personal_text to hub_association, hub_agency, hub_auditor;
create policy personal_text__subject__insert on personal_text for insert to hub_subject, hub_service_hall with check (
  (select nullif(current_setting('hub.verb', true), '') in ('makeCommitment')));
create policy personal_text__department__insert on personal_text for insert to hub_department with check (
  (select nullif(current_setting('hub.verb', true), '') in ('submitRecords', 'proposeListing', 'makeCommitment')));
create policy personal_text__court__insert on personal_text for insert to hub_court with check (
  (select nullif(current_setting('hub.verb', true), '') in ('submitRecords', 'proposeListing')));
create policy personal_text__exchange__insert on personal_text for insert to hub_exchange with check (
  (select nullif(current_setting('hub.verb', true), '') in ('submitRecords')));
grant insert on personal_text to hub_subject, hub_service_hall, hub_department, hub_court, hub_exchange;
create policy personal_text__department__update on personal_text for update to hub_department, hub_court, hub_exchange using (
  (select nullif(current_setting('hub.verb', true), '') in ('submitRecords')))
  with check (
  (select nullif(current_setting('hub.verb', true), '') in ('submitRecords')));
create policy personal_text__credit_office__update on personal_text for update to hub_credit_office using (
  (select nullif(current_setting('hub.verb', true), '') in ('confirmMerge', 'undoMerge')))
  with check (
  (select nullif(current_setting('hub.verb', true), '') in ('confirmMerge', 'undoMerge')));
grant update on personal_text to hub_department, hub_court, hub_exchange, hub_credit_office;
create policy list_entry__public__select on list_entry for select to hub_public, hub_organisation_department, hub_cadre_officer using (
  (subject_kind <> 'NATURAL_PERSON' and (state = 'LISTED' and listed_on <= (select nullif(current_setting('hub.today', true), '')::date) and coalesce(ends_on, 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date))));
create policy list_entry__subject__select on list_entry for select to hub_subject using (
  (subject_kind <> 'NATURAL_PERSON' and (state = 'LISTED' and listed_on <= (select nullif(current_setting('hub.today', true), '')::date) and coalesce(ends_on, 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date)))
  or subject_id = (select nullif(current_setting('hub.subject', true), '')::uuid)
  or id = any((select string_to_array(nullif(current_setting('hub.answer', true), ''), ',')::uuid[])::uuid[]));
create policy list_entry__service_hall__select on list_entry for select to hub_service_hall using (
  (subject_kind <> 'NATURAL_PERSON' and (state = 'LISTED' and listed_on <= (select nullif(current_setting('hub.today', true), '')::date) and coalesce(ends_on, 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date)))
  or (select nullif(current_setting('hub.verb', true), '') in ('checkCredit', 'checkCredits'))
  or id = any((select string_to_array(nullif(current_setting('hub.answer', true), ''), ',')::uuid[])::uuid[])
  or ((state not in ('REPAIRED', 'EXPIRED', 'REVOKED') and (state not in ('LISTED', 'SUSPENDED') or coalesce(ends_on, 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date))) and entry_found(id))
  or ((state = 'LISTED' and listed_on <= (select nullif(current_setting('hub.today', true), '')::date) and coalesce(ends_on, 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date)) and (subject_id = (select (consent_stated()).subject_id) and consent_opens('AUTHORISED', null))));
create policy list_entry__department__select on list_entry for select to hub_department, hub_court using (
  (subject_kind <> 'NATURAL_PERSON' and (state = 'LISTED' and listed_on <= (select nullif(current_setting('hub.today', true), '')::date) and coalesce(ends_on, 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date)))
  or ((state not in ('REPAIRED', 'EXPIRED', 'REVOKED') and (state not in ('LISTED', 'SUSPENDED') or coalesce(ends_on, 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date))) and department_id = (select nullif(current_setting('hub.department', true), '')::uuid))
  or ((select nullif(current_setting('hub.purpose', true), '') is not null) and subject_kind <> 'NATURAL_PERSON' and (state = 'LISTED' and listed_on <= (select nullif(current_setting('hub.today', true), '')::date) and coalesce(ends_on, 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date)) and true)
  or (select nullif(current_setting('hub.verb', true), '') in ('checkCredit', 'checkCredits', 'submitRecords', 'proposeListing', 'notifyListing', 'confirmListing', 'withdrawListing', 'revokeListing', 'revokeRecord'))
  or id = any((select string_to_array(nullif(current_setting('hub.answer', true), ''), ',')::uuid[])::uuid[])
  or ((state not in ('REPAIRED', 'EXPIRED', 'REVOKED') and (state not in ('LISTED', 'SUSPENDED') or coalesce(ends_on, 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date))) and entry_found(id)));
create policy list_entry__credit_office__select on list_entry for select to hub_credit_office using (
  ((select nullif(current_setting('hub.purpose', true), '') is not null) and (state not in ('REPAIRED', 'EXPIRED', 'REVOKED') and (state not in ('LISTED', 'SUSPENDED') or coalesce(ends_on, 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date))))
  or (select nullif(current_setting('hub.verb', true), '') in ('checkCredit', 'checkCredits', 'splitSubject', 'confirmMerge', 'undoMerge'))
  or id = any((select string_to_array(nullif(current_setting('hub.answer', true), ''), ',')::uuid[])::uuid[])
  or ((state not in ('REPAIRED', 'EXPIRED', 'REVOKED') and (state not in ('LISTED', 'SUSPENDED') or coalesce(ends_on, 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date))) and entry_found(id)));
create policy list_entry__association__select on list_entry for select to hub_association, hub_agency using (
  (subject_kind <> 'NATURAL_PERSON' and (state = 'LISTED' and listed_on <= (select nullif(current_setting('hub.today', true), '')::date) and coalesce(ends_on, 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date)))
  or id = any((select string_to_array(nullif(current_setting('hub.answer', true), ''), ',')::uuid[])::uuid[])
  or ((state = 'LISTED' and listed_on <= (select nullif(current_setting('hub.today', true), '')::date) and coalesce(ends_on, 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date)) and (subject_id = (select (consent_stated()).subject_id) and consent_opens('AUTHORISED', null))));
create policy list_entry__government_office__select on list_entry for select to hub_government_office using (
  (subject_kind <> 'NATURAL_PERSON' and (state = 'LISTED' and listed_on <= (select nullif(current_setting('hub.today', true), '')::date) and coalesce(ends_on, 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date)))
  or ((select nullif(current_setting('hub.purpose', true), '') is not null) and (state not in ('REPAIRED', 'EXPIRED', 'REVOKED') and (state not in ('LISTED', 'SUSPENDED') or coalesce(ends_on, 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date))) and subject_kind = 'GOVERNMENT_BODY'));
create policy list_entry__analyst__select on list_entry for select to hub_analyst using (
  ((select nullif(current_setting('hub.purpose', true), '') in ('STATISTICS')) and subject_kind <> 'NATURAL_PERSON' and (state not in ('REPAIRED', 'EXPIRED', 'REVOKED') and (state not in ('LISTED', 'SUSPENDED') or coalesce(ends_on, 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date)))));
create policy list_entry__exchange__select on list_entry for select to hub_exchange using (
  (select nullif(current_setting('hub.verb', true), '') in ('submitRecords'))
  or id = any((select string_to_array(nullif(current_setting('hub.answer', true), ''), ',')::uuid[])::uuid[]));
create policy list_entry__auditor__select on list_entry for select to hub_auditor using (
  ((select nullif(current_setting('hub.purpose', true), '') in ('AUDIT')) and (select nullif(current_setting('hub.case', true), '') is not null))
  or (select nullif(current_setting('hub.verb', true), '') in ('runPatrol'))
  or id = any((select string_to_array(nullif(current_setting('hub.answer', true), ''), ',')::uuid[])::uuid[]));
grant select (id, list_id, subject_id, subject_kind, department_id, state, proposed_on, listed_on, ends_on, removed_on, entered_on, reason, document_no, disputed, personal_text) on list_entry to hub_public, hub_subject, hub_association, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst, hub_agency;
grant select on list_entry to hub_service_hall, hub_department, hub_credit_office, hub_court, hub_exchange, hub_auditor;
grant select (id, list_id, subject_id, subject_kind, department_id, state, proposed_on, listed_on, ends_on, removed_on, entered_on) on list_entry to hub_system_admin, hub_security_admin;
create policy list_entry__department__insert on list_entry for insert to hub_department, hub_court with check (
  (select nullif(current_setting('hub.verb', true), '') in ('submitRecords'))
  or ((select nullif(current_setting('hub.verb', true), '') in ('proposeListing')) and exists (select 1 from credit_list l where l.id = list_entry.list_id and l.function = any(string_to_array((select nullif(current_setting('hub.functions', true), '')), ',')))));
create policy list_entry__exchange__insert on list_entry for insert to hub_exchange with check (
  (select nullif(current_setting('hub.verb', true), '') in ('submitRecords')));
grant insert on list_entry to hub_department, hub_court, hub_exchange;
create policy list_entry__department__update on list_entry for update to hub_department, hub_court using (
  (select nullif(current_setting('hub.verb', true), '') in ('submitRecords'))
  or ((select nullif(current_setting('hub.verb', true), '') in ('notifyListing', 'confirmListing', 'withdrawListing', 'revokeListing')) and exists (select 1 from credit_list l where l.id = list_entry.list_id and l.function = any(string_to_array((select nullif(current_setting('hub.functions', true), '')), ','))))
  or ((select nullif(current_setting('hub.verb', true), '') in ('revokeRecord')) and record_of_own(record_id)))
  with check (
  (select nullif(current_setting('hub.verb', true), '') in ('submitRecords'))
  or ((select nullif(current_setting('hub.verb', true), '') in ('notifyListing', 'confirmListing', 'withdrawListing', 'revokeListing')) and exists (select 1 from credit_list l where l.id = list_entry.list_id and l.function = any(string_to_array((select nullif(current_setting('hub.functions', true), '')), ','))))
  or ((select nullif(current_setting('hub.verb', true), '') in ('revokeRecord')) and record_of_own(record_id)));
create policy list_entry__credit_office__update on list_entry for update to hub_credit_office using (
  (select nullif(current_setting('hub.verb', true), '') in ('confirmMerge', 'undoMerge')))
  with check (
  (select nullif(current_setting('hub.verb', true), '') in ('confirmMerge', 'undoMerge')));
create policy list_entry__exchange__update on list_entry for update to hub_exchange using (
  (select nullif(current_setting('hub.verb', true), '') in ('submitRecords')))
  with check (
  (select nullif(current_setting('hub.verb', true), '') in ('submitRecords')));
grant update on list_entry to hub_department, hub_court, hub_credit_office, hub_exchange;
create policy commitment__subject__select on commitment for select to hub_subject using (
  subject_id = (select nullif(current_setting('hub.subject', true), '')::uuid)
  or (select nullif(current_setting('hub.verb', true), '') in ('makeCommitment'))
  or id = any((select string_to_array(nullif(current_setting('hub.answer', true), ''), ',')::uuid[])::uuid[]));
create policy commitment__service_hall__select on commitment for select to hub_service_hall using (
  (select nullif(current_setting('hub.verb', true), '') in ('checkCredit', 'checkCredits', 'makeCommitment'))
  or id = any((select string_to_array(nullif(current_setting('hub.answer', true), ''), ',')::uuid[])::uuid[])
  or (state <> 'REPAIRED' and commitment_found(id))
  or (state <> 'REPAIRED' and (subject_id = (select (consent_stated()).subject_id) and consent_opens('AUTHORISED', null))));
create policy commitment__department__select on commitment for select to hub_department using (
  (state <> 'REPAIRED' and department_id = (select nullif(current_setting('hub.department', true), '')::uuid))
  or ((select nullif(current_setting('hub.purpose', true), '') is not null) and subject_kind <> 'NATURAL_PERSON' and state <> 'REPAIRED' and true)
  or (select nullif(current_setting('hub.verb', true), '') in ('checkCredit', 'checkCredits', 'submitRecords', 'makeCommitment', 'settleCommitment'))
  or id = any((select string_to_array(nullif(current_setting('hub.answer', true), ''), ',')::uuid[])::uuid[])
  or (state <> 'REPAIRED' and commitment_found(id)));
create policy commitment__credit_office__select on commitment for select to hub_credit_office using (
  ((select nullif(current_setting('hub.purpose', true), '') is not null) and state <> 'REPAIRED')
  or (select nullif(current_setting('hub.verb', true), '') in ('checkCredit', 'checkCredits', 'splitSubject', 'confirmMerge', 'undoMerge'))
  or id = any((select string_to_array(nullif(current_setting('hub.answer', true), ''), ',')::uuid[])::uuid[])
  or (state <> 'REPAIRED' and commitment_found(id)));
create policy commitment__court__select on commitment for select to hub_court using (
  (state <> 'REPAIRED' and department_id = (select nullif(current_setting('hub.department', true), '')::uuid))
  or ((select nullif(current_setting('hub.purpose', true), '') is not null) and subject_kind <> 'NATURAL_PERSON' and state <> 'REPAIRED' and true)
  or (select nullif(current_setting('hub.verb', true), '') in ('checkCredit', 'checkCredits', 'submitRecords', 'settleCommitment'))
  or id = any((select string_to_array(nullif(current_setting('hub.answer', true), ''), ',')::uuid[])::uuid[])
  or (state <> 'REPAIRED' and commitment_found(id)));
create policy commitment__association__select on commitment for select to hub_association, hub_agency using (
  id = any((select string_to_array(nullif(current_setting('hub.answer', true), ''), ',')::uuid[])::uuid[])
  or (state <> 'REPAIRED' and (subject_id = (select (consent_stated()).subject_id) and consent_opens('AUTHORISED', null))));
create policy commitment__government_office__select on commitment for select to hub_government_office using (
  ((select nullif(current_setting('hub.purpose', true), '') is not null) and state <> 'REPAIRED' and subject_kind = 'GOVERNMENT_BODY'));
create policy commitment__analyst__select on commitment for select to hub_analyst using (
  ((select nullif(current_setting('hub.purpose', true), '') in ('STATISTICS')) and subject_kind <> 'NATURAL_PERSON' and state <> 'REPAIRED'));
create policy commitment__exchange__select on commitment for select to hub_exchange using (
  (select nullif(current_setting('hub.verb', true), '') in ('submitRecords'))
  or id = any((select string_to_array(nullif(current_setting('hub.answer', true), ''), ',')::uuid[])::uuid[]));
create policy commitment__auditor__select on commitment for select to hub_auditor using (
  ((select nullif(current_setting('hub.purpose', true), '') in ('AUDIT')) and (select nullif(current_setting('hub.case', true), '') is not null))
  or id = any((select string_to_array(nullif(current_setting('hub.answer', true), ''), ',')::uuid[])::uuid[]));
grant select (id, kind, subject_id, subject_kind, made_on, state, department_id, settled_on) on commitment to hub_public, hub_organisation_department, hub_cadre_officer, hub_system_admin, hub_security_admin;
grant select on commitment to hub_subject, hub_service_hall, hub_department, hub_credit_office, hub_court, hub_exchange;
grant select (id, kind, subject_id, subject_kind, made_on, state, department_id, settled_on, content, due_on, matter_id, personal_text) on commitment to hub_association, hub_government_office, hub_analyst, hub_agency, hub_auditor;
create policy commitment__subject__insert on commitment for insert to hub_subject, hub_service_hall, hub_department with check (
  (select nullif(current_setting('hub.verb', true), '') in ('makeCommitment')));
grant insert on commitment to hub_subject, hub_service_hall, hub_department;
create policy commitment__department__update on commitment for update to hub_department, hub_court using (
  (select nullif(current_setting('hub.verb', true), '') in ('submitRecords'))
  or ((select nullif(current_setting('hub.verb', true), '') in ('settleCommitment')) and department_id = (select nullif(current_setting('hub.department', true), '')::uuid)))
  with check (
  (select nullif(current_setting('hub.verb', true), '') in ('submitRecords'))
  or ((select nullif(current_setting('hub.verb', true), '') in ('settleCommitment')) and department_id = (select nullif(current_setting('hub.department', true), '')::uuid)));
create policy commitment__credit_office__update on commitment for update to hub_credit_office using (
  (select nullif(current_setting('hub.verb', true), '') in ('confirmMerge', 'undoMerge')))
  with check (
  (select nullif(current_setting('hub.verb', true), '') in ('confirmMerge', 'undoMerge')));
create policy commitment__exchange__update on commitment for update to hub_exchange using (
  (select nullif(current_setting('hub.verb', true), '') in ('submitRecords')))
  with check (
  (select nullif(current_setting('hub.verb', true), '') in ('submitRecords')));
grant update on commitment to hub_department, hub_court, hub_credit_office, hub_exchange;
create policy consent__subject__select on consent for select to hub_subject using (
  subject_id = (select nullif(current_setting('hub.subject', true), '')::uuid)
  or (recipient_role = (select nullif(current_setting('hub.role', true), '')) and (recipient_department_id = (select nullif(current_setting('hub.department', true), '')::uuid) or recipient_user = (select nullif(current_setting('hub.user', true), '')) or agent_id = (select nullif(current_setting('hub.subject', true), '')::uuid)))
  or (select nullif(current_setting('hub.verb', true), '') in ('withdrawConsent'))
  or id = any((select string_to_array(nullif(current_setting('hub.answer', true), ''), ',')::uuid[])::uuid[]));
create policy consent__service_hall__select on consent for select to hub_service_hall using (
  (recipient_role = (select nullif(current_setting('hub.role', true), '')) and (recipient_department_id = (select nullif(current_setting('hub.department', true), '')::uuid) or recipient_user = (select nullif(current_setting('hub.user', true), '')) or agent_id = (select nullif(current_setting('hub.subject', true), '')::uuid)))
  or (select nullif(current_setting('hub.verb', true), '') in ('withdrawConsent'))
  or id = any((select string_to_array(nullif(current_setting('hub.answer', true), ''), ',')::uuid[])::uuid[]));
create policy consent__department__select on consent for select to hub_department, hub_court, hub_exchange using (
  id = any((select string_to_array(nullif(current_setting('hub.answer', true), ''), ',')::uuid[])::uuid[]));
create policy consent__credit_office__select on consent for select to hub_credit_office using (
  (select nullif(current_setting('hub.verb', true), '') in ('splitSubject', 'confirmMerge', 'undoMerge'))
  or id = any((select string_to_array(nullif(current_setting('hub.answer', true), ''), ',')::uuid[])::uuid[]));
create policy consent__association__select on consent for select to hub_association, hub_agency using (
  (recipient_role = (select nullif(current_setting('hub.role', true), '')) and (recipient_department_id = (select nullif(current_setting('hub.department', true), '')::uuid) or recipient_user = (select nullif(current_setting('hub.user', true), '')) or agent_id = (select nullif(current_setting('hub.subject', true), '')::uuid)))
  or id = any((select string_to_array(nullif(current_setting('hub.answer', true), ''), ',')::uuid[])::uuid[]));
create policy consent__auditor__select on consent for select to hub_auditor using (
  ((select nullif(current_setting('hub.purpose', true), '') in ('AUDIT')) and (select nullif(current_setting('hub.case', true), '') is not null))
  or id = any((select string_to_array(nullif(current_setting('hub.answer', true), ''), ',')::uuid[])::uuid[]));
grant select (id, subject_id, subject_kind, granted_on) on consent to hub_public, hub_department, hub_court, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst, hub_exchange, hub_system_admin, hub_security_admin;
grant select on consent to hub_subject, hub_service_hall, hub_credit_office;
grant select (id, subject_id, subject_kind, granted_on, kind, recipient_role, recipient_department_id, recipient_user, agent_id, labels, item_ids, purpose, uses, expires_on, document_no, document_hash, department_id, withdrawn_on) on consent to hub_association, hub_agency;
grant select (id, subject_id, subject_kind, granted_on, kind, recipient_role, recipient_department_id, recipient_user, agent_id, labels, item_ids, purpose, uses, expires_on, document_no, document_hash, department_id, withdrawn_on, witness) on consent to hub_auditor;
create policy consent__subject__insert on consent for insert to hub_subject with check (
  ((select nullif(current_setting('hub.verb', true), '') in ('grantConsent')) and ((select nullif(current_setting('hub.power', true), '')) is null and (((select nullif(current_setting('hub.role', true), '')) = 'SUBJECT' and subject_id = (select nullif(current_setting('hub.subject', true), '')::uuid)) or ((select nullif(current_setting('hub.role', true), '')) = 'SERVICE_HALL' and department_id = (select nullif(current_setting('hub.department', true), '')::uuid))))));
create policy consent__service_hall__insert on consent for insert to hub_service_hall with check (
  ((select nullif(current_setting('hub.verb', true), '') in ('grantConsent', 'grantPower')) and ((select nullif(current_setting('hub.power', true), '')) is null and (((select nullif(current_setting('hub.role', true), '')) = 'SUBJECT' and subject_id = (select nullif(current_setting('hub.subject', true), '')::uuid)) or ((select nullif(current_setting('hub.role', true), '')) = 'SERVICE_HALL' and department_id = (select nullif(current_setting('hub.department', true), '')::uuid))))));
grant insert on consent to hub_subject, hub_service_hall;
create policy consent__subject__update on consent for update to hub_subject, hub_service_hall using (
  ((select nullif(current_setting('hub.verb', true), '') in ('withdrawConsent')) and ((select nullif(current_setting('hub.power', true), '')) is null and (((select nullif(current_setting('hub.role', true), '')) = 'SUBJECT' and subject_id = (select nullif(current_setting('hub.subject', true), '')::uuid)) or ((select nullif(current_setting('hub.role', true), '')) = 'SERVICE_HALL' and department_id = (select nullif(current_setting('hub.department', true), '')::uuid))))))
  with check (
  ((select nullif(current_setting('hub.verb', true), '') in ('withdrawConsent')) and ((select nullif(current_setting('hub.power', true), '')) is null and (((select nullif(current_setting('hub.role', true), '')) = 'SUBJECT' and subject_id = (select nullif(current_setting('hub.subject', true), '')::uuid)) or ((select nullif(current_setting('hub.role', true), '')) = 'SERVICE_HALL' and department_id = (select nullif(current_setting('hub.department', true), '')::uuid))))));
create policy consent__credit_office__update on consent for update to hub_credit_office using (
  (select nullif(current_setting('hub.verb', true), '') in ('confirmMerge', 'undoMerge')))
  with check (
  (select nullif(current_setting('hub.verb', true), '') in ('confirmMerge', 'undoMerge')));
grant update on consent to hub_subject, hub_service_hall, hub_credit_office;
create policy collection_agreement__subject__select on collection_agreement for select to hub_subject, hub_service_hall, hub_department, hub_court, hub_exchange using (
  id = any((select string_to_array(nullif(current_setting('hub.answer', true), ''), ',')::uuid[])::uuid[]));
create policy collection_agreement__credit_office__select on collection_agreement for select to hub_credit_office using (true);
create policy collection_agreement__association__select on collection_agreement for select to hub_association, hub_agency using (
  body_id = (select nullif(current_setting('hub.subject', true), '')::uuid)
  or id = any((select string_to_array(nullif(current_setting('hub.answer', true), ''), ',')::uuid[])::uuid[]));
create policy collection_agreement__auditor__select on collection_agreement for select to hub_auditor using (
  ((select nullif(current_setting('hub.purpose', true), '') in ('AUDIT')) and (select nullif(current_setting('hub.case', true), '') is not null))
  or id = any((select string_to_array(nullif(current_setting('hub.answer', true), ''), ',')::uuid[])::uuid[]));
grant select (id, body_id, state, item_ids, valid_from, valid_to, proposed_on) on collection_agreement to hub_public, hub_subject, hub_service_hall, hub_department, hub_court, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst, hub_exchange, hub_system_admin, hub_security_admin;
grant select on collection_agreement to hub_credit_office;
grant select (id, body_id, state, item_ids, valid_from, valid_to, proposed_on, document_no, document_hash, body_role, items, readers, after_end, department_id, confirmed_on, ended_on, end_reason, end_document_no) on collection_agreement to hub_association, hub_agency, hub_auditor;
create policy collection_agreement__credit_office__insert on collection_agreement for insert to hub_credit_office with check (
  (select nullif(current_setting('hub.verb', true), '') in ('proposeAgreement')));
grant insert on collection_agreement to hub_credit_office;
create policy collection_agreement__credit_office__update on collection_agreement for update to hub_credit_office using (
  (select nullif(current_setting('hub.verb', true), '') in ('confirmAgreement', 'endAgreement', 'confirmMerge', 'undoMerge')))
  with check (
  (select nullif(current_setting('hub.verb', true), '') in ('confirmAgreement', 'endAgreement', 'confirmMerge', 'undoMerge')));
grant update on collection_agreement to hub_credit_office;
create policy market_record__subject__select on market_record for select to hub_subject using (
  subject_id = (select nullif(current_setting('hub.subject', true), '')::uuid));
create policy market_record__service_hall__select on market_record for select to hub_service_hall using (
  ((select nullif(current_setting('hub.purpose', true), '') is not null) and (state = 'ACTIVE' and coalesce(expires_on, 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date)) and agreement_id = any((select market_told())::uuid[]))
  or ((state = 'ACTIVE' and coalesce(expires_on, 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date)) and (subject_id = (select (consent_stated()).subject_id) and consent_opens('AUTHORISED', null))));
create policy market_record__department__select on market_record for select to hub_department, hub_court using (
  ((select nullif(current_setting('hub.purpose', true), '') is not null) and (state = 'ACTIVE' and coalesce(expires_on, 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date)) and agreement_id = any((select market_told())::uuid[])));
create policy market_record__credit_office__select on market_record for select to hub_credit_office using (
  ((select nullif(current_setting('hub.purpose', true), '') is not null) and (state = 'ACTIVE' and coalesce(expires_on, 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date)) and agreement_id = any((select market_told())::uuid[]))
  or (select nullif(current_setting('hub.verb', true), '') in ('splitSubject', 'endAgreement', 'confirmMerge', 'undoMerge')));
create policy market_record__association__select on market_record for select to hub_association, hub_agency using (
  ((state = 'ACTIVE' and coalesce(expires_on, 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date)) and body_id = (select nullif(current_setting('hub.subject', true), '')::uuid))
  or (select nullif(current_setting('hub.verb', true), '') in ('submitRecords'))
  or ((state = 'ACTIVE' and coalesce(expires_on, 'infinity') >= (select nullif(current_setting('hub.today', true), '')::date)) and (subject_id = (select (consent_stated()).subject_id) and consent_opens('AUTHORISED', null))));
create policy market_record__auditor__select on market_record for select to hub_auditor using (
  ((select nullif(current_setting('hub.purpose', true), '') in ('AUDIT')) and (select nullif(current_setting('hub.case', true), '') is not null)));
grant select (id, item_id, subject_id, subject_kind, decided_on) on market_record to hub_public, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst, hub_exchange, hub_system_admin, hub_security_admin;
grant select (id, item_id, subject_id, subject_kind, decided_on, body_id, agreement_id, agreement_no, document_no, expires_on, received_on, state, values) on market_record to hub_subject, hub_service_hall, hub_department, hub_court, hub_auditor;
grant select on market_record to hub_credit_office, hub_association, hub_agency;
create policy market_record__association__insert on market_record for insert to hub_association, hub_agency with check (
  ((select nullif(current_setting('hub.verb', true), '') in ('submitRecords')) and body_id = (select nullif(current_setting('hub.subject', true), '')::uuid)));
grant insert on market_record to hub_association, hub_agency;
create policy market_record__credit_office__update on market_record for update to hub_credit_office using (
  (select nullif(current_setting('hub.verb', true), '') in ('endAgreement', 'confirmMerge', 'undoMerge')))
  with check (
  (select nullif(current_setting('hub.verb', true), '') in ('endAgreement', 'confirmMerge', 'undoMerge')));
create policy market_record__association__update on market_record for update to hub_association, hub_agency using (
  ((select nullif(current_setting('hub.verb', true), '') in ('submitRecords')) and body_id = (select nullif(current_setting('hub.subject', true), '')::uuid)))
  with check (
  ((select nullif(current_setting('hub.verb', true), '') in ('submitRecords')) and body_id = (select nullif(current_setting('hub.subject', true), '')::uuid)));
grant update on market_record to hub_credit_office, hub_association, hub_agency;
create policy subject_merge__subject__select on subject_merge for select to hub_subject, hub_service_hall, hub_department, hub_court, hub_association, hub_agency, hub_exchange using (
  id = any((select string_to_array(nullif(current_setting('hub.answer', true), ''), ',')::uuid[])::uuid[]));
create policy subject_merge__credit_office__select on subject_merge for select to hub_credit_office using (
  (select nullif(current_setting('hub.purpose', true), '') is not null)
  or (select nullif(current_setting('hub.verb', true), '') in ('mergeSubjects', 'splitSubject', 'confirmMerge', 'undoMerge'))
  or id = any((select string_to_array(nullif(current_setting('hub.answer', true), ''), ',')::uuid[])::uuid[]));
create policy subject_merge__auditor__select on subject_merge for select to hub_auditor using (
  ((select nullif(current_setting('hub.purpose', true), '') in ('AUDIT')) and (select nullif(current_setting('hub.case', true), '') is not null))
  or id = any((select string_to_array(nullif(current_setting('hub.answer', true), ''), ',')::uuid[])::uuid[]));
grant select (id, state, from_id, into_id, proposed_on) on subject_merge to hub_public, hub_subject, hub_service_hall, hub_department, hub_court, hub_association, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst, hub_agency, hub_exchange, hub_system_admin, hub_security_admin;
grant select on subject_merge to hub_credit_office;
grant select (id, state, from_id, into_id, proposed_on, kind, reason, document_no, confirmed_on, undone_on, undo_document_no, undo_reason) on subject_merge to hub_auditor;
create policy subject_merge__credit_office__insert on subject_merge for insert to hub_credit_office with check (
  (select nullif(current_setting('hub.verb', true), '') in ('mergeSubjects', 'splitSubject')));
grant insert on subject_merge to hub_credit_office;
create policy subject_merge__credit_office__update on subject_merge for update to hub_credit_office using (
  (select nullif(current_setting('hub.verb', true), '') in ('confirmMerge', 'undoMerge')))
  with check (
  (select nullif(current_setting('hub.verb', true), '') in ('confirmMerge', 'undoMerge')));
grant update on subject_merge to hub_credit_office;
create policy subject_merge_row__credit_office__select on subject_merge_row for select to hub_credit_office using (
  (select nullif(current_setting('hub.purpose', true), '') is not null)
  or (select nullif(current_setting('hub.verb', true), '') in ('splitSubject', 'confirmMerge', 'undoMerge')));
create policy subject_merge_row__auditor__select on subject_merge_row for select to hub_auditor using (
  ((select nullif(current_setting('hub.purpose', true), '') in ('AUDIT')) and (select nullif(current_setting('hub.case', true), '') is not null)));
grant select (merge_id) on subject_merge_row to hub_public, hub_subject, hub_service_hall, hub_department, hub_court, hub_association, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst, hub_agency, hub_exchange, hub_system_admin, hub_security_admin;
grant select on subject_merge_row to hub_credit_office;
grant select (merge_id, before) on subject_merge_row to hub_auditor;
create policy subject_merge_row__credit_office__insert on subject_merge_row for insert to hub_credit_office with check (
  (select nullif(current_setting('hub.verb', true), '') in ('splitSubject', 'confirmMerge', 'undoMerge')));
grant insert on subject_merge_row to hub_credit_office;
create policy subject_merge_row__credit_office__update on subject_merge_row for update to hub_credit_office using (
  (select nullif(current_setting('hub.verb', true), '') in ('confirmMerge', 'undoMerge')))
  with check (
  (select nullif(current_setting('hub.verb', true), '') in ('confirmMerge', 'undoMerge')));
grant update on subject_merge_row to hub_credit_office;
create policy credit_check__subject__select on credit_check for select to hub_subject using (
  id = any((select string_to_array(nullif(current_setting('hub.answer', true), ''), ',')::uuid[])::uuid[])
  or (subject_id = (select nullif(current_setting('hub.subject', true), '')::uuid) and (case_no is null or department_id is null or not case_sealed(department_id, case_no))));
create policy credit_check__service_hall__select on credit_check for select to hub_service_hall, hub_department, hub_court using (
  (checked_by = (select nullif(current_setting('hub.user', true), '')) and department_id = (select nullif(current_setting('hub.department', true), '')::uuid))
  or (select nullif(current_setting('hub.verb', true), '') in ('checkCredit', 'checkCredits'))
  or id = any((select string_to_array(nullif(current_setting('hub.answer', true), ''), ',')::uuid[])::uuid[]));
create policy credit_check__credit_office__select on credit_check for select to hub_credit_office using (
  (checked_by = (select nullif(current_setting('hub.user', true), '')) and department_id = (select nullif(current_setting('hub.department', true), '')::uuid))
  or (select nullif(current_setting('hub.verb', true), '') in ('checkCredit', 'checkCredits', 'splitSubject', 'confirmMerge', 'undoMerge'))
  or id = any((select string_to_array(nullif(current_setting('hub.answer', true), ''), ',')::uuid[])::uuid[]));
create policy credit_check__association__select on credit_check for select to hub_association, hub_agency, hub_exchange using (
  id = any((select string_to_array(nullif(current_setting('hub.answer', true), ''), ',')::uuid[])::uuid[]));
create policy credit_check__auditor__select on credit_check for select to hub_auditor using (
  ((select nullif(current_setting('hub.purpose', true), '') in ('AUDIT')) and (select nullif(current_setting('hub.case', true), '') is not null))
  or id = any((select string_to_array(nullif(current_setting('hub.answer', true), ''), ',')::uuid[])::uuid[]));
grant select (id, subject_id, checked_at) on credit_check to hub_public, hub_association, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst, hub_agency, hub_exchange, hub_system_admin, hub_security_admin;
grant select (id, subject_id, checked_at, receipt_no, verdict, matter_id, case_no, subject_found, name_matches, sources) on credit_check to hub_subject, hub_auditor;
grant select on credit_check to hub_service_hall, hub_department, hub_credit_office, hub_court;
create policy credit_check__service_hall__insert on credit_check for insert to hub_service_hall, hub_department, hub_credit_office, hub_court with check (
  ((select nullif(current_setting('hub.verb', true), '') in ('checkCredit', 'checkCredits')) and (checked_by = (select nullif(current_setting('hub.user', true), '')) and department_id = (select nullif(current_setting('hub.department', true), '')::uuid))));
grant insert on credit_check to hub_service_hall, hub_department, hub_credit_office, hub_court;
create policy credit_check__credit_office__update on credit_check for update to hub_credit_office using (
  (select nullif(current_setting('hub.verb', true), '') in ('confirmMerge', 'undoMerge')))
  with check (
  (select nullif(current_setting('hub.verb', true), '') in ('confirmMerge', 'undoMerge')));
grant update on credit_check to hub_credit_office;
create policy credit_check_finding__subject__select on credit_check_finding for select to hub_subject using (
  exists (select 1 from credit_check k where k.id = credit_check_finding.check_id));
create policy credit_check_finding__service_hall__select on credit_check_finding for select to hub_service_hall, hub_department, hub_credit_office, hub_court using (
  (select nullif(current_setting('hub.verb', true), '') in ('checkCredit', 'checkCredits'))
  or exists (select 1 from credit_check k where k.id = credit_check_finding.check_id));
create policy credit_check_finding__auditor__select on credit_check_finding for select to hub_auditor using (
  ((select nullif(current_setting('hub.purpose', true), '') in ('AUDIT')) and (select nullif(current_setting('hub.case', true), '') is not null)));
grant select (check_id, ordinal) on credit_check_finding to hub_public, hub_association, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst, hub_agency, hub_exchange, hub_system_admin, hub_security_admin;
grant select (check_id, ordinal, measure_id, effect, basis_id, list_entry_id, record_id, commitment_id) on credit_check_finding to hub_subject, hub_auditor;
grant select on credit_check_finding to hub_service_hall, hub_department, hub_credit_office, hub_court;
create policy credit_check_finding__service_hall__insert on credit_check_finding for insert to hub_service_hall, hub_department, hub_credit_office, hub_court with check (
  (select nullif(current_setting('hub.verb', true), '') in ('checkCredit', 'checkCredits')));
grant insert on credit_check_finding to hub_service_hall, hub_department, hub_credit_office, hub_court;
create policy import_batch__department__select on import_batch for select to hub_department, hub_court using (
  (department_id = (select nullif(current_setting('hub.department', true), '')::uuid) and agreement_id is null)
  or (select nullif(current_setting('hub.verb', true), '') in ('submitRecords')));
create policy import_batch__credit_office__select on import_batch for select to hub_credit_office using (
  (select nullif(current_setting('hub.purpose', true), '') is not null)
  or (select nullif(current_setting('hub.verb', true), '') in ('confirmMerge', 'undoMerge')));
create policy import_batch__association__select on import_batch for select to hub_association, hub_agency using (
  submitted_by = (select nullif(current_setting('hub.user', true), '')));
create policy import_batch__exchange__select on import_batch for select to hub_exchange using (
  (department_id = (select nullif(current_setting('hub.department', true), '')::uuid) and agreement_id is null)
  or submitted_by = (select nullif(current_setting('hub.user', true), ''))
  or (select nullif(current_setting('hub.verb', true), '') in ('submitRecords')));
create policy import_batch__auditor__select on import_batch for select to hub_auditor using (
  ((select nullif(current_setting('hub.purpose', true), '') in ('AUDIT')) and (select nullif(current_setting('hub.case', true), '') is not null))
  or (select nullif(current_setting('hub.verb', true), '') in ('runPatrol')));
grant select (id, created_at) on import_batch to hub_public, hub_subject, hub_service_hall, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst, hub_system_admin, hub_security_admin;
grant select on import_batch to hub_department, hub_credit_office, hub_court, hub_association, hub_agency, hub_exchange, hub_auditor;
create policy import_batch__department__insert on import_batch for insert to hub_department, hub_court, hub_exchange with check (
  ((select nullif(current_setting('hub.verb', true), '') in ('submitRecords')) and (department_id = (select nullif(current_setting('hub.department', true), '')::uuid) and agreement_id is null)));
create policy import_batch__association__insert on import_batch for insert to hub_association, hub_agency with check (
  ((select nullif(current_setting('hub.verb', true), '') in ('submitRecords')) and (submitted_by = (select nullif(current_setting('hub.user', true), '')) and agreement_id is not null)));
grant insert on import_batch to hub_department, hub_court, hub_exchange, hub_association, hub_agency;
create policy import_batch__department__update on import_batch for update to hub_department, hub_court, hub_exchange using (
  ((select nullif(current_setting('hub.verb', true), '') in ('submitRecords')) and (department_id = (select nullif(current_setting('hub.department', true), '')::uuid) and agreement_id is null)))
  with check (
  ((select nullif(current_setting('hub.verb', true), '') in ('submitRecords')) and (department_id = (select nullif(current_setting('hub.department', true), '')::uuid) and agreement_id is null)));
create policy import_batch__association__update on import_batch for update to hub_association, hub_agency using (
  ((select nullif(current_setting('hub.verb', true), '') in ('submitRecords')) and (submitted_by = (select nullif(current_setting('hub.user', true), '')) and agreement_id is not null)))
  with check (
  ((select nullif(current_setting('hub.verb', true), '') in ('submitRecords')) and (submitted_by = (select nullif(current_setting('hub.user', true), '')) and agreement_id is not null)));
grant update on import_batch to hub_department, hub_court, hub_exchange, hub_association, hub_agency;
create policy import_row__department__select on import_row for select to hub_department, hub_court using (
  (select nullif(current_setting('hub.verb', true), '') in ('submitRecords'))
  or exists (select 1 from import_batch b where b.id = import_row.batch_id));
create policy import_row__credit_office__select on import_row for select to hub_credit_office using (
  (select nullif(current_setting('hub.purpose', true), '') is not null)
  or (select nullif(current_setting('hub.verb', true), '') in ('confirmMerge', 'undoMerge')));
create policy import_row__association__select on import_row for select to hub_association, hub_agency using (
  exists (select 1 from import_batch b where b.id = import_row.batch_id));
create policy import_row__exchange__select on import_row for select to hub_exchange using (
  (select nullif(current_setting('hub.verb', true), '') in ('submitRecords'))
  or exists (select 1 from import_batch b where b.id = import_row.batch_id)
  or exists (select 1 from import_batch b where b.id = import_row.batch_id));
create policy import_row__auditor__select on import_row for select to hub_auditor using (
  ((select nullif(current_setting('hub.purpose', true), '') in ('AUDIT')) and (select nullif(current_setting('hub.case', true), '') is not null)));
grant select (batch_id, row_no) on import_row to hub_public, hub_subject, hub_service_hall, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst, hub_system_admin, hub_security_admin;
grant select on import_row to hub_department, hub_credit_office, hub_court, hub_association, hub_agency, hub_exchange;
grant select (batch_id, row_no, values, issues, rejected, outcome, class) on import_row to hub_auditor;
create policy import_row__department__insert on import_row for insert to hub_department, hub_court, hub_association, hub_agency, hub_exchange with check (
  (select nullif(current_setting('hub.verb', true), '') in ('submitRecords')));
grant insert on import_row to hub_department, hub_court, hub_association, hub_agency, hub_exchange;
create policy review_item__department__select on review_item for select to hub_department, hub_court using (
  department_id = (select nullif(current_setting('hub.department', true), '')::uuid)
  or (select nullif(current_setting('hub.verb', true), '') in ('submitRecords', 'decideReview')));
create policy review_item__credit_office__select on review_item for select to hub_credit_office using (
  (select nullif(current_setting('hub.purpose', true), '') is not null));
create policy review_item__exchange__select on review_item for select to hub_exchange using (
  department_id = (select nullif(current_setting('hub.department', true), '')::uuid)
  or (select nullif(current_setting('hub.verb', true), '') in ('submitRecords')));
create policy review_item__auditor__select on review_item for select to hub_auditor using (
  ((select nullif(current_setting('hub.purpose', true), '') in ('AUDIT')) and (select nullif(current_setting('hub.case', true), '') is not null)));
grant select (id) on review_item to hub_public, hub_subject, hub_service_hall, hub_association, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst, hub_agency, hub_system_admin, hub_security_admin;
grant select on review_item to hub_department, hub_court, hub_exchange;
grant select (id, kind, record_id, batch_id, row_no, department_id, opened_at, closed_at, outcome, severity, reason, document_no) on review_item to hub_credit_office, hub_auditor;
create policy review_item__department__insert on review_item for insert to hub_department, hub_court, hub_exchange with check (
  ((select nullif(current_setting('hub.verb', true), '') in ('submitRecords')) and department_id = (select nullif(current_setting('hub.department', true), '')::uuid)));
grant insert on review_item to hub_department, hub_court, hub_exchange;
create policy review_item__department__update on review_item for update to hub_department, hub_court using (
  ((select nullif(current_setting('hub.verb', true), '') in ('submitRecords', 'decideReview')) and department_id = (select nullif(current_setting('hub.department', true), '')::uuid)))
  with check (
  ((select nullif(current_setting('hub.verb', true), '') in ('submitRecords', 'decideReview')) and department_id = (select nullif(current_setting('hub.department', true), '')::uuid)));
create policy review_item__exchange__update on review_item for update to hub_exchange using (
  ((select nullif(current_setting('hub.verb', true), '') in ('submitRecords')) and department_id = (select nullif(current_setting('hub.department', true), '')::uuid)))
  with check (
  ((select nullif(current_setting('hub.verb', true), '') in ('submitRecords')) and department_id = (select nullif(current_setting('hub.department', true), '')::uuid)));
grant update on review_item to hub_department, hub_court, hub_exchange;
create policy patrol_run__credit_office__select on patrol_run for select to hub_credit_office using (
  (select nullif(current_setting('hub.purpose', true), '') is not null));
create policy patrol_run__auditor__select on patrol_run for select to hub_auditor using (
  (select nullif(current_setting('hub.purpose', true), '') in ('AUDIT'))
  or (select nullif(current_setting('hub.verb', true), '') in ('runPatrol')));
grant select (id) on patrol_run to hub_public, hub_subject, hub_service_hall, hub_department, hub_credit_office, hub_court, hub_association, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst, hub_agency, hub_exchange, hub_system_admin, hub_security_admin;
grant select on patrol_run to hub_auditor;
create policy patrol_run__auditor__insert on patrol_run for insert to hub_auditor with check (
  (select nullif(current_setting('hub.verb', true), '') in ('runPatrol')));
grant insert on patrol_run to hub_auditor;
create policy patrol_finding__subject__select on patrol_finding for select to hub_subject, hub_association, hub_agency, hub_exchange using (
  id = any((select string_to_array(nullif(current_setting('hub.answer', true), ''), ',')::uuid[])::uuid[]));
create policy patrol_finding__service_hall__select on patrol_finding for select to hub_service_hall, hub_department, hub_court using (
  department_id = (select nullif(current_setting('hub.department', true), '')::uuid)
  or id = any((select string_to_array(nullif(current_setting('hub.answer', true), ''), ',')::uuid[])::uuid[]));
create policy patrol_finding__credit_office__select on patrol_finding for select to hub_credit_office using (
  (select nullif(current_setting('hub.purpose', true), '') is not null)
  or (select nullif(current_setting('hub.verb', true), '') in ('openInspection'))
  or id = any((select string_to_array(nullif(current_setting('hub.answer', true), ''), ',')::uuid[])::uuid[]));
create policy patrol_finding__auditor__select on patrol_finding for select to hub_auditor using (
  (select nullif(current_setting('hub.purpose', true), '') in ('AUDIT'))
  or (select nullif(current_setting('hub.verb', true), '') in ('runPatrol', 'assignFinding', 'closeFinding', 'openInspection'))
  or id = any((select string_to_array(nullif(current_setting('hub.answer', true), ''), ',')::uuid[])::uuid[]));
grant select (id, department_id, found_on, state) on patrol_finding to hub_public, hub_subject, hub_association, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst, hub_agency, hub_exchange, hub_system_admin, hub_security_admin;
grant select on patrol_finding to hub_service_hall, hub_department, hub_credit_office, hub_court, hub_auditor;
create policy patrol_finding__auditor__insert on patrol_finding for insert to hub_auditor with check (
  (select nullif(current_setting('hub.verb', true), '') in ('runPatrol')));
grant insert on patrol_finding to hub_auditor;
create policy patrol_finding__service_hall__update on patrol_finding for update to hub_service_hall, hub_department, hub_court using (
  ((select nullif(current_setting('hub.verb', true), '') in ('answerFinding')) and department_id = (select nullif(current_setting('hub.department', true), '')::uuid)))
  with check (
  ((select nullif(current_setting('hub.verb', true), '') in ('answerFinding')) and department_id = (select nullif(current_setting('hub.department', true), '')::uuid)));
create policy patrol_finding__auditor__update on patrol_finding for update to hub_auditor using (
  (select nullif(current_setting('hub.verb', true), '') in ('runPatrol', 'assignFinding', 'closeFinding')))
  with check (
  (select nullif(current_setting('hub.verb', true), '') in ('runPatrol', 'assignFinding', 'closeFinding')));
grant update on patrol_finding to hub_service_hall, hub_department, hub_court, hub_auditor;
create policy patrol_finding_fact__credit_office__select on patrol_finding_fact for select to hub_credit_office using (
  (select nullif(current_setting('hub.purpose', true), '') is not null));
create policy patrol_finding_fact__auditor__select on patrol_finding_fact for select to hub_auditor using (
  (select nullif(current_setting('hub.purpose', true), '') in ('AUDIT'))
  or (select nullif(current_setting('hub.verb', true), '') in ('runPatrol')));
grant select (finding_id) on patrol_finding_fact to hub_public, hub_subject, hub_service_hall, hub_department, hub_credit_office, hub_court, hub_association, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst, hub_agency, hub_exchange, hub_system_admin, hub_security_admin;
grant select on patrol_finding_fact to hub_auditor;
create policy patrol_finding_fact__auditor__insert on patrol_finding_fact for insert to hub_auditor with check (
  (select nullif(current_setting('hub.verb', true), '') in ('runPatrol')));
grant insert on patrol_finding_fact to hub_auditor;
create policy patrol_step__service_hall__select on patrol_step for select to hub_service_hall, hub_department, hub_court using (
  exists (select 1 from patrol_finding f where f.id = finding_id and f.department_id = (select nullif(current_setting('hub.department', true), '')::uuid)));
create policy patrol_step__credit_office__select on patrol_step for select to hub_credit_office using (
  (select nullif(current_setting('hub.purpose', true), '') is not null));
create policy patrol_step__auditor__select on patrol_step for select to hub_auditor using (
  (select nullif(current_setting('hub.purpose', true), '') in ('AUDIT'))
  or (select nullif(current_setting('hub.verb', true), '') in ('runPatrol', 'assignFinding', 'closeFinding')));
grant select (id, finding_id, at) on patrol_step to hub_public, hub_subject, hub_association, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst, hub_agency, hub_exchange, hub_system_admin, hub_security_admin;
grant select on patrol_step to hub_service_hall, hub_department, hub_court, hub_auditor;
grant select (id, finding_id, at, action, state, note, department_id) on patrol_step to hub_credit_office;
create policy patrol_step__service_hall__insert on patrol_step for insert to hub_service_hall, hub_department, hub_court with check (
  ((select nullif(current_setting('hub.verb', true), '') in ('answerFinding')) and exists (select 1 from patrol_finding f where f.id = finding_id and f.department_id = (select nullif(current_setting('hub.department', true), '')::uuid))));
create policy patrol_step__auditor__insert on patrol_step for insert to hub_auditor with check (
  (select nullif(current_setting('hub.verb', true), '') in ('runPatrol', 'assignFinding', 'closeFinding')));
grant insert on patrol_step to hub_service_hall, hub_department, hub_court, hub_auditor;
create policy inspection__subject__select on inspection for select to hub_subject, hub_association, hub_agency, hub_exchange using (
  id = any((select string_to_array(nullif(current_setting('hub.answer', true), ''), ',')::uuid[])::uuid[]));
create policy inspection__service_hall__select on inspection for select to hub_service_hall, hub_department, hub_court using (
  (select nullif(current_setting('hub.department', true), '')::uuid) = any(department_ids)
  or id = any((select string_to_array(nullif(current_setting('hub.answer', true), ''), ',')::uuid[])::uuid[]));
create policy inspection__credit_office__select on inspection for select to hub_credit_office using (
  (select nullif(current_setting('hub.purpose', true), '') is not null)
  or (select nullif(current_setting('hub.verb', true), '') in ('openInspection', 'recordInspection', 'acceptRectification', 'closeInspection'))
  or id = any((select string_to_array(nullif(current_setting('hub.answer', true), ''), ',')::uuid[])::uuid[]));
create policy inspection__auditor__select on inspection for select to hub_auditor using (
  (select nullif(current_setting('hub.purpose', true), '') in ('AUDIT'))
  or (select nullif(current_setting('hub.verb', true), '') in ('openInspection', 'recordInspection', 'acceptRectification', 'closeInspection'))
  or id = any((select string_to_array(nullif(current_setting('hub.answer', true), ''), ',')::uuid[])::uuid[]));
grant select (id, opened_on) on inspection to hub_public, hub_subject, hub_association, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst, hub_agency, hub_exchange, hub_system_admin, hub_security_admin;
grant select (id, opened_on, kind, title, document_no, from_on, to_on, source, department_ids, rules, item_ids, sample_size, state, closed_on, conclusion, seed, frame_size, frame_hash) on inspection to hub_service_hall, hub_department, hub_court;
grant select on inspection to hub_credit_office, hub_auditor;
create policy inspection__credit_office__insert on inspection for insert to hub_credit_office, hub_auditor with check (
  (select nullif(current_setting('hub.verb', true), '') in ('openInspection')));
grant insert on inspection to hub_credit_office, hub_auditor;
create policy inspection__credit_office__update on inspection for update to hub_credit_office, hub_auditor using (
  (select nullif(current_setting('hub.verb', true), '') in ('closeInspection')))
  with check (
  (select nullif(current_setting('hub.verb', true), '') in ('closeInspection')));
grant update on inspection to hub_credit_office, hub_auditor;
create policy inspection_item__subject__select on inspection_item for select to hub_subject, hub_association, hub_agency, hub_exchange using (
  id = any((select string_to_array(nullif(current_setting('hub.answer', true), ''), ',')::uuid[])::uuid[]));
create policy inspection_item__service_hall__select on inspection_item for select to hub_service_hall, hub_department, hub_court using (
  department_id = (select nullif(current_setting('hub.department', true), '')::uuid)
  or id = any((select string_to_array(nullif(current_setting('hub.answer', true), ''), ',')::uuid[])::uuid[]));
create policy inspection_item__credit_office__select on inspection_item for select to hub_credit_office using (
  (select nullif(current_setting('hub.purpose', true), '') is not null)
  or (select nullif(current_setting('hub.verb', true), '') in ('openInspection', 'recordInspection', 'acceptRectification', 'closeInspection'))
  or id = any((select string_to_array(nullif(current_setting('hub.answer', true), ''), ',')::uuid[])::uuid[]));
create policy inspection_item__auditor__select on inspection_item for select to hub_auditor using (
  (select nullif(current_setting('hub.purpose', true), '') in ('AUDIT'))
  or (select nullif(current_setting('hub.verb', true), '') in ('openInspection', 'recordInspection', 'acceptRectification', 'closeInspection'))
  or id = any((select string_to_array(nullif(current_setting('hub.answer', true), ''), ',')::uuid[])::uuid[]));
grant select (id, inspection_id, ordinal) on inspection_item to hub_public, hub_subject, hub_association, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst, hub_agency, hub_exchange, hub_system_admin, hub_security_admin;
grant select on inspection_item to hub_service_hall, hub_department, hub_credit_office, hub_court, hub_auditor;
create policy inspection_item__credit_office__insert on inspection_item for insert to hub_credit_office, hub_auditor with check (
  (select nullif(current_setting('hub.verb', true), '') in ('openInspection')));
grant insert on inspection_item to hub_credit_office, hub_auditor;
create policy inspection_item__service_hall__update on inspection_item for update to hub_service_hall, hub_department, hub_court using (
  ((select nullif(current_setting('hub.verb', true), '') in ('reportRectification')) and department_id = (select nullif(current_setting('hub.department', true), '')::uuid)))
  with check (
  ((select nullif(current_setting('hub.verb', true), '') in ('reportRectification')) and department_id = (select nullif(current_setting('hub.department', true), '')::uuid)));
create policy inspection_item__credit_office__update on inspection_item for update to hub_credit_office, hub_auditor using (
  (select nullif(current_setting('hub.verb', true), '') in ('recordInspection', 'acceptRectification')))
  with check (
  (select nullif(current_setting('hub.verb', true), '') in ('recordInspection', 'acceptRectification')));
grant update on inspection_item to hub_service_hall, hub_department, hub_court, hub_credit_office, hub_auditor;
create policy exchange_message__exchange__select on exchange_message for select to hub_exchange using (
  (select nullif(current_setting('hub.verb', true), '') in ('receiveExchange'))
  or ((partner is null or partner = (select nullif(current_setting('hub.user', true), ''))) and (exchange_message.scope = 'CASE' or exists (select 1 from exchange_agreement a where a.partner = (select nullif(current_setting('hub.user', true), '')) and (exchange_message.scope = any(a.scopes) or split_part(exchange_message.scope, '/', 1) || '/*' = any(a.scopes)) and exchange_message.label = any(a.labels) and (exchange_message.subject_kind <> 'NATURAL_PERSON' or 'PERSONAL' = any(a.labels))))));
grant select (seq, id) on exchange_message to hub_public, hub_subject, hub_service_hall, hub_department, hub_credit_office, hub_court, hub_association, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst, hub_agency, hub_system_admin, hub_security_admin, hub_auditor;
grant select on exchange_message to hub_exchange;
create policy exchange_case__department__select on exchange_case for select to hub_department, hub_court using (
  department_id = (select nullif(current_setting('hub.department', true), '')::uuid)
  or (select nullif(current_setting('hub.verb', true), '') in ('answerExchangeCase', 'resubmitExchangeCase')));
create policy exchange_case__credit_office__select on exchange_case for select to hub_credit_office using (
  (select nullif(current_setting('hub.purpose', true), '') is not null));
create policy exchange_case__exchange__select on exchange_case for select to hub_exchange using (
  (select nullif(current_setting('hub.verb', true), '') in ('deliverExchange', 'receiveExchange')));
create policy exchange_case__auditor__select on exchange_case for select to hub_auditor using (
  ((select nullif(current_setting('hub.purpose', true), '') in ('AUDIT')) and (select nullif(current_setting('hub.case', true), '') is not null)));
grant select (id, subject_kind, opened_at) on exchange_case to hub_public, hub_subject, hub_service_hall, hub_association, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst, hub_agency, hub_system_admin, hub_security_admin;
grant select on exchange_case to hub_department, hub_court, hub_exchange;
grant select (id, subject_kind, opened_at, kind, state, partner, department_id, subject_id, scope, document_no, reason, opened_on, answer, closed_on) on exchange_case to hub_credit_office, hub_auditor;
create policy exchange_case__exchange__insert on exchange_case for insert to hub_exchange with check (
  (select nullif(current_setting('hub.verb', true), '') in ('deliverExchange', 'receiveExchange')));
grant insert on exchange_case to hub_exchange;
create policy exchange_case__department__update on exchange_case for update to hub_department, hub_court using (
  ((select nullif(current_setting('hub.verb', true), '') in ('answerExchangeCase', 'resubmitExchangeCase')) and department_id = (select nullif(current_setting('hub.department', true), '')::uuid)))
  with check (
  ((select nullif(current_setting('hub.verb', true), '') in ('answerExchangeCase', 'resubmitExchangeCase')) and department_id = (select nullif(current_setting('hub.department', true), '')::uuid)));
create policy exchange_case__exchange__update on exchange_case for update to hub_exchange using (
  (select nullif(current_setting('hub.verb', true), '') in ('deliverExchange')))
  with check (
  (select nullif(current_setting('hub.verb', true), '') in ('deliverExchange')));
grant update on exchange_case to hub_department, hub_court, hub_exchange;
create policy exchange_partner__credit_office__select on exchange_partner for select to hub_credit_office using (true);
create policy exchange_partner__exchange__select on exchange_partner for select to hub_exchange using (
  (select nullif(current_setting('hub.verb', true), '') in ('deliverExchange')));
grant select (partner) on exchange_partner to hub_public, hub_subject, hub_service_hall, hub_department, hub_court, hub_association, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst, hub_agency, hub_system_admin, hub_security_admin, hub_auditor;
grant select (partner, queued_to, failures, next_at, last_error, delivered_at) on exchange_partner to hub_credit_office;
grant select on exchange_partner to hub_exchange;
create policy exchange_partner__exchange__insert on exchange_partner for insert to hub_exchange with check (
  (select nullif(current_setting('hub.verb', true), '') in ('deliverExchange')));
grant insert on exchange_partner to hub_exchange;
create policy exchange_partner__exchange__update on exchange_partner for update to hub_exchange using (
  (select nullif(current_setting('hub.verb', true), '') in ('deliverExchange')))
  with check (
  (select nullif(current_setting('hub.verb', true), '') in ('deliverExchange')));
grant update on exchange_partner to hub_exchange;
create policy exchange_delivery__credit_office__select on exchange_delivery for select to hub_credit_office using (true);
create policy exchange_delivery__exchange__select on exchange_delivery for select to hub_exchange using (
  (select nullif(current_setting('hub.verb', true), '') in ('deliverExchange', 'receiveExchange')));
grant select (partner, seq) on exchange_delivery to hub_public, hub_subject, hub_service_hall, hub_department, hub_court, hub_association, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst, hub_agency, hub_system_admin, hub_security_admin, hub_auditor;
grant select (partner, seq, state, queued_at, attempts) on exchange_delivery to hub_credit_office;
grant select on exchange_delivery to hub_exchange;
create policy exchange_delivery__exchange__insert on exchange_delivery for insert to hub_exchange with check (
  (select nullif(current_setting('hub.verb', true), '') in ('deliverExchange')));
grant insert on exchange_delivery to hub_exchange;
create policy exchange_delivery__exchange__update on exchange_delivery for update to hub_exchange using (
  (select nullif(current_setting('hub.verb', true), '') in ('deliverExchange', 'receiveExchange')))
  with check (
  (select nullif(current_setting('hub.verb', true), '') in ('deliverExchange', 'receiveExchange')));
grant update on exchange_delivery to hub_exchange;
create policy exchange_receipt__credit_office__select on exchange_receipt for select to hub_credit_office using (true);
create policy exchange_receipt__exchange__select on exchange_receipt for select to hub_exchange using (
  (select nullif(current_setting('hub.verb', true), '') in ('deliverExchange', 'receiveExchange')));
grant select (id) on exchange_receipt to hub_public, hub_subject, hub_service_hall, hub_department, hub_credit_office, hub_court, hub_association, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst, hub_agency, hub_system_admin, hub_security_admin, hub_auditor;
grant select on exchange_receipt to hub_exchange;
create policy exchange_receipt__exchange__insert on exchange_receipt for insert to hub_exchange with check (
  (select nullif(current_setting('hub.verb', true), '') in ('deliverExchange', 'receiveExchange')));
grant insert on exchange_receipt to hub_exchange;
create policy exchange_reconciliation__credit_office__select on exchange_reconciliation for select to hub_credit_office using (true);
create policy exchange_reconciliation__exchange__select on exchange_reconciliation for select to hub_exchange using (
  (select nullif(current_setting('hub.verb', true), '') in ('deliverExchange')));
grant select (partner, date) on exchange_reconciliation to hub_public, hub_subject, hub_service_hall, hub_department, hub_court, hub_association, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst, hub_agency, hub_system_admin, hub_security_admin, hub_auditor;
grant select (partner, date, run_at, lost, doubled, altered, unknown) on exchange_reconciliation to hub_credit_office;
grant select on exchange_reconciliation to hub_exchange;
create policy exchange_reconciliation__exchange__insert on exchange_reconciliation for insert to hub_exchange with check (
  (select nullif(current_setting('hub.verb', true), '') in ('deliverExchange')));
grant insert on exchange_reconciliation to hub_exchange;
create policy exchange_inbox__credit_office__select on exchange_inbox for select to hub_credit_office using (true);
create policy exchange_inbox__exchange__select on exchange_inbox for select to hub_exchange using (
  (select nullif(current_setting('hub.verb', true), '') in ('receiveExchange')));
grant select (partner) on exchange_inbox to hub_public, hub_subject, hub_service_hall, hub_department, hub_credit_office, hub_court, hub_association, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst, hub_agency, hub_system_admin, hub_security_admin, hub_auditor;
grant select on exchange_inbox to hub_exchange;
create policy exchange_inbox__exchange__insert on exchange_inbox for insert to hub_exchange with check (
  (select nullif(current_setting('hub.verb', true), '') in ('receiveExchange')));
grant insert on exchange_inbox to hub_exchange;
create policy exchange_inbox__exchange__update on exchange_inbox for update to hub_exchange using (
  (select nullif(current_setting('hub.verb', true), '') in ('receiveExchange')))
  with check (
  (select nullif(current_setting('hub.verb', true), '') in ('receiveExchange')));
grant update on exchange_inbox to hub_exchange;
create policy exchange_source__department__select on exchange_source for select to hub_department, hub_court using (
  (select nullif(current_setting('hub.verb', true), '') in ('pollExchange')));
create policy exchange_source__credit_office__select on exchange_source for select to hub_credit_office using (true);
grant select (source) on exchange_source to hub_public, hub_subject, hub_service_hall, hub_credit_office, hub_association, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst, hub_agency, hub_exchange, hub_system_admin, hub_security_admin, hub_auditor;
grant select on exchange_source to hub_department, hub_court;
create policy exchange_source__department__insert on exchange_source for insert to hub_department, hub_court with check (
  (select nullif(current_setting('hub.verb', true), '') in ('pollExchange')));
grant insert on exchange_source to hub_department, hub_court;
create policy exchange_source__department__update on exchange_source for update to hub_department, hub_court using (
  (select nullif(current_setting('hub.verb', true), '') in ('pollExchange')))
  with check (
  (select nullif(current_setting('hub.verb', true), '') in ('pollExchange')));
grant update on exchange_source to hub_department, hub_court;
create policy exchange_source_row__department__select on exchange_source_row for select to hub_department, hub_court using (
  (select nullif(current_setting('hub.verb', true), '') in ('pollExchange')));
create policy exchange_source_row__credit_office__select on exchange_source_row for select to hub_credit_office using (true);
grant select (source) on exchange_source_row to hub_public, hub_subject, hub_service_hall, hub_credit_office, hub_association, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst, hub_agency, hub_exchange, hub_system_admin, hub_security_admin, hub_auditor;
grant select on exchange_source_row to hub_department, hub_court;
create policy exchange_source_row__department__insert on exchange_source_row for insert to hub_department, hub_court with check (
  (select nullif(current_setting('hub.verb', true), '') in ('pollExchange')));
grant insert on exchange_source_row to hub_department, hub_court;
create policy exchange_source_row__department__update on exchange_source_row for update to hub_department, hub_court using (
  (select nullif(current_setting('hub.verb', true), '') in ('pollExchange')))
  with check (
  (select nullif(current_setting('hub.verb', true), '') in ('pollExchange')));
grant update on exchange_source_row to hub_department, hub_court;
create policy access_event__subject__select on access_event for select to hub_subject using (
  (subject_ids && (select subject_group(nullif(current_setting('hub.subject', true), '')::uuid)) and (case_no is null or department_id is null or not case_sealed(department_id, case_no))));
create policy access_event__auditor__select on access_event for select to hub_auditor using (
  (select nullif(current_setting('hub.purpose', true), '') in ('AUDIT'))
  or (select nullif(current_setting('hub.verb', true), '') in ('runPatrol')));
grant select (id, at) on access_event to hub_public, hub_service_hall, hub_department, hub_credit_office, hub_court, hub_association, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst, hub_agency, hub_exchange, hub_system_admin, hub_security_admin;
grant select (id, at, role, department_id, purpose, case_no, operation, subject_ids, labels, receipt_no, outcome, consent_id, on_behalf) on access_event to hub_subject;
grant select on access_event to hub_auditor;
create policy sealed_case__department__select on sealed_case for select to hub_department, hub_court using (
  department_id = (select nullif(current_setting('hub.department', true), '')::uuid));
create policy sealed_case__auditor__select on sealed_case for select to hub_auditor using (
  (select nullif(current_setting('hub.purpose', true), '') in ('AUDIT')));
grant select (id, sealed_on) on sealed_case to hub_public, hub_subject, hub_service_hall, hub_credit_office, hub_association, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst, hub_agency, hub_exchange, hub_system_admin, hub_security_admin;
grant select on sealed_case to hub_department, hub_court;
grant select (id, sealed_on, department_id, case_no, document_no, reason, sealed_until, lifted_on, lift_document_no, lift_reason) on sealed_case to hub_auditor;
create policy sealed_case__department__insert on sealed_case for insert to hub_department, hub_court with check (
  ((select nullif(current_setting('hub.verb', true), '') in ('sealCase')) and department_id = (select nullif(current_setting('hub.department', true), '')::uuid)));
grant insert on sealed_case to hub_department, hub_court;
create policy sealed_case__department__update on sealed_case for update to hub_department, hub_court using (
  ((select nullif(current_setting('hub.verb', true), '') in ('unsealCase')) and department_id = (select nullif(current_setting('hub.department', true), '')::uuid)))
  with check (
  ((select nullif(current_setting('hub.verb', true), '') in ('unsealCase')) and department_id = (select nullif(current_setting('hub.department', true), '')::uuid)));
grant update on sealed_case to hub_department, hub_court;
create policy decision_count__department__select on decision_count for select to hub_department, hub_court using (
  department_id = (select nullif(current_setting('hub.department', true), '')::uuid)
  or (select nullif(current_setting('hub.verb', true), '') in ('stateDecisionCount')));
create policy decision_count__credit_office__select on decision_count for select to hub_credit_office using (
  (select nullif(current_setting('hub.purpose', true), '') is not null));
create policy decision_count__exchange__select on decision_count for select to hub_exchange using (
  department_id = (select nullif(current_setting('hub.department', true), '')::uuid));
create policy decision_count__auditor__select on decision_count for select to hub_auditor using (
  ((select nullif(current_setting('hub.purpose', true), '') in ('AUDIT')) and (select nullif(current_setting('hub.case', true), '') is not null)));
grant select (id) on decision_count to hub_public, hub_subject, hub_service_hall, hub_association, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst, hub_agency, hub_system_admin, hub_security_admin;
grant select on decision_count to hub_department, hub_court;
grant select (id, department_id, item_id, month, decisions, stated_on, stated_at) on decision_count to hub_credit_office, hub_exchange, hub_auditor;
create policy decision_count__department__insert on decision_count for insert to hub_department, hub_court with check (
  ((select nullif(current_setting('hub.verb', true), '') in ('stateDecisionCount')) and department_id = (select nullif(current_setting('hub.department', true), '')::uuid)));
grant insert on decision_count to hub_department, hub_court;
create policy publicity_reminder__department__select on publicity_reminder for select to hub_department, hub_court, hub_exchange using (
  department_id = (select nullif(current_setting('hub.department', true), '')::uuid));
create policy publicity_reminder__credit_office__select on publicity_reminder for select to hub_credit_office using (
  (select nullif(current_setting('hub.purpose', true), '') is not null)
  or (select nullif(current_setting('hub.verb', true), '') in ('remindPublicity')));
create policy publicity_reminder__auditor__select on publicity_reminder for select to hub_auditor using (
  ((select nullif(current_setting('hub.purpose', true), '') in ('AUDIT')) and (select nullif(current_setting('hub.case', true), '') is not null)));
grant select (id) on publicity_reminder to hub_public, hub_subject, hub_service_hall, hub_association, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst, hub_agency, hub_system_admin, hub_security_admin;
grant select (id, kind, department_id, item_id, month, due_on, decisions, batch_id, row_no, told_on) on publicity_reminder to hub_department, hub_court, hub_exchange, hub_auditor;
grant select on publicity_reminder to hub_credit_office;
create policy publicity_reminder__credit_office__insert on publicity_reminder for insert to hub_credit_office with check (
  (select nullif(current_setting('hub.verb', true), '') in ('remindPublicity')));
grant insert on publicity_reminder to hub_credit_office;
create policy publicity_withdrawal__public__select on publicity_withdrawal for select to hub_public, hub_subject, hub_service_hall, hub_association, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst, hub_agency using (
  was_public);
create policy publicity_withdrawal__department__select on publicity_withdrawal for select to hub_department, hub_court using (
  was_public
  or (select nullif(current_setting('hub.department', true), '')::uuid) in (authority_id, provider_id));
create policy publicity_withdrawal__credit_office__select on publicity_withdrawal for select to hub_credit_office using (
  was_public
  or (select nullif(current_setting('hub.purpose', true), '') is not null));
create policy publicity_withdrawal__auditor__select on publicity_withdrawal for select to hub_auditor using (
  ((select nullif(current_setting('hub.purpose', true), '') in ('AUDIT')) and (select nullif(current_setting('hub.case', true), '') is not null)));
grant select (id, record_id, item_id, authority_id, provider_id, document_no, decided_on, revocation_document_no, document_on, due_on, withdrawn_on, reason, was_public) on publicity_withdrawal to hub_public, hub_subject, hub_service_hall, hub_credit_office, hub_association, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst, hub_agency, hub_auditor;
grant select on publicity_withdrawal to hub_department, hub_court, hub_exchange;
grant select (id, record_id) on publicity_withdrawal to hub_system_admin, hub_security_admin;
create policy publicity_withdrawal__department__insert on publicity_withdrawal for insert to hub_department, hub_court with check (
  ((select nullif(current_setting('hub.verb', true), '') in ('submitRecords', 'revokeRecord')) and (select nullif(current_setting('hub.department', true), '')::uuid) in (authority_id, provider_id)));
create policy publicity_withdrawal__exchange__insert on publicity_withdrawal for insert to hub_exchange with check (
  ((select nullif(current_setting('hub.verb', true), '') in ('submitRecords')) and (select nullif(current_setting('hub.department', true), '')::uuid) in (authority_id, provider_id)));
grant insert on publicity_withdrawal to hub_department, hub_court, hub_exchange;
create policy department__anyone__select on department for select to hub_public, hub_subject, hub_service_hall, hub_department, hub_credit_office, hub_court, hub_association, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst, hub_agency, hub_exchange, hub_system_admin, hub_security_admin, hub_auditor using (true);
grant select on department to hub_public, hub_subject, hub_service_hall, hub_department, hub_credit_office, hub_court, hub_association, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst, hub_agency, hub_exchange, hub_system_admin, hub_security_admin, hub_auditor;
create policy legal_basis__anyone__select on legal_basis for select to hub_public, hub_subject, hub_service_hall, hub_department, hub_credit_office, hub_court, hub_association, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst, hub_agency, hub_exchange, hub_system_admin, hub_security_admin, hub_auditor using (true);
grant select on legal_basis to hub_public, hub_subject, hub_service_hall, hub_department, hub_credit_office, hub_court, hub_association, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst, hub_agency, hub_exchange, hub_system_admin, hub_security_admin, hub_auditor;
create policy catalogue_item__anyone__select on catalogue_item for select to hub_public, hub_subject, hub_service_hall, hub_department, hub_credit_office, hub_court, hub_association, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst, hub_agency, hub_exchange, hub_system_admin, hub_security_admin, hub_auditor using (true);
grant select on catalogue_item to hub_public, hub_subject, hub_service_hall, hub_department, hub_credit_office, hub_court, hub_association, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst, hub_agency, hub_exchange, hub_system_admin, hub_security_admin, hub_auditor;
create policy catalogue_item_basis__anyone__select on catalogue_item_basis for select to hub_public, hub_subject, hub_service_hall, hub_department, hub_credit_office, hub_court, hub_association, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst, hub_agency, hub_exchange, hub_system_admin, hub_security_admin, hub_auditor using (true);
grant select on catalogue_item_basis to hub_public, hub_subject, hub_service_hall, hub_department, hub_credit_office, hub_court, hub_association, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst, hub_agency, hub_exchange, hub_system_admin, hub_security_admin, hub_auditor;
create policy rule_set__anyone__select on rule_set for select to hub_public, hub_subject, hub_service_hall, hub_department, hub_credit_office, hub_court, hub_association, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst, hub_agency, hub_exchange, hub_system_admin, hub_security_admin, hub_auditor using (true);
grant select on rule_set to hub_public, hub_subject, hub_service_hall, hub_department, hub_credit_office, hub_court, hub_association, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst, hub_agency, hub_exchange, hub_system_admin, hub_security_admin, hub_auditor;
create policy credit_list__anyone__select on credit_list for select to hub_public, hub_subject, hub_service_hall, hub_department, hub_credit_office, hub_court, hub_association, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst, hub_agency, hub_exchange, hub_system_admin, hub_security_admin, hub_auditor using (true);
grant select on credit_list to hub_public, hub_subject, hub_service_hall, hub_department, hub_credit_office, hub_court, hub_association, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst, hub_agency, hub_exchange, hub_system_admin, hub_security_admin, hub_auditor;
create policy credit_list__department__update on credit_list for update to hub_department, hub_court, hub_exchange using ((select nullif(current_setting('hub.verb', true), '') in ('submitRecords')))
  with check ((select nullif(current_setting('hub.verb', true), '') in ('submitRecords')));
grant update (received_up_to) on credit_list to hub_department, hub_court, hub_exchange;
create policy credit_list_basis__anyone__select on credit_list_basis for select to hub_public, hub_subject, hub_service_hall, hub_department, hub_credit_office, hub_court, hub_association, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst, hub_agency, hub_exchange, hub_system_admin, hub_security_admin, hub_auditor using (true);
grant select on credit_list_basis to hub_public, hub_subject, hub_service_hall, hub_department, hub_credit_office, hub_court, hub_association, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst, hub_agency, hub_exchange, hub_system_admin, hub_security_admin, hub_auditor;
create policy measure__anyone__select on measure for select to hub_public, hub_subject, hub_service_hall, hub_department, hub_credit_office, hub_court, hub_association, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst, hub_agency, hub_exchange, hub_system_admin, hub_security_admin, hub_auditor using (true);
grant select on measure to hub_public, hub_subject, hub_service_hall, hub_department, hub_credit_office, hub_court, hub_association, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst, hub_agency, hub_exchange, hub_system_admin, hub_security_admin, hub_auditor;
create policy service_matter__anyone__select on service_matter for select to hub_public, hub_subject, hub_service_hall, hub_department, hub_credit_office, hub_court, hub_association, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst, hub_agency, hub_exchange, hub_system_admin, hub_security_admin, hub_auditor using (true);
grant select on service_matter to hub_public, hub_subject, hub_service_hall, hub_department, hub_credit_office, hub_court, hub_association, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst, hub_agency, hub_exchange, hub_system_admin, hub_security_admin, hub_auditor;
create policy measure_trigger__anyone__select on measure_trigger for select to hub_public, hub_subject, hub_service_hall, hub_department, hub_credit_office, hub_court, hub_association, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst, hub_agency, hub_exchange, hub_system_admin, hub_security_admin, hub_auditor using (true);
grant select on measure_trigger to hub_public, hub_subject, hub_service_hall, hub_department, hub_credit_office, hub_court, hub_association, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst, hub_agency, hub_exchange, hub_system_admin, hub_security_admin, hub_auditor;
create policy trusted_document__anyone__select on trusted_document for select to hub_public, hub_subject, hub_service_hall, hub_department, hub_credit_office, hub_court, hub_association, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst, hub_agency, hub_exchange, hub_system_admin, hub_security_admin, hub_auditor using (true);
grant select on trusted_document to hub_public, hub_subject, hub_service_hall, hub_department, hub_credit_office, hub_court, hub_association, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst, hub_agency, hub_exchange, hub_system_admin, hub_security_admin, hub_auditor;
create policy exchange_agreement__anyone__select on exchange_agreement for select to hub_public, hub_subject, hub_service_hall, hub_department, hub_credit_office, hub_court, hub_association, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst, hub_agency, hub_exchange, hub_system_admin, hub_security_admin, hub_auditor using (true);
grant select on exchange_agreement to hub_public, hub_subject, hub_service_hall, hub_department, hub_credit_office, hub_court, hub_association, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst, hub_agency, hub_exchange, hub_system_admin, hub_security_admin, hub_auditor;
create policy evidence_file__subject__insert on evidence_file for insert to hub_subject, hub_service_hall, hub_department with check ((select nullif(current_setting('hub.verb', true), '') in ('storeFile')) and stored_by = (select nullif(current_setting('hub.user', true), '')));
grant insert on evidence_file to hub_subject, hub_service_hall, hub_department;
-- Asks for the verb itself; what it numbers, each partner reads under its own row security.
grant execute on function exchange_number(date, int), exchange_top(), exchange_identities(uuid[]) to hub_exchange;
-- A verb leaves its event in its own transaction, in its own name; what reads leave comes by the audit login.
create policy access_event__actor__insert on access_event for insert to hub_public, hub_subject, hub_service_hall, hub_department, hub_credit_office, hub_court, hub_association, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst, hub_agency, hub_exchange, hub_system_admin, hub_security_admin, hub_auditor with check (seq is null and actor = (select nullif(current_setting('hub.user', true), '')) and role = upper(substr(current_setting('role'), 5)));
create policy access_event__audit__insert on access_event for insert to hub_audit with check (seq is null);
grant insert on access_event to hub_public, hub_subject, hub_service_hall, hub_department, hub_credit_office, hub_court, hub_association, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst, hub_agency, hub_exchange, hub_system_admin, hub_security_admin, hub_auditor, hub_audit;
-- Spent by spend_consent alone; counted by whoever may read the consent.
create policy consent_use__reader__select on consent_use for select to hub_public, hub_subject, hub_service_hall, hub_department, hub_credit_office, hub_court, hub_association, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst, hub_agency, hub_exchange, hub_system_admin, hub_security_admin, hub_auditor using (exists (select 1 from consent k where k.id = consent_id));
grant select on consent_use to hub_public, hub_subject, hub_service_hall, hub_department, hub_credit_office, hub_court, hub_association, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst, hub_agency, hub_exchange, hub_system_admin, hub_security_admin, hub_auditor;
create policy idempotent_request__actor__all on idempotent_request to hub_public, hub_subject, hub_service_hall, hub_department, hub_credit_office, hub_court, hub_association, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst, hub_agency, hub_exchange, hub_system_admin, hub_security_admin, hub_auditor using (actor = (select nullif(current_setting('hub.user', true), ''))) with check (actor = (select nullif(current_setting('hub.user', true), '')));
grant select, insert, update on idempotent_request to hub_public, hub_subject, hub_service_hall, hub_department, hub_credit_office, hub_court, hub_association, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst, hub_agency, hub_exchange, hub_system_admin, hub_security_admin, hub_auditor;
-- What waits for its job: put there and taken out while the verb runs, in the request and in the job, by its department.
create policy waiting_submission__verb__all on waiting_submission to hub_department, hub_court, hub_association, hub_agency, hub_exchange using ((select nullif(current_setting('hub.verb', true), '') = 'submitRecords') and department_id = (select nullif(current_setting('hub.department', true), '')::uuid)) with check ((select nullif(current_setting('hub.verb', true), '') = 'submitRecords') and department_id = (select nullif(current_setting('hub.department', true), '')::uuid));
grant select, insert, delete on waiting_submission to hub_department, hub_court, hub_association, hub_agency, hub_exchange;
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
      allowed := (select nullif(current_setting('hub.verb', true), '')) || ' ' || upper(substr(current_setting('role'), 5)) = any(array['submitRecords DEPARTMENT', 'submitRecords COURT', 'submitRecords ASSOCIATION', 'submitRecords AGENCY', 'submitRecords EXCHANGE']::text[]);
      named := array['batch']::text[];
      queue := 'collection';
      tries := 5;
    when 'publicity.notify' then
      allowed := (select nullif(current_setting('hub.verb', true), '')) || ' ' || upper(substr(current_setting('role'), 5)) = any(array['remindPublicity CREDIT_OFFICE']::text[]);
      named := array['notice']::text[];
      queue := null;
      tries := 10;
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
revoke all on schema hub_jobs from hub_app;
revoke all on function hub_jobs.enqueue(text, jsonb) from hub_app;
grant usage on schema hub_jobs to hub_public, hub_subject, hub_service_hall, hub_department, hub_credit_office, hub_court, hub_association, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst, hub_agency, hub_exchange, hub_system_admin, hub_security_admin, hub_auditor;
grant execute on function hub_jobs.enqueue(text, jsonb) to hub_public, hub_subject, hub_service_hall, hub_department, hub_credit_office, hub_court, hub_association, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst, hub_agency, hub_exchange, hub_system_admin, hub_security_admin, hub_auditor;
reset role;
