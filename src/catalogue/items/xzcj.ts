import { publicity, text } from '../publicity.js';

export const XZCJ = publicity({
  code: 'XZCJ',
  name: '行政裁决',
  more: [text('XZCJ_SX', '裁决事项', 200, true), text('XZCJ_JG_NR', '裁决结果', 2000)],
  examples: {
    accepted: [{ XZCJ_JG_NR: '维持原登记' }],
    refused: [{ row: { XZCJ_WSH: '' }, code: 'REQUIRED_MISSING', field: 'XZCJ_WSH' }],
  },
});
