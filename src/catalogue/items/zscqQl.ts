import { MONTHLY } from '../blocks.js';
import { choice } from '../publicity.js';
import { record } from '../record.js';

export const ZSCQ_QL = record({
  code: 'ZSCQ_QL',
  name: '知识产权权利与质押登记',
  disclosure: 'PUBLIC',
  providers: ['MARKET'],
  bases: ['ZLF_21', 'SD_XYTL_20'],
  category: 'INTELLECTUAL_PROPERTY',
  cycle: MONTHLY,
  terms: ['权利证书或登记号', '权利名称', '授权或登记日期', '登记机关'],
  more: [
    choice('ZSCQ_QL_LX', '权利种类', ['发明专利', '实用新型', '外观设计', '注册商标', '地理标志'], true),
    choice('ZSCQ_QL_ZY', '质押状态', ['未质押', '质押中', '已解除']),
  ],
  examples: {
    accepted: [{}, { ZSCQ_QL_ZY: '质押中' }],
    refused: [{ row: { ZSCQ_QL_LX: '商业秘密' }, code: 'ENUM_UNKNOWN', field: 'ZSCQ_QL_LX' }],
  },
});
