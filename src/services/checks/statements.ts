import type { StoredSource } from '../../entities/checks/creditCheck.js';
import type { SubjectKind } from '../../entities/subjects/subject.js';
import { GUARDED } from '../../permissions/rows.js';
import { addDays, dateInShanghai } from '../../platform/clock.js';
import { HubError } from '../../platform/errors.js';
import { type Sql, sql, template } from '../../platform/sql.js';
import { LIST } from '../lists/shape.js';
import { IDENTITY_COLUMNS, SEALED_IDENTITY } from '../personal.js';
import { dated } from '../reading/dated.js';
import { type Row, selectList } from '../reading/shape.js';
import type { Session } from '../session.js';
import { JOIN_SURVIVOR } from '../subjects/survivor.js';
import type { Wanted } from './row.js';
import type { Effect } from './verdict.js';

// One statement serves all rows of a check at once: a batch of a thousand costs as many round trips as one row.

/** A provision carries a trigger on the days from its first to its last. */
const basisHolds = (today: unknown) =>
  sql<boolean>`basis.valid_from <= ${today}::date and (basis.valid_to is null or basis.valid_to >= ${today}::date)`;

export interface MatterFacts {
  id: string;
  sources: StoredSource[];
  /** the lists themselves, as a read would bring them: whoever checks asks for them next */
  lists: Row[];
}

interface SourceRow {
  listId: string;
  origin: 'OWN' | 'RECEIVED';
  receivedUpTo: string | null;
  loadedAt: string;
  cycleDays: number | null;
  list: Row;
}

/** Days count by the calendar of Asia/Shanghai; a list that never came counts from when it was loaded. */
export function freshness(source: Omit<SourceRow, 'list'>, today: string, cycleDays: number | null): StoredSource {
  const { listId, origin, receivedUpTo, loadedAt } = source;
  if (origin === 'OWN') return { listId, receivedUpTo: null, stale: false };
  const cycle = cycleDays ?? source.cycleDays;
  const since = new Date(receivedUpTo ?? loadedAt);
  return {
    listId,
    receivedUpTo: receivedUpTo && since.toISOString(),
    stale: cycle !== null && addDays(dateInShanghai(since), cycle) < today,
  };
}

export interface FoundSubject {
  id: string;
  kind: SubjectKind;
  nameKey: string;
  /** what it was found by: `Wanted.key` */
  key: string;
  /** of a person; its own name stands masked in the subject's row */
  /** whose document it is: of one that was merged, its own row's */
  identityId: string | null;
  nameSealed: string | null;
  numberSealed: string | null;
  keyId: string | null;
  wrapped: string | null;
}

export interface Finding {
  subjectId: string;
  measureId: string;
  effect: Effect;
  basisId: string;
  listEntryId: string | null;
  recordId: string | null;
  commitmentId: string | null;
}

export interface CheckFacts {
  matter: MatterFacts;
  subjects: FoundSubject[];
  /** of all subjects, gravest first */
  findings: Finding[];
}

/**
 * The matter and how fresh the lists are that it looks at, the subjects that are wanted, and what sets off a measure of
 * the matter for them today. Only measure_trigger says what does: a fine of millions without a row there is nothing. An
 * active entry of any black list, looked at by the matter or not, takes rewards away.
 * @param cycleDays stands in every list's own cycle when not null
 * @throws BAD_USER_INPUT with `matter` where there is no such matter
 */
export async function readFacts(
  session: Session,
  code: string,
  wanted: readonly Wanted[],
  cycleDays: number | null,
): Promise<CheckFacts> {
  const { today } = session;
  const keysOf = (by: Wanted['by']) => [...new Set(wanted.filter((one) => one.by === by).map(({ key }) => key))];
  const [codes, documents] = [keysOf('code'), keysOf('person')];
  const statement = documents.length > 0 ? FACTS_OF_PERSONS : FACTS;
  const [facts] = await session.query<CheckFacts & { matter: { id: string; sources: SourceRow[] } | null }>(
    statement({ code, today, codes, documents }),
  );
  if (!facts?.matter) {
    throw new HubError('BAD_USER_INPUT', { zh: '没有此政务服务事项', en: 'there is no such matter' }, 'matter');
  }
  const { id, sources } = facts.matter as { id: string; sources: SourceRow[] };
  const matter = {
    id,
    sources: sources.map((source) => freshness(source, today, cycleDays)),
    lists: sources.map(({ list }) => list),
  };
  return { ...facts, matter };
}

const byCode = (codes: unknown) => sql`
  select s.id, s.kind, s.name_key as "nameKey", n.code as key, null::uuid as "identityId", null::text as "nameSealed", null::text as "numberSealed",
    null::text as "keyId", null::text as wrapped
  from subject n ${JOIN_SURVIVOR} where n.code = any(${codes}::text[])`;

const byDocument = (digests: unknown) => sql`
  select s.id, s.kind, s.name_key as "nameKey", encode(p.blind_index, 'hex') as key, p.subject_id as "identityId",
    ${IDENTITY_COLUMNS}
  from ${SEALED_IDENTITY} join subject n on n.id = p.subject_id ${JOIN_SURVIVOR}
  where p.blind_index in (select decode(hex, 'hex') from unnest(${digests}::text[]) hex)`;

const OF_WANTED = sql`any(array(select id from wanted))`;

const BY_ENTRY = sql`
  select t.*, entry.subject_id, entry.id as entry_id, null::uuid as record_id, null::uuid as commitment_id
  from applicable t join entry using (list_id)`;

// The conditions on `applicable` alone are asked once: where the matter looks at no penalty or breach, none is read.
const byPenalty = (today: unknown) => sql`
  select t.*, penalty.subject_id, null, penalty.id, null
  from applicable t join (
    select id, subject_id, categories, basis, decided_on from credit_record
    where (select bool_or(penalty_kind is not null) from applicable)
      and subject_id = ${OF_WANTED} and record_type = 'PENALTY' and ${dated(GUARDED.credit_record.facts.active, today)}
  ) penalty on t.penalty_kind = any(penalty.categories)
    -- the law itself, not the regulation that carries it out (食品安全法实施条例)
    and (t.penalty_law is null or position(t.penalty_law in replace(penalty.basis, t.penalty_law || '实施', '')) > 0)
    and (t.within_months is null or penalty.decided_on + make_interval(months => t.within_months) > ${today}::date)`;

const BY_BREACH = sql`
  select t.*, breach.subject_id, null, null, breach.id
  from applicable t join (
    select id, subject_id from commitment
    where (select bool_or(breached_commitment) from applicable) and subject_id = ${OF_WANTED} and state = 'BREACHED'
  ) breach on t.breached_commitment`;

interface Asked {
  code: string;
  today: string;
  codes: string[];
  documents: string[];
}

const facts = ({ code, today }: Record<keyof Asked, unknown>, wanted: Sql): Sql => sql`
    with applicable as materialized (
      select t.*, measure.code as measure_code from service_matter m join measure_trigger t on t.matter_id = m.id
      join legal_basis basis on basis.id = t.basis_id join measure on measure.id = t.measure_id
      where m.code = ${code} and ${basisHolds(today)}),
    wanted as materialized (${wanted}),
    entry as materialized (
      select id, subject_id, list_id from list_entry
      where subject_id = ${OF_WANTED} and ${dated(GUARDED.list_entry.facts.active, today)}),
    found as (${BY_ENTRY} union all ${byPenalty(today)} union all ${BY_BREACH}),
    finding as (
      select subject_id as "subjectId", measure_id as "measureId", effect, basis_id as "basisId",
        entry_id as "listEntryId", record_id as "recordId", commitment_id as "commitmentId"
      from found
      where effect <> 'REWARDED' or subject_id not in (
        select entry.subject_id from entry join credit_list list on list.id = entry.list_id where list.color = 'BLACK')
      order by array_position(array['RESTRICTED', 'CAUTION', 'REWARDED'], effect), measure_code, id,
        coalesce(entry_id, record_id, commitment_id))
    select (select json_build_object('id', id, 'sources', (
        select coalesce(json_agg(json_build_object('listId', id, 'origin', origin, 'receivedUpTo', received_up_to,
          'loadedAt', loaded_at, 'cycleDays', cycle_days, 'list', (select to_json(list) from (select ${selectList(LIST, 'PUBLIC')}) list))
          order by credit_list.code), '[]')
        from credit_list where id in (select list_id from applicable)))
      from service_matter where code = ${code}) as matter,
      (select coalesce(json_agg(wanted), '[]') from wanted) as subjects,
      (select coalesce(json_agg(finding), '[]') from finding) as findings`;

// A table that nobody is looked for in is not worth its row security.
const FACTS = template<Asked>((value) => facts(value, byCode(value.codes)));
const FACTS_OF_PERSONS = template<Asked>((value) =>
  facts(value, sql`${byCode(value.codes)} union all ${byDocument(value.documents)}`),
);
