import { appendFile, constants, mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigError } from '../config.js';
import { readIfThere } from '../platform/files.js';
import { parseHead, type SignedHead } from './head.js';
import { HASH_BYTES, type HashName } from './merkle.js';

/**
 * What is kept of the log outside the database, in `$HUB_DATA/audit`: the hash of every entry (`leaves`, 32 bytes each,
 * in order), the signed heads (`heads.jsonl`), the public key (`public.pem`) and the hash function (`format.json`).
 * None of it tells what an entry says. Whoever bends the database must bend this folder too, and every head given away.
 */
export class LogCopy {
  constructor(readonly folder: string) {}

  /** Makes the folder for a new log, or checks that it was made for this hash function. */
  async open(hash: HashName, publicPem: string): Promise<void> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const format = await this.hash();
    if (format === null) {
      await this.#write('format.json', `${JSON.stringify({ hash })}\n`);
    } else if (format !== hash) {
      throw new ConfigError('HUB_AUDIT_HASH', `must stay ${format}: the audit log was begun with it`);
    }
    if ((await readIfThere(join(this.folder, 'public.pem'))) !== publicPem) await this.#write('public.pem', publicPem);
  }

  async hash(): Promise<HashName | null> {
    const text = await readIfThere(join(this.folder, 'format.json'));
    return text === null ? null : (JSON.parse(text) as { hash: HashName }).hash;
  }

  publicPem = (): Promise<string | null> => readIfThere(join(this.folder, 'public.pem'));

  /** Every hash, in order; one cut off by a crash does not count. */
  async leaves(): Promise<Buffer[]> {
    const bytes = await readFile(join(this.folder, 'leaves')).catch(() => Buffer.alloc(0));
    return Array.from({ length: Math.floor(bytes.length / HASH_BYTES) }, (_, i) =>
      bytes.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES),
    );
  }

  /** Writes hashes from place `at` on, on the disk before it returns. */
  async putLeaves(at: number, leaves: readonly Buffer[]): Promise<void> {
    if (leaves.length === 0) return;
    const handle = await open(join(this.folder, 'leaves'), constants.O_RDWR | constants.O_CREAT);
    try {
      await handle.write(Buffer.concat(leaves), 0, leaves.length * HASH_BYTES, at * HASH_BYTES);
      await handle.sync();
    } finally {
      await handle.close();
    }
  }

  /** The heads signed so far, oldest first, and the lines that are none. */
  async heads(): Promise<{ heads: SignedHead[]; strangeLines: number[] }> {
    const text = (await readIfThere(join(this.folder, 'heads.jsonl'))) ?? '';
    const read = text
      .split('\n')
      .map((line, i) => ({ line: i + 1, text: line, head: parseHead(line) }))
      .filter((line) => line.text !== '');
    return {
      heads: read.flatMap(({ head }) => head ?? []),
      strangeLines: read.filter(({ head }) => head === null).map(({ line }) => line),
    };
  }

  putHead = (head: SignedHead): Promise<void> => putHead(this.folder, head);

  async #write(name: string, text: string): Promise<void> {
    const handle = await open(join(this.folder, name), 'w', 0o600);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
  }
}

/** Appends a head to `heads.jsonl` of a folder; a second holder's may be one of them. */
export async function putHead(folder: string, head: SignedHead): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await appendFile(join(folder, 'heads.jsonl'), `${JSON.stringify(head)}\n`, { flush: true });
}
