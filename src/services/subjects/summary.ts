import { GUARDED } from '../../permissions/rows.js';
import { type Sql, sql } from '../../platform/sql.js';
import type { Session } from '../session.js';

const count = (table: string, condition: string) => (subject: (column: string) => Sql) =>
  sql`(select count(*)::int from ${sql.table(table)} where subject_id = ${subject('id')} and ${sql.raw(condition)})`;
const active = GUARDED.list_entry.facts.active;
const ofColor = (color: string) =>
  count('list_entry', `${active} and list_id in (select list.id from credit_list list where list.color = '${color}')`);

/** What the summary counts, under the actor's row security: what it can't read, it can't count. */
export const COUNTS = {
  permits: count('credit_record', `record_type = 'PERMIT'`),
  penalties: count('credit_record', `record_type = 'PENALTY'`),
  activeBlackListEntries: ofColor('BLACK'),
  activeRedListEntries: ofColor('RED'),
  openCommitments: count('commitment', `state = 'OPEN'`),
  breachedCommitments: count('commitment', `state = 'BREACHED'`),
} as const;

export type CreditSummaryRow = Record<keyof typeof COUNTS, number>;

/** The summary of each subject. */
export async function summariesOf(session: Session, ids: readonly string[]): Promise<CreditSummaryRow[]> {
  const parent = (column: string) => sql.ref(`parent.${column}`);
  const counts = Object.entries(COUNTS).map(([name, of]) => sql`${of(parent)} as ${sql.ref(name)}`);
  const rows = await session.query<CreditSummaryRow & { id: string }>(
    sql`select parent.id, ${sql.join(counts)} from unnest(${ids}::uuid[]) parent(id)`,
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => byId.get(id) as CreditSummaryRow);
}
