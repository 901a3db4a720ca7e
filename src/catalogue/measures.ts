import type { BasisKey } from './law.js';
import { LISTS } from './lists.js';

/** 奖惩措施. */
export interface MeasureDatum {
  readonly code: string;
  readonly name: string;
  readonly kind: 'REWARD' | 'PUNISHMENT';
}

/** What sets a measure off in which matter, and the provision that allows exactly that. Exactly one cause is set. */
export interface TriggerDatum {
  readonly matter: string;
  readonly measure: string;
  readonly effect: 'REWARDED' | 'CAUTION' | 'RESTRICTED';
  readonly basis: BasisKey;
  readonly list?: string;
  /** an ACTIVE penalty of the kind, under the law, decided less than so many months ago */
  readonly penalty?: { readonly kind: string; readonly law: string; readonly withinMonths: number };
  readonly breachedCommitment?: true;
}

export const MEASURES: readonly MeasureDatum[] = [
  { code: 'XZCZZJ', name: '限制申请财政性资金项目', kind: 'PUNISHMENT' },
  { code: 'TDYX', name: '同等条件优先', kind: 'REWARD' },
  { code: 'XZZFCG', name: '限制参加政府采购', kind: 'PUNISHMENT' },
  { code: 'SCZDKL', name: '审查时重点考量', kind: 'PUNISHMENT' },
  { code: 'WNBDSQ', name: '五年内不得申请', kind: 'PUNISHMENT' },
  { code: 'BSYGZCN', name: '不适用告知承诺', kind: 'PUNISHMENT' },
  { code: 'RQSL', name: '容缺受理', kind: 'REWARD' },
];

// "Any active black entry" of reference.md is one trigger a list: a new black list takes part without a word more. One of a
// campaign, which names persons, does not: no provision that was read lets it (ADR 19).
const anyBlackEntry: readonly TriggerDatum[] = LISTS.filter(
  ({ color, campaign }) => color === 'BLACK' && !campaign,
).map(({ code }) => ({
  matter: 'RCSPCN',
  measure: 'BSYGZCN',
  list: code,
  effect: 'CAUTION',
  basis: 'GBF_42_RECORD',
}));

export const TRIGGERS: readonly TriggerDatum[] = [
  { matter: 'CZZJXM', measure: 'XZCZZJ', list: 'SXBZXR', effect: 'RESTRICTED', basis: 'FS_2017_7_8' },
  { matter: 'CZZJXM', measure: 'XZCZZJ', list: 'TQNMGGZ', effect: 'RESTRICTED', basis: 'NMGGZ_48' },
  { matter: 'CZZJXM', measure: 'TDYX', list: 'NSXY_A', effect: 'REWARDED', basis: 'FGCJ_1467' },
  { matter: 'CZZJXM', measure: 'TDYX', list: 'CXDF', effect: 'REWARDED', basis: 'SD_XYTL_26' },

  { matter: 'ZFCGTB', measure: 'XZZFCG', list: 'SXBZXR', effect: 'RESTRICTED', basis: 'FS_2017_7_8' },
  { matter: 'ZFCGTB', measure: 'XZZFCG', list: 'ZDSSWF', effect: 'RESTRICTED', basis: 'CK_125' },
  { matter: 'ZFCGTB', measure: 'XZZFCG', list: 'ZFCG_YZSX', effect: 'RESTRICTED', basis: 'ZFCG_77' },
  { matter: 'ZFCGTB', measure: 'XZZFCG', list: 'TQNMGGZ', effect: 'RESTRICTED', basis: 'NMGGZ_48' },

  { matter: 'SPJYXK', measure: 'SCZDKL', list: 'SCJG_YZWF', effect: 'CAUTION', basis: 'SCJG_44_15' },
  {
    matter: 'SPJYXK',
    measure: 'WNBDSQ',
    penalty: { kind: '吊销许可证件', law: '食品安全法', withinMonths: 60 },
    effect: 'RESTRICTED',
    basis: 'SPAQF_135',
  },

  { matter: 'RCSPCN', measure: 'BSYGZCN', breachedCommitment: true, effect: 'CAUTION', basis: 'GBF_42_BREACH' },
  ...anyBlackEntry,
  { matter: 'RCSPCN', measure: 'RQSL', list: 'NSXY_A', effect: 'REWARDED', basis: 'FGCJ_1467' },
  { matter: 'RCSPCN', measure: 'RQSL', list: 'CXDF', effect: 'REWARDED', basis: 'GF_33' },
];
