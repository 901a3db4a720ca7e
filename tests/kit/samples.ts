import { citizenId, unifiedCode } from './codes.js';

/** Small files of the same make as the county's own, with the same dirt in them, and what an import must say of them. */
export interface Sample {
  readonly item: string;
  readonly department: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly expected: {
    readonly read: number;
    readonly accepted: number;
    readonly rejected: number;
    readonly rejections: Record<string, number>;
    readonly corrections: Record<string, number>;
    readonly warnings: Record<string, number>;
  };
}

export const RECEIVED = '2026-11-20';

export const DEPARTMENTS = {
  MARKET: { code: unifiedCode('11', 900001), name: '汶上县市场监督管理局' },
  APPROVAL: { code: unifiedCode('11', 900002), name: '汶上县行政审批服务局' },
  COURT: { code: unifiedCode('11', 900003), name: '汶上县人民法院' },
  DEVELOPMENT_REFORM: { code: unifiedCode('11', 900004), name: '汶上县发展和改革局' },
} as const;

export const departmentsCsv = (): string =>
  csv(
    ['统一社会信用代码', '名称', '职能'],
    Object.entries(DEPARTMENTS).map(([of, { code, name }]) => [code, name, of]),
  );

export interface Body {
  readonly code: string;
  readonly name: string;
  readonly category: string;
  readonly representative: string;
  readonly registrationNo: string;
}

/** The `n`-th registered body of the county: every eighth an individual business. */
export function body(n: number): Body {
  const isStall = n % 8 === 7;
  const serial = String(n).padStart(3, '0');
  return {
    code: unifiedCode(isStall ? '92' : '91', n),
    name: `汶上示例${serial}${isStall ? '经营部' : '有限公司'}`,
    category: isStall ? '个体工商户' : '法人及非法人组织',
    representative: `示例人${serial}`,
    registrationNo: `37083020000${String(n).padStart(4, '0')}`,
  };
}

const BODIES = 40;
const clean = (n: number) => ({ body: body(n % BODIES), changes: {} as Record<string, string> });
const dirty = (n: number, changes: Record<string, string>) => ({ body: body(n % BODIES), changes });

export function subjects(): Sample {
  const header = '统一社会信用代码 主体名称 主体类型 法定代表人 工商注册号 成立日期 住所 行业代码 登记机关 状态'.split(
    ' ',
  );
  const rows = Array.from({ length: BODIES }, (_, n) => {
    const { code, name, category, representative, registrationNo } = body(n);
    const type = category === '个体工商户' ? category : '企业';
    const { name: registrar } = DEPARTMENTS.APPROVAL;
    return [
      code,
      name,
      type,
      representative,
      registrationNo,
      '2018-01-27',
      '山东省济宁市汶上县示例路1号',
      'G54',
      registrar,
      '存续',
    ];
  });
  return {
    item: 'DJ_SCZT',
    department: DEPARTMENTS.APPROVAL.code,
    header,
    rows,
    expected: { read: BODIES, accepted: BODIES, rejected: 0, rejections: {}, corrections: {}, warnings: {} },
  };
}

const CODE = '行政相对人代码_1(统一社会信用代码)';
const NUMBER = '行政相对人代码_2(工商注册号)';
const NAME = '行政相对人名称';
const CATEGORY = '行政相对人类别';
const wide = (text: string) => text.replace(/[!-~]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0));
const withWrongCheck = (code: string) => code.slice(0, 17) + (code.endsWith('1') ? '2' : '1');

/** Dirt that permits and penalties have in common; `decided` and `text` are their columns. */
const dirt = (decided: string, text: string, number: string) => [
  dirty(1, { [CODE]: withWrongCheck(body(1).code) }),
  dirty(2, { [CODE]: '00000000000000000X' }),
  dirty(3, { [number]: '' }),
  dirty(4, { [CODE]: '', [NUMBER]: '' }),
  dirty(5, { [decided]: '2026-02-30' }),
  dirty(6, { [decided]: '2027-01-05' }),
  dirty(8, { [CODE]: wide(body(8).code) }),
  dirty(9, { [CODE]: ` ${body(9).code} ` }),
  dirty(10, { [CODE]: body(10).code.toLowerCase() }),
  dirty(11, { [decided]: '2026年11月12日' }),
  dirty(12, { [CODE]: '', [NUMBER]: body(12).registrationNo }),
  dirty(13, { [CODE]: '00000000000000000X', [NUMBER]: body(13).registrationNo }),
  dirty(14, { [decided]: '2026-11-02' }),
  dirty(16, { [NAME]: '汶上示例改了名有限公司' }),
  dirty(17, { [CODE]: unifiedCode('91', 700001), [NAME]: '汶上示例未登记有限公司' }),
  dirty(18, { [text]: `当事人身份证号${citizenId('19850214', 232)}，电话13800000000` }),
  dirty(15, { [CODE]: '00000000000000000X', [NAME]: '个体工商户', [CATEGORY]: '个体工商户' }),
];
const COMMON = {
  rejections: { USCC_INVALID: 2, REQUIRED_MISSING: 2, DATE_INVALID: 1, DATE_IN_FUTURE: 1 },
  corrections: { FULL_WIDTH: 1, WHITESPACE: 1, LETTER_CASE: 1, DATE_FORMAT: 1, LINKED_BY_REGISTRATION_NO: 2 },
  warnings: {
    LATE_REPORT: 1,
    NAME_MISMATCH: 1,
    SUBJECT_NOT_IN_REGISTRY: 1,
    PERSONAL_DATA_IN_TEXT: 1,
    NO_UNIFIED_CODE: 1,
  },
};

export function permits(): Sample {
  const { code, name } = DEPARTMENTS.APPROVAL;
  const entries = [
    ...Array.from({ length: 20 }, (_, n) => clean(n)),
    ...dirt('许可决定日期', '许可内容', '行政许可决定文书号'),
    dirty(20, { 许可类别: '未知类别' }),
    dirty(21, { 有效期至: '2025-11-12' }),
    dirty(22, { 许可机关统一社会信用代码: unifiedCode('11', 900099) }),
    dirty(23, { 数据来源单位统一社会信用代码: DEPARTMENTS.MARKET.code }),
  ];
  const rows = entries.map(({ body: of, changes }, n) => ({
    ...identity(of),
    行政许可决定文书名称: '准予行政许可决定书',
    行政许可决定文书号: `汶审许字〔2026〕第${n}号`,
    许可类别: '普通',
    许可证书名称: '食品经营许可证',
    许可编号: `JY0700${n}`,
    许可内容: '热食类食品制售',
    许可决定日期: '2026/11/12',
    有效期自: '2026/11/12',
    有效期至: n % 3 === 0 ? '2099/12/31' : '2031/11/11',
    许可机关: name,
    许可机关统一社会信用代码: code,
    当前状态: '1',
    数据来源单位: name,
    数据来源单位统一社会信用代码: code,
    备注: '',
    ...changes,
  }));
  return sample('XZXK_FR', code, [...rows, { ...rows[0]!, 许可内容: '冷食类食品制售' }], {
    ...COMMON,
    rejections: {
      ...COMMON.rejections,
      ENUM_UNKNOWN: 1,
      DATE_ORDER: 1,
      AUTHORITY_UNKNOWN: 1,
      OUTSIDE_CATALOGUE: 1,
      DUPLICATE: 1,
    },
  });
}

export function penalties(): Sample {
  const { code, name } = DEPARTMENTS.MARKET;
  const entries = [
    ...Array.from({ length: 20 }, (_, n) => clean(n)),
    ...dirt('处罚决定日期', '违法事实', '行政处罚决定书文号'),
    dirty(20, { 处罚类别: '未知类别' }),
    dirty(21, { '罚款金额(万元)': '-1' }),
    dirty(22, { '罚款金额(万元)': '', 处罚类别: '警告;罚款' }),
    dirty(23, { 处罚依据: '《中华人民共和国治安管理处罚法》第二十三条' }),
    dirty(24, { [CATEGORY]: '个体工商户' }),
  ];
  const rows = entries.map(({ body: of, changes }, n) => ({
    ...identity(of),
    行政处罚决定书文号: `汶市监处罚〔2026〕${n}号`,
    违法行为类型: '违反食品安全管理规定',
    违法事实: '经营标签不符合规定的食品',
    处罚依据: '《中华人民共和国食品安全法》第一百二十五条',
    处罚类别: '罚款',
    处罚内容: '罚款',
    '罚款金额(万元)': ['0.5', '3', '12.50'][n % 3] as string,
    '没收违法所得、没收非法财物的金额(万元)': '',
    暂扣或吊销证照名称及编号: '',
    处罚决定日期: '2026/11/12',
    处罚有效期: '2099/12/31',
    公示截止期: '2027/11/12',
    处罚机关: name,
    处罚机关统一社会信用代码: code,
    数据来源单位: name,
    数据来源单位统一社会信用代码: code,
    备注: '',
    ...changes,
  }));
  return sample('XZCF_FR', code, [...rows, rows[0]!], {
    ...COMMON,
    rejections: {
      ...COMMON.rejections,
      REQUIRED_MISSING: 3,
      ENUM_UNKNOWN: 1,
      AMOUNT_INVALID: 1,
      OUTSIDE_CATALOGUE: 1,
      SUBJECT_KIND_MISMATCH: 1,
      DUPLICATE: 1,
    },
  });
}

const identity = ({ name, category, code, representative }: Body) => ({
  [NAME]: name,
  [CATEGORY]: category,
  [CODE]: code,
  [NUMBER]: '',
  '行政相对人代码_3(组织机构代码)': '',
  '行政相对人代码_4(税务登记号)': '',
  '行政相对人代码_5(事业单位证书号)': '',
  '行政相对人代码_6(社会组织登记证号)': '',
  法定代表人: representative,
  法定代表人证件类型: '',
  法定代表人证件号码: '',
});

type Tallies = Pick<Sample['expected'], 'rejections' | 'corrections' | 'warnings'>;

function sample(item: string, department: string, rows: readonly Record<string, string>[], tallies: Tallies): Sample {
  const header = Object.keys(rows[0] ?? {});
  const rejected = Object.values(tallies.rejections).reduce((a, b) => a + b, 0);
  return {
    item,
    department,
    header,
    rows: rows.map((row) => header.map((column) => row[column] ?? '')),
    expected: { read: rows.length, accepted: rows.length - rejected, rejected, ...tallies },
  };
}

/** As the county's spreadsheets write it: a byte order mark, CRLF, quotes only where needed. */
export function csv(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const cell = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return `\ufeff${[header, ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}

let table: Map<string, number> | null = null;

/** In GB18030, of which Node reads but does not write: two bytes a character, as far as GBK goes. */
export function gb18030(text: string): Buffer {
  table ??= twoByteCharacters();
  const bytes: number[] = [];
  for (const character of text.replace('\ufeff', '')) {
    const code = table.get(character);
    if (character <= '\u007f') bytes.push(character.charCodeAt(0));
    else if (code !== undefined) bytes.push(code >> 8, code & 0xff);
    else throw new RangeError(`${character} takes four bytes in GB18030`);
  }
  return Buffer.from(bytes);
}

function twoByteCharacters(): Map<string, number> {
  const decoder = new TextDecoder('gb18030');
  const found = new Map<string, number>();
  for (let lead = 0x81; lead <= 0xfe; lead += 1) {
    for (let trail = 0x40; trail <= 0xfe; trail += 1) {
      const character = decoder.decode(Uint8Array.of(lead, trail));
      if (trail !== 0x7f && character.length === 1) found.set(character, (lead << 8) | trail);
    }
  }
  return found;
}
