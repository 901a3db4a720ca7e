import type { CatalogueField, CatalogueItem, FieldPart } from '../../catalogue/types.js';
import { yuanOf } from '../collection/amounts.js';
import { PLACEHOLDER_CODE } from '../collection/identifiers.js';

/** What stands in the official table of an item: its fields, and among them those that are always blank in it. */
export type TemplateColumn = { readonly field: CatalogueField; readonly blank: boolean };

/** Columns in the order of the national tables: a person's documents stand behind the representative's. */
export function columnsOf({ fields, leftBlank = [] }: CatalogueItem): TemplateColumn[] {
  const columns = fields.map((field): TemplateColumn => ({ field, blank: field.security !== 'OPEN' }));
  const at = fields.findIndex(({ part }) => part === 'representativeDocumentNumber');
  if (at >= 0) columns.splice(at + 1, 0, ...leftBlank.map((field) => ({ field, blank: true })));
  return columns;
}

/** A record as the public may read it, with what it is headed by. */
export interface PublicRecord {
  readonly id: string;
  readonly decidedOn: string;
  readonly publicUntil: string | null;
  readonly heading: Readonly<Record<string, string>> | null;
  readonly values: Readonly<Record<string, unknown>>;
  readonly subjectName: string;
  readonly subjectKind: string;
  readonly subjectCode: string | null;
  readonly registrationNo: string | null;
  readonly representative: string | null;
  readonly authorityName: string;
  readonly authorityCode: string;
  readonly sourceName: string;
  readonly sourceCode: string;
  readonly documentName: string | null;
  readonly documentNo: string | null;
  readonly category: string | null;
  readonly certificateName: string | null;
  readonly certificateNo: string | null;
  readonly content: string | null;
  readonly validFrom: string | null;
  readonly validTo: string | null;
  readonly violation: string | null;
  readonly facts: string | null;
  readonly basis: string | null;
  readonly categories: readonly string[] | null;
  /** yuan, two places */
  readonly fine: string | null;
  readonly confiscation: string | null;
}

const OPEN_ENDED = '2099-12-31';
const INDIVIDUAL = 'INDIVIDUAL_BUSINESS';

const BY_PART: Partial<Record<FieldPart, (record: PublicRecord) => string | null>> = {
  subjectName: ({ subjectName }) => subjectName,
  subjectCategory: ({ subjectKind }) => (subjectKind === INDIVIDUAL ? '个体工商户' : '法人及非法人组织'),
  subjectCode: ({ subjectCode }) => subjectCode ?? PLACEHOLDER_CODE,
  // beside a code of its own it says nothing more
  registrationNo: ({ subjectCode, registrationNo }) => (subjectCode === null ? registrationNo : null),
  representative: ({ representative }) => representative,
  authorityName: ({ authorityName }) => authorityName,
  authorityCode: ({ authorityCode }) => authorityCode,
  sourceName: ({ sourceName }) => sourceName,
  sourceCode: ({ sourceCode }) => sourceCode,
  documentName: ({ documentName }) => documentName,
  documentNo: ({ documentNo }) => documentNo,
  category: ({ category }) => category,
  certificateName: ({ certificateName }) => certificateName,
  certificateNo: ({ certificateNo }) => certificateNo,
  content: ({ content }) => content,
  decidedOn: ({ decidedOn }) => decidedOn,
  validFrom: ({ validFrom }) => validFrom,
  validTo: ({ validTo }) => validTo ?? OPEN_ENDED,
  violation: ({ violation }) => violation,
  facts: ({ facts }) => facts,
  basis: ({ basis }) => basis,
  kinds: ({ categories }) => categories?.join(';') ?? null,
};

/** The cells of a record under the columns of its table: days YYYY/MM/DD, amounts 万元 with six places. */
export const cellsOf = (columns: readonly TemplateColumn[], record: PublicRecord): string[] =>
  columns.map(({ field, blank }) => (blank ? '' : cellOf(field, record)));

function cellOf(field: CatalogueField, record: PublicRecord): string {
  const { type, part, name, computed } = field;
  // the one day that the hub computes
  if (computed) return slashed(record.publicUntil ?? OPEN_ENDED);
  if (part === 'fine' || part === 'confiscation') return tenThousands(record[part]);
  const kept = record.heading?.[name] ?? record.values[name];
  const value = typeof kept === 'string' ? kept : ((part && BY_PART[part]?.(record)) ?? '');
  if (type === 'DATE') return slashed(value);
  return type === 'AMOUNT_10K' ? tenThousands(yuanOf(value)) : value;
}

const slashed = (date: string): string => date.replaceAll('-', '/');

/** 万元 with six places, digit by digit: 2000.00 yuan are 0.200000. */
export function tenThousands(yuan: string | null): string {
  if (yuan === null) return '';
  const [whole = '0', cents = ''] = yuan.split('.');
  const digits = `${whole}${cents.padEnd(2, '0')}`.padStart(7, '0');
  return `${digits.slice(0, -6)}.${digits.slice(-6)}`;
}
