import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { itemOf } from '../../src/catalogue/index.js';
import { citizenId, unifiedCode } from '../kit/codes.js';
import { type Hub, startHub } from '../kit/hub.js';
import {
  csv,
  DEPARTMENTS,
  departmentsCsv,
  penalties,
  permits,
  RECEIVED,
  type Sample,
  subjects,
} from '../kit/samples.js';
import { sql } from '../kit/sql.js';
import { type CellValue, parts, readBack, xlsx, zip } from '../kit/workbooks.js';

let hub: Hub;
let twin: Hub;
let folder: string;
beforeAll(async () => {
  [hub, twin] = await Promise.all([startHub({ demo: false }), startHub({ demo: false })]);
  folder = await mkdtemp(join(tmpdir(), 'hub-xlsx-api-'));
  const departments = await file('departments.csv', departmentsCsv());
  for (const each of [hub, twin]) expect(await each.cli(['departments', departments])).toMatchObject({ code: 0 });
});
afterAll(async () => {
  await Promise.all([hub.remove(), twin.remove()]);
  await rm(folder, { recursive: true, force: true });
});

async function file(name: string, content: string | Buffer): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

type Named = Pick<Sample, 'item' | 'department'>;
const imported = (on: Hub, path: string, { item, department }: Named, more: readonly string[] = []) =>
  on.cli(['import', path, '--item', item, '--department', department, '--received', RECEIVED, '--json', ...more]);

async function run(path: string, sample: Named, on = hub, more: readonly string[] = []) {
  const { code, stdout, stderr } = await imported(on, path, sample, more);
  if (code !== 0) throw new Error(`exit ${code}: ${stderr}`);
  return JSON.parse(stdout);
}

const rowsOf = ({ header, rows }: Pick<Sample, 'header' | 'rows'>): string[][] => [
  [...header],
  ...rows.map((row) => [...row]),
];

/** All that an import stores, without what differs from one to the next. */
async function stored(on: Hub): Promise<unknown> {
  const ids = new Set([
    'id',
    'subject_id',
    'batch_id',
    'record_id',
    'as_of',
    'created_at',
    'updated_at',
    'finished_at',
    'revised_at',
    'row_id',
    'sealed',
    'content_sha256',
    'last_revised_at',
  ]);
  const plain = (row: Record<string, unknown>) =>
    Object.fromEntries(Object.entries(row).filter(([name]) => !ids.has(name)));
  const tables = ['subject', 'credit_record', 'import_row', 'import_batch', 'personal_text', 'review_item'];
  const found = await Promise.all(
    tables.map((table) =>
      sql<{ row: Record<string, unknown> }>(on.ownerUrl, `select to_jsonb(t) as row from ${table} t`),
    ),
  );
  return Object.fromEntries(
    tables.map((table, i) => [table, found[i]?.map(({ row }) => JSON.stringify(plain(row))).sort()]),
  );
}

test('the same rows as CSV and as XLSX are judged and stored alike', async () => {
  for (const [name, sample] of Object.entries({ subjects: subjects(), permits: permits(), penalties: penalties() })) {
    const rows = rowsOf(sample);
    const answers = [
      await run(await file(`${name}.csv`, csv(sample.header, sample.rows)), sample, twin),
      await run(await file(`${name}.xlsx`, await xlsx(rows)), sample, hub),
    ].map(({ batch: _, ...answer }) => answer);
    expect(answers[1]).toMatchObject({ ...sample.expected, repeated: false });
    expect(answers[1]).toEqual(answers[0]);
  }
  expect(await stored(hub)).toEqual(await stored(twin));
});

test('the same workbook again is answered again, and nothing is stored', async () => {
  const count = async () =>
    Number((await sql<{ n: string }>(hub.ownerUrl, 'select count(*) as n from import_row'))[0]?.n);
  const before = await count();
  expect(await run(join(folder, 'penalties.xlsx'), penalties())).toMatchObject({
    ...penalties().expected,
    repeated: true,
  });
  expect(await count()).toBe(before);
});

describe('numbers in cells', () => {
  const sample = permits();
  const [clean = []] = sample.rows;
  const place = (label: string) => sample.header.indexOf(label);
  const CODE = '行政相对人代码_1(统一社会信用代码)';
  let no = 0;
  /** a clean row under a number of its own, with these cells */
  const row = (changes: Record<string, CellValue> = {}): CellValue[] => {
    const cells: CellValue[] = [...clean];
    no += 1;
    cells[place('许可编号')] = `NO-${no}`;
    for (const [label, value] of Object.entries(changes)) cells[place(label)] = value;
    return cells;
  };
  const lastRows = (n: number) =>
    sql<{ values: Record<string, string>; issues: { code: string; field: string }[] }>(
      hub.ownerUrl,
      `select "values", issues from import_row where batch_id = (select id from import_batch order by created_at desc limit 1)
       order by row_no limit $1`,
      [n],
    );

  test('a day is a serial day, a status 1 is 1, a number of 15 digits keeps them', async () => {
    const path = await file(
      'numbers.xlsx',
      await xlsx([
        [...sample.header],
        row({ 许可决定日期: 46338, 有效期自: new Date('2026-11-12T00:00:00Z'), 当前状态: 1 }),
        row({ '行政相对人代码_2(工商注册号)': 370830200007001, 许可编号: { formula: '"F"&"1"', result: 'F1' } }),
      ]),
    );
    expect(await run(path, sample)).toMatchObject({ accepted: 2, rejections: {}, corrections: { DATE_FORMAT: 1 } });
    const [first, second] = await lastRows(2);
    expect(first?.values).toMatchObject({ XK_JDRQ: '2026-11-12', XK_YXQZ: '2026-11-12', XK_ZT: '1' });
    expect(second?.values).toMatchObject({ XK_XDR_GSZC: '370830200007001', XK_XKBH: 'F1' });
  });

  test('a code of 18 digits that became a number is refused by name, and nothing of it is kept', async () => {
    const digits = `${citizenId('19850214', 1).slice(0, 15)}000`;
    const path = await file(
      'digits.xlsx',
      await xlsx([
        [...sample.header],
        row({ [CODE]: Number('113708300000000001') }),
        row({ 许可机关统一社会信用代码: Number('1.1370830000000001e17') }),
        row({ 法定代表人证件号码: Number(digits) }),
        row({ 许可内容: { formula: '1/0', result: { error: '#DIV/0!' } } }),
      ]),
    );
    expect(await run(path, sample)).toMatchObject({
      accepted: 0,
      rejections: { DIGITS_LOST: 3, CELL_ERROR: 1 },
    });
    const rows = await lastRows(4);
    expect(rows.map(({ issues }) => issues[0]?.field)).toEqual(['XK_XDR_SHXYM', 'XK_XKJGDM', 'XK_FR_ZJHM', 'XK_NR']);
    expect(JSON.stringify(rows)).not.toMatch(/11370830000000000|1\.137|E\+?17|370899198502140/);
  });
});

describe('a workbook that cannot be used at all', () => {
  const sample = permits();
  test.each<[string, () => Promise<Buffer> | Buffer, RegExp]>([
    [
      'with a foreign header line',
      () =>
        xlsx([
          ['甲', '乙'],
          ['1', '2'],
        ]),
      /表头没有该数据项的任何列/,
    ],
    ['with rows on two sheets', () => xlsx({ 一: rowsOf(sample), 二: rowsOf(sample) }), /不止一张工作表/],
    ['of an older Excel', () => Buffer.from('d0cf11e0a1b11ae1000000', 'hex'), /\.xls/],
    ['that is another zip', () => zip([{ name: 'a.csv', data: csv(sample.header, sample.rows) }]), /ZIP 不是工作簿/],
    ['that is a bomb', () => zip(parts(' '.repeat(8 << 20))), /压缩比异常/],
  ])('%s', async (_, make, message) => {
    const { code, stdout, stderr } = await imported(hub, await file('unusable.xlsx', await make()), sample);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr).not.toContain(folder);
  });

  test('departments come by CSV', async () => {
    const { code, stderr } = await hub.cli([
      'departments',
      await file('d.xlsx', await xlsx([['名称', '统一社会信用代码']])),
    ]);
    expect(code).toBe(2);
    expect(stderr).toContain('CSV');
  });
});

describe('a template', () => {
  test('needs no token, holds texts, offers the options and says what each column is', async () => {
    const answer = await fetch(`${hub.url}/templates/XZXK_FR.xlsx`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toContain('spreadsheetml');
    expect(answer.headers.get('content-disposition')).toContain("filename*=UTF-8''");
    const { workbook, sheet, header } = await readBack(await answer.arrayBuffer());
    const own = permits().header.filter((label) => label !== '备注');
    expect(header).toEqual(expect.arrayContaining([...own]));
    expect(sheet.getColumn(1).numFmt).toBe('@');
    const kind = sheet.getRow(2).getCell(header.indexOf('许可类别') + 1);
    expect(kind.dataValidation).toMatchObject({ type: 'list', formulae: [expect.stringContaining('值域!')] });
    const guide = workbook.getWorksheet('填写说明')!;
    const lines = guide.getSheetValues().map((values) => (values as unknown[] | undefined)?.slice(1).join('|') ?? '');
    expect(lines).toEqual(
      expect.arrayContaining([
        'XK_XKLB|许可类别|单选|必填|256|普通、特许、认可、核准、登记、其他-',
        expect.stringContaining('法定依据|山东省社会信用条例 第十条'),
      ]),
    );
  });

  test.each(['XZXK_FR', 'XZCF_ZRR', 'DJ_SCZT', 'YZSX_MD'])('of %s names exactly its own columns', async (item) => {
    const text = await (await fetch(`${hub.url}/templates/${item}.csv`)).text();
    const { header } = await readBack(await (await fetch(`${hub.url}/templates/${item}.xlsx`)).arrayBuffer());
    expect(text.trim().split(',')).toEqual(header);
    expect(itemOf(item)?.fields.map(({ label }) => label)).toEqual(header);
  });

  test('filled in, is a file to import', async () => {
    const sample = permits();
    const { workbook, sheet, header } = await readBack(
      await (await fetch(`${hub.url}/templates/XZXK_FR.xlsx`)).arrayBuffer(),
    );
    const first = sample.rows[0]!.with(sample.header.indexOf('许可编号'), 'TEMPLATE-1');
    sheet.addRow(header.map((label) => first[sample.header.indexOf(label)] || null));
    const path = await file('filled.xlsx', Buffer.from(await workbook.xlsx.writeBuffer()));
    expect(await run(path, sample)).toMatchObject({ read: 1, accepted: 1, unknownColumns: [] });
  });

  test.each(['NO_ITEM.xlsx', 'XZXK_FR.xls', 'XZXK_FR', '..%2fetc'])('%s is NOT_FOUND', async (name) => {
    const answer = await fetch(`${hub.url}/templates/${name}`);
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({ errors: [{ extensions: { code: 'NOT_FOUND' } }] });
  });
});

describe('rejected rows', () => {
  const sample = permits();
  let batch: string;
  beforeAll(async () => {
    const rows = sample.rows.map((row) =>
      row.with(sample.header.indexOf('许可编号'), `R-${row[sample.header.indexOf('许可编号')]}`),
    );
    ({ batch } = await run(await file('again.xlsx', await xlsx(rowsOf({ ...sample, rows }))), sample));
  });

  const ask = async (role: string | null, department?: string, headers: Record<string, string> = {}, id = batch) => {
    const token = role && (await hub.token({ role, ...(department ? { department } : {}) }));
    return fetch(`${hub.url}/imports/${id}/rejected.xlsx`, {
      headers: { ...(token ? { authorization: `Bearer ${token}` } : {}), ...headers },
    });
  };
  const codeOf = async (answer: Response) =>
    `${answer.status} ${((await answer.json()) as { errors: { extensions: { code: string } }[] }).errors[0]?.extensions.code}`;
  const APPROVAL = DEPARTMENTS.APPROVAL.code;

  test('go to who may read the batch, as importBatch does, and to nobody else', async () => {
    expect((await ask('DEPARTMENT', APPROVAL)).status).toBe(200);
    expect((await ask('CREDIT_OFFICE', APPROVAL, { 'x-hub-purpose': 'SUPERVISION' })).status).toBe(200);
    expect(await codeOf(await ask('CREDIT_OFFICE', APPROVAL))).toBe('403 PURPOSE_REQUIRED');
    expect(await codeOf(await ask(null))).toBe('403 FORBIDDEN');
    expect(await codeOf(await ask('SERVICE_HALL', APPROVAL))).toBe('403 FORBIDDEN');
    expect(await codeOf(await ask('SYSTEM_ADMIN'))).toBe('403 FORBIDDEN');
    expect(await codeOf(await ask('DEPARTMENT', DEPARTMENTS.MARKET.code))).toBe('404 NOT_FOUND');
    expect(await codeOf(await ask('DEPARTMENT', APPROVAL, {}, 'AaITiprid8mdmGa-I4bmakltcG9ydEJhdGNo'))).toBe(
      '404 NOT_FOUND',
    );
    expect(await codeOf(await ask('DEPARTMENT', APPROVAL, {}, 'x'))).toBe('404 NOT_FOUND');
    expect(
      (await fetch(`${hub.url}/imports/${batch}/rejected.xlsx`, { headers: { authorization: 'Bearer x' } })).status,
    ).toBe(401);
  });

  test('are told in the log, given or refused', async () => {
    const events = await sql(
      hub.ownerUrl,
      `select role, outcome, labels from access_event where operation = 'importBatch' and role in ('DEPARTMENT', 'PUBLIC', 'CREDIT_OFFICE')
       group by role, outcome, labels order by 1, 2`,
    );
    expect(events).toEqual([
      { role: 'CREDIT_OFFICE', outcome: 'OK', labels: ['GOVERNMENT'] },
      { role: 'CREDIT_OFFICE', outcome: 'PURPOSE_REQUIRED', labels: [] },
      { role: 'DEPARTMENT', outcome: 'OK', labels: ['GOVERNMENT'] },
      { role: 'PUBLIC', outcome: 'FORBIDDEN', labels: [] },
    ]);
  });

  test('have their reasons before them, and a mark and a comment on the cell at fault', async () => {
    const { sheet, header } = await readBack(await (await ask('DEPARTMENT', APPROVAL)).arrayBuffer());
    expect(sheet.rowCount - 1).toBe(sample.expected.rejected);
    const place = (label: string) => header.indexOf(label) + 1;
    const reasons = [...(sheet.getColumn(1).values as Iterable<string>)].slice(2);
    expect(reasons).toContainEqual(expect.stringMatching(/^第 \d+ 行 许可决定日期：日期无效$/));
    const at = reasons.findIndex((reason) => reason.endsWith('许可决定日期：日期无效')) + 2;
    const cell = sheet.getRow(at).getCell(place('许可决定日期'));
    expect(cell.value).toBe('2026-02-30');
    expect(cell.fill).toMatchObject({ fgColor: { argb: 'FFFFC7CE' } });
    expect(JSON.stringify(cell.note)).toContain('日期无效');
    expect(sheet.getRow(at).getCell(place('许可内容')).fill).not.toMatchObject({ pattern: 'solid' });
    const english = await readBack(
      await (await ask('DEPARTMENT', APPROVAL, { 'accept-language': 'en' })).arrayBuffer(),
    );
    expect(english.sheet.getColumn(1).values).toContainEqual(expect.stringContaining('not a date'));
  });

  test('put right, are a file to import without a rejection', async () => {
    const { workbook, sheet, header } = await readBack(await (await ask('DEPARTMENT', APPROVAL)).arrayBuffer());
    const right = Object.fromEntries(sample.header.map((label, i) => [label, sample.rows[0]![i]!]));
    sheet.eachRow((row, n) => {
      if (n === 1) return;
      header.forEach((label, i) => {
        if (i > 0) row.getCell(i + 1).value = right[label] || null;
      });
      row.getCell(header.indexOf('许可编号') + 1).value = `RIGHT-${n}`;
    });
    const path = await file('right.xlsx', Buffer.from(await workbook.xlsx.writeBuffer()));
    const answer = await run(path, sample);
    expect(answer).toMatchObject({
      read: sample.expected.rejected,
      accepted: sample.expected.rejected,
      rejected: 0,
      rejections: {},
      unknownColumns: [],
    });
  });

  test('of persons are masked as they are in the batch, and say so', async () => {
    const { code, name } = DEPARTMENTS.APPROVAL;
    const id = citizenId('19850214', 555);
    const row = {
      行政相对人名称: '张示例',
      行政相对人类别: '自然人',
      证件类型: '身份证',
      证件号码: id,
      行政许可决定文书名称: '准予行政许可决定书',
      行政许可决定文书号: '汶审许字〔2026〕第P1号',
      许可类别: '普通',
      许可内容: '驾驶',
      许可决定日期: '2026-02-30',
      有效期自: '2026/11/12',
      有效期至: '2099/12/31',
      许可机关: name,
      许可机关统一社会信用代码: code,
      当前状态: '1',
      数据来源单位: name,
      数据来源单位统一社会信用代码: code,
    };
    const item = { item: 'XZXK_ZRR', department: code };
    const out = join(folder, 'rejected-persons.xlsx');
    const path = await file('persons.xlsx', await xlsx([Object.keys(row), Object.values(row)]));
    const answer = await run(path, item, hub, ['--rejected', out]);
    expect(answer).toMatchObject({ rejected: 1, rejections: { DATE_INVALID: 1 } });
    const local = await readFile(out);
    expect((await stat(out)).mode & 0o777).toBe(0o600);
    const served = Buffer.from(await (await ask('DEPARTMENT', code, {}, answer.batch)).arrayBuffer());
    for (const bytes of [local, served]) {
      const { sheet, header } = await readBack(bytes);
      const cell = sheet.getRow(2).getCell(header.indexOf('证件号码') + 1);
      expect(cell.value).toBe(`${id.slice(0, 6)}********${id.slice(14)}`);
      expect(JSON.stringify(cell.note)).toContain('脱敏');
      expect(sheet.getRow(2).getCell(header.indexOf('行政相对人名称') + 1).value).toBe('张**');
    }
    // sent back as they are, the stars are no id
    expect(await run(out, item)).toMatchObject({ accepted: 0 });
    const { code: exit, stderr } = await imported(hub, path, item, ['--rejected', out]);
    expect(exit).toBe(2);
    expect(stderr).toContain('--rejected');
  });
});

test('a code that is no department’s is no way to a workbook', async () => {
  const { code } = await imported(hub, join(folder, 'permits.xlsx'), {
    item: 'XZXK_FR',
    department: unifiedCode('11', 5),
  });
  expect(code).toBe(2);
});
