// Check characters worked out here, apart from the hub's own checks, so that the two judge each other.
const UNIFIED = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const UNIFIED_WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];
const CITIZEN_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

const sum = (text: string, weights: readonly number[], worth: (character: string) => number) =>
  weights.reduce((total, weight, i) => total + weight * worth(text[i]!), 0);

/** 统一社会信用代码 of an invented body of the county. @param prefix as `91` @param serial up to 999999 */
export function unifiedCode(prefix: string, serial: number): string {
  const body = `YT${String(serial).padStart(6, '0')}`;
  const check = 11 - (sum(body, ORGANISATION_WEIGHTS, (character) => Number.parseInt(character, 36)) % 11);
  const first = `${prefix}370830${body}${check === 10 ? 'X' : check === 11 ? '0' : check}`;
  return first + UNIFIED[(31 - (sum(first, UNIFIED_WEIGHTS, (character) => UNIFIED.indexOf(character)) % 31)) % 31];
}

/** 公民身份号码 that is right and can be nobody's: 370899 is no division. @param bornOn `yyyymmdd` */
export function citizenId(bornOn: string, sequence: number): string {
  const first = `370899${bornOn}${String(sequence).padStart(3, '0')}`;
  return first + '10X98765432'[sum(first, CITIZEN_WEIGHTS, Number) % 11];
}
