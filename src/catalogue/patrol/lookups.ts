import { type PatrolRule, threshold } from './types.js';

/** 机关工作人员: those who look up others for their office. A subject that looks at itself is no matter of a patrol. */
export const STAFF_ROLES = [
  'SERVICE_HALL',
  'DEPARTMENT',
  'COURT',
  'CREDIT_OFFICE',
  'GOVERNMENT_OFFICE',
  'ORGANISATION_DEPARTMENT',
  'CADRE_OFFICER',
  'ANALYST',
] as const;

/** 信用主体本人: what a user has seen as this, it has seen of itself. */
export const SELF_ROLE = 'SUBJECT';

/** 查询 Reads of credit data, and the checks of the counter beside them. */
const READS = ['subject', 'subjects', 'records', 'listEntries', 'creditCheck', 'node'] as const;
const LOOKUPS = [...READS, 'checkCredit', 'checkCredits'] as const;
const PERSONAL = ['PERSONAL', 'AUTHORISED', 'SECRET'] as const;
/** 汶政字〔2022〕9号 */
const FROM = '2022-01-01';

export interface Lookups {
  readonly operations: readonly string[];
  /** only look-ups that touched one of these labels; empty: any beyond OPEN */
  readonly labels: readonly string[];
}
export interface WithoutCase extends Lookups {
  /** purposes that always have a case: a file, an application, an objection */
  readonly purposes: readonly string[];
}
export interface InBulk extends Lookups {
  /** different subjects of one person in one day, from which on it counts */
  readonly subjects: number;
}
export interface Repeated extends Lookups {
  readonly times: number;
  readonly days: number;
}
export interface Refused {
  readonly outcomes: readonly string[];
  readonly times: number;
}

const A = { by: '工作人员一', purpose: 'ADMINISTRATIVE_ACTION', labels: ['PERSONAL'], operation: 'subject' } as const;

export const LOOKUP_WITHOUT_CASE: PatrolRule<WithoutCase> = {
  name: '无案号查询',
  zh: '以须有案件的用途查询个人信息或授权查询类信息，而未载明案号',
  en: 'personal or authorised information was looked up for a purpose that always has a case, and none was stated',
  bases: ['SD_XYTL_22', 'WSZ_9'],
  owner: 'LOOKING',
  workdays: 5,
  thresholds: [
    threshold('LOOKUP_WITHOUT_CASE', FROM, ['SD_XYTL_22'], {
      operations: READS,
      labels: PERSONAL,
      purposes: ['ADMINISTRATIVE_ACTION', 'PERSONNEL', 'OBJECTION_OR_REPAIR', 'PUBLIC_RESOURCE'],
    }),
  ],
  examples: [
    {
      zh: '一日内两次无案号查询个人，一条',
      events: [{ ...A, at: '2026-03-02 10:00', about: ['张某'], times: 2, everyMinutes: 5 }],
      found: 1,
    },
    { zh: '载明案号', events: [{ ...A, at: '2026-03-02 10:00', about: ['张某'], caseNo: '示例案1号' }], found: 0 },
    {
      zh: '日常监督管理可以没有案号',
      events: [{ ...A, at: '2026-03-02 10:00', purpose: 'SUPERVISION', about: ['张某'] }],
      found: 0,
    },
    {
      zh: '被拒绝的查询未得信息',
      events: [{ ...A, at: '2026-03-02 10:00', about: [], outcome: 'FORBIDDEN' }],
      found: 0,
    },
    {
      zh: '两人各一条',
      events: [
        { ...A, at: '2026-03-02 10:00', about: ['张某'] },
        { ...A, by: '工作人员二', at: '2026-03-02 10:00', about: ['张某'] },
      ],
      found: 2,
    },
  ],
};

export const LOOKUP_OFF_HOURS: PatrolRule<Lookups> = {
  name: '非工作时间查询',
  zh: '在法定工作日（含调休）以外，或在配置的办公时间（HUB_WORK_HOURS）以外查询非公开信息',
  en: 'what is not public was looked up outside the working days of the State Council’s calendar or the configured hours',
  bases: ['DJBH_8143', 'WSZ_9'],
  owner: 'LOOKING',
  workdays: 5,
  thresholds: [threshold('LOOKUP_OFF_HOURS', FROM, ['WSZ_9'], { operations: LOOKUPS, labels: [] })],
  examples: [
    { zh: '深夜', events: [{ ...A, at: '2026-03-02 23:10', about: ['张某'], caseNo: '1' }], found: 1 },
    { zh: '办公时间', events: [{ ...A, at: '2026-03-02 10:00', about: ['张某'], caseNo: '1' }], found: 0 },
    { zh: '周六', events: [{ ...A, at: '2026-03-07 10:00', about: ['张某'], caseNo: '1' }], found: 1 },
    { zh: '国庆假期的周四', events: [{ ...A, at: '2026-10-01 10:00', about: ['张某'], caseNo: '1' }], found: 1 },
    { zh: '调休上班的周六', events: [{ ...A, at: '2026-10-10 10:00', about: ['张某'], caseNo: '1' }], found: 0 },
    {
      zh: '主体查询自己不论时间',
      events: [{ ...A, at: '2026-03-02 23:10', role: 'SUBJECT', about: ['张某'], purpose: 'SELF' }],
      found: 0,
    },
  ],
};

export const LOOKUP_OF_SELF: PatrolRule<Lookups> = {
  name: '查询本人',
  zh: '以部门身份查询本人，或本人任法定代表人的单位（本人：曾以主体身份登录的同一用户，或与用户名同名的法定代表人）',
  en: 'somebody looked up itself in the name of its office: the same user has acted as that subject, or is called as its representative',
  bases: ['SD_XYTL_22', 'SD_XYTL_24'],
  owner: 'LOOKING',
  workdays: 5,
  thresholds: [threshold('LOOKUP_OF_SELF', FROM, ['SD_XYTL_22'], { operations: LOOKUPS, labels: [] })],
  examples: [
    {
      zh: '先以主体身份查看自己，后以部门身份查询同一人',
      events: [
        {
          at: '2026-02-02 20:00',
          by: '工作人员一',
          role: 'SUBJECT',
          operation: 'subject',
          labels: ['PERSONAL'],
          about: ['张某'],
          purpose: 'SELF',
        },
        { ...A, at: '2026-03-02 10:00', about: ['张某'], caseNo: '1' },
      ],
      found: 1,
    },
    {
      zh: '查询的是别人',
      events: [
        {
          at: '2026-02-02 20:00',
          by: '工作人员一',
          role: 'SUBJECT',
          operation: 'subject',
          labels: ['PERSONAL'],
          about: ['张某'],
          purpose: 'SELF',
        },
        { ...A, at: '2026-03-02 10:00', about: ['李某'], caseNo: '1' },
      ],
      found: 0,
    },
    {
      zh: '仅以主体身份',
      events: [
        {
          at: '2026-02-02 20:00',
          by: '工作人员一',
          role: 'SUBJECT',
          operation: 'subject',
          labels: ['PERSONAL'],
          about: ['张某'],
        },
      ],
      found: 0,
    },
  ],
};

export const LOOKUP_IN_BULK: PatrolRule<InBulk> = {
  name: '批量查询',
  zh: '一人一日内查询的主体数达到限值',
  en: 'one person looked up as many different subjects in one day as the limit',
  bases: ['SD_XYTL_22', 'GRXXBHF_51'],
  owner: 'LOOKING',
  workdays: 10,
  thresholds: [
    threshold('LOOKUP_IN_BULK', FROM, ['GRXXBHF_51'], { operations: LOOKUPS, labels: [], subjects: 200 }),
    threshold('LOOKUP_IN_BULK', '2026-04-01', ['GRXXBHF_51'], { operations: LOOKUPS, labels: [], subjects: 100 }),
  ],
  examples: [
    {
      zh: '2026年4月起一日一百个主体',
      events: [
        { ...A, at: '2026-04-02 10:00', caseNo: '1', subjects: 60 },
        { ...A, at: '2026-04-02 11:00', caseNo: '1', subjects: 40 },
      ],
      found: 1,
    },
    {
      zh: '2026年3月一日一百个主体未达当时限值',
      events: [{ ...A, at: '2026-03-02 10:00', caseNo: '1', subjects: 100 }],
      found: 0,
    },
    {
      zh: '分在两日',
      events: [
        { ...A, at: '2026-04-02 10:00', caseNo: '1', subjects: 60 },
        { ...A, at: '2026-04-03 10:00', caseNo: '1', subjects: 40 },
      ],
      found: 0,
    },
    {
      zh: '同一主体查看多次只算一个',
      events: [{ ...A, at: '2026-04-02 10:00', caseNo: '1', about: ['张某'], times: 120, everyMinutes: 1 }],
      found: 0,
    },
  ],
};

export const LOOKUP_REPEATED: PatrolRule<Repeated> = {
  name: '反复查询同一人',
  zh: '同一人在限定天数内以同一案号（或均无案号）查询同一自然人达到限定次数',
  en: 'one person looked up the same natural person so many times within so many days, and no new case was stated',
  bases: ['SD_XYTL_22', 'GRXXBHF_51'],
  owner: 'LOOKING',
  workdays: 5,
  thresholds: [
    threshold('LOOKUP_REPEATED', FROM, ['GRXXBHF_51'], { operations: LOOKUPS, labels: [], times: 5, days: 7 }),
  ],
  examples: [
    {
      zh: '七日内五次，同一案号',
      events: [{ ...A, at: '2026-03-02 10:00', about: ['张某'], caseNo: '1', times: 5, everyMinutes: 1440 }],
      found: 1,
    },
    {
      zh: '七日内六次仍是一条',
      events: [{ ...A, at: '2026-03-02 10:00', about: ['张某'], caseNo: '1', times: 6, everyMinutes: 60 }],
      found: 1,
    },
    {
      zh: '四次',
      events: [{ ...A, at: '2026-03-02 10:00', about: ['张某'], caseNo: '1', times: 4, everyMinutes: 60 }],
      found: 0,
    },
    {
      zh: '分散在数周',
      events: [{ ...A, at: '2026-03-02 10:00', about: ['张某'], caseNo: '1', times: 5, everyMinutes: 4320 }],
      found: 0,
    },
    {
      zh: '其间有新案号',
      events: [
        { ...A, at: '2026-03-02 10:00', about: ['张某'], caseNo: '1', times: 3, everyMinutes: 60 },
        { ...A, at: '2026-03-03 10:00', about: ['张某'], caseNo: '2', times: 3, everyMinutes: 60 },
      ],
      found: 0,
    },
  ],
};

export const LOOKUP_REFUSED: PatrolRule<Refused> = {
  name: '越权查询被拒',
  zh: '一人一日内因无权、无用途或无授权被拒绝达到限定次数',
  en: 'one person was refused so many times in one day, for want of a right, a purpose or a consent',
  bases: ['SD_XYTL_24', 'DJBH_8143'],
  owner: 'LOOKING',
  workdays: 5,
  thresholds: [
    threshold('LOOKUP_REFUSED', FROM, ['SD_XYTL_24'], {
      outcomes: ['FORBIDDEN', 'PURPOSE_REQUIRED', 'CONSENT_REQUIRED'],
      times: 10,
    }),
  ],
  examples: [
    {
      zh: '一日十次',
      events: [{ ...A, at: '2026-03-02 10:00', labels: [], outcome: 'FORBIDDEN', times: 10, everyMinutes: 1 }],
      found: 1,
    },
    {
      zh: '一日九次',
      events: [{ ...A, at: '2026-03-02 10:00', labels: [], outcome: 'FORBIDDEN', times: 9, everyMinutes: 1 }],
      found: 0,
    },
  ],
};
