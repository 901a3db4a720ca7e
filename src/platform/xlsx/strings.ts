import { closeSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs';
import { mkdtemp, rmdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Archive } from './archive.js';
import { tooMuch, unreadable, WORKBOOK_LIMITS } from './refusals.js';
import { type Reader, readThrough, unescaped } from './xml.js';

const BLOCK = 1 << 16;
/** blocks of the file kept at hand */
const BLOCKS = 64;
/** texts kept at hand: columns of few values are most of a table */
const TEXTS = 1 << 13;

/**
 * The texts that a workbook's sheets share, by number. However many there are, only where each begins is held in
 * memory: the texts lie in a file that has no name any more, and goes with the process.
 */
export class SharedStrings {
  #fd: number | null;
  /** where each text begins; one more at the end */
  #starts: Float64Array;
  #count = 0;
  #size = 0;
  #pending: Buffer[] = [];
  #pendingSize = 0;
  readonly #blocks = new Map<number, Buffer>();
  readonly #texts = new Array<string | undefined>(TEXTS);
  readonly #numbers = new Int32Array(TEXTS).fill(-1);

  private constructor(fd: number) {
    this.#fd = fd;
    this.#starts = new Float64Array(1 << 12);
  }

  /** None, of a workbook without the part. */
  static async read(archive: Archive, part: string | null): Promise<SharedStrings> {
    const strings = new SharedStrings(await nameless());
    try {
      if (part !== null && archive.has(part)) {
        await readThrough(archive.read(part), strings.#reader());
        strings.#flush();
      }
      return strings;
    } catch (error) {
      strings.close();
      throw error;
    }
  }

  get(number: number): string {
    if (!(number >= 0 && number < this.#count)) throw unreadable('共享字符串缺失', 'a shared text is missing');
    const slot = number % TEXTS;
    if (this.#numbers[slot] === number) return this.#texts[slot] as string;
    const text = this.#textAt(this.#starts[number] as number, this.#starts[number + 1] as number);
    this.#numbers[slot] = number;
    this.#texts[slot] = text;
    return text;
  }

  close(): void {
    if (this.#fd !== null) closeSync(this.#fd);
    this.#fd = null;
  }

  #reader(): Reader {
    let text = '';
    let within = false;
    let phonetic = 0;
    return {
      open: (name) => {
        if (name === 'si') text = '';
        else if (name === 't') within = true;
        else if (name === 'rPh') phonetic += 1;
      },
      text: (more) => {
        if (!within || phonetic > 0) return;
        text += more;
        if (text.length > WORKBOOK_LIMITS.rowLength) throw tooMuch('单元格过长', 'a cell is too long');
      },
      close: (name) => {
        if (name === 't') within = false;
        else if (name === 'rPh') phonetic -= 1;
        else if (name === 'si') this.#add(unescaped(text));
      },
    };
  }

  #add(text: string): void {
    if (this.#count >= WORKBOOK_LIMITS.strings) throw tooMuch('字符串过多', 'too many texts');
    if (this.#count + 2 > this.#starts.length) {
      const wider = new Float64Array(this.#starts.length * 2);
      wider.set(this.#starts);
      this.#starts = wider;
    }
    const bytes = Buffer.from(text);
    this.#pending.push(bytes);
    this.#pendingSize += bytes.length;
    this.#count += 1;
    this.#starts[this.#count] = (this.#starts[this.#count - 1] as number) + bytes.length;
    if (this.#pendingSize >= BLOCK) this.#flush();
  }

  #flush(): void {
    const bytes = Buffer.concat(this.#pending, this.#pendingSize);
    for (let at = 0; at < bytes.length; ) {
      at += writeSync(this.#fd as number, bytes, at, bytes.length - at, this.#size + at);
    }
    this.#size += bytes.length;
    this.#pending = [];
    this.#pendingSize = 0;
  }

  #textAt(start: number, end: number): string {
    const first = Math.floor(start / BLOCK);
    const last = Math.floor(Math.max(end - 1, start) / BLOCK);
    if (start === end) return '';
    if (first === last) return this.#block(first).toString('utf8', start - first * BLOCK, end - first * BLOCK);
    const pieces = [];
    for (let i = first; i <= last; i += 1) pieces.push(this.#block(i));
    return Buffer.concat(pieces).toString('utf8', start - first * BLOCK, end - first * BLOCK);
  }

  /** Texts stand in the order in which the sheet first names them, so the blocks at hand are nearly always the ones. */
  #block(number: number): Buffer {
    const known = this.#blocks.get(number);
    if (known) return known;
    const bytes = Buffer.alloc(Math.min(BLOCK, this.#size - number * BLOCK));
    for (let at = 0; at < bytes.length; ) {
      const got = readSync(this.#fd as number, bytes, at, bytes.length - at, number * BLOCK + at);
      if (got === 0) throw new Error('the file of shared texts is shorter than it was');
      at += got;
    }
    if (this.#blocks.size >= BLOCKS) this.#blocks.delete(this.#blocks.keys().next().value as number);
    this.#blocks.set(number, bytes);
    return bytes;
  }
}

/** A file for this process alone: readable by its user only, and without a name from the first moment on. */
async function nameless(): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'hub-'));
  const path = join(folder, 'texts');
  const fd = openSync(path, 'wx+', 0o600);
  unlinkSync(path);
  await rmdir(folder);
  return fd;
}
