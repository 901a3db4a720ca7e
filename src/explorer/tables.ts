export interface Table {
  /** where it stands in the answer, as in `subject.listEntries`; '' for the answer's own values */
  path: string;
  columns: string[];
  rows: string[][];
}

type Json = null | string | number | boolean | Json[] | { [key: string]: Json };
type Row = Map<string, string>;

const isObject = (value: Json | undefined): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The rows of a connection or a list of objects; null for whatever else. */
function rowsOf(value: Json): Json[] | null {
  if (Array.isArray(value)) return value.some(isObject) || value.length === 0 ? value : null;
  if (!isObject(value)) return null;
  if (Array.isArray(value.nodes)) return value.nodes;
  if (Array.isArray(value.edges)) return value.edges.map((edge) => (isObject(edge) ? (edge.node ?? null) : null));
  return null;
}

/** Every list in an answer as a table, the longest first, and what stands beside them as one row. */
export function tablesOf(data: unknown): Table[] {
  const tables: Table[] = [];
  const beside: Row = new Map();
  const visit = (value: Json, path: string) => {
    const rows = rowsOf(value);
    if (rows) tables.push(table(path, rows.filter(isObject).map(flat)));
    // A connection has its count beside its rows.
    if (isObject(value)) {
      for (const [key, inner] of Object.entries(value)) {
        if (rows && (key === 'nodes' || key === 'edges')) continue;
        visit(inner, path === '' ? key : `${path}.${key}`);
      }
    } else if (!rows) beside.set(path, said(value));
  };
  if (isObject(data as Json)) visit(data as Json, '');
  tables.sort((a, b) => b.rows.length - a.rows.length);
  if (beside.size > 0) tables.push(table('', [beside]));
  return tables;
}

function table(path: string, rows: Row[]): Table {
  const columns = [...new Set(rows.flatMap((row) => [...row.keys()]))];
  return { path, columns, rows: rows.map((row) => columns.map((column) => row.get(column) ?? '')) };
}

/** One row: what is nested has its path as its name, what is a list becomes one cell. */
function flat(value: { [key: string]: Json }): Row {
  const row: Row = new Map();
  const put = (inner: Json, path: string) => {
    if (isObject(inner) && !rowsOf(inner)) {
      for (const [key, deeper] of Object.entries(inner)) put(deeper, path === '' ? key : `${path}.${key}`);
    } else row.set(path, said(inner));
  };
  put(value, '');
  return row;
}

function said(value: Json): string {
  if (value === null) return '';
  const rows = rowsOf(value) ?? (Array.isArray(value) ? value : null);
  if (rows) return rows.map((row) => (isObject(row) ? [...flat(row).values()].join(' ') : said(row))).join('；');
  return String(value);
}
