import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DEPARTMENTS, ORGANISATIONS } from '../../../src/demo/cast.js';
import { fromGlobalId } from '../../../src/platform/ids.js';
import { type GraphqlOptions, type Hub, startHub } from '../../kit/hub.js';
import { sql } from '../../kit/sql.js';
import { BY_CASE } from '../callers.js';

const CHAIN = `query ($code: UnifiedSocialCreditCode!, $first: Int, $after: String) { subject(code: $code) { ... on Organisation {
  lifecycle(first: $first, after: $after) { totalCount pageInfo { hasNextPage endCursor }
    nodes { kind date title source item { code } department { code } } } } } }`;

type Event = { kind: string; date: string; title: string; source: string };

let hub: Hub;
let audit: GraphqlOptions = {};
let office: GraphqlOptions = {};
/** every organisation of the county that has a record, an entry or a commitment */
let codes: string[];
beforeAll(async () => {
  hub = await startHub();
  audit = { token: await hub.token({ role: 'AUDITOR' }), headers: BY_CASE };
  const token = await hub.token({ role: 'CREDIT_OFFICE', department: DEPARTMENTS.DEVELOPMENT_REFORM.code });
  office = { token, headers: { 'x-hub-purpose': 'SUPERVISION' } };
  const rows = await sql<{ code: string }>(
    hub.ownerUrl,
    `select code from subject s where code is not null and (exists (select 1 from credit_record r where r.subject_id = s.id)
      or exists (select 1 from list_entry e where e.subject_id = s.id) or s.registration_state <> '存续')
     order by exists (select 1 from commitment c where c.subject_id = s.id) desc, exists (select 1 from former_name f where f.subject_id = s.id) desc,
       exists (select 1 from list_entry e where e.subject_id = s.id) desc, s.registration_state = '存续', code limit 80`,
  );
  codes = rows.map(({ code }) => code);
});
afterAll(() => hub?.remove());

const chainOf = async (code: string, options: GraphqlOptions = {}, variables: object = { first: 100 }) => {
  const { data, errors } = await hub.graphql(CHAIN, { code, ...variables }, options);
  expect(errors).toEqual([]);
  return data.subject.lifecycle as {
    totalCount: number;
    nodes: Event[];
    pageInfo: { hasNextPage: boolean; endCursor: string };
  };
};

describe('the time line of one organisation', () => {
  test('of the county as a whole has every kind of event that it has rows for', async () => {
    const kinds = new Set<string>();
    for (const code of codes) for (const { kind } of (await chainOf(code, audit)).nodes) kinds.add(kind);
    for (const kind of 'REGISTERED RENAMED PERMITTED PROMISED INSPECTED PENALISED LISTED REPAIRED REVOKED CLOSED'.split(
      ' ',
    )) {
      expect([...kinds]).toContain(kind);
    }
  });

  test('is newest first, page by page the same as whole, and counts what it shows', async () => {
    for (const code of codes.slice(0, 20)) {
      const whole = await chainOf(code, audit);
      expect(whole.totalCount).toBe(whole.nodes.length);
      expect(whole.nodes.map(({ date }) => date)).toEqual(
        whole.nodes
          .map(({ date }) => date)
          .sort()
          .reverse(),
      );
      const paged: Event[] = [];
      let after: string | null = null;
      for (;;) {
        const page = await chainOf(code, audit, { first: 2, after });
        paged.push(...page.nodes);
        if (!page.pageInfo.hasNextPage) break;
        after = page.pageInfo.endCursor;
      }
      expect(paged).toEqual(whole.nodes);
    }
  });

  test('shows nobody an event whose source it may not read, and counts none', async () => {
    let [hidden, shown] = [0, 0];
    const readers: GraphqlOptions[] = [
      {},
      office,
      { token: await hub.token({ role: 'DEPARTMENT', department: DEPARTMENTS.HRSS.code }) },
    ];
    for (const code of codes) {
      const all = await chainOf(code, audit);
      for (const reader of readers) {
        const seen = await chainOf(code, reader);
        expect(seen.totalCount).toBe(seen.nodes.length);
        for (const event of all.nodes) {
          const there = seen.nodes.some(({ source, kind }) => source === event.source && kind === event.kind);
          const { data } = await hub.graphql('query ($id: ID!) { node(id: $id) { id } }', { id: event.source }, reader);
          expect([event.kind, there]).toEqual([event.kind, data.node !== null]);
          if (there) shown += 1;
          else hidden += 1;
        }
      }
    }
    expect(hidden).toBeGreaterThan(10);
    expect(shown).toBeGreaterThan(100);
  }, 120_000);

  test('names the item, the department and an object that is found again', async () => {
    const code = ORGANISATIONS.renamed.code;
    const chain = await chainOf(code, {});
    const renamed = chain.nodes.find(({ kind }) => kind === 'RENAMED');
    expect(renamed).toMatchObject({ title: ORGANISATIONS.renamed.formerName });
    expect(fromGlobalId(renamed!.source)?.type).toBe('Organisation');
    const registered = chain.nodes.find(({ kind }) => kind === 'REGISTERED');
    expect(registered).toMatchObject({ item: { code: 'DJ_SCZT' }, department: { code: DEPARTMENTS.APPROVAL.code } });
  });

  test('leaves what it shows in the access log, as any read of those rows', async () => {
    const [{ id }] = (await sql<{ id: string }>(
      hub.ownerUrl,
      `select s.id from subject s join commitment c on c.subject_id = s.id where s.code is not null and s.code <> '' limit 1`,
    )) as [{ id: string }];
    const [{ code }] = (await sql<{ code: string }>(hub.ownerUrl, 'select code from subject where id = $1', [id])) as [
      { code: string },
    ];
    const told = `access_event where operation = 'subject' and $1 = any(subject_ids) and 'GOVERNMENT' = any(labels)`;
    const count = async () =>
      (await sql<{ n: number }>(hub.ownerUrl, `select count(*)::int as n from ${told}`, [id]))[0]!.n;
    const before = await count();
    await chainOf(code, office);
    expect(await count()).toBe(before + 1);
  });
});
