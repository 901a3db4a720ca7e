import { describe, expect, test } from '@jest/globals';
import { yuanOf } from '../../../src/services/collection/amounts.js';
import { readDate } from '../../../src/services/collection/dates.js';
import { maskName, maskNumber, maskText } from '../../../src/services/collection/masking.js';
import { isOption, readKinds } from '../../../src/services/collection/options.js';
import { clean, halfWidth, levelled } from '../../../src/services/collection/text.js';

describe('dates', () => {
  test.each(['2026/11/12', '2026-11-12'])('%s is canonical', (text) => {
    expect(readDate(text)).toEqual({ date: '2026-11-12', canonical: true });
  });

  test.each([
    ['2026年11月12日', '2026-11-12'],
    ['2026年1月2日', '2026-01-02'],
    ['20261112', '2026-11-12'],
    ['2026.1.2', '2026-01-02'],
    ['2026-1-2', '2026-01-02'],
    ['2026-11-12 00:00:00', '2026-11-12'],
    ['46338', '2026-11-12'],
    ['46338.5', '2026-11-12'],
  ])('%s is put right', (text, date) => {
    expect(readDate(text)).toEqual({ date, canonical: false });
  });

  test.each(['2026-02-30', '2026-13-01', '2026-11/12', '2026', '26-11-12', '昨天', '20261332', '0', '2025-02-29'])(
    '%s is none',
    (text) => {
      expect(readDate(text)).toBeNull();
    },
  );
});

describe('amounts in 万元', () => {
  test.each([
    ['0.2', '2000.00'],
    ['12.50', '125000.00'],
    ['3', '30000.00'],
    ['0.000001', '0.01'],
    ['0.123456', '1234.56'],
    ['0', '0.00'],
    ['999999999999.999999', '9999999999999999.99'],
  ])('%s is %s yuan', (text, yuan) => {
    expect(yuanOf(text)).toBe(yuan);
  });

  test.each(['-1', '0.1234567', '1,2', '1e3', '.5', '5万', 'NaN', ''])('%s is none', (text) => {
    expect(yuanOf(text)).toBeNull();
  });
});

describe('personal data in text', () => {
  const mask = (text: string) => maskText(text, '2026-11-20');

  test('citizen ids that pass and mobile numbers are masked where they stand', () => {
    expect(mask('当事人身份证号370899198502142320，电话13800000000')).toBe(
      '当事人身份证号370899********2320，电话138****0000',
    );
    expect(mask('电话：+86 13800000000；')).toBe('电话：+86 138****0000；');
    expect(mask('身份证３７０８３０１９９００１０１００１３')).toBe('身份证370830********0013');
  });

  test.each([
    '许可证编号 JY13708300001234',
    '身份证号370830199001010014',
    '罚款人民币12000元',
    '91370830MA9YYY010N',
    '370830200000006',
    '订单138000000001',
  ])('%s holds none', (text) => {
    expect(mask(text)).toBeNull();
  });

  test('names and numbers', () => {
    expect(maskName('张三')).toBe('张*');
    expect(maskName('示例人')).toBe('示**');
    expect(maskNumber('370830199001010013')).toBe('370830********0013');
    expect(maskNumber('E12345678')).toBe('E1********78');
    // two characters of which each is two units of UTF-16: none is cut in half
    expect(maskNumber('𠀀𠀁1234567𠀂𠀃')).toBe('𠀀𠀁********𠀂𠀃');
  });
});

describe('penalty kinds', () => {
  test.each([
    ['警告;罚款', ['警告', '罚款']],
    ['警告；罚款；', ['警告', '罚款']],
    ['没收违法所得、没收非法财物', ['没收违法所得', '没收非法财物']],
    ['警告、罚款', ['警告', '罚款']],
    ['罚款;罚款', ['罚款']],
    ['其他-责令改正', ['其他']],
    ['责令停产停业', ['责令停产停业']],
  ])('%s', (text, kinds) => {
    expect(readKinds(text, [])).toEqual(kinds);
  });

  test('one older kind for two is read from what the decision says', () => {
    expect(readKinds('暂扣或者吊销许可证、执照', ['吊销食品经营许可证'])).toEqual(['吊销许可证件']);
    expect(readKinds('暂扣或者吊销许可证、执照', ['暂扣执照三个月'])).toEqual(['暂扣许可证件']);
    expect(readKinds('暂扣或者吊销许可证、执照', [''])).toEqual(['暂扣或者吊销许可证、执照']);
  });

  test.each(['未知类别', '警告;未知', '', ';'])('%s is not known', (text) => {
    expect(readKinds(text, [])).toBeNull();
  });

  test('其他 says what it is', () => {
    const field = {
      name: 'X',
      label: 'x',
      type: 'ENUM',
      required: true,
      security: 'OPEN',
      options: ['普通', '其他-'],
    } as const;
    expect(isOption(field, '普通')).toBe(true);
    expect(isOption(field, '其他-备案')).toBe(true);
    expect(isOption(field, '其他')).toBe(false);
    expect(isOption(field, '其他-')).toBe(false);
  });
});

test('text hygiene', () => {
  expect(clean('\ufeff 汶上\u200b示例\u0000 \u3000')).toBe('汶上示例');
  expect(clean('两行\n文字')).toBe('两行\n文字');
  expect(clean('半个\ud800字')).toBe('半个\ufffd字');
  expect(halfWidth('ＡＢ１２（）')).toBe('AB12()');
  expect(levelled('汶审许字[2026] 第0001号')).toBe(levelled('汶审许字〔2026〕第０００１号'));
});
