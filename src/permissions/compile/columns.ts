import { COLUMNS } from '../columns.js';
import { LABEL_NAMES } from '../labels.js';
import { fieldsOf } from '../matrix.js';
import type { Role } from '../roles.js';
import { GUARDED, type GuardedTableName } from '../rows.js';
import { powersOf, VERB_NAMES } from '../verbs.js';
import { rowCell } from './cells.js';

/** A verb works on whole rows: what it may look at while it decides, and what it writes. */
function works(role: Role, table: GuardedTableName): boolean {
  return VERB_NAMES.some((verb) => {
    const { reads, inserts, updates } = powersOf(verb, role);
    return reads?.includes(table) || inserts?.[table] || updates?.[table];
  });
}

const reads = (role: Role, table: GuardedTableName): boolean => rowCell(GUARDED[table], role) !== 'false';

const words = (text = '') => text.split(/\s+/).filter((word) => word !== '');

/** Worked out once: a plan asks for each property of each row that it reads. */
class Rights {
  /** columns that the role may select; null: all of them */
  readonly columns: readonly string[] | null;
  readonly #judged = new Map<string, boolean>();

  constructor(
    private readonly role: Role,
    private readonly table: GuardedTableName | null,
  ) {
    this.columns = table === null || works(role, table) ? null : shownTo(role, table);
  }

  maySelect(text: string): boolean {
    const known = this.#judged.get(text);
    if (known !== undefined) return known;
    const may = namesIn(text).every((name) => this.#may(name));
    this.#judged.set(text, may);
    return may;
  }

  #may(name: string): boolean {
    if (name in GUARDED)
      return works(this.role, name as GuardedTableName) || reads(this.role, name as GuardedTableName);
    return this.columns === null || this.columns.includes(name) || !isColumn(this.table as GuardedTableName, name);
  }
}

const known = new Map<string, Rights>();
function rightsOf(role: Role, table: string): Rights {
  const key = `${role} ${table}`;
  const rights = known.get(key) ?? new Rights(role, table in GUARDED ? (table as GuardedTableName) : null);
  known.set(key, rights);
  return rights;
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

/** The columns that a role may select; null: all of them. */
export const columnsFor = (role: Role, table: GuardedTableName): readonly string[] | null =>
  rightsOf(role, table).columns;

/** Whether a role may select what this SQL says of a table's row: each column, and each table that it looks into. */
export const maySelect = (role: Role, table: string, text: string): boolean => rightsOf(role, table).maySelect(text);
