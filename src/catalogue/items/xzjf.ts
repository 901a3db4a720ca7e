import { amount, publicity, text } from '../publicity.js';

// Grants to organisations; those to households are personal and no item of this hub.
export const XZJF = publicity({
  code: 'XZJF',
  name: '行政给付',
  more: [text('XZJF_XM', '给付项目', 200, true), amount('XZJF_JE', '给付金额(万元)')],
  examples: {
    accepted: [{ XZJF_JE: '3.5' }],
    refused: [{ row: { XZJF_XDR_LB: '自然人' }, code: 'SUBJECT_KIND_MISMATCH', field: 'XZJF_XDR_LB' }],
  },
});
