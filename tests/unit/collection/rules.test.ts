import { describe, expect, test } from '@jest/globals';
import { type Decision, rule } from '../../../src/services/collection/rules.js';

const penalty = (over: Partial<Decision>): Decision => ({
  item: 'XZCF_FR',
  yields: 'PENALTY',
  decidedOn: '2026-05-10',
  validTo: null,
  person: false,
  kinds: ['罚款'],
  fine: '5000.00',
  documentNo: '汶市监处罚〔2026〕1号',
  texts: [],
  ...over,
});

describe('severity from 2026-04-01', () => {
  test.each([
    [['警告'], null, 'MINOR', null],
    [['通报批评'], null, 'MINOR', null],
    [['罚款'], '9999.99', 'MINOR', null],
    [['罚款'], '10000.00', 'GENERAL', '2027-05-10'],
    [['罚款'], '99999.99', 'GENERAL', '2027-05-10'],
    [['罚款'], '100000.00', 'SERIOUS', '2029-05-10'],
    [['没收违法所得'], null, 'GENERAL', '2027-05-10'],
    [['没收非法财物'], null, 'GENERAL', '2027-05-10'],
    [['暂扣许可证件'], null, 'GENERAL', '2027-05-10'],
    [['降低资质等级'], null, 'GENERAL', '2027-05-10'],
    [['吊销许可证件'], null, 'SERIOUS', '2029-05-10'],
    [['责令停产停业'], null, 'SERIOUS', '2029-05-10'],
    [['责令关闭'], null, 'SERIOUS', '2029-05-10'],
    [['限制开展生产经营活动'], null, 'SERIOUS', '2029-05-10'],
    [['限制从业'], null, 'SERIOUS', '2029-05-10'],
    [['警告', '罚款'], '30000.00', 'GENERAL', '2027-05-10'],
    [['警告', '吊销许可证件'], null, 'SERIOUS', '2029-05-10'],
    [['其他', '吊销许可证件'], null, 'SERIOUS', '2029-05-10'],
  ])('%p with a fine of %p is %s, public until %p', (kinds, fine, severity, publicUntil) => {
    const ruling = rule(penalty({ kinds, fine }));
    expect(ruling).toMatchObject({
      severity,
      undecided: false,
      publicFrom: publicUntil ? '2026-05-10' : null,
      publicUntil,
      expiresOn: '2031-05-10',
      ruleVersion: 'PENALTY_SEVERITY@2026-04-01',
    });
  });

  test.each([
    [['其他'], null],
    [['行政拘留'], null],
    [['其他', '警告'], null],
    [['其他', '没收违法所得'], null],
    [['暂扣或者吊销许可证、执照'], null],
  ])('%p is undecidable, hidden, and for review', (kinds, fine) => {
    expect(rule(penalty({ kinds, fine }))).toMatchObject({
      severity: null,
      undecided: true,
      publicFrom: null,
      publicUntil: null,
    });
  });

  test('a summary procedure is minor; what is beyond it was none', () => {
    const summary = { texts: ['适用简易程序，当场作出'], kinds: ['警告', '罚款'] };
    expect(rule(penalty({ ...summary, fine: '3000.00' })).severity).toBe('MINOR');
    expect(rule(penalty({ ...summary, fine: '30000.00' })).severity).toBe('GENERAL');
  });

  test('three months from the end of November end with February', () => {
    expect(rule(penalty({ decidedOn: '2027-11-30', fine: '20000.00' })).publicUntil).toBe('2028-11-30');
  });
});

describe('decisions before 2026-04-01', () => {
  test('are public for three years, whatever the amount', () => {
    expect(rule(penalty({ decidedOn: '2026-03-31', fine: '5000.00' }))).toMatchObject({
      severity: 'GENERAL',
      publicFrom: '2026-03-31',
      publicUntil: '2029-03-31',
      ruleVersion: 'PENALTY_SEVERITY@2023-05-01',
    });
    expect(rule(penalty({ decidedOn: '2021-01-01', kinds: ['其他'], fine: null })).publicUntil).toBe('2024-01-01');
  });

  test('warnings, criticism and summary procedures are not public', () => {
    for (const over of [
      { kinds: ['警告'], fine: null },
      { kinds: ['通报批评'], fine: null },
      { kinds: ['罚款'], fine: '200.00', documentNo: '汶市监当罚〔2025〕1号' },
    ]) {
      expect(rule(penalty({ decidedOn: '2025-06-01', ...over }))).toMatchObject({
        severity: 'MINOR',
        publicFrom: null,
      });
    }
  });
});

describe('other records', () => {
  test('a permit is public to its own end, and without one for good', () => {
    const permit = penalty({ item: 'XZXK_FR', yields: 'PERMIT', kinds: [], fine: null });
    expect(rule({ ...permit, validTo: '2031-05-10' })).toMatchObject({
      severity: null,
      undecided: false,
      publicFrom: '2026-05-10',
      publicUntil: '2031-05-10',
      expiresOn: '2031-05-10',
    });
    expect(rule(permit)).toMatchObject({ publicFrom: '2026-05-10', publicUntil: null, expiresOn: null });
  });

  test('the province ends what the nation leaves open: five years', () => {
    expect(rule(penalty({ item: 'XZQZ', yields: 'RECORD', kinds: [] }))).toMatchObject({
      publicUntil: '2027-05-10',
      expiresOn: '2031-05-10',
    });
    expect(rule(penalty({ item: 'XZJL', yields: 'RECORD', kinds: [] })).expiresOn).toBeNull();
  });

  test('nothing about a natural person is public', () => {
    expect(rule(penalty({ item: 'XZCF_ZRR', person: true, fine: '200000.00' }))).toMatchObject({
      severity: 'SERIOUS',
      publicFrom: null,
      publicUntil: null,
    });
  });
});
