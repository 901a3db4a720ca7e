import type { Readable } from 'node:stream';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { HubError } from '../errors.js';
import { tooMuch, unreadable, WORKBOOK_LIMITS } from './refusals.js';

/** The parts of a workbook's zip, found by its directory and inflated as they are read, within the limits. */
export class Archive {
  #inflated = 0;

  private constructor(
    private readonly zip: ZipFile,
    private readonly entries: ReadonlyMap<string, Entry>,
  ) {}

  /** @throws {HubError} BAD_USER_INPUT for what is no whole zip, LIMIT_EXCEEDED for one of too many parts */
  static async open(path: string): Promise<Archive> {
    let zip: ZipFile | null = null;
    try {
      // Declared sizes are held to while inflating, so that what the directory promises is all there can be.
      zip = await openPromise(path, { lazyEntries: true, autoClose: false, validateEntrySizes: true });
      if (zip.fileSize > WORKBOOK_LIMITS.bytes) throw tooMuch('文件过大', 'the file is too large');
      if (zip.entryCount > WORKBOOK_LIMITS.entries) throw tooMuch('部件过多', 'too many parts');
      const entries = new Map<string, Entry>();
      for await (const entry of zip.eachEntry()) {
        const name = entry.fileName.toLowerCase();
        if (entries.has(name)) throw unreadable('部件重名', 'two parts of one name');
        entries.set(name, entry);
      }
      return new Archive(zip, entries);
    } catch (error) {
      zip?.close();
      if (error instanceof HubError) throw error;
      throw unreadable('不是完整的 ZIP 文件', 'not a whole zip file', error);
    }
  }

  has(name: string): boolean {
    return this.entries.has(name.toLowerCase());
  }

  /** Bytes of the part as declared; 0 where there is none. */
  sizeOf(name: string): number {
    return this.entries.get(name.toLowerCase())?.uncompressedSize ?? 0;
  }

  /** The part's bytes, as they are asked for. */
  async *read(name: string, most: number = WORKBOOK_LIMITS.inflatedBytes): AsyncGenerator<Buffer> {
    const entry = this.entries.get(name.toLowerCase());
    if (!entry) throw unreadable('缺少部件', 'a part is missing');
    if (entry.isEncrypted()) throw unreadable('文件已加密', 'the file is encrypted');
    if (!entry.canDecodeFileData()) throw unreadable('压缩方式不支持', 'packed in a way that is not read');
    const { uncompressedSize: size, compressedSize: packed } = entry;
    if (size > most) throw tooMuch('部件解压后过大', 'a part is too large once inflated');
    if (size > 2 ** 20 && size > packed * WORKBOOK_LIMITS.ratio)
      throw tooMuch('压缩比异常', 'a part inflates out of proportion');
    this.#inflated += size;
    if (this.#inflated > WORKBOOK_LIMITS.inflatedBytes) throw tooMuch('解压后过大', 'too large once inflated');
    let stream: Readable | null = null;
    try {
      stream = await this.zip.openReadStreamPromise(entry);
      for await (const block of stream as AsyncIterable<Buffer>) yield block;
    } catch (error) {
      throw error instanceof HubError ? error : unreadable('部件损坏', 'a part is damaged', error);
    } finally {
      stream?.destroy();
    }
  }

  close(): void {
    this.zip.close();
  }
}
