import type { FunctionCode } from './functions.js';
import type { BasisKey } from './law.js';

/** 红黑名单. A BLACK one is printed as 严重失信主体名单. */
export interface CreditListDatum {
  readonly code: string;
  readonly name: string;
  readonly color: 'RED' | 'BLACK';
  /** OWN: listed by the department of the function; RECEIVED: decided elsewhere and only mirrored, by YZSX_MD */
  readonly origin: 'OWN' | 'RECEIVED';
  readonly function: FunctionCode;
  /** default term: the entry's own end decides */
  readonly termMonths: number | null;
  /** RECEIVED: days after which the mirror counts as stale */
  readonly cycleDays: number | null;
  readonly bases: readonly BasisKey[];
  /**
   * 专项治理: received for a campaign, of natural persons (ZXZL_MD). It sets off nothing until a provision is entered that
   * says what, and its entries are never public.
   */
  readonly campaign?: true;
}

// The sources' real cycles are not agreed yet: ten years is what reference.md sets under the demo identity.
const CYCLE_NOT_AGREED = 3650;

export const LISTS: readonly CreditListDatum[] = [
  {
    code: 'SXBZXR',
    name: '失信被执行人',
    color: 'BLACK',
    origin: 'RECEIVED',
    function: 'COURT',
    termMonths: 24,
    cycleDays: CYCLE_NOT_AGREED,
    bases: ['FS_2017_7_8'],
  },
  {
    code: 'ZDSSWF',
    name: '重大税收违法失信主体',
    color: 'BLACK',
    origin: 'RECEIVED',
    function: 'TAX',
    termMonths: 36,
    cycleDays: CYCLE_NOT_AGREED,
    bases: ['SWZJ_54'],
  },
  {
    code: 'ZFCG_YZSX',
    name: '政府采购严重违法失信行为记录',
    color: 'BLACK',
    origin: 'RECEIVED',
    function: 'FINANCE',
    termMonths: null,
    cycleDays: CYCLE_NOT_AGREED,
    bases: ['ZFCG_77'],
  },
  {
    code: 'TQNMGGZ',
    name: '拖欠农民工工资失信联合惩戒对象',
    color: 'BLACK',
    origin: 'OWN',
    function: 'HRSS',
    termMonths: 36,
    cycleDays: null,
    bases: ['NMGGZ_48', 'HRSS_45'],
  },
  {
    code: 'SCJG_YZWF',
    name: '市场监管严重违法失信名单',
    color: 'BLACK',
    origin: 'OWN',
    function: 'MARKET',
    termMonths: 36,
    cycleDays: null,
    bases: ['SCJG_44'],
  },
  {
    code: 'AQSC_YZSX',
    name: '安全生产严重失信主体',
    color: 'BLACK',
    origin: 'OWN',
    function: 'EMERGENCY',
    termMonths: 36,
    cycleDays: null,
    bases: ['YJ_11'],
  },
  {
    code: 'NSXY_A',
    name: '纳税缴费信用A级',
    color: 'RED',
    origin: 'RECEIVED',
    function: 'TAX',
    termMonths: 12,
    cycleDays: CYCLE_NOT_AGREED,
    bases: ['SWXY_2025_12'],
  },
  {
    code: 'CXDF',
    name: '诚信典范',
    color: 'RED',
    origin: 'OWN',
    function: 'DEVELOPMENT_REFORM',
    termMonths: 24,
    cycleDays: null,
    bases: ['GF_33', 'SD_XYTL_26'],
  },
  {
    code: 'DXWLZP',
    name: '电信网络诈骗失信人员',
    color: 'BLACK',
    origin: 'RECEIVED',
    function: 'PUBLIC_SECURITY',
    termMonths: null,
    cycleDays: CYCLE_NOT_AGREED,
    bases: ['FDXWLZPF_31'],
    campaign: true,
  },
  {
    code: 'GJKSZB',
    name: '国家考试作弊失信人员',
    color: 'BLACK',
    origin: 'RECEIVED',
    function: 'EDUCATION',
    termMonths: null,
    cycleDays: CYCLE_NOT_AGREED,
    bases: ['JYKS_33'],
    campaign: true,
  },
  {
    code: 'PQSHBX',
    name: '骗取社会保险失信人员',
    color: 'BLACK',
    origin: 'RECEIVED',
    function: 'HRSS',
    termMonths: null,
    cycleDays: CYCLE_NOT_AGREED,
    bases: ['SHBXF_88'],
    campaign: true,
  },
];
