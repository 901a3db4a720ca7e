import { expect, test } from '@jest/globals';
import { buildSchema } from 'graphql';
import { csvOf } from '../../../src/explorer/csv.js';
import { tablesOf } from '../../../src/explorer/tables.js';
import { headingOf, termsOf } from '../../../src/explorer/terms.js';

test('a connection is a table: nested values by their path, lists in one cell, the count apart', () => {
  const data = {
    subjects: {
      totalCount: 2,
      nodes: [
        { name: '甲', summary: { penalties: 1 }, listEntries: { nodes: [{ state: 'LISTED', list: { code: 'A' } }] } },
        { name: '乙', summary: { penalties: null }, tags: ['x', 'y'] },
      ],
    },
  };
  expect(tablesOf(data)).toEqual([
    {
      path: 'subjects',
      columns: ['name', 'summary.penalties', 'listEntries', 'tags'],
      rows: [
        ['甲', '1', 'LISTED A', ''],
        ['乙', '', '', 'x；y'],
      ],
    },
    { path: '', columns: ['subjects.totalCount'], rows: [['2']] },
  ]);
});

test('edges count as rows, several lists are several tables, the longest first', () => {
  const data = {
    a: { edges: [{ node: { id: '1' } }] },
    b: { inner: [{ id: '2' }, { id: '3' }] },
    said: true,
  };
  expect(tablesOf(data).map(({ path, rows }) => [path, rows])).toEqual([
    ['b.inner', [['2'], ['3']]],
    ['a', [['1']]],
    ['', [['true']]],
  ]);
});

test.each([null, undefined, 'text', [], {}])('%j is no table', (data) => {
  expect(tablesOf(data)).toEqual([]);
});

test.each(['=1+1', '+86', '-5', '@SUM(A1)', '\tx', '＝1', '＋1', '－1', '＠x'])(
  'a spreadsheet is given no formula: %j',
  (text) => {
    expect(csvOf(['a'], [[text]])).toBe(`\uFEFFa\r\n'${text}\r\n`);
  },
);

test('commas, quotes and line ends stay within their cell, a guarded one’s too', () => {
  expect(csvOf(['a', '=b'], [['x,"y"', '=1\n2']])).toBe(`\uFEFFa,'=b\r\n"x,""y""","'=1\n2"\r\n`);
});

test('columns are headed by the schema’s Chinese terms along their path, whatever the alias', () => {
  const schema = buildSchema(`
    "查询 All."
    type Query { "名单信息 Of one list." entries: Entries }
    type Entries { nodes: [Entry!]! "总数 All." totalCount: Int! }
    type Entry { "文书号" documentNo: String "主体" subject: Subject plain: Int }
    type Subject { "名称 As registered." name: String }`);
  const terms = termsOf(
    schema,
    'query { mine: entries { totalCount nodes { no: documentNo subject { name ...F } plain } } } fragment F on Subject { name }',
  );
  expect(headingOf(terms, 'mine', 'no')).toBe('文书号');
  expect(headingOf(terms, 'mine', 'subject.name')).toBe('主体·名称');
  expect(headingOf(terms, '', 'mine.totalCount')).toBe('名单信息·总数');
  expect(headingOf(terms, 'mine', 'plain')).toBeNull();
  expect(termsOf(null, '{ a }').size).toBe(0);
});
