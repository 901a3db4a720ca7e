import { ENTRY_STATE } from '../../permissions/states.js';
import type { Shape } from '../reading/shape.js';

export const LIST: Shape = {
  table: 'credit_list',
  typename: `'CreditList'`,
  columns: {
    id: 'id',
    code: 'code',
    name: 'name',
    color: 'color',
    origin: 'origin',
    function: 'function',
    termMonths: 'term_months',
  },
  keys: [
    { column: 'code', type: 'text' },
    { column: 'id', type: 'uuid' },
  ],
  descending: false,
};

export const ENTRY: Shape = {
  table: 'list_entry',
  typename: `'ListEntry'`,
  columns: {
    id: 'id',
    listId: 'list_id',
    subjectId: 'subject_id',
    state: ENTRY_STATE,
    reason: 'reason',
    documentNo: 'document_no',
    listedOn: 'listed_on',
    endsOn: 'ends_on',
    removedOn: 'removed_on',
    disputed: 'disputed',
    personalText: 'personal_text',
  },
  keys: [
    { column: 'entered_on', type: 'date' },
    { column: 'id', type: 'uuid' },
  ],
  descending: true,
};
