import type { CatalogueField, FieldPart, FieldType } from './types.js';

/**
 * 全国公共信用信息基础目录 by its categories, as they are remembered of its editions of 2021 to 2025: no text of it was
 * read. The codes of its entries are therefore not known, and none is made up: they are entered below once they are.
 */
export const CATEGORIES = {
  REGISTRATION: '登记注册基本信息',
  JUDICIAL: '司法裁判及执行信息',
  ADMINISTRATION: '行政管理信息',
  PROFESSION: '职称和职业信息',
  ABNORMAL: '经营（活动）异常名录（状态）信息',
  SERIOUS: '严重失信主体名单信息',
  CONTRACT: '合同履行信息',
  COMMITMENT: '信用承诺及其履行情况信息',
  EVALUATION: '信用评价结果信息',
  COMPLIANCE: '遵守法律法规情况信息',
  HONOUR: '诚实守信相关荣誉信息',
  INTELLECTUAL_PROPERTY: '知识产权信息',
} as const;
export type CategoryKey = keyof typeof CATEGORIES;

/** A fact of a national text, and how it was come by. One from memory is not entered here at all. */
export interface NationalFact {
  readonly code: string;
  readonly sure: 'TEXT' | 'COPY';
}

/** 全国目录事项代码, by item code of this catalogue: none was read yet. */
export const NATIONAL_CODES: Readonly<Record<string, NationalFact>> = {};

/** GB/T 39445—2020 公共信用信息数据元, identifiers by field code (or by part, for every item): none was read yet. */
export const DATA_ELEMENTS: Readonly<Record<string, NationalFact>> = {};

/** What stands where a national fact would: the lawyer's list of what is left to look up. */
export const UNCERTAIN = '待核：国家目录代码与 GB/T 39445 数据元标识未见原文';

/** National standards of a value's form, which were checked. */
const STANDARDS: Readonly<Partial<Record<FieldType, string>>> = {
  UNIFIED_CODE: 'GB 32100',
  ORGANISATION_CODE: 'GB 11714',
  REGISTRATION_NO: 'GS 15',
};
const STANDARDS_OF_PART: Readonly<Partial<Record<FieldPart, string>>> = {
  personDocumentNumber: 'GB 11643',
  representativeDocumentNumber: 'GB 11643',
};

export const nationalCodeOf = (item: string): string | null => NATIONAL_CODES[item]?.code ?? null;

export const dataElementOf = ({ name, part }: Pick<CatalogueField, 'name' | 'part'>): string | null =>
  (DATA_ELEMENTS[name] ?? (part && DATA_ELEMENTS[part]))?.code ?? null;

export const standardOf = ({ type, part }: Pick<CatalogueField, 'type' | 'part'>): string | null =>
  STANDARDS[type] ?? (part && STANDARDS_OF_PART[part]) ?? null;
