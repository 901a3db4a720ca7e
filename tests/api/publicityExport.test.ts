import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { exampleRow } from '../../src/catalogue/examples.js';
import { itemOf } from '../../src/catalogue/index.js';
import type { CatalogueItem } from '../../src/catalogue/types.js';
import { DEPARTMENTS, ORGANISATIONS } from '../../src/demo/cast.js';
import { tenThousands } from '../../src/services/publicity/template.js';
import { citizenId } from '../kit/codes.js';
import { type Hub, startHub } from '../kit/hub.js';
import { type Imports, openImports } from '../kit/imports.js';
import { sql } from '../kit/sql.js';

const NOW = '2026-11-24';
let hub: Hub;
let folder: string;
let imports: Imports;
beforeAll(async () => {
  hub = await startHub({ now: NOW });
  folder = await mkdtemp(join(tmpdir(), 'hub-export-'));
  imports = await openImports(hub, NOW);
});
afterAll(async () => {
  await imports.close();
  await hub.remove();
  await rm(folder, { recursive: true, force: true });
});

const MARKET = DEPARTMENTS.MARKET;
const owner = <T extends Record<string, unknown>>(text: string, values?: unknown[]) =>
  sql<T>(hub.ownerUrl, text, values);
const get = (path: string) => fetch(`${hub.url}/publicity/${path}`);
const item = (code: string) => itemOf(code) as CatalogueItem;
const parsed = (text: string): Record<string, string>[] => parse(text, { columns: true, bom: true });

async function submit(code: string, rows: object[], department = MARKET.code) {
  const { data, errors } = await hub.graphql(
    `mutation ($input: SubmitRecordsInput!) { submitRecords(input: $input) { batch { accepted rejections } } }`,
    { input: { item: code, idempotencyKey: `export ${Math.random()}`, rows } },
    { token: await hub.token({ role: 'DEPARTMENT', department }), path: '/graphql/submit' },
  );
  expect(errors).toEqual([]);
  expect(data.submitRecords.batch).toMatchObject({ accepted: rows.length, rejections: {} });
}

let serial = 70_000;
const penalty = (changes: Record<string, string>) => {
  const company = ORGANISATIONS.clean;
  serial += 1;
  return exampleRow(item('XZCF_FR'), MARKET, serial, {
    CF_XDR_MC: company.name,
    CF_XDR_SHXYM: company.code,
    CF_FRDB: company.representative,
    CF_CFLB: '罚款',
    CF_NR_FK: '5.123456',
    CF_JDRQ: '2026-11-10',
    CF_YXQ: '2099/12/31',
    ...changes,
  });
};
const STALL = ORGANISATIONS.individualBusiness;
const PHONE = '13800138000';
const PERSON = citizenId('19850223', 98);

/** Everything that an export must not say, or must say otherwise than it was sent, and yet find again. */
const AWKWARD: Record<string, () => Record<string, string>> = {
  'six places of 万元': () => penalty({ CF_NR_FK: '0.123456', CF_CFLB: '罚款;没收违法所得', CF_NR_WFFF: '12' }),
  'a text with a phone number': () => penalty({ CF_SY: `经查，联系人电话${PHONE}，属实` }),
  'the representative’s document': () => penalty({ CF_FR_ZJLX: '身份证', CF_FR_ZJHM: PERSON }),
  'a remark and a tax number, which are not public': () =>
    penalty({ BZ: '内部备注不公开', CF_XDR_SWDJ: '370830000000001' }),
  'quotes, commas and line ends': () => penalty({ CF_SY: '他说"不知情"，\n后又承认, 记录在案' }),
  'an older kind': () => penalty({ CF_CFLB: '罚款;没收违法所得、没收非法财物', CF_NR_WFFF: '0.5' }),
  'a name that is not the register’s': () => penalty({ CF_XDR_MC: '示例旧名称有限公司' }),
  'an individual business': () =>
    penalty({
      CF_XDR_MC: STALL.name,
      CF_XDR_LB: '个体工商户',
      CF_XDR_SHXYM: STALL.code,
      CF_FRDB: STALL.representative,
    }),
  'an individual business without a code': () =>
    penalty({
      CF_XDR_MC: '示例无码小店',
      CF_XDR_LB: '个体工商户',
      CF_XDR_SHXYM: '00000000000000000X',
      CF_FRDB: '示例人丙',
    }),
};

describe('an export comes in again as it is', () => {
  beforeAll(() =>
    submit(
      'XZCF_FR',
      Object.values(AWKWARD).map((row) => row()),
    ),
  );

  test.each(['csv', 'xlsx'])('XZCF_FR of the month, awkward rows and all, as %s', async (kind) => {
    const response = await get(`XZCF_FR.${kind}?month=2026-11&department=${MARKET.code}`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-disposition')).toContain(`filename="XZCF_FR.${kind}"`);
    const path = join(folder, `november.${kind}`);
    await writeFile(path, Buffer.from(await response.arrayBuffer()));
    const before = await owner('select count(*)::int as n, sum(revision)::int as revisions from credit_record');
    const result = await imports.run({ path, item: 'XZCF_FR', department: MARKET.code, received: NOW });
    expect(result).toMatchObject({ rejected: 0, rejections: {}, corrections: {}, revised: 0, unknownColumns: [] });
    expect(result.unchanged).toBe(result.read);
    expect(result.read).toBeGreaterThanOrEqual(Object.keys(AWKWARD).length);
    expect(await owner('select count(*)::int as n, sum(revision)::int as revisions from credit_record')).toEqual(
      before,
    );
  });

  test('and so do all ten publicities of every department of the county', async () => {
    const there = await owner<{ item: string; department: string; n: number }>(`
      select i.code as item, d.code as department, count(*)::int as n
      from credit_record r join catalogue_item i on i.id = r.item_id join department d on d.id = r.authority_id
      where r.provider_id = r.authority_id and r.decided_on >= '2025-11-25'
        and r.subject_kind <> 'NATURAL_PERSON' and i.disclosure = 'PUBLIC' and r.state = 'ACTIVE'
        and i.code ~ '^XZ' and r.public_from <= '${NOW}'
        and coalesce(least(r.public_until, r.expires_on), 'infinity') >= '${NOW}' group by 1, 2 order by 1, 2`);
    expect(there.length).toBeGreaterThan(12);
    for (const { item: code, department, n } of there) {
      const path = join(folder, `${code}-${department}.csv`);
      const response = await get(`${code}.csv?from=2025-11-25&department=${department}`);
      await writeFile(path, await response.text());
      const result = await imports.run({ path, item: code, department, received: NOW });
      expect([code, department, result]).toMatchObject([
        code,
        department,
        { read: n, unchanged: n, rejected: 0, revised: 0, corrections: {} },
      ]);
    }
  }, 120_000);
});

describe('what it holds', () => {
  const rows = async () => parsed(await (await get(`XZCF_FR.csv?month=2026-11&department=${MARKET.code}`)).text());

  test('the official fields in their order, days with slashes, 万元 with six places', async () => {
    const [header] = parse(await (await get('XZCF_FR.csv?month=2026-11')).text(), { bom: true, to: 1 }) as string[][];
    expect(header?.join(' ')).toBe(
      'CF_XDR_MC CF_XDR_LB CF_XDR_SHXYM CF_XDR_GSZC CF_XDR_ZZJG CF_XDR_SWDJ CF_XDR_SYDW CF_XDR_SHZZ CF_FRDB CF_FR_ZJLX CF_FR_ZJHM CF_XDR_ZJLX CF_XDR_ZJHM CF_WSH CF_WFXW CF_SY CF_YJ CF_CFLB CF_NR CF_NR_FK CF_NR_WFFF CF_NR_ZKDX CF_JDRQ CF_YXQ CF_GSJZQ CF_CFJG CF_CFJGDM CF_SJLY CF_SJLYDM BZ',
    );
    const [row] = (await rows()).filter(({ CF_NR_WFFF }) => CF_NR_WFFF === '12.000000');
    // 1,234.56 yuan by itself is slight; what was confiscated is not
    expect(row).toMatchObject({
      CF_NR_FK: '0.123456',
      CF_JDRQ: '2026/11/10',
      CF_YXQ: '2099/12/31',
      CF_GSJZQ: '2027/11/10',
      CF_CFLB: '罚款;没收违法所得',
      CF_SJLYDM: MARKET.code,
    });
    expect([tenThousands('0.01'), tenThousands('123456789.05'), tenThousands(null)]).toEqual([
      '0.000001',
      '12345.678905',
      '',
    ]);
  });

  test('only what is public: no remark, document, phone number, operator or natural person', async () => {
    const text = await (await get('XZCF_FR.csv?month=2026-11')).text();
    for (const secret of [PHONE, PERSON, '内部备注不公开', '370830000000001', '示例人丙', STALL.representative])
      expect([secret, text.includes(secret)]).toEqual([secret, false]);
    expect(text).toContain('138****8000');
    for (const code of ['XZCF_ZRR', 'XZXK_ZRR', 'YBJG', 'DJ_SCZT', 'NOTHING'])
      expect([code, (await get(`${code}.csv?month=2026-11`)).status]).toEqual([code, 404]);
  });

  test('nothing slight, undecided, revoked or over', async () => {
    await submit('XZCF_FR', [penalty({ CF_CFLB: '警告', CF_NR_FK: '', CF_WSH: '示例轻微〔2026〕1号' })]);
    await submit('XZCF_FR', [penalty({ CF_CFLB: '行政拘留', CF_NR_FK: '', CF_WSH: '示例待定〔2026〕1号' })]);
    const revoked = penalty({ CF_WSH: '示例撤销〔2026〕1号' });
    await submit('XZCF_FR', [revoked]);
    expect((await rows()).map(({ CF_WSH }) => CF_WSH)).toContain('示例撤销〔2026〕1号');
    const [{ id } = { id: '' }] = await owner<{ id: string }>('select id from credit_record where document_no = $1', [
      '示例撤销〔2026〕1号',
    ]);
    await owner(`update credit_record set state = 'REVOKED' where id = $1`, [id]);
    const numbers = (await rows()).map(({ CF_WSH }) => CF_WSH);
    for (const gone of ['示例轻微〔2026〕1号', '示例待定〔2026〕1号', '示例撤销〔2026〕1号'])
      expect(numbers).not.toContain(gone);
  });

  test('the whole row again still revises it: a correction of what is hidden is not lost', async () => {
    const number = '示例更正〔2026〕1号';
    await submit('XZCF_FR', [penalty({ CF_WSH: number, CF_SY: `联系人电话${PHONE}` })]);
    await submit('XZCF_FR', [penalty({ CF_WSH: number, CF_SY: '联系人电话13811118000' })]);
    expect(await owner('select revision, facts from credit_record where document_no = $1', [number])).toEqual([
      { revision: 2, facts: '联系人电话138****8000' },
    ]);
  });
});

test.each([
  ['XZCF_FR.csv', 'month'],
  ['XZCF_FR.csv?month=2026-13', 'month'],
  ['XZCF_FR.csv?month=2027-01', 'month'],
  ['XZCF_FR.csv?month=2026-11&month=2026-10', 'month'],
  ['XZCF_FR.csv?from=2026-02-30', 'from'],
  ['XZCF_FR.csv?from=2024-01-01&to=2026-01-01', 'to'],
  ['XZCF_FR.csv?month=2026-11&department=1137083000433507', 'department'],
])('%s is refused by its field', async (path, field) => {
  const response = await get(path);
  expect([
    response.status,
    ((await response.json()) as { errors: { extensions: object }[] }).errors[0]?.extensions,
  ]).toMatchObject([400, { code: 'BAD_USER_INPUT', field }]);
  expect(response.headers.get('content-disposition')).toBeNull();
});

test('hub export writes the same', async () => {
  const path = join(folder, 'out.csv');
  const args = ['export', '--item', 'XZCF_FR', '--month', '2026-11', '--out', path];
  expect(await hub.cli(args)).toMatchObject({ code: 0 });
  expect(await readFile(path, 'utf8')).toBe(`\ufeff${await (await get('XZCF_FR.csv?month=2026-11')).text()}`);
  expect(await hub.cli(args)).toMatchObject({ code: 2 });
});
