import { compareDates, type DateString, isDate } from '../../platform/clock.js';
import { clean, halfWidth, levelled } from './text.js';

// GB 32100-2015, GB 11714, GB 11643-1999, and the registration number of GS 15-2006. Input comes tidied: half-width,
// upper-case, without white space; a wrong check digit is never put right.

const UNIFIED = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const UNIFIED_WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];
const CITIZEN_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** Stands in 双公示 files where an individual business has no code. It finds nobody and joins nothing. */
export const PLACEHOLDER_CODE = '00000000000000000X';

/** 统一社会信用代码 of 18 characters with both check digits right, the organisation code's and its own. */
export function isUnifiedCode(code: string): boolean {
  if (!/^[0-9A-HJ-NP-RTUW-Y]{2}\d{6}[0-9A-HJ-NP-RTUW-Y]{10}$/.test(code)) return false;
  // all zeros add up, and name nobody
  if (/^0+$/.test(code)) return false;
  let sum = 0;
  for (let i = 0; i < 17; i += 1) sum += UNIFIED.indexOf(code[i] as string) * (UNIFIED_WEIGHTS[i] as number);
  return UNIFIED[(31 - (sum % 31)) % 31] === code[17] && isOrganisationCode(code.slice(8, 17));
}

/** 组织机构代码: nine characters, the hyphen already gone. */
export function isOrganisationCode(code: string): boolean {
  if (!/^[0-9A-Z]{8}[0-9X]$/.test(code)) return false;
  let sum = 0;
  for (let i = 0; i < 8; i += 1) sum += Number.parseInt(code[i] as string, 36) * (ORGANISATION_WEIGHTS[i] as number);
  const check = 11 - (sum % 11);
  return code[8] === (check === 10 ? 'X' : check === 11 ? '0' : String(check));
}

/** 工商注册号: 15 digits, ISO 7064 MOD 11,10. For reports only: old registers hold numbers that fail it. */
export function isRegistrationNo(number: string): boolean {
  if (!/^\d{15}$/.test(number)) return false;
  let product = 10;
  for (const digit of number.slice(0, 14)) product = (((Number(digit) + product) % 10 || 10) * 2) % 11;
  return (11 - product) % 10 === Number(number[14]);
}

/** The canonical 18 characters of a 公民身份号码 (one of 15 is made whole with 19yy), or null when it is wrong. */
export function citizenId(number: string, notAfter: DateString): string | null {
  const whole = /^\d{15}$/.test(number) ? upgraded(number) : number;
  if (!/^[1-9]\d{16}[\dX]$/.test(whole) || citizenCheck(whole) !== whole[17]) return null;
  const born = birthDate(whole);
  return isDate(born) && born >= '1850-01-01' && compareDates(born, notAfter) <= 0 ? whole : null;
}

/** Of a canonical citizen id. */
export const birthDate = (id: string): DateString => `${id.slice(6, 10)}-${id.slice(10, 12)}-${id.slice(12, 14)}`;

function upgraded(number: string): string {
  const digits = `${number.slice(0, 6)}19${number.slice(6)}`;
  return digits + citizenCheck(digits);
}

function citizenCheck(id: string): string {
  let sum = 0;
  for (let i = 0; i < 17; i += 1) sum += Number(id[i]) * (CITIZEN_WEIGHTS[i] as number);
  return '10X98765432'[sum % 11] as string;
}

/** What anybody may have typed as a 统一社会信用代码, canonical; null when a check digit, the length or a letter is wrong. */
export function canonicalCode(text: string): string | null {
  const code = canonicalText(text);
  return isUnifiedCode(code) ? code : null;
}

/** The number of a person's document, canonical; null when a 身份证 is wrong, or nothing is left. */
export function canonicalDocument(documentType: string, number: string, notAfter: DateString): string | null {
  const text = canonicalText(number);
  return documentType === CITIZEN_DOCUMENT ? citizenId(text, notAfter) : levelled(text) || null;
}

/** 证件类型 of the national tables whose number carries a check digit. */
export const CITIZEN_DOCUMENT = '身份证';

const canonicalText = (text: string): string => halfWidth(clean(text)).replace(/\s+/g, '').toUpperCase();

/** Whether a text holds a citizen id that could be somebody's: such a text is neither logged nor echoed. */
export function holdsCitizenId(text: string): boolean {
  const candidates = halfWidth(text).match(/(?<!\d)\d{17}[\dXx](?!\d)/g) ?? [];
  return candidates.some((candidate) => citizenId(candidate.toUpperCase(), '9999-12-31') !== null);
}
