import { FINDING_OVERDUE } from '../../permissions/states.js';
import type { Shape } from '../reading/shape.js';

export const FINDING: Shape = {
  table: 'patrol_finding',
  typename: `'PatrolFinding'`,
  columns: {
    id: 'id',
    ruleCode: 'rule',
    ruleVersion: 'rule_version',
    departmentId: 'department_id',
    concerned: 'concerned',
    foundOn: 'found_on',
    dueOn: 'due_on',
    state: 'state',
    overdue: FINDING_OVERDUE,
    observed: 'observed',
    firstAt: 'first_at',
    lastAt: 'last_at',
    eventIds: 'event_ids',
    personIds: 'subject_ids',
    targetType: 'target_type',
    targetId: 'target_id',
    detail: 'detail',
    assignee: 'assignee',
    outcomeReason: 'outcome_reason',
    closedOn: 'closed_on',
  },
  keys: [
    { column: 'found_on', type: 'date' },
    { column: 'id', type: 'uuid' },
  ],
  descending: true,
};

export const STEP: Shape = {
  table: 'patrol_step',
  typename: `'PatrolStep'`,
  columns: {
    id: 'id',
    findingId: 'finding_id',
    at: 'at',
    action: 'action',
    state: 'state',
    note: 'note',
    by: 'actor',
    departmentId: 'department_id',
  },
  keys: [
    { column: 'at', type: 'timestamptz' },
    { column: 'id', type: 'uuid' },
  ],
  descending: false,
};
