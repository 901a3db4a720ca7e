import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { HubError } from '../../../src/platform/errors.js';
import type { Cell } from '../../../src/platform/xlsx/sheet.js';
import { Workbook } from '../../../src/platform/xlsx/workbook.js';
import { parts, xlsx, zip } from '../../kit/workbooks.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hub-xlsx-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function read(bytes: Buffer): Promise<Cell[][]> {
  const path = join(folder, 'book.xlsx');
  await writeFile(path, bytes);
  const workbook = await Workbook.open(path);
  try {
    const rows: Cell[][] = [];
    for await (const row of workbook.rows(workbook.sheets[0]!)) rows.push(row);
    return rows;
  } finally {
    workbook.close();
  }
}

async function refusal(bytes: Buffer): Promise<string> {
  const error = await read(bytes).catch((thrown: unknown) => thrown);
  if (!(error instanceof HubError)) throw new Error('it was read', { cause: error });
  return `${error.code} ${error.field} ${error.text.en}`;
}

const BAD = 'BAD_USER_INPUT file XLSX: ';
const MUCH = 'LIMIT_EXCEEDED file XLSX: ';
const PLAIN = { date: false, digits: 0 };

describe('a sheet', () => {
  test('gives shared, rich, inline and computed texts, numbers with their style, and null for what failed', async () => {
    const row = `<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="D1" t="inlineStr"><is><t>丁</t></is></c>
      <c r="E1" t="str"><f>A1&amp;"x"</f><v>戊</v></c><c r="F1" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="G1"><f>NOW()</f></c>
      <c r="H1"><v>1.25E1</v></c><c r="I1" s="1"><v>46338</v></c><c r="J1" s="2"><v>46338</v></c><c r="K1" s="3"><v>42</v></c>
      <c r="L1" t="b"><v>1</v></c><c r="M1" t="s"><v>2</v></c><c r="N1" t="d"><v>2026-11-12</v></c></row>`;
    expect(await read(zip(parts(row)))).toEqual([
      [
        '名称',
        '甲乙',
        '',
        '丁',
        '戊',
        null,
        null,
        { number: '1.25E1', style: PLAIN },
        { number: '46338', style: { date: true, digits: 0 } },
        { number: '46338', style: { date: true, digits: 0 } },
        { number: '42', style: { date: false, digits: 6 } },
        'TRUE',
        'a\rb',
        '2026-11-12',
      ],
    ]);
  });

  test('gives cells without a place one after the other, and no row that is blank', async () => {
    const rows =
      '<row><c t="s"><v>0</v></c><c><v>7</v></c></row><row/><row><c t="inlineStr"><is><t> </t></is></c></row><row r="9"><c r="B9"><v>1</v></c></row>';
    expect(await read(zip(parts(rows)))).toEqual([
      ['名称', { number: '7', style: PLAIN }],
      ['', { number: '1', style: PLAIN }],
    ]);
  });

  test('is read under prefixed names, as some writers have them', async () => {
    const sheet =
      '<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData><x:row><x:c t="s"><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>';
    expect(await read(zip(parts('', { 'xl/worksheets/sheet1.xml': sheet })))).toEqual([['甲乙']]);
  });

  test('has its shared texts whole, however many, across the blocks they lie in', async () => {
    const texts = Array.from({ length: 20_000 }, (_, n) => `第${n}号，汶上县${'示例'.repeat(n % 7)}`);
    const shared = `<sst>${texts.map((text) => `<si><t>${text}</t></si>`).join('')}</sst>`;
    const order = texts.map((_, n) => (n * 7919) % texts.length);
    const rows = order.map((n) => `<row><c t="s"><v>${n}</v></c></row>`).join('');
    const read_ = await read(zip(parts(rows, { 'xl/sharedStrings.xml': shared })));
    expect(read_).toEqual(order.map((n) => [texts[n]]));
  });

  test('leaves nothing in the folder for temporary files', async () => {
    const before = (await readdir(tmpdir())).filter((name) => /^hub-[A-Za-z0-9]{6}$/.test(name));
    await read(await xlsx([['名称'], ['甲']]));
    const after = (await readdir(tmpdir())).filter((name) => /^hub-[A-Za-z0-9]{6}$/.test(name));
    expect(after.filter((name) => !before.includes(name))).toEqual([]);
  });
});

describe('is refused by name', () => {
  const ROW = '<row><c t="s"><v>0</v></c></row>';
  const without = (name: string) => zip(parts(ROW, { [name]: null }));
  const DOCTYPE = '<!DOCTYPE worksheet [<!ENTITY a SYSTEM "file:///etc/passwd">]>';

  test.each<[string, Buffer, string]>([
    ['a zip that is no workbook', zip([{ name: 'a.txt', data: 'a' }]), `${BAD}this zip is no workbook`],
    [
      'another kind of document',
      zip(
        parts(ROW, {
          '[Content_Types].xml':
            '<Types><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
        }),
      ),
      `${BAD}no workbook, but another kind of document`,
    ],
    [
      'one with macros',
      zip(
        parts(ROW, {
          '[Content_Types].xml':
            '<Types><Override PartName="/xl/workbook.xml" ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>',
        }),
      ),
      `${BAD}XLSM and XLSB are not read: save it as XLSX`,
    ],
    ['a torn zip', zip(parts(ROW)).subarray(0, 300), `${BAD}not a whole zip file`],
    ['a missing sheet', without('xl/worksheets/sheet1.xml'), `${BAD}a part is missing`],
    ['missing relations', without('xl/_rels/workbook.xml.rels'), `${BAD}a part is missing`],
    [
      'a shared text that is not there',
      zip(parts('<row><c t="s"><v>99</v></c></row>')),
      `${BAD}a shared text is missing`,
    ],
    ['XML that is none', zip(parts('<row><c></row>')), `${BAD}a part is not well-formed XML`],
    [
      'a document type with an entity',
      zip(parts(ROW, { 'xl/worksheets/sheet1.xml': `${DOCTYPE}<worksheet/>` })),
      `${BAD}a document type is not taken`,
    ],
    [
      'an entity that nothing defines',
      zip(parts('<row><c t="inlineStr"><is><t>&a;</t></is></c></row>')),
      `${BAD}a part is not well-formed XML`,
    ],
    [
      'only hidden sheets',
      zip(
        parts(ROW, {
          'xl/workbook.xml':
            '<workbook><sheets><sheet name="a" sheetId="1" state="hidden" r:id="rId1"/></sheets></workbook>',
        }),
      ),
      `${BAD}no sheet can be seen`,
    ],
    [
      'two parts of one name',
      zip([...parts(ROW), { name: 'XL/workbook.xml', data: 'a' }]),
      `${BAD}two parts of one name`,
    ],
    ['an encrypted part', zip(parts(ROW).map((part) => ({ ...part, flags: 1 }))), `${BAD}the file is encrypted`],
    ['a cell out of the sheet', zip(parts('<row><c r="XFE1"><v>1</v></c></row>')), `${BAD}a cell without a place`],
    ['too many columns', zip(parts('<row><c r="XFD1"><v>1</v></c></row>')), `${MUCH}too many columns`],
    [
      'too many sheets',
      zip(
        parts(ROW, {
          'xl/workbook.xml': `<workbook><sheets>${'<sheet name="a" r:id="rId1"/>'.repeat(65)}</sheets></workbook>`,
        }),
      ),
      `${MUCH}too many sheets`,
    ],
    ['elements nested too deep', zip(parts(`${'<a>'.repeat(70)}${'</a>'.repeat(70)}`)), `${MUCH}nested too deep`],
    [
      'a part that inflates out of proportion',
      zip(parts(' '.repeat(8 << 20))),
      `${MUCH}a part inflates out of proportion`,
    ],
    [
      'a size that lies',
      zip(
        parts(`${ROW}${' '.repeat(1 << 16)}`).map((part) =>
          part.name.endsWith('sheet1.xml') ? { ...part, declared: 200 } : part,
        ),
      ),
      `${BAD}a part is damaged`,
    ],
    [
      'more parts than a workbook has',
      zip([...parts(ROW), ...Array.from({ length: 2000 }, (_, n) => ({ name: `x/${n}`, data: '' }))]),
      `${MUCH}too many parts`,
    ],
    [
      'a part declared larger than all may be',
      zip(parts(ROW).map((part) => (part.name.endsWith('sheet1.xml') ? { ...part, declared: 0xf0000000 } : part))),
      `${MUCH}a part is too large once inflated`,
    ],
  ])('%s', async (_, bytes, expected) => {
    expect(await refusal(bytes)).toBe(expected);
  });

  test('a text without an end', async () => {
    // random, so that the ratio is no reason
    const text = Array.from({ length: 1 << 19 }, (_, n) => ((n * 2654435761) >>> 0).toString(36)).join('');
    expect(await refusal(zip(parts(`<row><c t="inlineStr"><is><t>${text}</t></is></c></row>`)))).toMatch(
      /^LIMIT_EXCEEDED file XLSX: a (text or tag|cell) is too long$/,
    );
  });
});
