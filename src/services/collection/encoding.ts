import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { Transform } from 'node:stream';
import { TextDecoder } from 'node:util';
import { HubError } from '../../platform/errors.js';

export type Encoding = 'utf-8' | 'gb18030';

/** What is known of a file after it was read through once. */
export interface FileFacts {
  /** of text; null for a zip, which may be a workbook */
  readonly encoding: Encoding | null;
  readonly sha256: string;
  readonly bytes: number;
}

const ZIP = Buffer.from('PK\u0003\u0004', 'latin1');
/** A compound file: what Excel wrote before 2007, and what it wraps a workbook with a password in. */
const COMPOUND = Buffer.from('d0cf11e0a1b11ae1', 'hex');

/**
 * Reads the file through once, in bounded memory. What is UTF-8 from the first byte to the last is UTF-8: text in
 * GB18030 practically never is; everything else must be GB18030
 * throughout. A zip is not looked into here.
 * @throws {HubError} BAD_USER_INPUT for a file that can't be read, is empty, or is text in neither
 */
export async function examine(path: string): Promise<FileFacts> {
  const hash = createHash('sha256');
  const candidates: Encoding[] = ['utf-8', 'gb18030'];
  const decoders = new Map(candidates.map((name) => [name, new TextDecoder(name, { fatal: true })]));
  let bytes = 0;
  let zip = false;
  try {
    for await (const block of createReadStream(path, { highWaterMark: 1 << 18 }) as AsyncIterable<Buffer>) {
      if (bytes === 0) {
        refuseCompound(block);
        zip = block.subarray(0, ZIP.length).equals(ZIP);
        if (zip) decoders.clear();
      }
      hash.update(block);
      bytes += block.length;
      for (const [name, decoder] of decoders) if (!decodes(decoder, block)) decoders.delete(name);
    }
  } catch (error) {
    if (error instanceof HubError) throw error;
    throw unusable({ zh: '文件无法读取', en: 'the file cannot be read' }, error);
  }
  for (const [name, decoder] of decoders) if (!decodes(decoder, null)) decoders.delete(name);
  const encoding = candidates.find((name) => decoders.has(name));
  if (bytes === 0) throw unusable({ zh: '文件为空', en: 'the file is empty' });
  if (!encoding && !zip)
    throw unusable({ zh: '文件既非 UTF-8 也非 GB18030', en: 'the file is neither UTF-8 nor GB18030' });
  return { encoding: encoding ?? null, sha256: hash.digest('hex'), bytes };
}

/** Bytes in, text out, characters never cut. */
export function decoding(encoding: Encoding): Transform {
  const decoder = new TextDecoder(encoding, { fatal: true });
  return new Transform({
    readableObjectMode: false,
    transform(block: Buffer, _encoding, done) {
      done(null, decoder.decode(block, { stream: true }));
    },
    flush(done) {
      done(null, decoder.decode());
    },
  });
}

export function unusable(text: { zh: string; en: string }, cause?: unknown): HubError {
  return new HubError('BAD_USER_INPUT', text, 'file', { cause });
}

function refuseCompound(block: Buffer): void {
  if (!block.subarray(0, COMPOUND.length).equals(COMPOUND)) return;
  throw unusable({
    zh: '不读取旧版 .xls 与加密的工作簿，请另存为不加密的 XLSX',
    en: 'neither an old .xls nor a workbook with a password is read: save it as XLSX without one',
  });
}

function decodes(decoder: TextDecoder, block: Buffer | null): boolean {
  try {
    if (block) decoder.decode(block, { stream: true });
    else decoder.decode();
    return true;
  } catch {
    return false;
  }
}
