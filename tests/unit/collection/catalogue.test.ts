import { describe, expect, test } from '@jest/globals';
import { functionOfName } from '../../../src/catalogue/functions.js';
import { assertCatalogue, CATALOGUE, catalogueFaults, itemOf } from '../../../src/catalogue/index.js';
import { LISTS } from '../../../src/catalogue/lists.js';
import { TRIGGERS } from '../../../src/catalogue/measures.js';
import type { CatalogueItem } from '../../../src/catalogue/types.js';

test('holds together', () => {
  expect(catalogueFaults()).toEqual([]);
  expect(assertCatalogue).not.toThrow();
});

test('every fault is told by name', () => {
  const permit = itemOf('XZXK_FR') as CatalogueItem;
  const broken = {
    ...permit,
    bases: ['NO_SUCH_LAW'],
    providerFunctions: ['NO_SUCH_FUNCTION'],
    key: ['NO_SUCH_FIELD'],
    fields: [...permit.fields.filter(({ part }) => part !== 'authorityCode'), permit.fields[0]],
  } as unknown as CatalogueItem;
  expect(catalogueFaults([permit, broken])).toEqual(
    expect.arrayContaining([
      'catalogue item XZXK_FR stands twice',
      'catalogue item XZXK_FR: legal basis NO_SUCH_LAW is not known',
      'catalogue item XZXK_FR: function NO_SUCH_FUNCTION is not known',
      'catalogue item XZXK_FR: NO_SUCH_FIELD is none of its fields',
      'catalogue item XZXK_FR: no field is its authorityCode',
      'catalogue item XZXK_FR: header XK_XDR_MC stands twice',
    ]),
  );
});

test('has the items and lists of the contract', () => {
  expect(CATALOGUE.map(({ code }) => code).sort()).toEqual(
    'DJ_SCZT XZXK_FR XZXK_ZRR XZCF_FR XZCF_ZRR XZQZ XZQR XZZS XZJF XZCJ XZBC XZJL XZJC YZSX_MD'.split(' ').sort(),
  );
  expect(
    LISTS.map(({ code, color, origin, function: of, termMonths }) => [code, color, origin, of, termMonths]),
  ).toEqual([
    ['SXBZXR', 'BLACK', 'RECEIVED', 'COURT', 24],
    ['ZDSSWF', 'BLACK', 'RECEIVED', 'TAX', 36],
    ['ZFCG_YZSX', 'BLACK', 'RECEIVED', 'FINANCE', null],
    ['TQNMGGZ', 'BLACK', 'OWN', 'HRSS', 36],
    ['SCJG_YZWF', 'BLACK', 'OWN', 'MARKET', 36],
    ['AQSC_YZSX', 'BLACK', 'OWN', 'EMERGENCY', 36],
    ['NSXY_A', 'RED', 'RECEIVED', 'TAX', 12],
    ['CXDF', 'RED', 'OWN', 'DEVELOPMENT_REFORM', 24],
  ]);
});

test('has the triggers of the contract, and no other', () => {
  const black = 'SXBZXR ZDSSWF ZFCG_YZSX TQNMGGZ SCJG_YZWF AQSC_YZSX'.split(' ');
  expect(
    TRIGGERS.map(
      ({ matter, list, penalty, effect }) => `${matter} ${list ?? penalty?.kind ?? 'breach'} ${effect}`,
    ).sort(),
  ).toEqual(
    [
      'CZZJXM SXBZXR RESTRICTED',
      'CZZJXM TQNMGGZ RESTRICTED',
      'CZZJXM NSXY_A REWARDED',
      'CZZJXM CXDF REWARDED',
      'ZFCGTB SXBZXR RESTRICTED',
      'ZFCGTB ZDSSWF RESTRICTED',
      'ZFCGTB ZFCG_YZSX RESTRICTED',
      'ZFCGTB TQNMGGZ RESTRICTED',
      'SPJYXK SCJG_YZWF CAUTION',
      'SPJYXK 吊销许可证件 RESTRICTED',
      'RCSPCN breach CAUTION',
      ...black.map((list) => `RCSPCN ${list} CAUTION`),
      'RCSPCN NSXY_A REWARDED',
      'RCSPCN CXDF REWARDED',
    ].sort(),
  );
});

describe('the function that a name says', () => {
  test.each([
    ['汶上县市场监督管理局', 'MARKET'],
    ['国家税务总局汶上县税务局', 'TAX'],
    ['济宁市生态环境局汶上县分局', 'ECOLOGY'],
    ['中共汶上县委组织部', 'ORGANISATION'],
    ['汶上县人民法院', 'COURT'],
    ['汶上县某某中心', null],
  ])('%s: %s', (name, code) => {
    expect(functionOfName(name)).toBe(code);
  });
});
