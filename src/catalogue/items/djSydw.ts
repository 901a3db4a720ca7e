import { registration } from '../registration.js';

export const DJ_SYDW = registration({
  code: 'DJ_SYDW',
  name: '事业单位登记',
  providers: ['ESTABLISHMENT'],
  subject: 'PUBLIC_INSTITUTION',
  category: '事业单位',
  bases: ['SYDW_TL'],
  examples: {
    accepted: [{}],
    refused: [{ row: { DJ_SYDW_FDDBR: '' }, code: 'REQUIRED_MISSING', field: 'DJ_SYDW_FDDBR' }],
  },
});
