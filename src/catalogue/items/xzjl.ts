import { choice, publicity, text } from '../publicity.js';

export const XZJL = publicity({
  code: 'XZJL',
  name: '行政奖励',
  more: [
    { ...text('XZJL_MC', '奖励名称', 200, true), part: 'title' },
    choice('XZJL_JB', '奖励级别', ['国家级', '省级', '市级', '县级']),
  ],
  examples: {
    accepted: [{ XZJL_JB: '县级' }],
    refused: [{ row: { XZJL_JB: '乡级' }, code: 'ENUM_UNKNOWN', field: 'XZJL_JB' }],
  },
});
