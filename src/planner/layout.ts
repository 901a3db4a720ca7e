import type { Role } from '../permissions/roles.js';
import { type Sql, sql } from '../platform/sql.js';
import { columnsOf } from '../services/reading/shape.js';
import type { Link, Tree } from './collect.js';

// Rows come as arrays: building objects, names and all, is half of what Postgres does for a wide page, and reading them
// most of what Node does.

/** What stands in a row's array, in this order: columns with their SQL, then relations by their key. */
export const layoutOf = ({ shape, properties, links }: Tree, cursors: boolean, role: Role) => ({
  columns: columnsOf(shape, [...properties], cursors, role),
  links: [...links],
});

// A function of Postgres takes 100 arguments: what is more goes into an array at the end.
const MOST = 90;

export function arrayOf(values: readonly Sql[]): Sql {
  const here = values.slice(0, MOST);
  const rest = values.length > MOST ? [arrayOf(values.slice(MOST))] : [];
  return sql`json_build_array(${sql.join([...here, ...rest])})`;
}

const at = (array: string, i: number): string => (i < MOST ? `${array}[${i}]` : at(`${array}[${MOST}]`, i - MOST));

/** What a relation's answer is made of: rows as objects, pages as `{ rows, count }`. */
export type Decode = (data: unknown) => unknown;

/**
 * Written as JavaScript and compiled: an object whose keys stand in its literal is made many times faster than one that
 * is filled key by key. All of it is our own text, names of properties and keys of relations.
 */
export const decoderOf = (link: Link, role: Role): Decode =>
  new Function('data', `return ${decoded(link, 'data', 0, role)};`) as Decode;

function decoded({ relation, tree, wants }: Link, data: string, depth: number, role: Role): string {
  if (relation.kind === 'counts') return data;
  const row = `row${depth}`;
  const object = objectOf(tree as Tree, wants.cursors, row, depth, role);
  if (relation.kind === 'one') return `((${row}) => ${row} && (${object}))(${data})`;
  const rows = (from: string) => `${from}.map((${row}) => (${object}))`;
  if (relation.kind === 'many') return rows(data);
  return `{ rows: ${wants.rows ? rows(`${data}[0]`) : 'null'}, count: ${data}[1] }`;
}

function objectOf(tree: Tree, cursors: boolean, row: string, depth: number, role: Role): string {
  const { columns, links } = layoutOf(tree, cursors, role);
  const own = columns.map(([name], i) => `${JSON.stringify(name)}: ${at(row, i)}`);
  const below = links.map(
    ([key, link], i) => `${JSON.stringify(key)}: ${decoded(link, at(row, columns.length + i), depth + 1, role)}`,
  );
  return `{ ${[...own, ...below].join(', ')} }`;
}
