import { status, statusExamples } from '../status.js';

const STATES = ['正常缴费', '欠费', '已停供'];

export const YQZT = status({
  code: 'YQZT',
  name: '用气缴费状态',
  term: '缴费状态',
  states: STATES,
  providers: ['HOUSING'],
  bases: ['SD_XYTL_21'],
  examples: statusExamples('YQZT', STATES),
});
