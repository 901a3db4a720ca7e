import { YEARLY } from '../blocks.js';
import { status, statusExamples } from '../status.js';

const GRADES = ['A', 'B', 'M', 'C', 'D'];

/** The grade of the year alone; those of grade A are published by their list, NSXY_A. */
export const NSXY = status({
  code: 'NSXY',
  name: '纳税缴费信用级别',
  term: '信用级别',
  states: GRADES,
  providers: ['TAX'],
  bases: ['SWXY_2025_12'],
  category: 'EVALUATION',
  cycle: YEARLY,
  examples: statusExamples('NSXY', GRADES),
});
