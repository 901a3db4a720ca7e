import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Actor } from '../../src/permissions/actor.js';
import { ROLE_NAMES } from '../../src/permissions/roles.js';
import type { Counted, Dimension } from '../../src/permissions/statistics.js';
import { uuidv7 } from '../../src/platform/ids.js';
import { compile, type Sql, sql } from '../../src/platform/sql.js';
import { loadReferenceData } from '../../src/services/reference.js';
import { type Cell, type Fact, type Measures, publish } from '../../src/services/statistics/disclosure.js';
import { type County, openCounty, TODAY } from './kit.js';

// Postgres protects the numbers by itself; what it answers is held against the same judgement in code.
const QUARTERS = ['2026-01-01', '2026-04-01', '2026-07-01'];
const CLOSED = '2026-10-31';
const RECEIVED = '2026-10-20';
const ONE: readonly Dimension[] = ['TOPIC', 'DEPARTMENT', 'MONTH', 'KIND'];
const TABLES: readonly (readonly [Dimension, Dimension?])[] = [
  ...ONE.map((one) => [one] as const),
  ...ONE.flatMap((one, i) => ONE.slice(i + 1).map((other) => [one, other] as const)),
];

let county: County;
let departments: string[];
let items: { id: string; kinds: string[] }[];
let lists: string[];
beforeAll(async () => {
  county = await openCounty();
  await loadReferenceData(async <T>(statement: Sql<T>) => {
    const { sql: text, parameters } = compile(statement);
    return (await county.owner(text, [...parameters])) as T[];
  });
  const ids = async (text: string) => (await county.owner<{ id: string }>(text)).map(({ id }) => id);
  departments = await ids('select id from department order by code');
  lists = await ids('select id from credit_list order by code');
  items = await county.owner<{ id: string; kinds: string[] }>(
    `select id, subject_kinds as kinds from catalogue_item where yields in ('PERMIT', 'PENALTY', 'RECORD') order by code`,
  );
});
afterAll(() => county?.close());
beforeEach(() => county.owner('truncate credit_record, list_entry, subject cascade'));

const analyst = (purpose: Actor['purpose'] = 'STATISTICS', role: Actor['role'] = 'ANALYST'): Actor => ({
  ...county.actor(role, 'HRSS'),
  purpose,
});

interface Asked {
  of?: Counted;
  from?: string;
  to?: string;
  table?: readonly [Dimension, Dimension?];
  threshold?: number;
  rounding?: number;
  today?: string;
}
const ask = (
  actor: Actor,
  {
    of = 'RECORDS',
    from = '2026-01-01',
    to = '2026-09-01',
    table = ['TOPIC'],
    threshold = 5,
    rounding = 3,
    today = TODAY,
  }: Asked = {},
) =>
  county.read(actor, today).query<Cell>(sql`
    select value, other, "ofValue", "ofOther", subjects, records from statistics(${of}, ${from}::date, ${to}::date,
      ${table[0]}, ${table[1] ?? null}, ${threshold}::int, ${rounding}::int)`);
const texts = (cells: readonly Cell[]): string[] =>
  cells
    .map(({ value, other, ofValue, ofOther, subjects, records }) =>
      JSON.stringify([ofValue, value, ofOther, other, subjects, records]),
    )
    .sort();
const everything = async (asked: Asked = {}): Promise<string> => {
  const all: string[] = [];
  for (const counted of ['RECORDS', 'LIST_ENTRIES'] as const)
    for (const table of TABLES) all.push(...texts(await ask(analyst(), { ...asked, of: counted, table })), '');
  return all.join('\n');
};

/** One row each, whatever it says beside. */
async function store(of: Counted, facts: readonly Fact[]): Promise<void> {
  await county.owner(
    `insert into subject (id, kind, name, name_key, as_of) select distinct (f->>'subject')::uuid, f->>'kind', '示例', '示例', '2026-01-01'::timestamptz
     from jsonb_array_elements($1) f on conflict do nothing`,
    [JSON.stringify(facts)],
  );
  const rows = facts.map((fact) => {
    const { subject, kind, topic, department, month, quarter: _, ...more } = fact as Fact & Record<string, unknown>;
    const id = uuidv7();
    const common = {
      id,
      subject_id: subject,
      subject_kind: kind,
      business_key: id,
      content_hash: id,
      as_of: '2026-01-01',
      state: 'ACTIVE',
      revision: 1,
      revised_at: '2026-01-01',
      disputed: false,
      personal_text: false,
    };
    return of === 'RECORDS'
      ? {
          ...common,
          item_id: topic,
          record_type: 'OTHER',
          disclosure: 'AUTHORISED',
          authority_id: department,
          provider_id: department,
          decided_on: `${month.slice(0, 8)}17`,
          received_on: RECEIVED,
          values: {},
          back_filled: false,
          ...more,
        }
      : {
          ...common,
          list_id: topic,
          department_id: department,
          state: 'LISTED',
          document_no: '示例',
          proposed_on: '2026-01-01',
          listed_on: `${month.slice(0, 8)}17`,
          ...more,
        };
  });
  const table = of === 'RECORDS' ? 'credit_record' : 'list_entry';
  const columns = Object.keys(rows[0] ?? {}).join(', ');
  if (rows.length > 0)
    await county.owner(
      `insert into ${table} (${columns}) select ${columns} from jsonb_populate_recordset(null::${table}, $1)`,
      [JSON.stringify(rows)],
    );
}

const measures = (of: Counted, threshold: number, rounding: number): Measures => ({
  threshold,
  rounding,
  values: {
    topic: (kind) => (of === 'RECORDS' ? items.filter(({ kinds }) => kinds.includes(kind)).length : lists.length),
    department: departments.length,
  },
});

const PEOPLE = Array.from({ length: 150 }, () => uuidv7());
const kindOf = (n: number) =>
  ['NATURAL_PERSON', 'NATURAL_PERSON', 'INDIVIDUAL_BUSINESS', 'ENTERPRISE'][n % 4] as string;
const topicsOf = (of: Counted, kind: string) =>
  of === 'RECORDS'
    ? items
        .filter(({ kinds }) => kinds.includes(kind))
        .map(({ id }) => id)
        .slice(0, 4)
    : lists.slice(0, 4);
const skew = fc.oneof(
  { arbitrary: fc.constant(0), weight: 12 },
  { arbitrary: fc.constant(1), weight: 4 },
  { arbitrary: fc.nat(4), weight: 2 },
);
const drawn = (of: Counted) =>
  fc
    .array(fc.record({ who: fc.nat(149), topic: skew, department: skew, quarter: fc.nat(2), month: skew }), {
      minLength: 300,
      maxLength: 900,
    })
    .map((all) =>
      all.map(({ who, topic, department, quarter, month }): Fact => {
        const kind = kindOf(who);
        const topics = topicsOf(of, kind);
        const first = QUARTERS[quarter] as string;
        return {
          kind,
          subject: PEOPLE[who] as string,
          topic: topics[topic % topics.length] as string,
          department: departments[department % departments.length] as string,
          quarter: first,
          month: `2026-${String(Number(first.slice(5, 7)) + (month % 3)).padStart(2, '0')}-01`,
        };
      }),
    );

describe('Postgres judges as the code does', () => {
  test.each(['RECORDS', 'LIST_ENTRIES'] as const)(
    '%s: every table, several quarters, several thresholds',
    async (of) => {
      let told = 0;
      for (const facts of fc.sample(drawn(of), { seed: 20261125, numRuns: 3 })) {
        await county.owner('truncate credit_record, list_entry, subject cascade');
        await store(of, facts);
        for (const [from, to] of [
          ['2026-01-01', '2026-01-01'],
          ['2026-04-01', '2026-09-01'],
        ] as const) {
          const within = facts.filter(({ quarter }) => quarter >= from && quarter <= to);
          for (const [threshold, rounding] of [
            [5, 3],
            [10, 5],
            [17, 4],
          ] as const) {
            for (const table of TABLES) {
              const cells = await ask(analyst(), { of, from, to, table, threshold, rounding });
              expect(texts(cells)).toEqual(texts(publish(within, measures(of, threshold, rounding), table)));
              told += cells.length;
            }
          }
        }
      }
      expect(told).toBeGreaterThan(1_000);
    },
  );
});

const person = (n: number, more: Partial<Fact> & Record<string, unknown> = {}): Fact & Record<string, unknown> => ({
  kind: 'NATURAL_PERSON',
  subject: PEOPLE[n] as string,
  topic: topicsOf('RECORDS', 'NATURAL_PERSON')[0] as string,
  department: departments[0] as string,
  quarter: '2026-01-01',
  month: '2026-01-01',
  ...more,
});
const people = (from: number, to: number, more: Partial<Fact> & Record<string, unknown> = {}) =>
  Array.from({ length: to - from }, (_, i) => person(from + i, more));
const subjectsOf = async (asked: Asked = {}) =>
  (await ask(analyst(), asked)).find(({ ofValue, ofOther }) => !ofValue && !ofOther)?.subjects;

describe('raw counts never leave', () => {
  test('no threshold and no base can be set lower than the floor, and none unsets them', async () => {
    await store('RECORDS', people(0, 4));
    for (const threshold of [1, 0, -1, null])
      expect(await ask(analyst(), { threshold: threshold as number, rounding: 1 })).toEqual([]);
    await store('RECORDS', people(4, 13));
    expect(await subjectsOf({ rounding: 1 })).toBe(12);
    expect(await subjectsOf({ rounding: null as never })).toBe(12);
  });

  test('only to whom the read is open, with that purpose and no other', async () => {
    await store('RECORDS', people(0, 30));
    expect(await ask(analyst())).not.toEqual([]);
    expect(await ask(analyst('STATISTICS', 'CREDIT_OFFICE'))).not.toEqual([]);
    expect(await ask(analyst(null))).toEqual([]);
    expect(await ask(analyst('SUPERVISION', 'CREDIT_OFFICE'))).toEqual([]);
    for (const role of ROLE_NAMES.filter((name) => name !== 'ANALYST' && name !== 'CREDIT_OFFICE'))
      await expect(ask(analyst('STATISTICS', role))).rejects.toThrow('permission denied for function statistics');
    // and who asks still reads no person
    const rows = await county.read(analyst()).query(sql`select id from credit_record`);
    expect(rows).toEqual([]);
  });
});

describe('what is counted', () => {
  test('one person more or less in a small group: every table of the twin answers alike', async () => {
    await store('RECORDS', [...people(0, 30), ...people(40, 61, { topic: topicsOf('RECORDS', 'NATURAL_PERSON')[1] })]);
    await store('RECORDS', people(70, 73, { department: departments[1] }));
    const without = await everything(); // 33 and 54 in all: neither at the edge of what is rounded to it
    expect(without).toContain('33');
    await store('RECORDS', people(73, 74, { department: departments[1] }));
    expect(await everything()).toBe(without);
    // a whole kind that is small
    await store(
      'RECORDS',
      people(90, 93, {
        kind: 'INDIVIDUAL_BUSINESS',
        topic: items.find(({ kinds }) => kinds.includes('INDIVIDUAL_BUSINESS'))?.id,
      }),
    );
    expect(await everything()).toBe(without);
  });

  test('what came since the last turn of a month moves nothing until the next', async () => {
    await store('RECORDS', people(0, 20));
    const before = await everything();
    await store('RECORDS', people(20, 60, { received_on: '2026-11-03' }));
    expect(await everything()).toBe(before);
    expect(await subjectsOf()).toBe(21);
    expect(await subjectsOf({ today: '2026-12-01' })).toBe(60);
  });

  test('what was revoked since moves nothing either; what was archived before is not counted', async () => {
    await store('RECORDS', people(0, 30));
    const before = await everything();
    await county.owner(`update credit_record set state = 'REVOKED', revoked_on = $1 where subject_id = any($2)`, [
      '2026-11-05',
      PEOPLE.slice(0, 12),
    ]);
    expect(await everything()).toBe(before);
    expect(await subjectsOf({ today: '2026-12-01' })).toBe(18);
    await county.owner(`update credit_record set revoked_on = $1 where state = 'REVOKED'`, [CLOSED]);
    expect(await subjectsOf()).toBe(18);
    await county.owner(`update credit_record set state = 'REPAIRED' where subject_id = any($1)`, [
      PEOPLE.slice(12, 18),
    ]);
    expect(await subjectsOf()).toBe(12);
    await county.owner(`update credit_record set expires_on = '2026-10-30' where subject_id = any($1)`, [
      PEOPLE.slice(18, 24),
    ]);
    expect(await subjectsOf()).toBe(6);
  });

  test('entries that were proposed, served or withdrawn are not counted, nor those received since', async () => {
    const topic = lists[0] as string;
    await store('LIST_ENTRIES', people(0, 12, { topic }));
    for (const state of ['PROPOSED', 'NOTIFIED', 'WITHDRAWN', 'EXPIRED', 'REVOKED'])
      await store('LIST_ENTRIES', people(20, 40, { topic, state }));
    expect(await subjectsOf({ of: 'LIST_ENTRIES' })).toBe(12);
    const [batch] = await county.owner<{ id: string }>(
      `insert into import_batch (id, item_id, department_id, state, received_on, as_of, content_sha256, submitted_by, catalogue_version)
       select $1, i.id, $2, 'COMPLETED', '2026-11-04', now(), '', 'somebody', '1' from catalogue_item i limit 1 returning id`,
      [uuidv7(), departments[0]],
    );
    await store('LIST_ENTRIES', people(40, 70, { topic, batch_id: batch?.id }));
    expect(await subjectsOf({ of: 'LIST_ENTRIES' })).toBe(12);
    expect(await subjectsOf({ of: 'LIST_ENTRIES', today: '2026-12-02' })).toBe(42);
  });

  test('a quarter that is not over is told of nobody', async () => {
    await store('RECORDS', people(0, 30, { month: '2026-10-01', quarter: '2026-10-01' }));
    expect(await ask(analyst(), { from: '2026-10-01', to: '2026-10-01' })).toEqual([]);
    expect(await subjectsOf({ from: '2026-10-01', to: '2026-10-01', today: '2027-01-01' })).toBe(30);
  });

  test('merged subjects are one', async () => {
    await store('RECORDS', people(0, 12));
    await county.owner('update subject set merged_into = $1, merged_on = $2 where id = any($3)', [
      PEOPLE[0],
      CLOSED,
      PEOPLE.slice(1, 6),
    ]);
    expect(await subjectsOf()).toBe(6);
    await county.owner('update subject set merged_into = $1, merged_on = $2 where id = any($3)', [
      PEOPLE[0],
      CLOSED,
      PEOPLE.slice(6, 9),
    ]);
    expect(await ask(analyst())).toEqual([]);
  });
});
