import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { QUALITY_RULES } from '../../../src/catalogue/quality/index.js';
import type { QualityRule, RuleExample } from '../../../src/catalogue/quality/types.js';
import { ENTERPRISE, openQualityCounty, type QualityCounty } from './county.js';

let county: QualityCounty;
beforeAll(async () => {
  county = await openQualityCounty();
  await county.register(ENTERPRISE, '示例单位', { DJ_GSZCH: '370830200000006' });
});
afterAll(() => county?.close());

const RULES = Object.entries(QUALITY_RULES) as [string, QualityRule][];
const INSTANTS = {
  earlier: '2026-11-19T08:00:00+08:00',
  same: '2026-11-20T08:00:00+08:00',
  later: '2026-11-20T09:00:00+08:00',
};

/** The documents of an example are its own, so that no other one is the same fact. */
async function lastRowOf({ item, rows, before }: RuleExample, serial: number) {
  const made = (changes: Record<string, string>) => county.row('MARKET', item, changes, serial);
  if (before) await county.send('MARKET', item, [made(before.row)], INSTANTS[before.asOf]);
  const batch = await county.send('MARKET', item, rows.map(made));
  return { batch, row: batch.rows.nodes.at(-1) };
}

describe('every rule does in the pipeline what its examples say', () => {
  test.each(
    RULES.flatMap(([code, rule], n) =>
      rule.examples.map((example, m) => [code, m + 1, rule, example, 1_000 + 10 * n + m] as const),
    ),
  )('%s, example %i', async (code, _m, rule, example, serial) => {
    const { batch, row } = await lastRowOf(example, serial);
    const step = row.steps.find((one: { step: string }) => one.step === rule.step);
    const named = step?.rules.find((one: { code: string }) => one.code === code);
    if (!named) throw new Error(`${code} is not named: ${JSON.stringify(row)}`);
    if (example.field) expect(named.field).toBe(example.field);
    const refused = row.issues.some(({ severity }: { severity: string }) => severity === 'REJECTION');
    expect([code, refused]).toEqual([code, ['JUNK', 'INVALID', 'DUPLICATE'].includes(rule.level)]);
    expect(batch.read).toBe(batch.accepted + batch.rejected);
    expect(row.steps.at(-1)).toMatchObject({ step: 'LOAD', ...(refused ? { result: 'RETURNED' } : {}) });
  });
});

describe('the catalogue of rules', () => {
  test('every rule has an example, or is of workbooks alone', () => {
    expect(RULES.filter(([, { examples, workbooksOnly }]) => examples.length === 0 && !workbooksOnly)).toEqual([]);
  });

  test('every issue that a row has ever been given is a rule of it', async () => {
    const codes = await county.owner<{ code: string }>(
      `select distinct i->>'code' as code from import_row r cross join lateral jsonb_array_elements(r.issues) i`,
    );
    expect(codes.map(({ code }) => code).filter((code) => !(code in QUALITY_RULES))).toEqual([]);
  });
});

test('a row that is taken shows all six steps, in order', async () => {
  const batch = await county.send('MARKET', 'XZCF_FR', [
    county.row('MARKET', 'XZCF_FR', { CF_XDR_SHXYM: '91370830ma9yyy010n', CF_CFLB: '罚款', CF_NR_FK: '20' }),
  ]);
  expect(batch.rows.nodes[0].steps).toEqual([
    { step: 'FILTER', result: 'PASSED', rules: [] },
    { step: 'NORMALISE', result: 'CORRECTED', rules: [{ code: 'LETTER_CASE', field: 'CF_XDR_SHXYM' }] },
    { step: 'DEDUPLICATE', result: 'FIRST', rules: [] },
    { step: 'MERGE', result: 'NEW', rules: [{ code: 'FACT_NEW', field: null }] },
    { step: 'CLASSIFY', result: 'CLASSIFIED', rules: [{ code: 'CLASS_GENERAL', field: null }] },
    { step: 'LOAD', result: 'STORED', rules: [{ code: 'LATE_REPORT', field: 'CF_JDRQ' }] },
  ]);
});

test('a subject says whose item told of it: a record’s, until the register has it', async () => {
  const code = '91330100799655058B';
  await county.send('MARKET', 'XZXK_FR', [county.row('MARKET', 'XZXK_FR', { XK_XDR_SHXYM: code })]);
  const ask = () =>
    county.hub.graphql(`{ subject(code: "${code}") { ... on Organisation { provisional sourceItem { code } } } }`);
  expect((await ask()).data.subject).toEqual({ provisional: true, sourceItem: { code: 'XZXK_FR' } });
  await county.register(code, '示例网络技术有限公司');
  expect((await ask()).data.subject).toEqual({ provisional: false, sourceItem: { code: 'DJ_SCZT' } });
});
