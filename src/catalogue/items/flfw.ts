import { YEARLY } from '../blocks.js';
import { choice } from '../publicity.js';
import { record } from '../record.js';

/** 司法行政: law firms and their like; what is known of a lawyer as a person is no item of this hub. */
export const FLFW = record({
  code: 'FLFW',
  name: '法律服务机构年度检查考核结果',
  disclosure: 'GOVERNMENT',
  providers: ['JUSTICE'],
  bases: ['LSF', 'SD_XYTL_11'],
  category: 'EVALUATION',
  cycle: YEARLY,
  terms: ['考核文书号', '考核情况', '考核日期', '考核机关'],
  more: [choice('FLFW_JG_DJ', '考核结果', ['合格', '不合格', '暂缓'], true)],
  examples: {
    accepted: [{}],
    refused: [{ row: { FLFW_RQ: '2099-01-01' }, code: 'DATE_IN_FUTURE', field: 'FLFW_RQ' }],
  },
});
