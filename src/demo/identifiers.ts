import { citizenId, isOrganisationCode, isRegistrationNo, isUnifiedCode } from '../services/collection/identifiers.js';

// Check characters are found by asking the hub's own checks, so that the two can't drift apart.

const ORGANISATION_CHECKS = '0123456789X';
const UNIFIED_CHECKS = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const NEVER_TOO_LATE = '9999-12-31';

/** 汶上县 (GB/T 2260) */
export const COUNTY_DIVISION = '370830';
/** no division of 济宁市 has this number, and none had: nobody was ever born there */
export const NO_DIVISION = '370899';

/**
 * 统一社会信用代码 registered in the county.
 * @param prefix registering body and kind, as `91`
 * @param body the first eight characters of the organisation code
 */
export function unifiedCode(prefix: string, body: string): string {
  const organisation = body + checkOf(ORGANISATION_CHECKS, (check) => isOrganisationCode(body + check));
  const code = prefix + COUNTY_DIVISION + organisation;
  return code + checkOf(UNIFIED_CHECKS, (check) => isUnifiedCode(code + check));
}

/** 工商注册号 of 15 digits, of a division that there isn't. */
export function registrationNo(serial: number): string {
  const number = NO_DIVISION + String(serial).padStart(8, '0');
  return number + checkOf('0123456789', (check) => isRegistrationNo(number + check));
}

/** 公民身份号码 that is right and can be nobody's. `bornOn` as `YYYY-MM-DD`. */
export function impossibleCitizenId(bornOn: string, sequence: number): string {
  const number = NO_DIVISION + bornOn.replaceAll('-', '') + String(sequence).padStart(3, '0');
  return number + checkOf(ORGANISATION_CHECKS, (check) => citizenId(number + check, NEVER_TOO_LATE) !== null);
}

function checkOf(candidates: string, fits: (check: string) => boolean): string {
  const check = [...candidates].find(fits);
  if (check === undefined) throw new RangeError('no check character fits');
  return check;
}
