import type { SubjectKind } from '../../catalogue/types.js';
import { dateInShanghai } from '../../platform/clock.js';
import type { FieldCipher, Keys } from '../../platform/crypto.js';
import { uuidv7 } from '../../platform/ids.js';
import { type Sql, sql } from '../../platform/sql.js';
import { dataKeys } from '../custody/subjectKeys.js';
import type { Agreed } from '../market/agreed.js';
import { sealTexts } from '../personal.js';
import type { Session } from '../session.js';
import type { Candidate } from './candidate.js';
import type { Standing } from './context.js';
import type { DepartmentFacts } from './lookups.js';
import type { ItemPlan } from './plan.js';
import type { Outcome } from './tallies.js';

/** What a chunk is stored with. */
export interface Store {
  readonly session: Session;
  readonly plan: ItemPlan;
  readonly keys: Keys;
  readonly standing: Standing;
  readonly batchId: string;
  readonly itemId: string;
  readonly department: DepartmentFacts;
  readonly received: string;
  /** ISO instant */
  readonly asOf: string;
  /** the rows are withdrawn as of `asOf`: what they say stays, and is no longer in force; default no */
  readonly withdraw?: boolean;
  /** 补录: rows that are new by it are marked so, and none of them is late; default no */
  readonly backFilled?: boolean;
  /** of market information: under which agreement it comes */
  readonly agreed?: Agreed;
  /** told what class a record that is stored or changed has come to (catalogue/quality) */
  readonly classified?: (candidate: Candidate, code: string) => void;
}

/** Begins the digest of a row that its provider has withdrawn: what ended so, a later row of the provider brings back. */
export const WITHDRAWN = 'withdrawn:';

/** The day on which the batch's withdrawals take effect. */
export const withdrawnOn = ({ asOf }: Pick<Store, 'asOf'>): string => dateInShanghai(new Date(asOf));

/** What stands in the hub under the same business key. */
export interface Stored {
  readonly id: string;
  readonly key: string;
  readonly content: string | null;
  /** what an export of it says, where that is less (candidate.ts) */
  readonly publicContent?: string | null;
  readonly subjectId: string;
  readonly subjectKind: SubjectKind;
  /** of the stored row's as-of against the batch's */
  readonly asOf: 'earlier' | 'same' | 'later';
}

export const COMPARED = (asOf: string): Sql =>
  sql`case when as_of < ${asOf}::timestamptz then 'earlier' when as_of = ${asOf}::timestamptz then 'same' else 'later' end as "asOf"`;

/** reference.md, Rows: the later as-of wins, and equal ones with other content go to review. */
export function outcomeOf({ content }: Candidate, stored: Stored | undefined): Exclude<Outcome, 'rejected'> {
  if (!stored || stored.content === null) return 'new';
  if (stored.content === content || stored.publicContent === content) return 'unchanged';
  return stored.asOf === 'earlier' ? 'revised' : stored.asOf === 'same' ? 'conflict' : 'older';
}

/** The rows of a statement, as one parameter however many they are. */
export const rowsOf = (rows: readonly object[]): Sql => sql`${JSON.stringify(rows)}::jsonb`;

export type ColumnTypes = Readonly<
  Record<string, 'uuid' | 'text' | 'text[]' | 'date' | 'int' | 'boolean' | 'numeric' | 'jsonb'>
>;

const BETWEEN = '\u001f';

/**
 * The same for wide rows, as a table `r`: values travel by place, without their names, which Postgres takes apart in
 * half the time of `jsonb_to_recordset`.
 */
export function tableOf(columns: ColumnTypes, rows: readonly Readonly<Record<string, unknown>>[]): Sql {
  const names = Object.keys(columns);
  const packed = rows.map((row) => names.map((name) => row[name]));
  names.forEach((name, i) => {
    if (columns[name] !== 'text[]') return;
    for (const values of packed) if (Array.isArray(values[i])) values[i] = values[i].join(BETWEEN);
  });
  const columnOf = (name: string, i: number) => {
    const type = columns[name];
    if (type === 'jsonb') return `a->${i}`;
    if (type === 'text[]') return `string_to_array(a->>${i}, e'\\x1f')`;
    return type === 'text' ? `a->>${i}` : `(a->>${i})::${type}`;
  };
  const selected = names.map((name, i) => `${columnOf(name, i)} as "${name}"`).join(', ');
  return sql`(select ${sql.raw(selected)} from jsonb_array_elements(${JSON.stringify(packed)}::jsonb) as a) as r`;
}

export interface PersonalText {
  readonly rowId: string;
  readonly subjectId: string;
  readonly authorityId: string;
  readonly texts: Record<string, string>;
}

/** Seals whole texts beside their masked rows; what stood there before is sealed over. */
export async function storePersonalTexts(
  { session, keys, department }: Store,
  texts: readonly PersonalText[],
): Promise<void> {
  if (texts.length === 0) return;
  const sealing = await dataKeys(
    session,
    keys,
    texts.map(({ subjectId }) => subjectId),
  );
  const rows = texts.map(({ rowId, subjectId, authorityId, texts: whole }) => ({
    row_id: rowId,
    subject_id: subjectId,
    authority_id: authorityId,
    sealed: sealTexts(sealing.get(subjectId) as FieldCipher, rowId, whole),
  }));
  await session.query(sql`
    insert into personal_text (row_id, subject_id, authority_id, provider_id, sealed)
    select row_id, subject_id, authority_id, ${department.id}::uuid, sealed
    from jsonb_to_recordset(${rowsOf(rows)}) as r(row_id uuid, subject_id uuid, authority_id uuid, sealed text)
    on conflict (row_id) do update set subject_id = excluded.subject_id, authority_id = excluded.authority_id, sealed = excluded.sealed`);
}

export interface Review {
  readonly kind: 'SEVERITY_UNDECIDED' | 'AS_OF_CONFLICT';
  readonly recordId: string | null;
  readonly rowNo: number;
}

/** Opens reviews for the sender, unless the same one of the record is open already. */
export async function openReviews({ session, department, batchId }: Store, reviews: readonly Review[]): Promise<void> {
  if (reviews.length === 0) return;
  const rows = reviews.map(({ kind, recordId, rowNo }) => ({ id: uuidv7(), kind, record_id: recordId, row_no: rowNo }));
  await session.query(sql`
    insert into review_item (id, kind, record_id, batch_id, row_no, department_id)
    select r.id, r.kind, r.record_id, ${batchId}::uuid, r.row_no, ${department.id}::uuid
    from jsonb_to_recordset(${rowsOf(rows)}) as r(id uuid, kind text, record_id uuid, row_no int)
    where not exists (select 1 from review_item o where o.record_id = r.record_id and o.kind = r.kind and o.closed_at is null)`);
}
