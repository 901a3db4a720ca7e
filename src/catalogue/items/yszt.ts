import { status, statusExamples } from '../status.js';

const STATES = ['正常缴费', '欠费', '已停供'];

export const YSZT = status({
  code: 'YSZT',
  name: '用水缴费状态',
  term: '缴费状态',
  states: STATES,
  providers: ['WATER'],
  bases: ['SD_XYTL_21'],
  examples: statusExamples('YSZT', STATES),
});
