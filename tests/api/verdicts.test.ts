import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { addDays, addYears } from '../../src/platform/clock.js';
import { unifiedCode } from '../kit/codes.js';
import { type Hub, startHub } from '../kit/hub.js';
import { sql } from '../kit/sql.js';
import { type Caller, check, hall } from './callers.js';

// verdicts.csv is written by hand from reference.md (Reference data): matter × list × state of the entry, each with and
// without an active entry of NSXY_A beside it. A state says more where the calendar has a say:
// LISTED_LAST_DAY ends today, LISTED_OVER ended yesterday, LISTED_TOMORROW begins tomorrow.
const TODAY = '2026-11-24';
const MATTERS = ['CZZJXM', 'ZFCGTB', 'SPJYXK', 'RCSPCN'] as const;
const [, ...LINES] = readFileSync(new URL('verdicts.csv', import.meta.url), 'utf8')
  .trim()
  .split('\n');
const CASES = LINES.map((line, i) => {
  const [list = '', state = '', red = '', ...verdicts] = line.split(',');
  return { list, state, red, verdicts: verdicts.join(' '), code: unifiedCode('91', 100_000 + i) };
});

interface Entry {
  subject: string;
  list: string;
  state: string;
  listed_on: string;
  ends_on: string | null;
}
const LAST_DAY: Record<string, string> = { LISTED_LAST_DAY: TODAY, LISTED_OVER: addDays(TODAY, -1) };
const entryOf = (subject: string, list: string, state: string): Entry => ({
  subject,
  list,
  state: state.split('_')[0] as string,
  listed_on: state === 'LISTED_TOMORROW' ? addDays(TODAY, 1) : '2026-03-02',
  ends_on: LAST_DAY[state] ?? null,
});

interface Penalty {
  what: string;
  verdict: 'RESTRICTED' | 'CLEAR';
  categories?: string[];
  basis?: string;
  decided_on?: string;
  state?: string;
  disputed?: boolean;
  subject: string;
}
const FOOD_LAW = '《中华人民共和国食品安全法》第一百二十四条第一款';
const FIVE_YEARS_AGO = addYears(TODAY, -5);
const PENALTIES: Penalty[] = (
  [
    { what: 'a licence revoked under the law', verdict: 'RESTRICTED' },
    { what: 'one day less than five years ago', verdict: 'RESTRICTED', decided_on: addDays(FIVE_YEARS_AGO, 1) },
    { what: 'among other kinds', verdict: 'RESTRICTED', categories: ['罚款', '没收违法所得', '吊销许可证件'] },
    { what: 'disputed, and in force all the same', verdict: 'RESTRICTED', disputed: true },
    { what: 'five years ago', verdict: 'CLEAR', decided_on: FIVE_YEARS_AGO },
    { what: 'of another kind', verdict: 'CLEAR', categories: ['罚款', '暂扣许可证件'] },
    { what: 'under another law', verdict: 'CLEAR', basis: '《中华人民共和国药品管理法》第一百一十八条' },
    { what: 'under its regulation alone', verdict: 'CLEAR', basis: '《中华人民共和国食品安全法实施条例》第六十七条' },
    { what: 'repaired', verdict: 'CLEAR', state: 'REPAIRED' },
    { what: 'revoked', verdict: 'CLEAR', state: 'REVOKED' },
  ] as const
).map((one, i) => ({ ...one, subject: unifiedCode('91', 200_000 + i) }) as Penalty);

const COMMITMENTS = ['OPEN', 'FULFILLED', 'PARTLY_FULFILLED', 'BREACHED', 'REPAIRED'].map((state, i) => ({
  state,
  subject: unifiedCode('91', 300_000 + i),
}));
const NOTHING = unifiedCode('91', 400_000);
const REWARDED_BREACH = unifiedCode('91', 400_001);
const BOTH_OF_FOOD = unifiedCode('91', 400_002);

let hub: Hub;
let window: Caller;
const seen = new Map<string, string>();

beforeAll(async () => {
  hub = await startHub({ now: TODAY });
  window = await hall(hub);
  await seed();
  const subjects = [...CASES.map(({ code }) => code), ...PENALTIES.map(({ subject }) => subject), NOTHING];
  for (const matter of MATTERS) {
    const { data } = await window(
      `mutation ($input: CheckCreditsInput!) { checkCredits(input: $input) { items { check { verdict } } } }`,
      { input: { matter, rows: subjects.map((code) => ({ code })) } },
    );
    for (const [i, { check: answered }] of data.checkCredits.items.entries()) {
      const code = subjects[i] as string;
      seen.set(code, [seen.get(code), answered.verdict].filter(Boolean).join(' '));
    }
  }
});
afterAll(() => hub.remove());

async function seed(): Promise<void> {
  const insert = (text: string, rows: object[]) =>
    sql(hub.ownerUrl, text, [JSON.stringify(rows.map((row) => ({ ...row, id: randomUUID() })))]);
  const entries = CASES.flatMap(({ code, list, state, red }) => [
    entryOf(code, list, state),
    ...(red ? [entryOf(code, red, 'LISTED')] : []),
  ]);
  entries.push(entryOf(REWARDED_BREACH, 'NSXY_A', 'LISTED'), entryOf(BOTH_OF_FOOD, 'SCJG_YZWF', 'LISTED'));
  const penalties = [...PENALTIES, { subject: BOTH_OF_FOOD }];
  const commitments = [...COMMITMENTS, { state: 'BREACHED', subject: REWARDED_BREACH }];
  const codes = new Set([NOTHING, ...[...entries, ...penalties, ...commitments].map(({ subject }) => subject)]);
  await insert(
    `insert into subject (id, kind, name, name_key, code, as_of)
     select id, 'ENTERPRISE', code, code, code, now() from jsonb_to_recordset($1) as r(id uuid, code text)`,
    [...codes].map((code) => ({ code })),
  );
  await insert(
    `insert into list_entry (id, list_id, subject_id, subject_kind, department_id, state, document_no, proposed_on,
       listed_on, ends_on, business_key, as_of)
     select r.id, l.id, s.id, s.kind, (select id from department limit 1), r.state, '示例', '2026-03-01', r.listed_on,
       r.ends_on, r.id::text, now()
     from jsonb_to_recordset($1) as r(id uuid, subject text, list text, state text, listed_on date, ends_on date)
     join subject s on s.code = r.subject join credit_list l on l.code = r.list`,
    entries,
  );
  await insert(
    `insert into credit_record (id, item_id, record_type, disclosure, subject_id, subject_kind, authority_id, provider_id,
       document_no, decided_on, state, expires_on, disputed, business_key, content_hash, as_of, received_on, basis, categories, fine)
     select r.id, i.id, 'PENALTY', 'PUBLIC', s.id, s.kind, d.id, d.id, '示例', r.decided_on, r.state,
       r.decided_on + interval '5 years', r.disputed, r.id::text, '', now(), r.decided_on, r.basis, r.categories, 5000000
     from jsonb_to_recordset($1) as r(id uuid, subject text, decided_on date, state text, disputed boolean, basis text, categories text[])
     join subject s on s.code = r.subject join catalogue_item i on i.code = 'XZCF_FR'
     cross join (select id from department limit 1) d`,
    penalties.map((one) => ({
      state: 'ACTIVE',
      disputed: false,
      decided_on: '2026-05-06',
      categories: ['吊销许可证件'],
      basis: FOOD_LAW,
      ...one,
    })),
  );
  await insert(
    `insert into commitment (id, code, kind, subject_id, subject_kind, content, made_on, made_by, state, department_id)
     select r.id, r.id::text, 'APPROVAL_SUBSTITUTION', s.id, s.kind, '示例', '2026-03-01', 'x', r.state,
       (select id from department limit 1)
     from jsonb_to_recordset($1) as r(id uuid, subject text, state text) join subject s on s.code = r.subject`,
    commitments,
  );
}

test('the table has every list in every state, alone and beside a red entry', () => {
  expect(new Set(CASES.map(({ list, state, red }) => `${list} ${state} ${red}`)).size).toBe(8 * 11 * 2);
});

const LISTS = [...new Set(CASES.map(({ list }) => list))];
describe.each(LISTS)('an entry of %s', (list) => {
  test.each(CASES.filter((one) => one.list === list))('$state, beside it: $red', ({ code, verdicts }) => {
    expect(seen.get(code)).toBe(verdicts);
  });
});

describe('a penalty, a fine of five millions with it', () => {
  test.each(PENALTIES)('$what: SPJYXK $verdict, nothing elsewhere', ({ subject, verdict }) => {
    expect(seen.get(subject)).toBe(`CLEAR CLEAR ${verdict} CLEAR`);
  });

  test('is named with its measure and provision, and stands over what a list cautions of', async () => {
    const { verdict, findings } = await check(window, BOTH_OF_FOOD, 'SPJYXK');
    const found = findings.map(({ effect, measure, basis, listEntry, record }: Record<string, { name: string }>) => ({
      effect,
      measure: measure?.name,
      basis,
      cause: [listEntry && 'entry', record && 'record'].join(''),
    }));
    expect(verdict).toBe('RESTRICTED');
    expect(found).toEqual([
      {
        effect: 'RESTRICTED',
        measure: '五年内不得申请',
        basis: { title: '中华人民共和国食品安全法', article: '第一百三十五条' },
        cause: 'record',
      },
      {
        effect: 'CAUTION',
        measure: '审查时重点考量',
        basis: { title: expect.stringContaining('第44号'), article: '第十五条' },
        cause: 'entry',
      },
    ]);
  });
});

describe('a commitment', () => {
  test.each(COMMITMENTS)('$state', async ({ state, subject }) => {
    const { verdict, findings } = await check(window, subject, 'RCSPCN');
    expect(verdict).toBe(state === 'BREACHED' ? 'CAUTION' : 'CLEAR');
    expect(findings.map(({ commitment }: { commitment: object | null }) => commitment !== null)).toEqual(
      state === 'BREACHED' ? [true] : [],
    );
    expect((await check(window, subject, 'CZZJXM')).verdict).toBe('CLEAR');
  });

  test('breached stands over a reward where it is asked, and takes it away nowhere else', async () => {
    expect((await check(window, REWARDED_BREACH, 'RCSPCN')).verdict).toBe('CAUTION');
    expect((await check(window, REWARDED_BREACH, 'CZZJXM')).verdict).toBe('REWARDED');
  });
});

test('sources that are over their cycle: what is known is shown, a restriction stands, nothing is CLEAR', async () => {
  await hub.stop();
  hub = await startHub({ dataDir: hub.dataDir, now: '2046-01-01' });
  window = await hall(hub);
  const listed = (list: string) =>
    CASES.find((one) => one.list === list && one.state === 'LISTED' && !one.red)?.code as string;
  const answers: [string, (typeof MATTERS)[number], string, string[]][] = [
    [NOTHING, 'CZZJXM', 'UNKNOWN', []],
    [NOTHING, 'ZFCGTB', 'UNKNOWN', []],
    [NOTHING, 'RCSPCN', 'UNKNOWN', []],
    // looks at the county's own lists only
    [NOTHING, 'SPJYXK', 'CLEAR', []],
    [listed('SXBZXR'), 'CZZJXM', 'RESTRICTED', ['RESTRICTED']],
    [listed('TQNMGGZ'), 'ZFCGTB', 'RESTRICTED', ['RESTRICTED']],
    [listed('SCJG_YZWF'), 'SPJYXK', 'CAUTION', ['CAUTION']],
    [listed('SCJG_YZWF'), 'RCSPCN', 'UNKNOWN', ['CAUTION']],
    [listed('NSXY_A'), 'CZZJXM', 'UNKNOWN', ['REWARDED']],
  ];
  for (const [code, matter, verdict, effects] of answers) {
    const answered = await check(window, code, matter);
    const found = answered.findings.map(({ effect }: { effect: string }) => effect);
    expect([code, matter, answered.verdict, found]).toEqual([code, matter, verdict, effects]);
    const stale = answered.sources.filter((source: { stale: boolean }) => source.stale);
    expect([matter, stale.length > 0]).toEqual([matter, matter !== 'SPJYXK']);
  }
  const { sources } = await check(window, NOTHING, 'CZZJXM');
  expect(sources.map(({ stale, list }: { stale: boolean; list: { code: string } }) => [list.code, stale])).toEqual([
    ['CXDF', false],
    ['NSXY_A', true],
    ['SXBZXR', true],
    ['TQNMGGZ', false],
  ]);
});
