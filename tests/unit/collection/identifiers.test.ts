import { describe, expect, test } from '@jest/globals';
import {
  canonicalCode,
  canonicalDocument,
  citizenId,
  isOrganisationCode,
  isRegistrationNo,
  isUnifiedCode,
  PLACEHOLDER_CODE,
} from '../../../src/services/collection/identifiers.js';

const TODAY = '2026-11-20';

describe('统一社会信用代码', () => {
  test.each([
    '11370830F5034613XX',
    '11370830004335078G',
    '11370800MB28559184',
    '11370828MB28602902',
    '914403001922038216',
    '9144030071526726XG',
    '91330100799655058B',
    '91110000802100433B',
    '9152000071430580XT',
    '91100000100003962T',
    '9111000071093123XX',
    '91320100748204660Q',
    '91370000706266601D',
    '91370830MA9YYY010N',
    '91370830MA9YYY029K',
    '92370830MA9YYY037B',
    '93370830MA9YYY0453',
    '11370830MB9YY0011B',
    '12370830MB9YY002X0',
    '52370830MJ9YY0010F',
  ])('%s is one', (code) => {
    expect(isUnifiedCode(code)).toBe(true);
  });

  test.each([
    ['91520000714305342K', 'a wrong check character'],
    ['914403001922038217', 'a wrong check character'],
    ['91440300192203821I', 'a letter that GB 32100 leaves out'],
    ['91370830ma9yyy010n', 'small letters'],
    ['91370830MA9YYY010', '17 characters'],
    ['91370830MA9YYY010NN', '19 characters'],
    ['９１３７０８３０ＭＡ９ＹＹＹ０１０Ｎ', 'full-width characters'],
    [PLACEHOLDER_CODE, 'the placeholder'],
    ['000000000000000000', 'zeros that add up'],
    ['', 'nothing'],
  ])('%s is none: %s', (code) => {
    expect(isUnifiedCode(code)).toBe(false);
  });

  test('is taken however it was typed, and answered canonically', () => {
    expect(canonicalCode(' ９1370830ma9yyy 010n\u200b')).toBe('91370830MA9YYY010N');
    expect(canonicalCode('91370830MA9YYY010M')).toBeNull();
  });

  test('no single wrong character passes', () => {
    const code = '91370830MA9YYY010N';
    for (let at = 0; at < code.length; at += 1) {
      for (const other of '0123456789ABCDEFGHJKLMNPQRTUWXY') {
        if (other !== code[at]) expect(isUnifiedCode(code.slice(0, at) + other + code.slice(at + 1))).toBe(false);
      }
    }
  });
});

describe('公民身份号码', () => {
  test.each(['11010519491231002X', '440524188001010014', '370830199001010013'])('%s is one', (id) => {
    expect(citizenId(id, TODAY)).toBe(id);
  });

  test.each([
    ['370830198502300014', 'born on 30 February, though the check passes'],
    ['370830199001010014', 'a wrong check digit'],
    ['37083019900101001', '17 digits'],
    ['', 'nothing'],
  ])('%s is none: %s', (id) => {
    expect(citizenId(id, TODAY)).toBeNull();
  });

  test('nobody is born after the day it is asked on', () => {
    expect(citizenId('370830199001010013', '1990-01-01')).toBe('370830199001010013');
    expect(citizenId('370830199001010013', '1989-12-31')).toBeNull();
  });

  test('one of 15 digits is made whole', () => {
    expect(citizenId('370830900101001', TODAY)).toBe('370830199001010013');
  });

  test('a small x is put right; other documents have no check', () => {
    expect(canonicalDocument('身份证', '11010519491231002x', TODAY)).toBe('11010519491231002X');
    expect(canonicalDocument('身份证', 'E12345678', TODAY)).toBeNull();
    expect(canonicalDocument('护照号', ' e12345678', TODAY)).toBe('E12345678');
  });
});

test('组织机构代码', () => {
  expect(isOrganisationCode('19220382' + '1')).toBe(true);
  expect(isOrganisationCode('71526726X')).toBe(true);
  expect(isOrganisationCode('192203822')).toBe(false);
});

test('工商注册号', () => {
  expect(isRegistrationNo('370830200000006')).toBe(true);
  expect(isRegistrationNo('370830200000007')).toBe(false);
});
