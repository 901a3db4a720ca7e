import type { Actor } from '../../permissions/actor.js';
import { speaksForItself } from '../../permissions/recipients.js';
import { HubError } from '../../platform/errors.js';
import { holdsCitizenId } from '../collection/identifiers.js';
import { departmentOf } from '../departments/acting.js';
import { requiredDocumentNo } from '../documentNo.js';
import { requiredText } from '../inputs.js';

/** What the hub keeps of the signed paper. */
export interface Paper {
  documentNo: string;
  /** SHA-256 of the signed document, hex */
  documentHash: string;
  /** the last day on which it holds */
  expiresOn: string;
  /** who saw it signed, at a counter */
  witness?: string | null;
}

const NAME_LENGTH = 200;

const wrong = (field: string, zh: string, en: string) => new HubError('BAD_USER_INPUT', { zh, en }, field);

/** @throws BAD_USER_INPUT with the field */
export function readPaper({ documentNo, documentHash, expiresOn }: Paper, today: string) {
  const hash = documentHash.trim().toLowerCase();
  if (!/^[0-9a-f]{64}$/.test(hash)) {
    throw wrong(
      'documentHash',
      '须为文书的 SHA-256 摘要（64 位十六进制）',
      'takes the SHA-256 of the document, in hex',
    );
  }
  if (expiresOn < today) throw wrong('expiresOn', '授权期限不得早于今日', 'must not be in the past');
  return { documentNo: requiredDocumentNo(documentNo), documentHash: hash, expiresOn };
}

export function plainName(value: string | null | undefined, field: string): string {
  const name = requiredText(value, field, NAME_LENGTH);
  if (holdsCitizenId(name)) throw wrong(field, '不得含公民身份号码', 'holds no citizen id');
  return name;
}

/** Whose counter took the paper and who witnessed it; a subject that acts for itself has neither. */
export function takenAt(actor: Actor, witness: string | null | undefined) {
  if (speaksForItself(actor.role)) {
    if (witness == null) return { department: null, witness: null };
    throw wrong('witness', '仅窗口办理时填写见证人', 'a witness is named at a counter only');
  }
  return { department: departmentOf(actor).id, witness: plainName(witness, 'witness') };
}

/** A power of attorney is no power to give or take others. @throws FORBIDDEN */
export function forbidAgents({ power }: Actor): void {
  if (power === undefined) return;
  throw new HubError('FORBIDDEN', {
    zh: '授权与撤回须由主体本人办理',
    en: 'consents are given and withdrawn by the subject itself',
  });
}
