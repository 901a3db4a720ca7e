import { authority, MONTHLY, organisationRef, source } from './blocks.js';
import type { FunctionCode } from './functions.js';
import type { BasisKey } from './law.js';
import type { CategoryKey } from './national.js';
import type { CatalogueItem, Examples, ReportingCycle } from './types.js';

export interface Status {
  /** also the prefix of its field codes */
  readonly code: string;
  readonly name: string;
  /** header of the state itself */
  readonly term: string;
  readonly states: readonly string[];
  readonly providers: readonly FunctionCode[];
  readonly bases?: readonly BasisKey[];
  readonly category?: CategoryKey;
  readonly cycle?: ReportingCycle;
  readonly examples: Examples;
}

/**
 * 水、电、气、电信、社保、公积金、纳税: of an enterprise its state alone, no amount, no account, no household; for whoever it
 * authorises, and never a trigger (rules of the field, docs/adr/0019-catalogue-as-law.md). One row a subject: the next state
 * takes the place of the one before.
 */
export function status(its: Status): CatalogueItem {
  const { code, name, term, states, providers, bases = [], category = 'COMPLIANCE', cycle = MONTHLY, examples } = its;
  return {
    code,
    name,
    disclosure: 'AUTHORISED',
    yields: 'RECORD',
    providerFunctions: providers,
    subjectKinds: ['ENTERPRISE'],
    bases: ['SD_XYTL_10', 'SD_XYTL_20', 'WSZ_9', ...bases],
    cycle,
    category,
    fields: [
      ...organisationRef(code, 'OPEN'),
      {
        name: `${code}_ZT`,
        label: term,
        type: 'ENUM',
        part: 'content',
        required: true,
        options: states,
        security: 'AUTHORISED',
      },
      {
        name: `${code}_ZTRQ`,
        label: '状态日期',
        type: 'DATE',
        part: 'decidedOn',
        required: true,
        past: true,
        security: 'AUTHORISED',
      },
      ...authority([`${code}_JG`, `${code}_JGDM`], '认定单位'),
      // without the remark: a free text would hold more than a state
      ...source([`${code}_LYDW`, `${code}_LYDWDM`]).filter(({ name: field }) => field !== 'BZ'),
    ],
    key: [],
    examples,
  };
}

/** Refused for a state that the item does not know, and for whom it is not about. */
export const statusExamples = (code: string, states: readonly string[]): Examples => ({
  accepted: states.map((state) => ({ [`${code}_ZT`]: state })),
  refused: [
    { row: { [`${code}_ZT`]: '128.50' }, code: 'ENUM_UNKNOWN', field: `${code}_ZT` },
    // an individual business is a person, whose household is no item of this hub
    { row: { [`${code}_TYSHXYDM`]: '92370830MA9YYY037B' }, code: 'SUBJECT_KIND_MISMATCH', field: `${code}_TYSHXYDM` },
  ],
});
