import { choice, text } from '../publicity.js';
import { record } from '../record.js';

// 汶政字〔2022〕9号 二（八）4: honest units are shown. A person's honour is not published here (条例 art. 20).
export const CXRY = record({
  code: 'CXRY',
  name: '诚实守信荣誉',
  disclosure: 'PUBLIC',
  providers: ['ANY'],
  bases: ['SD_XYTL_20', 'SD_XYTL_26'],
  category: 'HONOUR',
  terms: ['表彰文书号', '荣誉事由', '表彰日期', '表彰机关'],
  more: [
    { ...text('CXRY_MC', '荣誉名称', 200, true), part: 'title' },
    choice('CXRY_JB', '荣誉级别', ['国家级', '省级', '市级', '县级'], true),
  ],
  examples: {
    accepted: [{ CXRY_MC: '诚信示范企业', CXRY_JB: '县级' }],
    refused: [
      { row: { CXRY_MC: '无偿献血先进单位' }, code: 'OUTSIDE_CATALOGUE', field: 'CXRY_MC' },
      { row: { CXRY_JB: '乡级' }, code: 'ENUM_UNKNOWN', field: 'CXRY_JB' },
    ],
  },
});
