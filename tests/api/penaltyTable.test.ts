import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { exampleRow } from '../../src/catalogue/examples.js';
import { itemOf } from '../../src/catalogue/index.js';
import type { CatalogueItem } from '../../src/catalogue/types.js';
import { DEPARTMENTS, ORGANISATIONS } from '../../src/demo/cast.js';
import { EXAMPLE_TABLE } from '../../src/demo/penaltyTable.js';
import { type Hub, startHub } from '../kit/hub.js';
import { sql } from '../kit/sql.js';

const NOW = '2026-11-24';
const { ECOLOGY, MARKET } = DEPARTMENTS;
const { clean } = ORGANISATIONS;
const TABLE = {
  sectors: [
    {
      sector: 'ECOLOGY',
      effectiveFrom: '2026-10-01',
      source: '示例部门〔2026〕1号',
      kinds: { 行政拘留: 'SERIOUS' },
      fines: [{ below: 60_000, severity: 'MINOR' }, { below: 500_000, severity: 'GENERAL' }, { severity: 'SERIOUS' }],
    },
  ],
};

let hub: Hub;
let folder: string;
let file: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hub-penalties-'));
  file = join(folder, 'table.yaml');
  await writeFile(file, JSON.stringify(TABLE));
  hub = await startHub({ now: NOW, env: { HUB_PENALTY_TABLE: file } });
});
afterAll(async () => {
  await hub?.remove();
  await rm(folder, { recursive: true, force: true });
});

let serial = 0;
/** Class and rules of a fine (万元) decided on the day. */
async function classed(of: { code: string; name: string }, decidedOn: string, fine: string) {
  serial += 1;
  const number = `示例类〔2026〕${serial}号`;
  const row = exampleRow(itemOf('XZCF_FR') as CatalogueItem, of, serial, {
    CF_XDR_MC: clean.name,
    CF_XDR_SHXYM: clean.code,
    CF_FRDB: clean.representative,
    CF_WSH: number,
    CF_CFLB: '罚款',
    CF_NR_FK: fine,
    CF_JDRQ: decidedOn,
    CF_YXQ: '2099/12/31',
  });
  const token = await hub.token({ role: 'DEPARTMENT', department: of.code });
  const { errors } = await hub.graphql(
    `mutation ($input: SubmitRecordsInput!) { submitRecords(input: $input) { batch { accepted } } }`,
    { input: { item: 'XZCF_FR', idempotencyKey: number, rows: [row] } },
    { token, path: '/graphql/submit' },
  );
  expect(errors).toEqual([]);
  const { data } = await hub.graphql(
    `query ($code: UnifiedSocialCreditCode!) { subject(code: $code) { ... on Organisation {
      records(first: 100) { nodes { documentNo ... on PenaltyRecord { severity } } } } } }`,
    { code: clean.code },
    { token, headers: { 'x-hub-purpose': 'SUPERVISION' } },
  );
  const [stored] = await sql(hub.ownerUrl, 'select rule_version from credit_record where document_no = $1', [number]);
  const found = data.subject.records.nodes.find((one: { documentNo: string }) => one.documentNo === number);
  return [found.severity, stored?.['rule_version']];
}

const COUNTY = 'PENALTY_SEVERITY@2026-04-01';
test('a fine is classed by the table in force on the day of the decision: the county’s, the example’s, the file’s', async () => {
  expect(await classed(ECOLOGY, '2026-05-10', '20')).toEqual(['SERIOUS', COUNTY]);
  expect(await classed(ECOLOGY, '2026-07-10', '20')).toEqual(['GENERAL', `${COUNTY}+${EXAMPLE_TABLE.version}`]);
  expect(EXAMPLE_TABLE.version).toContain('示例');
  expect(await classed(ECOLOGY, '2026-10-08', '5')).toEqual(['MINOR', `${COUNTY}+PENALTY_SECTOR_ECOLOGY@2026-10-01`]);
  // another sector's fines stay the county's
  expect(await classed(MARKET, '2026-10-08', '5')).toEqual(['GENERAL', COUNTY]);
});

test('an operator sees which tables hold on a day', async () => {
  const on = async (day: string) => (await hub.cli(['penalties', '--on', day])).stdout;
  expect(await on('2026-05-10')).not.toContain('PENALTY_SECTOR_');
  expect(await on('2026-07-10')).toContain(
    `${EXAMPLE_TABLE.version}  生态环境  自 from 2026-06-01\n  罚款 fines: <10000 元 MINOR，<300000 元 GENERAL，其余 else SERIOUS\n  依据 source: 示例`,
  );
  const october = await on('2026-10-08');
  expect(october).toContain('依据 source: 示例部门〔2026〕1号');
  expect(october).not.toContain(EXAMPLE_TABLE.version);
});

test('what records were classed by is never changed; a file that is wrong stops the start by its place', async () => {
  const [row] = TABLE.sectors;
  const saying = async (table: object) => {
    await writeFile(file, JSON.stringify(table));
    return hub.cli(['jobs', 'list']);
  };
  for (const [table, said] of [
    [{ sectors: [{ ...row, fines: null }] }, 'changes PENALTY_SECTOR_ECOLOGY@2026-10-01'],
    [{ sectors: [{ ...row, fines: [{ below: 5, severity: 'MINOR' }] }] }, 'a fine beyond its last bound'],
    [{ sectors: [row, row] }, 'stands twice'],
    [{ sectors: [{ ...row, kinds: { 警告: 'HEAVY' } }] }, 'sectors.0.kinds'],
    [{ sectors: [{ ...row, sector: 'NONE' }] }, 'sectors.0.sector'],
  ] as const) {
    const { code, stderr } = await saying(table);
    expect([code, stderr]).toEqual([2, expect.stringContaining(said)]);
  }
  // a later row beside it is taken
  expect((await saying({ sectors: [row, { ...row, effectiveFrom: '2027-01-01', fines: null }] })).code).toBe(0);
});
