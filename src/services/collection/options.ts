import { EITHER_KIND, OLDER_KINDS, PENALTY_KINDS } from '../../catalogue/rules/kinds.js';
import type { CatalogueField } from '../../catalogue/types.js';

const OTHER = /^其他[-－—–:：].+/;

/** Whether the value is among the options; `其他-` takes 其他 with the class spelt out behind it. */
export function isOption({ options = [] }: CatalogueField, value: string): boolean {
  return options.includes(value) ? !value.endsWith('-') : options.includes('其他-') && OTHER.test(value);
}

const KINDS: ReadonlySet<string> = new Set(PENALTY_KINDS);

/**
 * The kinds of a penalty by the law of 2021, in the order given, each once; null when one is not known. Older names are
 * turned into today's. `hints` are the texts that tell whether a licence was withheld or revoked, where one older kind
 * said both: undecided it stays under its older name.
 */
export function readKinds(text: string, hints: readonly string[]): string[] | null {
  const kinds = new Set<string>();
  for (const part of text.split(/[;；|]/)) {
    const name = part.trim();
    if (name === '') continue;
    const found = kindsOf(name, hints) ?? severalOf(name, hints);
    if (!found) return null;
    for (const kind of found) kinds.add(kind);
  }
  return kinds.size > 0 ? [...kinds] : null;
}

function kindsOf(name: string, hints: readonly string[]): readonly string[] | null {
  if (KINDS.has(name)) return [name];
  if (OTHER.test(name)) return ['其他'];
  const either = EITHER_KIND[name];
  if (!either) return OLDER_KINDS[name] ?? null;
  const meant = either.filter(({ word }) => hints.some((hint) => hint.includes(word)));
  return meant.length === 1 ? meant.map(({ kind }) => kind) : [name];
}

// 、 joins kinds too, but stands within older names: only where every piece is a kind of its own.
function severalOf(name: string, hints: readonly string[]): string[] | null {
  const pieces = name.split(/[、,，]/).map((piece) => kindsOf(piece.trim(), hints));
  return pieces.length > 1 && pieces.every((piece) => piece !== null) ? pieces.flat() : null;
}
