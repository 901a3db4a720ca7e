import { amount, choice } from '../publicity.js';
import { record } from '../record.js';

/** 被执行人: owing under a judgment is not 失信; the list of 失信被执行人 is SXBZXR, in YZSX_MD. */
export const SFZX = record({
  code: 'SFZX',
  name: '司法执行信息',
  disclosure: 'GOVERNMENT',
  providers: ['COURT'],
  bases: ['SD_XYTL_11', 'MSSSF_266'],
  category: 'JUDICIAL',
  terms: ['执行案号', '执行依据', '立案日期', '执行法院'],
  more: [
    amount('SFZX_BD', '执行标的(万元)'),
    choice('SFZX_ZT', '执行状态', ['执行中', '终结本次执行程序', '执行完毕', '终结执行'], true),
  ],
  examples: {
    accepted: [{ SFZX_BD: '3.2', SFZX_ZT: '执行完毕' }],
    refused: [{ row: { SFZX_ZT: '失信' }, code: 'ENUM_UNKNOWN', field: 'SFZX_ZT' }],
  },
});
