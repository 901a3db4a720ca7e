import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { loadKeys } from '../../src/platform/crypto.js';
import { toGlobalId, uuidv7 } from '../../src/platform/ids.js';
import { openIdentity } from '../../src/services/personal.js';
import { encodeCursor } from '../../src/services/reading/shape.js';
import { type Hub, startHub } from '../kit/hub.js';
import { namedRows } from './walker.js';

// The invented county has a hundred persons, with permits, penalties, entries and commitments: PUBLIC meets none.
interface Person {
  id: string;
  masked: string;
  name: string;
  number: string;
}
let hub: Hub;
let owner: pg.Client;
let people: Person[];
/** global ids of persons and of whatever is about one */
let personal: string[];

beforeAll(async () => {
  hub = await startHub();
  owner = new pg.Client(hub.ownerUrl);
  await owner.connect();
  const keys = await loadKeys({ keyFile: `${hub.dataDir}/keys.json`, database: null });
  const { rows } = await owner.query(
    `select id, name as masked, name_sealed as "nameSealed", number_sealed as "numberSealed", key_id as "keyId", wrapped
     from subject join person_identity on subject_id = id join subject_key using (subject_id) order by id`,
  );
  people = rows.map(({ id, masked, ...sealed }) => ({ id, masked, ...openIdentity(keys, id, sealed) }));
  personal = await personalIds();
});
afterAll(async () => {
  await owner?.end();
  await hub?.remove();
});

async function personalIds(): Promise<string[]> {
  const found: string[] = people.map(({ id }) => toGlobalId('NaturalPerson', id));
  const tables = { credit_record: '', list_entry: 'ListEntry', commitment: 'Commitment', credit_check: 'CreditCheck' };
  for (const [table, type] of Object.entries(tables)) {
    const { rows } = await owner.query(
      `select t.id, ${type ? `'${type}'` : `initcap(record_type) || 'Record'`} as type
       from ${table} t join subject s on s.id = t.subject_id where s.kind = 'NATURAL_PERSON'`,
    );
    found.push(...rows.map((row) => toGlobalId(row.type, row.id)));
  }
  return found;
}

/** The answer as it leaves the hub, but for what is new in every answer. */
async function bytes(query: string, variables: Record<string, unknown> = {}): Promise<string> {
  const response = await fetch(`${hub.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const text = await response.text();
  return `${response.status} ${text.replace(/"traceId":"[^"]+"/g, '"traceId":""')}`;
}

const ABSENT = () => uuidv7();
const NODE = 'query ($id: ID!) { node(id: $id) { __typename id ... on Subject { name } } }';

interface Page {
  totalCount: number;
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
  nodes: unknown[];
}

async function pages(root: string, more = ''): Promise<{ rows: { typename: string; id: string }[]; total: number }> {
  const pageAfter = async (after: string | null): Promise<Page> => {
    const { data, errors } = await hub.graphql(
      `query ($after: String) { page: ${root}(first: 100, after: $after${more}) {
        totalCount pageInfo { hasNextPage endCursor } nodes { __typename ... on Node { id } } } }`,
      { after },
    );
    expect(errors).toEqual([]);
    return data.page;
  };
  const rows: { typename: string; id: string }[] = [];
  for (let after: string | null = null; ; ) {
    const { nodes, totalCount, pageInfo } = await pageAfter(after);
    rows.push(...namedRows(nodes));
    if (!pageInfo.hasNextPage) return { rows, total: totalCount };
    after = pageInfo.endCursor;
  }
}

const count = async (from: string): Promise<number> =>
  Number((await owner.query(`select count(*) from ${from}`)).rows[0].count);

describe('PUBLIC finds no natural person', () => {
  test('there are persons to find', () => {
    expect(people.length).toBeGreaterThan(50);
    expect(personal.length).toBeGreaterThan(people.length + 20);
  });

  test('by node id, its own or that of what is about it: as if there were none', async () => {
    const absent = await bytes(NODE, { id: toGlobalId('NaturalPerson', ABSENT()) });
    const forged = people.map(({ id }) => toGlobalId('Organisation', id));
    const answers = await Promise.all([...personal, ...forged].map((id) => bytes(NODE, { id })));
    expect([...new Set(answers)]).toEqual([absent]);
  });

  test('by name', async () => {
    const BY_NAME = `query ($name: String!) { subjects(first: 100, filter: { nameContains: $name }) {
      totalCount nodes { __typename } } }`;
    const [first] = people as [Person];
    const absent = await bytes(BY_NAME, { name: '查无此人之名' });
    for (const { name, masked, number } of people.slice(0, 20)) {
      expect(await bytes(BY_NAME, { name })).toBe(absent);
      expect(await bytes(BY_NAME, { name: number })).toBe(absent);
      expect(await bytes(BY_NAME, { name: masked })).not.toContain('NaturalPerson');
    }
    expect(await bytes(BY_NAME, { name: '%' })).toBe(absent);
    expect(await bytes(BY_NAME, { name: first.name.slice(0, 1) })).not.toContain('NaturalPerson');
    const { rows, total } = await pages('subjects', ', filter: { kinds: [NATURAL_PERSON] }');
    expect({ rows, total }).toEqual({ rows: [], total: 0 });
  });

  test('by code: a citizen id is none, and the answer does not say whose', async () => {
    const BY_CODE = 'query ($code: UnifiedSocialCreditCode!) { subject(code: $code) { __typename } }';
    const answers = await Promise.all(people.slice(0, 20).map(({ number }) => bytes(BY_CODE, { code: number })));
    answers.push(await bytes(BY_CODE, { code: '370899190001010000' }));
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toContain('BAD_USER_INPUT');
    const literal = await bytes(`{ subject(code: "${people[0]?.number}") { __typename } }`);
    expect(literal).toContain('BAD_USER_INPUT');
    expect(literal).not.toContain(people[0]?.number);
  });

  test('by leafing through everything, nor by its counts', async () => {
    const subjects = await pages('subjects');
    expect(new Set(subjects.rows.map(({ typename }) => typename))).toEqual(new Set(['Organisation']));
    const organisations = await count(`subject where kind <> 'NATURAL_PERSON'`);
    expect([subjects.rows.length, subjects.total]).toEqual([organisations, organisations]);
    const hidden = new Set(personal);
    const records = await pages('records');
    expect(records.rows.filter(({ id }) => hidden.has(id))).toEqual([]);
    expect(records.total).toBe(records.rows.length);
    const persons = await pages('records', ', filter: { items: ["XZXK_ZRR", "XZCF_ZRR"] }');
    expect(persons).toEqual({ rows: [], total: 0 });
    const { data } = await hub.graphql('{ lists { code } }');
    for (const { code } of data.lists) {
      const entries = await pages('listEntries', `, list: "${code}"`);
      expect(entries.rows.filter(({ id }) => hidden.has(id))).toEqual([]);
      expect(entries.total).toBe(entries.rows.length);
    }
  });

  test('by the paths below what is public, nor by summaries', async () => {
    const { rows } = await owner.query(`select id from subject where kind <> 'NATURAL_PERSON' order by id limit 60`);
    for (const { id } of rows) {
      const { data } = await hub.graphql(
        `query ($id: ID!) { node(id: $id) { ... on Organisation {
          summary { permits penalties activeBlackListEntries activeRedListEntries openCommitments breachedCommitments }
          permits: records(filter: { items: ["XZXK_FR", "XZXK_ZRR"] }) { totalCount }
          records(first: 100) { nodes { __typename id subject { __typename id } } }
          listEntries(first: 100) { nodes { __typename id subject { __typename id } list { color } } }
          commitments { totalCount nodes { __typename id } }
          branches { nodes { __typename id } } parent { __typename id } } } }`,
        { id: toGlobalId('Organisation', id) },
      );
      const { summary, permits, listEntries, commitments } = data.node;
      const named = namedRows(data).filter(
        ({ id: globalId, typename }) => typename === 'NaturalPerson' || personal.includes(globalId),
      );
      expect(named).toEqual([]);
      expect(summary.permits).toBe(permits.totalCount);
      const black = listEntries.nodes.filter(({ list }: { list: { color: string } }) => list.color === 'BLACK');
      expect(summary.activeBlackListEntries).toBe(black.length);
      expect([commitments.totalCount, summary.openCommitments, summary.breachedCommitments]).toEqual([0, 0, 0]);
    }
  });

  test('by a cursor that points at it', async () => {
    const AFTER = 'query ($after: String) { subjects(first: 3, after: $after) { totalCount nodes { id } } }';
    const RECORDS = 'query ($after: String) { records(first: 3, after: $after) { nodes { id } } }';
    // The neighbour's id differs in its last digit alone: between the two stands nothing that PUBLIC may see.
    const neighbour = (id: string) => id.slice(0, -1) + ((Number.parseInt(id.slice(-1), 16) + 1) % 16).toString(16);
    for (const { id } of people.slice(0, 20)) {
      const at = await bytes(AFTER, { after: encodeCursor(['~', id]) });
      expect(at).toBe(await bytes(AFTER, { after: encodeCursor(['~', neighbour(id)]) }));
    }
    const { rows } = await owner.query(
      `select id, decided_on::text as day from credit_record where subject_kind = 'NATURAL_PERSON' limit 20`,
    );
    for (const { id, day } of rows) {
      const at = await bytes(RECORDS, { after: encodeCursor([day, id]) });
      expect(at).toBe(await bytes(RECORDS, { after: encodeCursor([day, neighbour(id)]) }));
    }
  });

  test('by what a refusal says', async () => {
    const refused = {
      'query ($id: ID!) { accessEvents(subject: $id) { totalCount } }': 'NaturalPerson',
      'query ($id: ID!) { importBatch(id: $id) { id } }': 'ImportBatch',
      'mutation ($id: ID!) { makeCommitment(input: { subject: $id, kind: VOLUNTARY_DISCLOSURE, content: "x" }) { commitment { id } } }':
        'NaturalPerson',
      'mutation ($id: ID!) { proposeListing(input: { list: "TQNMGGZ", subject: $id, reason: "x", documentNo: "x" }) { listEntry { id } } }':
        'NaturalPerson',
      'mutation ($id: ID!) { revokeRecord(input: { id: $id, documentNo: "x", reason: "x" }) { record { id } } }':
        'PenaltyRecord',
    };
    for (const [query, type] of Object.entries(refused)) {
      const absent = await bytes(query, { id: toGlobalId(type, ABSENT()) });
      expect(absent).toContain('FORBIDDEN');
      const ids = [...people.slice(0, 5).map(({ id }) => toGlobalId(type, id)), ...personal.slice(-5)];
      for (const id of ids) expect(await bytes(query, { id })).toBe(absent);
    }
    const CHECK = 'mutation ($input: CheckCreditInput!) { checkCredit(input: $input) { check { id } } }';
    const [{ name, number }] = people as [Person];
    const known = await bytes(CHECK, { input: { person: { name, number }, matter: 'CZZJXM' } });
    expect(known).toBe(await bytes(CHECK, { input: { person: { name: '无', number: '0' }, matter: 'CZZJXM' } }));
    const RECEIPT = 'query ($no: String!) { creditCheck(receiptNo: $no) { id } }';
    const { rows } = await owner.query(
      `select receipt_no from credit_check where subject_kind = 'NATURAL_PERSON' limit 1`,
    );
    const receipt = await bytes(RECEIPT, { no: rows[0]?.receipt_no ?? 'HC1' });
    expect(receipt).toBe(await bytes(RECEIPT, { no: 'HC2' }));
  });
});
