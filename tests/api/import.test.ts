import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { citizenId, unifiedCode } from '../kit/codes.js';
import { type Hub, startHub } from '../kit/hub.js';
import {
  body,
  csv,
  DEPARTMENTS,
  departmentsCsv,
  gb18030,
  penalties,
  permits,
  RECEIVED,
  type Sample,
  subjects,
} from '../kit/samples.js';
import { sql } from '../kit/sql.js';

let hub: Hub;
let folder: string;
beforeAll(async () => {
  hub = await startHub({ demo: false });
  folder = await mkdtemp(join(tmpdir(), 'hub-import-'));
});
afterAll(async () => {
  await hub.remove();
  await rm(folder, { recursive: true, force: true });
});

async function file(name: string, content: string | Buffer): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

// penalties come as the county's oldest system writes them
const encoded = (name: string, text: string) => (name === 'penalties' ? gb18030(text) : text);
const textOf = ({ header, rows }: Pick<Sample, 'header' | 'rows'>) => csv(header, rows);

async function run(
  path: string,
  { item, department }: Pick<Sample, 'item' | 'department'>,
  received = RECEIVED,
  more: string[] = [],
) {
  const args = ['import', path, '--item', item, '--department', department, '--received', received, '--json', ...more];
  const { code, stdout, stderr } = await hub.cli(args);
  if (code !== 0) throw new Error(`exit ${code}: ${stderr}`);
  return JSON.parse(stdout);
}

const owner = <T extends Record<string, unknown>>(text: string, values?: unknown[]) =>
  sql<T>(hub.ownerUrl, text, values);
const countOf = async (table: string) =>
  Number((await owner<{ n: string }>(`select count(*) as n from ${table}`))[0]?.n);

test('departments are loaded, and those whose function nothing says are told', async () => {
  const path = await file('departments.csv', departmentsCsv());
  expect(await hub.cli(['departments', path])).toMatchObject({ code: 0 });
  expect(await owner(`select functions from department where code = $1`, [DEPARTMENTS.COURT.code])).toEqual([
    { functions: ['COURT'] },
  ]);
  const plain = await file(
    'plain.csv',
    csv(
      ['名称', '统一社会信用代码'],
      [
        ['汶上县民政局', unifiedCode('11', 900010)],
        ['某中心', unifiedCode('11', 900011)],
      ],
    ),
  );
  const { code, stderr } = await hub.cli(['departments', plain]);
  expect(code).toBe(0);
  expect(stderr).toContain(unifiedCode('11', 900011));
  expect(
    await owner(`select code, functions from department where code = any($1) order by code`, [
      [unifiedCode('11', 900010), unifiedCode('11', 900011)],
    ]),
  ).toEqual([
    { code: unifiedCode('11', 900010), functions: ['CIVIL_AFFAIRS'] },
    { code: unifiedCode('11', 900011), functions: [] },
  ]);
});

describe.each<[string, () => Sample, string]>([
  ['subjects', subjects, '存续'],
  ['permits', permits, '热食类食品制售'],
  ['penalties', penalties, '经营标签不符合规定的食品'],
])('%s', (name, make, phrase) => {
  const sample = make();

  test('are judged exactly as the contract says', async () => {
    const answer = await run(await file(`${name}.csv`, encoded(name, textOf(sample))), sample);
    const { item, department } = sample;
    expect(answer).toEqual({
      ...sample.expected,
      item,
      department,
      batch: expect.any(String),
      revised: 0,
      unchanged: 0,
      repeated: false,
      unknownColumns: [],
    });
  });

  test('are answered again, and not stored, when they come again', async () => {
    const before = await countOf('import_row');
    const answer = await run(join(folder, `${name}.csv`), sample);
    expect(answer).toMatchObject({ ...sample.expected, repeated: true });
    expect(await countOf('import_row')).toBe(before);
  });

  test('are unchanged in another order, with columns in another order', async () => {
    const turned = {
      header: sample.header.toReversed(),
      // the repeated first row stays behind its twin
      rows: [...sample.rows.slice(1, -1), sample.rows[0]!, sample.rows.at(-1)!].map((row) => row.toReversed()),
    };
    const rows = name === 'subjects' ? sample.rows.map((row) => row.toReversed()).toReversed() : turned.rows;
    const answer = await run(await file(`${name}-turned.csv`, textOf({ ...turned, rows })), sample);
    expect(answer).toMatchObject({ ...sample.expected, revised: 0, unchanged: sample.expected.accepted });
  });

  test('are revised where one says something else', async () => {
    const at = sample.rows.findIndex((row) => row.includes(phrase));
    const rows = sample.rows.map((row, i) =>
      i === at ? row.map((cell) => (cell === phrase ? `${phrase}（更正）` : cell)) : row,
    );
    const answer = await run(await file(`${name}-changed.csv`, textOf({ ...sample, rows })), sample);
    expect(answer).toMatchObject({ ...sample.expected, revised: 1, unchanged: sample.expected.accepted - 1 });
  });
});

test('a revision keeps what stood before, an unchanged row makes none', async () => {
  const rows = await owner<{ table_name: string; n: number }>(
    `select table_name, count(*)::int as n from row_revision where table_name in ('subject', 'credit_record') group by 1 order by 1`,
  );
  expect(rows).toEqual([
    { table_name: 'credit_record', n: 2 },
    { table_name: 'subject', n: 1 },
  ]);
});

test('an earlier as-of changes nothing, the same one with other content goes to review', async () => {
  const sample = penalties();
  const rows = sample.rows.slice(0, 1);
  const other = (text: string) =>
    rows.map((row) => row.map((cell) => (cell === '罚款' ? cell : cell.replace('经营标签不符合规定的食品', text))));
  const early = await run(await file('early.csv', textOf({ ...sample, rows: other('早先') })), sample, RECEIVED, [
    '--as-of',
    '2020-01-01T00:00:00Z',
  ]);
  expect(early).toMatchObject({ accepted: 1, revised: 0, unchanged: 1 });
  const asOf = ['--as-of', '2099-01-01T00:00:00Z'];
  expect(
    await run(await file('later.csv', textOf({ ...sample, rows: other('后来') })), sample, RECEIVED, asOf),
  ).toMatchObject({ revised: 1 });
  const conflict = await run(
    await file('same.csv', textOf({ ...sample, rows: other('同时') })),
    sample,
    RECEIVED,
    asOf,
  );
  expect(conflict).toMatchObject({ accepted: 1, revised: 0, unchanged: 0, warnings: { AS_OF_CONFLICT: 1 } });
  expect(await owner(`select kind from review_item`)).toEqual([{ kind: 'AS_OF_CONFLICT' }]);
  expect(await owner(`select facts from credit_record where facts in ('早先', '后来', '同时')`)).toEqual([
    { facts: '后来' },
  ]);
});

test('nobody’s id or phone number stands in a plain column', async () => {
  const id = citizenId('19850214', 232);
  for (const table of ['credit_record', 'import_row', 'subject', 'row_revision']) {
    const hits = await owner(
      `select 1 from ${table} t where t::text like '%' || $1 || '%' or t::text like '%13800000000%'`,
      [id],
    );
    expect(hits).toEqual([]);
  }
  const [record] = await owner<{ facts: string }>(
    `select facts from credit_record where personal_text and record_type = 'PENALTY'`,
  );
  expect(record?.facts).toBe(`当事人身份证号${id.slice(0, 6)}********${id.slice(14)}，电话138****0000`);
});

test('rules make severity and publicity, the file does not', async () => {
  const rows = await owner(
    `select fine::text as fine, severity, public_from::text, public_until::text, expires_on::text, rule_version from credit_record
     where record_type = 'PENALTY' and decided_on = '2026-11-12' group by fine, severity, public_from, public_until, expires_on, rule_version order by credit_record.fine`,
  );
  const common = { expires_on: '2031-11-12', rule_version: 'PENALTY_SEVERITY@2026-04-01' };
  expect(rows).toEqual([
    { fine: '5000.00', severity: 'MINOR', public_from: null, public_until: null, ...common },
    { fine: '30000.00', severity: 'GENERAL', public_from: '2026-11-12', public_until: '2027-11-12', ...common },
    { fine: '125000.00', severity: 'SERIOUS', public_from: '2026-11-12', public_until: '2029-11-12', ...common },
  ]);
});

describe('natural persons', () => {
  const PERSON = {
    行政相对人名称: '张示例',
    行政相对人类别: '自然人',
    证件类型: '身份证',
    证件号码: citizenId('19850214', 777),
  };
  const { code, name } = DEPARTMENTS.MARKET;
  const ROW = {
    ...PERSON,
    行政处罚决定书文号: '汶市监处罚〔2026〕P1号',
    违法行为类型: '无证经营',
    违法事实: '无证经营食品',
    处罚依据: '《中华人民共和国食品安全法》第一百二十二条',
    处罚类别: '罚款',
    处罚内容: '罚款',
    '罚款金额(万元)': '20',
    处罚决定日期: '2026/11/12',
    处罚有效期: '2099/12/31',
    处罚机关: name,
    处罚机关统一社会信用代码: code,
    数据来源单位: name,
    数据来源单位统一社会信用代码: code,
  };
  const item = { item: 'XZCF_ZRR', department: code };
  const persons = (...changes: Partial<typeof ROW>[]) =>
    csv(
      Object.keys(ROW),
      changes.map((change) => Object.values({ ...ROW, ...change })),
    );

  test('are stored masked, never public, and found again', async () => {
    const first = await run(
      await file(
        'persons.csv',
        persons({}, { 行政处罚决定书文号: 'P2' }, { 行政处罚决定书文号: 'P3', 证件号码: '370830198502300014' }),
      ),
      item,
    );
    expect(first).toMatchObject({ accepted: 2, rejected: 1, rejections: { CITIZEN_ID_INVALID: 1 }, warnings: {} });
    const again = await run(
      await file('persons2.csv', persons({ 行政处罚决定书文号: 'P4', 行政相对人名称: '李示例' })),
      item,
    );
    expect(again).toMatchObject({ accepted: 1, warnings: { NAME_MISMATCH: 1 } });
    expect(await owner(`select name, id_masked, provisional from subject where kind = 'NATURAL_PERSON'`)).toEqual([
      { name: '张**', id_masked: `370899********${PERSON.证件号码.slice(14)}`, provisional: false },
    ]);
    expect(
      await owner(`select distinct disclosure, public_from from credit_record where subject_kind = 'NATURAL_PERSON'`),
    ).toEqual([{ disclosure: 'AUTHORISED', public_from: null }]);
    for (const table of ['subject', 'credit_record', 'import_row', 'person_identity']) {
      expect(await owner(`select 1 from ${table} t where t::text ~ $1`, [`${PERSON.证件号码}|张示例|李示例`])).toEqual(
        [],
      );
    }
  });

  test('under 18 are not collected, and nothing of the row is kept', async () => {
    const answer = await run(
      await file('minor.csv', persons({ 行政处罚决定书文号: 'P5', 证件号码: citizenId('20101112', 1) })),
      item,
    );
    expect(answer).toMatchObject({ accepted: 0, rejections: { OUTSIDE_CATALOGUE: 1 } });
    expect(
      await owner(
        `select r."values" from import_row r join import_batch b on b.id = r.batch_id order by b.created_at desc limit 1`,
      ),
    ).toEqual([{ values: {} }]);
  });
});

describe('entries of received lists', () => {
  const header = '名单代码 主体名称 统一社会信用代码 文书号 列入事由 列入日期 截止日期'.split(' ');
  const entry = (list: string, n: number, endsOn = '') => [
    list,
    body(n).name,
    body(n).code,
    `（2026）鲁0830执${n}号`,
    '有履行能力而拒不履行',
    '2026-11-01',
    endsOn,
  ];

  test('are in force at once, to their own end or the list’s', async () => {
    const path = await file(
      'entries.csv',
      csv(header, [entry('SXBZXR', 1), entry('SXBZXR', 2, '2027-01-01'), entry('ZDSSWF', 3), entry('TQNMGGZ', 4)]),
    );
    const answer = await run(path, { item: 'YZSX_MD', department: DEPARTMENTS.COURT.code });
    expect(answer).toMatchObject({ accepted: 2, rejected: 2, rejections: { OUTSIDE_CATALOGUE: 2 } });
    expect(await owner(`select state, listed_on::text, ends_on::text from list_entry order by ends_on`)).toEqual([
      { state: 'LISTED', listed_on: '2026-11-01', ends_on: '2027-01-01' },
      { state: 'LISTED', listed_on: '2026-11-01', ends_on: '2028-11-01' },
    ]);
    expect(await owner(`select code from credit_list where received_up_to is not null`)).toEqual([{ code: 'SXBZXR' }]);
  });
});

test('a provisional subject becomes a registered one, and its records follow its kind', async () => {
  const code = unifiedCode('91', 700001);
  const { header, item, department } = subjects();
  const row = [
    code,
    '汶上示例后来登记合作社',
    '农民专业合作社',
    '示例人',
    '',
    '2020-01-01',
    '',
    '',
    DEPARTMENTS.APPROVAL.name,
    '存续',
  ];
  expect(await run(await file('registered.csv', csv(header, [row])), { item, department })).toMatchObject({
    accepted: 1,
    revised: 0,
  });
  expect(await owner(`select name, kind, provisional from subject where code = $1`, [code])).toEqual([
    { name: '汶上示例后来登记合作社', kind: 'COOPERATIVE', provisional: false },
  ]);
  expect(
    await owner(
      `select distinct subject_kind from credit_record r join subject s on s.id = r.subject_id where s.code = $1`,
      [code],
    ),
  ).toEqual([{ subject_kind: 'COOPERATIVE' }]);
  const renamed = await run(await file('renamed.csv', csv(header, [row.with(1, '汶上示例改名合作社')])), {
    item,
    department,
  });
  expect(renamed).toMatchObject({ revised: 1 });
  expect(
    await owner(`select f.name from former_name f join subject s on s.id = f.subject_id where s.code = $1`, [code]),
  ).toEqual([{ name: '汶上示例后来登记合作社' }]);
});

describe('a file that cannot be used at all', () => {
  const { header, rows } = permits();
  test.each<[string, string | Buffer, string, string]>([
    ['of an item that is none', csv(header, rows), 'NO_ITEM', DEPARTMENTS.APPROVAL.code],
    ['from a department that is none', csv(header, rows), 'XZXK_FR', unifiedCode('11', 5)],
    ['from a department that does not provide it', csv(header, rows), 'YZSX_MD', DEPARTMENTS.APPROVAL.code],
    ['without a column of the item', csv(['甲', '乙'], [['1', '2']]), 'XZXK_FR', DEPARTMENTS.APPROVAL.code],
    ['that is empty', '', 'XZXK_FR', DEPARTMENTS.APPROVAL.code],
    ['in no known encoding', Buffer.from([0xff, 0xff, 0x80, 0x0a]), 'XZXK_FR', DEPARTMENTS.APPROVAL.code],
  ])('%s', async (_, content, item, department) => {
    const before = await countOf('import_batch');
    const path = await file('unusable.csv', content);
    const { code, stdout, stderr } = await hub.cli([
      'import',
      path,
      '--item',
      item,
      '--department',
      department,
      '--json',
    ]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).not.toBe('');
    expect(await countOf('import_batch')).toBe(before);
  });
});

test('columns that the item lacks are told and dropped', async () => {
  const { header, rows, item, department } = permits();
  const wide = csv([...header, '内部编号'], [[...rows[0]!.with(header.indexOf('许可编号'), 'JY-X'), '秘密']]);
  expect(await run(await file('unknown.csv', wide), { item, department })).toMatchObject({
    accepted: 1,
    unknownColumns: ['内部编号'],
  });
  expect(await owner(`select 1 from import_row where "values"::text like '%秘密%'`)).toEqual([]);
});
