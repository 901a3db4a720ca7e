import { organisationIdentity, personIdentity, subjectHead } from '../blocks.js';
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
  bases: ['SD_XYTL_10', 'SGS_424'],
  fields: [...subjectHead('CF', 'PERSONAL'), ...personIdentity('CF'), ...PENALTY_BODY],
  leftBlank: organisationIdentity('CF'),
  key: PENALTY_KEY,
  dateOrders: PENALTY_DATE_ORDERS,
};
