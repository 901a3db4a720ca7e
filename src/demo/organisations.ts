import {
  type CodePrefix,
  type DemoOrganisation,
  type DemoPerson,
  ORGANISATIONS,
  organisation,
  PERSONS,
  person,
} from './cast.js';
import { type Seeded, seeded } from './seeded.js';

const WORDS =
  '青麦 云岫 听泉 白榆 竹影 海棠 松烟 晴川 望舒 星野 流萤 砚田 陶然 知秋 半夏 南栀 北辰 桐花 稻香 荷风 梨白 霁月 新柳 沐风 澄江 远山 清河 拾光 微澜 木棉'.split(
    ' ',
  );
const TRADES = [
  ['食品', 'C14'],
  ['餐饮', 'H62'],
  ['建材', 'C30'],
  ['纺织', 'C17'],
  ['机械', 'C34'],
  ['商贸', 'F51'],
  ['物流', 'G54'],
  ['电子', 'C39'],
  ['化工', 'C26'],
  ['文旅', 'N78'],
  ['建筑', 'E47'],
  ['劳务', 'L72'],
  ['药房', 'F52'],
  ['园林', 'E48'],
] as const;
const STALLS = ['面馆', '便利店', '早餐店', '理发店', '水果店', '修车铺', '五金店', '文具店'];
const SURNAMES = [...'赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨'];

interface Kind {
  readonly prefix: CodePrefix;
  /** letter of the codes' bodies */
  readonly letter: string;
  readonly count: number;
  readonly name: (word: string, trade: string, serial: string, random: Seeded) => string;
}

const KINDS: readonly Kind[] = [
  { prefix: '91', letter: 'E', count: 156, name: (word, trade, serial) => `示例${word}${trade}${serial}有限公司` },
  { prefix: '92', letter: 'H', count: 49, name: (word, _, serial, { pick }) => `示例${word}${serial}${pick(STALLS)}` },
  { prefix: '93', letter: 'C', count: 19, name: (word, _, serial) => `示例${word}${serial}农民专业合作社` },
  { prefix: '52', letter: 'T', count: 9, name: (word, trade, serial) => `示例${word}${trade}${serial}商会` },
  { prefix: '12', letter: 'P', count: 9, name: (word, _, serial) => `示例${word}${serial}卫生院` },
  { prefix: '11', letter: 'G', count: 11, name: (word, _, serial) => `示例${word}${serial}办事处` },
];
const BRANCHES = 19;
/** 行业代码 of those whose name tells no trade */
const INDUSTRIES: Partial<Record<CodePrefix, string>> = {
  '92': 'H62',
  '93': 'A01',
  '52': 'S95',
  '12': 'Q84',
  '11': 'S92',
};

/** Those whose fates are left to chance. */
export const CROWD: readonly DemoOrganisation[] = crowd();
export const ALL_ORGANISATIONS: readonly DemoOrganisation[] = [...Object.values(ORGANISATIONS), ...CROWD];
export const ALL_PERSONS: readonly DemoPerson[] = [...Object.values(PERSONS), ...people()];

function crowd(): DemoOrganisation[] {
  const random = seeded('organisations');
  const made = KINDS.flatMap(({ prefix, letter, count, name }) =>
    Array.from({ length: count }, (_, i) => {
      const [trade, industry] = random.pick(TRADES);
      const serial = String(i + 1).padStart(3, '0');
      return organisation(prefix, letter + serial, name(random.pick(WORDS), trade, serial, random), {
        industry: INDUSTRIES[prefix] ?? industry,
        registeredOn: `${2004 + random.whole(15)}-${two(1 + random.whole(12))}-${two(1 + random.whole(28))}`,
        state: random.once(25) ? '注销' : '存续',
        ...(random.once(12) ? { formerName: `示例旧名${letter}${serial}` } : {}),
      });
    }),
  );
  const branches = made.slice(0, BRANCHES).map((parent, i) =>
    organisation('91', `B${String(i + 1).padStart(3, '0')}`, `${parent.name}示例分公司`, {
      industry: parent.industry,
      registeredOn: '2019-03-01',
      parent,
    }),
  );
  return [...made, ...branches];
}

function people(): DemoPerson[] {
  const random = seeded('people');
  return Array.from({ length: 97 }, (_, i) =>
    person(
      i + 4,
      random.pick(SURNAMES),
      `${1962 + random.whole(38)}-${two(1 + random.whole(12))}-${two(1 + random.whole(28))}`,
    ),
  );
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}
