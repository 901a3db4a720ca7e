import { randomBytes } from 'node:crypto';

// Crockford's alphabet: nothing that is misread on paper.
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const RANDOM_CHARACTERS = 12;

// Asked of the system for many receipts at once; none of them is used twice.
let bytes = Buffer.alloc(0);
let at = 0;

/** 回执号: `HC`, the business date, and 60 random bits, so that it sorts by day and is not to be guessed. */
export function receiptNo(today: string): string {
  if (at + RANDOM_CHARACTERS > bytes.length) [bytes, at] = [randomBytes(256 * RANDOM_CHARACTERS), 0];
  let random = '';
  for (const end = at + RANDOM_CHARACTERS; at < end; at++) random += ALPHABET[(bytes[at] as number) & 31];
  return `HC${today.replaceAll('-', '')}${random}`;
}
