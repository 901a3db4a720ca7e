import type { KeyObject } from 'node:crypto';
import { MONTHS_KEPT } from '../permissions/retention.js';
import { FINDING_PENDING } from '../permissions/states.js';
import { uuidv7 } from '../platform/ids.js';
import { sql } from '../platform/sql.js';
import type { LogCopy } from './copy.js';
import { canonical, type EntryRow, entryColumns } from './entry.js';
import type { Query } from './log.js';
import type { Tree } from './merkle.js';
import { type Gone, signRetirement } from './retirement.js';

const PORTION = 5_000;

/** Someone bent an entry that is about to go: nothing goes until an operator has looked. */
export class LogBent extends Error {
  override readonly name = 'LogBent';
  constructor(readonly seq: number) {
    super(`entry ${seq} of the audit log is not what was taken in: nothing is removed, look at hub audit verify`);
  }
}

export interface Retained {
  /** months of the term → entries that are past it */
  due: Record<string, number>;
  /** of those, kept all the same: a finding that is not closed rests on them */
  held: number;
  /** gone now */
  removed: number;
}

const PAST = `e.seq is not null and (e.at at time zone 'UTC') + make_interval(months => ${MONTHS_KEPT}) <= now() at time zone 'UTC'`;
/** 证据保全 */
const HELD = `exists (select 1 from patrol_finding f where f.${FINDING_PENDING} and e.id = any(f.event_ids))`;

/** What is past its term, and what of it is held. */
export async function dueEntries(query: Query): Promise<Retained> {
  const rows = await query<{ months: number; entries: number; held: number }>(sql`
    select ${sql.raw(MONTHS_KEPT)}::int as months, count(*)::int as entries,
      (count(*) filter (where ${sql.raw(HELD)}))::int as held
    from access_event e where ${sql.raw(PAST)} group by 1 order by 1`);
  return {
    due: Object.fromEntries(rows.map(({ months, entries }) => [String(months), entries])),
    held: rows.reduce((sum, { held }) => sum + held, 0),
    removed: 0,
  };
}

/**
 * Removes what is past its term, a portion in each transaction: a signed retirement, a line for each entry, then the
 * entries. Their hashes stay in the tree. Each entry is compared with the hash kept outside the database before it goes:
 * one that was bent to look old does not go.
 * @param query of one connection, under the lock of the log
 * @throws {LogBent}
 */
export async function removeDue(
  query: Query,
  {
    copy,
    tree,
    pair,
    by,
  }: { copy: LogCopy; tree: Tree; pair: { privateKey: KeyObject; publicKey: KeyObject }; by: Actor },
): Promise<number> {
  const leaves = await copy.leaves();
  let removed = 0;
  for (;;) {
    await query(sql`begin`);
    try {
      const count = await removePortion(query, { leaves, tree, pair, by });
      await query(sql`commit`);
      if (count === 0) return removed;
      removed += count;
    } catch (error) {
      await query(sql`rollback`);
      throw error;
    }
  }
}

/** In whose name the log says that entries went. */
export interface Actor {
  user: string;
  role: string;
}

async function removePortion(
  query: Query,
  at: { leaves: readonly Buffer[]; tree: Tree; pair: { privateKey: KeyObject; publicKey: KeyObject }; by: Actor },
): Promise<number> {
  const rows = await query<EntryRow & { seq: string; day: string; months: number; now: string }>(sql`
    select e.seq::text as seq, (e.at at time zone 'UTC')::date::text as day, ${sql.raw(MONTHS_KEPT)}::int as months,
      to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as now, ${entryColumns}
    from access_event e where ${sql.raw(PAST)} and not ${sql.raw(HELD)} order by e.seq limit ${PORTION}`);
  const [first] = rows;
  if (!first) return 0;
  const id = uuidv7();
  const gone = rows.map(({ seq, day, months, now: _now, ...entry }): Gone => {
    const leaf = at.tree.leaf(canonical(entry as EntryRow));
    if (!at.leaves[Number(seq)]?.equals(leaf)) throw new LogBent(Number(seq));
    return { seq: Number(seq), day, months, leaf: leaf.toString('hex'), retirement: id };
  });
  const statement = signRetirement(at.pair, { id, at: first.now, gone });
  await query(sql`
    insert into audit_retirement (id, entries, statement) values (${id}, ${gone.length}, ${JSON.stringify(statement)}::jsonb)`);
  await query(sql`
    insert into audit_retired (seq, retirement_id, day, months)
    select seq, ${id}, day, months from jsonb_to_recordset(${JSON.stringify(gone)}::jsonb) as gone(seq bigint, day date, months int)`);
  await query(sql`delete from access_event e using audit_retired r where r.retirement_id = ${id} and e.seq = r.seq`);
  await query(sql`
    insert into access_event (id, actor, role, case_no, operation, operation_hash, labels, outcome)
    values (${uuidv7()}, ${at.by.user}, ${at.by.role}, ${id}, 'retainAudit', ${statement.digest}, array['AUDIT'], 'OK')`);
  return gone.length;
}
