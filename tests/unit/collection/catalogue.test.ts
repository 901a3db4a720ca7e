import { describe, expect, test } from '@jest/globals';
import { functionOfName } from '../../../src/catalogue/functions.js';
import { assertCatalogue, CATALOGUE, catalogueFaults, itemOf } from '../../../src/catalogue/index.js';
import { LAW } from '../../../src/catalogue/law.js';
import { LISTS } from '../../../src/catalogue/lists.js';
import { TRIGGERS } from '../../../src/catalogue/measures.js';
import { DATA_ELEMENTS, NATIONAL_CODES, nationalCodeOf } from '../../../src/catalogue/national.js';
import { type CatalogueItem, natureOf } from '../../../src/catalogue/types.js';
import {
  CATALOGUE_VERSIONS,
  type CatalogueVersion,
  lifeOf,
  versionFaults,
  versionOn,
} from '../../../src/catalogue/versions.js';
import { DEPARTMENTS } from '../../../src/demo/cast.js';

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
    subjectKinds: [...permit.subjectKinds, 'NATURAL_PERSON'],
    examples: { accepted: [], refused: [{ row: { NO_SUCH_COLUMN: '' }, code: 'REQUIRED_MISSING', field: null }] },
  } as unknown as CatalogueItem;
  expect(catalogueFaults([permit, broken])).toEqual(
    expect.arrayContaining([
      'catalogue item XZXK_FR stands twice',
      'catalogue item XZXK_FR: legal basis NO_SUCH_LAW is not known',
      'catalogue item XZXK_FR: function NO_SUCH_FUNCTION is not known',
      'catalogue item XZXK_FR: NO_SUCH_FIELD is none of its fields',
      'catalogue item XZXK_FR: no field is its authorityCode',
      'catalogue item XZXK_FR: header XK_XDR_MC stands twice',
      "catalogue item XZXK_FR: a natural person's is never PUBLIC (条例 art. 20)",
      'catalogue item XZXK_FR: PUBLIC without the provision that says so',
      'catalogue item XZXK_FR: no example of a row that is taken',
      'catalogue item XZXK_FR: its example has NO_SUCH_COLUMN, which is none of its fields',
    ]),
  );
});

test('has the items and lists of the contract', () => {
  expect(CATALOGUE.map(({ code }) => code)).toEqual(
    expect.arrayContaining(
      'DJ_SCZT XZXK_FR XZXK_ZRR XZCF_FR XZCF_ZRR XZQZ XZQR XZZS XZJF XZCJ XZBC XZJL XZJC YZSX_MD'.split(' '),
    ),
  );
  expect(
    LISTS.filter(({ campaign }) => !campaign).map(({ code, color, origin, function: of, termMonths }) => [
      code,
      color,
      origin,
      of,
      termMonths,
    ]),
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

/** 汶政字〔2022〕9号 二（二）2 and 3, 二（三）3, 二（六）2, by hand from the paper. */
const CHANNELS: readonly [string, string][] = [
  ['登记', 'DJ_SCZT DJ_SHTT DJ_SYDW'],
  ['十公示', 'XZXK_FR XZXK_ZRR XZCF_FR XZCF_ZRR XZQZ XZQR XZZS XZJF XZCJ XZBC XZJL XZJC'],
  ['名单', 'YZSX_MD ZXZL_MD'],
  ['市场监管', 'JYYC CPCC'],
  ['司法', 'FLFW SFCP SFZX'],
  ['社保', 'SHBX'],
  ['医保', 'YBJG'],
  ['纳税', 'NSZT NSXY'],
  ['公积金', 'GJJ'],
  ['仓储物流', 'CCWL'],
  ['知识产权', 'ZSCQ_QL ZSCQ_SX'],
  ['水电气电信', 'YSZT YDZT YQZT DXZT'],
  ['荣誉、承诺、合同、职业、评价', 'CXRY XYCN HTLY ZYZG HYPJ'],
  ['市场信用信息', 'SC_ZLCN SC_HYJC SC_XYPJ'],
];

test('has an item for every channel of the paper, and none beside them', () => {
  expect(CATALOGUE.map(({ code }) => code).sort()).toEqual(CHANNELS.flatMap(([, codes]) => codes.split(' ')).sort());
});

test('every item has its legal basis, and every field its label', () => {
  for (const { code, bases, fields } of CATALOGUE) {
    expect([code, bases.length > 0, bases.every((key) => key in LAW)]).toEqual([code, true, true]);
    for (const { name, label, security } of fields) {
      expect([name, label.trim().length > 0, security]).toEqual([name, true, expect.stringMatching(/^[A-Z]+$/)]);
    }
  }
});

test('market information is of organisations, by agreement, authorised, never public, and decides nothing', () => {
  const market = CATALOGUE.filter((item) => natureOf(item) === 'MARKET');
  expect(market).toHaveLength(3);
  for (const { code, disclosure, providerFunctions, bodies = [], subjectKinds, bases, fields } of market) {
    expect([code, disclosure, providerFunctions, bodies.length]).toEqual([code, 'AUTHORISED', [], 1]);
    expect([code, subjectKinds.includes('NATURAL_PERSON')]).toEqual([code, false]);
    expect([code, bases]).toEqual([code, expect.arrayContaining(['SD_XYTL_17', 'SD_XYTL_21'])]);
    expect([code, fields.filter(({ required, name }) => required === true && /_SQ(WH|JZ)$/.test(name)).length]).toEqual(
      [code, 2],
    );
    expect(new Set(fields.map(({ security }) => security))).toEqual(new Set(['AUTHORISED']));
  }
  const broken = {
    ...(itemOf('SC_XYPJ') as CatalogueItem),
    disclosure: 'GOVERNMENT',
    providerFunctions: ['MARKET'],
    bodies: [],
    subjectKinds: ['NATURAL_PERSON'],
    fields: [],
  } as unknown as CatalogueItem;
  expect(catalogueFaults([broken])).toEqual(
    expect.arrayContaining([
      'catalogue item SC_XYPJ: nobody brings it',
      'catalogue item SC_XYPJ: no department provides market information',
      'catalogue item SC_XYPJ: market information is shown by authorisation alone (条例 art. 21)',
      'catalogue item SC_XYPJ: market information is of organisations alone',
      'catalogue item SC_XYPJ: no field is its validTo',
    ]),
  );
  expect(catalogueFaults([{ ...(itemOf('XZQZ') as CatalogueItem), bodies: ['ASSOCIATION'] }])).toContain(
    'catalogue item XZQZ: public information comes under no agreement',
  );
});

test('every provider is a department of the county', () => {
  const functions = new Set<string>(Object.values(DEPARTMENTS).flatMap((one) => one.functions));
  for (const { code, providerFunctions } of CATALOGUE) {
    expect([code, providerFunctions.filter((of) => of !== 'ANY' && !functions.has(of))]).toEqual([code, []]);
  }
  for (const { code, function: of } of LISTS) expect([code, functions.has(of)]).toEqual([code, true]);
});

test('no item about natural persons is OPEN, in no field that names one, and none mixes them with organisations', () => {
  for (const { code, disclosure, subjectKinds, fields } of CATALOGUE) {
    if (!subjectKinds.includes('NATURAL_PERSON')) continue;
    expect([code, disclosure, subjectKinds]).not.toEqual([code, 'PUBLIC', expect.anything()]);
    expect([code, subjectKinds]).toEqual([code, ['NATURAL_PERSON']]);
    const naming = fields.filter(({ part }) => part?.startsWith('person') || part === 'subjectName');
    expect([code, naming.map(({ security }) => security)]).toEqual([code, naming.map(() => 'PERSONAL')]);
  }
});

test('water, power, gas, telecom, insurance, fund and tax: of enterprises a state alone, authorised, never a trigger', () => {
  for (const code of 'YSZT YDZT YQZT DXZT SHBX GJJ NSZT NSXY'.split(' ')) {
    const item = itemOf(code) as CatalogueItem;
    expect(item).toMatchObject({ disclosure: 'AUTHORISED', subjectKinds: ['ENTERPRISE'], yields: 'RECORD' });
    expect([code, item.fields.filter(({ type }) => ['AMOUNT_10K', 'TEXT', 'NUMBER'].includes(type))]).toEqual([
      code,
      [],
    ]);
    expect(item.fields.find(({ part }) => part === 'content')).toMatchObject({ type: 'ENUM', security: 'AUTHORISED' });
  }
  // what sets off a measure is a list, a penalty under a law, or a breached commitment, and no record of any other item
  for (const trigger of TRIGGERS) {
    expect(trigger.list ?? trigger.penalty ?? trigger.breachedCommitment).toBeDefined();
    expect(LISTS.find(({ code }) => code === trigger.list)?.campaign).toBeUndefined();
  }
});

test('no national fact is made up: what was not read is null', () => {
  for (const { sure, code } of Object.values({ ...NATIONAL_CODES, ...DATA_ELEMENTS })) {
    expect(['TEXT', 'COPY']).toContain(sure);
    expect(code).not.toBe('');
  }
  expect(nationalCodeOf('NO_SUCH_ITEM')).toBeNull();
});

describe('versions', () => {
  const versions: CatalogueVersion[] = [
    { version: 'a', effectiveFrom: '2020-10-01', bases: [], zh: '', adds: ['OLD', 'STAYS'], retires: [] },
    { version: 'b', effectiveFrom: '2026-01-01', bases: [], zh: '', adds: ['NEW'], retires: ['OLD'] },
  ];
  test.each([
    ['2019-01-01', 'a'],
    ['2025-12-31', 'a'],
    ['2026-01-01', 'b'],
    ['2030-01-01', 'b'],
  ])('%s falls under %s', (day, version) => {
    expect(versionOn(day, versions).version).toBe(version);
  });
  test('an item lives from the version that adds it to the one that retires it', () => {
    expect(lifeOf('OLD', versions)).toEqual({ version: 'a', from: null, until: '2026-01-01' });
    expect(lifeOf('STAYS', versions)).toEqual({ version: 'a', from: null, until: null });
    expect(lifeOf('NEW', versions)).toEqual({ version: 'b', from: '2026-01-01', until: null });
    expect(lifeOf('NO_SUCH', versions)).toBeNull();
    expect(versionFaults('NO_SUCH', versions)).toEqual(['no version of the catalogue adds it']);
  });
  test('stand in the order of their days, and name items that there are', () => {
    const days = CATALOGUE_VERSIONS.map(({ effectiveFrom }) => effectiveFrom);
    expect(days).toEqual(days.toSorted());
    for (const { adds, retires } of CATALOGUE_VERSIONS) {
      for (const code of [...adds, ...retires]) expect([code, itemOf(code) !== undefined]).toEqual([code, true]);
    }
  });
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
    ['济宁市住房公积金管理中心汶上县管理部', 'HOUSING_FUND'],
    ['中共汶上县委机构编制委员会办公室', 'ESTABLISHMENT'],
    ['汶上县人民法院', 'COURT'],
    ['汶上县某某中心', null],
  ])('%s: %s', (name, code) => {
    expect(functionOfName(name)).toBe(code);
  });
});
