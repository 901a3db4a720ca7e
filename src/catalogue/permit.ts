import { authority, source } from './blocks.js';
import type { CatalogueField } from './types.js';

/** 行政许可: what follows the subject in the table of both classes of subjects. */
export const PERMIT_BODY: readonly CatalogueField[] = [
  {
    name: 'XK_XKWS',
    label: '行政许可决定文书名称',
    type: 'TEXT',
    part: 'documentName',
    maxLength: 64,
    required: true,
    security: 'OPEN',
  },
  {
    name: 'XK_WSH',
    label: '行政许可决定文书号',
    aliases: ['行政许可决定书文号', '许可决定文书号'],
    type: 'NUMBER',
    part: 'documentNo',
    maxLength: 64,
    required: true,
    security: 'OPEN',
  },
  {
    name: 'XK_XKLB',
    label: '许可类别',
    type: 'ENUM',
    part: 'category',
    maxLength: 256,
    required: true,
    options: ['普通', '特许', '认可', '核准', '登记', '其他-'],
    security: 'OPEN',
  },
  {
    name: 'XK_XKZS',
    label: '许可证书名称',
    type: 'TEXT',
    part: 'certificateName',
    maxLength: 64,
    required: false,
    security: 'OPEN',
  },
  {
    name: 'XK_XKBH',
    label: '许可编号',
    type: 'NUMBER',
    part: 'certificateNo',
    maxLength: 64,
    required: false,
    security: 'OPEN',
  },
  {
    name: 'XK_NR',
    label: '许可内容',
    type: 'TEXT',
    part: 'content',
    maxLength: 4000,
    required: true,
    security: 'OPEN',
  },
  {
    name: 'XK_JDRQ',
    label: '许可决定日期',
    type: 'DATE',
    part: 'decidedOn',
    required: true,
    past: true,
    security: 'OPEN',
  },
  { name: 'XK_YXQZ', label: '有效期自', type: 'DATE', part: 'validFrom', required: true, security: 'OPEN' },
  {
    name: 'XK_YXQZI',
    label: '有效期至',
    type: 'DATE',
    part: 'validTo',
    required: true,
    openEnded: true,
    security: 'OPEN',
  },
  ...authority(['XK_XKJG', 'XK_XKJGDM'], '许可机关'),
  {
    name: 'XK_ZT',
    label: '当前状态',
    type: 'ENUM',
    part: 'validity',
    maxLength: 1,
    required: true,
    // values from memory: 1 有效, 2 无效
    options: ['1', '2'],
    security: 'OPEN',
  },
  ...source(['XK_LYDW', 'XK_LYDWDM']),
];

export const PERMIT_KEY = ['XK_WSH', 'XK_XKJGDM', 'XK_XKBH'] as const;
export const PERMIT_DATE_ORDERS = [['XK_YXQZ', 'XK_YXQZI']] as const;
