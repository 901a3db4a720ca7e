import { amount, provision, publicity, text } from '../publicity.js';

// Of a levy on enterprises the act itself; tax amounts of persons are forbidden content (条例 art. 42).
export const XZZS = publicity({
  code: 'XZZS',
  name: '行政征收',
  more: [text('XZZS_XM', '征收项目', 200, true), amount('XZZS_JE', '征收金额(万元)'), provision('XZZS_YJ', '征收依据')],
  examples: {
    accepted: [{ XZZS_JE: '12.6' }],
    refused: [{ row: { XZZS_JE: '-1' }, code: 'AMOUNT_INVALID', field: 'XZZS_JE' }],
  },
});
