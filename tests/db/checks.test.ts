import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Actor } from '../../src/permissions/actor.js';
import { referenceId, uuidv7 } from '../../src/platform/ids.js';
import { sql } from '../../src/platform/sql.js';
import { checkCredit, checkCredits } from '../../src/services/checks/check.js';
import type { CheckRow } from '../../src/services/checks/row.js';
import { inventedCode } from './codes.js';
import { type County, openCounty, TODAY } from './kit.js';

const FOOD = '91370830MA9YYY010N';
const PLAIN = '91370830MA9YYY029K';
const UNKNOWN = '12370830MB9YY002X0';
const PERSON = { name: '张 试用', number: '370830199001010013' };
const CYCLE = 3650;

let county: County;
let clerk: Actor;
let food: string;
let person: string;
beforeAll(async () => {
  county = await openCounty();
  clerk = county.actor('DEPARTMENT', 'APPROVAL');
  food = await county.organisation(FOOD, '汶上县试用食品（集团）有限公司');
  await county.organisation(PLAIN, '汶上县试用建材有限公司');
  person = await county.person({ ...PERSON, name: '张试用' });
});
afterAll(() => county?.close());

const check = async (
  row: CheckRow,
  matter = 'SPJYXK',
  { actor = clerk, today = TODAY, cycle = CYCLE as number | null } = {},
) => {
  const { made: id } = await county.write(actor, (s) => checkCredit(s, county.keys, { ...row, matter }, cycle), today);
  const [stored] = await county.read(actor, today).query<Record<string, unknown>>(sql`
    select c.receipt_no as receipt, c.verdict, c.subject_id as subject, c.subject_found as found, c.name_matches as "nameMatches",
      c.case_no as "caseNo", c.sources, coalesce((select jsonb_agg(jsonb_build_object('measure', m.code, 'effect', f.effect,
        'law', b.title, 'record', f.record_id, 'commitment', f.commitment_id, 'entry', f.list_entry_id) order by f.ordinal)
        from credit_check_finding f join measure m on m.id = f.measure_id join legal_basis b on b.id = f.basis_id
        where f.check_id = c.id), '[]') as findings
    from credit_check c where c.id = ${id}`);
  return stored as { receipt: string; verdict: string; findings: Record<string, unknown>[] } & Record<string, unknown>;
};
const refusal = (code: string, field?: string) => expect.objectContaining({ code, ...(field ? { field } : {}) });

async function penalty(more: Record<string, unknown>): Promise<string> {
  const record = {
    id: uuidv7(),
    item_id: referenceId('item', 'XZCF_FR'),
    record_type: 'PENALTY',
    disclosure: 'PUBLIC',
    subject_id: food,
    subject_kind: 'ENTERPRISE',
    decided_on: '2024-05-10',
    state: 'ACTIVE',
    disputed: false,
    business_key: uuidv7(),
    content_hash: 'x',
    as_of: '2024-05-10T00:00:00Z',
    received_on: '2024-05-11',
    basis: '《中华人民共和国食品安全法》第一百二十三条',
    categories: ['罚款', '吊销许可证件'],
    fine: '5000000.00',
    values: {},
    personal_text: false,
    back_filled: false,
    revision: 1,
    revised_at: '2024-05-10T00:00:00Z',
    ...more,
  };
  await county.owner(
    `insert into credit_record select r.* from department d,
       jsonb_populate_record(null::credit_record, $1::jsonb || jsonb_build_object('authority_id', d.id, 'provider_id', d.id)) r
     where d.name = 'MARKET'`,
    [JSON.stringify(record)],
  );
  return record.id;
}
const remove = (id: string) =>
  county.owner(
    `with f as (delete from credit_check_finding where record_id = $1) delete from credit_record where id = $1`,
    [id],
  );

describe('a penalty', () => {
  test('of the kind and law, active and less than five years old, restricts', async () => {
    const id = await penalty({});
    const { verdict, findings } = await check({ code: FOOD });
    expect(verdict).toBe('RESTRICTED');
    expect(findings).toEqual([
      {
        measure: 'WNBDSQ',
        effect: 'RESTRICTED',
        law: '中华人民共和国食品安全法',
        record: id,
        commitment: null,
        entry: null,
      },
    ]);
    for (const matter of ['CZZJXM', 'ZFCGTB', 'RCSPCN']) {
      expect(await check({ code: FOOD }, matter)).toMatchObject({ verdict: 'CLEAR', findings: [] });
    }
    expect(await check({ code: PLAIN })).toMatchObject({ verdict: 'CLEAR' });
    await remove(id);
  });
  test.each([
    ['a fine of millions', { categories: ['罚款'] }, 'CLEAR'],
    ['another law', { basis: '《中华人民共和国药品管理法》第一百一十八条' }, 'CLEAR'],
    ['the regulation under the law', { basis: '《中华人民共和国食品安全法实施条例》第六十七条' }, 'CLEAR'],
    [
      'the regulation and the law',
      { basis: '《食品安全法实施条例》第六十七条、《食品安全法》第一百二十三条' },
      'RESTRICTED',
    ],
    ['repaired', { state: 'REPAIRED' }, 'CLEAR'],
    ['revoked', { state: 'REVOKED' }, 'CLEAR'],
    ['expired yesterday', { expires_on: '2026-11-23' }, 'CLEAR'],
    ['on its last day', { expires_on: TODAY }, 'RESTRICTED'],
    ['decided five years ago', { decided_on: '2021-11-24' }, 'CLEAR'],
    ['decided five years ago tomorrow', { decided_on: '2021-11-25' }, 'RESTRICTED'],
    ['a permit', { record_type: 'PERMIT' }, 'CLEAR'],
  ])('%s', async (_name, more, expected) => {
    const id = await penalty(more);
    expect((await check({ code: FOOD })).verdict).toBe(expected);
    await remove(id);
  });
});

test.each([
  ['OPEN', 'CLEAR'],
  ['FULFILLED', 'CLEAR'],
  ['PARTLY_FULFILLED', 'CLEAR'],
  ['BREACHED', 'CAUTION'],
  ['REPAIRED', 'CLEAR'],
])('a commitment that is %s: %s where promises are taken', async (state, expected) => {
  const id = uuidv7();
  await county.owner(
    `insert into commitment (id, code, kind, subject_id, subject_kind, content, made_on, made_by, state, department_id)
     select $1::uuid, $1::text, 'APPROVAL_SUBSTITUTION', $2, 'ENTERPRISE', 'x', '2026-01-01', 'x', $3, d.id
     from department d where d.name = 'HRSS'`,
    [id, food, state],
  );
  const { verdict, findings } = await check({ code: FOOD }, 'RCSPCN');
  expect(verdict).toBe(expected);
  expect(findings.map(({ commitment }) => commitment)).toEqual(expected === 'CAUTION' ? [id] : []);
  expect((await check({ code: FOOD }, 'CZZJXM')).verdict).toBe('CLEAR');
  await county.owner('delete from credit_check_finding where commitment_id = $1', [id]);
  await county.owner('delete from commitment where id = $1', [id]);
});

test('a trigger outside the dates of its provision does nothing, and its list is no source', async () => {
  const id = await penalty({});
  const key = referenceId('basis', 'SPAQF_135');
  await county.owner('update legal_basis set valid_to = $2 where id = $1', [key, '2026-11-23']);
  expect(await check({ code: FOOD })).toMatchObject({ verdict: 'CLEAR', findings: [] });
  await county.owner('update legal_basis set valid_to = $2 where id = $1', [key, TODAY]);
  expect(await check({ code: FOOD })).toMatchObject({ verdict: 'RESTRICTED' });
  await county.owner('update legal_basis set valid_to = null where id = $1', [key]);
  await remove(id);
});

describe('sources', () => {
  const idOf = (code: string) => referenceId('list', code);
  test('are the lists that the matter looks at; a list never received counts from when it was loaded', async () => {
    const { sources, verdict } = await check({ code: PLAIN }, 'CZZJXM', { cycle: null });
    expect(verdict).toBe('CLEAR');
    expect(sources).toEqual([
      { listId: idOf('CXDF'), receivedUpTo: null, stale: false },
      { listId: idOf('NSXY_A'), receivedUpTo: null, stale: false },
      { listId: idOf('SXBZXR'), receivedUpTo: null, stale: false },
      { listId: idOf('TQNMGGZ'), receivedUpTo: null, stale: false },
    ]);
  });
  test('are stale the day after their cycle, by the calendar of Shanghai', async () => {
    // 2026-11-10 in Shanghai
    await county.owner(
      `update credit_list set received_up_to = '2026-11-09T16:30:00Z' where code in ('SXBZXR', 'NSXY_A')`,
    );
    const fresh = await check({ code: PLAIN }, 'CZZJXM', { cycle: 14 });
    expect(fresh).toMatchObject({ verdict: 'CLEAR' });
    expect(fresh['sources']).toContainEqual({
      listId: idOf('SXBZXR'),
      receivedUpTo: '2026-11-09T16:30:00.000Z',
      stale: false,
    });
    const stale = await check({ code: PLAIN }, 'CZZJXM', { cycle: 13 });
    expect(stale).toMatchObject({ verdict: 'UNKNOWN', found: true });
    expect(stale['sources']).toContainEqual({
      listId: idOf('SXBZXR'),
      receivedUpTo: '2026-11-09T16:30:00.000Z',
      stale: true,
    });
    expect(await check({ code: PLAIN }, 'SPJYXK', { cycle: 0 })).toMatchObject({ verdict: 'CLEAR' });
  });
});

describe('a person', () => {
  test('is found by its document, however it is written', async () => {
    const base = { subject: person, found: true, nameMatches: true, verdict: 'CLEAR' };
    expect(await check({ person: PERSON })).toMatchObject(base);
    expect(await check({ person: { ...PERSON, type: '身份证', number: ' ３７０８３０199001010013 ' } })).toMatchObject(
      base,
    );
    expect(await check({ person: { ...PERSON, name: '李试用' } })).toMatchObject({ ...base, nameMatches: false });
  });
  test('of another document is another', async () => {
    expect(await check({ person: { ...PERSON, type: '护照号' } })).toMatchObject({
      verdict: 'UNKNOWN',
      found: false,
      subject: null,
    });
  });
  test('with a wrong number is refused, and the number not repeated', async () => {
    for (const number of ['370830199001010014', '370830198502300014', '37083019900101001', '370830202701010016']) {
      const error = await check({ person: { ...PERSON, number } }).catch((e) => e);
      expect(error).toEqual(refusal('BAD_USER_INPUT', 'person.number'));
      expect(JSON.stringify([error.message, error.text])).not.toContain(number);
    }
  });
});

test('the name is compared levelled; without one, or without a subject, there is nothing to compare', async () => {
  expect(await check({ code: FOOD, name: '汶上县试用食品(集团) 有限公司' })).toMatchObject({ nameMatches: true });
  expect(await check({ code: FOOD, name: '汶上县试用食品有限公司' })).toMatchObject({ nameMatches: false });
  expect(await check({ code: FOOD })).toMatchObject({ nameMatches: null });
  expect(await check({ code: UNKNOWN, name: '汶上县某局' })).toMatchObject({
    nameMatches: null,
    found: false,
    verdict: 'UNKNOWN',
  });
});

test('codes are put into their canonical form', async () => {
  expect(await check({ code: ' ９１370830ma9yyy010n ' })).toMatchObject({ subject: food });
});

test.each([
  ['a wrong check digit', { code: '91370830MA9YYY010M' }, 'code'],
  ['both', { code: FOOD, person: PERSON }, 'code'],
  ['neither', {}, 'code'],
  ['no such matter', { code: FOOD, matter: 'NOPE' }, 'matter'],
])('refused: %s', async (_name, { matter, ...row }: CheckRow & { matter?: string }, field) => {
  await expect(check(row, matter)).rejects.toEqual(refusal('BAD_USER_INPUT', field));
});

test('a receipt sorts by day, tells the case, and is read by whoever ran the check and its subject alone', async () => {
  const { receipt, caseNo } = await check({ code: PLAIN }, 'SPJYXK', { actor: { ...clerk, caseNo: '2026-7' } });
  expect(receipt).toMatch(/^HC20261124[0-9A-HJKMNP-TV-Z]{12}$/);
  expect(caseNo).toBe('2026-7');
  const seen = (actor: Actor) =>
    county.read(actor).query(sql`select 1 from credit_check where receipt_no = ${receipt}`);
  const [plain] = await county.owner<{ id: string }>('select id from subject where code = $1', [PLAIN]);
  expect(await seen(clerk)).toHaveLength(1);
  expect(await seen(county.subjectActor(plain!.id))).toHaveLength(1);
  for (const other of [{ ...clerk, user: 'another' }, county.actor('DEPARTMENT', 'HRSS'), county.subjectActor(food)]) {
    expect(await seen(other)).toEqual([]);
  }
});

test('what a check found, its clerk reads: the person and the record behind the finding', async () => {
  const hall = county.actor('SERVICE_HALL', 'APPROVAL');
  const named = (actor: Actor) => county.read(actor).query(sql`select 1 from subject where id = ${person}`);
  const whole = (actor: Actor) =>
    county.read(actor).query(sql`select 1 from person_identity where subject_id = ${person}`);
  expect([await named(hall), await whole(hall)]).toEqual([[], []]);
  await check({ person: PERSON }, 'SPJYXK', { actor: hall });
  expect([await named(hall), await whole(hall)].map((rows) => rows.length)).toEqual([1, 1]);
  const id = await penalty({ public_from: null });
  const record = (actor: Actor) => county.read(actor).query(sql`select 1 from credit_record where id = ${id}`);
  expect(await record(hall)).toEqual([]);
  await check({ code: FOOD }, 'SPJYXK', { actor: hall });
  expect(await record(hall)).toHaveLength(1);
  expect(await record({ ...hall, user: 'another' })).toEqual([]);
  await remove(id);
});

describe('a batch', () => {
  const batch = (rows: CheckRow[], actor = clerk) =>
    county.write(actor, async (s) => (await checkCredits(s, county.keys, { rows, matter: 'SPJYXK' }, CYCLE)).made);

  test('answers every row in order, the faulty ones with their own error', async () => {
    const outcomes = await batch([
      { code: FOOD },
      { code: '91370830MA9YYY010M' },
      { code: UNKNOWN },
      {},
      { person: { ...PERSON, number: '370830199001010014' } },
      { person: PERSON },
      { code: FOOD },
    ]);
    expect(outcomes.map(({ row }) => row)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(outcomes.map(({ checkId, error }) => (checkId ? 'check' : error?.en.split(':')[0]))).toEqual([
      'check',
      'code',
      'check',
      'code',
      'person.number',
      'check',
      'check',
    ]);
    expect(JSON.stringify(outcomes)).not.toContain('370830199001010014');
    const subjects = await county.read(clerk).query<{ id: string; subject_id: string }>(sql`
      select id, subject_id from credit_check where id = any(${outcomes.flatMap(({ checkId }) => checkId ?? [])}::uuid[])`);
    const subjectOf = new Map(subjects.map((one) => [one.id, one.subject_id]));
    expect(outcomes.map(({ checkId }) => checkId && subjectOf.get(checkId))).toEqual([
      food,
      null,
      null,
      null,
      null,
      person,
      food,
    ]);
  });

  test('of none is answered with none; of more than 1,000 refused', async () => {
    expect(await batch([])).toEqual([]);
    await expect(batch(Array.from({ length: 1001 }, () => ({ code: FOOD })))).rejects.toEqual(
      refusal('LIMIT_EXCEEDED', 'rows'),
    );
  });

  test('of 1,000 takes two statements', async () => {
    const codes = Array.from({ length: 1000 }, (_, serial) => inventedCode(serial));
    for (const code of codes) await county.organisation(code, `虚构${code}`);
    await county.owner('analyze subject');
    const rows = codes.map((code) => ({ code, name: `虚构${code}` }));
    let statements = 0;
    const outcomes = await county.write(clerk, async (session) => {
      const query: typeof session.query = (statement) => {
        statements += 1;
        return session.query(statement);
      };
      const later: typeof session.later = (statement) => {
        statements += 1;
        return session.later(statement);
      };
      return (await checkCredits({ ...session, query, later }, county.keys, { rows, matter: 'ZFCGTB' }, CYCLE)).made;
    });
    expect(outcomes.every(({ checkId }) => checkId !== null)).toBe(true);
    expect(statements).toBe(2);
  });
});

test('roles without the verb can’t store a check, whatever a service tries', async () => {
  await expect(check({ code: FOOD }, 'SPJYXK', { actor: county.actor('ANALYST', 'HRSS') })).rejects.toThrow();
  await expect(check({ code: FOOD }, 'SPJYXK', { actor: county.subjectActor(food) })).rejects.toEqual(
    refusal('FORBIDDEN'),
  );
});
