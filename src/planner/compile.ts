import { maySelect } from '../permissions/compile/columns.js';
import type { Role } from '../permissions/roles.js';
import { allOf, type Sql, sql } from '../platform/sql.js';
import { dated } from '../services/reading/dated.js';
import { afterKeys, decodeCursor, orderBy, type Shape } from '../services/reading/shape.js';
import type { Link, PageValues, Tree } from './collect.js';
import { arrayOf, layoutOf } from './layout.js';
import { DAY } from './params.js';
import type { Parent, Relation } from './relations.js';

/** Writes a tree as one statement: each relation a subselect that answers JSON, under the same row security as any read. */
export class Writer {
  #aliases = 0;

  constructor(private readonly role: Role) {}

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
    if (relation.kind === 'one') return this.one(rows, where, relation.several ?? false);
    if (relation.kind === 'many') return this.many(rows, where, sql``);
    const count = sql`(select count(*)::int from ${sql.table(relation.shape.table)} where ${allOf(where)})`;
    const start = startOf(relation.shape, request as PageValues);
    const limit = sql`limit ${(request as PageValues).first.map((first: number | null) => (first ?? 20) + 1)}`;
    return sql`json_build_array(
      ${wants.rows ? this.many(rows, [...where, ...start], limit, wants.cursors) : sql`null`},
      ${wants.count ? count : sql`null`})`;
  }

  private one(tree: Tree, where: Sql[], several: boolean): Sql {
    const { alias, columns } = this.columns(tree, false);
    const first = several ? sql`order by ${orderBy(tree.shape, alias)} limit 1` : sql``;
    return sql`(select ${arrayOf(columns)}
      from ${sql.table(tree.shape.table)} as ${sql.ref(alias)} where ${allOf(where)} ${first})`;
  }

  private many(tree: Tree, where: Sql[], limit: Sql, cursors = false): Sql {
    const { alias, columns } = this.columns(tree, cursors);
    const list = columns.map((column, i) => sql`${column} as ${sql.ref(`c${i}`)}`);
    const row = arrayOf(columns.map((_, i) => sql.ref(`r.c${i}`)));
    return sql`coalesce((select json_agg(${row}) from (select ${sql.join(list)}
      from ${sql.table(tree.shape.table)} as ${sql.ref(alias)} where ${allOf(where)}
      order by ${orderBy(tree.shape, alias)} ${limit}) r), '[]'::json)`;
  }

  private columns(tree: Tree, cursors: boolean): { alias: string; columns: Sql[] } {
    const alias = `t${++this.#aliases}`;
    const { table } = tree.shape;
    const here: Parent = (column) => {
      if (!maySelect(this.role, table, column)) throw new Closed();
      return sql.ref(`${alias}.${column}`);
    };
    const { columns, links } = layoutOf(tree, cursors, this.role);
    return {
      alias,
      columns: [...columns.map(([, text]) => dated(text, DAY)), ...links.map(([, link]) => this.below(link, here))],
    };
  }

  /** What is closed to the role relates to nothing. */
  private below(link: Link, parent: Parent): Sql {
    try {
      return this.link(link, parent);
    } catch (closed) {
      if (closed instanceof Closed) return NOTHING[link.relation.kind];
      throw closed;
    }
  }
}

class Closed extends Error {}
const NOTHING: Record<Relation['kind'], Sql> = {
  one: sql`null::json`,
  many: sql`'[]'::json`,
  page: sql`json_build_array('[]'::json, 0)`,
  counts: sql`'{}'::json`,
};

function startOf(shape: Shape, { after }: PageValues): Sql[] {
  if (!after) return [];
  const key = (i: 0 | 1) => after.map((cursor: string) => decodeCursor(shape, cursor)?.[i] ?? null);
  return [afterKeys(shape, [key(0), key(1)])];
}
