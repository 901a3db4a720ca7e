import type { Label } from './labels.js';

/** Fields whose label is not the one beside their declaration, each with its reason. */
export const RELABELLED: Readonly<Record<string, { label: Label; reason: string }>> = {
  'NaturalPerson.name': {
    label: 'PERSONAL',
    reason: 'declared by the interface Subject, where an organisation’s name is OPEN; a person’s is not (条例 art. 20)',
  },
};

/** Fields whose label depends on the row, each with its reason. */
export const BY_ROW: Readonly<Record<string, { label: (row: Record<string, unknown>) => Label; reason: string }>> = {
  'Organisation.legalRepresentative': {
    label: (row) => (row.kind === 'INDIVIDUAL_BUSINESS' ? 'PERSONAL' : 'OPEN'),
    reason:
      'an organisation’s is in the public register (企业信息公示暂行条例 art. 6); an individual business is its operator',
  },
};
