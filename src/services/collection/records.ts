import type { FieldPart } from '../../catalogue/types.js';
import { uuidv7 } from '../../platform/ids.js';
import { sql } from '../../platform/sql.js';
import { closeRevised } from '../publicity/reviews.js';
import { withdrawPublicity } from '../publicity/withdraw.js';
import { type Candidate, keysOf, storedOf } from './candidate.js';
import { OPEN_ENDED } from './dates.js';
import type { ItemPlan } from './plan.js';
import { type Ruling, rule } from './rules.js';
import {
  COMPARED,
  type ColumnTypes,
  openReviews,
  outcomeOf,
  type PersonalText,
  type Review,
  type Store,
  type Stored,
  storePersonalTexts,
  tableOf,
  withdrawnOn,
} from './storing.js';
import { type Placed, placeSubjects } from './subjects.js';
import type { Outcome } from './tallies.js';
import { dateAt } from './tidy.js';

/** Stores permits, penalties and records of other items; says what became of each row. */
export async function storeRecords(store: Store, candidates: readonly Candidate[]): Promise<Map<Candidate, Outcome>> {
  const stored = await storedRecords(store, candidates);
  const subjects = await placeSubjects(store, candidates, (candidate) => storedOf(stored, candidate));
  const outcomes = new Map<Candidate, Outcome>();
  const [fresh, changed]: [RecordRow[], RecordRow[]] = [[], []];
  const unmoved: string[] = [];
  const [texts, reviews]: [PersonalText[], Review[]] = [[], []];
  for (const candidate of candidates) {
    const there = storedOf(stored, candidate);
    const outcome = outcomeOf(candidate, there);
    outcomes.set(candidate, outcome);
    if (outcome === 'unchanged' && there?.asOf === 'earlier') unmoved.push(there.id);
    if (outcome === 'conflict' && there) {
      reviews.push({ kind: 'AS_OF_CONFLICT', recordId: there.id, rowNo: candidate.row.rowNo });
    }
    if (outcome !== 'new' && outcome !== 'revised') continue;
    const row = recordRow(store, candidate, there?.id ?? uuidv7(), subjects.get(candidate) as Placed);
    (outcome === 'new' ? fresh : changed).push(row);
    store.classified?.(candidate, classOf(recordTypeOf(store), row));
    if (row.undecided && !store.withdraw)
      reviews.push({ kind: 'SEVERITY_UNDECIDED', recordId: row.id, rowNo: row.row_no });
    if (row.personal_text) {
      const { id, subject_id, authority_id } = row;
      texts.push({ rowId: id, subjectId: subject_id, authorityId: authority_id, texts: wholeTexts(store, candidate) });
    }
  }
  await insertRecords(store, fresh);
  await updateRecords(store, changed);
  await moveAsOf(store, unmoved);
  await closeRevised(store.session, { revised: changed.map(({ id }) => id), repeated: unmoved });
  await storePersonalTexts(store, texts);
  await openReviews(store, reviews);
  return outcomes;
}

async function storedRecords(
  { session, itemId, asOf }: Store,
  candidates: readonly Candidate[],
): Promise<Map<string, Stored>> {
  const rows = await session.query<Stored>(sql`
    select id, business_key as key, content_hash as content, public_hash as "publicContent", subject_id as "subjectId",
      subject_kind as "subjectKind", ${COMPARED(asOf)}
    from credit_record where item_id = ${itemId} and business_key = any(${candidates.flatMap(keysOf)})`);
  return new Map(rows.map((row) => [row.key, row]));
}

/** Fields that have a column of their own, by the type of record. */
const COLUMNS: Readonly<Record<'PERMIT' | 'PENALTY' | 'OTHER', Partial<Record<FieldPart, string>>>> = {
  PERMIT: {
    documentName: 'document_name',
    documentNo: 'document_no',
    category: 'category',
    certificateName: 'certificate_name',
    certificateNo: 'certificate_no',
    content: 'content',
  },
  PENALTY: { documentNo: 'document_no', violation: 'violation', facts: 'facts', basis: 'basis', content: 'content' },
  OTHER: { documentNo: 'document_no' },
};
/** In a column or a relation already, or not the record's at all. */
const NOT_VALUES: ReadonlySet<FieldPart | undefined> = new Set([
  'subjectName',
  'subjectCategory',
  'subjectCode',
  'registrationNo',
  'organisationCode',
  'representative',
  'representativeDocumentType',
  'representativeDocumentNumber',
  'personDocumentType',
  'personDocumentNumber',
  'authorityName',
  'authorityCode',
  'sourceName',
  'sourceCode',
]);
const COLUMN_PARTS: ReadonlySet<FieldPart | undefined> = new Set([
  'kinds',
  'fine',
  'confiscation',
  'decidedOn',
  'validFrom',
  'validTo',
]);

export const recordTypeOf = ({ plan }: Pick<Store, 'plan'>): 'PERMIT' | 'PENALTY' | 'OTHER' => {
  const { yields } = plan.item;
  return yields === 'PERMIT' || yields === 'PENALTY' ? yields : 'OTHER';
};

const classOf = (type: ReturnType<typeof recordTypeOf>, row: RecordRow): string => {
  if (type === 'PENALTY') return `CLASS_${row.severity ?? 'UNDECIDED'}`;
  return row.public_from === undefined ? 'CLASS_NOT_PUBLIC' : 'CLASS_PUBLIC';
};

type RecordRow = ReturnType<typeof recordRow>;

function recordRow(
  store: Store,
  { row, kinds, key, content, publicContent, shown, personal, claim }: Candidate,
  id: string,
  subject: Placed,
) {
  const { plan, standing, department } = store;
  const type = recordTypeOf(store);
  const value = (part: FieldPart) => row.values[plan.at(part)] ?? '';
  const decidedOn = value('decidedOn');
  const validTo = openEnded(dateAt(row, plan.at('validTo')));
  const fine = row.yuan[plan.at('fine')] ?? null;
  const authority = standing.departments.get(value('authorityCode')) ?? department;
  const ruling: Ruling = rule(
    {
      item: plan.item.code,
      yields: plan.item.yields,
      decidedOn,
      validTo,
      person: claim.by === 'document',
      kinds,
      sectors: authority.functions,
      fine,
      documentNo: value('documentNo'),
      texts: [value('content'), value('facts'), row.values[plan.place('BZ')] ?? ''],
    },
    standing.sectors,
  );
  const column = (part: FieldPart) => (part in COLUMNS[type] ? shown[plan.at(part)] || undefined : undefined);
  const hasPersonal = personal.some((place) => placeOfText(store, place) !== null);
  // undefined is left out on the way, and is null to Postgres
  return {
    id,
    subject_id: subject.id,
    subject_kind: subject.kind,
    authority_id: authority.id,
    decided_on: decidedOn,
    public_from: ruling.publicFrom ?? undefined,
    public_until: ruling.publicUntil ?? undefined,
    expires_on: ruling.expiresOn ?? undefined,
    rule_version: ruling.ruleVersion,
    severity: ruling.severity ?? undefined,
    undecided: ruling.undecided,
    // values from memory: 2 is 无效
    invalid: store.withdraw || value('validity') === '2',
    business_key: key,
    content_hash: content,
    public_hash: publicContent ?? undefined,
    heading: claim.by === 'document' ? undefined : headingOf(store, shown),
    row_no: row.rowNo,
    valid_from: dateAt(row, plan.at('validFrom')) ?? undefined,
    valid_to: validTo ?? undefined,
    categories: type === 'PENALTY' ? kinds : undefined,
    fine: fine ?? undefined,
    confiscation: row.yuan[plan.at('confiscation')] ?? undefined,
    values: valuesOf(store, shown),
    personal_text: hasPersonal,
    document_name: column('documentName'),
    document_no: column('documentNo'),
    category: column('category'),
    certificate_name: column('certificateName'),
    certificate_no: column('certificateNo'),
    content: column('content'),
    violation: column('violation'),
    facts: column('facts'),
    basis: column('basis'),
  };
}

const HEADING: ReadonlySet<FieldPart | undefined> = new Set([
  'subjectName',
  'subjectCategory',
  'registrationNo',
  'organisationCode',
  'representative',
  'authorityName',
]);

/** The row's own words about its subject and authority, of an item that is shown in public: under them it is exported. */
function headingOf({ plan }: Store, shown: readonly string[]): Record<string, string> | undefined {
  if (plan.item.disclosure !== 'PUBLIC') return undefined;
  const heading: Record<string, string> = {};
  plan.fields.forEach(({ name, part, security }, i) => {
    if (HEADING.has(part) && security === 'OPEN' && shown[i] !== '') heading[name] = shown[i] as string;
  });
  return heading;
}

const openEnded = (date: string | null): string | null => (date !== null && date >= OPEN_ENDED ? null : date);

/** Under which name a field's text is kept: its column, its own name among the values, or nowhere. */
function placeOfText(store: Store, place: number): string | null {
  const field = store.plan.fields[place];
  if (!field || NOT_VALUES.has(field.part) || field.computed) return null;
  return (field.part && COLUMNS[recordTypeOf(store)][field.part]) ?? field.name;
}

const keptPlaces = new WeakMap<ItemPlan, readonly (readonly [place: number, name: string])[]>();

/** Places of the fields that are kept among the values, as found once for an item. */
function placesOfValues(store: Store): readonly (readonly [place: number, name: string])[] {
  const known = keptPlaces.get(store.plan);
  if (known) return known;
  const columns = COLUMNS[recordTypeOf(store)];
  const isOther = recordTypeOf(store) === 'OTHER';
  const places = store.plan.fields.flatMap(({ name, part, computed }, i) => {
    const inColumn = !isOther && part !== undefined && (part in columns || COLUMN_PARTS.has(part));
    return computed || inColumn || NOT_VALUES.has(part) ? [] : [[i, name] as const];
  });
  keptPlaces.set(store.plan, places);
  return places;
}

function valuesOf(store: Store, shown: readonly string[]): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [place, name] of placesOfValues(store)) if (shown[place] !== '') values[name] = shown[place] as string;
  return values;
}

function wholeTexts(store: Store, { row, personal }: Candidate): Record<string, string> {
  return Object.fromEntries(
    personal.flatMap((place) => {
      const name = placeOfText(store, place);
      return name ? [[name, row.values[place] as string]] : [];
    }),
  );
}

const COLUMN_TYPES: ColumnTypes = {
  id: 'uuid',
  subject_id: 'uuid',
  subject_kind: 'text',
  authority_id: 'uuid',
  document_no: 'text',
  decided_on: 'date',
  public_from: 'date',
  public_until: 'date',
  expires_on: 'date',
  rule_version: 'text',
  severity: 'text',
  invalid: 'boolean',
  business_key: 'text',
  content_hash: 'text',
  public_hash: 'text',
  heading: 'jsonb',
  row_no: 'int',
  document_name: 'text',
  category: 'text',
  certificate_name: 'text',
  certificate_no: 'text',
  content: 'text',
  valid_from: 'date',
  valid_to: 'date',
  violation: 'text',
  facts: 'text',
  basis: 'text',
  categories: 'text[]',
  fine: 'numeric',
  confiscation: 'numeric',
  values: 'jsonb',
  personal_text: 'boolean',
};

/** Columns that follow from the row alone, and so are written alike when it is new and when it is revised. */
const WRITTEN = [
  'subject_id',
  'subject_kind',
  'authority_id',
  'document_no',
  'decided_on',
  'public_from',
  'public_until',
  'expires_on',
  'rule_version',
  'severity',
  'content_hash',
  'public_hash',
  'heading',
  'row_no',
  'document_name',
  'category',
  'certificate_name',
  'certificate_no',
  'content',
  'valid_from',
  'valid_to',
  'violation',
  'facts',
  'basis',
  'categories',
  'fine',
  'confiscation',
  'values',
  'personal_text',
].map((name) => `"${name}"`);

async function insertRecords(store: Store, rows: readonly RecordRow[]): Promise<void> {
  if (rows.length === 0) return;
  const { session, itemId, plan, department, asOf, batchId, received } = store;
  const revokedOn = store.withdraw ? withdrawnOn(store) : received;
  await session.query(sql`
    insert into credit_record (id, item_id, record_type, disclosure, provider_id, business_key, as_of, batch_id, received_on,
      back_filled, state, revoked_on, revised_by, ${sql.raw(WRITTEN.join(', '))})
    select r.id, ${itemId}::uuid, ${recordTypeOf(store)}, ${plan.item.disclosure}, ${department.id}::uuid, r.business_key,
      ${asOf}::timestamptz, ${batchId}::uuid, ${received}::date, ${store.backFilled ?? false}, case when r.invalid then 'REVOKED' else 'ACTIVE' end,
      case when r.invalid then ${revokedOn}::date end, ${session.actor.user}, ${sql.raw(WRITTEN.map((name) => `r.${name}`).join(', '))}
    from ${tableOf(COLUMN_TYPES, rows)}`);
}

/** What was archived by a document, a repair or the years stays so: a provider's row wakes up only what its row ended. */
async function updateRecords(store: Store, rows: readonly RecordRow[]): Promise<void> {
  if (rows.length === 0) return;
  const { session, asOf, batchId, received, withdraw } = store;
  const revokedOn = withdraw ? withdrawnOn(store) : received;
  const ended = rows.filter(({ invalid }) => invalid).map(({ id }) => id);
  const standing =
    ended.length === 0
      ? []
      : await session.query<{ id: string }>(
          sql`select id from credit_record where id = any(${ended}::uuid[]) and state = 'ACTIVE'`,
        );
  const endedByRow = sql`(c.state = 'REVOKED' and c.revocation_document_no is null)`;
  await session.query(sql`
    update credit_record c set as_of = ${asOf}::timestamptz, batch_id = ${batchId}::uuid, revised_by = ${session.actor.user},
      revision_reason = 'submitRecords',
      state = case when c.state = 'ACTIVE' and r.invalid then 'REVOKED' when ${endedByRow} and not r.invalid then 'ACTIVE' else c.state end,
      revoked_on = case when (c.state = 'ACTIVE' or ${endedByRow}) and r.invalid then ${revokedOn}::date
        when ${endedByRow} and not r.invalid then null else c.revoked_on end,
      ${sql.raw(WRITTEN.map((name) => `${name} = r.${name}`).join(', '))}
    from ${tableOf(COLUMN_TYPES, rows)} where c.id = r.id`);
  await withdrawPublicity(session, {
    recordIds: standing.map(({ id }) => id),
    documentNo: null,
    documentOn: revokedOn,
    reason: withdraw ? '提供单位撤回' : '提供单位报送为无效',
  });
}

/** The row said the same later: so it was true until then, and an older submission loses against it. */
async function moveAsOf(store: Store, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const { session, asOf, withdraw } = store;
  const again = withdraw
    ? sql`, revoked_on = case when state = 'REVOKED' and revocation_document_no is null then ${withdrawnOn(store)}::date else revoked_on end`
    : sql``;
  await session.query(
    sql`update credit_record set as_of = ${asOf}::timestamptz ${again} where id = any(${ids}::uuid[])`,
  );
}
