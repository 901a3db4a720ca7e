import { MONTHLY, personRef } from '../blocks.js';
import { LISTS } from '../lists.js';
import type { CatalogueItem } from '../types.js';

/** 专项治理: received lists of the campaigns, of natural persons, and never OPEN (条例 art. 20). */
export const ZXZL_MD: CatalogueItem = {
  code: 'ZXZL_MD',
  name: '专项治理名单信息（自然人）',
  disclosure: 'GOVERNMENT',
  yields: 'LIST_ENTRY',
  providerFunctions: ['PUBLIC_SECURITY', 'EDUCATION', 'HRSS', 'DEVELOPMENT_REFORM'],
  subjectKinds: ['NATURAL_PERSON'],
  bases: ['SD_XYTL_10', 'WSZ_9', 'FDXWLZPF_31', 'JYKS_33', 'SHBXF_88'],
  cycle: MONTHLY,
  category: 'SERIOUS',
  fields: [
    {
      name: 'ZXZL_DM',
      label: '名单代码',
      type: 'ENUM',
      part: 'list',
      required: true,
      options: LISTS.filter(({ campaign }) => campaign).map(({ code }) => code),
      security: 'GOVERNMENT',
    },
    ...personRef('ZXZL'),
    {
      name: 'ZXZL_WSH',
      label: '文书号',
      type: 'NUMBER',
      part: 'documentNo',
      maxLength: 128,
      required: true,
      security: 'GOVERNMENT',
    },
    {
      name: 'ZXZL_SY',
      label: '列入事由',
      type: 'TEXT',
      part: 'reason',
      maxLength: 4000,
      required: true,
      security: 'GOVERNMENT',
    },
    {
      name: 'ZXZL_RQ',
      label: '列入日期',
      type: 'DATE',
      part: 'decidedOn',
      required: true,
      past: true,
      security: 'GOVERNMENT',
    },
    {
      name: 'ZXZL_JZ',
      label: '截止日期',
      type: 'DATE',
      part: 'endsOn',
      required: false,
      openEnded: true,
      security: 'GOVERNMENT',
    },
  ],
  key: ['ZXZL_DM', 'ZXZL_WSH'],
  dateOrders: [['ZXZL_RQ', 'ZXZL_JZ']],
  examples: {
    accepted: [{}, { ZXZL_JZ: '2029/03/01' }],
    refused: [
      { row: { ZXZL_DM: 'SXBZXR' }, code: 'OUTSIDE_CATALOGUE', field: 'ZXZL_DM' },
      // exam cheating is the education bureau's to say
      { row: { ZXZL_DM: 'GJKSZB' }, code: 'OUTSIDE_CATALOGUE', field: 'ZXZL_DM' },
      { row: { ZXZL_JZ: '2026-03-01' }, code: 'DATE_ORDER', field: 'ZXZL_JZ' },
    ],
  },
};
