import { createHash, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { z } from 'zod';
import { HASHES, type HashName } from './merkle.js';

/** What the log was at one instant, signed: of how many entries, with which root. Kept and given away outside the database. */
export interface SignedHead {
  hash: HashName;
  size: number;
  /** hex */
  root: string;
  /** UTC instant of signing */
  at: string;
  /** first 16 hex digits of the public key's SHA-256 */
  key: string;
  /** Ed25519 (RFC 8032) over the text of `signed`, base64url */
  signature: string;
}

const headSchema = z.object({
  hash: z.enum(Object.keys(HASHES) as [HashName, ...HashName[]]),
  size: z.number().int().nonnegative(),
  root: z.string().regex(/^[0-9a-f]{64}$/),
  at: z.iso.datetime(),
  key: z.string().regex(/^[0-9a-f]{16}$/),
  signature: z.string(),
});

/** A head out of a file or a holder's store; null for anything else. */
export function parseHead(text: string): SignedHead | null {
  try {
    return headSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

export const pemOf = (publicKey: KeyObject): string => publicKey.export({ type: 'spki', format: 'pem' }).toString();
export const publicKeyOf = (pem: string): KeyObject => createPublicKey(pem);

export const keyIdOf = (publicKey: KeyObject): string =>
  createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('hex')
    .slice(0, 16);

const signed = ({ hash, size, root, at, key }: Omit<SignedHead, 'signature'>): Buffer =>
  Buffer.from(`credit-hub audit head\n${hash}\n${size}\n${root}\n${at}\n${key}\n`);

export function signHead(
  pair: { privateKey: KeyObject; publicKey: KeyObject },
  head: Pick<SignedHead, 'hash' | 'size' | 'root' | 'at'>,
): SignedHead {
  const whole = { ...head, key: keyIdOf(pair.publicKey) };
  return { ...whole, signature: sign(null, signed(whole), pair.privateKey).toString('base64url') };
}

export const isSignedBy = (publicKey: KeyObject, head: SignedHead): boolean =>
  head.key === keyIdOf(publicKey) && verify(null, signed(head), publicKey, Buffer.from(head.signature, 'base64url'));
