import { YEARLY } from '../blocks.js';
import { choice, text } from '../publicity.js';
import { record } from '../record.js';

/** As it was received: never computed again here, never shown as the hub's own, and of no person. */
export const HYPJ = record({
  code: 'HYPJ',
  name: '行业信用评价结果',
  disclosure: 'GOVERNMENT',
  providers: ['ANY'],
  bases: ['SD_XYTL_11'],
  category: 'EVALUATION',
  cycle: YEARLY,
  terms: ['评价文书号', '评价说明', '评价日期', '评价机关'],
  more: [text('HYPJ_HY', '评价行业', 100, true), choice('HYPJ_DJ', '评价等级', ['优', '良', '中', '差'], true)],
  examples: {
    accepted: [{}],
    refused: [{ row: { HYPJ_DJ: '98.5' }, code: 'ENUM_UNKNOWN', field: 'HYPJ_DJ' }],
  },
});
