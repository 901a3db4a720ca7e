import { encodeCursor } from '../../src/services/reading/shape.js';
import { HUB_TEN, PG_TEN, record, uuidOf } from './fields.js';
import type { Asked, Data, Workload } from './types.js';

const variables = (asked: Asked): Data => asked.limit;

const HUB_PROFILE = `query ($code: UnifiedSocialCreditCode!) { subject(code: $code) { id kind name
  ... on Organisation { code registrationNo legalRepresentative registeredOn address }
  records(first: 20) { nodes { ${HUB_TEN} item { code } authority { name } } }
  listEntries(first: 20, activeOnly: false) { nodes { id documentNo state reason listedOn endsOn list { name color } } }
  commitments(first: 20) { nodes { id kind content madeOn dueOn state } } } }`;
const PG_PROFILE = `query ($code: String!) { subjectByCode(code: $code) { rowId kind name code registrationNo representative
  registeredOn address
  creditRecordsBySubjectId(first: 20, orderBy: [DECIDED_ON_DESC, ROW_ID_DESC]) { nodes { ${PG_TEN}
    catalogueItemByItemId { code } departmentByAuthorityId { name } } }
  listEntriesBySubjectId(first: 20, orderBy: [ENTERED_ON_DESC, ROW_ID_DESC]) { nodes { rowId documentNo state reason listedOn
    endsOn creditListByListId { name color } } }
  commitmentsBySubjectId(first: 20, orderBy: [MADE_ON_DESC, ROW_ID_DESC]) { nodes { rowId kind content madeOn dueOn state } } } }`;

const profile = (subject: Data, head: object, records: Data[], entries: Data[], commitments: Data[]) => ({
  ...head,
  id: uuidOf(subject.id ?? subject.rowId),
  ...Object.fromEntries(
    ['kind', 'name', 'code', 'registrationNo', 'registeredOn', 'address'].map((n) => [n, subject[n]]),
  ),
  records: records.map((row) => ({
    ...(record(row) as object),
    item: row.item?.code ?? row.catalogueItemByItemId?.code ?? row.item,
    authority: row.authority?.name ?? row.departmentByAuthorityId?.name ?? row.authority,
  })),
  entries: entries.map(({ id, rowId, documentNo, state, reason, listedOn, endsOn, ...row }) => {
    const list =
      row.creditListByListId ?? (typeof row.list === 'string' ? { name: row.list, color: row.color } : row.list);
    return { id: uuidOf(id ?? rowId), documentNo, state, reason, listedOn, endsOn, list: list.name, color: list.color };
  }),
  commitments: commitments.map(({ id, rowId, kind, content, madeOn, dueOn, state }) => ({
    ...{ id: uuidOf(id ?? rowId), kind, content, madeOn, dueOn, state },
  })),
});

export const W2: Workload = {
  name: 'W2',
  title: '信用档案 profile with 20 records, entries, commitments',
  as: 'office',
  writes: false,
  asked: ({ profiles }) =>
    profiles.map((code) => ({
      hub: { query: HUB_PROFILE, variables: { code } },
      limit: { code },
      postgraphile: { query: PG_PROFILE, variables: { code } },
    })),
  same: {
    hub: ({ data: { subject: s } }: Data) =>
      profile(s, { representative: s.legalRepresentative }, s.records.nodes, s.listEntries.nodes, s.commitments.nodes),
    limit: (s: Data) => profile(s, { representative: s.legalRepresentative }, s.records, s.entries, s.commitments),
    postgraphile: ({ data: { subjectByCode: s } }: Data) =>
      profile(
        s,
        { representative: s.representative },
        s.creditRecordsBySubjectId.nodes,
        s.listEntriesBySubjectId.nodes,
        s.commitmentsBySubjectId.nodes,
      ),
  },
};

const HUB_SEARCH = `query ($term: String!) { subjects(filter: { nameContains: $term }, first: 20) { totalCount nodes { id name
  ... on Organisation { code } summary { permits penalties } records(first: 3) { nodes { id documentNo decidedOn state } } } } }`;
const PG_COUNT = (type: string) => `creditRecordsBySubjectId(condition: { recordType: "${type}" }) { totalCount }`;
const PG_SEARCH = `query ($term: String!) { searchSubjects: benchSearchSubjects(term: $term, first: 20) { totalCount nodes { rowId name code
  permits: ${PG_COUNT('PERMIT')} penalties: ${PG_COUNT('PENALTY')}
  records: creditRecordsBySubjectId(first: 3, orderBy: [DECIDED_ON_DESC, ROW_ID_DESC]) { nodes { rowId documentNo decidedOn state } } } } }`;
const hits = (count: unknown, nodes: Data[], counts: (node: Data) => object, records: (node: Data) => Data[]) => ({
  count: Number(count),
  nodes: nodes.map((node) => ({
    ...{ id: uuidOf(node.id ?? node.rowId), name: node.name, code: node.code, ...counts(node) },
    records: records(node).map(({ id, rowId, documentNo, decidedOn, state }) => ({
      ...{ id: uuidOf(id ?? rowId), documentNo, decidedOn, state },
    })),
  })),
});

export const W3: Workload = {
  name: 'W3',
  title: '名称检索 name search with counts and the latest three records',
  as: 'public',
  writes: false,
  asked: ({ terms }) =>
    terms.map((term) => ({
      hub: { query: HUB_SEARCH, variables: { term } },
      limit: { term },
      postgraphile: { query: PG_SEARCH, variables: { term } },
    })),
  same: {
    hub: ({ data: { subjects: s } }: Data) =>
      hits(
        s.totalCount,
        s.nodes,
        ({ summary: { permits, penalties } }) => ({ permits, penalties }),
        ({ records }) => records.nodes,
      ),
    limit: ({ count, nodes }: Data) =>
      hits(
        count,
        nodes,
        ({ permits, penalties }) => ({ permits, penalties }),
        ({ records }) => records,
      ),
    postgraphile: ({ data: { searchSubjects: s } }: Data) =>
      hits(
        s.totalCount,
        s.nodes,
        ({ permits, penalties }) => ({ permits: permits.totalCount, penalties: penalties.totalCount }),
        ({ records }) => records.nodes,
      ),
  },
};

const HUB_WIDE = `query ($after: String!) { subjects(first: 100, after: $after) { nodes { id name records(first: 10) { nodes { ${HUB_TEN} } } } } }`;
const PG_WIDE = `query ($after: Cursor!) { subjects: allSubjects(first: 100, after: $after, orderBy: [SORT_CODE_ASC, ROW_ID_ASC]) { nodes { rowId name
  creditRecordsBySubjectId(first: 10, orderBy: [DECIDED_ON_DESC, ROW_ID_DESC]) { nodes { ${PG_TEN} } } } } }`;
const wide = (nodes: Data[], records: (node: Data) => Data[]) =>
  nodes.map((node) => ({ id: uuidOf(node.id ?? node.rowId), name: node.name, records: records(node).map(record) }));

export const W4: Workload = {
  name: 'W4',
  title: '宽读 100 subjects × 10 records × 10 fields',
  as: 'public',
  writes: false,
  asked: ({ subjects }) =>
    subjects.map(({ code, id }) => ({
      hub: { query: HUB_WIDE, variables: { after: encodeCursor([code, id]) } },
      limit: { code, id },
      postgraphile: { query: PG_WIDE, variables: {} },
    })),
  same: {
    hub: ({ data }: Data) => wide(data.subjects.nodes, ({ records }) => records.nodes),
    limit: (nodes: Data) => wide(nodes, ({ records }) => records),
    postgraphile: ({ data }: Data) => wide(data.subjects.nodes, (node) => node.creditRecordsBySubjectId.nodes),
  },
  cursors: {
    query: `query ($id: UUID!) { subjects: allSubjects(first: 1, condition: { rowId: $id }, orderBy: [SORT_CODE_ASC, ROW_ID_ASC]) { edges { cursor } } }`,
    id: (asked) => variables(asked).id,
    at: ({ data }) => data.subjects.edges[0].cursor,
  },
};

const HUB_DEEP = `query ($after: String!) { records(first: 50, after: $after) { nodes { ${HUB_TEN} } pageInfo { hasNextPage } } }`;
const PG_DEEP = `query ($after: Cursor!) { creditRecords: allCreditRecords(first: 50, after: $after, orderBy: [DECIDED_ON_DESC, ROW_ID_DESC]) {
  nodes { ${PG_TEN} } pageInfo { hasNextPage } } }`;

export const W6: Workload = {
  name: 'W6',
  title: '深翻页 a deep page of 50 by its keys',
  as: 'public',
  writes: false,
  asked: ({ records }) =>
    records.map(({ day, id }) => ({
      hub: { query: HUB_DEEP, variables: { after: encodeCursor([day, id]) } },
      limit: { day, id },
      postgraphile: { query: PG_DEEP, variables: {} },
    })),
  same: {
    hub: ({ data: { records: r } }: Data) => ({ more: r.pageInfo.hasNextPage, nodes: r.nodes.map(record) }),
    limit: ({ more, nodes }: Data) => ({ more, nodes: nodes.map(record) }),
    postgraphile: ({ data: { creditRecords: r } }: Data) => ({
      more: r.pageInfo.hasNextPage,
      nodes: r.nodes.map(record),
    }),
  },
  cursors: {
    query: `query ($id: UUID!) { creditRecords: allCreditRecords(first: 1, condition: { rowId: $id }, orderBy: [DECIDED_ON_DESC, ROW_ID_DESC]) { edges { cursor } } }`,
    id: (asked) => variables(asked).id,
    at: ({ data }) => data.creditRecords.edges[0].cursor,
  },
};
