import { type PatrolRule, threshold } from './types.js';

/** 汶政字〔2022〕9号 */
const FROM = '2022-01-01';

export interface AfterObjection {
  /** calendar days after the objection */
  readonly days: number;
  /** verbs whose events are an objection of the subject that they name */
  readonly operations: readonly string[];
  /** states that take a row out of sight */
  readonly hidden: readonly string[];
}
export interface Overdue {
  /** months after the decision beyond which a penalty is not public, by its class */
  readonly months: Readonly<Record<string, number>>;
  /** years after which no dishonest record is public at all */
  readonly years: number;
}
export interface Late {
  readonly workdays: number;
}
export interface PersonalText {
  readonly kinds: readonly ('CITIZEN_ID' | 'PHONE' | 'NAME_AND_ADDRESS')[];
}
export interface Outside {
  /** tally of the batch that counts */
  readonly rejection: string;
  readonly verb: string;
  readonly outcome: string;
}

/**
 * A row is objected to from the moment that it is marked as disputed. An objection that is upheld ends in a change too: its
 * finding is closed with the decision as the reason, as long as no decision is kept here by which it could be told.
 */
export const CHANGED_AFTER_OBJECTION: PatrolRule<AfterObjection> = {
  name: '异议后变更或隐藏',
  zh: '主体提出异议后的限定天数内，被异议的信息被改动、撤销、不予列入或缩短公示',
  en: 'a record or entry was changed, revoked, withdrawn or hidden within so many days after its subject objected',
  bases: ['SD_XYTL_24', 'SD_XYTL_39'],
  owner: 'PROVIDING',
  workdays: 5,
  thresholds: [
    threshold('CHANGED_AFTER_OBJECTION', FROM, ['SD_XYTL_39'], {
      days: 15,
      operations: ['fileObjection'],
      hidden: ['REVOKED', 'WITHDRAWN', 'REPAIRED', 'SUSPENDED'],
    }),
  ],
  examples: [
    {
      zh: '标记异议三日后改动内容',
      records: [{ name: '甲1', columns: { revision: 3, disputed: true, content_hash: 'new' } }],
      changes: [
        { of: '甲1', at: '2026-03-02 10:00', before: { revision: 1, disputed: false, content_hash: 'old' } },
        { of: '甲1', at: '2026-03-05 10:00', before: { revision: 2, disputed: true, content_hash: 'old' } },
      ],
      found: 1,
    },
    {
      zh: '主体提交异议次日撤销',
      events: [
        {
          at: '2026-03-02 10:00',
          by: '企业甲的人',
          role: 'SUBJECT',
          operation: 'fileObjection',
          about: ['企业甲'],
          labels: ['GOVERNMENT'],
        },
      ],
      records: [{ name: '甲1', about: '企业甲', columns: { revision: 2, state: 'REVOKED' } }],
      changes: [{ of: '甲1', at: '2026-03-03 10:00', before: { revision: 1, state: 'ACTIVE' } }],
      found: 1,
    },
    {
      zh: '二十日后改动',
      records: [{ name: '甲1', columns: { revision: 3, disputed: true, content_hash: 'new' } }],
      changes: [
        { of: '甲1', at: '2026-03-02 10:00', before: { revision: 1, disputed: false, content_hash: 'old' } },
        { of: '甲1', at: '2026-03-22 10:00', before: { revision: 2, disputed: true, content_hash: 'old' } },
      ],
      found: 0,
    },
    {
      zh: '没有异议的改动',
      records: [{ name: '甲1', columns: { revision: 2, content_hash: 'new' } }],
      changes: [{ of: '甲1', at: '2026-03-05 10:00', before: { revision: 1, content_hash: 'old' } }],
      found: 0,
    },
    {
      zh: '标记异议后提前结束公示',
      records: [{ name: '甲1', columns: { revision: 3, disputed: true, public_until: '2026-12-31' } }],
      changes: [
        { of: '甲1', at: '2026-11-10 10:00', before: { revision: 1, disputed: false, public_until: '2027-11-02' } },
        { of: '甲1', at: '2026-11-12 10:00', before: { revision: 2, public_until: '2027-11-02' } },
      ],
      found: 1,
    },
    {
      zh: '标记异议后不再公示',
      records: [{ name: '甲1', columns: { revision: 3, disputed: true, public_from: null } }],
      changes: [
        { of: '甲1', at: '2026-11-10 10:00', before: { revision: 1, disputed: false, public_from: '2026-11-04' } },
        { of: '甲1', at: '2026-11-12 10:00', before: { revision: 2, public_from: '2026-11-04' } },
      ],
      found: 1,
    },
    {
      zh: '名单信息标记异议后撤销',
      entries: [{ name: '名单1', columns: { revision: 3, disputed: true, state: 'REVOKED' } }],
      changes: [
        { of: '名单1', at: '2026-03-02 10:00', before: { revision: 1, disputed: false, state: 'LISTED' } },
        { of: '名单1', at: '2026-03-11 10:00', before: { revision: 2, state: 'LISTED' } },
      ],
      found: 1,
    },
    {
      zh: '名单信息标记异议后提前期满',
      entries: [{ name: '名单1', columns: { revision: 3, disputed: true, ends_on: '2026-03-31' } }],
      changes: [
        { of: '名单1', at: '2026-03-02 10:00', before: { revision: 1, disputed: false, ends_on: '2029-02-01' } },
        { of: '名单1', at: '2026-03-11 10:00', before: { revision: 2, ends_on: '2029-02-01' } },
      ],
      found: 1,
    },
    {
      zh: '期限最后一日下班前改动',
      records: [{ name: '甲1', columns: { revision: 3, disputed: true, content_hash: 'new' } }],
      changes: [
        { of: '甲1', at: '2026-03-02 10:00', before: { revision: 1, disputed: false, content_hash: 'old' } },
        { of: '甲1', at: '2026-03-17 17:30', before: { revision: 2, content_hash: 'old' } },
      ],
      found: 1,
    },
    {
      zh: '期限届满次日改动',
      records: [{ name: '甲1', columns: { revision: 3, disputed: true, content_hash: 'new' } }],
      changes: [
        { of: '甲1', at: '2026-03-02 10:00', before: { revision: 1, disputed: false, content_hash: 'old' } },
        { of: '甲1', at: '2026-03-18 09:00', before: { revision: 2, content_hash: 'old' } },
      ],
      found: 0,
    },
    {
      zh: '异议前的改动，异议后只取消标记',
      records: [{ name: '甲1', columns: { revision: 4, content_hash: 'new' } }],
      changes: [
        { of: '甲1', at: '2026-03-01 10:00', before: { revision: 1, content_hash: 'old' } },
        { of: '甲1', at: '2026-03-02 10:00', before: { revision: 2, disputed: false } },
        { of: '甲1', at: '2026-03-09 10:00', before: { revision: 3, disputed: true } },
      ],
      found: 0,
    },
    {
      zh: '标记异议的是另一条信息',
      records: [
        { name: '甲1', columns: { revision: 2, disputed: true } },
        { name: '甲2', columns: { revision: 2, content_hash: 'new' } },
      ],
      changes: [
        { of: '甲1', at: '2026-03-02 10:00', before: { revision: 1, disputed: false } },
        { of: '甲2', at: '2026-03-05 10:00', before: { revision: 1, content_hash: 'old' } },
      ],
      found: 0,
    },
    {
      zh: '标记异议后延长公示',
      records: [{ name: '甲1', columns: { revision: 3, disputed: true, public_until: '2027-11-02' } }],
      changes: [
        { of: '甲1', at: '2026-11-10 10:00', before: { revision: 1, disputed: false, public_until: '2026-12-31' } },
        { of: '甲1', at: '2026-11-12 10:00', before: { revision: 2, public_until: '2026-12-31' } },
      ],
      found: 0,
    },
  ],
};

export const PUBLICITY_OVERDUE: PatrolRule<Overdue> = {
  name: '超期公示',
  zh: '行政处罚公示已超过其失信程度的最长期限，许可已过有效期，或失信信息已满五年，而仍在公示',
  en: 'still public although the longest period of its class, its validity, or the five years of dishonest information is over',
  bases: ['SD_XYTL_38', 'XYXF_36', 'WSZ_9'],
  owner: 'PROVIDING',
  workdays: 3,
  thresholds: [
    threshold('PUBLICITY_OVERDUE', FROM, ['SD_XYTL_38'], { months: { GENERAL: 36, SERIOUS: 36 }, years: 5 }),
    threshold('PUBLICITY_OVERDUE', '2026-04-01', ['XYXF_36'], { months: { GENERAL: 12, SERIOUS: 36 }, years: 5 }),
  ],
  examples: [
    {
      zh: '一般失信的处罚，新规后作出，期满一年未撤',
      records: [
        {
          name: '甲1',
          columns: {
            decided_on: '2026-04-10',
            severity: 'GENERAL',
            public_from: '2026-04-12',
            public_until: '2028-04-10',
          },
        },
      ],
      found: 1,
    },
    {
      zh: '在公示期内',
      records: [
        {
          name: '甲1',
          columns: {
            decided_on: '2026-11-02',
            severity: 'GENERAL',
            public_from: '2026-11-03',
            public_until: '2027-11-02',
          },
        },
      ],
      found: 0,
    },
    {
      zh: '期满且已按期停止公示',
      records: [
        {
          name: '甲1',
          columns: {
            decided_on: '2026-04-10',
            severity: 'GENERAL',
            public_from: '2026-04-12',
            public_until: '2027-04-10',
          },
        },
      ],
      found: 0,
    },
    {
      zh: '许可有效期已过仍公示',
      records: [
        {
          name: '甲1',
          columns: {
            record_type: 'PERMIT',
            severity: null,
            decided_on: '2025-01-05',
            valid_to: '2026-01-05',
            public_from: '2025-01-06',
            public_until: null,
          },
        },
      ],
      found: 1,
    },
  ],
};

export const REPORTED_LATE: PatrolRule<Late> = {
  name: '逾期报送',
  zh: '公示类信息在决定作出之日起七个工作日后才报送',
  en: 'information to be published was reported more than seven working days after the decision',
  bases: ['SGS_424', 'WSZ_9'],
  owner: 'PROVIDING',
  workdays: 10,
  thresholds: [threshold('REPORTED_LATE', '2018-07-01', ['SGS_424'], { workdays: 7 })],
  examples: [
    {
      zh: '国庆前作出，假后第七个工作日报送',
      records: [{ name: '甲1', columns: { decided_on: '2026-09-30', received_on: '2026-10-15' } }],
      found: 0,
    },
    {
      zh: '迟一个工作日',
      records: [{ name: '甲1', columns: { decided_on: '2026-09-30', received_on: '2026-10-19' } }],
      found: 1,
    },
  ],
};

export const PUBLIC_TEXT_PERSONAL: PatrolRule<PersonalText> = {
  name: '公开文本含个人信息',
  zh: '公示中的文本含公民身份号码、手机号码，或自然人姓名连同住址',
  en: 'a public text holds a citizen id, a mobile number, or the name and address of a person',
  bases: ['SD_XYTL_20', 'GRXXBHF_51'],
  owner: 'PROVIDING',
  workdays: 1,
  thresholds: [
    threshold('PUBLIC_TEXT_PERSONAL', FROM, ['SD_XYTL_20'], {
      kinds: ['CITIZEN_ID', 'PHONE', 'NAME_AND_ADDRESS'] as const,
    }),
  ],
  examples: [
    {
      zh: '手机号码',
      records: [{ name: '甲1', columns: { facts: '负责人联系电话13800001234，拒不改正。' } }],
      found: 1,
    },
    {
      zh: '姓名连同住址',
      records: [{ name: '甲1', columns: { facts: '当事人李某某，住汶上县示例街道示例村12号，擅自经营。' } }],
      found: 1,
    },
    { zh: '已脱敏', records: [{ name: '甲1', columns: { facts: '负责人联系电话138****1234，拒不改正。' } }], found: 0 },
    {
      zh: '经营场所的地址不是个人信息',
      records: [{ name: '甲1', columns: { facts: '经营场所位于汶上县示例街道12号，未公示许可证。' } }],
      found: 0,
    },
    {
      zh: '未公示的文本',
      records: [
        { name: '甲1', columns: { facts: '负责人联系电话13800001234', public_from: null, public_until: null } },
      ],
      found: 0,
    },
  ],
};

export const OUTSIDE_CATALOGUE: PatrolRule<Outside> = {
  name: '清单外提供',
  zh: '报送清单以外的信息而被退回，或报送不属其职能的信息而被拒绝',
  en: 'a provider sent what the catalogue does not provide for, or what is not of its function, and was refused',
  bases: ['SD_XYTL_10', 'SD_XYTL_24'],
  owner: 'PROVIDING',
  workdays: 5,
  thresholds: [
    threshold('OUTSIDE_CATALOGUE', FROM, ['SD_XYTL_10'], {
      rejection: 'OUTSIDE_CATALOGUE',
      verb: 'submitRecords',
      outcome: 'FORBIDDEN',
    }),
  ],
  examples: [
    { zh: '一批中三行在清单外', batches: [{ at: '2026-03-02 10:00', rejections: { OUTSIDE_CATALOGUE: 3 } }], found: 1 },
    { zh: '其他原因退回', batches: [{ at: '2026-03-02 10:00', rejections: { DATE_INVALID: 3 } }], found: 0 },
    {
      zh: '整批被拒绝',
      events: [{ at: '2026-03-02 10:00', by: '工作人员一', operation: 'submitRecords', outcome: 'FORBIDDEN' }],
      found: 1,
    },
  ],
};
