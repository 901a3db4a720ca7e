import { organisationIdentity, personIdentity, subjectHead } from '../blocks.js';
import { PENALTY_BODY, PENALTY_DATE_ORDERS, PENALTY_KEY } from '../penalty.js';
import { type CatalogueItem, ORGANISATION_KINDS } from '../types.js';

export const XZCF_FR: CatalogueItem = {
  code: 'XZCF_FR',
  name: '行政处罚（法人和非法人组织）',
  disclosure: 'PUBLIC',
  yields: 'PENALTY',
  providerFunctions: ['ANY'],
  subjectKinds: ORGANISATION_KINDS,
  bases: ['SD_XYTL_10', 'XZCFF_48', 'SGS_424'],
  fields: [...subjectHead('CF', 'OPEN'), ...organisationIdentity('CF'), ...PENALTY_BODY],
  leftBlank: personIdentity('CF'),
  key: PENALTY_KEY,
  dateOrders: PENALTY_DATE_ORDERS,
};
