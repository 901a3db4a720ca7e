import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createPrivateKey,
  createPublicKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import { z } from 'zod';
import { type Config, ConfigError } from '../config.js';
import { readIfThere, secretFile } from './files.js';

/** Seals single fields. `aad` is `table.column.row`: a ciphertext moved to another place does not open there. */
export interface FieldCipher {
  /** ciphertext text `version.algorithm.key.base64url`, so that another algorithm or key can stand beside it */
  seal(plain: string, aad: string): string;
  /** @throws {CipherError} when the text was altered, moved, or sealed with a key or algorithm not held here */
  open(sealed: string, aad: string): string;
  /** the same for bytes: the header in ASCII, a dot, and the ciphertext as it is */
  sealBytes(plain: Buffer, aad: string): Buffer;
  openBytes(sealed: Buffer, aad: string): Buffer;
}

export interface Keys {
  readonly cipher: FieldCipher;
  /** by each key's name, what tells it from another and nothing else of it */
  readonly fingerprints: ReadonlyMap<string, string>;
  /**
   * 32 hex digits by which a sealed value is found: HMAC-SHA-256 cut to 16 bytes. `scope` (`table.column`) keeps equal
   * values of different columns apart; the caller normalises `value`.
   */
  blindIndex(scope: string, value: string): string;
  /** 32 bytes for one purpose, always the same from the same key file */
  derive(purpose: string): Buffer;
  /** an Ed25519 pair for one purpose, always the same from the same key file */
  signingPair(purpose: string): { readonly privateKey: KeyObject; readonly publicKey: KeyObject };
}

/** Says nothing about the value: its text may reach a log. */
export class CipherError extends Error {
  override readonly name = 'CipherError';
}

const FORMAT = 'v1';
const ALGORITHM = 'aes256gcm';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** AES-256-GCM under the current key; opens with any key it is given. */
export function aesGcmCipher(keys: ReadonlyMap<string, Buffer>, current: string): FieldCipher {
  const currentKey = keys.get(current);
  if (!currentKey) throw new CipherError('the current key is not among the keys');
  const sealed = (plain: Buffer, aad: string) => {
    const header = `${FORMAT}.${ALGORITHM}.${current}`;
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', currentKey, nonce);
    cipher.setAAD(Buffer.from(`${header}|${aad}`));
    return { header, body: Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]) };
  };
  const opened = (header: string, body: Buffer, aad: string): Buffer => {
    const [format, algorithm, version = '', ...rest] = header.split('.');
    if (format !== FORMAT || algorithm !== ALGORITHM || rest.length > 0) {
      throw new CipherError('a sealed value of an unknown format or algorithm');
    }
    const key = keys.get(version);
    if (!key) throw new CipherError('a sealed value whose key is not held here');
    if (body.length < NONCE_BYTES + TAG_BYTES) throw new CipherError('a sealed value that is cut short');
    const decipher = createDecipheriv('aes-256-gcm', key, body.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
    decipher.setAAD(Buffer.from(`${header}|${aad}`));
    decipher.setAuthTag(body.subarray(-TAG_BYTES));
    try {
      return Buffer.concat([decipher.update(body.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
    } catch {
      throw new CipherError('a sealed value that was altered or does not belong here');
    }
  };
  return {
    seal(plain, aad) {
      const { header, body } = sealed(Buffer.from(plain, 'utf8'), aad);
      return `${header}.${body.toString('base64url')}`;
    },
    open(text, aad) {
      const at = text.lastIndexOf('.');
      return opened(text.slice(0, Math.max(at, 0)), Buffer.from(text.slice(at + 1), 'base64url'), aad).toString();
    },
    sealBytes(plain, aad) {
      const { header, body } = sealed(plain, aad);
      return Buffer.concat([Buffer.from(`${header}.`), body]);
    },
    openBytes(bytes, aad) {
      // the header has two dots within, and one behind it
      let end = -1;
      for (let dots = 0; dots < 3; dots += 1) {
        end = bytes.indexOf('.', end + 1);
        if (end < 0) throw new CipherError('a sealed value of an unknown format or algorithm');
      }
      return opened(bytes.toString('latin1', 0, end), bytes.subarray(end + 1), aad);
    },
  };
}

const keyBytes = z
  .string()
  .transform((text) => Buffer.from(text, 'base64url'))
  .refine((bytes) => bytes.length === KEY_BYTES);

const keyFile = z
  .object({
    current: z.string().regex(/^k\d+$/),
    fields: z.record(z.string().regex(/^k\d+$/), keyBytes),
    index: keyBytes,
    root: keyBytes,
  })
  .refine(({ current, fields }) => Object.hasOwn(fields, current));

/**
 * The keys of HUB_KEYS or `$HUB_DATA/keys.json`. A missing file is made beside the embedded Postgres, by one of the
 * processes that start at once; for an external one keys are never invented, since data sealed there would be lost
 * with this machine's disk.
 * @throws {ConfigError} when there is no file to use, or it is not a key file
 */
export async function loadKeys(config: Pick<Config, 'keyFile' | 'database'>): Promise<Keys> {
  const content = config.database ? await readIfThere(config.keyFile) : await secretFile(config.keyFile, newKeyFile);
  if (content === null) {
    throw new ConfigError('HUB_KEYS', 'must name a key file: with an external database the hub makes no keys itself');
  }
  const parsed = keyFile.safeParse(parseJson(content));
  if (!parsed.success) throw new ConfigError('HUB_KEYS', 'names a file that is not a key file of the hub');
  const { current, fields, index, root } = parsed.data;
  const derive = (purpose: string) => Buffer.from(hkdfSync('sha256', root, Buffer.alloc(0), purpose, KEY_BYTES));
  const named = Object.entries({ ...fields, index, root });
  return {
    fingerprints: new Map(named.map(([name, key]) => [name, fingerprintOf(key)])),
    cipher: aesGcmCipher(new Map(Object.entries(fields)), current),
    blindIndex: (scope, value) =>
      createHmac('sha256', index).update(`${scope}\0${value}`).digest().subarray(0, 16).toString('hex'),
    derive,
    signingPair(purpose) {
      // PKCS #8 around a raw Ed25519 seed: node:crypto has no shorter way in.
      const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), derive(purpose)]);
      const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
      return { privateKey, publicKey: createPublicKey(privateKey) };
    },
  };
}

const fingerprintOf = (key: Buffer) => createHmac('sha256', key).update('fingerprint').digest('hex').slice(0, 32);

/** A fresh key file's text. */
export function newKeyFile(): string {
  const key = () => randomBytes(KEY_BYTES).toString('base64url');
  return `${JSON.stringify({ current: 'k1', fields: { k1: key() }, index: key(), root: key() }, null, 2)}\n`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
