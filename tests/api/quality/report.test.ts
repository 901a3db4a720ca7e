import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DEPARTMENTS } from '../../kit/samples.js';
import { refusalOf } from '../callers.js';
import { ENTERPRISE, openQualityCounty, type QualityCounty } from './county.js';

const REPORT = `query ($month: String!, $department: UnifiedSocialCreditCode, $item: String) {
  qualityReport(month: $month, department: $department, item: $item) { department { code } item { code } month batches read accepted
    dimensions { dimension faulty rate rules }
    done { returned junk corrected linked revised unchanged reviewsOpened reviewsClosed } } }`;
const MONTH = { month: '2026-11' };

let county: QualityCounty;
let market: string;
beforeAll(async () => {
  county = await openQualityCounty();
  market = await county.tokenOf('MARKET');
  await county.register(ENTERPRISE, '示例单位', { DJ_GSZCH: '370830200000006' });
  const row = (changes: Record<string, string> = {}, n?: number) =>
    county.row(
      'MARKET',
      'XZXK_FR',
      { XK_JDRQ: '2026-11-18', XK_YXQZ: '2026-11-18', XK_YXQZI: '2099-12-31', ...changes },
      n,
    );
  const blank = Object.fromEntries(Object.keys(row()).map((field) => [field, '']));
  await county.send('MARKET', 'XZXK_FR', [
    row({}, 501),
    row({}, 501), // DUPLICATE
    row({ XK_NR: '' }), // REQUIRED_MISSING
    blank, // the same, and junk
    row({ XK_XDR_SHXYM: '914403001922038217' }), // USCC_INVALID
    row({ XK_XDR_MC: '另一名称' }), // NAME_MISMATCH
    row({ XK_JDRQ: '2026-01-05', XK_YXQZ: '2026-01-05' }), // LATE_REPORT
    row({ XK_XDR_SHXYM: '', XK_XDR_GSZC: '370830200000006' }), // linked
    row({ XK_JDRQ: '2026年11月18日' }), // put right
    row({ XK_LYDWDM: '91330100799655058B' }), // OUTSIDE_CATALOGUE
  ]);
  await county.send('MARKET', 'XZXK_FR', [row({}, 501)], '2026-11-20T10:00:00+08:00');
  await county.send('MARKET', 'XZCF_FR', [
    county.row('MARKET', 'XZCF_FR', { CF_JDRQ: '2026-11-18', CF_YXQ: '2027-11-18', CF_CFLB: '行政拘留' }),
  ]);
});
afterAll(() => county?.close());

const ask = (token: string, variables: object = MONTH, headers = {}) =>
  county.hub.graphql(REPORT, variables as Record<string, unknown>, { token, headers });

describe('the month by department and item', () => {
  test('says of each dimension what was wrong, by which rule, and what was done', async () => {
    const { data, errors } = await ask(market);
    expect(errors).toEqual([]);
    const permits = data.qualityReport.find(({ item }: { item: { code: string } }) => item.code === 'XZXK_FR');
    expect(permits).toEqual({
      department: { code: DEPARTMENTS.MARKET.code },
      item: { code: 'XZXK_FR' },
      month: '2026-11',
      batches: 2,
      read: 11,
      accepted: 6,
      dimensions: [
        { dimension: 'COMPLETENESS', faulty: 2, rate: 0.8182, rules: { REQUIRED_MISSING: 2 } },
        { dimension: 'ACCURACY', faulty: 2, rate: 0.8182, rules: { USCC_INVALID: 1, NAME_MISMATCH: 1 } },
        { dimension: 'UNIQUENESS', faulty: 2, rate: 0.8182, rules: { DUPLICATE: 1, FACT_UNCHANGED: 1 } },
        { dimension: 'TIMELINESS', faulty: 1, rate: 0.9091, rules: { LATE_REPORT: 1 } },
        { dimension: 'LEGALITY', faulty: 1, rate: 0.9091, rules: { OUTSIDE_CATALOGUE: 1 } },
      ],
      done: {
        returned: 5,
        junk: 1,
        corrected: { DATE_FORMAT: 1 },
        linked: 1,
        revised: 0,
        unchanged: 1,
        reviewsOpened: 0,
        reviewsClosed: 0,
      },
    });
    const penalties = data.qualityReport.find(({ item }: { item: { code: string } }) => item.code === 'XZCF_FR');
    expect(penalties.done).toMatchObject({ reviewsOpened: 1, reviewsClosed: 0 });
  });

  test('narrows to an item; another month is empty; a wrong one is named', async () => {
    const { data } = await ask(market, { ...MONTH, item: 'XZCF_FR' });
    expect(data.qualityReport).toHaveLength(1);
    expect((await ask(market, { month: '2026-10' })).data.qualityReport).toEqual([]);
    expect(refusalOf(await ask(market, { month: '2026-13' }))).toBe('BAD_USER_INPUT month');
  });

  test('a department sees its own, the credit office all of them and only with a purpose', async () => {
    const { data } = await ask(await county.tokenOf('APPROVAL'), MONTH);
    expect(data.qualityReport.map(({ item }: { item: { code: string } }) => item.code)).toEqual(['DJ_SCZT']);
    const named = await ask(await county.tokenOf('APPROVAL'), { ...MONTH, department: DEPARTMENTS.MARKET.code });
    expect(named.data.qualityReport).toEqual([]);
    const officer = await county.officer('an officer');
    const all = await officer(REPORT, MONTH);
    expect(all.data.qualityReport).toHaveLength(3);
    expect(refusalOf(await (await county.officer('an officer', {}))(REPORT, MONTH))).toBe('PURPOSE_REQUIRED');
    const hall = await county.hub.token({ role: 'SERVICE_HALL', department: DEPARTMENTS.APPROVAL.code });
    expect(refusalOf(await ask(hall))).toBe('FORBIDDEN');
  });

  test('hub quality --month prints the same', async () => {
    const json = await county.hub.cli(['quality', '--month', '2026-11', '--json']);
    expect(json.code).toBe(0);
    const lines = JSON.parse(json.stdout);
    expect(lines.map(({ item, read }: { item: string; read: number }) => [item, read]).sort()).toEqual([
      ['DJ_SCZT', 1],
      ['XZCF_FR', 1],
      ['XZXK_FR', 11],
    ]);
    const text = await county.hub.cli(['quality', '--month', '2026-11', '--department', DEPARTMENTS.MARKET.code]);
    expect(text.stdout).toContain('XZXK_FR');
    expect(text.stdout).toContain('81.8%');
    expect(text.stdout).not.toContain('DJ_SCZT');
    expect((await county.hub.cli(['quality', '--month', 'November'])).code).toBe(2);
  });
});
