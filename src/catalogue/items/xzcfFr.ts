import { EACH_DECISION, organisationIdentity, personIdentity, subjectHead } from '../blocks.js';
import { PENALTY_BODY, PENALTY_DATE_ORDERS, PENALTY_KEY } from '../penalty.js';
import { type CatalogueItem, ORGANISATION_KINDS } from '../types.js';

export const XZCF_FR: CatalogueItem = {
  code: 'XZCF_FR',
  name: '行政处罚（法人和非法人组织）',
  disclosure: 'PUBLIC',
  yields: 'PENALTY',
  providerFunctions: ['ANY'],
  subjectKinds: ORGANISATION_KINDS,
  bases: ['SD_XYTL_10', 'XZCFF_48', 'SD_XYTL_20', 'SGS_424'],
  cycle: EACH_DECISION,
  category: 'ADMINISTRATION',
  fields: [...subjectHead('CF', 'OPEN'), ...organisationIdentity('CF'), ...PENALTY_BODY],
  leftBlank: personIdentity('CF'),
  key: PENALTY_KEY,
  dateOrders: PENALTY_DATE_ORDERS,
  examples: {
    accepted: [{}, { CF_CFLB: '罚款;没收违法所得', CF_NR_FK: '0.2', CF_NR_WFFF: '0.05' }],
    refused: [
      { row: { CF_CFLB: '罚款' }, code: 'REQUIRED_MISSING', field: 'CF_NR_FK' },
      { row: { CF_YJ: '《中华人民共和国治安管理处罚法》第五十条' }, code: 'OUTSIDE_CATALOGUE', field: 'CF_YJ' },
    ],
  },
};
