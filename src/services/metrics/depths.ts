import { type Sql, sql } from '../../platform/sql.js';
import type { OwnerQuery } from '../reference.js';

export interface Measured {
  /** one of a closed list, never a name, a number or a text of a row; null where there is but one value */
  readonly of: string | null;
  readonly value: number;
}

export interface Depth {
  /** as Prometheus has it, of letters and underscores, with its unit at the end */
  readonly name: string;
  readonly help: string;
  /** what `of` is, where it is anything */
  readonly label?: string;
  readonly read: Sql<Measured>;
  /** counted where this table is: a street that is not built yet has no depth */
  readonly table?: string;
}

const age = (column: string) => sql.raw(`coalesce(extract(epoch from now() - min(${column})), 0)::float8`);

/**
 * Depths and ages that Postgres knows, looked at when somebody asks for /metrics. A new one is one line: a count or an age
 * in seconds, by at most one label of a closed list.
 */
export const DEPTHS: readonly Depth[] = [
  {
    name: 'hub_imports',
    help: 'Batches of imports and submissions by state',
    label: 'state',
    read: sql`select state as of, count(*)::int as value from import_batch group by 1`,
  },
  {
    // Their sign of life (jobs/locks.ts): gone with the process. The exchange's numbering has the same number, alone.
    name: 'hub_workers',
    help: 'Processes that run jobs, servers and `hub work` alike',
    read: sql`select null as of, count(distinct pid)::int as value from pg_locks
      where locktype = 'advisory' and granted and objsubid = 2 and classid = 370832 and mode = 'ShareLock'
        and database = (select oid from pg_database where datname = current_database())`,
  },
  {
    name: 'hub_submissions_waiting',
    help: 'Submissions answered RECEIVED whose rows wait for their job',
    read: sql`select null as of, count(*)::int as value from waiting_submission`,
  },
  {
    name: 'hub_submissions_oldest_seconds',
    help: 'How long the oldest of them waits',
    read: sql`select null as of, ${age('received_at')} as value from waiting_submission`,
  },
  {
    name: 'hub_audit_unnumbered',
    help: 'Events that are written and not yet taken into the audit log',
    read: sql`select null as of, count(*)::int as value from access_event where seq is null`,
  },
  {
    name: 'hub_audit_oldest_unnumbered_seconds',
    help: 'How long the oldest of them waits',
    read: sql`select null as of, ${age('at')} as value from access_event where seq is null`,
  },
  {
    name: 'hub_audit_entries',
    help: 'Entries of the audit log',
    read: sql`select null as of, coalesce(max(seq) + 1, 0)::float8 as value from audit_leaf`,
  },
  {
    name: 'hub_outbox_changes',
    help: 'Changes that are not numbered for other platforms yet',
    table: 'exchange_change',
    read: sql`select null as of, count(*)::int as value from exchange_change`,
  },
  {
    name: 'hub_outbox_oldest_change_seconds',
    help: 'How long the oldest of them waits',
    table: 'exchange_change',
    read: sql`select null as of, ${age('made_at')} as value from exchange_change`,
  },
  {
    name: 'hub_outbox_messages',
    help: 'Messages to other platforms that are not answered for, by state',
    label: 'state',
    table: 'exchange_delivery',
    read: sql`select state as of, count(*)::int as value from exchange_delivery where state <> 'ACCEPTED' group by 1`,
  },
  {
    name: 'hub_outbox_oldest_message_seconds',
    help: 'How long the oldest message waits that was not sent or not answered',
    table: 'exchange_delivery',
    read: sql`select null as of, ${age('queued_at')} as value from exchange_delivery where state in ('PENDING', 'SENT')`,
  },
];

export async function readDepths(query: OwnerQuery): Promise<(Depth & { values: readonly Measured[] })[]> {
  const read = [];
  for (const depth of DEPTHS) {
    if (depth.table !== undefined) {
      const [{ there } = { there: false }] = await query<{ there: boolean }>(
        sql`select to_regclass(${depth.table}) is not null as there`,
      );
      if (!there) continue;
    }
    read.push({ ...depth, values: await query<Measured>(depth.read as Sql<Measured>) });
  }
  return read;
}
