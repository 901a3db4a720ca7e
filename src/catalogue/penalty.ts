import { authority, source } from './blocks.js';
import { PENALTY_KINDS } from './rules/kinds.js';
import type { CatalogueField } from './types.js';

/** 行政处罚: what follows the subject in the table of both classes of subjects. */
export const PENALTY_BODY: readonly CatalogueField[] = [
  {
    name: 'CF_WSH',
    label: '行政处罚决定书文号',
    aliases: ['行政处罚决定文书号', '处罚决定书文号'],
    type: 'NUMBER',
    part: 'documentNo',
    maxLength: 128,
    required: true,
    security: 'OPEN',
  },
  {
    name: 'CF_WFXW',
    label: '违法行为类型',
    type: 'TEXT',
    part: 'violation',
    maxLength: 2000,
    required: true,
    security: 'OPEN',
  },
  { name: 'CF_SY', label: '违法事实', type: 'TEXT', part: 'facts', maxLength: 5000, required: true, security: 'OPEN' },
  { name: 'CF_YJ', label: '处罚依据', type: 'TEXT', part: 'basis', maxLength: 2048, required: true, security: 'OPEN' },
  {
    name: 'CF_CFLB',
    label: '处罚类别',
    type: 'KINDS',
    part: 'kinds',
    maxLength: 255,
    required: true,
    options: PENALTY_KINDS,
    security: 'OPEN',
  },
  {
    name: 'CF_NR',
    label: '处罚内容',
    type: 'TEXT',
    part: 'content',
    maxLength: 4000,
    required: true,
    security: 'OPEN',
  },
  {
    name: 'CF_NR_FK',
    label: '罚款金额(万元)',
    aliases: ['罚款金额'],
    type: 'AMOUNT_10K',
    part: 'fine',
    required: 'whenFined',
    security: 'OPEN',
  },
  {
    name: 'CF_NR_WFFF',
    label: '没收违法所得、没收非法财物的金额(万元)',
    aliases: ['没收违法所得、没收非法财物的金额', '没收金额(万元)'],
    type: 'AMOUNT_10K',
    part: 'confiscation',
    required: 'whenConfiscated',
    security: 'OPEN',
  },
  {
    name: 'CF_NR_ZKDX',
    label: '暂扣或吊销证照名称及编号',
    type: 'TEXT',
    maxLength: 200,
    required: 'whenLicenceTaken',
    security: 'OPEN',
  },
  {
    name: 'CF_JDRQ',
    label: '处罚决定日期',
    type: 'DATE',
    part: 'decidedOn',
    required: true,
    past: true,
    security: 'OPEN',
  },
  { name: 'CF_YXQ', label: '处罚有效期', type: 'DATE', required: true, openEnded: true, security: 'OPEN' },
  {
    name: 'CF_GSJZQ',
    label: '公示截止期',
    type: 'DATE',
    // required or not stays open in what was read; the hub computes it either way
    required: false,
    openEnded: true,
    computed: true,
    security: 'OPEN',
  },
  ...authority(['CF_CFJG', 'CF_CFJGDM'], '处罚机关'),
  ...source(['CF_SJLY', 'CF_SJLYDM']),
];

export const PENALTY_KEY = ['CF_WSH', 'CF_CFJGDM'] as const;
export const PENALTY_DATE_ORDERS = [['CF_JDRQ', 'CF_YXQ']] as const;
