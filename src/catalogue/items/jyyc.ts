import { choice, text } from '../publicity.js';
import { record } from '../record.js';

// Public by 企业信息公示暂行条例 art. 17, and no 严重失信 list: nothing follows from it here.
export const JYYC = record({
  code: 'JYYC',
  name: '经营异常名录（状态）',
  disclosure: 'PUBLIC',
  providers: ['MARKET'],
  bases: ['QYXXGS_17', 'SD_XYTL_20'],
  category: 'ABNORMAL',
  terms: ['列入决定文书号', '列入原因', '列入日期', '列入机关'],
  more: [choice('JYYC_ZT', '当前状态', ['已列入', '已移出'], true), text('JYYC_YCYY', '移出原因', 500)].map((field) =>
    field.name === 'JYYC_YCYY' ? { ...field, required: { field: 'JYYC_ZT', is: ['已移出'] } } : field,
  ),
  examples: {
    accepted: [{}, { JYYC_ZT: '已移出', JYYC_YCYY: '已补报年度报告' }],
    refused: [{ row: { JYYC_ZT: '已移出' }, code: 'REQUIRED_MISSING', field: 'JYYC_YCYY' }],
  },
});
