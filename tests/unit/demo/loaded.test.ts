import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DEPARTMENTS, ORGANISATIONS } from '../../../src/demo/cast.js';
import { CHAMBER } from '../../../src/demo/market.js';
import { type Hub, startHub } from '../../kit/hub.js';

const MATTERS = ['CZZJXM', 'ZFCGTB', 'SPJYXK', 'RCSPCN'] as const;
type Verdicts = readonly [string, string, string, string];
const NOTHING: Verdicts = ['CLEAR', 'CLEAR', 'CLEAR', 'CLEAR'];
const BARRED: Verdicts = ['RESTRICTED', 'RESTRICTED', 'CLEAR', 'CAUTION'];
const REWARD: Verdicts = ['REWARDED', 'CLEAR', 'CLEAR', 'REWARDED'];

/** The table at the head of cast.ts; whoever is not named meets nothing. */
const EXPECTED: Partial<Record<keyof typeof ORGANISATIONS, Verdicts>> = {
  wageArrears: BARRED,
  courtDebtor: BARRED,
  dishonestBody: BARRED,
  redAndBlack: BARRED,
  redListed: REWARD,
  honestModel: REWARD,
  licenceRevoked: ['CLEAR', 'CLEAR', 'RESTRICTED', 'CLEAR'],
  marketOffender: ['CLEAR', 'CLEAR', 'CAUTION', 'CAUTION'],
  safetyOffender: ['CLEAR', 'CLEAR', 'CLEAR', 'CAUTION'],
  taxOffender: ['CLEAR', 'RESTRICTED', 'CLEAR', 'CAUTION'],
  procurementOffender: ['CLEAR', 'RESTRICTED', 'CLEAR', 'CAUTION'],
  promiseBreaker: ['CLEAR', 'CLEAR', 'CLEAR', 'CAUTION'],
};

const CHECK = `mutation ($input: CheckCreditsInput!) {
  checkCredits(input: $input) { items { row error check { verdict subjectFound nameMatches } } }
}`;

let hub: Hub;
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub.remove());

describe('the cast meets its fates', () => {
  test.each(MATTERS)('in %s', async (matter) => {
    const token = await hub.token({ role: 'DEPARTMENT', department: DEPARTMENTS.FINANCE.code });
    const cast = Object.entries(ORGANISATIONS);
    const rows = cast.map(([, { code, name }]) => ({ code, name }));
    const { data, errors } = await hub.graphql(CHECK, { input: { matter, rows } }, { token });
    expect(errors).toEqual([]);
    const at = MATTERS.indexOf(matter);
    const met = cast.map(([who], i) => [who, data.checkCredits.items[i].check]);
    expect(Object.fromEntries(met)).toEqual(
      Object.fromEntries(
        cast.map(([who]) => {
          const verdict = (EXPECTED[who as keyof typeof ORGANISATIONS] ?? NOTHING)[at];
          return [who, { verdict, subjectFound: true, nameMatches: true }];
        }),
      ),
    );
  });
});

test('another start adds nothing', async () => {
  const count = async () => (await hub.graphql('{ subjects(first: 1) { totalCount } }')).data.subjects.totalCount;
  const before = await count();
  // the register's 300, one that it lacks, and a stall without a code
  expect(before).toBe(302);
  await hub.stop();
  hub = await startHub({ dataDir: hub.dataDir });
  expect(await count()).toBe(before);
});

test('a hub that knows a subject already stays without the county', async () => {
  let own = await startHub({ demo: false });
  try {
    const department = '11370830MB9YY0011B';
    const departments = join(own.dataDir, 'departments.csv');
    await writeFile(departments, `统一社会信用代码,名称,职能\n${department},汶上县行政审批服务局,APPROVAL\n`);
    const register = join(own.dataDir, 'register.csv');
    const header = '统一社会信用代码,主体名称,主体类型,法定代表人,登记机关,状态';
    await writeFile(register, `${header}\n91370830MA9YYY010N,某公司,企业,某人,汶上县行政审批服务局,存续\n`);
    expect((await own.cli(['departments', departments])).code).toBe(0);
    expect((await own.cli(['import', register, '--item', 'DJ_SCZT', '--department', department])).code).toBe(0);
    await own.stop();
    own = await startHub({ dataDir: own.dataDir, demo: true });
    const { data } = await own.graphql(
      '{ departments { code } subjects(first: 5) { nodes { ... on Organisation { code } } } }',
    );
    expect(data.departments).toEqual([{ code: department }]);
    expect(data.subjects.nodes).toEqual([{ code: '91370830MA9YYY010N' }]);
  } finally {
    await own.remove();
  }
});

test('what a chamber of commerce brings of its members is read under its agreement', async () => {
  const read = async (who: Parameters<Hub['token']>[0], purpose?: string) =>
    (
      await hub.graphql(
        '{ marketRecords(first: 20) { nodes { state agreementNo item { code } body { name } values } } }',
        {},
        { token: await hub.token(who), headers: purpose ? { 'x-hub-purpose': purpose } : {} },
      )
    ).data.marketRecords?.nodes;
  const department = { role: 'DEPARTMENT', department: DEPARTMENTS.MARKET.code } as const;
  const shown = await read(department, 'ADMINISTRATIVE_ACTION');
  expect(shown.map((one: { item: { code: string } }) => one.item.code).sort()).toEqual([
    ...['SC_HYJC', 'SC_HYJC', 'SC_ZLCN', 'SC_ZLCN', 'SC_ZLCN'],
  ]);
  expect(new Set(shown.map((one: { body: { name: string } }) => one.body.name))).toEqual(new Set([CHAMBER.name]));
  expect(await read({ role: 'ASSOCIATION', subject: CHAMBER.code })).toEqual(shown);
  // the agreement names neither that purpose nor the court
  expect(await read(department, 'COMMENDATION')).toEqual([]);
  expect(await read({ role: 'COURT', department: DEPARTMENTS.COURT.code }, 'ADMINISTRATIVE_ACTION')).toEqual([]);
});
