import { addMonths } from '../platform/clock.js';
import {
  type DemoFunction,
  type DemoOrganisation,
  type DemoPerson,
  NOT_IN_REGISTER,
  ORGANISATIONS,
  PERSONS,
} from './cast.js';
import { ALL_PERSONS, CROWD } from './organisations.js';
import {
  type DemoRecord,
  decidedBy,
  decidedOn,
  documentNo,
  INDIVIDUAL,
  OPEN_ENDED,
  organisationHead,
  personHead,
  type ReportAge,
  type Row,
  slashed,
} from './rows.js';
import { seeded } from './seeded.js';

interface Permit {
  readonly department: DemoFunction;
  readonly word: string;
  readonly category: string;
  readonly certificate: string;
  readonly content: string;
  /** null: open-ended */
  readonly months: number | null;
  readonly ages: readonly ReportAge[];
}

const OFTEN: readonly ReportAge[] = [0, 0, 21, 21, 63, 63, 126, 210, 330, 560, 900, 1500, 2000];
const SELDOM: readonly ReportAge[] = [330];

const FOOD: Permit = {
  department: 'APPROVAL',
  word: '审食许字',
  category: '普通',
  certificate: '食品经营许可证',
  content: '热食类食品制售',
  months: 60,
  ages: OFTEN,
};
const FOR_ORGANISATIONS: readonly Permit[] = [
  FOOD,
  FOOD,
  { ...FOOD, word: '审卫许字', certificate: '公共场所卫生许可证', content: '公共场所卫生许可', months: 48 },
  { ...FOOD, word: '审运许字', certificate: '道路运输经营许可证', content: '道路普通货物运输', months: 48 },
  {
    ...FOOD,
    word: '审人许字',
    category: '核准',
    certificate: '人力资源服务许可证',
    content: '职业中介活动',
    months: null,
  },
  { ...FOOD, word: '审临许字', certificate: '临时占道许可证', content: '临时占用城市道路', months: 3 },
  {
    department: 'HOUSING',
    word: '住建许字',
    category: '认可',
    certificate: '建筑业企业资质证书',
    content: '建筑工程施工总承包三级',
    months: 60,
    ages: SELDOM,
  },
  {
    department: 'CULTURE',
    word: '文旅许字',
    category: '普通',
    certificate: '网络文化经营许可证',
    content: '互联网上网服务营业场所经营',
    months: 36,
    ages: SELDOM,
  },
  {
    department: 'EMERGENCY',
    word: '应急许字',
    category: '普通',
    certificate: '危险化学品经营许可证',
    content: '危险化学品零售经营（不含储存）',
    months: 36,
    ages: SELDOM,
  },
  {
    department: 'ECOLOGY',
    word: '环许字',
    category: '普通',
    certificate: '排污许可证',
    content: '污染物排放许可',
    months: 60,
    ages: SELDOM,
  },
  {
    department: 'PUBLIC_SECURITY',
    word: '公特许字',
    category: '普通',
    certificate: '特种行业许可证',
    content: '旅馆业经营',
    months: null,
    ages: SELDOM,
  },
];
const FOR_PERSONS: readonly Permit[] = [
  {
    ...FOOD,
    word: '审医许字',
    category: '认可',
    certificate: '护士执业证书',
    content: '护士执业注册',
    ages: [21, 210],
  },
  {
    ...FOOD,
    word: '审药许字',
    category: '认可',
    certificate: '执业药师注册证',
    content: '执业药师注册',
    ages: [21, 210],
  },
  {
    department: 'EMERGENCY',
    word: '应急人许字',
    category: '认可',
    certificate: '特种作业操作证',
    content: '高处作业',
    months: 72,
    ages: [63],
  },
  {
    department: 'CULTURE',
    word: '文旅人许字',
    category: '认可',
    certificate: '导游证',
    content: '导游执业',
    months: 36,
    ages: [63],
  },
  {
    department: 'JUSTICE',
    word: '司许字',
    category: '核准',
    certificate: '基层法律服务工作者执业证',
    content: '基层法律服务工作者执业核准',
    months: null,
    ages: [63],
  },
];

interface Granted {
  readonly head: Row;
  readonly permit: Permit;
  readonly age: ReportAge;
  readonly before: number;
  readonly serial: number;
}

function granted(
  item: 'XZXK_FR' | 'XZXK_ZRR',
  today: string,
  { head, permit, age, before, serial }: Granted,
): DemoRecord {
  const day = decidedOn(today, age, before);
  const number = documentNo(permit.word, day, serial);
  const row = {
    ...head,
    XK_XKWS: '准予行政许可决定书',
    XK_WSH: number,
    XK_XKLB: permit.category,
    XK_XKZS: permit.certificate,
    XK_XKBH: `演示${String(serial).padStart(8, '0')}`,
    XK_NR: permit.content,
    XK_JDRQ: slashed(day),
    XK_YXQZ: slashed(day),
    XK_YXQZI: permit.months === null ? OPEN_ENDED : slashed(addMonths(day, permit.months)),
    XK_ZT: '1',
    ...decidedBy(permit.department, ['XK_XKJG', 'XK_XKJGDM', 'XK_LYDW', 'XK_LYDWDM']),
  };
  return { item, department: permit.department, age, documentNo: number, row };
}

/** Permits of organisations, those of the cast first; some rows are as careless as real ones are. */
export function organisationPermits(today: string): DemoRecord[] {
  const random = seeded('permits');
  let serial = 0;
  const give = (to: DemoOrganisation, permit: Permit, age: ReportAge): DemoRecord => {
    serial += 1;
    const head = organisationHead('XK', to, age);
    return granted('XZXK_FR', today, { head, permit, age, before: random.whole(6), serial });
  };
  const { clean, individualBusiness, branch, renamed, redListed, licenceRevoked, promiseBreaker, cancelled } =
    ORGANISATIONS;
  const cast = [
    give(clean, FOOD, 21),
    give(branch, FOOD, 21),
    give(individualBusiness, FOOD, 63),
    give(redListed, FOOD, 210),
    give(promiseBreaker, FOOD, 126),
    revoked(give(licenceRevoked, FOOD, 900), 200),
    revoked(give(cancelled, FOOD, 560), 100),
  ];
  const crowd = Array.from({ length: 300 }, () => {
    const permit = random.pick(FOR_ORGANISATIONS);
    return give(random.pick(CROWD), permit, random.pick(permit.ages));
  });
  return [...cast, ...crowd, ...careless((to) => give(to, FOOD, 0), { individualBusiness, renamed, clean })];
}

const revoked = (record: DemoRecord, daysAgo: number): DemoRecord => ({
  ...record,
  fate: { state: 'REVOKED', daysAgo, documentNo: `${record.documentNo}（撤销）`, reason: '依法撤销行政许可' },
});

/** What an import puts right, remarks on, and refuses. */
function careless(
  give: (to: DemoOrganisation) => DemoRecord,
  { individualBusiness, renamed, clean }: Record<'individualBusiness' | 'renamed' | 'clean', DemoOrganisation>,
): DemoRecord[] {
  const spoiled = (to: DemoOrganisation, spoil: Row): DemoRecord => {
    const record = give(to);
    return { ...record, row: { ...record.row, ...spoil } };
  };
  const placeholder = '00000000000000000X';
  const [fullWidth, lowerCase, late, backwards, talkative, ...others] = CROWD as [
    DemoOrganisation,
    DemoOrganisation,
    DemoOrganisation,
    DemoOrganisation,
    DemoOrganisation,
    ...DemoOrganisation[],
  ];
  const wide = [...fullWidth.code].map((letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0)).join('');
  const stall = others.find((one) => one.class === INDIVIDUAL) as DemoOrganisation;
  const dated = give(late);
  const [year = '', month = '', day = ''] = (dated.row['XK_JDRQ'] ?? '').split('/');
  return [
    spoiled(fullWidth, { XK_XDR_SHXYM: wide }),
    spoiled(lowerCase, { XK_XDR_SHXYM: ` ${lowerCase.code.toLowerCase()}` }),
    { ...dated, row: { ...dated.row, XK_JDRQ: `${year}年${Number(month)}月${Number(day)}日` } },
    spoiled(renamed, { XK_XDR_MC: '示例写错名字有限公司' }),
    spoiled(individualBusiness, { XK_XDR_SHXYM: placeholder, XK_XDR_GSZC: individualBusiness.registrationNo ?? '' }),
    spoiled({ ...stall, name: '示例无照小摊' }, { XK_XDR_SHXYM: placeholder }),
    give(NOT_IN_REGISTER),
    spoiled(talkative, { XK_NR: '热食类食品制售，联系电话19900000001' }),
    // refused: a code whose check digit is wrong, a term that ends before it begins
    spoiled(clean, { XK_XDR_SHXYM: `${clean.code.slice(0, 17)}${clean.code.endsWith('0') ? '1' : '0'}` }),
    spoiled(backwards, { XK_YXQZI: '2001/01/01' }),
  ];
}

/** Permits of natural persons: of the cast, and of most others. */
export function personPermits(today: string): DemoRecord[] {
  const random = seeded('person permits');
  let serial = 0;
  const give = (to: DemoPerson, permit: Permit, age: ReportAge): DemoRecord => {
    serial += 1;
    const head = personHead('XK', to);
    return granted('XZXK_ZRR', today, { head, permit, age, before: random.whole(6), serial });
  };
  const nurse = FOR_PERSONS[0] as Permit;
  return [
    give(PERSONS.permitAndPenalty, nurse, 210),
    give(PERSONS.permitOnly, nurse, 21),
    ...ALL_PERSONS.slice(3, 70).map((to) => {
      const permit = random.pick(FOR_PERSONS);
      return give(to, permit, random.pick(permit.ages));
    }),
  ];
}
