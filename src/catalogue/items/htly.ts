import { amount, choice, text } from '../publicity.js';
import { record } from '../record.js';

/** Contracts of government procurement and public resources: a private contract is the parties' own. */
export const HTLY = record({
  code: 'HTLY',
  name: '政府采购与公共资源合同履行情况',
  disclosure: 'GOVERNMENT',
  providers: ['FINANCE', 'DEVELOPMENT_REFORM', 'HOUSING', 'TRANSPORT'],
  bases: ['ZFCGTL_50', 'SD_XYTL_11'],
  category: 'CONTRACT',
  terms: ['合同编号', '合同内容', '签订日期', '监管单位'],
  more: [
    amount('HTLY_JE', '合同金额(万元)'),
    choice('HTLY_ZT', '履行状态', ['履行中', '已履行', '部分履行', '未履行'], true),
    { ...text('HTLY_YY', '未履行原因', 1000), required: { field: 'HTLY_ZT', is: ['部分履行', '未履行'] } },
  ],
  examples: {
    accepted: [{ HTLY_JE: '12.5' }, { HTLY_ZT: '部分履行', HTLY_YY: '供货延期' }],
    refused: [
      { row: { HTLY_ZT: '未履行' }, code: 'REQUIRED_MISSING', field: 'HTLY_YY' },
      { row: { HTLY_JE: '十二万' }, code: 'AMOUNT_INVALID', field: 'HTLY_JE' },
    ],
  },
});
