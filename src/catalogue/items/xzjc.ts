import { choice, publicity, text } from '../publicity.js';

export const XZJC = publicity({
  code: 'XZJC',
  name: '行政监督检查',
  more: [
    text('XZJC_SX', '检查事项', 200, true),
    choice('XZJC_JL', '检查结论', ['合格', '限期改正', '不合格', '其他-'], true),
  ],
  examples: {
    accepted: [{}, { XZJC_JL: '限期改正' }],
    refused: [{ row: { XZJC_JDRQ: '2099/01/01' }, code: 'DATE_IN_FUTURE', field: 'XZJC_JDRQ' }],
  },
});
