import { organisationRef, source } from './blocks.js';
import type { BasisKey } from './law.js';
import type { CategoryKey } from './national.js';
import { text } from './publicity.js';
import {
  type CatalogueField,
  type CatalogueItem,
  type Examples,
  type MarketBody,
  ORGANISATION_KINDS,
  type ReportingCycle,
} from './types.js';

export interface MarketItem {
  /** also the prefix of its field codes */
  readonly code: string;
  readonly name: string;
  readonly bodies: readonly MarketBody[];
  readonly bases?: readonly BasisKey[];
  readonly category: CategoryKey;
  /** headers of number, content and day, as this kind of paper calls them */
  readonly terms: readonly [documentNo: string, content: string, decidedOn: string];
  readonly more: readonly CatalogueField[];
  readonly cycle: ReportingCycle;
  readonly examples: Examples;
}

/** A day on which the authorisation of every example still holds. */
const AUTHORISED_UNTIL = '2031-03-01';

/**
 * 市场信用信息 What associations and credit-service bodies know of organisations, collected by agreement (条例 art. 17).
 * Each row names the subject's own written authorisation (art. 21) and counts no longer than it: of natural persons there
 * is none, nothing of it is public, and no rule decides anything by it.
 */
export function market(its: MarketItem): CatalogueItem {
  const { code, name, bodies, bases = [], category, cycle, more } = its;
  const [documentNo, content, decidedOn] = its.terms;
  const until = `${code}_SQJZ`;
  const authorised = (row: Readonly<Record<string, string>>) => ({ [until]: AUTHORISED_UNTIL, ...row });
  const fields: readonly CatalogueField[] = [
    ...organisationRef(code, 'OPEN'),
    {
      name: `${code}_WSH`,
      label: documentNo,
      type: 'NUMBER',
      part: 'documentNo',
      maxLength: 128,
      required: true,
      security: 'OPEN',
    },
    { ...text(`${code}_NR`, content, 2000, true), part: 'content' },
    {
      name: `${code}_RQ`,
      label: decidedOn,
      type: 'DATE',
      part: 'decidedOn',
      required: true,
      past: true,
      security: 'OPEN',
    },
    ...more,
    {
      name: `${code}_SQWH`,
      label: '主体书面授权文号',
      type: 'NUMBER',
      maxLength: 128,
      required: true,
      security: 'OPEN',
    },
    { name: until, label: '授权截止日期', type: 'DATE', part: 'validTo', required: true, security: 'OPEN' },
    ...source([`${code}_LYDW`, `${code}_LYDWDM`]),
  ];
  return {
    code,
    name,
    disclosure: 'AUTHORISED',
    yields: 'MARKET',
    providerFunctions: [],
    bodies,
    subjectKinds: ORGANISATION_KINDS,
    bases: ['SD_XYTL_8', 'SD_XYTL_17', 'SD_XYTL_21', 'WSZ_9', ...bases],
    cycle,
    category,
    fields: fields.map((field) => ({ ...field, security: 'AUTHORISED' })),
    key: [`${code}_WSH`, `${code}_LYDWDM`],
    dateOrders: [[`${code}_RQ`, until]],
    examples: {
      accepted: its.examples.accepted.map(authorised),
      refused: [
        ...its.examples.refused.map((one) => ({ ...one, row: authorised(one.row) })),
        { row: authorised({ [`${code}_SQWH`]: '' }), code: 'REQUIRED_MISSING', field: `${code}_SQWH` },
        { row: { [until]: '2026-03-03' }, code: 'OUTSIDE_CATALOGUE', field: until },
      ],
    },
  };
}
