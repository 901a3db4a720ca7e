/** 查询用途: the closed list of 山东省社会信用条例 art. 22, with self-query (art. 21), audit, and statistics beside it. */
export const PURPOSES = {
  ADMINISTRATIVE_ACTION: { zh: '行政许可、行政处罚、行政强制、行政给付等行政管理' },
  PUBLIC_RESOURCE: { zh: '政府采购、招标投标、财政资金、土地供应、资质、科研管理' },
  PERSONNEL: { zh: '国家工作人员招录与职务晋升' },
  COMMENDATION: { zh: '表彰奖励' },
  SUPERVISION: { zh: '日常监督管理' },
  OBJECTION_OR_REPAIR: { zh: '异议处理与信用修复' },
  AUDIT: { zh: '审计' },
  STATISTICS: { zh: '统计分析' },
  SELF: { zh: '本人查询' },
} as const satisfies Record<string, { zh: string }>;

export type Purpose = keyof typeof PURPOSES;
export const PURPOSE_NAMES = Object.keys(PURPOSES) as Purpose[];
export const isPurpose = (code: string): code is Purpose => Object.hasOwn(PURPOSES, code);
