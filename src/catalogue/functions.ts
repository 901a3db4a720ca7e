/** 职能: what a department is for. Items, lists and matters name a function and find their department through it. */
export interface FunctionText {
  readonly zh: string;
  /** endings of a department's name that decide its function where the file says nothing; 分局 is taken off first */
  readonly endings: readonly string[];
}

export const FUNCTIONS = {
  MARKET: { zh: '市场监督管理', endings: ['市场监督管理局', '市场监管局'] },
  APPROVAL: { zh: '行政审批服务', endings: ['行政审批服务局', '行政审批局'] },
  HRSS: { zh: '人力资源和社会保障', endings: ['人力资源和社会保障局', '人社局'] },
  TAX: { zh: '税务', endings: ['税务局'] },
  EMERGENCY: { zh: '应急管理', endings: ['应急管理局'] },
  ECOLOGY: { zh: '生态环境', endings: ['生态环境局', '生态环境保护局'] },
  HOUSING: { zh: '住房和城乡建设', endings: ['住房和城乡建设局', '住建局'] },
  CULTURE: { zh: '文化和旅游', endings: ['文化和旅游局', '文旅局'] },
  PUBLIC_SECURITY: { zh: '公安', endings: ['公安局'] },
  JUSTICE: { zh: '司法行政', endings: ['司法局'] },
  CIVIL_AFFAIRS: { zh: '民政', endings: ['民政局'] },
  HEALTH_INSURANCE: { zh: '医疗保障', endings: ['医疗保障局', '医保局'] },
  DEVELOPMENT_REFORM: { zh: '发展和改革', endings: ['发展和改革局', '发展改革局', '发改局'] },
  COURT: { zh: '审判', endings: ['人民法院'] },
  FINANCE: { zh: '财政', endings: ['财政局'] },
  ORGANISATION: { zh: '组织', endings: ['委组织部'] },
  HEALTH: { zh: '卫生健康', endings: ['卫生健康局', '卫健局'] },
  EDUCATION: { zh: '教育和体育', endings: ['教育和体育局', '教育局'] },
  TRANSPORT: { zh: '交通运输', endings: ['交通运输局'] },
  NATURAL_RESOURCES: { zh: '自然资源和规划', endings: ['自然资源和规划局', '自然资源局'] },
  AGRICULTURE: { zh: '农业农村', endings: ['农业农村局'] },
  WATER: { zh: '水务', endings: ['水务局', '水利局'] },
  URBAN_MANAGEMENT: { zh: '综合行政执法', endings: ['综合行政执法局', '城市管理局'] },
  INDUSTRY: { zh: '工业和信息化', endings: ['工业和信息化局'] },
  COMMERCE: { zh: '商务', endings: ['商务局', '商务和投资促进局'] },
  STATISTICS: { zh: '统计', endings: ['统计局'] },
  AUDIT: { zh: '审计', endings: ['审计局'] },
  VETERANS: { zh: '退役军人事务', endings: ['退役军人事务局'] },
  FIRE: { zh: '消防救援', endings: ['消防救援大队', '消防救援局'] },
  GOVERNMENT: { zh: '政府综合', endings: ['人民政府', '人民政府办公室'] },
  HOUSING_FUND: { zh: '住房公积金管理', endings: ['住房公积金管理中心'] },
  ESTABLISHMENT: { zh: '机构编制', endings: ['委机构编制委员会办公室', '委编办'] },
} as const satisfies Record<string, FunctionText>;

export type FunctionCode = keyof typeof FUNCTIONS;
export const FUNCTION_CODES = Object.keys(FUNCTIONS) as FunctionCode[];
export const isFunctionCode = (code: string): code is FunctionCode => Object.hasOwn(FUNCTIONS, code);

/** The function that a department's name says, or null: 济宁市生态环境局汶上县分局 is ECOLOGY. */
export function functionOfName(name: string): FunctionCode | null {
  const plain = name
    .replace(/局[^局]{1,8}分局$/, '局')
    .replace(/管理中心.{1,12}管理部$/, '管理中心')
    .replace(/（.*）$|\(.*\)$/, '');
  const fits = FUNCTION_CODES.filter((code) => FUNCTIONS[code].endings.some((ending) => plain.endsWith(ending)));
  return fits.length === 1 ? (fits[0] as FunctionCode) : null;
}
