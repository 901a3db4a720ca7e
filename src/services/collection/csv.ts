import { createReadStream } from 'node:fs';
import { parse } from 'csv-parse';
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
  let gone = 0;
  const columns = new Columns(plan, today);
  const file = createReadStream(path, { highWaterMark: 1 << 16 });
  const parser = parse({
    bom: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_empty_values: true,
    max_record_size: MAX_RECORD,
  });
  const text = decoding(encodingOf(facts), (count) => {
    gone += count;
  });
  // pipe() hands no failure on
  file.on('error', (error) => parser.destroy(error));
  text.on('error', (error) => parser.destroy(error));
  file.pipe(text).pipe(parser);
  const records = (parser as AsyncIterable<string[]>)[Symbol.asyncIterator]();
  const first = await next(records);
  const targets = first ? columns.line(first) : [];
  if (columns.known === 0) {
    file.destroy();
    parser.destroy();
    throw unusable({ zh: '表头没有该数据项的任何列', en: 'no column of the header line belongs to the item' });
  }
  async function* rows(): AsyncGenerator<RawRow> {
    try {
      for (let record = await next(records); record; record = await next(records)) yield columns.row(targets, record);
    } finally {
      file.destroy();
      parser.destroy();
    }
  }
  return { columns, rows: rows(), position: () => Math.min(1, gone / facts.bytes) };
}

async function next(records: AsyncIterator<string[]>): Promise<string[] | null> {
  try {
    const { value, done } = await records.next();
    return done ? null : value;
  } catch (error) {
    throw unusable({ zh: 'CSV 格式错误', en: 'the file is not well-formed CSV' }, error);
  }
}

/** @throws {HubError} BAD_USER_INPUT for a zip */
function encodingOf({ encoding }: FileFacts): Encoding {
  if (encoding) return encoding;
  throw unusable({ zh: '此处只读取 CSV', en: 'only CSV is read here' });
}

/** A small file whole, header line first. */
export async function openTable(path: string, facts: FileFacts): Promise<string[][]> {
  const parser = parse({
    bom: true,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_empty_values: true,
  });
  const file = createReadStream(path);
  const text = decoding(encodingOf(facts), () => {});
  file.on('error', (error) => parser.destroy(error));
  text.on('error', (error) => parser.destroy(error));
  file.pipe(text).pipe(parser);
  const records = (parser as AsyncIterable<string[]>)[Symbol.asyncIterator]();
  const lines: string[][] = [];
  for (let record = await next(records); record; record = await next(records)) lines.push(record);
  return lines;
}
