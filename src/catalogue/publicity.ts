import { authority, EACH_DECISION, organisationIdentity, source, subjectHead } from './blocks.js';
import type { BasisKey } from './law.js';
import { type CatalogueField, type CatalogueItem, type Examples, ORGANISATION_KINDS } from './types.js';

export interface Publicity {
  /** XZQZ and its like; also the prefix of its field codes */
  readonly code: string;
  readonly name: string;
  readonly bases?: readonly BasisKey[];
  /** fields of this item beside the common ones */
  readonly more?: readonly CatalogueField[];
  readonly examples: Examples;
}

/** 十公示 beside permits and penalties: one table for all, with what each has of its own. */
export function publicity({ code, name, bases = [], more = [], examples }: Publicity): CatalogueItem {
  return {
    code,
    name,
    disclosure: 'PUBLIC',
    yields: 'RECORD',
    providerFunctions: ['ANY'],
    subjectKinds: ORGANISATION_KINDS,
    bases: ['SD_XYTL_10', 'SD_XYTL_20', 'WSZ_9', ...bases],
    cycle: EACH_DECISION,
    category: 'ADMINISTRATION',
    fields: [
      ...subjectHead(code, 'OPEN'),
      ...organisationIdentity(code),
      {
        name: `${code}_WSH`,
        label: '决定文书号',
        aliases: [`${name}决定文书号`, '文书号'],
        type: 'NUMBER',
        part: 'documentNo',
        maxLength: 128,
        required: true,
        security: 'OPEN',
      },
      {
        name: `${code}_NR`,
        label: '内容',
        aliases: [`${name}内容`],
        type: 'TEXT',
        part: 'content',
        maxLength: 4000,
        required: true,
        security: 'OPEN',
      },
      {
        name: `${code}_JDRQ`,
        label: '决定日期',
        aliases: [`${name}决定日期`],
        type: 'DATE',
        part: 'decidedOn',
        required: true,
        past: true,
        security: 'OPEN',
      },
      ...more,
      ...authority([`${code}_JG`, `${code}_JGDM`], '决定机关'),
      ...source([`${code}_LYDW`, `${code}_LYDWDM`]),
    ],
    key: [`${code}_WSH`, `${code}_JGDM`],
    examples,
  };
}

export const text = (name: string, label: string, maxLength = 2000, required = false): CatalogueField => ({
  name,
  label,
  type: 'TEXT',
  maxLength,
  required,
  security: 'OPEN',
});

export const amount = (name: string, label: string): CatalogueField => ({
  name,
  label,
  type: 'AMOUNT_10K',
  required: false,
  security: 'OPEN',
});

export const choice = (name: string, label: string, options: readonly string[], required = false): CatalogueField => ({
  name,
  label,
  type: 'ENUM',
  options,
  required,
  security: 'OPEN',
});

/** The provision that the act rests on: looked at before anything is collected under a sealed law. */
export const provision = (name: string, label: string, required = false): CatalogueField => ({
  ...text(name, label, 2048, required),
  part: 'basis',
});
