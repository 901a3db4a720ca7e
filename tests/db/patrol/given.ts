import { randomUUID } from 'node:crypto';
import type { GivenEvent, PatrolExample } from '../../../src/catalogue/patrol/types.js';
import { referenceId, uuidv7 } from '../../../src/platform/ids.js';
import type { County } from '../kit.js';
import { DEPARTMENTS } from '../kit.js';

const departmentOf = { 甲: DEPARTMENTS.MARKET, 乙: DEPARTMENTS.HRSS };
const departmentId = (name: '甲' | '乙' = '甲') => referenceId('department', departmentOf[name]);
const instant = (local: string) => `${local.replace(' ', 'T')}:00+08:00`;

/** Puts what an example gives into an empty county; answers the ids of its subjects, by name. */
export async function give(county: County, example: PatrolExample): Promise<Map<string, string>> {
  const subjects = new Map<string, string>();
  const subject = async (name: string, kind: string) => {
    const known = subjects.get(name);
    if (known) return known;
    const id = uuidv7();
    await insert(county, 'subject', { id, kind, name, name_key: name, as_of: '2026-01-01T00:00:00Z' });
    subjects.set(name, id);
    return id;
  };
  for (const event of example.events ?? []) {
    const about = [];
    for (const name of event.about ?? [])
      about.push(await subject(name, name.endsWith('某') ? 'NATURAL_PERSON' : 'ENTERPRISE'));
    for (let i = 0; i < (event.times ?? 1); i++) await insert(county, 'access_event', eventRow(event, about, i));
  }
  const records = new Map<string, { table: string; row: Record<string, unknown> }>();
  const put = async (table: string, ordinary: object, given: PatrolExample['records'] = []) => {
    for (const { name, about = '企业甲', columns } of given) {
      const subject_id = await subject(about, 'ENTERPRISE');
      const row = { ...ordinary, id: uuidv7(), subject_id, business_key: randomUUID(), ...columns };
      records.set(name, { table, row });
      await insert(county, table, row);
    }
  };
  await put('credit_record', RECORD, example.records);
  await put('list_entry', ENTRY, example.entries);
  for (const { of, at, before } of example.changes ?? []) {
    const { table, row: now } = records.get(of) as { table: string; row: Record<string, unknown> };
    await insert(county, 'row_revision', {
      table_name: table,
      row_id: now.id,
      revision: before.revision,
      until: instant(at),
      before: { ...now, ...before },
    });
  }
  for (const { at, rejections } of example.batches ?? []) {
    await insert(county, 'import_batch', {
      id: uuidv7(),
      item_id: referenceId('item', 'XZCF_FR'),
      department_id: departmentId(),
      state: 'COMPLETED',
      received_on: at.slice(0, 10),
      as_of: instant(at),
      content_sha256: randomUUID(),
      submitted_by: '工作人员一',
      created_at: instant(at),
      read: 9,
      accepted: 0,
      rejected: 9,
      revised: 0,
      unchanged: 0,
      unknown_columns: [],
      corrections: {},
      warnings: {},
      rejections,
    });
  }
  return subjects;
}

/** An ordinary public penalty, decided and reported in time. */
const RECORD = {
  item_id: referenceId('item', 'XZCF_FR'),
  record_type: 'PENALTY',
  disclosure: 'PUBLIC',
  subject_kind: 'ENTERPRISE',
  authority_id: departmentId(),
  provider_id: departmentId(),
  document_no: '示例罚〔2026〕1号',
  decided_on: '2026-11-02',
  received_on: '2026-11-04',
  public_from: '2026-11-04',
  public_until: '2027-11-02',
  severity: 'GENERAL',
  state: 'ACTIVE',
  disputed: false,
  content_hash: 'same',
  as_of: '2026-11-04T00:00:00Z',
  values: {},
  personal_text: false,
  revision: 1,
  revised_at: '2026-11-04T02:00:00Z',
};

/** An entry of the market's own list. */
const ENTRY = {
  list_id: referenceId('list', 'SCJG_YZWF'),
  subject_kind: 'ENTERPRISE',
  department_id: departmentId(),
  state: 'LISTED',
  document_no: '示例列〔2026〕1号',
  proposed_on: '2026-01-05',
  listed_on: '2026-02-02',
  ends_on: '2029-02-01',
  disputed: false,
  as_of: '2026-02-02T00:00:00Z',
  personal_text: false,
  revision: 1,
  revised_at: '2026-02-02T02:00:00Z',
};

function eventRow(event: GivenEvent, about: readonly string[], i: number): Record<string, unknown> {
  const { at, role = 'DEPARTMENT', department, everyMinutes = 0, subjects = 0 } = event;
  return {
    id: uuidv7(),
    at: new Date(Date.parse(instant(at)) + i * everyMinutes * 60_000).toISOString(),
    actor: event.by,
    role,
    department_id: role === 'SUBJECT' ? null : departmentId(department),
    purpose: event.purpose ?? null,
    case_no: event.caseNo ?? null,
    operation: event.operation,
    operation_hash: '',
    subject_ids: [...about, ...Array.from({ length: subjects }, () => randomUUID())],
    labels: event.labels ?? [],
    outcome: event.outcome ?? 'OK',
  };
}

export async function insert(county: County, table: string, row: Record<string, unknown>): Promise<void> {
  const columns = Object.keys(row).join(', ');
  await county.owner(
    `insert into ${table} (${columns}) select ${columns} from jsonb_populate_record(null::${table}, $1)`,
    [JSON.stringify(row)],
  );
}

/** Everything that an example or a test put in, out again. */
export const empty = (county: County): Promise<unknown> =>
  county.owner(`alter table access_event disable trigger access_event_not_emptied;
    alter table audit_leaf disable trigger audit_leaf_not_emptied;
    alter table audit_retired disable trigger audit_retired_not_emptied;
    alter table audit_retirement disable trigger audit_retirement_not_emptied;
    truncate inspection_item, inspection, patrol_step, patrol_finding, patrol_run, credit_record, list_entry, import_batch, row_revision, access_event, audit_retired, audit_retirement, audit_leaf, subject cascade;
    alter table access_event enable trigger access_event_not_emptied;
    alter table audit_leaf enable trigger audit_leaf_not_emptied;
    alter table audit_retired enable trigger audit_retired_not_emptied;
    alter table audit_retirement enable trigger audit_retirement_not_emptied;`);
