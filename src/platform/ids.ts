import { randomFillSync } from 'node:crypto';
import { stringify, v5, v7, validate } from 'uuid';

// Random bytes of many ids at once: an import makes two ids a row, and each call to the system is dear.
const RANDOM = Buffer.alloc(16 * 512);
let taken = RANDOM.length;
let latest = 0;
let sequence = 0;

/** A new id for a row: grows with time, and within a millisecond by its sequence, so that indexes stay dense. */
export function uuidv7(): string {
  if (taken === RANDOM.length) {
    randomFillSync(RANDOM);
    taken = 0;
  }
  const random = RANDOM.subarray(taken, taken + 16);
  taken += 16;
  const now = Date.now();
  if (now > latest) {
    latest = now;
    // half of the range is left to count on
    sequence = random.readUInt32BE(6) >>> 1;
  } else {
    sequence = (sequence + 1) >>> 0;
    if (sequence === 0) latest += 1;
  }
  return v7({ msecs: latest, seq: sequence, random });
}

// Fixed for ever: another namespace would give every database's reference data other ids.
const REFERENCE_NAMESPACE = '5f0c3b4e-7a53-5c0e-9d0e-3a0b6f2c8d11';

/** The same id in every database for the same reference datum: `referenceId('item', 'XZCF_FR')`. */
export function referenceId(kind: string, code: string): string {
  return v5(`${kind}:${code}`, REFERENCE_NAMESPACE);
}

export interface GlobalId {
  readonly type: string;
  readonly uuid: string;
}

const TYPE = /^[A-Z][A-Za-z0-9]{0,62}$/;
const UUID_BYTES = 16;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

// A wide answer has hundreds of ids, and a walk through buffers for each is dearer than all its other fields. Three
// digits of the uuid are two characters of base64url; its last two go with the name of the type.
const PAIRS = Array.from({ length: 4096 }, (_, i) =>
  Buffer.from([i >> 4, (i & 15) << 4])
    .toString('base64url')
    .slice(0, 2),
);
const VALUES = Array.from({ length: 128 }, (_, code) => Number.parseInt(String.fromCharCode(code), 16));
/** where the digits stand, dashes left out */
const PLACES = [...'00000000-0000-0000-0000-000000000000'].flatMap((char, i) => (char === '-' ? [] : [i]));
const LAST = PLACES.length - 2;

const ends = new Map<string, readonly string[]>();

/** The ends of a type's ids, by the last byte of the uuid. */
function endsOf(type: string): readonly string[] {
  const known = ends.get(type);
  if (known) return known;
  if (!TYPE.test(type)) throw new RangeError('not the name of a type');
  const made = Array.from({ length: 256 }, (_, byte) =>
    Buffer.concat([Buffer.from([byte]), Buffer.from(type, 'latin1')]).toString('base64url'),
  );
  if (ends.size < 100) ends.set(type, made);
  return made;
}

/** The opaque id of a GraphQL `Node`: base64url of the uuid's bytes and the type's name. */
export function toGlobalId(type: string, uuid: string): string {
  if (!UUID.test(uuid)) throw new TypeError('not a uuid');
  const digit = (i: number) => VALUES[uuid.charCodeAt(PLACES[i] as number)] as number;
  let id = '';
  for (let i = 0; i < LAST; i += 3) id += PAIRS[(digit(i) << 8) | (digit(i + 1) << 4) | digit(i + 2)];
  return id + endsOf(type)[(digit(LAST) << 4) | digit(LAST + 1)];
}

/**
 * What `toGlobalId` was given, or null for anything it could not have made. That an id is well formed says nothing
 * about a row behind it, nor about who may see it.
 */
export function fromGlobalId(id: string): GlobalId | null {
  if (!/^[A-Za-z0-9_-]{23,106}$/.test(id)) return null;
  const bytes = Buffer.from(id, 'base64url');
  const type = bytes.toString('latin1', UUID_BYTES);
  if (!TYPE.test(type)) return null;
  let uuid: string;
  try {
    uuid = stringify(bytes.subarray(0, UUID_BYTES));
  } catch {
    return null;
  }
  // One row has one id: spare bits in the last character would give it several.
  return validate(uuid) && bytes.toString('base64url') === id ? { type, uuid } : null;
}
