import type { FunctionCode } from './functions.js';
import type { BasisKey } from './law.js';
import type { CategoryKey } from './national.js';

export type Disclosure = 'PUBLIC' | 'AUTHORISED' | 'GOVERNMENT';

/** What a row of an item becomes. */
export type Yields = 'SUBJECT' | 'PERMIT' | 'PENALTY' | 'RECORD' | 'LIST_ENTRY' | 'MARKET';

/** 信息性质 (条例 art. 8): 公共 from those with public duty, 市场 from credit-service bodies and associations. */
export type Nature = 'PUBLIC' | 'MARKET';
export const natureOf = ({ yields }: { readonly yields: Yields }): Nature =>
  yields === 'MARKET' ? 'MARKET' : 'PUBLIC';

/** Who may bring market information: under an agreement alone (条例 art. 17). */
export const MARKET_BODIES = ['ASSOCIATION', 'AGENCY'] as const;
export type MarketBody = (typeof MARKET_BODIES)[number];

export const SUBJECT_KINDS = [
  'ENTERPRISE',
  'INDIVIDUAL_BUSINESS',
  'COOPERATIVE',
  'BRANCH',
  'SOCIAL_ORGANISATION',
  'PUBLIC_INSTITUTION',
  'GOVERNMENT_BODY',
  'OTHER_ORGANISATION',
  'NATURAL_PERSON',
] as const;
export type SubjectKind = (typeof SUBJECT_KINDS)[number];
export const ORGANISATION_KINDS: readonly SubjectKind[] = SUBJECT_KINDS.filter((kind) => kind !== 'NATURAL_PERSON');

/**
 * TEXT may hold sentences, and so personal data by mistake; NAME, NUMBER and the codes may not. AMOUNT_10K is 万元 with
 * up to six places; KINDS are penalty kinds joined by `;`.
 */
export type FieldType =
  | 'TEXT'
  | 'NAME'
  | 'NUMBER'
  | 'UNIFIED_CODE'
  | 'ORGANISATION_CODE'
  | 'REGISTRATION_NO'
  | 'ID_NUMBER'
  | 'DATE'
  | 'AMOUNT_10K'
  | 'ENUM'
  | 'KINDS';

/** What a field is to the hub. A field without a part is kept under its own name and nothing more. */
export type FieldPart =
  | 'subjectName'
  | 'subjectCategory'
  | 'subjectCode'
  | 'registrationNo'
  | 'organisationCode'
  | 'representative'
  | 'representativeDocumentType'
  | 'representativeDocumentNumber'
  | 'personDocumentType'
  | 'personDocumentNumber'
  | 'documentName'
  | 'documentNo'
  | 'category'
  | 'certificateName'
  | 'certificateNo'
  | 'content'
  | 'violation'
  | 'facts'
  | 'basis'
  | 'kinds'
  | 'fine'
  | 'confiscation'
  | 'decidedOn'
  | 'validFrom'
  | 'validTo'
  | 'validity'
  | 'authorityName'
  | 'authorityCode'
  | 'sourceName'
  | 'sourceCode'
  | 'registeredOn'
  | 'address'
  | 'industryCode'
  | 'registrationState'
  | 'registrationAuthority'
  | 'list'
  | 'reason'
  | 'endsOn'
  /** what the act or the honour is called */
  | 'title';

/** A requirement that holds where another field says one of these. */
export interface WhenField {
  readonly field: string;
  readonly is: readonly string[];
}

/** A requirement that holds under a condition. Of the words, those to look for stand in rules/kinds.ts. */
export type Condition = 'whenFined' | 'whenConfiscated' | 'whenLicenceTaken' | WhenField;

/** 安全标记 of a field's value, by its name; the permissions above know the same names. */
export type SecurityLabel = 'OPEN' | 'GOVERNMENT' | 'AUTHORISED' | 'PERSONAL';

export interface CatalogueField {
  /** field code of the exchange table, as XK_WSH: never changed */
  readonly name: string;
  /** 字段名称, and the column header */
  readonly label: string;
  /** other headers under which it comes; width, brackets and spaces are levelled before they are compared */
  readonly aliases?: readonly string[];
  readonly type: FieldType;
  readonly part?: FieldPart;
  readonly maxLength?: number;
  readonly required: boolean | Condition;
  /** ENUM: the values; `其他-` stands for 其他 with the class spelt out behind it */
  readonly options?: readonly string[];
  readonly security: SecurityLabel;
  /** DATE: 2099/12/31 says open-ended */
  readonly openEnded?: boolean;
  /** DATE: not after the day of receipt */
  readonly past?: boolean;
  /** checked, and then left: the hub computes it by its own rules */
  readonly computed?: boolean;
}

/**
 * 更新周期. EVENT: with every decision, within so many working days of it. A period: once for each, within so many working
 * days after its end.
 */
export interface ReportingCycle {
  readonly every: 'EVENT' | 'MONTH' | 'QUARTER' | 'HALF_YEAR' | 'YEAR';
  readonly workdays: number;
}

/** Columns that an example sets otherwise than the item's sample row (examples.ts), by field code. */
export type ExampleRow = Readonly<Record<string, string>>;

/** Rows that the pipeline takes and refuses, with the reason and the field it names: run as tests, all of them. */
export interface Examples {
  readonly accepted: readonly ExampleRow[];
  readonly refused: readonly { readonly row: ExampleRow; readonly code: string; readonly field: string | null }[];
}

export interface CatalogueItem {
  /** never recoded */
  readonly code: string;
  readonly name: string;
  readonly disclosure: Disclosure;
  readonly yields: Yields;
  /** functions whose departments provide it; `ANY` is every department */
  readonly providerFunctions: readonly (FunctionCode | 'ANY')[];
  /** of market information, whose agreement may name it; no department provides it */
  readonly bodies?: readonly MarketBody[];
  readonly subjectKinds: readonly SubjectKind[];
  readonly bases: readonly BasisKey[];
  readonly cycle: ReportingCycle;
  /** of 全国公共信用信息基础目录 (national.ts) */
  readonly category: CategoryKey;
  readonly fields: readonly CatalogueField[];
  /** columns of the shared national table that this item leaves blank: known, and whatever stands in them is dropped */
  readonly leftBlank?: readonly CatalogueField[];
  /** field codes that, with the subject, make a row the same row (business key) */
  readonly key: readonly string[];
  /** pairs of date fields of which the second is not before the first */
  readonly dateOrders?: readonly (readonly [string, string])[];
  /** words that no text of this item may hold, beside what is forbidden everywhere (rules/forbidden.ts) */
  readonly forbids?: readonly string[];
  readonly examples: Examples;
}
