// What a hub without GraphQL, policy or log could at best be: each workload as one statement that answers JSON. What
// the caller may see stands in the text, as one caller's row security comes to.

const ACTIVE_RECORD = `state = 'ACTIVE' and (expires_on is null or expires_on >= $TODAY)`;
const PUBLIC_RECORD = `subject_kind <> 'NATURAL_PERSON' and disclosure = 'PUBLIC' and ${ACTIVE_RECORD}
  and public_from <= $TODAY and (public_until is null or public_until >= $TODAY)`;
const ACTIVE_ENTRY = `state = 'LISTED' and listed_on <= $TODAY and (ends_on is null or ends_on >= $TODAY)`;
const CURRENT_ENTRY = `state not in ('REPAIRED', 'EXPIRED', 'REVOKED')
  and (state not in ('LISTED', 'SUSPENDED') or ends_on is null or ends_on >= $TODAY)`;

const TEN_FIELDS = `r.id, r.document_no as "documentNo", r.decided_on as "decidedOn", r.public_from as "publicFrom",
  r.public_until as "publicUntil", r.state, r.disputed, r.record_type as "recordType", r.category, r.valid_to as "validTo",
  r.violation, r.severity, r.content`;

/** The credit check, as src/services/checks does it, of one row or of a thousand; receipts and event in the same statement. */
export const check = (columns: string): string => `
with matter as (select id from service_matter where code = $2),
applicable as materialized (
  select t.*, m.code as measure_code, m.name as measure_name, b.title, b.article
  from measure_trigger t join legal_basis b on b.id = t.basis_id join measure m on m.id = t.measure_id
  where t.matter_id = (select id from matter) and b.valid_from <= $TODAY and (b.valid_to is null or b.valid_to >= $TODAY)),
source as materialized (
  select l.id, l.code, to_char(l.received_up_to at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "receivedUpTo",
    l.origin = 'RECEIVED' and coalesce(l.received_up_to, l.loaded_at)::date + 3650 < $TODAY as stale
  from credit_list l where l.id in (select list_id from applicable)),
wanted as materialized (
  select w.row, uuidv7() as id, w.receipt, s.id as subject_id, s.kind
  from unnest($1::text[], $3::text[]) with ordinality as w(code, receipt, row) left join subject s on s.code = w.code),
entry as materialized (
  select id, subject_id, list_id, document_no from list_entry
  where subject_id = any(array(select subject_id from wanted)) and ${ACTIVE_ENTRY}),
found as (
  select t.*, e.subject_id, e.id as entry_id, null::uuid as record_id, null::uuid as commitment_id, e.document_no
  from applicable t join entry e using (list_id)
  union all
  select t.*, r.subject_id, null, r.id, null, null from applicable t join credit_record r on t.penalty_kind = any(r.categories)
  where t.penalty_kind is not null and r.subject_id = any(array(select subject_id from wanted)) and r.record_type = 'PENALTY'
    and r.state = 'ACTIVE' and (r.expires_on is null or r.expires_on >= $TODAY)
    and position(t.penalty_law in replace(r.basis, t.penalty_law || '实施', '')) > 0
    and r.decided_on + make_interval(months => t.within_months) > $TODAY::date
  union all
  select t.*, c.subject_id, null, null, c.id, null from applicable t join commitment c on t.breached_commitment
  where c.subject_id = any(array(select subject_id from wanted)) and c.state = 'BREACHED'),
finding as materialized (
  select w.id as check_id, f.*, row_number() over (partition by w.id order by
    array_position(array['RESTRICTED', 'CAUTION', 'REWARDED'], f.effect), f.measure_code, f.id,
    coalesce(f.entry_id, f.record_id, f.commitment_id)) as ordinal
  from found f join wanted w on w.subject_id = f.subject_id
  where f.effect <> 'REWARDED' or not exists (
    select 1 from entry e join credit_list l on l.id = e.list_id where l.color = 'BLACK' and e.subject_id = f.subject_id)),
verdict as materialized (
  select w.*, case when bool_or(f.effect = 'RESTRICTED') then 'RESTRICTED'
      when w.subject_id is null or (select bool_or(stale) from source) then 'UNKNOWN'
      when bool_or(f.effect = 'CAUTION') then 'CAUTION' when bool_or(f.effect = 'REWARDED') then 'REWARDED' else 'CLEAR' end as verdict,
    coalesce(json_agg(json_build_object('effect', f.effect, 'measure', f.measure_name, 'title', f.title,
      'article', f.article, 'documentNo', f.document_no, 'list', l.name) order by f.ordinal) filter (where f.check_id is not null), '[]') as findings
  from wanted w left join finding f on f.check_id = w.id left join credit_list l on l.id = f.list_id
  group by w.row, w.id, w.receipt, w.subject_id, w.kind),
receipt as (
  insert into credit_check (id, receipt_no, verdict, checked_at, matter_id, subject_id, subject_kind, subject_found,
    department_id, checked_by, sources)
  select id, receipt, verdict, clock_timestamp(), (select id from matter), subject_id, kind, subject_id is not null, $4, $5,
    (select jsonb_agg(jsonb_build_object('listId', id, 'receivedUpTo', "receivedUpTo", 'stale', stale) order by code) from source)
  from verdict),
found_finding as (
  insert into credit_check_finding (check_id, ordinal, measure_id, effect, basis_id, list_entry_id, record_id, commitment_id)
  select check_id, ordinal, measure_id, effect, basis_id, entry_id, record_id, commitment_id from finding),
event as (
  insert into access_event (id, actor, role, department_id, operation, operation_hash, subject_ids, labels, receipt_no, outcome)
  select uuidv7(), $5, $6, $4, $7, $8, array(select distinct subject_id from verdict where subject_id is not null),
    array['GOVERNMENT'], (select receipt from verdict order by row desc limit 1), 'OK')
select ${columns}`;

const SOURCES = `(select json_agg(json_build_object('list', code, 'stale', stale) order by code) from source)`;

export const STATEMENTS: Readonly<Record<string, string>> = {
  W1: check(`(select json_build_object('receiptNo', v.receipt, 'verdict', v.verdict, 'subjectFound', v.subject_id is not null,
    'findings', v.findings, 'sources', ${SOURCES}) from verdict v)::text as data`),

  W2: `select json_build_object('id', s.id, 'kind', s.kind, 'name', s.name, 'code', s.code,
    'registrationNo', s.registration_no, 'legalRepresentative', s.representative, 'registeredOn', s.registered_on, 'address', s.address,
    'records', (select coalesce(json_agg(r), '[]') from (
      select ${TEN_FIELDS}, i.code as item, d.name as authority
      from credit_record r join catalogue_item i on i.id = r.item_id join department d on d.id = r.authority_id
      where r.subject_id = s.id and ${ACTIVE_RECORD} order by r.decided_on desc, r.id desc limit 20) r),
    'entries', (select coalesce(json_agg(e), '[]') from (
      select e.id, e.document_no as "documentNo", e.state, e.reason, e.listed_on as "listedOn", e.ends_on as "endsOn", l.name as list, l.color
      from list_entry e join credit_list l on l.id = e.list_id
      where e.subject_id = s.id and ${CURRENT_ENTRY} order by e.entered_on desc, e.id desc limit 20) e),
    'commitments', (select coalesce(json_agg(c), '[]') from (
      select c.id, c.kind, c.content, c.made_on as "madeOn", c.due_on as "dueOn", c.state
      from commitment c where c.subject_id = s.id and c.state <> 'REPAIRED' order by c.made_on desc, c.id desc limit 20) c))::text as data
    from subject s where s.code = $1`,

  W3: `with hit as materialized (select s.id, s.name, s.code from subject s
      where s.id in (select subject_named($1)) order by s.sort_code, s.id)
    select json_build_object('count', (select count(*) from hit), 'nodes', (select coalesce(json_agg(n), '[]') from (
      select s.*,
        (select count(*) from credit_record where subject_id = s.id and record_type = 'PERMIT' and ${PUBLIC_RECORD}) as permits,
        (select count(*) from credit_record where subject_id = s.id and record_type = 'PENALTY' and ${PUBLIC_RECORD}) as penalties,
        (select coalesce(json_agg(r), '[]') from (
          select r.id, r.document_no as "documentNo", r.decided_on as "decidedOn", r.state from credit_record r
          where r.subject_id = s.id and ${PUBLIC_RECORD} order by r.decided_on desc, r.id desc limit 3) r) as records
      from (select * from hit limit 20) s) n))::text as data`,

  W4: `select coalesce(json_agg(n), '[]')::text as data from (
    select s.id, s.name, (select coalesce(json_agg(r), '[]') from (
      select ${TEN_FIELDS} from credit_record r where r.subject_id = s.id and ${PUBLIC_RECORD}
      order by r.decided_on desc, r.id desc limit 10) r) as records
    from (select * from subject where kind <> 'NATURAL_PERSON' and (sort_code, id) > ($1, $2::uuid)
      order by sort_code, id limit 100) s) n`,

  W5: check(`(select json_agg(json_build_object('row', v.row, 'receiptNo', v.receipt, 'verdict', v.verdict,
    'subjectFound', v.subject_id is not null, 'findings', v.findings) order by v.row) from verdict v)::text as data`),

  W6: `with page as materialized (select ${TEN_FIELDS} from credit_record r
      where ${PUBLIC_RECORD} and (r.decided_on, r.id) < ($1::date, $2::uuid) order by r.decided_on desc, r.id desc limit 51)
    select json_build_object('more', (select count(*) > 50 from page),
      'nodes', (select coalesce(json_agg(p), '[]') from (select * from page limit 50) p))::text as data`,
};

/** The statement with the business date as a literal: it is the same for the whole run. */
export const statementOf = (workload: string, today: string): string =>
  (STATEMENTS[workload] as string).replaceAll('$TODAY', `'${today}'::date`);
