/** 处罚种类 by 行政处罚法 (2021) art. 9: what the hub stores. */
export const PENALTY_KINDS = [
  '警告',
  '通报批评',
  '罚款',
  '没收违法所得',
  '没收非法财物',
  '暂扣许可证件',
  '降低资质等级',
  '吊销许可证件',
  '限制开展生产经营活动',
  '责令停产停业',
  '责令关闭',
  '限制从业',
  '行政拘留',
  '其他',
] as const;
export type PenaltyKind = (typeof PENALTY_KINDS)[number];

/** Kinds of the older tables, and what they are called since 2021. */
export const OLDER_KINDS: Readonly<Record<string, readonly PenaltyKind[]>> = {
  '没收违法所得、没收非法财物': ['没收违法所得', '没收非法财物'],
  没收违法所得和非法财物: ['没收违法所得', '没收非法财物'],
  暂扣许可证: ['暂扣许可证件'],
  暂扣执照: ['暂扣许可证件'],
  '暂扣许可证、执照': ['暂扣许可证件'],
  吊销许可证: ['吊销许可证件'],
  吊销执照: ['吊销许可证件'],
  吊销营业执照: ['吊销许可证件'],
  '吊销许可证、执照': ['吊销许可证件'],
};

/**
 * One older kind for two of 2021 that weigh differently. Which of them it was is read from 暂扣或吊销证照名称及编号 and
 * 处罚内容, where those say one and not the other; where they don't, the kind stays as it came, and the class undecided.
 */
export const EITHER_KIND: Readonly<Record<string, readonly { readonly kind: PenaltyKind; readonly word: string }[]>> = {
  '暂扣或者吊销许可证、执照': [
    { kind: '暂扣许可证件', word: '暂扣' },
    { kind: '吊销许可证件', word: '吊销' },
  ],
  '暂扣或吊销许可证、执照': [
    { kind: '暂扣许可证件', word: '暂扣' },
    { kind: '吊销许可证件', word: '吊销' },
  ],
};

/** Words of a penalty's kinds by which a conditional requirement holds, before any kind is judged. */
export const REQUIREMENT_WORDS = {
  whenFined: ['罚款'],
  whenConfiscated: ['没收'],
  whenLicenceTaken: ['暂扣', '吊销'],
} as const;
