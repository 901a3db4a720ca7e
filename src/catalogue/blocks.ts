import type { CatalogueField, ReportingCycle, SecurityLabel } from './types.js';

// The blocks that the national tables of 双公示 share (发改办财金〔2018〕424号); `p` is the table's prefix, XK or CF.

/** 发改办财金〔2018〕424号: within seven working days of the decision. */
export const EACH_DECISION: ReportingCycle = { every: 'EVENT', workdays: 7 };
// Beside that no cycle stands in a text that was read: the county's defaults, five working days after the period.
export const MONTHLY: ReportingCycle = { every: 'MONTH', workdays: 5 };
export const QUARTERLY: ReportingCycle = { every: 'QUARTER', workdays: 5 };
export const YEARLY: ReportingCycle = { every: 'YEAR', workdays: 5 };

export const DOCUMENT_TYPES = [
  '身份证',
  '护照号',
  '港澳居民来往内地通行证',
  '台湾居民来往大陆通行证',
  '外国人永久居留身份证',
  '其他-',
] as const;

export const ORGANISATION_CATEGORIES = ['法人及非法人组织', '个体工商户', '自然人'] as const;

/** Name and class of the subject, for organisations and natural persons alike. */
export const subjectHead = (p: string, nameSecurity: 'OPEN' | 'PERSONAL'): readonly CatalogueField[] => [
  {
    name: `${p}_XDR_MC`,
    label: '行政相对人名称',
    aliases: ['相对人名称', '主体名称'],
    type: 'NAME',
    part: 'subjectName',
    maxLength: 200,
    required: true,
    security: nameSecurity,
  },
  {
    name: `${p}_XDR_LB`,
    label: '行政相对人类别',
    aliases: ['相对人类别'],
    type: 'ENUM',
    part: 'subjectCategory',
    maxLength: 16,
    required: true,
    options: ORGANISATION_CATEGORIES,
    security: 'OPEN',
  },
];

/** Codes and representative of an organisation. */
export const organisationIdentity = (p: string): readonly CatalogueField[] => [
  {
    name: `${p}_XDR_SHXYM`,
    label: '行政相对人代码_1(统一社会信用代码)',
    aliases: ['行政相对人统一社会信用代码', '统一社会信用代码', '代码_1 统一社会信用代码'],
    type: 'UNIFIED_CODE',
    part: 'subjectCode',
    maxLength: 18,
    required: true,
    security: 'OPEN',
  },
  {
    name: `${p}_XDR_GSZC`,
    label: '行政相对人代码_2(工商注册号)',
    aliases: ['行政相对人代码_2(工商登记码)', '工商注册号', '代码_2 工商注册号'],
    type: 'REGISTRATION_NO',
    part: 'registrationNo',
    maxLength: 50,
    required: false,
    security: 'OPEN',
  },
  {
    name: `${p}_XDR_ZZJG`,
    label: '行政相对人代码_3(组织机构代码)',
    aliases: ['组织机构代码', '代码_3 组织机构代码'],
    type: 'ORGANISATION_CODE',
    part: 'organisationCode',
    maxLength: 10,
    required: false,
    security: 'OPEN',
  },
  {
    name: `${p}_XDR_SWDJ`,
    label: '行政相对人代码_4(税务登记号)',
    aliases: ['税务登记号', '代码_4 税务登记号'],
    type: 'NUMBER',
    maxLength: 20,
    required: false,
    security: 'GOVERNMENT',
  },
  {
    name: `${p}_XDR_SYDW`,
    label: '行政相对人代码_5(事业单位证书号)',
    aliases: ['事业单位证书号', '代码_5 事业单位证书号'],
    type: 'NUMBER',
    maxLength: 12,
    required: false,
    security: 'OPEN',
  },
  {
    name: `${p}_XDR_SHZZ`,
    label: '行政相对人代码_6(社会组织登记证号)',
    aliases: ['社会组织登记证号', '代码_6 社会组织登记证号'],
    type: 'NUMBER',
    maxLength: 50,
    required: false,
    security: 'OPEN',
  },
  {
    name: `${p}_FRDB`,
    label: '法定代表人',
    aliases: ['法定代表人姓名', '法定代表人(负责人)', '经营者'],
    type: 'NAME',
    part: 'representative',
    maxLength: 50,
    required: true,
    security: 'OPEN',
  },
  {
    name: `${p}_FR_ZJLX`,
    label: '法定代表人证件类型',
    type: 'ENUM',
    part: 'representativeDocumentType',
    maxLength: 64,
    required: false,
    options: DOCUMENT_TYPES,
    security: 'PERSONAL',
  },
  {
    name: `${p}_FR_ZJHM`,
    label: '法定代表人证件号码',
    // the one field of the 2018 table, before it became a pair
    aliases: ['法定代表人身份证号', `${p}_FR_SFZH`],
    type: 'ID_NUMBER',
    part: 'representativeDocumentNumber',
    maxLength: 64,
    required: false,
    security: 'PERSONAL',
  },
];

/** Document of a natural person. */
export const personIdentity = (p: string): readonly CatalogueField[] => [
  {
    name: `${p}_XDR_ZJLX`,
    label: '证件类型',
    aliases: ['自然人证件类型', '行政相对人证件类型'],
    type: 'ENUM',
    part: 'personDocumentType',
    maxLength: 64,
    required: true,
    options: DOCUMENT_TYPES,
    security: 'PERSONAL',
  },
  {
    name: `${p}_XDR_ZJHM`,
    label: '证件号码',
    aliases: ['自然人证件号码', '行政相对人证件号码'],
    type: 'ID_NUMBER',
    part: 'personDocumentNumber',
    maxLength: 64,
    required: true,
    security: 'PERSONAL',
  },
];

/** The authority that decided; `names` are the two field codes, `noun` is 许可机关 and its like. */
export const authority = (names: readonly [string, string], noun: string): readonly CatalogueField[] => [
  {
    name: names[0],
    label: noun,
    type: 'NAME',
    part: 'authorityName',
    maxLength: 200,
    required: true,
    security: 'OPEN',
  },
  {
    name: names[1],
    label: `${noun}统一社会信用代码`,
    aliases: [`${noun}代码`],
    type: 'UNIFIED_CODE',
    part: 'authorityCode',
    maxLength: 18,
    required: true,
    security: 'OPEN',
  },
];

/** Where the row comes from, which must be the sender, and the remark. */
export const source = (names: readonly [string, string]): readonly CatalogueField[] => [
  {
    name: names[0],
    label: '数据来源单位',
    type: 'NAME',
    part: 'sourceName',
    maxLength: 200,
    required: true,
    // the tables of 双公示 are published with it
    security: 'OPEN',
  },
  {
    name: names[1],
    label: '数据来源单位统一社会信用代码',
    aliases: ['数据来源单位代码'],
    type: 'UNIFIED_CODE',
    part: 'sourceCode',
    maxLength: 18,
    required: true,
    security: 'OPEN',
  },
  { name: 'BZ', label: '备注', type: 'TEXT', maxLength: 512, required: false, security: 'GOVERNMENT' },
];

/** An organisation by name and code alone, as the items outside the tables of 双公示 name it. */
export const organisationRef = (p: string, security: SecurityLabel): readonly CatalogueField[] => [
  {
    name: `${p}_ZTMC`,
    label: '主体名称',
    aliases: ['企业名称', '单位名称'],
    type: 'NAME',
    part: 'subjectName',
    maxLength: 200,
    required: true,
    security,
  },
  {
    name: `${p}_TYSHXYDM`,
    label: '统一社会信用代码',
    type: 'UNIFIED_CODE',
    part: 'subjectCode',
    maxLength: 18,
    required: true,
    security,
  },
];

/** A natural person by name and document: never OPEN (条例 art. 20). */
export const personRef = (p: string): readonly CatalogueField[] => [
  {
    name: `${p}_XM`,
    label: '姓名',
    type: 'NAME',
    part: 'subjectName',
    maxLength: 50,
    required: true,
    security: 'PERSONAL',
  },
  {
    name: `${p}_ZJLX`,
    label: '证件类型',
    type: 'ENUM',
    part: 'personDocumentType',
    maxLength: 64,
    required: true,
    options: DOCUMENT_TYPES,
    security: 'PERSONAL',
  },
  {
    name: `${p}_ZJHM`,
    label: '证件号码',
    type: 'ID_NUMBER',
    part: 'personDocumentNumber',
    maxLength: 64,
    required: true,
    security: 'PERSONAL',
  },
];
