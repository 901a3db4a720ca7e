import { type DepartmentName, TODAY, TOMORROW, YESTERDAY } from '../cast.js';
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

/** The list on which each department's entries stand. */
export const LIST_OF: Partial<Record<DepartmentName, string>> = {
  own: 'TQNMGGZ',
  court: 'SXBZXR',
  another: 'SCJG_YZWF',
};

const LISTED = { state: 'LISTED', served_on: '2026-01-12', listed_on: '2026-02-01', ends_on: '2029-01-31' };
const STATES: Record<string, Columns> = {
  listed: LISTED,
  'listed to its last day': { ...LISTED, ends_on: TODAY },
  'listed from tomorrow': { ...LISTED, listed_on: TOMORROW },
  proposed: { state: 'PROPOSED' },
  notified: { state: 'NOTIFIED', served_on: '2026-01-12' },
  suspended: { ...LISTED, state: 'SUSPENDED' },
  'suspended and ended': { ...LISTED, state: 'SUSPENDED', ends_on: YESTERDAY },
  withdrawn: { state: 'WITHDRAWN' },
  revoked: { ...LISTED, state: 'REVOKED', removed_on: YESTERDAY },
  repaired: { ...LISTED, state: 'REPAIRED', removed_on: YESTERDAY },
  ended: { ...LISTED, ends_on: YESTERDAY },
};

export async function entry(
  world: World,
  situation: string,
  about: string,
  department: DepartmentName,
  columns: Columns,
  standing?: Standing,
): Promise<string> {
  const id = (columns.id as string | undefined) ?? newId();
  await world.insert('list_entry', {
    id,
    list_id: referenceTo('list', LIST_OF[department] as string),
    subject_id: world.subject(about),
    subject_kind: people.has(about) ? 'NATURAL_PERSON' : about === 'government' ? 'GOVERNMENT_BODY' : 'ENTERPRISE',
    department_id: departmentId(department),
    reason: '示例事由',
    document_no: `示例列字〔2026〕${world.rows.length}号`,
    proposed_on: '2026-01-10',
    proposed_by: 'somebody else',
    disputed: false,
    business_key: digest(),
    as_of: AS_OF,
    personal_text: false,
    ...columns,
  });
  return world.add('ListEntry', situation, id, standing);
}

const state = (name: string): Columns => STATES[name] as Columns;

export async function seedEntries(world: World): Promise<void> {
  const byAnother = ['listed', 'listed to its last day', 'listed from tomorrow', 'proposed', 'notified', 'suspended'];
  for (const name of [...byAnother, 'withdrawn', 'revoked', 'ended']) {
    await entry(world, name, 'another', 'another', state(name));
  }
  for (const name of ['proposed', 'revoked']) await entry(world, `${name} about own`, 'own', 'another', state(name));
  await entry(world, 'of a person', 'stranger', 'another', LISTED);
  await entry(world, 'of a person about own', 'person own', 'another', LISTED, { self: 'person' });
  await entry(world, 'of a government body suspended', 'government', 'another', state('suspended'));
  await entry(world, 'of a government body revoked', 'government', 'another', state('revoked'));
  await telling(world, 'with personal texts', 'another');
  for (const [name, standing] of OWN_DEPARTMENTS) {
    for (const each of [
      'proposed',
      'notified',
      'suspended',
      'withdrawn',
      'revoked',
      'suspended and ended',
      'repaired',
    ]) {
      await entry(world, `${each} by own department`, 'another', name, state(each), standing);
    }
    await entry(world, 'of a person by own department', `person of ${name}`, name, LISTED, standing);
    await telling(world, 'with personal texts of own department', name, standing);
  }
}

async function telling(world: World, situation: string, department: DepartmentName, standing?: Standing) {
  const id = newId();
  const text = tellingText(world, '列入事由', people.get('stranger')?.number as string);
  const about = world.subject('another');
  const masked = await world.personalTexts(id, about, departmentId(department), { reason: text });
  await entry(world, situation, 'another', department, { ...LISTED, ...masked, id, personal_text: true }, standing);
}
