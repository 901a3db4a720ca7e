import { organisationIdentity, personIdentity, subjectHead } from '../blocks.js';
import { PERMIT_BODY, PERMIT_DATE_ORDERS, PERMIT_KEY } from '../permit.js';
import { type CatalogueItem, ORGANISATION_KINDS } from '../types.js';

export const XZXK_FR: CatalogueItem = {
  code: 'XZXK_FR',
  name: '行政许可（法人和非法人组织）',
  disclosure: 'PUBLIC',
  yields: 'PERMIT',
  providerFunctions: ['ANY'],
  subjectKinds: ORGANISATION_KINDS,
  bases: ['SD_XYTL_10', 'XZXKF_40', 'SGS_424'],
  fields: [...subjectHead('XK', 'OPEN'), ...organisationIdentity('XK'), ...PERMIT_BODY],
  leftBlank: personIdentity('XK'),
  key: PERMIT_KEY,
  dateOrders: PERMIT_DATE_ORDERS,
};
