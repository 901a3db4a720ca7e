import { fieldsOf, rowsOf } from '../matrix.js';
import type { Fact } from '../predicates.js';
import type { Role } from '../roles.js';
import type { GuardedTable } from '../rows.js';

/** A fact that the table can't know denies. */
export const factOf = (table: GuardedTable) => (fact: Fact) => table.facts[fact] ?? 'false';

/** The SQL face of one role's cell for one table. */
export function rowCell(table: GuardedTable, role: Role): string {
  const is = factOf(table);
  if (table.side) return fieldsOf(role)[table.side].sql(is);
  if (table.class !== 'subject') return rowsOf(role)[table.class].sql(is);
  const [organisation, person] = [rowsOf(role).organisation.sql(is), rowsOf(role).person.sql(is)];
  return organisation === person
    ? organisation
    : `case when ${is('organisation')} then ${organisation} else ${person} end`;
}
