import type { FieldPart } from '../../catalogue/types.js';
import { addMonths } from '../../platform/clock.js';
import { uuidv7 } from '../../platform/ids.js';
import { type Sql, sql } from '../../platform/sql.js';
import { type Candidate, keysOf, storedOf } from './candidate.js';
import { OPEN_ENDED } from './dates.js';
import type { ListFacts } from './lookups.js';
import {
  COMPARED,
  openReviews,
  outcomeOf,
  type PersonalText,
  rowsOf,
  type Store,
  type Stored,
  storePersonalTexts,
  WITHDRAWN,
  withdrawnOn,
} from './storing.js';
import { type Placed, placeSubjects } from './subjects.js';
import type { Outcome } from './tallies.js';
import { dateAt } from './tidy.js';

/** YZSX_MD: entries of RECEIVED lists, in force as they come; moves each list's day of receipt on. */
export async function storeEntries(store: Store, candidates: readonly Candidate[]): Promise<Map<Candidate, Outcome>> {
  const stored = await storedEntries(store, candidates);
  const subjects = await placeSubjects(store, candidates, (candidate) => storedOf(stored, candidate));
  const outcomes = new Map<Candidate, Outcome>();
  const [fresh, changed]: [EntryRow[], EntryRow[]] = [[], []];
  const unmoved: string[] = [];
  const texts: PersonalText[] = [];
  const conflicts: number[] = [];
  for (const candidate of candidates) {
    const there = storedOf(stored, candidate);
    const outcome = outcomeOf(candidate, there);
    outcomes.set(candidate, outcome);
    if (outcome === 'unchanged' && there?.asOf === 'earlier') unmoved.push(there.id);
    if (outcome === 'conflict') conflicts.push(candidate.row.rowNo);
    if (outcome !== 'new' && outcome !== 'revised') continue;
    const row = entryRow(store, candidate, there?.id ?? uuidv7(), subjects.get(candidate) as Placed);
    (outcome === 'new' ? fresh : changed).push(row);
    if (row.personal_text) {
      const reason = candidate.row.values[store.plan.at('reason')] as string;
      texts.push({ rowId: row.id, subjectId: row.subject_id, authorityId: store.department.id, texts: { reason } });
    }
  }
  await insertEntries(store, fresh);
  await updateEntries(store, changed);
  await moveAsOf(store, unmoved);
  await storePersonalTexts(store, texts);
  await openReviews(
    store,
    conflicts.map((rowNo) => ({ kind: 'AS_OF_CONFLICT', recordId: null, rowNo })),
  );
  await moveLists(store, [...new Set(candidates.map((candidate) => listOf(store, candidate).id))]);
  return outcomes;
}

const listOf = ({ plan, standing }: Store, { row }: Candidate): ListFacts => {
  const list = standing.lists.get(row.values[plan.at('list')] ?? '');
  if (!list) throw new Error('a list of the catalogue that is not among the reference data');
  return list;
};

async function storedEntries({ session, asOf }: Store, candidates: readonly Candidate[]): Promise<Map<string, Stored>> {
  const rows = await session.query<Stored>(sql`
    select id, business_key as key, content_hash as content, subject_id as "subjectId", subject_kind as "subjectKind", ${COMPARED(asOf)}
    from list_entry where business_key = any(${candidates.flatMap(keysOf)}) and state <> 'WITHDRAWN'
      and list_id in (select id from credit_list where origin = 'RECEIVED')`);
  return new Map(rows.map((row) => [row.key, row]));
}

type EntryRow = ReturnType<typeof entryRow>;

function entryRow(store: Store, candidate: Candidate, id: string, subject: Placed) {
  const { plan } = store;
  const { row, shown, personal, key, content } = candidate;
  const value = (part: FieldPart) => shown[plan.at(part)] || null;
  const list = listOf(store, candidate);
  const listedOn = value('decidedOn') as string;
  const sent = dateAt(row, plan.at('endsOn'));
  const byDefault = list.termMonths === null ? null : addMonths(listedOn, list.termMonths);
  return {
    id,
    list_id: list.id,
    subject_id: subject.id,
    subject_kind: subject.kind,
    reason: value('reason'),
    document_no: value('documentNo'),
    listed_on: listedOn,
    // said to be open-ended it is; where nothing is said the list's default holds
    ends_on: sent === null ? byDefault : sent >= OPEN_ENDED ? null : sent,
    business_key: key,
    content_hash: content,
    row_no: row.rowNo,
    personal_text: personal.includes(plan.at('reason')),
  };
}

const ENTRY_ROWS = sql.raw(`r(id uuid, list_id uuid, subject_id uuid, subject_kind text, reason text, document_no text,
  listed_on date, ends_on date, business_key text, content_hash text, row_no int, personal_text boolean)`);

async function insertEntries(store: Store, rows: readonly EntryRow[]): Promise<void> {
  if (rows.length === 0) return;
  const { session, department, asOf, batchId, withdraw } = store;
  await session.query(sql`
    insert into list_entry (id, list_id, subject_id, subject_kind, department_id, state, removed_on, reason, document_no, proposed_on,
      listed_on, ends_on, business_key, content_hash, as_of, batch_id, row_no, personal_text, revised_by)
    select r.id, r.list_id, r.subject_id, r.subject_kind, ${department.id}::uuid, ${withdraw ? 'REVOKED' : 'LISTED'},
      ${withdraw ? withdrawnOn(store) : null}::date, r.reason, r.document_no, r.listed_on,
      r.listed_on, r.ends_on, r.business_key, r.content_hash, ${asOf}::timestamptz, ${batchId}::uuid, r.row_no, r.personal_text,
      ${session.actor.user}
    from jsonb_to_recordset(${rowsOf(rows)}) as ${ENTRY_ROWS}`);
}

/** What its provider withdrew is removed, and may come back; what was removed otherwise, or suspended, stays as it is. */
const movedState = (store: Store): Sql =>
  store.withdraw
    ? sql`state = case when e.state in ('LISTED', 'SUSPENDED') then 'REVOKED' else e.state end,
      removed_on = case when e.state in ('LISTED', 'SUSPENDED') or ${WITHDRAWN_ENTRY} then ${withdrawnOn(store)}::date else e.removed_on end`
    : sql`state = case when ${WITHDRAWN_ENTRY} then 'LISTED' else e.state end,
      removed_on = case when ${WITHDRAWN_ENTRY} then null else e.removed_on end`;

const WITHDRAWN_ENTRY = sql`(e.state = 'REVOKED' and starts_with(e.content_hash, ${WITHDRAWN}))`;

async function updateEntries(store: Store, rows: readonly EntryRow[]): Promise<void> {
  if (rows.length === 0) return;
  const { session, asOf, batchId } = store;
  await session.query(sql`
    update list_entry e set ${movedState(store)}, reason = r.reason, document_no = r.document_no, listed_on = r.listed_on, proposed_on = r.listed_on,
      ends_on = r.ends_on, content_hash = r.content_hash, as_of = ${asOf}::timestamptz, batch_id = ${batchId}::uuid,
      row_no = r.row_no, personal_text = r.personal_text, revised_by = ${session.actor.user}, revision_reason = 'submitRecords'
    from jsonb_to_recordset(${rowsOf(rows)}) as ${ENTRY_ROWS} where e.id = r.id`);
}

/** The row said the same later. */
async function moveAsOf(store: Store, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const { session, asOf } = store;
  const again = store.withdraw
    ? sql`, removed_on = case when ${WITHDRAWN_ENTRY} then ${withdrawnOn(store)}::date else removed_on end`
    : sql``;
  await session.query(
    sql`update list_entry e set as_of = ${asOf}::timestamptz ${again} where id = any(${ids}::uuid[])`,
  );
}

async function moveLists({ session, asOf }: Store, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await session.query(sql`
    update credit_list set received_up_to = greatest(received_up_to, ${asOf}::timestamptz) where id = any(${ids}::uuid[])`);
}
