import type { Sql } from '../platform/sql.js';
import { sql } from '../platform/sql.js';

/**
 * The members of an entry, in the order in which they are hashed, each with the SQL of its text: the instant in UTC to
 * the microsecond, ids as they print, lists sorted. A member is added at the end, and only beside a new version.
 */
const MEMBERS = {
  id: 'e.id::text',
  at: `to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`,
  actor: 'e.actor',
  role: 'e.role',
  department: 'e.department_id::text',
  purpose: 'e.purpose',
  caseNo: 'e.case_no',
  operation: 'e.operation',
  operationHash: 'e.operation_hash',
  subjects: 'array(select unnest(e.subject_ids)::text order by 1)',
  labels: 'array(select unnest(e.labels) order by 1)',
  receiptNo: 'e.receipt_no',
  outcome: 'e.outcome',
} as const;
/** Since version 2. An entry that has none of them is of version 1 and keeps the text that it was hashed with. */
const ADDED = { consent: 'e.consent_id::text', onBehalf: 'e.on_behalf::text' } as const;
type Member = keyof typeof MEMBERS | keyof typeof ADDED;

export type EntryRow = Record<Member, string | string[] | null>;

/** SQL of every member of the event `e`, by its own text alone. */
export const entryColumns: Sql = sql.raw(
  Object.entries({ ...MEMBERS, ...ADDED })
    .map(([name, text]) => `${text} as "${name}"`)
    .join(', '),
);

/** The text that is hashed and exported: JSON with its members in one order and no space. */
export function canonical(row: EntryRow): string {
  const added = (Object.keys(ADDED) as Member[]).filter((name) => row[name] != null);
  return JSON.stringify({
    v: added.length > 0 ? 2 : 1,
    ...Object.fromEntries([...(Object.keys(MEMBERS) as Member[]), ...added].map((name) => [name, row[name]])),
  });
}
