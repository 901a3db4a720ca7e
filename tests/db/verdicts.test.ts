import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { uuidv7 } from '../../src/platform/ids.js';
import { sql } from '../../src/platform/sql.js';
import { checkCredits } from '../../src/services/checks/check.js';
import { inventedCode } from './codes.js';
import { type County, openCounty, TODAY } from './kit.js';

// By hand from reference.md (Reference data): what a LISTED entry of each list comes to in each matter, alone and with a
// red entry beside it. R restricted, C caution, W rewarded, - clear.
const MATTERS = ['CZZJXM', 'ZFCGTB', 'SPJYXK', 'RCSPCN'] as const;
const LISTED: Record<string, readonly [alone: string, withRed: string]> = {
  //            CZZJXM ZFCGTB SPJYXK RCSPCN
  SXBZXR: ['R R - C', 'R R - C'],
  ZDSSWF: ['- R - C', '- R - C'],
  ZFCG_YZSX: ['- R - C', '- R - C'],
  TQNMGGZ: ['R R - C', 'R R - C'],
  SCJG_YZWF: ['- - C C', '- - C C'],
  AQSC_YZSX: ['- - - C', '- - - C'],
  NSXY_A: ['W - - W', 'W - - W'],
  CXDF: ['W - - W', 'W - - W'],
};
/** an entry that is not in force, alone and with a red one beside it */
const NOT_IN_FORCE = ['- - - -', 'W - - W'] as const;
const STATES = {
  PROPOSED: false,
  NOTIFIED: false,
  LISTED: true,
  'LISTED to its last day': true,
  'LISTED and over': false,
  SUSPENDED: false,
  REPAIRED: false,
  EXPIRED: false,
  REVOKED: false,
  WITHDRAWN: false,
} as const;
const LETTER = { RESTRICTED: 'R', CAUTION: 'C', REWARDED: 'W', CLEAR: '-', UNKNOWN: '?' };

interface Case {
  code: string;
  list: string;
  state: keyof typeof STATES;
  red: boolean;
}
const cases: Case[] = Object.keys(LISTED).flatMap((list) =>
  (Object.keys(STATES) as (keyof typeof STATES)[]).flatMap((state) =>
    [false, true].map((red) => ({ list, state, red, code: '' })),
  ),
);
for (const [serial, one] of cases.entries()) one.code = inventedCode(serial);

let county: County;
const answers = new Map<string, string>();
beforeAll(async () => {
  county = await openCounty();
  for (const { code, list, state, red } of cases) {
    const subject = await county.organisation(code, `虚构${code}`);
    const endsOn = state === 'LISTED to its last day' ? TODAY : state === 'LISTED and over' ? '2026-11-23' : null;
    await enter(subject, list, state.split(' ')[0]!, endsOn);
    if (red) await enter(subject, list === 'NSXY_A' ? 'CXDF' : 'NSXY_A', 'LISTED', null);
  }
  const clerk = county.actor('DEPARTMENT', 'APPROVAL');
  for (const matter of MATTERS) {
    const rows = cases.map(({ code }) => ({ code }));
    const { made: outcomes } = await county.write(clerk, (s) => checkCredits(s, county.keys, { rows, matter }, 3650));
    const checks = await county
      .read(clerk)
      .query<{ id: string; verdict: keyof typeof LETTER }>(sql`select id, verdict from credit_check`);
    const verdicts = new Map(checks.map(({ id, verdict }) => [id, LETTER[verdict]]));
    for (const { row, checkId } of outcomes) {
      const { code } = cases[row - 1]!;
      answers.set(code, [answers.get(code), verdicts.get(checkId!)].filter(Boolean).join(' '));
    }
  }
});
afterAll(() => county?.close());

const enter = (subject: string, list: string, state: string, endsOn: string | null) =>
  county.owner(
    `insert into list_entry (id, list_id, subject_id, subject_kind, department_id, state, document_no, proposed_on,
       listed_on, ends_on, business_key, as_of)
     select $1::uuid, l.id, $2, 'ENTERPRISE', d.id, $3, 'x', '2026-01-01', '2026-01-02', $4, $1::text, now()
     from credit_list l, department d where l.code = $5 and d.name = 'HRSS'`,
    [uuidv7(), subject, state, endsOn, list],
  );

describe.each(Object.keys(LISTED))('%s', (list) => {
  test.each(cases.filter((one) => one.list === list))('$state, red beside it: $red', ({ code, state, red }) => {
    const [alone, withRed] = STATES[state] ? LISTED[list]! : NOT_IN_FORCE;
    expect(answers.get(code)).toBe(red ? withRed : alone);
  });
});
