import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ClientBase } from 'pg';
import { from } from 'pg-copy-streams';

/** One row's values, in the order of the columns; an array becomes a Postgres array. */
export type Line = readonly (string | number | boolean | null | readonly string[])[];

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };
const escaped = (text: string): string => text.replace(/[\\\t\n\r]/g, (c) => ESCAPES[c] as string);

function textOf(value: Line[number]): string {
  if (value === null) return '\\N';
  if (Array.isArray(value)) return escaped(`{${value.map((one) => `"${one.replace(/["\\]/g, '\\$&')}"`).join(',')}}`);
  return escaped(String(value));
}

/** Brings rows into a table by COPY, some hundred at a time. */
export async function copyInto(client: ClientBase, table: string, columns: readonly string[], lines: Iterable<Line>) {
  function* texts(): Generator<string> {
    let text = '';
    for (const line of lines) {
      text += `${line.map(textOf).join('\t')}\n`;
      if (text.length > 65_536) {
        yield text;
        text = '';
      }
    }
    if (text !== '') yield text;
  }
  const into = client.query(from(`copy ${table} (${columns.map((name) => `"${name}"`).join(', ')}) from stdin`));
  await pipeline(Readable.from(texts()), into);
}
