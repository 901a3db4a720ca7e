import type { BasisKey } from '../catalogue/law.js';
import type { Label } from './labels.js';

export interface Retention {
  months: number;
  bases: readonly BasisKey[];
  zh: string;
}

/** 网络安全法: no entry of the log goes before this, whatever it says. Postgres refuses it too (audit_retired). */
export const LEAST: Retention = { months: 6, bases: ['WLAQF_21'], zh: '网络日志不少于六个月' };
const GIVEN_OUT: Retention = { months: 36, bases: ['WLSJ_12'], zh: '向他人提供个人信息的记录不少于三年' };

/**
 * 访问日志的保存期限, by the labels that an entry touched: the longest of them. What names or may name a person is kept
 * as long as what was given out of one; who looked at the log itself, as long as what it tells of.
 */
export const RETENTION = {
  OPEN: LEAST,
  GOVERNMENT: LEAST,
  AUTHORISED: GIVEN_OUT,
  PERSONAL: GIVEN_OUT,
  SECRET: GIVEN_OUT,
  COLLECTED: LEAST,
  CADRE: GIVEN_OUT,
  SEALED: GIVEN_OUT,
  AUDIT: GIVEN_OUT,
  CONTROL: LEAST,
} as const satisfies Record<Label, Retention>;

/** An entry that rests on a consent or a power proves that it was used: kept as what was given out by it. */
export const BY_PAPER: Retention = GIVEN_OUT;

/** How many months an entry is kept: SQL over `access_event e`. */
export const MONTHS_KEPT = `greatest(${LEAST.months}, case when e.consent_id is not null or e.on_behalf is not null then ${BY_PAPER.months} end, ${Object.entries(
  RETENTION,
)
  .filter(([, { months }]) => months > LEAST.months)
  .map(([label, { months }]) => `case when '${label}' = any(e.labels) then ${months} end`)
  .join(', ')})`;
