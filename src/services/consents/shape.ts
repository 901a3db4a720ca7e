import { CONSENT_STATE, CONSENT_USES_LEFT } from '../../permissions/states.js';
import type { Shape } from '../reading/shape.js';

export const CONSENT: Shape = {
  table: 'consent',
  typename: `'Consent'`,
  columns: {
    id: 'id',
    kind: 'kind',
    subjectId: 'subject_id',
    recipientRole: 'recipient_role',
    recipientDepartmentId: 'recipient_department_id',
    recipientUser: 'recipient_user',
    agentId: 'agent_id',
    labels: 'labels',
    itemIds: 'item_ids',
    purpose: 'purpose',
    uses: 'uses',
    usesLeft: CONSENT_USES_LEFT,
    expiresOn: 'expires_on',
    documentNo: 'document_no',
    documentHash: 'document_hash',
    grantedOn: 'granted_on',
    departmentId: 'department_id',
    witness: 'witness',
    withdrawnOn: 'withdrawn_on',
    state: CONSENT_STATE,
  },
  keys: [
    { column: 'granted_on', type: 'date' },
    { column: 'id', type: 'uuid' },
  ],
  descending: true,
};
