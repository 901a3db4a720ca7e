import { MARK } from './plant.js';

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const OPAQUE = /[A-Za-z0-9_-]{12,}/g;

/** Finds sentinels in whatever leaves the hub: texts as they are, and what ids and cursors hold. */
export class Scanner {
  readonly #secrets: RegExp;

  /** @param secrets whole texts that nobody but a few may see */
  constructor(secrets: readonly string[]) {
    this.#secrets = new RegExp(secrets.map(escaped).join('|') || '(?!)', 'g');
  }

  in(text: string): Set<string> {
    const found = new Set<string>();
    for (const one of [text, ...decodedIn(text)]) {
      for (const [mark] of one.matchAll(MARK)) found.add(mark);
      for (const secret of this.secretsIn(one)) found.add(secret);
    }
    return found;
  }

  secretsIn(text: string): Set<string> {
    return new Set([...text.matchAll(this.#secrets)].map(([secret]) => secret));
  }
}

function* decodedIn(text: string): Generator<string> {
  for (const [opaque] of text.matchAll(OPAQUE)) yield Buffer.from(opaque, 'base64url').toString();
}
