import { MONTHLY } from '../blocks.js';
import { LISTS } from '../lists.js';
import { type CatalogueItem, ORGANISATION_KINDS } from '../types.js';

/** 名单信息: entries of RECEIVED lists, which are decided elsewhere and only mirrored here. */
export const YZSX_MD: CatalogueItem = {
  code: 'YZSX_MD',
  name: '名单信息',
  disclosure: 'PUBLIC',
  yields: 'LIST_ENTRY',
  // each for the lists of its function; DEVELOPMENT_REFORM (and the exchange platform) for all
  providerFunctions: ['COURT', 'TAX', 'FINANCE', 'DEVELOPMENT_REFORM'],
  subjectKinds: ORGANISATION_KINDS,
  bases: ['SD_XYTL_10', 'SD_XYTL_20', 'FS_2017_7_8'],
  cycle: MONTHLY,
  category: 'SERIOUS',
  fields: [
    {
      name: 'MD_DM',
      label: '名单代码',
      type: 'ENUM',
      part: 'list',
      maxLength: 32,
      required: true,
      options: LISTS.filter(({ campaign }) => !campaign).map(({ code }) => code),
      security: 'OPEN',
    },
    {
      name: 'MD_ZTMC',
      label: '主体名称',
      aliases: ['行政相对人名称'],
      type: 'NAME',
      part: 'subjectName',
      maxLength: 200,
      required: true,
      security: 'OPEN',
    },
    {
      name: 'MD_TYSHXYDM',
      label: '统一社会信用代码',
      type: 'UNIFIED_CODE',
      part: 'subjectCode',
      maxLength: 18,
      required: true,
      security: 'OPEN',
    },
    {
      name: 'MD_WSH',
      label: '文书号',
      aliases: ['决定文书号', '执行案号'],
      type: 'NUMBER',
      part: 'documentNo',
      maxLength: 128,
      required: true,
      security: 'OPEN',
    },
    {
      name: 'MD_LRSY',
      label: '列入事由',
      type: 'TEXT',
      part: 'reason',
      maxLength: 4000,
      required: true,
      security: 'OPEN',
    },
    {
      name: 'MD_LRRQ',
      label: '列入日期',
      type: 'DATE',
      part: 'decidedOn',
      required: true,
      past: true,
      security: 'OPEN',
    },
    {
      name: 'MD_JZRQ',
      label: '截止日期',
      type: 'DATE',
      part: 'endsOn',
      required: false,
      openEnded: true,
      security: 'OPEN',
    },
  ],
  key: ['MD_DM', 'MD_WSH'],
  dateOrders: [['MD_LRRQ', 'MD_JZRQ']],
  examples: {
    accepted: [{}, { MD_JZRQ: '2028/03/01' }],
    refused: [
      { row: { MD_LRSY: '' }, code: 'REQUIRED_MISSING', field: 'MD_LRSY' },
      // an OWN list is not received
      { row: { MD_DM: 'TQNMGGZ' }, code: 'OUTSIDE_CATALOGUE', field: 'MD_DM' },
    ],
  },
};
