const UNIFIED = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const UNIFIED_WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];

/** The `serial`-th invented enterprise of the county, both check digits right. */
export function inventedCode(serial: number): string {
  const body = `T${String(serial).padStart(7, '0')}`;
  const sum = ORGANISATION_WEIGHTS.reduce((total, weight, i) => total + weight * Number.parseInt(body[i]!, 36), 0);
  const check = 11 - (sum % 11);
  const first = `91370830${body}${check === 10 ? 'X' : check === 11 ? '0' : check}`;
  const unified = UNIFIED_WEIGHTS.reduce((total, weight, i) => total + weight * UNIFIED.indexOf(first[i]!), 0);
  return first + UNIFIED[(31 - (unified % 31)) % 31];
}
