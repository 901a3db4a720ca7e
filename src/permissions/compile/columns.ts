import { COLUMNS } from '../columns.js';
import { LABEL_NAMES } from '../labels.js';
import { fieldsOf } from '../matrix.js';
import type { Role } from '../roles.js';
import { GUARDED, type GuardedTableName } from '../rows.js';
import { powersOf, VERBS, type Verb } from '../verbs.js';
import { rowCell } from './cells.js';

/** A verb works on whole rows: what it may look at while it decides, and what it writes. */
function works(role: Role, table: GuardedTableName): boolean {
  return (Object.keys(VERBS) as Verb[]).some((verb) => {
    const { reads, inserts, updates } = powersOf(verb, role);
    return reads?.includes(table) || inserts?.[table] || updates?.[table];
  });
}

const reads = (role: Role, table: GuardedTableName): boolean => rowCell(GUARDED[table], role) !== 'false';

const words = (text = '') => text.split(/\s+/).filter((word) => word !== '');

const known = new Map<string, readonly string[] | null>();

/** The columns that a role may select; null: all of them. */
export function columnsFor(role: Role, table: GuardedTableName): readonly string[] | null {
  const key = `${role} ${table}`;
  if (!known.has(key)) known.set(key, works(role, table) ? null : shownTo(role, table));
  return known.get(key) ?? null;
}

function shownTo(role: Role, table: GuardedTableName): string[] {
  const { keys, shown } = COLUMNS[table];
  const open = reads(role, table) ? LABEL_NAMES.filter((label) => fieldsOf(role)[label].name !== 'never') : [];
  return [...words(keys), ...open.flatMap((label) => words(shown?.[label]))];
}

const isColumn = (table: GuardedTableName, name: string): boolean =>
  [COLUMNS[table].keys, ...Object.values(COLUMNS[table].shown ?? {})].some((text) => words(text).includes(name));

/** Words of our own SQL, without its texts and without what is qualified by an alias. */
const namesIn = (text: string): string[] => text.replace(/'[^']*'/g, '').match(/(?<![\w.])[a-z_]+(?![\w.(])/g) ?? [];

/** Whether a role may select what this SQL says of a table's row: each column, and each table that it looks into. */
export function maySelect(role: Role, table: string, text: string): boolean {
  const columns = table in GUARDED ? columnsFor(role, table as GuardedTableName) : null;
  return namesIn(text).every((name) => {
    if (name in GUARDED) return works(role, name as GuardedTableName) || reads(role, name as GuardedTableName);
    return columns === null || columns.includes(name) || !isColumn(table as GuardedTableName, name);
  });
}
