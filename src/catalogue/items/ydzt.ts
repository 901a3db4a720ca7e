import { status, statusExamples } from '../status.js';

const STATES = ['正常缴费', '欠费', '已停供'];

export const YDZT = status({
  code: 'YDZT',
  name: '用电缴费状态',
  term: '缴费状态',
  states: STATES,
  providers: ['INDUSTRY'],
  bases: ['SD_XYTL_21'],
  examples: statusExamples('YDZT', STATES),
});
