import { type Sql, sql } from '../../../platform/sql.js';
import type { Shape } from '../../reading/shape.js';

export const MERGE: Shape = {
  table: 'subject_merge',
  typename: `'SubjectMerge'`,
  columns: {
    id: 'id',
    kind: 'kind',
    state: 'state',
    // whom the audit log names: rows of both are seen, and one of them is enough to find the event
    subjectId: 'into_id',
    fromId: 'from_id',
    intoId: 'into_id',
    reason: 'reason',
    documentNo: 'document_no',
    proposedOn: 'proposed_on',
    confirmedOn: 'confirmed_on',
    undoneOn: 'undone_on',
    undoDocumentNo: 'undo_document_no',
    undoReason: 'undo_reason',
    moved: `(select count(*)::int from subject_merge_row moved where moved.merge_id = id and moved.before is not null)`,
  },
  keys: [
    { column: 'proposed_on', type: 'date' },
    { column: 'id', type: 'uuid' },
  ],
  descending: true,
};

export const mergesWhere = (state: unknown): Sql[] => (state ? [sql`state = ${state}`] : []);
