import { createHash } from 'node:crypto';
import type { FieldCipher, Keys } from '../../platform/crypto.js';
import { HubError } from '../../platform/errors.js';
import { uuidv7 } from '../../platform/ids.js';
import { sql } from '../../platform/sql.js';
import { dataKeyOf, sealingTurn } from '../custody/subjectKeys.js';
import type { WriteSession } from '../session.js';

/** What evidence may be, told by its content: neither its name nor what it is said to be counts. */
const SIGNATURES: readonly (readonly [mediaType: string, first: Buffer])[] = [
  ['application/pdf', Buffer.from('%PDF-')],
  ['image/jpeg', Buffer.from('ffd8ff', 'hex')],
  ['image/png', Buffer.from('89504e470d0a1a0a', 'hex')],
];

/** Associated data of a sealed file. */
export const evidencePlace = (id: string): string => `evidence_file.sealed.${id}`;

/** SQL of the key that a row of evidence_file is sealed with, by the text before the ciphertext: a data key's id, or a version of the key file's. */
export const EVIDENCE_KEY = sql<string>`split_part(encode(substring(sealed for 40), 'escape'), '.', 3)`;

/**
 * Keeps a file as evidence, sealed: whatever it shows is about somebody. A subject's own is sealed with its data key, so
 * that it is destroyed with it; what a counter takes in is nobody's yet. Answers its uuid.
 * @throws BAD_USER_INPUT (file) for an empty file and for content of another kind, PRECONDITION_FAILED for a person whose
 * data were destroyed
 */
export async function storeEvidence(session: WriteSession, keys: Keys, bytes: Buffer): Promise<string> {
  const mediaType = mediaTypeOf(bytes);
  const { actor } = session;
  const id = uuidv7();
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  await session.asVerb('storeFile', async () => {
    const sealed = (await cipherFor(session, keys)).sealBytes(bytes, evidencePlace(id));
    await session.query(sql`
      insert into evidence_file (id, media_type, size, sha256, sealed, stored_by, stored_as, department_id, subject_id)
      values (${id}, ${mediaType}, ${bytes.length}, ${sha256}, ${sealed}, ${actor.user}, ${actor.role},
        ${actor.department?.id ?? null}::uuid, ${actor.subjectId}::uuid)`);
  });
  return id;
}

async function cipherFor(session: WriteSession, keys: Keys): Promise<FieldCipher> {
  const { subjectId } = session.actor;
  if (subjectId !== null) return dataKeyOf(session, keys, subjectId);
  await session.query(sql`select ${sealingTurn}`);
  return keys.cipher;
}

function mediaTypeOf(bytes: Buffer): string {
  const known = SIGNATURES.find(([, first]) => bytes.subarray(0, first.length).equals(first));
  if (known) return known[0];
  const text =
    bytes.length === 0
      ? { zh: '文件为空', en: 'the file is empty' }
      : { zh: '仅受理 PDF、JPEG 与 PNG，以内容为准', en: 'PDF, JPEG and PNG are taken, by their content' };
  throw new HubError('BAD_USER_INPUT', text, 'file');
}
