import { setImmediate } from 'node:timers/promises';
import type { CatalogueField } from '../../catalogue/types.js';
import type { DateString } from '../../platform/clock.js';
import { sql } from '../../platform/sql.js';
import { type Candidate, candidateOf, keysOf, maskRow } from './candidate.js';
import { lookUp } from './context.js';
import { storeEntries } from './entries.js';
import { type Issue, rejection, warning } from './issues.js';
import { isRefused, judge, type RefusedRow } from './judge.js';
import { junkOf } from './junk.js';
import { storeMarket } from './marketRecords.js';
import type { Sender } from './outside.js';
import type { ItemPlan } from './plan.js';
import { storeRecords } from './records.js';
import { storeSubjects } from './register.js';
import type { Became } from './steps.js';
import { type ColumnTypes, type Store, tableOf, WITHDRAWN } from './storing.js';
import type { Outcome } from './tallies.js';
import type { TidyRow } from './tidy.js';
import { warningsOf } from './warnings.js';

/** What chunks of one batch share. */
export interface Chunk {
  readonly store: Store;
  readonly sender: Sender;
  /** days by which a decision had to be reported, as far as counted */
  readonly due: Map<DateString, DateString>;
}

export interface RowResult {
  readonly outcome: Outcome;
  readonly issues: readonly Issue[];
}

export interface ChunkResult {
  readonly results: readonly RowResult[];
  /** stores the rows as they were sent: to be awaited before the session's next statement */
  storeRows(): Promise<unknown>;
}

/**
 * Judges the rows and stores what came of them, in a handful of statements however many rows there are. `before` is what
 * is left to store of the chunk before: Postgres does it while the rows are judged here.
 */
export async function storeChunk(
  { store, sender, due }: Chunk,
  rows: readonly TidyRow[],
  before: () => Promise<unknown> = async () => {},
): Promise<ChunkResult> {
  const { plan, received, session, keys } = store;
  const lookups = await lookUp(session, plan, rows, store);
  const underWay = before();
  underWay.catch(() => {});
  // The statement leaves before judging takes the thread.
  await setImmediate();
  const refused: RefusedRow[] = [];
  const taken: Candidate[] = [];
  for (const row of rows) {
    const verdict = judge({ plan, sender, received, lookups }, row);
    if (isRefused(verdict)) refused.push(verdict);
    else taken.push(asSaid(store, candidateOf(plan, verdict, keys, received)));
  }
  await underWay;
  const { first, again } = await partDuplicates(store, taken);
  refused.push(...again.map(({ row }): RefusedRow => ({ row, issue: rejection('DUPLICATE'), drop: false })));
  const classes = new Map<Candidate, string>();
  const noting: Store = { ...store, classified: (candidate, code) => classes.set(candidate, code) };
  const outcomes = first.length > 0 ? await storeTaken(noting, first) : new Map<Candidate, Outcome>();
  const results = [
    ...first.map((candidate) => {
      const outcome = outcomes.get(candidate) as Exclude<Outcome, 'rejected'>;
      const conflict = outcome === 'conflict' ? [warning('AS_OF_CONFLICT')] : [];
      const issues = [
        ...candidate.corrections,
        ...warningsOf(plan, candidate, received, store.backFilled ? null : due),
        ...conflict,
      ];
      const { row, shown, key } = candidate;
      return { outcome, issues, row, shown, key, became: outcome, class: classes.get(candidate) ?? null };
    }),
    ...refused.map(({ row, issue, drop }) => {
      const issues = [issue, ...(drop ? [] : row.corrections)];
      const shown = drop ? [] : maskRow(plan, row, null, received).shown;
      const junk = drop ? null : junkOf(plan, row);
      const became: Became = junk ? 'junk' : issue.code === 'DUPLICATE' ? 'duplicate' : 'invalid';
      return { outcome: 'rejected' as const, issues, row, shown, key: null, became, class: junk };
    }),
  ];
  return { results, storeRows: () => insertRows(store, results) };
}

/** A withdrawal is a version of its row like any other: it wins and loses by its as-of, against equal words too. */
const asSaid = ({ withdraw }: Store, candidate: Candidate): Candidate =>
  withdraw ? { ...candidate, content: `${WITHDRAWN}${candidate.content}`, publicContent: null } : candidate;

function storeTaken(store: Store, taken: readonly Candidate[]): Promise<Map<Candidate, Outcome>> {
  const { yields } = store.plan.item;
  if (yields === 'SUBJECT') return storeSubjects(store, taken);
  if (yields === 'MARKET') return storeMarket(store, taken);
  return yields === 'LIST_ENTRY' ? storeEntries(store, taken) : storeRecords(store, taken);
}

/** DUPLICATE: the same business key earlier in the batch, in this chunk or in the rows already stored of it. */
async function partDuplicates({ session, batchId }: Store, taken: readonly Candidate[]) {
  const earlier = new Set<string>();
  if (taken.length > 0) {
    // `is true` keeps the planner on the key's index: by the batch alone it would read the whole batch for every chunk.
    const found = await session.query<{ key: string }>(sql`
      select key_hash as key from import_row
      where key_hash = any(${taken.flatMap(keysOf)}) and (batch_id = ${batchId}) is true`);
    for (const { key } of found) earlier.add(key);
  }
  const [first, again]: [Candidate[], Candidate[]] = [[], []];
  for (const candidate of taken) {
    (keysOf(candidate).some((key) => earlier.has(key)) ? again : first).push(candidate);
    earlier.add(candidate.key);
  }
  return { first, again };
}

const ROW_TYPES: ColumnTypes = {
  row_no: 'int',
  values: 'jsonb',
  issues: 'jsonb',
  rejected: 'boolean',
  key_hash: 'text',
  outcome: 'text',
  class: 'text',
};

interface StoredRow extends RowResult {
  readonly row: TidyRow;
  readonly shown: readonly string[];
  readonly key: string | null;
  readonly became: Became;
  readonly class: string | null;
}

function insertRows({ session, plan, batchId }: Store, results: readonly StoredRow[]): Promise<unknown> {
  const rows = results.map(({ outcome, issues, row, shown, key, became, class: classed }) => ({
    row_no: row.rowNo,
    values: named(plan, shown),
    issues,
    rejected: outcome === 'rejected',
    key_hash: key,
    outcome: became,
    class: classed,
  }));
  return session.query(sql`
    insert into import_row (batch_id, row_no, "values", issues, rejected, key_hash, outcome, class)
    select ${batchId}::uuid, r.row_no, r."values", r.issues, r.rejected, r.key_hash, r.outcome, r.class
    from ${tableOf(ROW_TYPES, rows)}`);
}

function named({ fields }: ItemPlan, shown: readonly string[]): Record<string, string> {
  const values: Record<string, string> = {};
  for (let i = 0; i < shown.length; i += 1)
    if (shown[i] !== '') values[(fields[i] as CatalogueField).name] = shown[i] as string;
  return values;
}
