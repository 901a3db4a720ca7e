import { EACH_DECISION, organisationIdentity, personIdentity, subjectHead } from '../blocks.js';
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
  bases: ['SD_XYTL_10', 'SD_XYTL_20', 'SGS_424'],
  cycle: EACH_DECISION,
  category: 'ADMINISTRATION',
  fields: [...subjectHead('XK', 'PERSONAL'), ...personIdentity('XK'), ...PERMIT_BODY],
  leftBlank: organisationIdentity('XK'),
  key: PERMIT_KEY,
  dateOrders: PERMIT_DATE_ORDERS,
  examples: {
    accepted: [{}, { XK_XDR_ZJLX: '护照号', XK_XDR_ZJHM: 'E12345678' }],
    refused: [{ row: { XK_XDR_ZJHM: '370899198502300018' }, code: 'CITIZEN_ID_INVALID', field: 'XK_XDR_ZJHM' }],
  },
};
