import { MONTHLY } from '../blocks.js';
import { choice, text } from '../publicity.js';
import { record } from '../record.js';

export const ZYZG = record({
  code: 'ZYZG',
  name: '职业资格与职称（自然人）',
  disclosure: 'AUTHORISED',
  providers: ['HRSS'],
  bases: ['SD_XYTL_11', 'SD_XYTL_20'],
  category: 'PROFESSION',
  subjects: ['NATURAL_PERSON'],
  cycle: MONTHLY,
  terms: ['证书编号', '资格名称', '取得日期', '发证机关'],
  more: [choice('ZYZG_LX', '资格种类', ['职业资格', '职称'], true), text('ZYZG_DJ', '资格等级', 50)],
  examples: {
    accepted: [{}, { ZYZG_DJ: '中级' }],
    refused: [{ row: { ZYZG_ZJHM: '370899198502300018' }, code: 'CITIZEN_ID_INVALID', field: 'ZYZG_ZJHM' }],
  },
});
