import DataLoader from 'dataloader';
import { sql } from '../platform/sql.js';
import { LEGAL_BASIS } from '../services/departments/shape.js';
import { orderBy, type Row, selectList } from '../services/reading/shape.js';
import type { Session } from '../services/session.js';

/** The legal bases that a catalogue item or a list rests on. */
export function linkLoader(session: Session, linkTable: string, column: string): DataLoader<string, Row[]> {
  return new DataLoader(async (ids: readonly string[]) => {
    const rows = await session.query<Row & { '#parent': string }>(
      sql`select link.${sql.ref(column)} as "#parent", ${selectList(LEGAL_BASIS, session.actor.role)}
        from ${sql.table(linkTable)} link join legal_basis on legal_basis.id = link.basis_id
        where link.${sql.ref(column)} = any(${ids}) order by ${orderBy(LEGAL_BASIS)}`,
    );
    const byParent = Map.groupBy(rows, (row) => row['#parent']);
    return ids.map((id) => byParent.get(id) ?? []);
  });
}
