import { AGREEMENT_STATE, RECORD_STATE } from '../../permissions/states.js';
import { type Sql, sql } from '../../platform/sql.js';
import type { Shape } from '../reading/shape.js';

export const MARKET_RECORD: Shape = {
  table: 'market_record',
  typename: `'MarketRecord'`,
  columns: {
    id: 'id',
    itemId: 'item_id',
    subjectId: 'subject_id',
    bodyId: 'body_id',
    agreementNo: 'agreement_no',
    documentNo: 'document_no',
    decidedOn: 'decided_on',
    expiresOn: 'expires_on',
    receivedOn: 'received_on',
    state: RECORD_STATE,
    values: 'values',
  },
  keys: [
    { column: 'decided_on', type: 'date' },
    { column: 'id', type: 'uuid' },
  ],
  descending: true,
};

export const AGREEMENT: Shape = {
  table: 'collection_agreement',
  typename: `'CollectionAgreement'`,
  columns: {
    id: 'id',
    // whom the audit log names
    subjectId: 'body_id',
    bodyId: 'body_id',
    role: 'body_role',
    documentNo: 'document_no',
    documentHash: 'document_hash',
    items: 'items',
    readers: 'readers',
    validFrom: 'valid_from',
    validTo: 'valid_to',
    afterEnd: 'after_end',
    state: AGREEMENT_STATE,
    departmentId: 'department_id',
    proposedOn: 'proposed_on',
    confirmedOn: 'confirmed_on',
    endedOn: 'ended_on',
    endReason: 'end_reason',
    endDocumentNo: 'end_document_no',
  },
  keys: [
    { column: 'proposed_on', type: 'date' },
    { column: 'id', type: 'uuid' },
  ],
  descending: true,
};

export const marketWhere = (items: unknown): Sql[] =>
  items ? [sql`item_id in (select item.id from catalogue_item item where item.code = any(${items}))`] : [];

export const agreementsWhere = (state: unknown): Sql[] => (state ? [sql`${sql.raw(AGREEMENT_STATE)} = ${state}`] : []);

export interface ShownReader {
  readonly role: string;
  readonly purposes: string[];
}

/** Of `ROLE/PURPOSE`, each role once. */
export function readersAsShown(readers: readonly string[]): ShownReader[] {
  const parts = readers.map((reader) => reader.split('/') as [string, string]);
  return [...Map.groupBy(parts, ([role]) => role)].map(([role, of]) => ({
    role,
    purposes: of.map(([, purpose]) => purpose),
  }));
}
