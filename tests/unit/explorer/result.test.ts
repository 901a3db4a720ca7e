import { expect, test } from '@jest/globals';
import { csvOf } from '../../../src/explorer/csv.js';
import { tablesOf } from '../../../src/explorer/tables.js';

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
