import { setting } from './predicates.js';
import { POSTGRES_ROLES } from './roles.js';
import { consentFits, department, exists, role, today } from './states.js';

// 函数 What a policy asks by a function of the owner's, each with a fixed search_path and its whole condition.

/** Rows of `table` that prove a fact about the subject `$1`, among those that the caller may read. */
interface Proof {
  table: 'credit_record' | 'list_entry' | 'commitment' | 'credit_check' | 'personal_text';
  where: string;
}

/**
 * Facts about a subject that hang on other tables' rows: each is printed as a function, with the row cells of every role
 * in it. In the policy of `subject` itself every plan would hold all of those tables' row security (65 ms to plan, for
 * organisations too); run as the caller, each call would set up row security inside row security (1.5 ms a person).
 */
export const SUBJECT_FACTS = {
  subject_reachable: (['credit_record', 'list_entry', 'commitment', 'credit_check'] as const).map((table) => ({
    table,
    where: 'subject_id = $1',
  })),
  subject_acted_on: [
    { table: 'credit_record', where: `subject_id = $1 and ${department} in (provider_id, authority_id)` },
  ],
  subject_told_of: [{ table: 'personal_text', where: 'subject_id = $1' }],
} as const satisfies Record<string, readonly Proof[]>;

/** A check that the caller ran: said in full, since what asks for it runs past row security. */
const ranBy = (check: string) => `${check}.checked_by = ${setting('user')} and ${check}.department_id = ${department}`;
const foundByOwnCheck = (column: string) =>
  exists(
    'public.credit_check_finding f join public.credit_check k on k.id = f.check_id',
    `f.${column} = $1 and ${ranBy('k')}`,
  );

/**
 * What the caller's own checks are about and have found, by the id of the row. Functions, because a policy that looked
 * into these tables itself would have their policies set up with every statement, looked into or not.
 */
export const OWN_CHECKS = {
  subject_checked: exists('public.credit_check k', `k.subject_id = $1 and ${ranBy('k')}`),
  record_found: foundByOwnCheck('record_id'),
  entry_found: foundByOwnCheck('list_entry_id'),
  commitment_found: foundByOwnCheck('commitment_id'),
  // of a listing: the record that it rests on is the own department's to revoke
  record_of_own: exists('public.credit_record r', `r.id = $1 and ${department} in (r.provider_id, r.authority_id)`),
} as const;

/**
 * The consent that the request stated and of which it has spent a use; judged anew in every statement, so that one
 * withdrawn a moment ago opens nothing. Its subject is looked up once a statement, and only where a cell hangs on it;
 * what it opens, for the rows of that subject alone. It runs as the owner and says in full whose it is: the row is more
 * than its recipient reads.
 */
export const CONSENT_STATED = `create or replace function consent_stated() returns public.consent language plpgsql stable
  security definer set search_path = pg_catalog, pg_temp as $$
begin
  if ${setting('consent')} is null then return null; end if;
  return (select k from public.consent k join public.consent_use u on u.consent_id = k.id
    where u.use_id = ${setting('consent', 'uuid')} and u.actor = ${setting('user')} and ${consentFits});
end $$;
create or replace function consent_opens(label text, item uuid) returns boolean language plpgsql stable as $$
declare k public.consent := consent_stated();
begin
  return (label in ('AUTHORISED', 'PERSONAL') and label = any(k.labels)) or coalesce(item = any(k.item_ids), false);
end $$;
revoke all on function consent_stated(), consent_opens(text, uuid) from public;
grant execute on function consent_stated(), consent_opens(text, uuid) to ${POSTGRES_ROLES.join(', ')};`;

/**
 * Spends one use and answers what it opens; no row where the consent does not fit the caller or is used up. It runs as
 * the owner, for the audit login alone, which can do nothing else with consents. The next number is inserted under the
 * unique key: who comes second waits, sees it taken, and tries the one after. An idempotency key within its 24 hours is
 * the same use again.
 */
export const SPEND_CONSENT = `create or replace function spend_consent(named uuid, repeated text)
returns table (use uuid, "subjectId" uuid, labels text[]) language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  k public.consent;
  nth int;
begin
  select * into k from public.consent k where k.id = named and ${consentFits} for no key update;
  if not found then return; end if;
  loop
    return query select u.use_id, k.subject_id, k.labels from public.consent_use u
      where u.consent_id = k.id and u.actor = ${setting('user')} and u.request = repeated
        and u.at > now() - interval '24 hours';
    if found then return; end if;
    select coalesce(max(u.n), 0) + 1 into nth from public.consent_use u where u.consent_id = k.id;
    if nth > k.uses then return; end if;
    return query insert into public.consent_use as u (consent_id, n, actor, role, request)
      values (k.id, nth, ${setting('user')}, ${role}, repeated)
      on conflict do nothing returning u.use_id, k.subject_id, k.labels;
    if found then return; end if;
  end loop;
end $$;
revoke all on function spend_consent(uuid, text) from public;
grant execute on function spend_consent(uuid, text) to hub_audit;`;

/**
 * Agreements that let the caller read, in its role and for its purpose, what they brought; ended ones too, of which
 * something may have been kept. It runs as the owner: whoever reads market information reads no agreements.
 */
export const MARKET_TOLD = `create or replace function market_told() returns uuid[] language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
begin
  return array(select a.id from public.collection_agreement a
    where a.state in ('IN_FORCE', 'ENDED') and a.valid_from <= ${today} and ${role} || '/' || ${setting('purpose')} = any(a.readers));
end $$;
revoke all on function market_told() from public;
grant execute on function market_told() to ${POSTGRES_ROLES.join(', ')};`;

/**
 * Whether the look-ups of a department's case are sealed (查询记录封存). It runs as the owner: whom they are about reads no
 * seals. Without a business date what has not been lifted stays sealed.
 */
export const CASE_SEALED = `create or replace function case_sealed(department uuid, case_no text) returns boolean language plpgsql stable
  security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
begin
  return exists (select 1 from public.sealed_case s where s.department_id = case_sealed.department
    and s.case_no = case_sealed.case_no and s.lifted_on is null and coalesce(s.sealed_until >= ${today}, true));
end $$;
revoke all on function case_sealed(uuid, text) from public;
grant execute on function case_sealed(uuid, text) to ${POSTGRES_ROLES.join(', ')};`;

/**
 * What happened to records and entries, without what stood in them: runs as the owner, because the history is nobody's
 * to read, and answers only a patrol.
 */
export const PATROL_CHANGES = `create or replace function patrol_changes(since timestamptz, upto timestamptz)
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
grant execute on function patrol_changes(timestamptz, timestamptz) to ${POSTGRES_ROLES.join(', ')};`;
