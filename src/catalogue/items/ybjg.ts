import { choice } from '../publicity.js';
import { record } from '../record.js';

/** Decisions on institutions alone: whatever tells of a patient is forbidden here, by name. */
export const YBJG = record({
  code: 'YBJG',
  name: '医疗保障基金监管处理决定',
  disclosure: 'GOVERNMENT',
  providers: ['HEALTH_INSURANCE'],
  bases: ['YBJJ_735', 'SD_XYTL_42'],
  category: 'ADMINISTRATION',
  terms: ['处理决定文书号', '处理内容', '处理决定日期', '处理机关'],
  more: [
    choice('YBJG_LX', '处理种类', ['约谈', '责令改正', '责令退回', '暂停服务协议', '解除服务协议', '其他-'], true),
  ],
  forbids: [
    '患者姓名',
    '参保人姓名',
    '病历号',
    '住院号',
    '门诊号',
    '诊断为',
    '确诊',
    '用药清单',
    '处方内容',
    '检验结果',
  ],
  examples: {
    accepted: [{ YBJG_NR: '超标准收费，责令退回违规使用的医疗保障基金' }],
    refused: [
      { row: { YBJG_NR: '参保人住院号20260311，诊断为示例病症' }, code: 'OUTSIDE_CATALOGUE', field: 'YBJG_NR' },
      { row: { YBJG_LX: '吊销' }, code: 'ENUM_UNKNOWN', field: 'YBJG_LX' },
    ],
  },
});
