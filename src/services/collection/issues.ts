import { CORRECTION_RULES, qualityRule, REJECTION_RULES, WARNING_RULES } from '../../catalogue/quality/index.js';
import type { BilingualText } from '../../platform/errors.js';

export type Rejection = keyof typeof REJECTION_RULES;
export type Correction = keyof typeof CORRECTION_RULES;
export type Warning = keyof typeof WARNING_RULES;
export type IssueCode = Rejection | Correction | Warning;
export type IssueSeverity = 'CORRECTION' | 'WARNING' | 'REJECTION';

/** One remark on a row, as import_row.issues holds it; its sentence is made when it is read. */
export interface Issue {
  readonly severity: IssueSeverity;
  readonly code: IssueCode;
  /** field code of the catalogue; null where the row as a whole is meant */
  readonly field: string | null;
}

export const REJECTION_ORDER = Object.keys(REJECTION_RULES) as Rejection[];

/** The sentence of an issue; an unknown code (a later version's) says itself. */
export function issueText(code: string): BilingualText {
  const rule = qualityRule(code);
  return rule ? { zh: rule.zh, en: rule.en } : { zh: code, en: code };
}

export const rejection = (code: Rejection, field: string | null = null): Issue => ({
  severity: 'REJECTION',
  code,
  field,
});
export const correction = (code: Correction, field: string | null = null): Issue => ({
  severity: 'CORRECTION',
  code,
  field,
});
export const warning = (code: Warning, field: string | null = null): Issue => ({ severity: 'WARNING', code, field });
