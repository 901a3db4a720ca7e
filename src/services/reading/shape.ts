import { maySelect } from '../../permissions/compile/columns.js';
import { readsOnlyOpen } from '../../permissions/compile/rls.js';
import type { Role } from '../../permissions/roles.js';
import { GUARDED, type GuardedTableName } from '../../permissions/rows.js';
import { type Sql, sql } from '../../platform/sql.js';

type KeyType = 'date' | 'uuid' | 'text' | 'timestamptz';

/** What a read brings of one table: properties with their SQL, and the order of its pages. All of it is our own text. */
export interface Shape {
  table: string;
  /** SQL of the GraphQL type's name */
  typename: string;
  /** property → SQL; properties that no field shows are facts that resolvers and predicates need */
  columns: Readonly<Record<string, string>>;
  /** two non-null columns in one direction, so that a page continues by one row comparison */
  keys: readonly [{ column: string; type: KeyType }, { column: string; type: KeyType }];
  descending: boolean;
  /** of a view: SQL of the row's label; that of a table its guard says (permissions/rows.ts) */
  label?: string;
}

/** A row as it is read: its type, what the audit log notes of it, and the shape's properties. */
export interface Row {
  id: string;
  __typename: string;
  [property: string]: unknown;
}

const labelOf = ({ table, label }: Shape): string | undefined =>
  label ?? (table in GUARDED ? (GUARDED[table as GuardedTableName] as { label?: string }).label : undefined);

/**
 * The columns of some properties, each with its SQL; what a role's cells close to it whatever the row, it does not read.
 * `#label` and `#keys` are for the audit log and for cursors; no field reads them. All of it is our own text.
 * @param role whose rows they will be: for one that reads nothing but what is open there is nothing to note
 */
export function columnsOf(
  shape: Shape,
  properties: readonly string[],
  cursors: boolean,
  role: Role,
): [name: string, text: string][] {
  const keys = shape.keys.map(({ column }) => `${column}::text`).join(', ');
  const label = readsOnlyOpen(role, shape.table) ? undefined : labelOf(shape);
  return [
    ...properties
      .map((name): [string, string] => [name, shape.columns[name] as string])
      .filter(([, text]) => maySelect(role, shape.table, text)),
    ['__typename', shape.typename],
    ...(label ? [['#label', label] as [string, string]] : []),
    ...(cursors ? [['#keys', `array[${keys}]`] as [string, string]] : []),
  ];
}

const lists = new WeakMap<Shape, Map<Role, Sql>>();

/** The select list of everything that the role may read. */
export function selectList(shape: Shape, role: Role): Sql {
  const mine = lists.get(shape) ?? new Map<Role, Sql>();
  lists.set(shape, mine);
  const list = mine.get(role) ?? sql.raw(everything(shape, role));
  mine.set(role, list);
  return list;
}

const everything = (shape: Shape, role: Role): string =>
  columnsOf(shape, Object.keys(shape.columns), true, role)
    .map(([name, text]) => `${text} as "${name}"`)
    .join(', ');

const FORMS: Record<KeyType, RegExp> = {
  date: /^\d{4}-\d{2}-\d{2}$/,
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  text: /^[^\0]{0,200}$/,
  timestamptz: /^\d{4}-\d{2}-\d{2}[ T][\d:.]{8,15}(Z|[+-]\d{2}(:\d{2})?)$/,
};

export const encodeCursor = (keys: readonly string[]): string =>
  Buffer.from(JSON.stringify(keys)).toString('base64url');

/** The keys that a cursor holds, or null where it is none of this shape's. */
export function decodeCursor(shape: Shape, cursor: string): [string, string] | null {
  try {
    const keys: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (!Array.isArray(keys) || keys.length !== 2) return null;
    const fits = shape.keys.every(({ type }, i) => typeof keys[i] === 'string' && FORMS[type].test(keys[i]));
    return fits ? (keys as [string, string]) : null;
  } catch {
    return null;
  }
}

/** Rows behind the one whose keys these are. */
export function afterKeys(shape: Shape, [first, second]: readonly [unknown, unknown]): Sql<boolean> {
  const [a, b] = shape.keys;
  const columns = sql.raw(`(${a.column}, ${b.column})`);
  const values = sql`(${first}::${sql.raw(a.type)}, ${second}::${sql.raw(b.type)})`;
  return shape.descending ? sql<boolean>`${columns} < ${values}` : sql<boolean>`${columns} > ${values}`;
}

/** The order of pages, by columns of `table`: a bare name would be looked for among the select list first. */
export function orderBy(shape: Shape, table = shape.table): Sql {
  const direction = shape.descending ? ' desc' : '';
  const qualified = (column: string) => (/^\w+$/.test(column) ? `${table}.${column}` : column);
  return sql.raw(shape.keys.map(({ column }) => `${qualified(column)}${direction}`).join(', '));
}
