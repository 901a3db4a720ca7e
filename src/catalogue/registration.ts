import { MONTHLY, organisationRef } from './blocks.js';
import type { FunctionCode } from './functions.js';
import type { BasisKey } from './law.js';
import type { CatalogueItem, Examples, SubjectKind } from './types.js';

export interface Registration {
  /** also the prefix of its field codes */
  readonly code: string;
  readonly name: string;
  readonly providers: readonly FunctionCode[];
  readonly subject: SubjectKind;
  /** 主体类型, as the hub's register calls it */
  readonly category: string;
  readonly bases: readonly BasisKey[];
  readonly examples: Examples;
}

/** 登记 beside that of market subjects: updates subjects, makes no record. */
export const registration = (its: Registration): CatalogueItem => ({
  code: its.code,
  name: its.name,
  disclosure: 'PUBLIC',
  yields: 'SUBJECT',
  providerFunctions: its.providers,
  subjectKinds: [its.subject],
  bases: ['SD_XYTL_10', 'SD_XYTL_20', ...its.bases],
  cycle: MONTHLY,
  category: 'REGISTRATION',
  fields: [
    ...organisationRef(its.code, 'OPEN'),
    {
      name: `${its.code}_LX`,
      label: '主体类型',
      type: 'ENUM',
      part: 'subjectCategory',
      required: true,
      options: [its.category],
      security: 'OPEN',
    },
    {
      name: `${its.code}_FDDBR`,
      label: '法定代表人',
      aliases: ['负责人'],
      type: 'NAME',
      part: 'representative',
      maxLength: 50,
      required: true,
      security: 'OPEN',
    },
    {
      name: `${its.code}_CLRQ`,
      label: '成立登记日期',
      type: 'DATE',
      part: 'registeredOn',
      required: false,
      past: true,
      security: 'OPEN',
    },
    {
      name: `${its.code}_ZS`,
      label: '住所',
      type: 'TEXT',
      part: 'address',
      maxLength: 500,
      required: false,
      security: 'OPEN',
    },
    {
      name: `${its.code}_DJJG`,
      label: '登记机关',
      type: 'NAME',
      part: 'registrationAuthority',
      maxLength: 200,
      required: true,
      security: 'OPEN',
    },
    {
      name: `${its.code}_ZT`,
      label: '状态',
      aliases: ['登记状态'],
      type: 'NAME',
      part: 'registrationState',
      maxLength: 32,
      required: true,
      security: 'OPEN',
    },
  ],
  key: [],
  examples: its.examples,
});
