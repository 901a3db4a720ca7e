import { amount, publicity, text } from '../publicity.js';

export const XZBC = publicity({
  code: 'XZBC',
  name: '行政补偿',
  more: [text('XZBC_SX', '补偿事项', 200, true), amount('XZBC_JE', '补偿金额(万元)')],
  examples: {
    accepted: [{ XZBC_JE: '0.000001' }],
    refused: [{ row: { XZBC_JE: '0.0000001' }, code: 'AMOUNT_INVALID', field: 'XZBC_JE' }],
  },
});
