import { status, statusExamples } from '../status.js';

const STATES = ['正常缴存', '缓缴', '欠缴'];

export const GJJ = status({
  code: 'GJJ',
  name: '住房公积金缴存状态',
  term: '缴存状态',
  states: STATES,
  providers: ['HOUSING_FUND'],
  bases: ['GJJ_TL'],
  examples: statusExamples('GJJ', STATES),
});
