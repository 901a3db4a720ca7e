import { randomBytes } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { z } from 'zod';
import { replaceFile } from './files.js';

export const KEY_BYTES = 32;

const keyBytes = z
  .string()
  .transform((text) => Buffer.from(text, 'base64url'))
  .refine((bytes) => bytes.length === KEY_BYTES);
const version = z.string().regex(/^k\d+$/);

const keyFile = z
  .object({ current: version, fields: z.record(version, keyBytes), index: keyBytes, root: keyBytes })
  .refine(({ current, fields }) => Object.hasOwn(fields, current));

/** What a key file holds: versioned keys for sealing, and two that stay: of the blind index, and for deriving others. */
export type KeyFile = z.infer<typeof keyFile>;

/** Null for a text that is no key file. */
export function parseKeyFile(text: string): KeyFile | null {
  try {
    return keyFile.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

function printKeyFile({ current, fields, index, root }: KeyFile): string {
  const encoded = Object.fromEntries(Object.entries(fields).map(([name, key]) => [name, key.toString('base64url')]));
  const whole = { current, fields: encoded, index: index.toString('base64url'), root: root.toString('base64url') };
  return `${JSON.stringify(whole, null, 2)}\n`;
}

const newKey = () => randomBytes(KEY_BYTES);

/** A fresh key file's text. */
export const newKeyFile = (): string =>
  printKeyFile({ current: 'k1', fields: { k1: newKey() }, index: newKey(), root: newKey() });

/**
 * The versioned keys of a key file that may be rotated under a running server: the file is looked at before each
 * sealing, which costs microseconds, and read again when it is another one, or when a version is met that is not known.
 */
export class KeyRing {
  #stamp: string | null;
  #held: KeyFile;

  constructor(
    private readonly path: string,
    held: KeyFile,
  ) {
    this.#held = held;
    this.#stamp = null;
  }

  /** Version that seals from now on. */
  current(): string {
    this.#look();
    return this.#held.current;
  }

  key(name: string): Buffer | undefined {
    if (!Object.hasOwn(this.#held.fields, name)) this.#look();
    return this.#held.fields[name];
  }

  versions = (): string[] => this.keys().map(([name]) => name);

  keys(): [name: string, key: Buffer][] {
    this.#look();
    return Object.entries(this.#held.fields);
  }

  /**
   * Puts a new current key beside the old ones, which still open what they sealed.
   * @returns its version
   */
  async add(): Promise<string> {
    const { fields, ...rest } = this.#reread();
    const next = `k${Math.max(...Object.keys(fields).map((name) => Number(name.slice(1)))) + 1}`;
    await this.#write({ ...rest, current: next, fields: { ...fields, [next]: newKey() } });
    return next;
  }

  /** Takes old keys out of the file; the current one stays whatever is asked. */
  async drop(names: readonly string[]): Promise<void> {
    const { fields, ...rest } = this.#reread();
    const kept = Object.entries(fields).filter(([name]) => name === rest.current || !names.includes(name));
    await this.#write({ ...rest, fields: Object.fromEntries(kept) });
  }

  async #write(file: KeyFile): Promise<void> {
    await replaceFile(this.path, printKeyFile(file));
    this.#look();
  }

  #reread(): KeyFile {
    this.#look();
    return this.#held;
  }

  /** Whatever goes wrong, the keys that are held stay: a file that is away for a moment must not stop a server. */
  #look(): void {
    const stamp = stampOf(this.path);
    if (stamp === null || stamp === this.#stamp) return;
    const read = readOrNull(this.path);
    // Another file altogether would make another blind index: that takes a start.
    if (!read?.index.equals(this.#held.index) || !read.root.equals(this.#held.root)) return;
    this.#held = read;
    this.#stamp = stamp;
  }
}

function stampOf(path: string): string | null {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false });
  return found ? `${found.ino} ${found.mtimeNs} ${found.size}` : null;
}

function readOrNull(path: string): KeyFile | null {
  try {
    return parseKeyFile(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}
