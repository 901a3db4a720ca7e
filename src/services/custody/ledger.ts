import { createHmac, timingSafeEqual } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { type Config, ConfigError } from '../../config.js';
import type { Keys } from '../../platform/crypto.js';
import { appendLine, readIfThere } from '../../platform/files.js';

/** One destruction: which keys of which subject, when, by which document. It tells nothing of anybody. */
export interface Destruction {
  /** uuid */
  readonly subject: string;
  /** ids of the data keys, which are nothing without their wrapped texts */
  readonly keys: readonly string[];
  /** UTC instant */
  readonly at: string;
  readonly documentNo: string;
}

const lineSchema = z.object({
  v: z.literal(1),
  n: z.int().positive(),
  subject: z.uuid(),
  keys: z.array(z.string().regex(/^d[0-9a-f]{16}$/)),
  at: z.iso.datetime(),
  documentNo: z.string(),
  mac: z.string().regex(/^[0-9a-f]{64}$/),
});
type Line = z.infer<typeof lineSchema>;

const FILE = 'destroyed.jsonl';
/** What the first line follows. */
const NOTHING = '0'.repeat(64);

/**
 * 销毁台账 What was destroyed, outside the database: `$HUB_DATA/destroyed.jsonl`, one line each, authenticated with a
 * key derived from the key file and chained to the line before. A database restored from a backup learns from it.
 */
export class DestructionLedger {
  readonly #path: string;
  readonly #key: Buffer;

  constructor(config: Pick<Config, 'dataDir'>, keys: Pick<Keys, 'derive'>) {
    this.#path = join(config.dataDir, FILE);
    this.#key = keys.derive('destruction ledger');
  }

  /**
   * All destructions, oldest first.
   * @throws {ConfigError} naming the first line that is not what was written
   */
  read = async (): Promise<Destruction[]> => (await this.#lines()).map(destructionOf);

  /** On the disk before it returns. One writer at a time: the caller holds the database's lock (destroy.ts). */
  async append({ subject, keys, at, documentNo }: Destruction): Promise<void> {
    const lines = await this.#lines();
    const line = { v: 1 as const, n: lines.length + 1, subject, keys: [...keys], at, documentNo };
    const mac = this.#mac(line, lines.at(-1)?.mac ?? NOTHING);
    await appendLine(this.#path, JSON.stringify({ ...line, mac }));
  }

  async #lines(): Promise<Line[]> {
    const text = (await readIfThere(this.#path)) ?? '';
    const found = text.split('\n');
    // After the last line's end there is nothing; whatever else stands there is a line that was cut.
    if (found.at(-1) === '') found.pop();
    let before = NOTHING;
    return found.map((printed, i) => {
      const line = parse(printed);
      if (!line || line.n !== i + 1 || !isSame(this.#mac(line, before), line.mac)) {
        throw new ConfigError(
          'HUB_DATA',
          `holds a ${FILE} whose line ${i + 1} is broken: it must be put right from a copy before anything is served`,
        );
      }
      before = line.mac;
      return line;
    });
  }

  #mac({ v, n, subject, keys, at, documentNo }: Omit<Line, 'mac'>, before: string): string {
    const said = JSON.stringify([v, n, subject, keys, at, documentNo, before]);
    return createHmac('sha256', this.#key).update(said).digest('hex');
  }
}

const destructionOf = ({ subject, keys, at, documentNo }: Line): Destruction => ({ subject, keys, at, documentNo });
const isSame = (a: string, b: string): boolean => timingSafeEqual(Buffer.from(a, 'hex'), Buffer.from(b, 'hex'));

function parse(text: string): Line | null {
  try {
    return lineSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
