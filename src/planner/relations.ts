import { fromGlobalId } from '../platform/ids.js';
import { allOf, derived, type Sql, sql } from '../platform/sql.js';
import { eventsWhere, isAbout } from '../services/audit/events.js';
import { sealsWhere } from '../services/audit/seals.js';
import { ACCESS_EVENT, SEALED_CASE } from '../services/audit/shape.js';
import { ITEM } from '../services/catalogue/shape.js';
import { CHECK, FINDING } from '../services/checks/shape.js';
import { BATCH, BATCH_ROW } from '../services/collection/shape.js';
import { commitmentsWhere } from '../services/commitments/reads.js';
import { COMMITMENT } from '../services/commitments/shape.js';
import { CONSENT } from '../services/consents/shape.js';
import { DEPARTMENT, LEGAL_BASIS } from '../services/departments/shape.js';
import { entriesWhere } from '../services/lists/reads.js';
import { ENTRY, LIST } from '../services/lists/shape.js';
import { MARKET_RECORD, marketWhere } from '../services/market/shape.js';
import { MATTER, MEASURE, TRIGGER } from '../services/measures/shape.js';
import type { Shape } from '../services/reading/shape.js';
import { recordsWhere } from '../services/records/reads.js';
import { RECORD } from '../services/records/shape.js';
import { LIFECYCLE } from '../services/subjects/lifecycle.js';
import { MERGE, mergesWhere } from '../services/subjects/merging/shape.js';
import { foundByCode, subjectsWhere } from '../services/subjects/reads.js';
import { FORMER_NAME, SUBJECT } from '../services/subjects/shape.js';
import { COUNTS } from '../services/subjects/summary.js';

// biome-ignore lint/suspicious/noExplicitAny: arguments as GraphQL coerced them, values standing for later ones among them
export type Args = Record<string, any>;
/** A column of the parent's row, qualified. */
export type Parent = (column: string) => Sql;

/** How a field's rows are found. `one` and `many` answer rows, `page` a connection, `counts` an object of numbers. */
export type Relation =
  /** `several`: more than one row may fit, and the first in the shape's order is meant; else its key is unique */
  | { kind: 'one'; shape: Shape; where(parent: Parent, args: Args): Sql[]; several?: true }
  | { kind: 'many' | 'page'; shape: Shape; where(parent: Parent, args: Args): Sql[] }
  | { kind: 'counts'; counts: Readonly<Record<string, (parent: Parent) => Sql>> };

const one = (shape: Shape, column: string): Relation => ({
  kind: 'one',
  shape,
  where: (parent) => [sql`id = ${parent(column)}`],
});
const many = (shape: Shape, column: string): Relation => ({
  kind: 'many',
  shape,
  where: (parent) => [sql`${sql.ref(column)} = ${parent('id')}`],
});
const page = (shape: Shape, column: string, conditions: (args: Args) => Sql[] = () => []): Relation => ({
  kind: 'page',
  shape,
  where: (parent, args) => [sql`${sql.ref(column)} = ${parent('id')}`, ...conditions(args)],
});
const bases = (table: string, column: string): Relation => ({
  kind: 'many',
  shape: LEGAL_BASIS,
  where: (parent) => [
    sql`id in (select link.basis_id from ${sql.table(table)} link where link.${sql.ref(column)} = ${parent('id')})`,
  ],
});
const departmentOf: Relation = {
  kind: 'one',
  several: true,
  shape: DEPARTMENT,
  where: (parent) => [sql`functions @> array[${parent('function')}]`],
};

/** Relations below a row, by the type (or interface) that declares the field. */
export const RELATIONS: Readonly<Record<string, Readonly<Record<string, Relation>>>> = {
  Subject: {
    records: page(RECORD, 'subject_id', ({ filter }) => recordsWhere(filter ?? {})),
    listEntries: page(ENTRY, 'subject_id', ({ color, activeOnly }) =>
      entriesWhere({ color, activeOnly: activeOnly ?? true }),
    ),
    commitments: page(COMMITMENT, 'subject_id', ({ state }) => commitmentsWhere({ state })),
    accessLog: {
      kind: 'page',
      shape: ACCESS_EVENT,
      where: (parent) => [isAbout(parent('id'))],
    },
    consents: page(CONSENT, 'subject_id'),
    summary: { kind: 'counts', counts: COUNTS },
    formerNames: many(FORMER_NAME, 'subject_id'),
    parent: one(SUBJECT, 'parent_id'),
    branches: page(SUBJECT, 'parent_id'),
    lifecycle: page(LIFECYCLE, 'subject_id'),
    marketRecords: page(MARKET_RECORD, 'subject_id'),
    mergedInto: one(SUBJECT, 'merged_into'),
    sourceItem: one(ITEM, 'source_item_id'),
    sourceDepartment: one(DEPARTMENT, 'source_department_id'),
  },
  LifecycleEvent: { item: one(ITEM, 'item_id'), department: one(DEPARTMENT, 'department_id') },
  MarketRecord: { item: one(ITEM, 'item_id'), subject: one(SUBJECT, 'subject_id'), body: one(SUBJECT, 'body_id') },
  SubjectMerge: {
    from: one(SUBJECT, 'from_id'),
    into: one(SUBJECT, 'into_id'),
  },
  CreditRecord: {
    item: one(ITEM, 'item_id'),
    subject: one(SUBJECT, 'subject_id'),
    authority: one(DEPARTMENT, 'authority_id'),
  },
  CatalogueItem: {
    legalBasis: bases('catalogue_item_basis', 'item_id'),
    providers: {
      kind: 'many',
      shape: DEPARTMENT,
      where: (parent) => [
        sql`('ANY' = any(${parent('provider_functions')}) or functions && ${parent('provider_functions')})`,
      ],
    },
  },
  CreditList: { legalBasis: bases('credit_list_basis', 'list_id'), authority: departmentOf },
  ListEntry: { list: one(LIST, 'list_id'), subject: one(SUBJECT, 'subject_id') },
  Measure: { triggers: many(TRIGGER, 'measure_id') },
  MeasureTrigger: { matter: one(MATTER, 'matter_id'), list: one(LIST, 'list_id'), basis: one(LEGAL_BASIS, 'basis_id') },
  ServiceMatter: {
    department: departmentOf,
    measures: {
      kind: 'many',
      shape: MEASURE,
      where: (parent) => [
        sql`id in (select trigger.measure_id from measure_trigger trigger where trigger.matter_id = ${parent('id')})`,
      ],
    },
  },
  Commitment: {
    subject: one(SUBJECT, 'subject_id'),
    department: one(DEPARTMENT, 'department_id'),
    matter: one(MATTER, 'matter_id'),
  },
  Consent: {
    subject: one(SUBJECT, 'subject_id'),
    agent: one(SUBJECT, 'agent_id'),
    recipientDepartment: one(DEPARTMENT, 'recipient_department_id'),
    takenBy: one(DEPARTMENT, 'department_id'),
    items: { kind: 'many', shape: ITEM, where: (parent) => [sql`id = any(${parent('item_ids')})`] },
  },
  CreditCheck: {
    matter: one(MATTER, 'matter_id'),
    subject: one(SUBJECT, 'subject_id'),
    findings: many(FINDING, 'check_id'),
  },
  CreditFinding: {
    measure: one(MEASURE, 'measure_id'),
    basis: one(LEGAL_BASIS, 'basis_id'),
    listEntry: one(ENTRY, 'list_entry_id'),
    record: one(RECORD, 'record_id'),
    commitment: one(COMMITMENT, 'commitment_id'),
  },
  ImportBatch: {
    item: one(ITEM, 'item_id'),
    department: one(DEPARTMENT, 'department_id'),
    rows: page(BATCH_ROW, 'batch_id', ({ rejectedOnly }) => ((rejectedOnly ?? true) ? [sql`rejected`] : [])),
  },
  AccessEvent: {
    department: one(DEPARTMENT, 'department_id'),
    consent: one(CONSENT, 'consent_id'),
    power: one(CONSENT, 'on_behalf'),
  },
  SealedCase: { department: one(DEPARTMENT, 'department_id') },
};

const all = (shape: Shape): Relation => ({ kind: 'many', shape, where: () => [] });
const uuidIn = (id: unknown, types: readonly string[]): unknown =>
  derived(id as string, (text) => {
    const global = fromGlobalId(text);
    return global && types.includes(global.type) ? global.uuid : null;
  });

/** Root reads. Where nothing comes back, the resolver is asked: it knows what to say of nothing. */
export const ROOTS: Readonly<Record<string, Relation>> = {
  subject: { kind: 'one', shape: SUBJECT, where: (_, { code }) => [foundByCode(code)] },
  subjects: { kind: 'page', shape: SUBJECT, where: (_, { filter }) => subjectsWhere(filter ?? {}) },
  records: { kind: 'page', shape: RECORD, where: (_, { filter }) => recordsWhere(filter ?? {}) },
  marketRecords: { kind: 'page', shape: MARKET_RECORD, where: (_, { items }) => marketWhere(items) },
  listEntries: {
    kind: 'page',
    shape: ENTRY,
    where: (_, { list }) => [sql`list_id = (select id from credit_list where code = ${list})`],
  },
  departments: all(DEPARTMENT),
  catalogue: all(ITEM),
  lists: all(LIST),
  measures: all(MEASURE),
  matters: all(MATTER),
  creditCheck: { kind: 'one', shape: CHECK, where: (_, { receiptNo }) => [sql`receipt_no = ${receiptNo}`] },
  importBatch: { kind: 'one', shape: BATCH, where: (_, { id }) => [sql`id = ${uuidIn(id, ['ImportBatch'])}::uuid`] },
  consents: { kind: 'page', shape: CONSENT, where: () => [] },
  sealedCases: { kind: 'page', shape: SEALED_CASE, where: (_, { state }) => sealsWhere({ state: state ?? null }) },
  subjectMerges: { kind: 'page', shape: MERGE, where: (_, { state }) => mergesWhere(state) },
  accessEvents: {
    kind: 'page',
    shape: ACCESS_EVENT,
    where: (_, { subject, filter }) => [
      ...(subject ? [isAbout(uuidIn(subject, ['Organisation', 'NaturalPerson']))] : []),
      ...eventsWhere({
        ...filter,
        consent: filter?.consent && uuidIn(filter.consent, ['Consent']),
        power: filter?.power && uuidIn(filter.power, ['Consent']),
      }),
    ],
  },
};

/** `node(id:)` is one root for each type: the id says which. */
export const NODES: Readonly<Record<string, Shape>> = {
  Organisation: SUBJECT,
  NaturalPerson: SUBJECT,
  PermitRecord: RECORD,
  PenaltyRecord: RECORD,
  CatalogueRecord: RECORD,
  ListEntry: ENTRY,
  Commitment: COMMITMENT,
  Consent: CONSENT,
  SubjectMerge: MERGE,
  MarketRecord: MARKET_RECORD,
  CreditCheck: CHECK,
  ImportBatch: BATCH,
  AccessEvent: ACCESS_EVENT,
  SealedCase: SEALED_CASE,
  Department: DEPARTMENT,
  CatalogueItem: ITEM,
  CreditList: LIST,
  LegalBasis: LEGAL_BASIS,
  Measure: MEASURE,
  ServiceMatter: MATTER,
};
/** The object types that the rows of a shape can be, where it is more than the one that its field names. */
export const TYPES_OF: ReadonlyMap<Shape, ReadonlySet<string>> = new Map(
  [...Map.groupBy(Object.entries(NODES), ([, shape]) => shape)].map(([shape, types]) => [
    shape,
    new Set(types.map(([type]) => type)),
  ]),
);

export const nodeRoot = (shape: Shape): Relation => ({
  kind: 'one',
  shape,
  where: (_, { id }) => [sql`id = ${uuidIn(id, Object.keys(NODES))}::uuid`, allOf([])],
});

/** Properties that a field's resolver reads, where they are not the field's own name. */
export const NEEDS: Readonly<Record<string, readonly string[]>> = {
  citizenId: ['idMasked'],
  legalRepresentative: ['representative', 'wholeRepresentative', 'kind'],
  documentNo: ['documentNo', 'certificateNo'],
  documentName: ['documentName', 'personalText'],
  content: ['content', 'personalText'],
  violation: ['violation', 'personalText'],
  facts: ['facts', 'personalText'],
  basis: ['basis', 'personalText'],
  reason: ['reason', 'personalText'],
  values: ['values', 'personalText', 'itemId'],
  steps: ['outcome', 'class', 'issues'],
};

/** Facts that predicates and the audit log need of every row that has them; a missing one would deny. */
export const ALWAYS: readonly string[] = ['id', 'subjectId', 'subjectIds', 'receiptNo'];

const byId = (shape: Shape): Relation => ({ kind: 'one', shape, where: (_, { id }) => [sql`id = ${id}::uuid`] });

/** What a mutation answers, read again by the id that its payload carries: one statement in the mutation's transaction. */
export const PAYLOADS: Readonly<Record<string, Readonly<Record<string, Relation>>>> = {
  CheckCreditPayload: { check: byId(CHECK) },
  ListEntryPayload: { listEntry: byId(ENTRY) },
  ConsentPayload: { consent: byId(CONSENT) },
  SubjectMergePayload: { merge: byId(MERGE) },
  CommitmentPayload: { commitment: byId(COMMITMENT) },
  SealedCasePayload: { sealedCase: byId(SEALED_CASE) },
  RevokeRecordPayload: { record: byId(RECORD) },
};

/** A list of a payload whose items each name one row: all of them are read again in one statement. */
export interface PayloadItems {
  /** the items' field that shows the row */
  field: string;
  /** where an item keeps the row's id, or null */
  id: string;
  relation: Relation & { kind: 'many' };
}

export const PAYLOAD_ITEMS: Readonly<Record<string, Readonly<Record<string, PayloadItems>>>> = {
  CheckCreditsPayload: {
    items: {
      field: 'check',
      id: 'checkId',
      relation: { kind: 'many', shape: CHECK, where: (_, { ids }) => [sql`id = any(${ids}::uuid[])`] },
    },
  },
};
