import { EACH_DECISION, organisationIdentity, personIdentity, subjectHead } from '../blocks.js';
import { PENALTY_BODY, PENALTY_DATE_ORDERS, PENALTY_KEY } from '../penalty.js';
import type { CatalogueItem } from '../types.js';

/** Never OPEN: natural persons' information is not published (条例 art. 20). */
export const XZCF_ZRR: CatalogueItem = {
  code: 'XZCF_ZRR',
  name: '行政处罚（自然人）',
  disclosure: 'AUTHORISED',
  yields: 'PENALTY',
  providerFunctions: ['ANY'],
  subjectKinds: ['NATURAL_PERSON'],
  bases: ['SD_XYTL_10', 'SD_XYTL_20', 'SGS_424'],
  cycle: EACH_DECISION,
  category: 'ADMINISTRATION',
  fields: [...subjectHead('CF', 'PERSONAL'), ...personIdentity('CF'), ...PENALTY_BODY],
  leftBlank: organisationIdentity('CF'),
  key: PENALTY_KEY,
  dateOrders: PENALTY_DATE_ORDERS,
  examples: {
    accepted: [{}],
    refused: [
      { row: { CF_WFXW: '行人闯红灯' }, code: 'OUTSIDE_CATALOGUE', field: 'CF_WFXW' },
      { row: { CF_XDR_LB: '个体工商户' }, code: 'SUBJECT_KIND_MISMATCH', field: 'CF_XDR_LB' },
    ],
  },
};
