import type { RuleSet } from './severity.js';

export interface PublicityDefinition {
  /** the last public day: the permit's own end, so many months after the decision (null: open-ended), or not public at all */
  readonly until: 'validTo' | 'never' | { readonly months: number | null };
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

const STATUSES = ['SHBX', 'GJJ', 'NSZT', 'NSXY', 'YSZT', 'YDZT', 'YQZT', 'DXZT'];
const NOT_PUBLIC = [
  ...STATUSES,
  ...['FLFW', 'YBJG', 'CCWL', 'ZSCQ_SX', 'XYCN', 'HTLY', 'SFCP', 'SFZX', 'ZYZG', 'HYPJ'],
];

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
  publicity('JYYC', '2022-01-01', { months: 36 }),
  publicity('CPCC', '2022-01-01', { months: 12 }),
  publicity('ZSCQ_QL', '2022-01-01', { months: 36 }),
  publicity('CXRY', '2022-01-01', { months: 36 }),
  // 授权查询 and 政务共享: shown to nobody else
  ...NOT_PUBLIC.map((code) => publicity(code, '2022-01-01', 'never')),
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
  expiry('JYYC', { years: 5 }),
  expiry('CPCC', { years: 5 }),
  expiry('ZSCQ_QL', 'never'),
  expiry('CXRY', 'never'),
  // a state is soon another: who has reported none for a year has none
  ...STATUSES.map((code) => expiry(code, { years: 1 })),
  expiry('FLFW', { years: 5 }),
  expiry('YBJG', { years: 5 }),
  expiry('CCWL', { years: 3 }),
  expiry('ZSCQ_SX', { years: 5 }),
  expiry('XYCN', { years: 5 }),
  expiry('HTLY', { years: 5 }),
  expiry('SFCP', { years: 5 }),
  expiry('SFZX', { years: 5 }),
  expiry('ZYZG', 'never'),
  expiry('HYPJ', { years: 3 }),
];
