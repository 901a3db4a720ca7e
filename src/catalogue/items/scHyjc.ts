import { QUARTERLY } from '../blocks.js';
import { market } from '../market.js';
import { choice, text } from '../publicity.js';

/** 行业性约束与激励 are the association's own, under its charter: no penalty, no honour of the state, and no trigger. */
export const SC_HYJC = market({
  code: 'SC_HYJC',
  name: '行业表彰与行业惩戒',
  bodies: ['ASSOCIATION'],
  category: 'EVALUATION',
  cycle: QUARTERLY,
  terms: ['决定文号', '决定内容', '决定日期'],
  more: [
    choice('SC_HYJC_LB', '类别', ['行业表彰', '行业警告', '行业内通报批评', '公开谴责', '取消会员资格'], true),
    text('SC_HYJC_YJ', '章程或自律规约条款', 500, true),
  ],
  examples: {
    accepted: [{}, { SC_HYJC_LB: '行业警告' }],
    refused: [{ row: { SC_HYJC_LB: '罚款' }, code: 'ENUM_UNKNOWN', field: 'SC_HYJC_LB' }],
  },
});
