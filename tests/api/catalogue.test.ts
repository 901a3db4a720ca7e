import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { exampleRow } from '../../src/catalogue/examples.js';
import { CATALOGUE, itemOf } from '../../src/catalogue/index.js';
import { type CatalogueItem, natureOf } from '../../src/catalogue/types.js';
import { DEPARTMENTS, type DemoFunction, ORGANISATIONS } from '../../src/demo/cast.js';
import { type Hub, startHub } from '../kit/hub.js';
import { csv } from '../kit/samples.js';
import { sql } from '../kit/sql.js';

const NOW = '2026-11-20';
let hub: Hub;
let folder: string;
beforeAll(async () => {
  hub = await startHub({ now: NOW });
  folder = await mkdtemp(join(tmpdir(), 'hub-catalogue-'));
});
afterAll(async () => {
  await hub.remove();
  await rm(folder, { recursive: true, force: true });
});

const owner = <T extends Record<string, unknown>>(text: string, values?: unknown[]) =>
  sql<T>(hub.ownerUrl, text, values);
const tokenOf = (of: DemoFunction) =>
  hub.token({ role: of === 'COURT' ? 'COURT' : 'DEPARTMENT', department: DEPARTMENTS[of].code });
const office = () => hub.token({ role: 'CREDIT_OFFICE', department: DEPARTMENTS.DEVELOPMENT_REFORM.code });
const providerOf = ({ providerFunctions: [first] }: CatalogueItem) =>
  (first === 'ANY' ? 'MARKET' : first) as DemoFunction;
const item = (code: string) => itemOf(code) as CatalogueItem;

const SUBMIT = `mutation ($input: SubmitRecordsInput!) { submitRecords(input: $input) { batch {
  id read accepted rejected rejections unknownColumns catalogueVersion
  rows { nodes { values issues { severity code field } } } } } }`;
let serial = 0;

async function submit(code: string, row: Record<string, string>, of = providerOf(item(code))) {
  const input = { item: code, idempotencyKey: `catalogue ${++serial}`, rows: [row] };
  return hub.graphql(SUBMIT, { input }, { token: await tokenOf(of), path: '/graphql/submit' });
}
async function submitted(code: string, changes: Record<string, string> = {}, of = providerOf(item(code))) {
  const { data, errors } = await submit(code, exampleRow(item(code), DEPARTMENTS[of], ++serial, changes), of);
  if (errors.length > 0) throw new Error(JSON.stringify(errors));
  return data.submitRecords.batch;
}

// Of market information, which comes from bodies under their agreements, market.test.ts runs them.
const PUBLIC = CATALOGUE.filter((one) => natureOf(one) === 'PUBLIC');

describe('every item’s own examples, through the pipeline', () => {
  const accepted = PUBLIC.flatMap(({ code, examples }) => examples.accepted.map((row, i) => [code, i, row] as const));
  test.each(accepted)('%s: %d is taken', async (code, _, changes) => {
    expect(await submitted(code, changes)).toMatchObject({ read: 1, accepted: 1, rejections: {}, unknownColumns: [] });
  });

  const refused = PUBLIC.flatMap(({ code, examples }) =>
    examples.refused.map((one) => [code, one.code, one.field, one.row] as const),
  );
  test.each(refused)('%s: %s of %s comes back', async (code, reason, field, changes) => {
    const batch = await submitted(code, changes);
    expect(batch).toMatchObject({ read: 1, rejected: 1, rejections: { [reason]: 1 } });
    expect(batch.rows.nodes[0].issues).toContainEqual({ severity: 'REJECTION', code: reason, field });
  });

  test.each(CATALOGUE.map(({ code }) => [code]))('%s: its template is a form of all its columns', async (code) => {
    const text = await (await fetch(`${hub.url}/templates/${code}.csv`)).text();
    expect(text.replace('\ufeff', '').trim()).toBe(
      item(code)
        .fields.map(({ label }) => label)
        .join(','),
    );
    const workbook = await fetch(`${hub.url}/templates/${code}.xlsx`);
    expect([workbook.status, (await workbook.arrayBuffer()).byteLength > 1000]).toEqual([200, true]);
  });

  test('and as the catalogue says itself by GraphQL', async () => {
    const { data, errors } =
      await hub.graphql(`{ catalogue { code nature version effectiveFrom effectiveUntil disclosureTerm
      nationalCategory nationalCode businessKey cycle { every workdays } legalBasis { title } providers { code }
      fields { name label requiredWhen security standard dataElement maxLength } } }`);
    expect(errors).toEqual([]);
    expect(data.catalogue).toHaveLength(CATALOGUE.length);
    for (const one of data.catalogue) {
      const { code, fields } = one;
      const ofDepartments = natureOf(item(code)) === 'PUBLIC';
      expect([code, one.nature]).toEqual([code, natureOf(item(code))]);
      expect([code, one.legalBasis.length > 0, one.providers.length > 0]).toEqual([code, true, ofDepartments]);
      expect([code, one.nationalCode, one.nationalCategory.length > 0]).toEqual([code, null, true]);
      expect([code, fields.map(({ name }: { name: string }) => name)]).toEqual([
        code,
        item(code).fields.map(({ name }) => name),
      ]);
    }
    const commitment = data.catalogue.find(({ code }: { code: string }) => code === 'XYCN');
    expect(commitment).toMatchObject({ version: '2022-01', effectiveFrom: '2022-01-01', cycle: { every: 'EVENT' } });
    expect(commitment.fields.find(({ name }: { name: string }) => name === 'XYCN_WLX')).toMatchObject({
      requiredWhen: '承诺履行状态为部分履行、全部未履行时必填',
      security: 'GOVERNMENT',
    });
  });
});

describe('what the catalogue does not provide for is refused by name, stores nothing and stays on record', () => {
  const stored = async () =>
    (
      await owner(`select (select count(*) from import_batch) as batches, (select count(*) from import_row) as rows,
      (select count(*) from credit_record) as records, (select count(*) from list_entry) as entries`)
    )[0];
  const events = (outcome: string) =>
    owner<{ department: string | null; role: string }>(
      `select d.code as department, e.role from access_event e left join department d on d.id = e.department_id
       where e.operation = 'submitRecords' and e.outcome = $1 order by e.at`,
      [outcome],
    );
  const row = () => exampleRow(item('XZJC'), DEPARTMENTS.MARKET, ++serial);

  test('an item outside it, by message', async () => {
    const [before, told] = [await stored(), (await events('BAD_USER_INPUT')).length];
    const { data, errors } = await submit('XFJL', row(), 'MARKET');
    expect(data).toBeNull();
    expect(errors[0]).toMatchObject({
      message: expect.stringContaining('OUTSIDE_CATALOGUE'),
      extensions: { code: 'BAD_USER_INPUT', field: 'item' },
    });
    expect(await stored()).toEqual(before);
    expect((await events('BAD_USER_INPUT')).slice(told)).toEqual([
      { department: DEPARTMENTS.MARKET.code, role: 'DEPARTMENT' },
    ]);
  });

  test('a provider outside its items, by message', async () => {
    const [before, told] = [await stored(), (await events('FORBIDDEN')).length];
    const { errors } = await submit('SHBX', exampleRow(item('SHBX'), DEPARTMENTS.MARKET, ++serial), 'MARKET');
    expect(errors[0]?.extensions.code).toBe('FORBIDDEN');
    expect(await stored()).toEqual(before);
    expect((await events('FORBIDDEN')).slice(told)).toEqual([
      { department: DEPARTMENTS.MARKET.code, role: 'DEPARTMENT' },
    ]);
  });

  test.each<[string, string, string, string | null]>([
    ['an item outside it', 'XFJL', DEPARTMENTS.MARKET.code, DEPARTMENTS.MARKET.code],
    ['a provider outside its items', 'SHBX', DEPARTMENTS.MARKET.code, DEPARTMENTS.MARKET.code],
    ['a department that there is not', 'XZJC', '11370830MB9YY0011B', null],
  ])('%s, by file', async (_, code, department, onRecord) => {
    const path = join(folder, `refused-${++serial}.csv`);
    const values = row();
    await writeFile(path, csv(Object.keys(values), [Object.values(values)]));
    const [before, told] = [await stored(), (await events('BAD_USER_INPUT')).length];
    const { code: exit, stderr } = await hub.cli(['import', path, '--item', code, '--department', department]);
    expect(exit).toBe(2);
    expect(stderr).toContain('OUTSIDE_CATALOGUE');
    expect(await stored()).toEqual(before);
    expect((await events('BAD_USER_INPUT')).slice(told).map((event) => event.department)).toEqual([onRecord]);
  });

  test.each([
    '宗教信仰',
    '基因检测',
    '指纹编号',
    '血型',
    '既往病史',
    '年收入',
    '纳税数额',
    '信访次数',
    '无偿献血次数',
    '闯红灯次数',
    '垃圾分类积分',
    '人脸特征',
    '银行账号',
    '就诊记录',
  ])('a column of forbidden content: %s', async (header) => {
    const secret = `秘密${++serial}号`;
    const { data } = await submit('XZJC', { ...row(), [header]: secret });
    const { batch } = data.submitRecords;
    expect(batch).toMatchObject({ rejected: 1, rejections: { OUTSIDE_CATALOGUE: 1 }, unknownColumns: [header] });
    expect(batch.rows.nodes[0].values).toEqual({});
    expect(await countOfText(secret)).toBe(0);
  });

  test.each<[string, string, Record<string, string>]>([
    ['a petition as an act', 'XZCF_FR', { CF_WFXW: '越级上访' }],
    ['jaywalking of a person', 'XZCF_ZRR', { CF_WFXW: '行人闯红灯' }],
    ['sorting litter, of a person', 'XZCF_ZRR', { CF_WFXW: '未按规定垃圾分类' }],
    ['giving blood as an honour', 'XZJL', { XZJL_MC: '无偿献血奉献奖' }],
    ['a blood type in a text', 'XZJC', { XZJC_NR: '当事人血型：A' }],
    ['a patient in a decision on an institution', 'YBJG', { YBJG_NR: '参保人姓名示例人' }],
  ])('in a text: %s', async (_, code, changes) => {
    const [field] = Object.keys(changes);
    const batch = await submitted(code, changes);
    expect(batch.rows.nodes).toEqual([
      { values: {}, issues: [{ severity: 'REJECTION', code: 'OUTSIDE_CATALOGUE', field }] },
    ]);
    expect(await countOfText(Object.values(changes)[0] as string)).toBe(0);
  });

  test.each<[string, string, Record<string, string>]>([
    ['how it came to light', 'XZCF_FR', { CF_SY: '经群众信访举报查实，虚假宣传治疗疾病' }],
    ['sorting litter, of an organisation, which is a lawful penalty', 'XZCF_FR', { CF_WFXW: '未按规定垃圾分类' }],
  ])('and nothing beside it: %s', async (_, code, changes) => {
    expect(await submitted(code, changes)).toMatchObject({ accepted: 1 });
  });

  test('a column outside the item is named and its value dropped', async () => {
    const secret = `多余${++serial}号`;
    const { data } = await submit('XZJC', { ...row(), 内部意见: secret });
    expect(data.submitRecords.batch).toMatchObject({ accepted: 1, unknownColumns: ['内部意见'] });
    expect(await countOfText(secret)).toBe(0);
  });

  /** wherever rows are kept, as they came or as they are stored */
  const countOfText = async (text: string) => {
    const [found] = await owner<{ n: string }>(
      `select (select count(*) from import_row where "values"::text like $1 or issues::text like $1)
        + (select count(*) from credit_record r where to_jsonb(r)::text like $1)
        + (select count(*) from import_batch b where to_jsonb(b)::text like $1)
        + (select count(*) from access_event e where to_jsonb(e)::text like $1) as n`,
      [`%${text}%`],
    );
    return Number(found?.n);
  };
});

describe('versions', () => {
  test('a batch says under which version its rows were judged', async () => {
    expect((await submitted('XZJC')).catalogueVersion).toBe('2026-01');
  });

  test('an item retired by a version is refused from its day, by name, by Postgres too, and its rows stay', async () => {
    const { id } = await submitted('HYPJ');
    expect(id).toBeDefined();
    const before = await owner(`select count(*) as n from credit_record`);
    await owner(`update catalogue_item set effective_until = $1 where code = 'HYPJ'`, [NOW]);
    try {
      const refused = await submit('HYPJ', exampleRow(item('HYPJ'), DEPARTMENTS.MARKET, ++serial));
      expect(refused.errors[0]).toMatchObject({
        message: `OUTSIDE_CATALOGUE：该数据项自 ${NOW} 起已退出清单`,
        extensions: { code: 'BAD_USER_INPUT', field: 'item' },
      });
      const path = join(folder, 'retired.csv');
      const values = exampleRow(item('HYPJ'), DEPARTMENTS.MARKET, ++serial);
      await writeFile(path, csv(Object.keys(values), [Object.values(values)]));
      const run = (received: string) =>
        hub.cli([
          ...['import', path, '--item', 'HYPJ', '--department', DEPARTMENTS.MARKET.code],
          ...['--received', received, '--json'],
        ]);
      expect(await run(NOW)).toMatchObject({ code: 2, stderr: expect.stringContaining('OUTSIDE_CATALOGUE') });
      expect(await owner(`select count(*) as n from credit_record`)).toEqual(before);
      // whoever inserts it: the rule is Postgres's too
      await expect(
        owner(`insert into import_batch (id, item_id, department_id, state, received_on, as_of, content_sha256, submitted_by)
          select gen_random_uuid(), i.id, (select id from department limit 1), 'RUNNING', '${NOW}', now(), '', 'x'
          from catalogue_item i where code = 'HYPJ'`),
      ).rejects.toThrow('the catalogue of that day has no such item');
      // what was received before its day is still taken
      expect(await run('2026-11-19')).toMatchObject({ code: 0 });
    } finally {
      await owner(`update catalogue_item set effective_until = null where code = 'HYPJ'`);
    }
  });

  test('an item that a version added is none before it', async () => {
    const path = join(folder, 'early.csv');
    const values = exampleRow(item('CXRY'), DEPARTMENTS.MARKET, ++serial);
    await writeFile(path, csv(Object.keys(values), [Object.values(values)]));
    const args = ['import', path, '--item', 'CXRY', '--department', DEPARTMENTS.MARKET.code, '--received'];
    const { code, stderr } = await hub.cli([...args, '2021-12-31']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('该数据项自 2022-01-01 起列入清单')]);
  });
});

describe('what a provider owes', () => {
  const DUTIES = `query ($department: UnifiedSocialCreditCode, $overdueOnly: Boolean) {
    reportingDuties(department: $department, overdueOnly: $overdueOnly) {
      item { code } department { code } cycle { every workdays } lastReportedOn periodFrom periodTo nextDueOn overdue } }`;
  const duties = async (token: string, variables = {}, headers = {}) => {
    const { data, errors } = await hub.graphql(DUTIES, variables, { token, headers });
    if (errors.length > 0) throw new Error(JSON.stringify(errors));
    return data.reportingDuties as { item: { code: string }; department: { code: string }; overdue: boolean }[];
  };
  const SUPERVISION = { 'x-hub-purpose': 'SUPERVISION' };

  test('a department sees its own, by period and by decision', async () => {
    const own = await duties(await tokenOf('HOUSING_FUND'));
    expect(new Set(own.map(({ department }) => department.code))).toEqual(new Set([DEPARTMENTS.HOUSING_FUND.code]));
    const expected = CATALOGUE.filter(({ providerFunctions: of }) => of.includes('ANY') || of.includes('HOUSING_FUND'));
    expect(own.map(({ item: { code } }) => code).sort()).toEqual(expected.map(({ code }) => code).sort());
    // its examples came today, so November is next, due on the fifth working day of December
    expect(own.find(({ item: { code } }) => code === 'GJJ')).toEqual({
      item: { code: 'GJJ' },
      department: { code: DEPARTMENTS.HOUSING_FUND.code },
      cycle: { every: 'MONTH', workdays: 5 },
      lastReportedOn: NOW,
      periodFrom: '2026-11-01',
      periodTo: '2026-11-30',
      nextDueOn: '2026-12-07',
      overdue: false,
    });
    expect(own.find(({ item: { code } }) => code === 'XZJC')).toMatchObject({
      cycle: { every: 'EVENT', workdays: 7 },
      nextDueOn: null,
      overdue: false,
    });
  });

  test('a refused batch is no report, and what was not reported in time is overdue', async () => {
    await owner(
      `update import_batch set received_on = '2026-08-20' where item_id = (select id from catalogue_item where code = 'YSZT')`,
    );
    await submitted('YSZT', { YSZT_ZT: '128.50' });
    const own = await duties(await tokenOf('WATER'), { overdueOnly: true });
    expect(own).toEqual([
      expect.objectContaining({
        item: { code: 'YSZT' },
        lastReportedOn: '2026-08-20',
        periodTo: '2026-08-31',
        nextDueOn: '2026-09-07',
        overdue: true,
      }),
    ]);
    // the day, not the caller, makes it so
    const all = await duties(await office(), { department: DEPARTMENTS.WATER.code, overdueOnly: true }, SUPERVISION);
    expect(all).toEqual(own);
  });

  test('the credit office sees all departments, with a purpose; nobody else any', async () => {
    const all = await duties(await office(), {}, SUPERVISION);
    expect(new Set(all.map(({ department }) => department.code)).size).toBe(Object.keys(DEPARTMENTS).length);
    const refusals = async (token: string | undefined) =>
      (await hub.graphql(DUTIES, {}, token ? { token } : {})).errors.map(({ extensions }) => extensions.code);
    expect(await refusals(await office())).toEqual(['PURPOSE_REQUIRED']);
    expect(await refusals(undefined)).toEqual(['FORBIDDEN']);
    const agency = await hub.token({ role: 'AGENCY' });
    expect(await refusals(agency)).toEqual(['FORBIDDEN']);
  });

  test('who may send entries of every list owes none', async () => {
    const items = async (of: DemoFunction) => (await duties(await tokenOf(of))).map(({ item: { code } }) => code);
    expect(await items('DEVELOPMENT_REFORM')).not.toContain('YZSX_MD');
    expect(await items('COURT')).toContain('YZSX_MD');
    expect(await items('EDUCATION')).toContain('ZXZL_MD');
  });

  test('another department’s code opens nothing', async () => {
    expect(await duties(await tokenOf('WATER'), { department: DEPARTMENTS.MARKET.code })).toEqual([]);
  });
});

describe('who sees what of the new items', () => {
  const RECORDS = `query ($code: UnifiedSocialCreditCode!, $items: [String!]) { subject(code: $code) {
    records(filter: { items: $items }) { nodes { item { code } publicFrom ... on CatalogueRecord { values } } } } }`;
  const { code } = ORGANISATIONS.clean;
  const records = async (items: string[], token?: string, headers = {}) => {
    const { data } = await hub.graphql(RECORDS, { code, items }, { ...(token ? { token } : {}), headers });
    return data.subject.records.nodes as { values: Record<string, string>; publicFrom: string | null }[];
  };

  test('a state of arrears is the subject’s to show: no public, no other department, and no check sees it', async () => {
    const check = async () => {
      const hall = await hub.token({ role: 'SERVICE_HALL', department: DEPARTMENTS.APPROVAL.code });
      const query = `mutation ($input: CheckCreditInput!) { checkCredit(input: $input) { check { verdict findings { effect } } } }`;
      const verdicts = [];
      for (const matter of ['CZZJXM', 'ZFCGTB', 'SPJYXK', 'RCSPCN']) {
        const { data } = await hub.graphql(query, { input: { code, matter } }, { token: hall });
        verdicts.push(data.checkCredit.check);
      }
      return verdicts;
    };
    const before = await check();
    for (const status of 'YSZT YDZT YQZT DXZT SHBX GJJ NSZT NSXY'.split(' ')) {
      const states = item(status).fields.find(({ part }) => part === 'content')?.options ?? [];
      await submitted(status, {
        [`${status}_TYSHXYDM`]: code,
        [`${status}_ZTMC`]: ORGANISATIONS.clean.name,
        [`${status}_ZT`]: states.at(-1) as string,
      });
    }
    expect(await check()).toEqual(before);
    expect(await records(['YSZT', 'SHBX'])).toEqual([]);
    const SUPERVISION = { 'x-hub-purpose': 'SUPERVISION' };
    expect(await records(['YSZT', 'SHBX'], await tokenOf('MARKET'), SUPERVISION)).toEqual([]);
    const self = await hub.token({ role: 'SUBJECT', subject: code });
    const seen = await records(['YSZT'], self);
    expect(seen).toEqual([
      expect.objectContaining({ publicFrom: null, values: { YSZT_ZT: '已停供', YSZT_ZTRQ: '2026-03-02' } }),
    ]);
  });

  test('a register that does not know a field leaves what another has said of it', async () => {
    const at = async () =>
      (
        await owner(`select kind, name, industry_code, representative from subject where code = $1`, [
          ORGANISATIONS.socialOrganisation.code,
        ])
      )[0];
    const before = await at();
    await submitted('DJ_SHTT', {
      DJ_SHTT_TYSHXYDM: ORGANISATIONS.socialOrganisation.code,
      DJ_SHTT_ZTMC: ORGANISATIONS.socialOrganisation.name,
      DJ_SHTT_FDDBR: '示例人新',
    });
    expect(await at()).toEqual({ ...before, representative: '示例人新' });
  });

  test('the next state takes the place of the one before', async () => {
    await submitted('YQZT', { YQZT_ZT: '欠费' });
    await submitted('YQZT', { YQZT_ZT: '正常缴费' });
    const rows = await owner(`select r."values"->>'YQZT_ZT' as state from credit_record r
      join subject s on s.id = r.subject_id where s.code = '91370830MA9YYY010N'
      and r.item_id = (select id from catalogue_item where code = 'YQZT')`);
    expect(rows).toEqual([{ state: '正常缴费' }]);
  });

  test('values that are not OPEN are left out for the public, and stand for a department', async () => {
    await submitted('XZJC', { XZJC_XDR_SHXYM: code, XZJC_XDR_MC: ORGANISATIONS.clean.name, BZ: '示例备注' });
    const withOwn = (all: { values: Record<string, string> }[]) =>
      all.find(({ values }) => values['XZJC_SX'] === '示例检查事项');
    const shown = withOwn(await records(['XZJC']));
    expect(shown?.values).toMatchObject({ XZJC_SX: '示例检查事项' });
    expect(shown?.values).not.toHaveProperty('BZ');
    const whole = withOwn(await records(['XZJC'], await tokenOf('MARKET')));
    expect(whole?.values).toMatchObject({ BZ: '示例备注' });
  });

  test('a person on a campaign’s list is found by nobody from outside, and sets nothing off', async () => {
    await submitted('ZXZL_MD');
    const entries = `query ($list: String!) { listEntries(list: $list) { totalCount nodes { subject { name } } } }`;
    for (const list of ['DXWLZP', 'GJKSZB', 'PQSHBX']) {
      const { data } = await hub.graphql(entries, { list });
      expect(data.listEntries).toEqual({ totalCount: 0, nodes: [] });
      const other = await hub.graphql(
        entries,
        { list },
        { token: await tokenOf('MARKET'), headers: { 'x-hub-purpose': 'SUPERVISION' } },
      );
      expect(other.data.listEntries.totalCount).toBe(0);
    }
    const { data } = await hub.graphql(entries, { list: 'DXWLZP' }, { token: await tokenOf('PUBLIC_SECURITY') });
    expect(data.listEntries.totalCount).toBeGreaterThan(0);
    const hall = await hub.token({ role: 'SERVICE_HALL', department: DEPARTMENTS.APPROVAL.code });
    const person = {
      type: '身份证',
      number: exampleRow(item('ZXZL_MD'), DEPARTMENTS.MARKET, 1)['ZXZL_ZJHM'],
      name: '示例人甲',
    };
    const check = await hub.graphql(
      `mutation ($input: CheckCreditInput!) { checkCredit(input: $input) { check { verdict subjectFound findings { effect } } } }`,
      { input: { person, matter: 'RCSPCN' } },
      { token: hall },
    );
    expect(check.data.checkCredit.check).toMatchObject({ verdict: 'CLEAR', subjectFound: true, findings: [] });
  });
});
