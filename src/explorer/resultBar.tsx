import { useGraphiQL } from '@graphiql/react';
import { useMemo, useState } from 'react';
import type { Answer } from './asking.js';
import { csvOf } from './csv.js';
import { type Table, tablesOf } from './tables.js';
import { headingOf, termsOf } from './terms.js';

const nameOf = ({ path, rows }: Table) => (path === '' ? '概要 summary' : `${path}（${rows.length}）`);

/** Below the answer: how it went, and the same answer as a table and as a file. */
export function ResultBar({ answer }: { answer: Answer | null }) {
  const [asTable, setAsTable] = useState(false);
  const [path, setPath] = useState<string | null>(null);
  const schema = useGraphiQL((state) => state.schema);
  const tables = useMemo(() => tablesOf(answer?.body.data), [answer]);
  const terms = useMemo(() => (answer?.body.data ? termsOf(schema, answer.query) : new Map()), [schema, answer]);
  const table = tables.find((each) => each.path === path) ?? tables[0];
  const headings: Headings = (column) => headingOf(terms, table?.path ?? '', column);
  return (
    <section className="hub-result" aria-label="查询结果 Result">
      {asTable &&
        (table ? (
          <Grid table={table} headings={headings} />
        ) : (
          <p className="hub-empty">暂无可列表的结果 Nothing to list yet</p>
        ))}
      <div className="hub-result-bar">
        <span className="hub-views">
          <button type="button" aria-pressed={!asTable} onClick={() => setAsTable(false)}>
            JSON
          </button>
          <button type="button" aria-pressed={asTable} onClick={() => setAsTable(true)}>
            表格 <small>Table</small>
          </button>
        </span>
        {tables.length > 1 && (
          <select aria-label="列表 Which list" value={table?.path} onChange={({ target }) => setPath(target.value)}>
            {tables.map((each) => (
              <option key={each.path} value={each.path}>
                {nameOf(each)}
              </option>
            ))}
          </select>
        )}
        <button type="button" disabled={!table} onClick={() => table && download(table, headings)}>
          下载 CSV <small>Download</small>
        </button>
        <output aria-live="polite">{answer && outcomeOf(answer)}</output>
      </div>
    </section>
  );
}

function outcomeOf({ status, ms, body }: Answer): string {
  const codes = [...new Set((body.errors ?? []).map(({ extensions }) => extensions?.code ?? 'ERROR'))];
  return [`HTTP ${status}`, `${ms} ms`, ...codes].join(' · ');
}

/** The Chinese term of a column, where the schema is known. */
type Headings = (column: string) => string | null;

function Grid({ table: { path, columns, rows }, headings }: { table: Table; headings: Headings }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reached by the keyboard
    <section className="hub-grid" tabIndex={0} aria-label="结果表格 Result table">
      <table>
        <caption>{path || '概要 summary'}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {headings(column)} <small>{column}</small>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of one answer never move
            <tr key={index}>
              {row.map((text, column) => (
                <td key={columns[column]}>{text}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function download({ path, columns, rows }: Table, headings: Headings): void {
  const header = columns.map((column) => [headings(column), column].filter(Boolean).join(' '));
  const url = URL.createObjectURL(new Blob([csvOf(header, rows)], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `${(path || 'summary').replaceAll('.', '-')}.csv`;
  link.click();
  // After the click's own turn, which has taken hold of the file by then.
  setTimeout(() => URL.revokeObjectURL(url));
}
