import { sql } from '../platform/sql.js';
import { canonical, type EntryRow, entryColumns } from './entry.js';
import type { Query } from './log.js';

const PORTION = 5_000;

/** Canonical text of every entry in the database, in order; null for each place that is empty. */
export async function* storedEntries(query: Query): AsyncGenerator<string | null> {
  for (let next = 0; ; ) {
    const rows = await query<EntryRow & { seq: string }>(
      sql`select e.seq::text as seq, ${entryColumns} from access_event e where e.seq >= ${next} order by e.seq limit ${PORTION}`,
    );
    if (rows.length === 0) return;
    for (const { seq, ...row } of rows) {
      for (; next < Number(seq); next++) yield null;
      yield canonical(row as EntryRow);
      next++;
    }
  }
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
