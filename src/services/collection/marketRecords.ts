import { MARKET_YEARS } from '../../catalogue/terms.js';
import type { CatalogueField, FieldPart } from '../../catalogue/types.js';
import { addYears } from '../../platform/clock.js';
import { uuidv7 } from '../../platform/ids.js';
import { sql } from '../../platform/sql.js';
import type { Agreed } from '../market/agreed.js';
import { type Candidate, keysOf, storedOf } from './candidate.js';
import { COMPARED, type ColumnTypes, outcomeOf, type Store, type Stored, tableOf, withdrawnOn } from './storing.js';
import type { Outcome } from './tallies.js';
import { dateAt } from './tidy.js';

/** 市场信用信息 Into a table of its own, in the name of the body that brings it. Says what became of each row. */
export async function storeMarket(store: Store, candidates: readonly Candidate[]): Promise<Map<Candidate, Outcome>> {
  const { agreed } = store;
  if (!agreed) throw new Error('market information without an agreement');
  const stored = await storedRecords(store, candidates);
  const outcomes = new Map<Candidate, Outcome>();
  const [fresh, changed]: [MarketRow[], MarketRow[]] = [[], []];
  const unmoved: string[] = [];
  for (const candidate of candidates) {
    const there = storedOf(stored, candidate);
    const outcome = outcomeOf(candidate, there);
    outcomes.set(candidate, outcome);
    if (outcome === 'unchanged' && there?.asOf === 'earlier') unmoved.push(there.id);
    if (outcome === 'new') fresh.push(marketRow(store, agreed, candidate, null));
    if (outcome === 'revised') changed.push(marketRow(store, agreed, candidate, there as Stored));
  }
  await insertRecords(store, agreed, fresh);
  await updateRecords(store, agreed, changed);
  await moveAsOf(store, agreed, unmoved);
  return outcomes;
}

async function storedRecords(
  { session, itemId, asOf }: Store,
  candidates: readonly Candidate[],
): Promise<Map<string, Stored>> {
  const rows = await session.query<Stored>(sql`
    select id, business_key as key, content_hash as content, subject_id as "subjectId", subject_kind as "subjectKind",
      ${COMPARED(asOf)}
    from market_record where item_id = ${itemId} and business_key = any(${candidates.flatMap(keysOf)})`);
  return new Map(rows.map((row) => [row.key, row]));
}

/** In a column or a relation already. */
const NOT_VALUES: ReadonlySet<FieldPart | undefined> = new Set([
  'subjectName',
  'subjectCode',
  'documentNo',
  'decidedOn',
  'sourceName',
  'sourceCode',
]);

type MarketRow = ReturnType<typeof marketRow>;

function marketRow(
  store: Store,
  { countsUntil }: Agreed,
  { row, claim, key, content, shown }: Candidate,
  there: Stored | null,
) {
  const { plan } = store;
  // outside.ts has refused whom the register lacks
  const subject = claim.by === 'code' ? claim.subject : undefined;
  if (!there && !subject) throw new Error('market information about nobody in the register');
  const decidedOn = row.values[plan.at('decidedOn')] as string;
  const ends = [dateAt(row, plan.at('validTo')) as string, addYears(decidedOn, MARKET_YEARS), countsUntil];
  return {
    id: there?.id ?? uuidv7(),
    subject_id: there?.subjectId ?? subject?.id,
    subject_kind: there?.subjectKind ?? subject?.kind,
    document_no: shown[plan.at('documentNo')],
    decided_on: decidedOn,
    expires_on: ends.filter((end) => end !== null).sort()[0],
    values: Object.fromEntries(
      plan.fields.flatMap(({ name, part }: CatalogueField, i): [string, string][] =>
        NOT_VALUES.has(part) || shown[i] === '' ? [] : [[name, shown[i] as string]],
      ),
    ),
    business_key: key,
    content_hash: content,
    row_no: row.rowNo,
  };
}

const COLUMN_TYPES: ColumnTypes = {
  id: 'uuid',
  subject_id: 'uuid',
  subject_kind: 'text',
  document_no: 'text',
  decided_on: 'date',
  expires_on: 'date',
  values: 'jsonb',
  business_key: 'text',
  content_hash: 'text',
  row_no: 'int',
};

async function insertRecords(store: Store, agreed: Agreed, rows: readonly MarketRow[]): Promise<void> {
  if (rows.length === 0) return;
  const { session, itemId, asOf, batchId, received, withdraw } = store;
  await session.query(sql`
    insert into market_record (id, item_id, agreement_id, agreement_no, body_id, subject_id, subject_kind, document_no, decided_on,
      expires_on, state, revoked_on, "values", business_key, content_hash, as_of, batch_id, row_no, received_on, revised_by)
    select r.id, ${itemId}::uuid, ${agreed.id}::uuid, ${agreed.documentNo}, ${agreed.body.id}::uuid, r.subject_id, r.subject_kind,
      r.document_no, r.decided_on, r.expires_on, ${withdraw ? 'REVOKED' : 'ACTIVE'}, ${withdraw ? withdrawnOn(store) : null}::date,
      r."values", r.business_key, r.content_hash, ${asOf}::timestamptz, ${batchId}::uuid, r.row_no, ${received}::date,
      ${session.actor.user}
    from ${tableOf(COLUMN_TYPES, rows)}`);
}

/** What was withdrawn, by its body or with an agreement, stands again once it is brought again. */
async function updateRecords(store: Store, agreed: Agreed, rows: readonly MarketRow[]): Promise<void> {
  if (rows.length === 0) return;
  const { session, asOf, batchId, withdraw } = store;
  await session.query(sql`
    update market_record m set agreement_id = ${agreed.id}::uuid, agreement_no = ${agreed.documentNo},
      document_no = r.document_no, decided_on = r.decided_on, expires_on = r.expires_on,
      state = ${withdraw ? 'REVOKED' : 'ACTIVE'}, revoked_on = ${withdraw ? withdrawnOn(store) : null}::date, "values" = r."values",
      content_hash = r.content_hash, as_of = ${asOf}::timestamptz, batch_id = ${batchId}::uuid, row_no = r.row_no,
      revised_by = ${session.actor.user}, revision_reason = 'submitRecords'
    from ${tableOf(COLUMN_TYPES, rows)} where m.id = r.id`);
}

/** The row said the same later: it was still true then, and stands under today's agreement. */
async function moveAsOf({ session, asOf }: Store, agreed: Agreed, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await session.query(sql`
    update market_record set as_of = ${asOf}::timestamptz, agreement_id = ${agreed.id}::uuid, agreement_no = ${agreed.documentNo}
    where id = any(${ids}::uuid[])`);
}
