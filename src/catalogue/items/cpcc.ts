import { choice, text } from '../publicity.js';
import { record } from '../record.js';

export const CPCC = record({
  code: 'CPCC',
  name: '产品质量监督抽查结果',
  disclosure: 'PUBLIC',
  providers: ['MARKET'],
  bases: ['CPZLF_24', 'SD_XYTL_20'],
  category: 'ADMINISTRATION',
  terms: ['抽查通告文书号', '抽查情况', '通告日期', '组织抽查机关'],
  more: [text('CPCC_CP', '产品名称', 200, true), choice('CPCC_JL', '抽查结论', ['合格', '不合格'], true)],
  examples: {
    accepted: [{}, { CPCC_JL: '不合格' }],
    refused: [{ row: { CPCC_JL: '优秀' }, code: 'ENUM_UNKNOWN', field: 'CPCC_JL' }],
  },
});
