/** 安全标记. Every field of every object type carries exactly one; a field without one stops the start. */
export const LABELS = {
  OPEN: { zh: '公开', en: 'whoever may read the row may read the field' },
  GOVERNMENT: { zh: '政务共享', en: 'for departments within their duties, and for the subject itself' },
  AUTHORISED: { zh: '授权查询', en: "with the subject's written authorisation (条例 art. 21)" },
  PERSONAL: { zh: '个人信息', en: 'about an identified natural person (个人信息保护法 art. 4)' },
  SECRET: { zh: '商业秘密与敏感个人信息', en: 'trade secrets and sensitive personal information' },
  COLLECTED: {
    zh: '报送与约定归集',
    en: 'what was sent and what became of it: for whoever may read the row, and the subject itself',
  },
  CADRE: { zh: '公务员诚信档案', en: "civil servants' integrity files" },
  SEALED: { zh: '举报人身份', en: 'who reported' },
  AUDIT: { zh: '审计', en: 'who looked at what' },
  CONTROL: { zh: '管理控制', en: 'policy and accounts' },
} as const satisfies Record<string, { zh: string; en: string }>;

export type Label = keyof typeof LABELS;
export const LABEL_NAMES = Object.keys(LABELS) as Label[];
