import type { FunctionCode } from './functions.js';
import type { BasisKey } from './law.js';

export type Disclosure = 'PUBLIC' | 'AUTHORISED' | 'GOVERNMENT';

/** What a row of an item becomes. */
export type Yields = 'SUBJECT' | 'PERMIT' | 'PENALTY' | 'RECORD' | 'LIST_ENTRY';

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
  | 'endsOn';

/** A requirement that holds under a condition. The words to look for stand in rules/kinds.ts. */
export type Condition = 'whenFined' | 'whenConfiscated' | 'whenLicenceTaken';

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

export interface CatalogueItem {
  /** never recoded */
  readonly code: string;
  readonly name: string;
  readonly disclosure: Disclosure;
  readonly yields: Yields;
  /** functions whose departments provide it; `ANY` is every department */
  readonly providerFunctions: readonly (FunctionCode | 'ANY')[];
  readonly subjectKinds: readonly SubjectKind[];
  readonly bases: readonly BasisKey[];
  readonly fields: readonly CatalogueField[];
  /** columns of the shared national table that this item leaves blank: known, and whatever stands in them is dropped */
  readonly leftBlank?: readonly CatalogueField[];
  /** field codes that, with the subject, make a row the same row (business key) */
  readonly key: readonly string[];
  /** pairs of date fields of which the second is not before the first */
  readonly dateOrders?: readonly (readonly [string, string])[];
}
