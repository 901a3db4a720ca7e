import { organisationIdentity, personIdentity, subjectHead } from '../blocks.js';
import { PERMIT_BODY, PERMIT_DATE_ORDERS, PERMIT_KEY } from '../permit.js';
import type { CatalogueItem } from '../types.js';

/** Never OPEN: natural persons' information is not published (条例 art. 20). */
export const XZXK_ZRR: CatalogueItem = {
  code: 'XZXK_ZRR',
  name: '行政许可（自然人）',
  disclosure: 'AUTHORISED',
  yields: 'PERMIT',
  providerFunctions: ['ANY'],
  subjectKinds: ['NATURAL_PERSON'],
  bases: ['SD_XYTL_10', 'SGS_424'],
  fields: [...subjectHead('XK', 'PERSONAL'), ...personIdentity('XK'), ...PERMIT_BODY],
  leftBlank: organisationIdentity('XK'),
  key: PERMIT_KEY,
  dateOrders: PERMIT_DATE_ORDERS,
};
