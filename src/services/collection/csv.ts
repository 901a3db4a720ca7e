import { createReadStream } from 'node:fs';
import { type Options, type Parser, parse } from 'csv-parse';
import { Columns, type RawRow } from './columns.js';
import { decoding, type Encoding, type FileFacts, unusable } from './encoding.js';
import type { ItemPlan } from './plan.js';

/** Rows of one submission, whatever brought them. */
export interface RowSource {
  readonly columns: Columns;
  readonly rows: AsyncIterable<RawRow>;
  /** how much of the source has gone by, 0 to 1 */
  position(): number;
}

// A quote that is never closed would otherwise take the rest of the file into one value.
const MAX_RECORD = 1 << 20;

/**
 * The rows of a CSV file, as they are asked for. Lines without any value are no rows.
 * @throws {HubError} BAD_USER_INPUT when no column of the header line is the item's, or a record can't be read
 */
export async function openCsv(path: string, facts: FileFacts, plan: ItemPlan, today: string): Promise<RowSource> {
  const columns = new Columns(plan, today);
  const { file, records, end } = openRecords(path, facts, { relax_quotes: true, max_record_size: MAX_RECORD });
  const first = (await records.next()).value as string[] | undefined;
  const targets = first ? columns.line(first) : [];
  if (columns.known === 0) {
    end();
    throw unusable({ zh: '表头没有该数据项的任何列', en: 'no column of the header line belongs to the item' });
  }
  async function* rows(): AsyncGenerator<RawRow> {
    try {
      for await (const record of records) yield columns.row(targets, record);
    } finally {
      end();
    }
  }
  return { columns, rows: rows(), position: () => Math.min(1, file.bytesRead / facts.bytes) };
}

function openRecords(path: string, facts: FileFacts, options: Options = {}) {
  const encoding = encodingOf(facts);
  const file = createReadStream(path, { highWaterMark: 1 << 16 });
  const parser = parse({
    bom: true,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_empty_values: true,
    ...options,
  });
  // pipe() hands no failure on
  file.on('error', (error) => parser.destroy(error));
  if (encoding === 'utf-8') file.pipe(parser);
  else {
    const text = decoding(encoding);
    text.on('error', (error) => parser.destroy(error));
    file.pipe(text).pipe(parser);
  }
  const end = () => {
    file.destroy();
    parser.destroy();
  };
  return { file, records: recordsOf(parser), end };
}

/** Records as they are parsed, all of a block at once: a stream's own iterator waits for each. */
async function* recordsOf(parser: Parser): AsyncGenerator<string[]> {
  let wake = () => {};
  let failure: unknown = null;
  let ended = false;
  parser.on('readable', () => wake());
  parser.on('end', () => {
    ended = true;
    wake();
  });
  parser.on('error', (error) => {
    failure = error;
    wake();
  });
  while (true) {
    for (let record = parser.read(); record !== null; record = parser.read()) yield record;
    if (failure) throw unusable({ zh: 'CSV 格式错误', en: 'the file is not well-formed CSV' }, failure);
    if (ended || parser.destroyed) return;
    await new Promise<void>((resolve) => {
      wake = resolve;
    });
  }
}

/** @throws {HubError} BAD_USER_INPUT for a zip */
function encodingOf({ encoding }: FileFacts): Encoding {
  if (encoding) return encoding;
  throw unusable({ zh: '此处只读取 CSV', en: 'only CSV is read here' });
}

/** A small file whole, header line first. */
export async function openTable(path: string, facts: FileFacts): Promise<string[][]> {
  const lines: string[][] = [];
  for await (const record of openRecords(path, facts).records) lines.push(record);
  return lines;
}
