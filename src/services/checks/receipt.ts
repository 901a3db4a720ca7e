import { randomBytes } from 'node:crypto';

// Crockford's alphabet: nothing that is misread on paper.
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const RANDOM_CHARACTERS = 12;

/** 回执号: `HC`, the business date, and 60 random bits, so that it sorts by day and is not to be guessed. */
export function receiptNo(today: string): string {
  let random = '';
  for (const byte of randomBytes(RANDOM_CHARACTERS)) random += ALPHABET[byte & 31];
  return `HC${today.replaceAll('-', '')}${random}`;
}
