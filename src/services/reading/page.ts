import { HubError } from '../../platform/errors.js';
import { allOf, type Sql, sql } from '../../platform/sql.js';
import type { Session } from '../session.js';
import { afterKeys, decodeCursor, encodeCursor, orderBy, type Row, type Shape, selectList } from './shape.js';

export interface PageRequest {
  first?: number | null;
  after?: string | null;
}

/** A page of a connection. The count is a statement of its own, and runs only where it is asked for. */
export class Page {
  readonly #rows: Row[];
  readonly #more: boolean;
  readonly #continued: boolean;
  readonly #count: () => Promise<number>;
  #seen: ((rows: Row[]) => void) | undefined;

  /**
   * @param rows one more than `first` where there are more
   * @param seen told of the rows once they are looked at, be it by a cursor: of a page that is only named nothing leaves
   */
  constructor(
    rows: Row[],
    first: number,
    continued: boolean,
    count: () => Promise<number>,
    seen?: (rows: Row[]) => void,
  ) {
    this.#rows = rows.slice(0, first);
    this.#seen = seen;
    this.#more = rows.length > first;
    this.#continued = continued;
    this.#count = count;
  }

  get nodes(): Row[] {
    this.#seen?.(this.#rows);
    this.#seen = undefined;
    return this.#rows;
  }

  get pageInfo() {
    const [first, last] = [this.nodes[0], this.nodes.at(-1)];
    return {
      hasNextPage: this.#more,
      hasPreviousPage: this.#continued,
      startCursor: first ? cursorOf(first) : null,
      endCursor: last ? cursorOf(last) : null,
    };
  }

  get edges(): { cursor: string | null; node: Row }[] {
    return this.nodes.map((node) => ({ cursor: cursorOf(node), node }));
  }

  get totalCount(): Promise<number> {
    return this.#count();
  }
}

/** Null where the keys were not read, because nobody asked for a cursor. */
const cursorOf = (row: Row): string | null => (row['#keys'] ? encodeCursor(row['#keys'] as string[]) : null);

/** `first` is 1–100; null is 20. An unreadable cursor is the caller's error, not an empty page. */
export function pageSize({ first }: PageRequest): number {
  const size = first ?? 20;
  if (size < 1 || size > 100) {
    throw new HubError('BAD_USER_INPUT', { zh: '每页行数须在 1 至 100 之间', en: 'first is 1 to 100' }, 'first');
  }
  return size;
}

export function startOf(shape: Shape, { after }: PageRequest): Sql<boolean>[] {
  if (after == null) return [];
  const keys = decodeCursor(shape, after);
  if (!keys)
    throw new HubError('BAD_USER_INPUT', { zh: '游标无法识别', en: 'the cursor is not one of this list' }, 'after');
  return [afterKeys(shape, keys)];
}

/** One page of a shape under conditions, in the shape's order. */
export async function readPage(
  session: Session,
  shape: Shape,
  where: readonly Sql[],
  request: PageRequest,
): Promise<Page> {
  const first = pageSize(request);
  const conditions = allOf([...where, ...startOf(shape, request)]);
  const rows = await session.query<Row>(
    sql`select ${selectList(shape, session.actor.role)} from ${sql.table(shape.table)} where ${conditions} order by ${orderBy(shape)} limit ${first + 1}`,
  );
  return new Page(rows, first, request.after != null, () => countRows(session, shape, where), session.seen);
}

export async function countRows(session: Session, shape: Shape, where: readonly Sql[]): Promise<number> {
  const [row] = await session.query<{ count: string }>(
    sql`select count(*) from ${sql.table(shape.table)} where ${allOf(where)}`,
  );
  return Number(row?.count ?? 0);
}

/** One page for each parent, in one statement: what a DataLoader of a connection asks. */
export async function readPages(
  session: Session,
  shape: Shape,
  parentColumn: string,
  parents: readonly string[],
  where: readonly Sql[],
  request: PageRequest,
): Promise<Page[]> {
  const first = pageSize(request);
  const belongs = sql`${sql.ref(`${shape.table}.${parentColumn}`)} = parent.id`;
  const conditions = allOf([belongs, ...where, ...startOf(shape, request)]);
  const rows = await session.query<Row & { '#parent': string }>(
    sql`select parent.id as "#parent", page.* from unnest(${parents}::uuid[]) parent(id) cross join lateral (
      select ${selectList(shape, session.actor.role)} from ${sql.table(shape.table)} where ${conditions} order by ${orderBy(shape)} limit ${first + 1}) page`,
  );
  const byParent = Map.groupBy(rows, (row) => row['#parent']);
  return parents.map((parent) => {
    const own = [...where, sql`${sql.ref(parentColumn)} = ${parent}`];
    const count = () => countRows(session, shape, own);
    return new Page(byParent.get(parent) ?? [], first, request.after != null, count, session.seen);
  });
}

/** Rows by a column's values, in the shape's order. */
export async function readRows(
  session: Session,
  shape: Shape,
  column: string,
  values: readonly string[],
): Promise<Row[]> {
  const rows = await session.query<Row>(
    sql`select ${selectList(shape, session.actor.role)} from ${sql.table(shape.table)} where ${sql.ref(column)} = any(${values}) order by ${orderBy(shape)}`,
  );
  session.seen?.(rows);
  return rows;
}
