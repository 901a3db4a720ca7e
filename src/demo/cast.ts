import { referenceId, toGlobalId } from '../platform/ids.js';
import { impossibleCitizenId, registrationNo, unifiedCode } from './identifiers.js';

// The known characters of the demonstration county. README and tests name them; nobody else in the county meets their
// fates by chance. All of it is invented: departments carry （演示）, organisations 示例, persons a number in their name and
// a division that there isn't in their citizen id; codes are right by their check digits and registered to nobody.
//
// As of the day on which the county is loaded, the four matters answer:
//
//                        CZZJXM      ZFCGTB      SPJYXK      RCSPCN
//   clean                CLEAR       CLEAR       CLEAR       CLEAR
//   individualBusiness   CLEAR       CLEAR       CLEAR       CLEAR
//   bigFine              CLEAR       CLEAR       CLEAR       CLEAR       a fine of millions, and on no list
//   wageArrears          RESTRICTED  RESTRICTED  CLEAR       CAUTION     TQNMGGZ
//   courtDebtor          RESTRICTED  RESTRICTED  CLEAR       CAUTION     SXBZXR
//   dishonestBody        RESTRICTED  RESTRICTED  CLEAR       CAUTION     SXBZXR, a government body
//   redListed            REWARDED    CLEAR       CLEAR       REWARDED    NSXY_A
//   honestModel          REWARDED    CLEAR       CLEAR       REWARDED    CXDF
//   redAndBlack          RESTRICTED  RESTRICTED  CLEAR       CAUTION     NSXY_A and SXBZXR: the reward is suspended
//   licenceRevoked       CLEAR       CLEAR       RESTRICTED  CLEAR       吊销许可证件 under 食品安全法
//   marketOffender       CLEAR       CLEAR       CAUTION     CAUTION     SCJG_YZWF
//   safetyOffender       CLEAR       CLEAR       CLEAR       CAUTION     AQSC_YZSX
//   taxOffender          CLEAR       RESTRICTED  CLEAR       CAUTION     ZDSSWF
//   procurementOffender  CLEAR       RESTRICTED  CLEAR       CAUTION     ZFCG_YZSX
//   promiseBreaker       CLEAR       CLEAR       CLEAR       CAUTION     a breached commitment
//   proposed, notified, suspended, repaired, expired, revoked, withdrawn: an entry on TQNMGGZ in that state, and nothing
//   follows from it; notified can be confirmed, by another than its proposer (CLERKS.proposer)

export interface DemoDepartment {
  readonly code: string;
  readonly name: string;
  readonly functions: readonly string[];
}

// Behind those of a real file in the order of codes, so that a real department is found first.
const department = (serial: number, name: string, ...functions: string[]): DemoDepartment => ({
  code: unifiedCode('11', `YYXD${String(serial).padStart(4, '0')}`),
  name,
  functions,
});

/** The county's departments, by their function. */
export const DEPARTMENTS = {
  MARKET: department(1, '汶上县（演示）市场监督管理局', 'MARKET'),
  APPROVAL: department(2, '汶上县（演示）行政审批服务局', 'APPROVAL'),
  HRSS: department(3, '汶上县（演示）人力资源和社会保障局', 'HRSS'),
  TAX: department(4, '国家税务总局汶上县（演示）税务局', 'TAX'),
  EMERGENCY: department(5, '汶上县（演示）应急管理局', 'EMERGENCY'),
  ECOLOGY: department(6, '济宁市生态环境局汶上县（演示）分局', 'ECOLOGY'),
  HOUSING: department(7, '汶上县（演示）住房和城乡建设局', 'HOUSING'),
  CULTURE: department(8, '汶上县（演示）文化和旅游局', 'CULTURE'),
  PUBLIC_SECURITY: department(9, '汶上县（演示）公安局', 'PUBLIC_SECURITY'),
  JUSTICE: department(10, '汶上县（演示）司法局', 'JUSTICE'),
  CIVIL_AFFAIRS: department(11, '汶上县（演示）民政局', 'CIVIL_AFFAIRS'),
  HEALTH_INSURANCE: department(12, '汶上县（演示）医疗保障局', 'HEALTH_INSURANCE'),
  DEVELOPMENT_REFORM: department(13, '汶上县（演示）发展和改革局', 'DEVELOPMENT_REFORM'),
  COURT: department(14, '汶上县（演示）人民法院', 'COURT'),
  FINANCE: department(15, '汶上县（演示）财政局', 'FINANCE'),
  ORGANISATION: department(16, '中共汶上县委（演示）组织部', 'ORGANISATION'),
  WATER: department(17, '汶上县（演示）水务局', 'WATER'),
  INDUSTRY: department(18, '汶上县（演示）工业和信息化局', 'INDUSTRY'),
  TRANSPORT: department(19, '汶上县（演示）交通运输局', 'TRANSPORT'),
  COMMERCE: department(20, '汶上县（演示）商务局', 'COMMERCE'),
  EDUCATION: department(21, '汶上县（演示）教育和体育局', 'EDUCATION'),
  HOUSING_FUND: department(22, '济宁市住房公积金管理中心汶上县（演示）管理部', 'HOUSING_FUND'),
  ESTABLISHMENT: department(23, '中共汶上县委（演示）机构编制委员会办公室', 'ESTABLISHMENT'),
} as const;
export type DemoFunction = keyof typeof DEPARTMENTS;

/** Users of the demonstration: whoever proposed an entry may not confirm it. */
export const CLERKS = {
  importer: 'demo-importer',
  proposer: 'demo-proposer',
  confirmer: 'demo-confirmer',
  hall: 'demo-hall',
};

/** 主体类型 of the register, by the first two places of the code. */
const REGISTER_CLASS = {
  '91': '企业',
  '92': '个体工商户',
  '93': '农民专业合作社',
  '52': '社会组织',
  '12': '事业单位',
  '11': '机关单位',
} as const;
export type CodePrefix = keyof typeof REGISTER_CLASS;

export interface DemoOrganisation {
  readonly code: string;
  readonly name: string;
  /** 主体类型 */
  readonly class: string;
  readonly representative: string;
  /** of those that the market register holds */
  readonly registrationNo: string | null;
  readonly registeredOn: string;
  readonly address: string;
  readonly industry: string;
  readonly state: string;
  readonly formerName?: string;
  readonly parent?: DemoOrganisation;
}

interface Sketch {
  readonly industry?: string;
  readonly registeredOn?: string;
  readonly state?: string;
  readonly formerName?: string;
  readonly parent?: DemoOrganisation;
}

/** @param body four characters that tell the organisation from all others, letters of GB 32100 only */
export function organisation(prefix: CodePrefix, body: string, name: string, sketch: Sketch = {}): DemoOrganisation {
  const serial = Number.parseInt(body, 36);
  return {
    code: unifiedCode(prefix, `YYX${body.padStart(5, '0')}`),
    name,
    class: sketch.parent ? '分支机构' : REGISTER_CLASS[prefix],
    representative: `示例人${body}`,
    registrationNo: prefix.startsWith('9') ? registrationNo(serial) : null,
    registeredOn: sketch.registeredOn ?? '2016-05-18',
    address: `山东省济宁市汶上县（演示）示例路${(serial % 299) + 1}号`,
    industry: sketch.industry ?? 'F52',
    state: sketch.state ?? '存续',
    ...(sketch.formerName ? { formerName: sketch.formerName } : {}),
    ...(sketch.parent ? { parent: sketch.parent } : {}),
  };
}

const clean = organisation('91', 'K001', '示例青麦食品有限公司', { industry: 'C14' });

/** Organisations that README and tests may name. */
export const ORGANISATIONS = {
  clean,
  branch: organisation('91', 'K002', '示例青麦食品有限公司第一分公司', { industry: 'C14', parent: clean }),
  individualBusiness: organisation('92', 'K003', '示例听泉早餐店', { industry: 'H62' }),
  cooperative: organisation('93', 'K004', '示例稻香农民专业合作社', { industry: 'A01' }),
  socialOrganisation: organisation('52', 'K005', '示例县书法爱好者协会', { industry: 'S95' }),
  publicInstitution: organisation('12', 'K006', '示例镇中心幼儿园', { industry: 'P83' }),
  dishonestBody: organisation('11', 'K007', '示例镇人民政府', { industry: 'S92' }),
  wageArrears: organisation('91', 'K008', '示例白榆建筑劳务有限公司', { industry: 'E47' }),
  courtDebtor: organisation('91', 'K009', '示例松烟商贸有限公司'),
  redListed: organisation('91', 'K010', '示例晴川机械有限公司', { industry: 'C34' }),
  honestModel: organisation('91', 'K011', '示例望舒纺织有限公司', { industry: 'C17' }),
  redAndBlack: organisation('91', 'K012', '示例星野建材有限公司', { industry: 'C30' }),
  licenceRevoked: organisation('91', 'K013', '示例流萤餐饮有限公司', { industry: 'H62' }),
  marketOffender: organisation('91', 'K014', '示例砚田食品有限公司', { industry: 'C14' }),
  safetyOffender: organisation('91', 'K015', '示例陶然化工有限公司', { industry: 'C26' }),
  taxOffender: organisation('91', 'K016', '示例知秋物资有限公司'),
  procurementOffender: organisation('91', 'K017', '示例半夏信息技术有限公司', { industry: 'I65' }),
  promiseBreaker: organisation('91', 'K018', '示例南栀药房有限公司', { industry: 'F52' }),
  bigFine: organisation('91', 'K019', '示例北辰水泥有限公司', { industry: 'C30' }),
  proposed: organisation('91', 'K020', '示例桐花建设有限公司', { industry: 'E47' }),
  notified: organisation('91', 'K021', '示例荷风装饰有限公司', { industry: 'E50' }),
  suspended: organisation('91', 'K022', '示例海棠市政有限公司', { industry: 'E48' }),
  repaired: organisation('91', 'K023', '示例竹影园林有限公司', { industry: 'E48' }),
  expired: organisation('91', 'K024', '示例云岫钢构有限公司', { industry: 'E47' }),
  revoked: organisation('91', 'K025', '示例梨白幕墙有限公司', { industry: 'E50' }),
  withdrawn: organisation('91', 'K026', '示例霁月安装有限公司', { industry: 'E49' }),
  renamed: organisation('91', 'K027', '示例新柳电子有限公司', { industry: 'C39', formerName: '示例旧柳电器有限公司' }),
  cancelled: organisation('91', 'K028', '示例残荷服装有限公司', { industry: 'C18', state: '注销' }),
} as const;

/** A right code that the register lacks: a record names it, so it is a provisional subject. */
export const NOT_IN_REGISTER = organisation('91', 'N001', '示例外来工程有限公司', { industry: 'E48' });

export interface DemoPerson {
  /** uuid of the subject, the same in every county */
  readonly id: string;
  /** the subject as the interface names it: what `hub token --subject` takes, where a number is not to be said */
  readonly globalId: string;
  readonly name: string;
  /** 公民身份号码 */
  readonly number: string;
}

export const person = (serial: number, surname: string, bornOn: string): DemoPerson => {
  const id = referenceId('demo person', String(serial));
  const name = `${surname}示例${String(serial).padStart(3, '0')}`;
  return { id, globalId: toGlobalId('NaturalPerson', id), name, number: impossibleCitizenId(bornOn, serial) };
};

/** Natural persons that README and tests may name; their subjects' ids are the same in every county. */
export const PERSONS = {
  /** a permit in force and a penalty */
  permitAndPenalty: person(1, '孔', '1985-02-23'),
  /** a permit and nothing else */
  permitOnly: person(2, '孟', '1990-07-01'),
  /** on TQNMGGZ as the person responsible, LISTED */
  responsible: person(3, '颜', '1978-11-30'),
} as const;

/** The id of an entry or a commitment, the same in every county. */
export const idOf = (what: 'entry' | 'commitment', key: string): string => referenceId(`demo ${what}`, key);
