import type { Shape } from '../reading/shape.js';

export const COMMITMENT: Shape = {
  table: 'commitment',
  typename: `'Commitment'`,
  columns: {
    id: 'id',
    kind: 'kind',
    subjectId: 'subject_id',
    content: 'content',
    madeOn: 'made_on',
    dueOn: 'due_on',
    state: 'state',
    departmentId: 'department_id',
    matterId: 'matter_id',
    personalText: 'personal_text',
  },
  keys: [
    { column: 'made_on', type: 'date' },
    { column: 'id', type: 'uuid' },
  ],
  descending: true,
};
