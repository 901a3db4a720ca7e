import { allOf, type Sql, sql } from '../platform/sql.js';
import { afterKeys, decodeCursor, orderBy, type Shape, selectText } from '../services/reading/shape.js';
import type { Link, PageValues, Tree } from './collect.js';
import type { Parent } from './relations.js';

/** Writes a tree as one statement: each relation a subselect that answers JSON, under the same row security as any read. */
export class Writer {
  #aliases = 0;

  root(link: Link): Sql<{ data: unknown }> {
    const nobody: Parent = () => {
      throw new Error('a root read has no parent');
    };
    return sql<{ data: unknown }>`select ${this.link(link, nobody)} as data`;
  }

  private link({ relation, args, tree, counts, wants, request }: Link, parent: Parent): Sql {
    if (relation.kind === 'counts') {
      const pairs = [...counts].flatMap((name) => {
        const count = relation.counts[name];
        return count ? [sql`${sql.lit(name)}, ${count(parent)}`] : [];
      });
      return sql`json_build_object(${sql.join(pairs)})`;
    }
    const where = relation.where(parent, args);
    const rows = tree as Tree;
    if (relation.kind === 'one') return sql`(select to_json(r) from (${this.select(rows, where, sql`limit 1`)}) r)`;
    if (relation.kind === 'many') return agg(this.select(rows, where, sql``));
    const count = sql`(select count(*)::int from ${sql.table(relation.shape.table)} where ${allOf(where)})`;
    const start = startOf(relation.shape, request as PageValues);
    const limit = sql`limit ${(request as PageValues).first.map((first: number | null) => (first ?? 20) + 1)}`;
    return sql`json_build_object(
      'rows', ${wants.rows ? agg(this.select(rows, [...where, ...start], limit, wants.cursors)) : sql`null`},
      'count', ${wants.count ? count : sql`null`})`;
  }

  private select({ shape, properties, links }: Tree, where: Sql[], limit: Sql, cursors = false): Sql {
    const alias = `t${++this.#aliases}`;
    const here: Parent = (column) => sql.ref(`${alias}.${column}`);
    const list = [
      sql.raw(selectText(shape, [...properties], cursors)),
      ...[...links].map(([key, link]) => sql`${this.link(link, here)} as ${sql.ref(key)}`),
    ];
    return sql`select ${sql.join(list)} from ${sql.table(shape.table)} as ${sql.ref(alias)}
      where ${allOf(where)} order by ${orderBy(shape, alias)} ${limit}`;
  }
}

const agg = (rows: Sql): Sql => sql`coalesce((select json_agg(r) from (${rows}) r), '[]'::json)`;

function startOf(shape: Shape, { after }: PageValues): Sql[] {
  if (!after) return [];
  const key = (i: 0 | 1) => after.map((cursor: string) => decodeCursor(shape, cursor)?.[i] ?? null);
  return [afterKeys(shape, [key(0), key(1)])];
}
