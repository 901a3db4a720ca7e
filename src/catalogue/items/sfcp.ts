import { choice, text } from '../publicity.js';
import { record } from '../record.js';

/** In force and about organisations: what the courts publish themselves, they publish. */
export const SFCP = record({
  code: 'SFCP',
  name: '司法裁判信息',
  disclosure: 'GOVERNMENT',
  providers: ['COURT'],
  bases: ['SD_XYTL_11'],
  category: 'JUDICIAL',
  terms: ['案号', '裁判结果', '裁判日期', '审理法院'],
  more: [
    text('SFCP_AY', '案由', 200, true),
    choice('SFCP_WSLX', '文书种类', ['判决书', '裁定书', '支付令'], true),
    { name: 'SFCP_SXRQ', label: '生效日期', type: 'DATE', required: true, past: true, security: 'GOVERNMENT' },
  ],
  examples: {
    accepted: [{}],
    refused: [
      { row: { SFCP_SXRQ: '' }, code: 'REQUIRED_MISSING', field: 'SFCP_SXRQ' },
      { row: { SFCP_SXRQ: '2026-02-30' }, code: 'DATE_INVALID', field: 'SFCP_SXRQ' },
    ],
  },
});
