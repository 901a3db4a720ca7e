import DataLoader from 'dataloader';
import { ACCESS_EVENT, SEALED_CASE } from '../services/audit/shape.js';
import { ITEM } from '../services/catalogue/shape.js';
import { CHECK, FINDING } from '../services/checks/shape.js';
import { BATCH } from '../services/collection/shape.js';
import { COMMITMENT } from '../services/commitments/shape.js';
import { CONSENT } from '../services/consents/shape.js';
import { departmentsFor } from '../services/departments/reads.js';
import { DEPARTMENT, LEGAL_BASIS } from '../services/departments/shape.js';
import { EXCHANGE_CASE } from '../services/exchange/cases.js';
import { summariesOf as summariesOfInspections } from '../services/inspections/items.js';
import { INSPECTION, INSPECTION_ITEM } from '../services/inspections/shape.js';
import { ENTRY, LIST } from '../services/lists/shape.js';
import { AGREEMENT, MARKET_RECORD } from '../services/market/shape.js';
import { MATTER, MEASURE, TRIGGER } from '../services/measures/shape.js';
import { FINDING as FINDING_CASE, STEP } from '../services/patrol/shape.js';
import { readRows } from '../services/reading/page.js';
import type { Row, Shape } from '../services/reading/shape.js';
import { RECORD } from '../services/records/shape.js';
import type { Session } from '../services/session.js';
import { MERGE } from '../services/subjects/merging/shape.js';
import { FORMER_NAME, SUBJECT } from '../services/subjects/shape.js';
import { summariesOf } from '../services/subjects/summary.js';
import { connectionLoader } from './connections.js';
import { linkLoader } from './links.js';
import { personalLoaders } from './personal.js';

/** A row by its id; null where it does not exist or the actor may not read it. */
function byId(session: Session, shape: Shape): DataLoader<string, Row | null> {
  return new DataLoader(async (ids: readonly string[]) => {
    const rows = new Map((await readRows(session, shape, 'id', ids)).map((row) => [row.id, row]));
    return ids.map((id) => rows.get(id) ?? null);
  });
}

/** All rows of a parent, in the shape's order. */
function byParent(session: Session, shape: Shape, column: string, property: string): DataLoader<string, Row[]> {
  return new DataLoader(async (ids: readonly string[]) => {
    const rows = Map.groupBy(await readRows(session, shape, column, ids), (row) => row[property] as string);
    return ids.map((id) => rows.get(id) ?? []);
  });
}

/** Made for one request and one actor, and gone with it: no answer outlives the view it was given in. */
export function createLoaders(session: Session) {
  const department = byId(session, DEPARTMENT);
  return {
    subject: byId(session, SUBJECT),
    record: byId(session, RECORD),
    entry: byId(session, ENTRY),
    commitment: byId(session, COMMITMENT),
    consent: byId(session, CONSENT),
    merge: byId(session, MERGE),
    agreement: byId(session, AGREEMENT),
    marketRecord: byId(session, MARKET_RECORD),
    check: byId(session, CHECK),
    batch: byId(session, BATCH),
    event: byId(session, ACCESS_EVENT),
    finding: byId(session, FINDING_CASE),
    inspection: byId(session, INSPECTION),
    inspectionItem: byId(session, INSPECTION_ITEM),
    exchangeCase: byId(session, EXCHANGE_CASE),
    seal: byId(session, SEALED_CASE),
    department,
    item: byId(session, ITEM),
    list: byId(session, LIST),
    basis: byId(session, LEGAL_BASIS),
    measure: byId(session, MEASURE),
    matter: byId(session, MATTER),
    formerNames: byParent(session, FORMER_NAME, 'subject_id', 'subjectId'),
    findings: byParent(session, FINDING, 'check_id', 'checkId'),
    patrolSteps: byParent(session, STEP, 'finding_id', 'findingId'),
    inspectionSummary: new DataLoader(async (ids: readonly string[]) => {
      const rows = Map.groupBy(await summariesOfInspections(session, ids), ({ inspectionId }) => inspectionId);
      return ids.map((id) => rows.get(id) ?? []);
    }),
    triggersOfMeasure: byParent(session, TRIGGER, 'measure_id', 'measureId'),
    triggersOfMatter: byParent(session, TRIGGER, 'matter_id', 'matterId'),
    basesOfItem: linkLoader(session, 'catalogue_item_basis', 'item_id'),
    basesOfList: linkLoader(session, 'credit_list_basis', 'list_id'),
    departmentsFor: new DataLoader((keys: readonly string[]) =>
      Promise.all(keys.map((key) => departmentsFor(session, key.split(',')))),
    ),
    summary: new DataLoader((ids: readonly string[]) => summariesOf(session, ids)),
    connection: connectionLoader(session),
    ...personalLoaders(session),
  };
}

export type Loaders = ReturnType<typeof createLoaders>;
