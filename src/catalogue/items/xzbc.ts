import { amount, publicity, text } from '../publicity.js';

export const XZBC = publicity({
  code: 'XZBC',
  name: '行政补偿',
  more: [text('XZBC_SX', '补偿事项', 200, true), amount('XZBC_JE', '补偿金额(万元)')],
});
