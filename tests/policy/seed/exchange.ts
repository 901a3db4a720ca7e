import { type DepartmentName, TODAY } from '../cast.js';
import { departmentId, newId, type Standing, type World } from './world.js';

export async function exchangeCase(
  world: World,
  situation: string,
  department: DepartmentName,
  columns: Record<string, unknown> = {},
  standing?: Standing,
): Promise<string> {
  const id = newId();
  await world.insert('exchange_case', {
    id,
    kind: 'REJECTED',
    partner: 'city',
    message_id: newId(),
    department_id: departmentId(department),
    subject_id: world.subject('another'),
    subject_kind: 'ENTERPRISE',
    scope: 'ITEM/XZCF_FR',
    document_no: '示例罚字〔2026〕1号',
    reason: '示例事由',
    state: 'OPEN',
    opened_on: TODAY,
    opened_at: '2026-11-01T00:00:00Z',
    revision: 1,
    revised_at: '2026-11-01T00:00:00Z',
    ...columns,
  });
  return world.add('ExchangeCase', situation, id, standing);
}

/** Cases of both sides, with every column filled somewhere, and a partner to whom something is still to be sent. */
export async function seedExchange(world: World): Promise<void> {
  const answered = { state: 'ANSWERED', answer: '示例答复', closed_on: TODAY };
  await exchangeCase(world, 'of own department', 'own', answered, { except: ['COURT'] });
  await exchangeCase(world, 'of own department', 'court', {}, { only: ['COURT'] });
  await exchangeCase(world, 'of another department', 'another', answered);
  const at = '2026-11-01T00:00:00Z';
  const message = newId();
  await world.insert('exchange_message', {
    seq: 1,
    id: message,
    subject_id: world.subject('another'),
    subject_kind: 'ENTERPRISE',
    subject_seq: 1,
    table_name: 'credit_record',
    row_id: newId(),
    revision: 1,
    event: 'ACCEPTED',
    scope: 'ITEM/XZCF_FR',
    label: 'OPEN',
    provider_id: departmentId('another'),
    business_date: TODAY,
    numbered_at: at,
    payload: {},
  });
  const due = { queued_at: at, next_at: at };
  await world.insert('exchange_partner', {
    partner: 'city',
    queued_to: 1,
    failures: 1,
    next_at: at,
    last_error: 'not reached',
    delivered_at: at,
  });
  await world.insert('exchange_delivery', {
    partner: 'city',
    seq: 1,
    message_id: message,
    subject_id: world.subject('another'),
    subject_seq: 1,
    state: 'PENDING',
    attempts: 1,
    resent: 0,
    ...due,
  });
  const none = { lost: 0, doubled: 0, altered: 0, unknown: 0 };
  await world.insert('exchange_reconciliation', {
    partner: 'city',
    date: TODAY,
    run_at: at,
    sent: 1,
    accepted: 0,
    rejected: 0,
    pending: 1,
    hash: 'x',
    partner_hash: 'x',
    ...none,
  });
}
