import { MARK } from './plant.js';

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const OPAQUE = /[A-Za-z0-9_-]{12,}/g;
const NONE: ReadonlySet<string> = new Set();

/** Finds sentinels in whatever leaves the hub: texts as they are, and what ids and cursors hold. */
export class Scanner {
  readonly #secrets: RegExp;
  /** what each opaque text holds: the same ids and names of fields come with every answer */
  readonly #held = new Map<string, ReadonlySet<string>>();

  /** @param secrets whole texts that nobody but a few may see */
  constructor(secrets: readonly string[]) {
    this.#secrets = new RegExp(secrets.map(escaped).join('|') || '(?!)', 'g');
  }

  in(text: string): Set<string> {
    const found = this.#plainly(text);
    for (const opaque of new Set(text.match(OPAQUE))) for (const mark of this.#heldBy(opaque)) found.add(mark);
    return found;
  }

  secretsIn(text: string): Set<string> {
    return new Set(text.match(this.#secrets));
  }

  #plainly(text: string): Set<string> {
    return new Set([...(text.match(MARK) ?? []), ...(text.match(this.#secrets) ?? [])]);
  }

  #heldBy(opaque: string): ReadonlySet<string> {
    let held = this.#held.get(opaque);
    if (held === undefined) {
      const found = this.#plainly(Buffer.from(opaque, 'base64url').toString());
      held = found.size === 0 ? NONE : found;
      this.#held.set(opaque, held);
    }
    return held;
  }
}
