import type { RuleSet } from './severity.js';

export interface PublicityDefinition {
  /** the last public day: the permit's own end, or so many months after the decision (null: open-ended) */
  readonly until: 'validTo' | { readonly months: number | null };
}

export interface ExpiryDefinition {
  /** the last day ACTIVE: the permit's own end, so many years after the decision, or none */
  readonly on: 'validTo' | { readonly years: number } | 'never';
}

const publicity = (of: string, from: string, until: PublicityDefinition['until']): RuleSet<PublicityDefinition> => ({
  kind: `PUBLICITY_${of}`,
  version: `PUBLICITY_${of}@${from}`,
  effectiveFrom: from,
  bases: of === 'PERMIT' ? ['XZXKF_40', 'SGS_424'] : ['WSZ_9'],
  definition: { until },
});

/**
 * Beside permits the periods of the other publicities stand in no text that was read: the county's defaults, one year
 * for what burdens, three for what favours.
 */
export const PUBLICITY_RULES: readonly RuleSet<PublicityDefinition>[] = [
  publicity('PERMIT', '2018-07-01', 'validTo'),
  publicity('XZQZ', '2022-01-01', { months: 12 }),
  publicity('XZQR', '2022-01-01', { months: 36 }),
  publicity('XZZS', '2022-01-01', { months: 12 }),
  publicity('XZJF', '2022-01-01', { months: 12 }),
  publicity('XZCJ', '2022-01-01', { months: 12 }),
  publicity('XZBC', '2022-01-01', { months: 12 }),
  publicity('XZJL', '2022-01-01', { months: 36 }),
  publicity('XZJC', '2022-01-01', { months: 12 }),
];

const expiry = (of: string, on: ExpiryDefinition['on']): RuleSet<ExpiryDefinition> => ({
  kind: `EXPIRY_${of}`,
  version: `EXPIRY_${of}@2020-10-01`,
  effectiveFrom: '2020-10-01',
  bases: ['SD_XYTL_38'],
  definition: { on },
});

/** 条例 art. 38: dishonest information is disclosed for five years at most, then neither shown nor used. */
export const EXPIRY_RULES: readonly RuleSet<ExpiryDefinition>[] = [
  expiry('PERMIT', 'validTo'),
  expiry('PENALTY', { years: 5 }),
  expiry('XZQZ', { years: 5 }),
  expiry('XZJC', { years: 5 }),
  expiry('XZZS', { years: 5 }),
  expiry('XZQR', 'never'),
  expiry('XZJF', 'never'),
  expiry('XZCJ', { years: 5 }),
  expiry('XZBC', 'never'),
  expiry('XZJL', 'never'),
];
