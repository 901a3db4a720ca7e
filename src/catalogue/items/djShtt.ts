import { registration } from '../registration.js';

export const DJ_SHTT = registration({
  code: 'DJ_SHTT',
  name: '社会组织登记',
  providers: ['CIVIL_AFFAIRS'],
  subject: 'SOCIAL_ORGANISATION',
  category: '社会组织',
  bases: ['SHTT_TL'],
  examples: {
    accepted: [{}, { DJ_SHTT_CLRQ: '2026/03/02' }],
    refused: [
      { row: { DJ_SHTT_LX: '企业' }, code: 'ENUM_UNKNOWN', field: 'DJ_SHTT_LX' },
      { row: { DJ_SHTT_TYSHXYDM: '91370830MA9YYY010N' }, code: 'SUBJECT_KIND_MISMATCH', field: 'DJ_SHTT_LX' },
    ],
  },
});
