import { type DemoFunction, type DemoOrganisation, ORGANISATIONS } from './cast.js';
import { CROWD } from './organisations.js';
import {
  type DemoRecord,
  decidedBy,
  decidedOn,
  documentNo,
  organisationHead,
  type ReportAge,
  type Row,
  slashed,
} from './rows.js';
import { seeded } from './seeded.js';

interface Publicity {
  readonly item: string;
  readonly department: DemoFunction;
  readonly word: string;
  readonly content: string;
  readonly more: Row;
}

/** 十公示 beside permits and penalties. */
const PUBLICITIES: readonly Publicity[] = [
  {
    item: 'XZQZ',
    department: 'MARKET',
    word: '市监强制',
    content: '查封涉嫌不合格商品一批',
    more: { XZQZ_ZL: '查封', XZQZ_YJ: '《中华人民共和国行政强制法》第二十二条' },
  },
  {
    item: 'XZQR',
    department: 'HRSS',
    word: '人社工认',
    content: '认定为工伤',
    more: { XZQR_SX: '工伤认定', XZQR_YJ: '《工伤保险条例》第十四条' },
  },
  {
    item: 'XZZS',
    department: 'HOUSING',
    word: '住建征',
    content: '征收城市基础设施配套费',
    more: { XZZS_XM: '城市基础设施配套费', XZZS_JE: '12.6', XZZS_YJ: '《山东省城市基础设施配套费征收使用管理办法》' },
  },
  {
    item: 'XZJF',
    department: 'CIVIL_AFFAIRS',
    word: '民给',
    content: '发放养老机构运营补助',
    more: { XZJF_XM: '养老机构运营补助', XZJF_JE: '3.5' },
  },
  {
    item: 'XZCJ',
    department: 'JUSTICE',
    word: '司裁',
    content: '裁决示例地块权属争议',
    more: { XZCJ_SX: '权属争议裁决', XZCJ_JG_NR: '维持原登记' },
  },
  {
    item: 'XZBC',
    department: 'FINANCE',
    word: '财补',
    content: '补偿因规划调整造成的损失',
    more: { XZBC_SX: '规划调整补偿', XZBC_JE: '20' },
  },
  {
    item: 'XZJL',
    department: 'DEVELOPMENT_REFORM',
    word: '发改奖',
    content: '授予县级诚信示范单位称号',
    more: { XZJL_MC: '诚信示范单位', XZJL_JB: '县级' },
  },
  {
    item: 'XZJC',
    department: 'MARKET',
    word: '市监检',
    content: '双随机抽查食品经营情况',
    more: { XZJC_SX: '食品经营监督检查', XZJC_JL: '合格' },
  },
  {
    item: 'XZJC',
    department: 'EMERGENCY',
    word: '应急检',
    content: '安全生产监督检查',
    more: { XZJC_SX: '安全生产监督检查', XZJC_JL: '限期改正' },
  },
];
const EACH = 8;

export function otherPublicities(today: string): DemoRecord[] {
  const random = seeded('publicities');
  let serial = 0;
  const make = (
    whom: DemoOrganisation,
    { item, department, word, content, more }: Publicity,
    age: ReportAge,
  ): DemoRecord => {
    serial += 1;
    const day = decidedOn(today, age, random.whole(6));
    const number = documentNo(word, day, serial);
    const row = {
      ...organisationHead(item, whom, age),
      [`${item}_WSH`]: number,
      [`${item}_NR`]: content,
      [`${item}_JDRQ`]: slashed(day),
      ...more,
      ...decidedBy(department, [`${item}_JG`, `${item}_JGDM`, `${item}_LYDW`, `${item}_LYDWDM`]),
    };
    return { item, department, age, documentNo: number, row };
  };
  const of = (item: string) => PUBLICITIES.find((one) => one.item === item) as Publicity;
  const cast = [
    make(ORGANISATIONS.honestModel, of('XZJL'), 21),
    make(ORGANISATIONS.clean, of('XZJC'), 21),
    make(ORGANISATIONS.cooperative, of('XZJF'), 21),
  ];
  return [
    ...cast,
    ...PUBLICITIES.flatMap((one) =>
      Array.from({ length: EACH }, (_, i) =>
        make(random.pick(CROWD), one, i % 3 === 0 && one.item === 'XZJC' ? 560 : 21),
      ),
    ),
  ];
}
