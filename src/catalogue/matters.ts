import type { FunctionCode } from './functions.js';

/** 政务服务事项 in which credit is checked. */
export interface MatterDatum {
  readonly code: string;
  readonly name: string;
  readonly function: FunctionCode;
  /** 国家政务服务事项编码, where it is known */
  readonly nationalCode: string | null;
}

export const MATTERS: readonly MatterDatum[] = [
  { code: 'CZZJXM', name: '申报财政性资金项目', function: 'FINANCE', nationalCode: null },
  { code: 'ZFCGTB', name: '参加政府采购', function: 'FINANCE', nationalCode: null },
  { code: 'SPJYXK', name: '食品经营许可', function: 'APPROVAL', nationalCode: null },
  { code: 'RCSPCN', name: '告知承诺制审批', function: 'APPROVAL', nationalCode: null },
];
