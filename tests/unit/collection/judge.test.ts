import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { itemOf } from '../../../src/catalogue/index.js';
import type { CatalogueItem } from '../../../src/catalogue/types.js';
import { Columns } from '../../../src/services/collection/columns.js';
import { PLACEHOLDER_CODE } from '../../../src/services/collection/identifiers.js';
import { REJECTION_ORDER } from '../../../src/services/collection/issues.js';
import { type Bench, isRefused, judge } from '../../../src/services/collection/judge.js';
import type { Lookups, SubjectFacts } from '../../../src/services/collection/lookups.js';
import { planOf } from '../../../src/services/collection/plan.js';
import { count, noTallies } from '../../../src/services/collection/tallies.js';
import { tidy } from '../../../src/services/collection/tidy.js';
import { citizenId, unifiedCode } from '../../kit/codes.js';

const RECEIVED = '2026-11-20';
const DEPARTMENT = { id: 'd', code: unifiedCode('11', 1), name: '汶上县市场监督管理局', functions: ['MARKET'] };
const COMPANY = unifiedCode('91', 2);
const STALL = unifiedCode('92', 3);
const REGISTERED_NO = '370830200000006';

const subject = (code: string): SubjectFacts => ({
  id: code,
  code,
  kind: code.startsWith('92') ? 'INDIVIDUAL_BUSINESS' : 'ENTERPRISE',
  provisional: false,
  names: ['汶上示例一有限公司'],
});

const lookups: Lookups = {
  subjectByCode: (code) => (code === COMPANY || code === STALL ? subject(code) : undefined),
  subjectByRegistrationNo: (number) => (number === REGISTERED_NO ? subject(COMPANY) : undefined),
  personByIndex: () => undefined,
  personIndex: (type, number) => `${type}|${number}`,
  departmentByCode: (code) => (code === DEPARTMENT.code ? DEPARTMENT : undefined),
  listByCode: (code) =>
    code === 'SXBZXR' || code === 'TQNMGGZ'
      ? {
          id: code,
          code,
          origin: code === 'SXBZXR' ? 'RECEIVED' : 'OWN',
          function: code === 'SXBZXR' ? 'COURT' : 'HRSS',
          termMonths: 24,
        }
      : undefined,
};

type Values = Record<string, unknown>;

function verdictOf(item: string, values: Values, sender: Partial<Bench['sender']> = {}) {
  const plan = planOf(itemOf(item) as CatalogueItem);
  const columns = new Columns(plan, RECEIVED);
  const row = tidy(plan, 1, columns.record(values));
  const bench: Bench = { plan, received: RECEIVED, lookups, sender: { ...DEPARTMENT, exchange: false, ...sender } };
  return { verdict: judge(bench, row), unknown: columns.unknown };
}

/** The code of the refusal, or ACCEPTED and the corrections. */
function outcome(item: string, values: Values, sender: Partial<Bench['sender']> = {}): string {
  const { verdict } = verdictOf(item, values, sender);
  if (isRefused(verdict)) return verdict.issue.code;
  return ['ACCEPTED', ...new Set(verdict.corrections.map(({ code }) => code))].join(' ');
}

const PENALTY = {
  行政相对人名称: '汶上示例一有限公司',
  行政相对人类别: '法人及非法人组织',
  '行政相对人代码_1(统一社会信用代码)': COMPANY,
  '行政相对人代码_2(工商注册号)': '',
  法定代表人: '示例人',
  行政处罚决定书文号: '汶市监处罚〔2026〕1号',
  违法行为类型: '违反食品安全管理规定',
  违法事实: '经营标签不符合规定的食品',
  处罚依据: '《中华人民共和国食品安全法》第一百二十五条',
  处罚类别: '罚款',
  处罚内容: '罚款人民币5000元',
  '罚款金额(万元)': '0.5',
  处罚决定日期: '2026/11/17',
  处罚有效期: '2099/12/31',
  处罚机关: DEPARTMENT.name,
  处罚机关统一社会信用代码: DEPARTMENT.code,
  数据来源单位: DEPARTMENT.name,
  数据来源单位统一社会信用代码: DEPARTMENT.code,
};
const CODE = '行政相对人代码_1(统一社会信用代码)';
const NUMBER = '行政相对人代码_2(工商注册号)';
const PERSON = {
  ...PENALTY,
  行政相对人名称: '张示例',
  行政相对人类别: '自然人',
  证件类型: '身份证',
  证件号码: citizenId('19850214', 232),
};
const ENTRY = {
  名单代码: 'SXBZXR',
  主体名称: '汶上示例一有限公司',
  统一社会信用代码: COMPANY,
  文书号: '（2026）鲁0830执1号',
  列入事由: '有履行能力而拒不履行',
  列入日期: '2026-11-01',
  截止日期: '',
};
const COURT = { functions: ['COURT'] };

describe('a penalty', () => {
  test.each<[string, Values, string]>([
    ['as it should be', {}, 'ACCEPTED'],
    ['another unit as the source', { 数据来源单位统一社会信用代码: unifiedCode('11', 9) }, 'OUTSIDE_CATALOGUE'],
    ['another unit by name alone', { 数据来源单位统一社会信用代码: '', 数据来源单位: '别的局' }, 'OUTSIDE_CATALOGUE'],
    ['under the sealed law', { 处罚依据: '《中华人民共和国治安管理处罚法》第二十三条' }, 'OUTSIDE_CATALOGUE'],
    ['with somebody’s blood type', { 违法事实: '当事人血型：A' }, 'OUTSIDE_CATALOGUE'],
    ['about false cures', { 违法事实: '宣称治疗疾病，指纹锁广告失实' }, 'ACCEPTED'],
    ['without a number', { 行政处罚决定书文号: ' ' }, 'REQUIRED_MISSING'],
    ['a fine without an amount', { '罚款金额(万元)': '' }, 'REQUIRED_MISSING'],
    ['a warning without an amount', { 处罚类别: '警告', '罚款金额(万元)': '' }, 'ACCEPTED'],
    ['confiscation without an amount', { 处罚类别: '没收违法所得' }, 'REQUIRED_MISSING'],
    ['a licence without its number', { 处罚类别: '吊销许可证件' }, 'REQUIRED_MISSING'],
    ['no code at all', { [CODE]: '' }, 'REQUIRED_MISSING'],
    ['no code, an unknown registration number', { [CODE]: '', [NUMBER]: '370830200000014' }, 'REQUIRED_MISSING'],
    ['no code, a registered number', { [CODE]: '', [NUMBER]: REGISTERED_NO }, 'ACCEPTED LINKED_BY_REGISTRATION_NO'],
    [
      'the placeholder, a registered number',
      { [CODE]: PLACEHOLDER_CODE, [NUMBER]: REGISTERED_NO },
      'ACCEPTED LINKED_BY_REGISTRATION_NO',
    ],
    ['the placeholder on a company', { [CODE]: PLACEHOLDER_CODE }, 'USCC_INVALID'],
    ['the placeholder on a stall', { [CODE]: PLACEHOLDER_CODE, 行政相对人类别: '个体工商户' }, 'ACCEPTED'],
    ['a wrong check digit', { [CODE]: `${COMPANY.slice(0, 17)}${COMPANY.endsWith('0') ? '1' : '0'}` }, 'USCC_INVALID'],
    ['an authority with a wrong check digit', { 处罚机关统一社会信用代码: '11370830YYD0000058' }, 'USCC_INVALID'],
    [
      'a representative with a wrong id',
      { 法定代表人证件类型: '身份证', 法定代表人证件号码: '370830198502300014' },
      'CITIZEN_ID_INVALID',
    ],
    ['a stall’s code on a company', { [CODE]: STALL }, 'SUBJECT_KIND_MISMATCH'],
    ['a company’s code on a stall', { 行政相对人类别: '个体工商户' }, 'SUBJECT_KIND_MISMATCH'],
    ['a natural person', { 行政相对人类别: '自然人' }, 'SUBJECT_KIND_MISMATCH'],
    ['30 February', { 处罚决定日期: '2026-02-30' }, 'DATE_INVALID'],
    ['a day to come', { 处罚决定日期: '2026-11-21' }, 'DATE_IN_FUTURE'],
    ['the day of receipt', { 处罚决定日期: '2026-11-20' }, 'ACCEPTED'],
    ['an end before the beginning', { 处罚有效期: '2026-11-16' }, 'DATE_ORDER'],
    ['an unknown kind', { 处罚类别: '未知类别' }, 'ENUM_UNKNOWN'],
    ['an unknown class of subject', { 行政相对人类别: '企业' }, 'ENUM_UNKNOWN'],
    ['a negative amount', { '罚款金额(万元)': '-1' }, 'AMOUNT_INVALID'],
    ['an unknown authority', { 处罚机关统一社会信用代码: unifiedCode('11', 8) }, 'AUTHORITY_UNKNOWN'],
    [
      'full-width and small letters',
      { [CODE]: COMPANY.toLowerCase().replace('9', '９') },
      'ACCEPTED FULL_WIDTH LETTER_CASE',
    ],
    ['padding', { [CODE]: ` ${COMPANY.slice(0, 6)} ${COMPANY.slice(6)}` }, 'ACCEPTED WHITESPACE'],
    ['another form of date', { 处罚决定日期: '2026年11月17日' }, 'ACCEPTED DATE_FORMAT'],
    ['the computed end of publicity, whatever it says', { 公示截止期: '2030-01-01' }, 'ACCEPTED'],
  ])('%s', (_, over, expected) => {
    expect(outcome('XZCF_FR', { ...PENALTY, ...over })).toBe(expected);
  });

  test('the first reason counts, in the order of the contract', () => {
    const faults: [string, Values][] = [
      ['OUTSIDE_CATALOGUE', { 数据来源单位统一社会信用代码: unifiedCode('11', 9) }],
      ['REQUIRED_MISSING', { 违法事实: '' }],
      ['USCC_INVALID', { 处罚机关统一社会信用代码: '11370830YYD0000058' }],
      ['CITIZEN_ID_INVALID', { 法定代表人证件号码: '370830198502300014' }],
      ['SUBJECT_KIND_MISMATCH', { 行政相对人类别: '自然人' }],
      ['DATE_INVALID', { 公示截止期: '不详' }],
      ['DATE_IN_FUTURE', { 处罚决定日期: '2026-11-25' }],
      ['DATE_ORDER', { 处罚有效期: '2020-01-01' }],
      ['ENUM_UNKNOWN', { 处罚类别: '未知罚款' }],
      ['AMOUNT_INVALID', { '罚款金额(万元)': '很多' }],
    ];
    // what only a workbook can have stands before what it would otherwise look like
    expect(REJECTION_ORDER.slice(0, 4)).toEqual(['OUTSIDE_CATALOGUE', 'DIGITS_LOST', 'CELL_ERROR', 'REQUIRED_MISSING']);
    const others = ['DUPLICATE', 'DIGITS_LOST', 'CELL_ERROR'];
    const order = REJECTION_ORDER.filter((code) => !others.includes(code));
    expect([...faults.map(([code]) => code), 'AUTHORITY_UNKNOWN']).toEqual(order);
    for (let from = 0; from < faults.length; from += 1) {
      const all = Object.assign({}, ...faults.slice(from).map(([, fault]) => fault));
      expect(outcome('XZCF_FR', { ...PENALTY, ...all })).toBe(faults[from]?.[0]);
    }
  });
});

describe('of a natural person', () => {
  test.each<[string, Values, string]>([
    ['as it should be', {}, 'ACCEPTED'],
    ['a wrong id', { 证件号码: '370830198502300014' }, 'CITIZEN_ID_INVALID'],
    ['no id', { 证件号码: '' }, 'REQUIRED_MISSING'],
    ['a passport, which has no check', { 证件类型: '护照号', 证件号码: 'e12345678' }, 'ACCEPTED LETTER_CASE'],
    ['an unknown document', { 证件类型: '会员卡' }, 'ENUM_UNKNOWN'],
    ['a minor at the act', { 证件号码: citizenId('20081118', 232) }, 'OUTSIDE_CATALOGUE'],
    ['18 on the day', { 证件号码: citizenId('20081117', 232) }, 'ACCEPTED'],
    ['a company', { 行政相对人类别: '法人及非法人组织' }, 'SUBJECT_KIND_MISMATCH'],
  ])('%s', (_, over, expected) => {
    expect(outcome('XZCF_ZRR', { ...PERSON, ...over })).toBe(expected);
  });
});

describe('an entry of a received list', () => {
  test.each<[string, Values, Partial<Bench['sender']>, string]>([
    ['from the court', {}, COURT, 'ACCEPTED'],
    ['from the development and reform bureau', {}, { functions: ['DEVELOPMENT_REFORM'] }, 'ACCEPTED'],
    ['from the exchange platform', {}, { functions: [], exchange: true }, 'ACCEPTED'],
    ['from another function', {}, { functions: ['TAX'] }, 'OUTSIDE_CATALOGUE'],
    ['of an OWN list', { 名单代码: 'TQNMGGZ' }, { functions: ['HRSS', 'DEVELOPMENT_REFORM'] }, 'OUTSIDE_CATALOGUE'],
    ['of a list that is none', { 名单代码: 'NO_LIST' }, COURT, 'ENUM_UNKNOWN'],
    ['without a reason', { 列入事由: '' }, COURT, 'REQUIRED_MISSING'],
    ['with the placeholder', { 统一社会信用代码: PLACEHOLDER_CODE }, COURT, 'USCC_INVALID'],
    ['ended before it began', { 截止日期: '2026-10-01' }, COURT, 'DATE_ORDER'],
  ])('%s', (_, over, sender, expected) => {
    expect(outcome('YZSX_MD', { ...ENTRY, ...over }, sender)).toBe(expected);
  });
});

describe('columns', () => {
  test('are found by name or field code, in any order, whatever the brackets', () => {
    const renamed = Object.fromEntries(
      Object.entries(PENALTY)
        .reverse()
        .map(([header, value]) => [header === '行政处罚决定书文号' ? 'cf_wsh' : header, value] as const)
        .map(([header, value]) => [header.replace('(', '（').replace(')', '） '), value]),
    );
    const { verdict, unknown } = verdictOf('XZCF_FR', renamed);
    expect(isRefused(verdict)).toBe(false);
    expect(unknown).toEqual([]);
  });

  test('that the item lacks are told and dropped, and a column of the shared table is neither', () => {
    const { verdict, unknown } = verdictOf('XZCF_FR', { ...PENALTY, 内部备注: 'x', 证件号码: '' });
    expect(isRefused(verdict)).toBe(false);
    expect(unknown).toEqual(['内部备注']);
  });

  test('of forbidden content refuse the rows that fill them, and nothing of the row is kept', () => {
    expect(outcome('XZCF_FR', { ...PENALTY, 宗教信仰: '' })).toBe('ACCEPTED');
    const { verdict } = verdictOf('XZCF_FR', { ...PENALTY, 宗教信仰: '无' });
    expect(verdict).toMatchObject({ issue: { code: 'OUTSIDE_CATALOGUE' }, drop: true });
  });
});

test('whatever the row, it is taken or refused for one reason, and the numbers add up', () => {
  const value = fc.oneof(
    fc.constantFrom(...Object.values(PENALTY), '', '罚款', '2026-02-30', PLACEHOLDER_CODE, STALL, '-1', '自然人'),
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc.integer(),
    fc.constant(null),
  );
  const row = fc.dictionary(fc.constantFrom(...Object.keys(PENALTY), '备注', '乱七八糟', '血型'), value);
  const reasons = new Set<string>(REJECTION_ORDER);
  fc.assert(
    fc.property(fc.array(row, { maxLength: 20 }), (rows) => {
      const tallies = noTallies();
      for (const over of rows) {
        const { verdict } = verdictOf('XZCF_FR', { ...PENALTY, ...over });
        if (isRefused(verdict)) {
          expect(reasons.has(verdict.issue.code)).toBe(true);
          count(tallies, 'rejected', [verdict.issue, ...verdict.row.corrections]);
        } else count(tallies, 'new', verdict.corrections);
      }
      expect(tallies.read).toBe(rows.length);
      expect(tallies.accepted + tallies.rejected).toBe(tallies.read);
      expect(Object.values(tallies.rejections).reduce((a, b) => a + b, 0)).toBe(tallies.rejected);
      for (const counted of Object.values(tallies.corrections)) expect(counted).toBeLessThanOrEqual(tallies.accepted);
    }),
    { seed: 370830, numRuns: 300 },
  );
});
