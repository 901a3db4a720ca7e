import { choice } from '../publicity.js';
import { record } from '../record.js';

export const ZSCQ_SX = record({
  code: 'ZSCQ_SX',
  name: '知识产权失信行为认定',
  disclosure: 'GOVERNMENT',
  providers: ['MARKET'],
  bases: ['ZSCQ_8', 'SD_XYTL_11'],
  category: 'INTELLECTUAL_PROPERTY',
  terms: ['认定文书号', '失信行为', '认定日期', '认定机关'],
  more: [
    choice(
      'ZSCQ_SX_LX',
      '行为种类',
      ['非正常专利申请', '恶意商标注册', '违法代理', '提供虚假材料', '拒不执行行政裁决', '其他-'],
      true,
    ),
  ],
  examples: {
    accepted: [{}],
    refused: [{ row: { ZSCQ_SX_WSH: '' }, code: 'REQUIRED_MISSING', field: 'ZSCQ_SX_WSH' }],
  },
});
