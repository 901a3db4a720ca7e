import { sql } from '../platform/sql.js';
import { canonical, type EntryRow, entryColumns } from './entry.js';
import type { Query } from './log.js';
import { type Gone, type Retirement, retirementSchema } from './retirement.js';

const PORTION = 5_000;

/** An entry's canonical text; what is left of one whose time is over; null for a place that is empty. */
export type StoredEntry = string | { gone: Gone; retirement?: Retirement | undefined } | null;

/** Every entry in the database, in order. The first of a retirement brings what was signed of it. */
export async function* storedEntries(query: Query): AsyncGenerator<StoredEntry> {
  const said = new Set<string>();
  for (let next = 0; ; ) {
    const rows = await query<EntryRow & { seq: string }>(
      sql`select e.seq::text as seq, ${entryColumns} from access_event e where e.seq >= ${next} order by e.seq limit ${PORTION}`,
    );
    const entries = new Map(rows.map(({ seq, ...row }) => [Number(seq), canonical(row as EntryRow)]));
    const gone = await goneEntries(query, next, rows.length < PORTION ? null : Number(rows.at(-1)?.seq));
    const end = Math.max(-1, ...entries.keys(), ...gone.keys());
    for (; next <= end; next++) {
      const left = gone.get(next);
      const entry = entries.get(next);
      if (entry !== undefined || !left) yield entry ?? null;
      else {
        const first = !said.has(left.gone.retirement);
        said.add(left.gone.retirement);
        yield first ? left : { gone: left.gone };
      }
    }
    if (rows.length < PORTION) return;
  }
}

async function goneEntries(query: Query, from: number, to: number | null) {
  const rows = await query<Omit<Gone, 'seq'> & { seq: string; statement: unknown }>(sql`
    select r.seq::text as seq, r.day::text as day, r.months, r.retirement_id as retirement, encode(l.leaf, 'hex') as leaf, a.statement
    from audit_retired r join audit_leaf l on l.seq = r.seq left join audit_retirement a on a.id = r.retirement_id
    where r.seq >= ${from} and (${to}::bigint is null or r.seq <= ${to}) order by r.seq`);
  return new Map(
    rows.map(({ seq, statement, ...gone }) => {
      const read = retirementSchema.safeParse(statement);
      return [Number(seq), { gone: { ...gone, seq: Number(seq) }, retirement: read.success ? read.data : undefined }];
    }),
  );
}

/** Hashes in the database by their place; a hole where one is missing. */
export async function storedHashes(query: Query): Promise<Buffer[]> {
  const hashes: Buffer[] = [];
  for (const { seq, leaf } of await query<{ seq: string; leaf: Buffer }>(
    sql`select seq::text as seq, leaf from audit_leaf order by seq`,
  )) {
    hashes[Number(seq)] = leaf;
  }
  return hashes;
}

/** Committed events that the log has not taken in yet. */
export async function waitingEvents(query: Query): Promise<number> {
  const [row] = await query<{ n: number }>(sql`select count(*)::int as n from access_event where seq is null`);
  return row?.n ?? 0;
}

/** Where an event stands in the log, also one that is gone; null where it never stood there. */
export async function placeOf(query: Query, eventId: string): Promise<number | null> {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(eventId)) return null;
  const [row] = await query<{ seq: string }>(sql`select seq::text as seq from audit_leaf where event_id = ${eventId}`);
  return row ? Number(row.seq) : null;
}
