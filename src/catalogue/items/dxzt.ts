import { status, statusExamples } from '../status.js';

const STATES = ['正常缴费', '欠费', '已停机'];

export const DXZT = status({
  code: 'DXZT',
  name: '电信缴费状态',
  term: '缴费状态',
  states: STATES,
  providers: ['INDUSTRY'],
  bases: ['SD_XYTL_21'],
  examples: statusExamples('DXZT', STATES),
});
