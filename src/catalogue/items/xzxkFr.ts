import { EACH_DECISION, organisationIdentity, personIdentity, subjectHead } from '../blocks.js';
import { PERMIT_BODY, PERMIT_DATE_ORDERS, PERMIT_KEY } from '../permit.js';
import { type CatalogueItem, ORGANISATION_KINDS } from '../types.js';

export const XZXK_FR: CatalogueItem = {
  code: 'XZXK_FR',
  name: '行政许可（法人和非法人组织）',
  disclosure: 'PUBLIC',
  yields: 'PERMIT',
  providerFunctions: ['ANY'],
  subjectKinds: ORGANISATION_KINDS,
  bases: ['SD_XYTL_10', 'XZXKF_40', 'SD_XYTL_20', 'SGS_424'],
  cycle: EACH_DECISION,
  category: 'ADMINISTRATION',
  fields: [...subjectHead('XK', 'OPEN'), ...organisationIdentity('XK'), ...PERMIT_BODY],
  leftBlank: personIdentity('XK'),
  key: PERMIT_KEY,
  dateOrders: PERMIT_DATE_ORDERS,
  examples: {
    accepted: [{}, { XK_XKLB: '其他-备案', XK_YXQZI: '2029年3月2日' }],
    refused: [
      { row: { XK_YXQZ: '2026-03-02', XK_YXQZI: '2026-03-01' }, code: 'DATE_ORDER', field: 'XK_YXQZI' },
      { row: { XK_XDR_LB: '自然人' }, code: 'SUBJECT_KIND_MISMATCH', field: 'XK_XDR_LB' },
    ],
  },
};
