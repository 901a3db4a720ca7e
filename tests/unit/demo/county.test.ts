import { describe, expect, test } from '@jest/globals';
import { CATALOGUE, itemOf } from '../../../src/catalogue/index.js';
import { LISTS } from '../../../src/catalogue/lists.js';
import { natureOf } from '../../../src/catalogue/types.js';
import { DEPARTMENTS, NOT_IN_REGISTER, ORGANISATIONS, PERSONS } from '../../../src/demo/cast.js';
import { commitments } from '../../../src/demo/commitments.js';
import { OWN_STATES, ownEntries } from '../../../src/demo/listings.js';
import { countyRecords } from '../../../src/demo/load.js';
import { ALL_ORGANISATIONS, ALL_PERSONS } from '../../../src/demo/organisations.js';
import { inBatches } from '../../../src/demo/rows.js';
import { citizenId, isRegistrationNo, isUnifiedCode } from '../../../src/services/collection/identifiers.js';
import { maskText } from '../../../src/services/collection/masking.js';

const TODAY = '2026-11-24';
const DAYS = [TODAY, '2026-04-01', '2028-02-29', '2030-10-08'];
const departments = Object.values(DEPARTMENTS);
const distinct = (values: readonly unknown[]) => new Set(values).size;

describe('nobody of the county is real', () => {
  test('codes are right, distinct, and of bodies that no register gives', () => {
    const codes = [...departments, ...ALL_ORGANISATIONS, NOT_IN_REGISTER].map(({ code }) => code);
    expect(codes.filter((code) => !isUnifiedCode(code))).toEqual([]);
    expect(distinct(codes)).toBe(codes.length);
    expect(codes.every((code) => code.slice(2, 11) === '370830YYX')).toBe(true);
    const numbers = ALL_ORGANISATIONS.flatMap(({ registrationNo }) => registrationNo ?? []);
    expect(numbers.filter((number) => !isRegistrationNo(number) || !number.startsWith('370899'))).toEqual([]);
    expect(distinct(numbers)).toBe(numbers.length);
  });

  test('citizen ids are right and of a division that there is not', () => {
    const numbers = ALL_PERSONS.map(({ number }) => number);
    expect(numbers.filter((number) => citizenId(number, TODAY) !== number)).toEqual([]);
    expect(numbers.every((number) => number.startsWith('370899'))).toBe(true);
    expect(distinct(numbers)).toBe(numbers.length);
  });

  test('names say so', () => {
    expect(departments.filter(({ name }) => !name.includes('（演示）'))).toEqual([]);
    const named = [...ALL_ORGANISATIONS, NOT_IN_REGISTER, ...ALL_PERSONS];
    expect(named.filter(({ name }) => !name.includes('示例'))).toEqual([]);
    expect(distinct(named.map(({ name }) => name))).toBe(named.length);
  });

  test('mobile numbers in texts are made up too', () => {
    const texts = countyRecords(TODAY).flatMap(({ row }) => Object.values(row));
    const phones = texts.flatMap((text) => text.match(/(?<!\d)1[3-9]\d{9}(?!\d)/g) ?? []);
    expect(phones.length).toBeGreaterThan(3);
    expect(phones.every((phone) => phone.startsWith('1990000000'))).toBe(true);
  });
});

test('what README says of the cast', () => {
  expect(DEPARTMENTS.HRSS.code).toBe('11370830YYXD000388');
  expect(ORGANISATIONS.clean.code).toBe('91370830YYX0K0019J');
  expect(ORGANISATIONS.wageArrears.code).toBe('91370830YYX0K0086G');
  expect(ORGANISATIONS.notified.code).toBe('91370830YYX0K02115');
  expect(PERSONS.permitAndPenalty.number).toBe('370899198502230013');
  expect(PERSONS.permitAndPenalty.globalId).toBe('HVFPFXudVRqhje9SJOqYC05hdHVyYWxQZXJzb24');
});

describe('the county is whole', () => {
  test('23 departments, 300 organisations of every kind, 100 natural persons', () => {
    expect(departments).toHaveLength(23);
    expect(ALL_ORGANISATIONS).toHaveLength(300);
    expect(ALL_PERSONS).toHaveLength(100);
    const kinds = ['企业', '个体工商户', '农民专业合作社', '分支机构', '社会组织', '事业单位', '机关单位'];
    expect(kinds.filter((kind) => !ALL_ORGANISATIONS.some((one) => one.class === kind))).toEqual([]);
  });

  test.each(DAYS)('loaded on %s it is the same each time, and every item has rows of its providers', (today) => {
    const records = countyRecords(today);
    expect(countyRecords(today)).toEqual(records);
    // what comes under agreements alone the county has none of
    const provided = CATALOGUE.filter((item) => natureOf(item) === 'PUBLIC');
    expect(provided.filter(({ code }) => !records.some(({ item }) => item === code))).toEqual([]);
    for (const { item, department, received } of inBatches(today, records)) {
      const providers: readonly string[] = itemOf(item)?.providerFunctions ?? [];
      expect(providers.includes('ANY') || providers.includes(department)).toBe(true);
      expect(received <= today).toBe(true);
    }
    const fates = records.flatMap(({ fate }) => fate?.state ?? []);
    expect(new Set(fates)).toEqual(new Set(['REPAIRED', 'REVOKED']));
  });

  test('batches come in the order in which they were received', () => {
    const days = inBatches(TODAY, countyRecords(TODAY)).map(({ received }) => received);
    expect(days).toEqual([...days].sort());
  });

  test.each(DAYS)('on %s every OWN list has entries in every state, each step after the one before', (today) => {
    const entries = ownEntries(today);
    for (const { code } of LISTS.filter(({ origin }) => origin === 'OWN')) {
      const states = entries.filter(({ list }) => list === code).map(({ state }) => state);
      expect(new Set(states)).toEqual(new Set(OWN_STATES));
    }
    for (const { state, proposedOn, servedOn, listedOn, endsOn, removedOn } of entries) {
      const steps = [proposedOn, servedOn, listedOn, removedOn].filter((day) => day !== null);
      expect(steps).toEqual([...steps].sort());
      expect(steps.every((day) => day <= today)).toBe(true);
      if (endsOn !== null) expect(endsOn < today).toBe(state === 'EXPIRED');
    }
    expect(distinct(entries.map(({ list, subject }) => list + subject))).toBe(entries.length);
  });

  test.each(DAYS)('on %s RECEIVED lists have entries in force and expired ones', (today) => {
    const slashed = today.replaceAll('-', '/');
    const entries = countyRecords(today).filter(({ item }) => item === 'YZSX_MD');
    for (const { code } of LISTS.filter(({ origin, campaign }) => origin === 'RECEIVED' && !campaign)) {
      const ends = entries.filter(({ row }) => row['MD_DM'] === code).map(({ row }) => row['MD_JZRQ'] ?? '');
      expect(ends.some((end) => end >= slashed)).toBe(true);
      expect(ends.some((end) => end < slashed)).toBe(true);
    }
  });

  test('every kind of commitment in every state, under a code of its own', () => {
    const made = commitments(TODAY);
    expect(distinct(made.map(({ kind, state }) => `${kind} ${state}`))).toBe(30);
    expect(distinct(made.map(({ code }) => code))).toBe(made.length);
    expect(made.every(({ code, madeOn }) => code.slice(6, 14) === madeOn.replaceAll('-', ''))).toBe(true);
    expect(made.some(({ content }) => maskText(content, TODAY) !== null)).toBe(true);
  });
});
