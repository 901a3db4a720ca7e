import { CONSENTS, type DepartmentName, TODAY } from '../cast.js';
import { POWER } from './consents.js';
import { ENDED, LIFTED, SEALED } from './seals.js';
import { people } from './subjects.js';
import {
  AS_OF,
  departmentId,
  digest,
  newId,
  OWN_DEPARTMENTS,
  referenceTo,
  type Standing,
  tellingText,
  type World,
} from './world.js';

type Columns = Record<string, unknown>;

let serial = 0;

export async function commitment(
  world: World,
  situation: string,
  about: string,
  department: DepartmentName,
  columns: Columns = {},
  standing?: Standing,
): Promise<string> {
  const id = (columns.id as string | undefined) ?? newId();
  await world.insert('commitment', {
    id,
    code: `37083020251231${String(++serial).padStart(6, '0')}`,
    kind: 'PROOF_NOTIFICATION',
    subject_id: world.subject(about),
    subject_kind: people.has(about) ? 'NATURAL_PERSON' : about === 'government' ? 'GOVERNMENT_BODY' : 'ENTERPRISE',
    content: '示例承诺',
    made_on: '2025-12-31',
    made_by: 'somebody else',
    due_on: '2026-12-31',
    state: 'OPEN',
    department_id: departmentId(department),
    matter_id: referenceTo('matter', 'RCSPCN'),
    personal_text: false,
    ...columns,
  });
  return world.add('Commitment', situation, id, standing);
}

export async function seedCommitments(world: World): Promise<void> {
  const repaired = { state: 'REPAIRED' };
  await commitment(world, 'to another department', 'another', 'another');
  await commitment(world, 'about own', 'own', 'another');
  await commitment(world, 'of a person', 'stranger', 'another');
  await commitment(world, 'of a person about own', 'person own', 'another', {}, { self: 'person' });
  await commitment(world, 'repaired', 'another', 'another', repaired);
  await commitment(world, 'repaired about own', 'own', 'another', repaired);
  await commitment(world, 'of a government body', 'government', 'another');
  await telling(world, 'with personal texts', 'another');
  for (const [name, standing] of OWN_DEPARTMENTS) {
    await commitment(world, 'to own department', 'another', name, { state: 'BREACHED' }, standing);
    await commitment(world, 'of a person to own department', `promiser of ${name}`, name, {}, standing);
    await commitment(world, 'repaired to own department', 'another', name, repaired, standing);
    await telling(world, 'with personal texts to own department', name, standing);
  }
}

async function telling(world: World, situation: string, department: DepartmentName, standing?: Standing) {
  const id = newId();
  const text = tellingText(world, '承诺', people.get('stranger')?.number as string);
  const masked = await world.personalTexts(id, world.subject('another'), departmentId(department), { content: text });
  await commitment(world, situation, 'another', department, { ...masked, id, personal_text: true }, standing);
}

/** Checks that others ran; the caller's own are run through the verb (checks.ts). */
export async function seedOthersChecks(world: World): Promise<void> {
  const check = async (
    situation: string,
    about: string,
    department: DepartmentName,
    standing?: Standing,
    columns: Columns = {},
  ) => {
    const id = newId();
    await world.insert('credit_check', {
      id,
      receipt_no: `HC20261101WALK${String(++serial).padStart(8, '0')}`,
      verdict: 'CLEAR',
      checked_at: AS_OF,
      matter_id: referenceTo('matter', 'CZZJXM'),
      case_no: '示例案1号',
      subject_id: world.subject(about),
      subject_kind: people.has(about) ? 'NATURAL_PERSON' : 'ENTERPRISE',
      subject_found: true,
      name_matches: true,
      department_id: departmentId(department),
      checked_by: 'a colleague',
      sources: [{ listId: referenceTo('list', 'SXBZXR'), receivedUpTo: AS_OF, stale: false }],
      ...columns,
    });
    return world.add('CreditCheck', situation, id, standing);
  };
  await check('run by another department', 'another', 'another');
  await check('run by another department', 'stranger', 'another');
  await check('about own', 'own', 'another');
  await check('about the person itself', 'person own', 'another', { self: 'person' });
  await check('about own of a sealed case', 'own', 'another', { self: 'organisation' }, { case_no: SEALED });
  const colleagues: readonly [DepartmentName, Standing][] = [
    ...OWN_DEPARTMENTS,
    ['hall', { only: ['SERVICE_HALL'] }],
    ['reform', { only: ['CREDIT_OFFICE'] }],
  ];
  for (const [name, standing] of colleagues) await check('run by a colleague', 'another', name, standing);
}

export async function seedBatches(world: World): Promise<void> {
  const batch = async (situation: string, department: DepartmentName, item: string, standing?: Standing) => {
    const id = newId();
    await world.insert('import_batch', {
      id,
      item_id: referenceTo('item', item),
      department_id: departmentId(department),
      state: 'COMPLETED',
      received_on: TODAY,
      catalogue_version: '2022-01',
      as_of: AS_OF,
      content_sha256: digest(),
      submitted_by: 'a colleague',
      read: 1,
      accepted: 0,
      rejected: 1,
      revised: 0,
      unchanged: 0,
      unknown_columns: ['示例列'],
      corrections: {},
      warnings: {},
      rejections: { USCC_INVALID: 1 },
    });
    await world.insert('import_row', {
      batch_id: id,
      row_no: 1,
      values: { 名称: '示例' },
      issues: [{ severity: 'REJECTION', code: 'USCC_INVALID', field: '统一社会信用代码', message: '示例' }],
      rejected: true,
    });
    world.add('ImportBatch', situation, id, standing);
  };
  await batch('of own department', 'own', 'XZCF_FR', { except: ['COURT', 'EXCHANGE'] });
  await batch('of own department', 'court', 'YZSX_MD', { only: ['COURT'] });
  await batch('of own department', 'exchange', 'YZSX_MD', { only: ['EXCHANGE'] });
  await batch('of another department', 'another', 'XZCF_FR');
}

export async function seedEvents(world: World): Promise<void> {
  const event = async (situation: string, about: string, standing?: Standing, columns: Columns = {}) => {
    const id = newId();
    await world.insert('access_event', {
      id,
      at: AS_OF,
      actor: 'somebody else',
      role: 'DEPARTMENT',
      department_id: departmentId('another'),
      purpose: 'SUPERVISION',
      case_no: '示例案1号',
      operation: 'subject',
      operation_hash: digest(),
      subject_ids: [world.subject(about)],
      labels: ['GOVERNMENT'],
      consent_id: CONSENTS.AGENCY.id,
      on_behalf: POWER,
      receipt_no: 'HC20261101SOMEBODY',
      outcome: 'OK',
      ...columns,
    });
    world.add('AccessEvent', situation, id, standing);
  };
  await event('about own', 'own');
  await event('about another', 'another');
  await event('about another', 'stranger');
  await event('about the person itself', 'person own', { self: 'person' });
  await event('about own of a sealed case', 'own', { self: 'organisation' }, { case_no: SEALED });
  for (const case_no of [ENDED, LIFTED]) {
    await event('about own of a case sealed before', 'own', { self: 'organisation' }, { case_no });
  }
  // One case number of two departments is two cases.
  await event('about own', 'own', undefined, { case_no: SEALED, department_id: departmentId('hall') });
}
