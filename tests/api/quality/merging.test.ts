import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { toGlobalId } from '../../../src/platform/ids.js';
import { citizenId } from '../../kit/codes.js';
import { BY_CASE, refusalOf } from '../callers.js';
import { ENTERPRISE, openQualityCounty, type QualityCounty, RENEWED } from './county.js';

const OLD_NAME = '示例旧柳电器有限公司';
const NEW_NAME = '示例新柳电子有限公司';
const MERGE = `mutation ($input: MergeSubjectsInput!) { mergeSubjects(input: $input) { merge { id state moved } } }`;
const SPLIT = `mutation ($input: SplitSubjectInput!) { splitSubject(input: $input) { merge { id state } } }`;
const CONFIRM = `mutation ($input: ConfirmMergeInput!) { confirmMerge(input: $input) { merge { id state moved confirmedOn } } }`;
const UNDO = `mutation ($input: UndoMergeInput!) { undoMerge(input: $input) { merge { id state undoneOn } } }`;
const FOUND = `query ($code: UnifiedSocialCreditCode!) { subject(code: $code) { id name ... on Organisation { code formerNames { name }
  records(first: 50) { totalCount nodes { id } } branches { nodes { id } } } } }`;
const paper = (n: number) => ({ reason: '更名后重新登记，经登记机关核实', documentNo: `汶信用办归字〔2026〕${n}号` });

let county: QualityCounty;
type Officer = Awaited<ReturnType<QualityCounty['officer']>>;
let [first, second]: Officer[] = [];
beforeAll(async () => {
  county = await openQualityCounty();
  first = await county.officer('officer one');
  second = await county.officer('officer two');
});
afterAll(() => county?.close());

const one = async <T extends Record<string, unknown>>(text: string, values?: unknown[]) =>
  (await county.owner<T>(text, values))[0] as T;
const idOf = async (code: string) => (await one<{ id: string }>('select id from subject where code = $1', [code])).id;
const organisation = async (code: string) => toGlobalId('Organisation', await idOf(code));

/** Every row of every table, but for the trail that revisions leave (the exchange's too), the log, and merging itself. */
async function dump(): Promise<Record<string, string>> {
  const tables = await county.owner<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'
     and table_name not in ('row_revision', 'access_event', 'subject_merge', 'subject_merge_row', 'idempotent_request')
     and table_name !~ '^(audit|exchange_(change|message))' order by 1`,
  );
  const said: Record<string, string> = {};
  for (const { name } of tables) {
    const { text } = await one<{ text: string }>(`select coalesce(string_agg(r, e'\\n' order by r), '') as text from (
      select (to_jsonb(t) - '{revision,revised_at,revised_by,revision_reason}'::text[])::text as r from ${name} t) rows`);
    said[name] = text;
  }
  return said;
}

async function propose(absorbed: string, survivor: string, n: number): Promise<string> {
  const { data, errors } = await first!(MERGE, { input: { absorbed, survivor, ...paper(n) } });
  expect(errors).toEqual([]);
  expect(data.mergeSubjects.merge).toMatchObject({ state: 'PROPOSED', moved: 0 });
  return data.mergeSubjects.merge.id;
}
async function confirm(id: string) {
  const { data, errors } = await second!(CONFIRM, { input: { id } });
  expect(errors).toEqual([]);
  return data.confirmMerge.merge;
}
const undo = (id: string, by: Officer, n: number) => by(UNDO, { input: { id, ...paper(n) } });

describe('an organisation that is registered anew under another code', () => {
  let merge: string;
  let before: Record<string, string>;
  const permit = (code: string, n: number, changes: Record<string, string> = {}) =>
    county.row('MARKET', 'XZXK_FR', { XK_XDR_SHXYM: code, XK_XDR_MC: OLD_NAME, XK_YXQZI: '2099-12-31', ...changes }, n);

  beforeAll(async () => {
    await county.register(ENTERPRISE, OLD_NAME, { DJ_GSZCH: '370830200000006' });
    await county.register(
      ENTERPRISE,
      '示例中柳电器有限公司',
      { DJ_GSZCH: '370830200000006' },
      '2026-11-20T08:01:00+08:00',
    );
    await county.register(ENTERPRISE, OLD_NAME, { DJ_GSZCH: '370830200000006' }, '2026-11-20T08:02:00+08:00');
    await county.register(RENEWED, NEW_NAME);
    await county.send('MARKET', 'XZXK_FR', [
      permit(ENTERPRISE, 1),
      // what it says of a person stands sealed under the old subject's key
      permit(ENTERPRISE, 2, { XK_NR: `联系人 ${citizenId('19850223', 987)} 电话 13800005678` }),
      // so has the survivor its own: where it had none, the key that is made for it stays, and seals nothing (ADR 20)
      permit(RENEWED, 3, { XK_NR: '电话 13900005678' }),
    ]);
    const [old, renewed] = [await idOf(ENTERPRISE), await idOf(RENEWED)];
    await county.owner(
      `insert into subject (id, kind, name, name_key, code, parent_id, as_of) values
        (gen_random_uuid(), 'BRANCH', '示例旧柳电器有限公司汶上分公司', 'b', '91330100799655058B', $1, now())`,
      [old],
    );
    await county.owner(
      `insert into list_entry (id, list_id, subject_id, subject_kind, department_id, state, document_no, proposed_on, listed_on, business_key, as_of)
       select gen_random_uuid(), l.id, $1, 'ENTERPRISE', d.id, 'LISTED', '示例列字1号', '2026-05-01', '2026-05-01', 'k', now()
       from credit_list l, department d where l.code = 'SCJG_YZWF' and d.functions @> '{MARKET}'`,
      [old],
    );
    await county.owner(
      `insert into commitment (id, code, kind, subject_id, subject_kind, content, made_on, made_by, state, department_id)
       select gen_random_uuid(), 'C1', 'PROOF_NOTIFICATION', $1, 'ENTERPRISE', '示例承诺', '2026-05-01', 'x', 'OPEN', d.id
       from department d where d.functions @> '{MARKET}'`,
      [old],
    );
    for (const [subject, operation] of [
      [old, 'lookedAtTheOld'],
      [renewed, 'lookedAtTheNew'],
    ]) {
      await county.owner(
        `insert into access_event (id, actor, role, operation, operation_hash, subject_ids, labels, outcome)
         values (gen_random_uuid(), 'x', 'DEPARTMENT', $2, 'x', array[$1::uuid], '{GOVERNMENT}', 'OK')`,
        [subject, operation],
      );
    }
    expect(old).not.toBe(renewed);
    before = await dump();
  });

  test('is proposed by one officer and confirmed by another, who finds it by either code and name', async () => {
    merge = await propose(await organisation(ENTERPRISE), await organisation(RENEWED), 1);
    expect(refusalOf(await first!(CONFIRM, { input: { id: merge } }))).toBe('FORBIDDEN');
    expect(await dump()).toEqual(before);
    // two permits with one sealed text, an entry, a commitment and a branch
    expect(await confirm(merge)).toMatchObject({ state: 'DONE', moved: 6, confirmedOn: '2026-11-20' });
    for (const code of [ENTERPRISE, RENEWED]) {
      const { data } = await county.hub.graphql(FOUND, { code });
      expect(data.subject).toMatchObject({ name: NEW_NAME, code: RENEWED, records: { totalCount: 3 } });
      expect(data.subject.formerNames.map(({ name }: { name: string }) => name)).toEqual(
        expect.arrayContaining([OLD_NAME, '示例中柳电器有限公司']),
      );
      expect(data.subject.branches.nodes).toHaveLength(1);
    }
    const named = `{ subjects(filter: { nameContains: "旧柳电器有限" }) { nodes { name ... on Organisation { formerNames { name } } } } }`;
    const { data } = await county.hub.graphql(named);
    expect(data.subjects.nodes.map(({ name }: { name: string }) => name)).toContain(NEW_NAME);
    expect(data.subjects.nodes.map(({ name }: { name: string }) => name)).not.toContain(OLD_NAME);
  });

  /** Who looked at it, as itself and as the auditor are told; of the two events that were there before. */
  async function looksAt(code: string): Promise<string[]> {
    const LOG = `query ($id: ID!) { node(id: $id) { ... on Organisation { accessLog(first: 100) { totalCount nodes { operation } } } }
      accessEvents(subject: $id, first: 100) { nodes { operation } } }`;
    const OWN =
      '{ viewer { subject { ... on Organisation { accessLog(first: 100) { totalCount nodes { operation role outcome } } } } } }';
    const told = (log: { nodes: { operation: string }[] }) =>
      log.nodes
        .map(({ operation }) => operation)
        .filter((operation) => operation.startsWith('lookedAt'))
        .sort();
    const self = await county.hub.token({ role: 'SUBJECT', subject: code });
    const own = await county.hub.graphql(OWN, {}, { token: self });
    expect(own.errors).toEqual([]);
    const { accessLog } = own.data.viewer.subject;
    expect(accessLog.totalCount).toBe(accessLog.nodes.length);
    const id = await organisation(code);
    const auditor = await county.hub.token({ role: 'AUDITOR' });
    const { data, errors } = await county.hub.graphql(LOG, { id }, { token: auditor, headers: BY_CASE });
    expect(errors).toEqual([]);
    expect(told(data.accessEvents)).toEqual(told(data.node.accessLog));
    return [...told(accessLog), '|', ...told(data.node.accessLog)];
  }

  test('shows who looked at it before, by its old name, to itself and to the auditor', async () => {
    const both = ['lookedAtTheNew', 'lookedAtTheOld'];
    expect(await looksAt(RENEWED)).toEqual([...both, '|', ...both]);
    // its old token is the survivor's; what the auditor asks about the old id is of the old one
    expect(await looksAt(ENTERPRISE)).toEqual([...both, '|', 'lookedAtTheOld']);
  });

  test('says where it has gone, to who kept its id', async () => {
    const id = toGlobalId('Organisation', await idOf(ENTERPRISE));
    const { data } = await county.hub.graphql(
      'query ($id: ID!) { node(id: $id) { ... on Organisation { code mergedInto { code } records { totalCount } } } }',
      { id },
    );
    expect(data.node).toEqual({ code: ENTERPRISE, mergedInto: { code: RENEWED }, records: { totalCount: 0 } });
  });

  test('its sealed texts open for whom they opened before, and its own token is the survivor’s', async () => {
    const whole = `{ records(first: 50) { nodes { ... on PermitRecord { content } } } }`;
    const asMarket = await county.hub.graphql(whole, {}, { token: await county.tokenOf('MARKET') });
    expect(JSON.stringify(asMarket.data)).toContain('13800005678');
    const own = await county.hub.token({ role: 'SUBJECT', subject: ENTERPRISE });
    const { data } = await county.hub.graphql(`{ viewer { subject { id } } }`, {}, { token: own });
    expect(data.viewer.subject.id).toBe(await organisation(RENEWED));
    const byId = await county.hub.token({ role: 'SUBJECT', subject: await organisation(ENTERPRISE) });
    expect(
      (await county.hub.graphql(`{ viewer { subject { id } } }`, {}, { token: byId })).data.viewer.subject.id,
    ).toBe(await organisation(RENEWED));
  });

  test('the same decision under the new code is no second record', async () => {
    const batch = await county.send('MARKET', 'XZXK_FR', [permit(RENEWED, 1)]);
    expect(batch).toMatchObject({ accepted: 1, unchanged: 1 });
    const both = await county.send('MARKET', 'XZXK_FR', [permit(ENTERPRISE, 7), permit(RENEWED, 7)]);
    expect(both).toMatchObject({ accepted: 1, rejected: 1, rejections: { DUPLICATE: 1 } });
    // came under the old code: it goes back with the old subject
    const row = await one<{ s: string }>(
      `select subject_id as s from credit_record where document_no = '示例〔2026〕7号'`,
    );
    expect(row.s).toBe(await idOf(RENEWED));
  });

  test('undone, everything is as before, byte for byte; what came since under the old code goes along', async () => {
    expect(refusalOf(await undo(merge, second!, 2))).toBe('FORBIDDEN');
    const done = await undo(merge, first!, 2);
    expect(done.data.undoMerge.merge).toMatchObject({ state: 'UNDONE', undoneOn: '2026-11-20' });
    const row = await one<{ s: string }>(
      `select subject_id as s from credit_record where document_no = '示例〔2026〕7号'`,
    );
    expect(row.s).toBe(await idOf(ENTERPRISE));
    await county.owner(`delete from credit_record where document_no = '示例〔2026〕7号'`);
    const after = await dump();
    for (const table of Object.keys(before)) {
      if (/^import_|^credit_list$/.test(table)) continue; // the two batches of the test before
      expect([table, after[table]]).toEqual([table, before[table]]);
    }
    expect(await looksAt(RENEWED)).toEqual(['lookedAtTheNew', '|', 'lookedAtTheNew']);
    expect(await looksAt(ENTERPRISE)).toEqual(['lookedAtTheOld', '|', 'lookedAtTheOld']);
    expect(refusalOf(await undo(merge, first!, 3))).toBe('PRECONDITION_FAILED');
    const { data } = await county.hub.graphql(FOUND, { code: ENTERPRISE });
    expect(data.subject).toMatchObject({ name: OLD_NAME, records: { totalCount: 2 } });
  });
});

describe('what stays two', () => {
  test('a branch and its parent: never merged by themselves, and refused to who asks', async () => {
    const [parent, branch] = ['91110000802100433B', '9152000071430580XT'];
    await county.register(parent, '示例同名有限公司');
    await county.register(branch, '示例同名有限公司', { DJ_ZTLX: '分支机构' });
    expect(await idOf(parent)).not.toBe(await idOf(branch));
    const input = { absorbed: await organisation(branch), survivor: await organisation(parent), ...paper(10) };
    expect(refusalOf(await first!(MERGE, { input }))).toBe('PRECONDITION_FAILED');
    expect(
      refusalOf(await first!(MERGE, { input: { ...input, absorbed: input.survivor, survivor: input.absorbed } })),
    ).toBe('PRECONDITION_FAILED');
  });

  test('itself, a stranger’s id, and one that is proposed already', async () => {
    const [a, b] = [await organisation(ENTERPRISE), await organisation(RENEWED)];
    const ask = (absorbed: string, survivor: string, more: object = {}) =>
      first!(MERGE, { input: { absorbed, survivor, ...paper(11), ...more } });
    expect(refusalOf(await ask(a, a))).toBe('PRECONDITION_FAILED');
    expect(refusalOf(await ask('bm9uZQ', b))).toBe('NOT_FOUND absorbed');
    expect(refusalOf(await ask(a, b, { reason: ' ' }))).toBe('BAD_USER_INPUT reason');
    expect(refusalOf(await ask(a, b, { documentNo: citizenId('19850223', 987) }))).toBe('BAD_USER_INPUT documentNo');
    const id = await propose(a, b, 12);
    expect(refusalOf(await ask(b, a))).toBe('CONFLICT');
    expect((await undo(id, first!, 13)).data.undoMerge.merge.state).toBe('WITHDRAWN');
    const again = await propose(b, a, 14);
    expect((await undo(again, first!, 15)).data.undoMerge.merge.state).toBe('WITHDRAWN');
  });

  test('two merges are undone the latest first', async () => {
    const third = '91370000706266601D';
    await county.register(third, '示例三柳有限公司');
    const earlier = await propose(await organisation(ENTERPRISE), await organisation(RENEWED), 20);
    await confirm(earlier);
    const later = await propose(await organisation(RENEWED), await organisation(third), 21);
    await confirm(later);
    const { data } = await county.hub.graphql(FOUND, { code: ENTERPRISE });
    expect(data.subject.code).toBe(third);
    expect(refusalOf(await undo(earlier, first!, 22))).toBe('PRECONDITION_FAILED');
    expect(refusalOf(await undo(later, first!, 23))).toBe('');
    expect(refusalOf(await undo(earlier, first!, 24))).toBe('');
  });
});

describe('natural persons', () => {
  const [ID, OTHER_ID] = [citizenId('19850223', 987), citizenId('19840313', 985)];
  const penalty = (number: string, name: string, n: number, changes: Record<string, string> = {}) =>
    county.row('MARKET', 'XZXK_ZRR', { XK_XDR_ZJHM: number, XK_XDR_MC: name, XK_YXQZI: '2099-12-31', ...changes }, n);
  const personOf = async (n: number) =>
    (
      await one<{ s: string }>(`select subject_id as s from credit_record where document_no = $1`, [
        `示例〔2026〕${n}号`,
      ])
    ).s;
  const person = (id: string) => toGlobalId('NaturalPerson', id);

  test('mistaken for one are split by document, and their rows stay apart when they come again', async () => {
    await county.send('MARKET', 'XZXK_ZRR', [
      penalty(ID, '例甲', 31),
      penalty(ID, '例甲', 32, { XK_NR: '电话 13800005678' }),
    ]);
    const mixed = await personOf(31);
    const { id: record } = await one<{ id: string }>(
      `select id from credit_record where document_no = '示例〔2026〕32号'`,
    );
    const input = {
      subject: person(mixed),
      rows: [toGlobalId('PermitRecord', record)],
      person: { number: OTHER_ID, name: '例乙' },
      ...paper(30),
    };
    const { data, errors } = await first!(SPLIT, { input });
    expect(errors).toEqual([]);
    expect(await personOf(32)).toBe(mixed);
    await confirm(data.splitSubject.merge.id);
    const other = await personOf(32);
    expect(other).not.toBe(mixed);
    const shown = await county.hub.graphql(
      'query ($id: ID!) { node(id: $id) { ... on NaturalPerson { name citizenId records { nodes { ... on PermitRecord { content } } } } } }',
      { id: person(other) },
      { token: await county.hub.token({ role: 'SUBJECT', subject: person(other) }) },
    );
    expect(shown.data.node).toMatchObject({
      name: '例乙',
      citizenId: OTHER_ID,
      records: { nodes: [{ content: '电话 13800005678' }] },
    });
    // the provider goes on sending the wrong document: whose it is was settled
    const later = '2026-11-20T12:00:00+08:00';
    await county.send('MARKET', 'XZXK_ZRR', [penalty(ID, '例甲', 32, { XK_NR: '更新，电话 13900005678' })], later);
    expect(await personOf(32)).toBe(other);
    expect(refusalOf(await undo(data.splitSubject.merge.id, first!, 33))).toBe('');
    expect(await personOf(32)).toBe(mixed);
  });

  test('under two documents are merged; both documents find the one, and its texts stay readable', async () => {
    const [passport] = ['G12345678'];
    const row = penalty(passport, '例甲', 41, { XK_XDR_ZJLX: '护照号', XK_NR: '电话 13700005678' });
    await county.send('MARKET', 'XZXK_ZRR', [row]);
    const [byPassport, byId] = [await personOf(41), await personOf(31)];
    expect(byPassport).not.toBe(byId);
    const before = await dump();
    const merge = await propose(person(byPassport), person(byId), 40);
    await confirm(merge);
    const self = await county.hub.token({ role: 'SUBJECT', subject: person(byPassport) });
    const { data } = await county.hub.graphql(
      `{ viewer { subject { id ... on NaturalPerson { name citizenId records(first: 9) { nodes { documentNo ... on PermitRecord { content } } } } } } }`,
      {},
      { token: self },
    );
    expect(data.viewer.subject).toMatchObject({ id: person(byId), name: '例甲', citizenId: ID });
    expect(JSON.stringify(data.viewer.subject.records)).toContain('13700005678');
    const check = `mutation ($input: CheckCreditInput!) { checkCredit(input: $input) { check { subject { id } nameMatches } } }`;
    const asked = { person: { type: '护照号', number: passport, name: '例甲' }, matter: 'CZZJXM' };
    const { data: checked } = await county.hub.graphql(
      check,
      { input: asked },
      { token: await county.tokenOf('MARKET') },
    );
    expect(checked.checkCredit.check).toEqual({ subject: { id: person(byId) }, nameMatches: true });
    await county.owner(`delete from credit_check`);
    expect(refusalOf(await undo(merge, first!, 42))).toBe('');
    expect(await dump()).toEqual(before);
  });

  test('merged, one order of destruction destroys what was sealed under both, and no undo brings it back', async () => {
    const [byPassport, byId] = [await personOf(41), await personOf(31)];
    const merge = await propose(person(byPassport), person(byId), 50);
    await confirm(merge);
    const order = ['destroy', '--subject', person(byId), '--document', '示例销字〔2026〕1号', '--reason', '本人申请'];
    expect((await county.hub.cli(order)).code).toBe(0);
    for (const table of ['subject_key where wrapped is not null', 'personal_text where true']) {
      const { n } = await one<{ n: number }>(
        `select count(*)::int as n from ${table} and subject_id = any($1::uuid[])`,
        [[byPassport, byId]],
      );
      expect([table, n]).toEqual([table, 0]);
    }
    const kept = await one<{ text: string }>(
      `select coalesce(string_agg(to_jsonb(m)::text, ''), '') as text from subject_merge_row m where merge_id in
        (select id from subject_merge where into_id = $1)`,
      [byId],
    );
    expect(kept.text).not.toContain('aes256gcm');
    expect(refusalOf(await undo(merge, first!, 51))).toBe('PRECONDITION_FAILED');
  });

  test('are there for an officer who states a purpose, and for no other', async () => {
    const silent = await county.officer('officer one', {});
    const input = { absorbed: person(await personOf(31)), survivor: await organisation(ENTERPRISE), ...paper(60) };
    expect(refusalOf(await silent(MERGE, { input }))).toBe('NOT_FOUND absorbed');
    expect(refusalOf(await first!(MERGE, { input }))).toBe('PRECONDITION_FAILED');
  });
});
