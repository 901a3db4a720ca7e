import type { DemoFunction } from './cast.js';

/** 违法行为, and what it is met with. */
export interface Offence {
  readonly department: DemoFunction;
  readonly word: string;
  readonly violation: string;
  readonly facts: string;
  readonly basis: string;
  /** 处罚类别, joined by `;` */
  readonly kinds: string;
  /** yuan */
  readonly fine?: number;
  readonly confiscated?: number;
  readonly licence?: string;
}

const market = (
  violation: string,
  facts: string,
  basis: string,
  kinds: string,
  more: Partial<Offence> = {},
): Offence => ({
  department: 'MARKET',
  word: '市监处罚',
  violation,
  facts,
  basis,
  kinds,
  ...more,
});
const FOOD_LAW = '《中华人民共和国食品安全法》';

export const LABELS = market(
  '违反食品安全管理规定',
  '经营标签不符合规定的预包装食品',
  `${FOOD_LAW}第一百二十五条`,
  '罚款',
  {
    fine: 5000,
  },
);
export const LICENCE_REVOKED = market(
  '生产经营禁止生产经营的食品',
  '使用超过保质期的食品原料加工食品，情节严重',
  `${FOOD_LAW}第一百二十四条`,
  '罚款;吊销许可证件',
  { fine: 180_000, licence: '食品经营许可证 演示00000006' },
);
export const MARKET_OFFENCES: readonly Offence[] = [
  LABELS,
  { ...LABELS, fine: 2000, facts: '经营标签不符合规定的预包装食品，依法适用简易程序当场作出处罚' },
  market('未按规定公示价格', '销售商品未明码标价', '《中华人民共和国价格法》第四十二条', '警告'),
  market('发布虚假广告', '在店内发布无依据的宣传内容', '《中华人民共和国广告法》第五十五条', '罚款', { fine: 30_000 }),
  market(
    '经营超过保质期的食品',
    '货架上陈列超过保质期的食品',
    `${FOOD_LAW}第一百二十四条`,
    '罚款;没收违法所得、没收非法财物',
    { fine: 50_000, confiscated: 632.5 },
  ),
  market('销售侵权商品', '销售侵犯注册商标专用权的商品', '《中华人民共和国商标法》第六十条', '没收非法财物', {
    confiscated: 1280,
  }),
  market('无证从事特种设备作业', '使用未经定期检验的叉车', '《中华人民共和国特种设备安全法》第八十四条', '罚款', {
    fine: 120_000,
  }),
  // under review: a kind of which no class is known, and an older one that says two things at once
  market(
    '其他违反市场监督管理规定',
    '未按要求报送整改材料',
    '《市场监督管理行政处罚程序规定》第六十四条',
    '罚款;其他-责令改正',
    { fine: 3000 },
  ),
  market('违反许可管理规定', '超出许可范围经营', `${FOOD_LAW}第一百二十二条`, '暂扣或者吊销许可证、执照', {
    licence: '食品经营许可证',
  }),
];
export const OTHER_OFFENCES: readonly Offence[] = [
  {
    department: 'EMERGENCY',
    word: '应急罚',
    violation: '未按规定开展安全生产教育培训',
    facts: '未如实记录安全生产教育和培训情况',
    basis: '《中华人民共和国安全生产法》第九十七条',
    kinds: '罚款',
    fine: 40_000,
  },
  {
    department: 'EMERGENCY',
    word: '应急罚',
    violation: '存在重大事故隐患',
    facts: '未采取措施消除重大事故隐患',
    basis: '《中华人民共和国安全生产法》第一百零二条',
    kinds: '责令停产停业;罚款',
    fine: 200_000,
  },
  {
    department: 'ECOLOGY',
    word: '环罚',
    violation: '超标排放水污染物',
    facts: '外排废水化学需氧量超过许可限值',
    basis: '《中华人民共和国水污染防治法》第八十三条',
    kinds: '罚款',
    fine: 260_000,
  },
  {
    department: 'ECOLOGY',
    word: '环罚',
    violation: '未落实扬尘防治措施',
    facts: '物料露天堆放未覆盖',
    basis: '《中华人民共和国大气污染防治法》第一百一十七条',
    kinds: '罚款',
    fine: 12_000,
  },
  {
    department: 'HOUSING',
    word: '住建罚',
    violation: '违反资质管理规定',
    facts: '以弄虚作假手段申请资质升级',
    basis: '《建筑业企业资质管理规定》第三十五条',
    kinds: '降低资质等级',
  },
  {
    department: 'HOUSING',
    word: '住建罚',
    violation: '未取得施工许可擅自施工',
    facts: '未取得施工许可证擅自开工',
    basis: '《建设工程质量管理条例》第五十七条',
    kinds: '罚款',
    fine: 86_000,
  },
  {
    department: 'CULTURE',
    word: '文旅罚',
    violation: '接纳未成年人进入营业场所',
    facts: '互联网上网服务营业场所接纳未成年人',
    basis: '《互联网上网服务营业场所管理条例》第三十一条',
    kinds: '警告;罚款;责令停产停业',
    fine: 9000,
  },
  {
    department: 'HRSS',
    word: '人社罚',
    violation: '违反劳动保障规定',
    facts: '未按规定存储农民工工资保证金',
    basis: '《保障农民工工资支付条例》第五十五条',
    kinds: '罚款',
    fine: 60_000,
  },
  {
    department: 'TAX',
    word: '税罚',
    violation: '未按期申报',
    facts: '未按照规定的期限办理纳税申报',
    basis: '《中华人民共和国税收征收管理法》第六十二条',
    kinds: '罚款',
    fine: 200,
  },
  {
    department: 'PUBLIC_SECURITY',
    word: '公行罚',
    violation: '未按规定查验住客身份',
    facts: '旅馆业未按规定对客户身份进行查验',
    basis: '《中华人民共和国反恐怖主义法》第八十六条',
    kinds: '罚款',
    fine: 100_000,
  },
  {
    department: 'HEALTH_INSURANCE',
    word: '医保罚',
    violation: '违规使用医疗保障基金',
    facts: '定点药店串换药品结算',
    basis: '《医疗保障基金使用监督管理条例》第三十八条',
    kinds: '通报批评;罚款',
    fine: 20_000,
  },
  {
    department: 'CIVIL_AFFAIRS',
    word: '民罚',
    violation: '未按规定接受年度检查',
    facts: '连续两年未报送年度报告',
    basis: '《社会团体登记管理条例》第三十条',
    kinds: '警告',
  },
  {
    department: 'FINANCE',
    word: '财罚',
    violation: '政府采购中提供虚假材料',
    facts: '投标文件中提供虚假业绩材料',
    basis: '《中华人民共和国政府采购法》第七十七条',
    kinds: '罚款;限制从业',
    fine: 15_000,
  },
];
export const PERSON_OFFENCES: readonly Offence[] = [
  market('无照经营', '未办理登记从事经营活动', '《无证无照经营查处办法》第十三条', '罚款', { fine: 800 }),
  {
    department: 'HOUSING',
    word: '住建人罚',
    violation: '违反执业规定',
    facts: '注册人员未在注册单位执业',
    basis: '《注册建造师管理规定》第三十七条',
    kinds: '警告;罚款',
    fine: 3000,
  },
];
