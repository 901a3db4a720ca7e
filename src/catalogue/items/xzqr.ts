import { provision, publicity, text } from '../publicity.js';

export const XZQR = publicity({
  code: 'XZQR',
  name: '行政确认',
  more: [text('XZQR_SX', '确认事项', 200, true), provision('XZQR_YJ', '确认依据')],
  examples: {
    accepted: [{}],
    refused: [{ row: { XZQR_SX: '' }, code: 'REQUIRED_MISSING', field: 'XZQR_SX' }],
  },
});
