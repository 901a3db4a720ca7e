import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { exampleRow } from '../../src/catalogue/examples.js';
import { itemOf } from '../../src/catalogue/index.js';
import type { CatalogueItem } from '../../src/catalogue/types.js';
import { type Hub, startHub } from '../kit/hub.js';
import { type Imports, openImports } from '../kit/imports.js';
import {
  DEPARTMENTS,
  type Decision,
  isWorked,
  keyOf,
  MONTH,
  type MonthItem,
  makeMonth,
  type Sending,
  TODAY,
  workedBetween,
} from '../kit/month.js';
import { csv } from '../kit/samples.js';

const SEED = 20250926;
const { decisions, counts } = makeMonth(SEED);

let hub: Hub;
let folder: string;
let imports: Imports;
beforeAll(async () => {
  hub = await startHub({ demo: false, now: TODAY });
  folder = await mkdtemp(join(tmpdir(), 'hub-month-'));
  const list = join(folder, 'departments.csv');
  const office = { code: '11370830MB9YY0011B', name: '汶上县示例信用办', of: 'DEVELOPMENT_REFORM' };
  await writeFile(
    list,
    csv(
      ['统一社会信用代码', '名称', '职能'],
      [...DEPARTMENTS, office].map(({ code, name, of }) => [code, name, of]),
    ),
  );
  expect(await hub.cli(['departments', list])).toMatchObject({ code: 0 });
  imports = await openImports(hub, TODAY);
  await sendAll();
  await stateAll();
}, 240_000);
afterAll(async () => {
  await imports.close();
  await hub.remove();
  await rm(folder, { recursive: true, force: true });
});

type Sent = Sending & { readonly decision: Decision };
const ALL: readonly Sent[] = decisions.flatMap((decision) =>
  decision.sent.map((sending) => ({ ...sending, decision })),
);
const PLACES: Record<MonthItem, { day: string; end: string[]; authority: string }> = {
  XZXK_FR: { day: 'XK_JDRQ', end: ['XK_YXQZ', 'XK_YXQZI'], authority: 'XK_XKJGDM' },
  XZCF_FR: { day: 'CF_JDRQ', end: ['CF_YXQ'], authority: 'CF_CFJGDM' },
  XZCF_ZRR: { day: 'CF_JDRQ', end: ['CF_YXQ'], authority: 'CF_CFJGDM' },
};

function rowOf({ decision: { department, item, serial, decidedOn }, faulty }: Sent): Record<string, string> {
  const { day, end, authority } = PLACES[item];
  return exampleRow(itemOf(item) as CatalogueItem, department, serial, {
    [day]: decidedOn,
    ...Object.fromEntries(end.map((name) => [name, '2026-12-31'])),
    // a code whose check digit is wrong
    ...(faulty ? { [authority]: '11370830MB9YY0011C' } : {}),
  });
}

/** Each day's rows of a department and item as one file, in the order of the days. */
async function sendAll(): Promise<void> {
  const files = Map.groupBy(ALL, ({ on, backFilled, decision: { department, item } }) =>
    [on, department.code, item, backFilled].join(' '),
  );
  for (const [name, rows] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const [received, department, item, backFilled] = name.split(' ') as [string, string, MonthItem, string];
    const made = rows.map(rowOf);
    const header = Object.keys(made[0] as object);
    const path = join(folder, `${name.replaceAll(' ', '-')}.csv`);
    await writeFile(
      path,
      csv(
        header,
        made.map((row) => header.map((field) => row[field] ?? '')),
      ),
    );
    await imports.run({ path, item, department, received, backFilled: backFilled === 'true' });
  }
}

async function stateAll(): Promise<void> {
  for (const [key, decisions] of counts) {
    const [department, item] = key.split(' ') as [string, string];
    const token = await hub.token({ role: 'DEPARTMENT', department });
    const { errors } = await hub.graphql(
      'mutation ($input: StateDecisionCountInput!) { stateDecisionCount(input: $input) { count { decisions } } }',
      { input: { item, month: MONTH, decisions } },
      { token },
    );
    expect(errors).toEqual([]);
  }
}

const FIELDS = `counted reported onTime late backFilled missing surplus read returned underReview withdrawn
  reportingRate timelinessRate complianceRate`;
const QUERY = `query ($month: String!, $department: UnifiedSocialCreditCode, $item: String) {
  publicityMonitor(month: $month, department: $department, item: $item) { dueOn closed
    total { ${FIELDS} }
    departments { department { code } ${FIELDS} } items { item { code } ${FIELDS} }
    standings { department { code } item { code } ${FIELDS} } } }`;

type Named = { department: { code: string }; item: { code: string } };

async function monitor(variables: object = {}, department?: string) {
  const token = department
    ? await hub.token({ role: 'DEPARTMENT', department })
    : await hub.token({ role: 'CREDIT_OFFICE', department: '11370830MB9YY0011B' });
  const headers: Record<string, string> = department ? {} : { 'x-hub-purpose': 'SUPERVISION' };
  const { data, errors } = await hub.graphql(QUERY, { month: MONTH, ...variables }, { token, headers });
  expect(errors).toEqual([]);
  return data.publicityMonitor;
}

/** The independent count: over what was generated, by the calendar written out in the kit. */
function count(of: readonly Decision[], said: readonly (number | undefined)[]) {
  let [onTime, late, backFilled] = [0, 0, 0];
  for (const { decidedOn, sent } of of) {
    const first = sent.find(({ faulty }) => !faulty);
    if (!first) continue;
    if (first.backFilled) backFilled += 1;
    else if (
      workedBetween(decidedOn, first.on) > 7 ||
      (workedBetween(decidedOn, first.on) === 7 && !isWorked(first.on))
    )
      late += 1;
    else onTime += 1;
  }
  return { onTime, late, backFilled, reported: onTime + late + backFilled, said };
}

const rounded = (part: number, whole: number) => (whole === 0 ? null : Number((part / whole).toFixed(4)));

function expectedOf(of: readonly Decision[], pairs: readonly string[]) {
  const { onTime, late, backFilled, reported } = count(of, []);
  const september = of.flatMap(({ sent }) => sent).filter(({ on }) => on <= '2025-09-30');
  const returned = september.filter(({ faulty }) => faulty).length;
  let [counted, came, missing, surplus]: [number | null, number, number, number] = [null, 0, 0, 0];
  for (const pair of pairs) {
    const stated = counts.get(pair);
    if (stated === undefined) continue;
    const there = count(
      of.filter(({ department, item }) => keyOf(department.code, item) === pair),
      [],
    ).reported;
    counted = (counted ?? 0) + stated;
    came += there < stated ? there : stated;
    if (there < stated) missing += stated - there;
    else surplus += there - stated;
  }
  return {
    counted,
    reported,
    onTime,
    late,
    backFilled,
    missing,
    surplus,
    read: september.length,
    returned,
    underReview: 0,
    withdrawn: 0,
    reportingRate: counted === null ? null : rounded(came, counted),
    timelinessRate: rounded(onTime, onTime + late),
    complianceRate: rounded(september.length - returned, september.length),
  };
}

const pairsOf = (of: readonly Decision[]) => [
  ...new Set(of.map(({ department, item }) => keyOf(department.code, item))),
];

test('the month has something of everything in it', () => {
  const whole = expectedOf(decisions, pairsOf(decisions));
  for (const name of ['onTime', 'late', 'backFilled', 'missing', 'surplus', 'returned'] as const)
    expect([name, whole[name] > 5]).toEqual([name, true]);
  expect(new Set(decisions.map(({ department }) => department.code)).size).toBe(14);
  expect(pairsOf(decisions).some((pair) => !counts.has(pair))).toBe(true);
});

test('its rates equal an independent count: by department and item, by department, by item, and as a whole', async () => {
  const { standings, departments, items, total, dueOn, closed } = await monitor();
  expect({ dueOn, closed }).toEqual({ dueOn: '2025-10-16', closed: true });
  const pairs = pairsOf(decisions).toSorted();
  expect(standings.map((row: Named) => keyOf(row.department.code, row.item.code)).toSorted()).toEqual(pairs);
  for (const { department, item, ...found } of standings) {
    const key = keyOf(department.code, item.code);
    const of = decisions.filter((one) => keyOf(one.department.code, one.item) === key);
    expect([key, found]).toEqual([key, expectedOf(of, [key])]);
  }
  for (const { department, ...found } of departments) {
    const of = decisions.filter((one) => one.department.code === department.code);
    expect([department.code, found]).toEqual([department.code, expectedOf(of, pairsOf(of))]);
  }
  for (const { item, ...found } of items) {
    const of = decisions.filter((one) => one.item === item.code);
    expect([item.code, found]).toEqual([item.code, expectedOf(of, pairsOf(of))]);
  }
  expect(total).toEqual(expectedOf(decisions, pairs));
});

test('a department sees its own and nobody else’s, whatever it names', async () => {
  const [own, other] = DEPARTMENTS as [(typeof DEPARTMENTS)[0], (typeof DEPARTMENTS)[0]];
  const of = decisions.filter(({ department }) => department.code === own.code);
  const seen = await monitor({}, own.code);
  expect(seen.departments.map((row: Named) => row.department.code)).toEqual([own.code]);
  expect(seen.total).toEqual(expectedOf(of, pairsOf(of)));
  expect((await monitor({ department: other.code }, own.code)).standings).toEqual([]);
  const one = await monitor({ item: 'XZCF_FR' }, own.code);
  expect(one.standings.map((row: Named) => row.item.code)).toEqual(['XZCF_FR']);
});

test('the command prints the same rates', async () => {
  const total = expectedOf(decisions, pairsOf(decisions));
  const { code, stdout } = await hub.cli(['monitor', '--month', MONTH, '--csv']);
  expect(code).toBe(0);
  const [header, ...lines] = stdout.replace('\ufeff', '').trim().split('\r\n');
  expect(header).toBe(
    '月份,部门代码,部门,事项编码,事项,决定数,已报,按时,迟报,补录,未报,超出,接收行,错报,待复核,撤回,逾期撤回,逾期未撤,上报率,及时率,合规率',
  );
  const percent = (rate: number | null) => `${((rate as number) * 100).toFixed(2)}%`;
  expect(lines.at(-1)).toBe(
    `${MONTH},,合计,,合计,${total.counted},${total.reported},${total.onTime},${total.late},${total.backFilled},${total.missing},${total.surplus},${total.read},${total.returned},0,0,0,0,${percent(total.reportingRate)},${percent(total.timelinessRate)},${percent(total.complianceRate)}`,
  );
  const text = await hub.cli(['monitor', '--month', MONTH]);
  expect(text.stdout).toContain('已截止');
});
