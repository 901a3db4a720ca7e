import { describe, expect, test } from '@jest/globals';
import { SECTOR_RULES, type SectorDefinition, sectorFaults, sectorRule } from '../../../src/catalogue/rules/sectors.js';
import { type Decision, severityOf } from '../../../src/services/collection/rules.js';

const decision = (over: Partial<Decision>): Decision => ({
  item: 'XZCF_FR',
  yields: 'PENALTY',
  decidedOn: '2026-05-10',
  validTo: null,
  person: false,
  kinds: ['罚款'],
  fine: '50000.00',
  documentNo: '示例〔2026〕1号',
  texts: [],
  ...over,
});
const fines = (small: number, large: number): SectorDefinition['fines'] => [
  { below: small, severity: 'MINOR' },
  { below: large, severity: 'GENERAL' },
  { below: null, severity: 'SERIOUS' },
];
const TABLE = [
  sectorRule('2026-06-01', ['XYXF_36'], {
    sector: 'ECOLOGY',
    kinds: { 行政拘留: 'SERIOUS' },
    fines: fines(60_000, 500_000),
  }),
  sectorRule('2026-09-01', ['XYXF_36'], { sector: 'ECOLOGY', kinds: {}, fines: fines(30_000, 200_000) }),
  sectorRule('2026-06-01', ['XYXF_36'], { sector: 'TAX', kinds: { 警告: 'GENERAL' }, fines: null }),
];
const classOf = (over: Partial<Decision>) => severityOf(decision(over), TABLE).severity;

describe('a sector’s own table', () => {
  test.each([
    // decided, functions of the authority, fine, class
    ['2026-05-31', ['ECOLOGY'], '50000.00', 'GENERAL'],
    ['2026-06-01', ['ECOLOGY'], '50000.00', 'MINOR'],
    ['2026-08-31', ['ECOLOGY'], '59999.99', 'MINOR'],
    ['2026-08-31', ['ECOLOGY'], '60000.00', 'GENERAL'],
    ['2026-09-01', ['ECOLOGY'], '50000.00', 'GENERAL'],
    ['2026-09-01', ['ECOLOGY'], '200000.00', 'SERIOUS'],
    ['2026-09-01', ['MARKET'], '50000.00', 'GENERAL'],
    ['2026-09-01', ['TAX'], '5000.00', 'MINOR'],
    ['2026-09-01', [], '50000.00', 'GENERAL'],
  ])('decided %s by %j, a fine of %s is %s', (decidedOn, sectors, fine, severity) => {
    expect(classOf({ decidedOn, sectors, fine })).toBe(severity);
  });

  test('kinds that it names, and the review queue for what neither table names', () => {
    const of = { fine: null, decidedOn: '2026-07-01' };
    expect(classOf({ ...of, kinds: ['警告'], sectors: ['TAX'] })).toBe('GENERAL');
    expect(classOf({ ...of, kinds: ['警告'], sectors: ['ECOLOGY'] })).toBe('MINOR');
    expect(classOf({ ...of, kinds: ['行政拘留'], sectors: ['ECOLOGY'] })).toBe('SERIOUS');
    expect(classOf({ ...of, kinds: ['行政拘留'], sectors: ['TAX'] })).toBeNull();
    // a later row takes the place of the earlier one, whole
    expect(classOf({ ...of, kinds: ['行政拘留'], sectors: ['ECOLOGY'], decidedOn: '2026-09-01' })).toBeNull();
  });

  test('of several sectors the heaviest, of several kinds the heaviest', () => {
    expect(classOf({ decidedOn: '2026-07-01', sectors: ['ECOLOGY', 'TAX'], kinds: ['警告'], fine: null })).toBe(
      'GENERAL',
    );
    expect(classOf({ decidedOn: '2026-07-01', sectors: ['ECOLOGY'], kinds: ['罚款', '责令关闭'] })).toBe('SERIOUS');
  });

  test('the record keeps every rule that had a say', () => {
    expect(severityOf(decision({ decidedOn: '2026-07-01', sectors: ['ECOLOGY'] }), TABLE).versions).toEqual([
      'PENALTY_SEVERITY@2026-04-01',
      'PENALTY_SECTOR_ECOLOGY@2026-06-01',
    ]);
    expect(severityOf(decision({ sectors: ['ECOLOGY'] }), TABLE).versions).toEqual(['PENALTY_SEVERITY@2026-04-01']);
  });
});

test('bounds that do not rise, or leave a fine without a class, are told by name', () => {
  expect(sectorFaults()).toEqual([]);
  expect(sectorFaults(TABLE)).toEqual([]);
  expect(SECTOR_RULES).toEqual([]);
  const wrong = sectorRule('2027-01-01', ['XYXF_36'], {
    sector: 'FIRE',
    kinds: {},
    fines: [
      { below: 9, severity: 'MINOR' },
      { below: 5, severity: 'GENERAL' },
    ],
  });
  expect(sectorFaults([wrong])).toEqual([
    'rule set PENALTY_SECTOR_FIRE@2027-01-01: bounds of fines rise',
    'rule set PENALTY_SECTOR_FIRE@2027-01-01: a fine beyond its last bound',
  ]);
});
