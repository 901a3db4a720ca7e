import { INSPECTION_ITEM_OVERDUE, INSPECTION_ITEM_STATE } from '../../permissions/states.js';
import type { Shape } from '../reading/shape.js';

export const INSPECTION: Shape = {
  table: 'inspection',
  typename: `'Inspection'`,
  columns: {
    id: 'id',
    kind: 'kind',
    title: 'title',
    documentNo: 'document_no',
    fromOn: 'from_on',
    toOn: 'to_on',
    source: 'source',
    departmentIds: 'department_ids',
    ruleCodes: 'rules',
    itemIds: 'item_ids',
    sampleSize: 'sample_size',
    seed: 'seed',
    frameSize: 'frame_size',
    frameHash: 'frame_hash',
    state: 'state',
    openedOn: 'opened_on',
    closedOn: 'closed_on',
    conclusion: 'conclusion',
  },
  keys: [
    { column: 'opened_on', type: 'date' },
    { column: 'id', type: 'uuid' },
  ],
  descending: true,
};

export const INSPECTION_ITEM: Shape = {
  table: 'inspection_item',
  typename: `'InspectionItem'`,
  columns: {
    id: 'id',
    inspectionId: 'inspection_id',
    ordinal: 'ordinal',
    departmentId: 'department_id',
    findingId: 'finding_id',
    targetType: 'target_type',
    targetId: 'target_id',
    state: INSPECTION_ITEM_STATE,
    result: 'result',
    note: 'note',
    inspectedOn: 'inspected_on',
    dueOn: 'due_on',
    overdue: `coalesce(${INSPECTION_ITEM_OVERDUE}, false)`,
    rectification: 'rectification',
    rectifiedOn: 'rectified_on',
    acceptedOn: 'accepted_on',
  },
  keys: [
    { column: `lpad(ordinal::text, 6, '0')`, type: 'text' },
    { column: 'id', type: 'uuid' },
  ],
  descending: false,
};
