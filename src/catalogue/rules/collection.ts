import type { RuleSet } from './severity.js';

/** 条例 art. 2: credit subjects are natural persons of full civil capacity. */
export const ADULT_AGE: RuleSet<{ readonly years: number }> = {
  kind: 'ADULT_AGE',
  version: 'ADULT_AGE@2020-10-01',
  effectiveFrom: '2020-10-01',
  bases: ['SD_XYTL_10'],
  definition: { years: 18 },
};

/** 治安管理处罚法 art. 136: from the day on, records of offences under it are sealed, and not collected. */
export const SEALED_LAW: RuleSet<{ readonly words: readonly string[] }> = {
  kind: 'SEALED_LAW',
  version: 'SEALED_LAW@2026-01-01',
  effectiveFrom: '2026-01-01',
  bases: ['ZAGLF_136'],
  definition: { words: ['治安管理处罚法'] },
};

/** 发改办财金〔2018〕424号: published within seven working days of the decision. */
export const LATE_REPORT: RuleSet<{ readonly workdays: number }> = {
  kind: 'LATE_REPORT',
  version: 'LATE_REPORT@2018-07-01',
  effectiveFrom: '2018-07-01',
  bases: ['SGS_424'],
  definition: { workdays: 7 },
};

/** 条例 art. 40, 行政处罚法 art. 48: withdrawn within three working days of the document that revokes, with the reason. */
export const WITHDRAWAL: RuleSet<{ readonly workdays: number }> = {
  kind: 'WITHDRAWAL',
  version: 'WITHDRAWAL@2020-10-01',
  effectiveFrom: '2020-10-01',
  bases: ['XZCFF_48'],
  definition: { workdays: 3 },
};

/**
 * 条例 art. 42: religion, genes, fingerprints, blood type, disease and medical history; income, deposits, securities,
 * commercial insurance, real estate, tax amounts. A column of such a name is refused with what stands in it; in a text
 * only where it is said of somebody, since a penalty for false cures is no medical history.
 */
export const FORBIDDEN_CONTENT: RuleSet<{ readonly headers: readonly string[]; readonly phrases: readonly string[] }> =
  {
    kind: 'FORBIDDEN_CONTENT',
    version: 'FORBIDDEN_CONTENT@2020-10-01',
    effectiveFrom: '2020-10-01',
    bases: ['SD_XYTL_42'],
    definition: {
      headers: [
        '宗教',
        '信仰',
        '基因',
        '指纹',
        '血型',
        '疾病',
        '病史',
        '病历',
        '收入',
        '存款',
        '有价证券',
        '证券',
        '商业保险',
        '不动产',
        '房产',
        '纳税数额',
        '纳税额',
        '缴税金额',
      ],
      phrases: [
        '宗教信仰',
        '血型',
        '基因信息',
        '基因检测结果',
        '指纹信息',
        '病史',
        '疾病',
        '个人收入',
        '年收入',
        '月收入',
        '银行存款',
        '存款余额',
        '有价证券',
        '商业保险',
        '不动产',
        '纳税数额',
      ],
    },
  };

export const COLLECTION_RULES = [ADULT_AGE, SEALED_LAW, LATE_REPORT, WITHDRAWAL, FORBIDDEN_CONTENT] as const;
