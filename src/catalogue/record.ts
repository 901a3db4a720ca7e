import { authority, EACH_DECISION, organisationRef, personRef, source } from './blocks.js';
import type { FunctionCode } from './functions.js';
import type { BasisKey } from './law.js';
import type { CategoryKey } from './national.js';
import {
  type CatalogueField,
  type CatalogueItem,
  type Disclosure,
  type Examples,
  ORGANISATION_KINDS,
  type ReportingCycle,
  type SubjectKind,
} from './types.js';

export interface OtherRecord {
  /** also the prefix of its field codes */
  readonly code: string;
  readonly name: string;
  readonly disclosure: Disclosure;
  readonly providers: readonly (FunctionCode | 'ANY')[];
  readonly bases: readonly BasisKey[];
  readonly category: CategoryKey;
  /** headers of number, content, day and authority, as this kind of document calls them */
  readonly terms: readonly [documentNo: string, content: string, decidedOn: string, authority: string];
  readonly examples: Examples;
  readonly more?: readonly CatalogueField[];
  /** default: every organisation; of a natural person the row names the document instead of the code */
  readonly subjects?: readonly SubjectKind[];
  /** default: with every decision */
  readonly cycle?: ReportingCycle;
  readonly forbids?: readonly string[];
}

const SECURITY = { PUBLIC: 'OPEN', GOVERNMENT: 'GOVERNMENT', AUTHORISED: 'AUTHORISED' } as const;

/** A record outside 十公示 that rests on a document: one table for all, with what each has of its own. */
export function record(its: OtherRecord): CatalogueItem {
  const { code, name, disclosure, bases, category, terms, examples, more = [], forbids } = its;
  const [documentNo, content, decidedOn, decider] = terms;
  const subjects = its.subjects ?? ORGANISATION_KINDS;
  const security = SECURITY[disclosure];
  return {
    code,
    name,
    disclosure,
    yields: 'RECORD',
    providerFunctions: its.providers,
    subjectKinds: subjects,
    bases: ['SD_XYTL_10', 'WSZ_9', ...bases],
    cycle: its.cycle ?? EACH_DECISION,
    category,
    fields: [
      ...(subjects.includes('NATURAL_PERSON') ? personRef(code) : organisationRef(code, 'OPEN')),
      {
        name: `${code}_WSH`,
        label: documentNo,
        type: 'NUMBER',
        part: 'documentNo',
        maxLength: 128,
        required: true,
        security,
      },
      {
        name: `${code}_NR`,
        label: content,
        type: 'TEXT',
        part: 'content',
        maxLength: 4000,
        required: true,
        security,
      },
      {
        name: `${code}_RQ`,
        label: decidedOn,
        type: 'DATE',
        part: 'decidedOn',
        required: true,
        past: true,
        security,
      },
      ...more.map((field) => (security === 'OPEN' ? field : { ...field, security })),
      ...authority([`${code}_JG`, `${code}_JGDM`], decider),
      ...source([`${code}_LYDW`, `${code}_LYDWDM`]),
    ],
    key: [`${code}_WSH`, `${code}_JGDM`],
    ...(forbids ? { forbids } : {}),
    examples,
  };
}
