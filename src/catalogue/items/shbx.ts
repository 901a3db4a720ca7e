import { status, statusExamples } from '../status.js';

const STATES = ['正常缴费', '欠费', '暂停缴费'];

export const SHBX = status({
  code: 'SHBX',
  name: '社会保险缴费状态',
  term: '缴费状态',
  states: STATES,
  providers: ['HRSS'],
  bases: ['SHBXF'],
  examples: statusExamples('SHBX', STATES),
});
