import type { Keys } from '../../platform/crypto.js';
import { HubError } from '../../platform/errors.js';
import { CITIZEN_DOCUMENT, canonicalCode, canonicalDocument } from '../collection/identifiers.js';
import { halfWidth, levelled } from '../collection/text.js';
import { requiredText } from '../inputs.js';
import { personIndex } from '../personal.js';
import { wrongCode } from '../subjects/choice.js';

/** Whom to check, as it was sent: exactly one of `code` and `person`. */
export interface CheckRow {
  code?: string | null;
  /** `type` null or absent: 身份证 */
  person?: { type?: string | null; number: string; name: string } | null;
  /** compared with the register */
  name?: string | null;
}

/** Whom to look for, and what it should be called (levelled); a person only by the blind index of its document. */
export interface Wanted {
  by: 'code' | 'person';
  /** canonical code, or 32 hex digits */
  key: string;
  names: string[];
}

const LONGEST_NAME = 200;
const LONGEST_NUMBER = 64;

/** @throws BAD_USER_INPUT with `code`, `person.type`, `person.number`, `person.name` or `name`; never with the value */
export function wantedBy({ code, person, name }: CheckRow, keys: Keys, today: string): Wanted {
  if ((code == null) === (person == null)) {
    throw new HubError(
      'BAD_USER_INPUT',
      { zh: '统一社会信用代码与自然人证件须且仅须填写一项', en: 'give exactly one of code and person' },
      'code',
    );
  }
  const names = name?.trim() ? [levelled(requiredText(name, 'name', LONGEST_NAME))] : [];
  if (person != null) {
    names.push(levelled(requiredText(person.name, 'person.name', LONGEST_NAME)));
    const type = halfWidth(requiredText(person.type ?? CITIZEN_DOCUMENT, 'person.type', LONGEST_NUMBER));
    return { by: 'person', key: personIndex(keys, type, documentNumber(type, person.number, today)), names };
  }
  const canonical = canonicalCode(code as string);
  if (canonical === null) throw wrongCode('code');
  return { by: 'code', key: canonical, names };
}

function documentNumber(type: string, sent: string, today: string): string {
  const canonical = canonicalDocument(type, requiredText(sent, 'person.number', LONGEST_NUMBER), today);
  if (canonical !== null) return canonical;
  throw new HubError(
    'BAD_USER_INPUT',
    {
      zh: '证件号码无效：公民身份号码的长度、出生日期或校验码不符 GB 11643-1999',
      en: 'not a document number; of a citizen id length, date of birth or check digit are wrong (GB 11643-1999)',
    },
    'person.number',
  );
}
