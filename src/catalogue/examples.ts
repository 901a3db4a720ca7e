import type { CatalogueField, CatalogueItem, ExampleRow } from './types.js';

/** Who sends an example: a department that the item names. */
export interface ExampleSender {
  readonly code: string;
  readonly name: string;
}

// Invented, with right check digits; the person's division is none of the county's, so that it is nobody's id.
const CODES = {
  ENTERPRISE: '91370830MA9YYY010N',
  SOCIAL_ORGANISATION: '52370830MJ9YY0010F',
  PUBLIC_INSTITUTION: '12370830MB9YY002X0',
} as const;
const PERSON = '370899198502239878';
const DAY = '2026-03-02';

/**
 * A row of the item with every field that is always required, right in all of them, under its field codes: what the
 * item's own examples change. `serial` keeps the documents of two rows apart.
 */
export function exampleRow(
  item: CatalogueItem,
  sender: ExampleSender,
  serial: number,
  changes: ExampleRow = {},
): Record<string, string> {
  const required = item.fields.filter((field) => field.required === true);
  const row = Object.fromEntries(required.map((field) => [field.name, sampleValue(item, field, sender, serial)]));
  return { ...row, ...changes };
}

function sampleValue(item: CatalogueItem, field: CatalogueField, sender: ExampleSender, serial: number): string {
  const ofPersons = item.subjectKinds.includes('NATURAL_PERSON');
  switch (field.part) {
    case 'subjectName':
      return ofPersons ? '示例人甲' : '示例单位';
    case 'subjectCategory':
      return ofPersons ? '自然人' : (field.options?.[0] ?? '');
    case 'subjectCode':
      return (Object.entries(CODES).find(([kind]) => item.subjectKinds.some((one) => one === kind)) ?? [])[1] ?? '';
    case 'personDocumentType':
      return '身份证';
    case 'personDocumentNumber':
      return PERSON;
    case 'documentNo':
      return `示例〔2026〕${serial}号`;
    case 'authorityName':
    case 'sourceName':
    case 'registrationAuthority':
      return sender.name;
    case 'authorityCode':
    case 'sourceCode':
      return sender.code;
    case 'kinds':
      return '警告';
    default:
      return byType(field);
  }
}

function byType({ type, options = [], label }: CatalogueField): string {
  if (type === 'DATE') return DAY;
  if (type === 'AMOUNT_10K') return '1.5';
  if (type === 'ENUM') return options[0] ?? '';
  return `示例${label}`;
}
