import { YEARLY } from '../blocks.js';
import { market } from '../market.js';
import { choice, text } from '../publicity.js';

/** As the agency rated it: never computed again, never compared with a public evaluation, and of no person. */
export const SC_XYPJ = market({
  code: 'SC_XYPJ',
  name: '信用服务机构信用评级结果',
  bodies: ['AGENCY'],
  category: 'EVALUATION',
  cycle: YEARLY,
  terms: ['评级报告编号', '评级结论', '评级日期'],
  more: [
    choice('SC_XYPJ_DJ', '信用等级', ['AAA', 'AA', 'A', 'BBB', 'BB', 'B', 'CCC', 'CC', 'C', 'D'], true),
    choice('SC_XYPJ_ZW', '评级展望', ['正面', '稳定', '负面', '待定']),
    text('SC_XYPJ_FF', '评级方法', 200, true),
  ],
  examples: {
    accepted: [{}, { SC_XYPJ_DJ: 'BBB', SC_XYPJ_ZW: '稳定' }],
    refused: [{ row: { SC_XYPJ_DJ: '98' }, code: 'ENUM_UNKNOWN', field: 'SC_XYPJ_DJ' }],
  },
});
