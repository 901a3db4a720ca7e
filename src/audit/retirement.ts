import { createHash, type KeyObject, sign, verify } from 'node:crypto';
import { z } from 'zod';
import { keyIdOf } from './head.js';
import { HASH_BYTES } from './merkle.js';

/** 期满移除的条目 What is left of an entry: its place, its UTC day, the months it was kept, and its hash. */
export interface Gone {
  seq: number;
  day: string;
  months: number;
  /** hex */
  leaf: string;
  retirement: string;
}

/** Which entries one retirement removed, signed with the key of the heads: what is missing without one was taken away. */
export interface Retirement {
  id: string;
  /** UTC instant of signing */
  at: string;
  entries: number;
  /** SHA-256, hex, over the lines of its entries in order */
  digest: string;
  key: string;
  /** Ed25519 over the text of `signed`, base64url */
  signature: string;
}

const HEX = new RegExp(`^[0-9a-f]{${HASH_BYTES * 2}}$`);
const goneSchema = z.object({
  seq: z.number().int().nonnegative(),
  day: z.iso.date(),
  months: z.number().int().positive(),
  leaf: z.string().regex(HEX),
  retirement: z.uuid(),
});
export const retirementSchema = z.object({
  id: z.uuid(),
  at: z.iso.datetime(),
  entries: z.number().int().positive(),
  digest: z.string().regex(HEX),
  key: z.string().regex(/^[0-9a-f]{16}$/),
  signature: z.string(),
});

/** How an export writes a place whose entry is gone; the first of a retirement brings what was signed of it. */
const lineSchema = z.object({ gone: goneSchema, retirement: retirementSchema.optional() });
export type GoneLine = z.infer<typeof lineSchema>;

export const goneLine = (gone: Gone, retirement?: Retirement): string =>
  JSON.stringify(retirement ? { gone: members(gone), retirement } : { gone: members(gone) });

/** Such a line, or null: no entry begins as one does. */
export function parseGone(line: string): GoneLine | null {
  if (!line.startsWith('{"gone":')) return null;
  try {
    return lineSchema.parse(JSON.parse(line));
  } catch {
    return null;
  }
}

const members = ({ seq, day, months, leaf, retirement }: Gone): Gone => ({ seq, day, months, leaf, retirement });

export const digestOf = (gone: readonly Gone[]): string =>
  createHash('sha256')
    .update(
      gone
        .toSorted((a, b) => a.seq - b.seq)
        .map((one) => `${JSON.stringify(members(one))}\n`)
        .join(''),
    )
    .digest('hex');

const signed = ({ id, at, entries, digest, key }: Omit<Retirement, 'signature'>): Buffer =>
  Buffer.from(`credit-hub audit retirement\n${id}\n${at}\n${entries}\n${digest}\n${key}\n`);

export function signRetirement(
  pair: { privateKey: KeyObject; publicKey: KeyObject },
  { id, at, gone }: { id: string; at: string; gone: readonly Gone[] },
): Retirement {
  const whole = { id, at, entries: gone.length, digest: digestOf(gone), key: keyIdOf(pair.publicKey) };
  return { ...whole, signature: sign(null, signed(whole), pair.privateKey).toString('base64url') };
}

/** Whether exactly these entries went by it, each past its term. */
export function retires(publicKey: KeyObject, retirement: Retirement, gone: readonly Gone[]): boolean {
  return (
    retirement.key === keyIdOf(publicKey) &&
    verify(null, signed(retirement), publicKey, Buffer.from(retirement.signature, 'base64url')) &&
    retirement.entries === gone.length &&
    retirement.digest === digestOf(gone) &&
    gone.every(({ day, months }) => termEnds(day, months) <= retirement.at.slice(0, 10))
  );
}

/** The first UTC day on which an entry of that day may be gone; as Postgres adds months, the end of a month stays one. */
export function termEnds(day: string, months: number): string {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10);
}
