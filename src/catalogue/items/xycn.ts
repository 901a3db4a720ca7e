import { choice, text } from '../publicity.js';
import { record } from '../record.js';

const BROKEN = { field: 'XYCN_LXZT', is: ['部分履行', '全部未履行'] };

/** By the national form of collection, as copies of it have it: what was promised elsewhere, and whether it was kept. */
export const XYCN = record({
  code: 'XYCN',
  name: '信用承诺及履行情况',
  disclosure: 'GOVERNMENT',
  providers: ['ANY'],
  bases: ['SD_XYTL_32'],
  category: 'COMMITMENT',
  terms: ['承诺编码', '承诺内容', '承诺作出日期', '承诺受理单位'],
  more: [
    choice(
      'XYCN_LX',
      '承诺类型',
      ['审批替代型', '容缺受理型', '证明事项型', '信用修复型', '行业自律型', '主动型', '其他-'],
      true,
    ),
    text('XYCN_SY', '承诺事由', 512, true),
    text('XYCN_WNZR', '违诺责任', 4000, true),
    { name: 'XYCN_YXQ', label: '承诺有效期', type: 'DATE', required: false, openEnded: true, security: 'GOVERNMENT' },
    choice('XYCN_GKLX', '公开类型', ['可向社会公开', '特定范围内公开', '不可公开'], true),
    choice('XYCN_LXZT', '承诺履行状态', ['全部履行', '部分履行', '全部未履行'], true),
    { ...text('XYCN_WLX', '未履行的承诺内容', 4000), required: BROKEN },
    { ...text('XYCN_ZJ', '违诺责任追究内容', 4000), required: BROKEN },
  ],
  examples: {
    accepted: [{}, { XYCN_LXZT: '部分履行', XYCN_WLX: '未按期补交材料', XYCN_ZJ: '责令限期补交' }],
    refused: [
      { row: { XYCN_LXZT: '全部未履行' }, code: 'REQUIRED_MISSING', field: 'XYCN_WLX' },
      { row: { XYCN_LX: '口头型' }, code: 'ENUM_UNKNOWN', field: 'XYCN_LX' },
    ],
  },
});
