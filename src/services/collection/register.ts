import type { FieldPart, SubjectKind } from '../../catalogue/types.js';
import { uuidv7 } from '../../platform/ids.js';
import { sql } from '../../platform/sql.js';
import type { Candidate } from './candidate.js';
import { codeOf, kindOfRegister } from './claims.js';
import { maskName } from './masking.js';
import {
  COMPARED,
  type ColumnTypes,
  openReviews,
  outcomeOf,
  rowsOf,
  type Store,
  type Stored,
  tableOf,
} from './storing.js';
import { storeRepresentatives } from './subjects.js';
import type { Outcome } from './tallies.js';
import { levelled } from './text.js';
import { dateAt } from './tidy.js';

interface StoredSubject extends Stored {
  readonly name: string;
  readonly kind: SubjectKind;
  readonly provisional: boolean;
}

/** DJ_SCZT: makes and revises subjects. A provisional one becomes a registered one, which is no revision of the register. */
export async function storeSubjects(store: Store, candidates: readonly Candidate[]): Promise<Map<Candidate, Outcome>> {
  const stored = await storedSubjects(store, candidates);
  const outcomes = new Map<Candidate, Outcome>();
  const [fresh, changed]: [SubjectRow[], SubjectRow[]] = [[], []];
  const unmoved: string[] = [];
  const renamed: { id: string; name: string }[] = [];
  const conflicts: number[] = [];
  for (const candidate of candidates) {
    const there = stored.get(keyOf(candidate));
    const outcome = outcomeOf(candidate, there);
    outcomes.set(candidate, outcome);
    if (outcome === 'unchanged' && there?.asOf === 'earlier') unmoved.push(there.id);
    if (outcome === 'conflict') conflicts.push(candidate.row.rowNo);
    if (outcome !== 'new' && outcome !== 'revised') continue;
    const row = subjectRow(store, candidate, there?.id ?? uuidv7());
    (there ? changed : fresh).push(row);
    // a provisional subject's name came from somebody else's file, and was never its name of record
    if (there && !there.provisional && levelled(there.name) !== row.name_key)
      renamed.push({ id: there.id, name: there.name });
  }
  await insertSubjects(store, fresh);
  await updateSubjects(store, changed);
  await keepFormerNames(store, renamed);
  await propagateKinds(
    store,
    changed.filter(({ code, id, kind }) => stored.get(code ?? id)?.kind !== kind),
  );
  await storeRepresentatives(
    store,
    [...fresh, ...changed].filter(({ kind, whole }) => kind === 'INDIVIDUAL_BUSINESS' && whole !== null),
  );
  if (unmoved.length > 0) {
    await store.session.query(
      sql`update subject set as_of = ${store.asOf}::timestamptz where id = any(${unmoved}::uuid[])`,
    );
  }
  await openReviews(
    store,
    conflicts.map((rowNo) => ({ kind: 'AS_OF_CONFLICT', recordId: null, rowNo })),
  );
  return outcomes;
}

/** Found by code, or by the id of the subject that its registration number led to. */
const keyOf = ({ claim }: Candidate): string =>
  codeOf(claim) ?? (claim.by === 'registrationNo' ? claim.subject.id : '');

async function storedSubjects(
  { session, asOf }: Store,
  candidates: readonly Candidate[],
): Promise<Map<string, StoredSubject>> {
  const rows = await session.query<StoredSubject>(sql`
    select id, coalesce(code, id::text) as key, content_hash as content, id as "subjectId", kind as "subjectKind", name, kind, provisional, ${COMPARED(asOf)}
    from subject where code = any(${candidates.map(keyOf)})
      or id = any(${candidates.flatMap(({ claim }) => (claim.by === 'registrationNo' ? [claim.subject.id] : []))}::uuid[])`);
  return new Map(rows.map((row) => [row.key, row]));
}

type SubjectRow = ReturnType<typeof subjectRow>;

function subjectRow({ plan }: Store, { row, shown, claim, content }: Candidate, id: string) {
  const value = (part: FieldPart) => shown[plan.at(part)] || null;
  const code = codeOf(claim);
  const kind = kindOfRegister(value('subjectCategory') ?? '', code ?? '');
  const whole = row.values[plan.at('representative')] || null;
  const name = value('subjectName') ?? '';
  return {
    id,
    kind,
    name,
    name_key: levelled(name),
    code,
    registration_no: value('registrationNo'),
    representative: whole && kind === 'INDIVIDUAL_BUSINESS' ? maskName(whole) : whole,
    whole,
    registered_on: dateAt(row, plan.at('registeredOn')),
    address: value('address'),
    industry_code: value('industryCode'),
    registration_state: value('registrationState'),
    registration_authority: value('registrationAuthority'),
    content_hash: content,
  };
}

const COLUMN_TYPES: ColumnTypes = {
  id: 'uuid',
  kind: 'text',
  name: 'text',
  name_key: 'text',
  code: 'text',
  registration_no: 'text',
  representative: 'text',
  registered_on: 'date',
  address: 'text',
  industry_code: 'text',
  registration_state: 'text',
  registration_authority: 'text',
  content_hash: 'text',
};
const WRITTEN = [
  'kind',
  'name',
  'name_key',
  'registration_no',
  'representative',
  'registered_on',
  'address',
  'industry_code',
  'registration_state',
  'registration_authority',
  'content_hash',
];

async function insertSubjects(
  { session, asOf, itemId, department }: Store,
  rows: readonly SubjectRow[],
): Promise<void> {
  if (rows.length === 0) return;
  await session.query(sql`
    insert into subject (id, code, as_of, revised_by, source_item_id, source_department_id, ${sql.raw(WRITTEN.join(', '))})
    select r.id, r.code, ${asOf}::timestamptz, ${session.actor.user}, ${itemId}::uuid, ${department.id}::uuid, ${sql.raw(WRITTEN.map((name) => `r.${name}`).join(', '))}
    from ${tableOf(COLUMN_TYPES, rows)}`);
}

/** What not every register knows of a subject: one without the field leaves what another has said. */
const OF_SOME: Readonly<Record<string, FieldPart>> = {
  registration_no: 'registrationNo',
  registered_on: 'registeredOn',
  address: 'address',
  industry_code: 'industryCode',
};

async function updateSubjects(
  { session, asOf, plan, itemId, department }: Store,
  rows: readonly SubjectRow[],
): Promise<void> {
  if (rows.length === 0) return;
  const written = WRITTEN.filter((name) => !OF_SOME[name] || plan.at(OF_SOME[name]) >= 0);
  await session.query(sql`
    update subject s set provisional = false, as_of = ${asOf}::timestamptz, revised_by = ${session.actor.user},
      revision_reason = 'submitRecords', source_item_id = ${itemId}::uuid, source_department_id = ${department.id}::uuid,
      ${sql.raw(written.map((name) => `${name} = r.${name}`).join(', '))}
    from ${tableOf(COLUMN_TYPES, rows)} where s.id = r.id`);
}

async function keepFormerNames(
  { session, received }: Store,
  renamed: readonly { id: string; name: string }[],
): Promise<void> {
  if (renamed.length === 0) return;
  const rows = renamed.map(({ id, name }) => ({ id: uuidv7(), subject_id: id, name, name_key: levelled(name) }));
  await session.query(sql`
    insert into former_name (id, subject_id, name, name_key, until)
    select id, subject_id, name, name_key, ${received}::date
    from jsonb_to_recordset(${rowsOf(rows)}) as r(id uuid, subject_id uuid, name text, name_key text)`);
}

/** Rows carry their subject's kind so that Postgres judges each by itself: it moves with the subject. */
async function propagateKinds({ session }: Store, rows: readonly SubjectRow[]): Promise<void> {
  if (rows.length === 0) return;
  for (const table of ['credit_record', 'list_entry', 'commitment']) {
    await session.query(sql`
      update ${sql.raw(table)} t set subject_kind = r.kind, revised_by = ${session.actor.user}, revision_reason = 'submitRecords'
      from jsonb_to_recordset(${rowsOf(rows.map(({ id, kind }) => ({ id, kind })))}) as r(id uuid, kind text)
      where t.subject_id = r.id and t.subject_kind <> r.kind`);
  }
}
