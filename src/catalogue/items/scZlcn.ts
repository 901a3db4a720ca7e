import { YEARLY } from '../blocks.js';
import { market } from '../market.js';
import { choice, text } from '../publicity.js';

/** 行业自律: what a member promised its association, and how it kept it. The six kinds of a department are XYCN's. */
export const SC_ZLCN = market({
  code: 'SC_ZLCN',
  name: '会员信用承诺与履约评价',
  bodies: ['ASSOCIATION'],
  bases: ['SD_XYTL_32'],
  category: 'COMMITMENT',
  cycle: YEARLY,
  terms: ['承诺书编号', '承诺内容', '评价日期'],
  more: [
    text('SC_ZLCN_GY', '自律公约名称', 200, true),
    choice('SC_ZLCN_LX', '履约评价', ['全部履行', '部分履行', '未履行'], true),
    { ...text('SC_ZLCN_SM', '未履行说明'), required: { field: 'SC_ZLCN_LX', is: ['部分履行', '未履行'] } },
  ],
  examples: {
    accepted: [{}, { SC_ZLCN_LX: '部分履行', SC_ZLCN_SM: '示例说明' }],
    refused: [
      { row: { SC_ZLCN_LX: '未履行' }, code: 'REQUIRED_MISSING', field: 'SC_ZLCN_SM' },
      { row: { SC_ZLCN_LX: '较好' }, code: 'ENUM_UNKNOWN', field: 'SC_ZLCN_LX' },
    ],
  },
});
