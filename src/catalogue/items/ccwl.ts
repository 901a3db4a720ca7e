import { YEARLY } from '../blocks.js';
import { choice } from '../publicity.js';
import { record } from '../record.js';

export const CCWL = record({
  code: 'CCWL',
  name: '仓储物流企业服务质量考核结果',
  disclosure: 'GOVERNMENT',
  providers: ['TRANSPORT', 'COMMERCE'],
  bases: ['DLYSTL', 'SD_XYTL_11'],
  category: 'EVALUATION',
  subjects: ['ENTERPRISE', 'BRANCH', 'COOPERATIVE'],
  cycle: YEARLY,
  terms: ['考核文书号', '考核情况', '考核日期', '考核机关'],
  more: [
    choice('CCWL_YW', '业务类别', ['仓储', '道路货运', '快递', '冷链', '其他-'], true),
    choice('CCWL_DJ', '考核等级', ['AAA', 'AA', 'A', 'B'], true),
  ],
  examples: {
    accepted: [{}, { CCWL_YW: '其他-托盘租赁' }],
    refused: [
      { row: { CCWL_TYSHXYDM: '92370830MA9YYY037B' }, code: 'SUBJECT_KIND_MISMATCH', field: 'CCWL_TYSHXYDM' },
      { row: { CCWL_DJ: '优' }, code: 'ENUM_UNKNOWN', field: 'CCWL_DJ' },
    ],
  },
});
