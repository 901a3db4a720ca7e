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
import { LRUCache } from 'lru-cache';
import { type Config, ConfigError } from '../config.js';
import { readIfThere, secretFile } from './files.js';
import { KEY_BYTES, KeyRing, newKeyFile, parseKeyFile } from './keyRing.js';

export { newKeyFile };

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

/** A data key as it is stored: the plain key lives in memory only. */
export interface WrappedKey {
  /** names the key in the texts that it sealed */
  readonly keyId: string;
  readonly wrapped: string;
}

export interface Keys {
  /** under the key file's own keys: what belongs to no subject, and the subjects' data keys */
  readonly cipher: FieldCipher;
  /** by each key's name, what tells it from another and nothing else of it */
  fingerprints(): ReadonlyMap<string, string>;
  /** a fresh data key for one subject, wrapped by the current key of the key file */
  newDataKey(subjectId: string): WrappedKey;
  /** @throws {CipherError} when it is another subject's, or wrapped by a key not held here */
  dataKey(subjectId: string, key: WrappedKey): FieldCipher;
  /** the same data key wrapped by the current key of the key file */
  rewrap(subjectId: string, key: WrappedKey): string;
  readonly ring: KeyRing;
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
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** AES-256-GCM under the current key; opens with any key it is given. */
export function aesGcmCipher(keys: ReadonlyMap<string, Buffer>, current: string): FieldCipher {
  if (!keys.has(current)) throw new CipherError('the current key is not among the keys');
  return aesGcm(
    () => current,
    (version) => keys.get(version),
  );
}

function aesGcm(currentOf: () => string, keyOf: (version: string) => Buffer | undefined): FieldCipher {
  const sealed = (plain: Buffer, aad: string) => {
    const current = currentOf();
    const header = `${FORMAT}.${ALGORITHM}.${current}`;
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', keyOf(current) as Buffer, nonce);
    cipher.setAAD(Buffer.from(`${header}|${aad}`));
    return { header, body: Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]) };
  };
  const opened = (header: string, body: Buffer, aad: string): Buffer => {
    const [format, algorithm, version = '', ...rest] = header.split('.');
    if (format !== FORMAT || algorithm !== ALGORITHM || rest.length > 0) {
      throw new CipherError('a sealed value of an unknown format or algorithm');
    }
    const key = keyOf(version);
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

// Unwrapping costs a third of opening a name, and a page names the same persons again. A key that was destroyed stays here
// for so long at most, without a text or a wrapped key that would lead to it.
const CACHED_KEYS = 5_000;
const CACHED_MILLISECONDS = 60_000;

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
  const parsed = parseKeyFile(content);
  if (!parsed) throw new ConfigError('HUB_KEYS', 'names a file that is not a key file of the hub');
  const { index, root } = parsed;
  const ring = new KeyRing(config.keyFile, parsed);
  const cipher = aesGcm(
    () => ring.current(),
    (version) => ring.key(version),
  );
  const derive = (purpose: string) => Buffer.from(hkdfSync('sha256', root, Buffer.alloc(0), purpose, KEY_BYTES));
  return {
    fingerprints: () =>
      new Map(
        [...ring.keys(), ['index', index], ['root', root]].map(([name, key]) => [
          name as string,
          fingerprintOf(key as Buffer),
        ]),
      ),
    ring,
    cipher,
    ...subjectKeys(cipher),
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

/** Data keys, one a subject, wrapped by the cipher of the key file. */
function subjectKeys(cipher: FieldCipher): Pick<Keys, 'newDataKey' | 'dataKey' | 'rewrap'> {
  // By the wrapped text, which only the database gives: with that gone nothing here is found any more.
  const unwrapped = new LRUCache<string, FieldCipher>({ max: CACHED_KEYS, ttl: CACHED_MILLISECONDS });
  const place = (subjectId: string, keyId: string) => `subject_key.wrapped.${subjectId}.${keyId}`;
  const remember = (subjectId: string, { keyId, wrapped }: WrappedKey, key: Buffer): FieldCipher => {
    const own = aesGcmCipher(new Map([[keyId, key]]), keyId);
    unwrapped.set(`${subjectId} ${wrapped}`, own);
    return own;
  };
  return {
    newDataKey(subjectId) {
      const key = randomBytes(KEY_BYTES);
      const keyId = `d${randomBytes(8).toString('hex')}`;
      const wrapped = cipher.seal(key.toString('base64url'), place(subjectId, keyId));
      remember(subjectId, { keyId, wrapped }, key);
      return { keyId, wrapped };
    },
    dataKey(subjectId, stored) {
      return (
        unwrapped.get(`${subjectId} ${stored.wrapped}`) ??
        remember(
          subjectId,
          stored,
          Buffer.from(cipher.open(stored.wrapped, place(subjectId, stored.keyId)), 'base64url'),
        )
      );
    },
    rewrap: (subjectId, { keyId, wrapped }) =>
      cipher.seal(cipher.open(wrapped, place(subjectId, keyId)), place(subjectId, keyId)),
  };
}
