import { status, statusExamples } from '../status.js';

const STATES = ['正常', '非正常户', '已注销'];

export const NSZT = status({
  code: 'NSZT',
  name: '纳税状态',
  term: '纳税状态',
  states: STATES,
  providers: ['TAX'],
  bases: ['SWXY_2025_12'],
  examples: statusExamples('NSZT', STATES),
});
