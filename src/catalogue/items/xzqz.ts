import { choice, provision, publicity } from '../publicity.js';

export const XZQZ = publicity({
  code: 'XZQZ',
  name: '行政强制',
  bases: ['XZQZF'],
  more: [
    choice(
      'XZQZ_ZL',
      '强制种类',
      ['查封', '扣押', '冻结', '加处罚款或者滞纳金', '划拨', '拍卖', '代履行', '其他-'],
      true,
    ),
    provision('XZQZ_YJ', '强制依据', true),
  ],
  examples: {
    accepted: [{}, { XZQZ_ZL: '其他-强制拆除' }],
    refused: [{ row: { XZQZ_YJ: '' }, code: 'REQUIRED_MISSING', field: 'XZQZ_YJ' }],
  },
});
