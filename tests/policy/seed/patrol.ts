import { type DepartmentName, TODAY, YESTERDAY } from '../cast.js';
import { departmentId, digest, newId, OWN_DEPARTMENTS, referenceTo, type Standing, type World } from './world.js';

/** Departments that answer for their clerks: the two of every walk, and the hall. */
const ANSWERING: readonly [DepartmentName, Standing][] = [
  ['own', { except: ['COURT', 'SERVICE_HALL'] }],
  ...OWN_DEPARTMENTS.slice(1),
  ['hall', { only: ['SERVICE_HALL'] }],
];

const rowOf = (world: World, type: string): string =>
  world.rows.find((row) => row.type === type && row.situation === 'public')?.id ?? newId();

export async function finding(
  world: World,
  situation: string,
  department: DepartmentName,
  columns: Record<string, unknown> = {},
  standing?: Standing,
): Promise<string> {
  const id = newId();
  await world.insert('patrol_finding', {
    id,
    rule: 'LOOKUP_REPEATED',
    rule_version: 'PATROL_LOOKUP_REPEATED@2022-01-01',
    fact_key: digest(),
    department_id: departmentId(department),
    concerned: 'somebody there',
    found_on: YESTERDAY,
    due_on: TODAY,
    state: 'OPEN',
    observed: 5,
    first_at: '2026-11-01T00:00:00Z',
    last_at: '2026-11-02T00:00:00Z',
    event_ids: world.rows.filter(({ type }) => type === 'AccessEvent').map((row) => row.id),
    subject_ids: [world.subject('another'), world.subject('stranger')],
    detail: { rows: 1 },
    ...columns,
  });
  await world.insert('patrol_step', {
    id: newId(),
    finding_id: id,
    at: '2026-11-19T00:00:00Z',
    action: 'FOUND',
    state: 'OPEN',
    note: '示例',
    actor: 'an auditor',
    department_id: departmentId(department),
  });
  return world.add('PatrolFinding', situation, id, standing);
}

const CLOSED = {
  state: 'CONFIRMED',
  assignee: 'somebody else there',
  answered_by: 'somebody else there',
  outcome_reason: '示例理由',
  closed_by: 'an auditor',
  closed_on: TODAY,
};

export async function inspection(
  world: World,
  situation: string,
  department: DepartmentName,
  columns: Record<string, unknown> = {},
  standing?: Standing,
): Promise<string> {
  const id = newId();
  await world.insert('inspection', {
    id,
    kind: 'CAMPAIGN',
    title: '示例专项整治',
    document_no: '示例检〔2026〕1号',
    from_on: '2026-01-01',
    to_on: TODAY,
    source: 'RECORDS',
    department_ids: [departmentId(department)],
    rules: ['LOOKUP_REPEATED'],
    item_ids: [referenceTo('item', 'XZCF_FR')],
    sample_size: 2,
    seed: 'a seed of the walk',
    frame_size: 2,
    frame_hash: digest(),
    state: 'OPEN',
    opened_on: YESTERDAY,
    opened_by: 'an auditor',
    ...columns,
  });
  return world.add('Inspection', situation, id, standing);
}

export const TO_RECTIFY = { result: 'TO_RECTIFY', note: '示例意见', inspected_on: YESTERDAY, due_on: TODAY };
export const RECTIFIED = { ...TO_RECTIFY, rectification: '示例整改', rectified_on: TODAY };

export async function piece(
  world: World,
  situation: string,
  department: DepartmentName,
  columns: Record<string, unknown> = {},
  standing?: Standing,
  of?: string,
): Promise<string> {
  const id = newId();
  const about = 'finding_id' in columns ? {} : { target_type: 'CreditRecord', target_id: rowOf(world, 'PermitRecord') };
  await world.insert('inspection_item', {
    id,
    inspection_id: of ?? (await inspection(world, situation, department, {}, standing)),
    ordinal: world.rows.length,
    department_id: departmentId(department),
    ...about,
    ...columns,
  });
  return world.add('InspectionItem', situation, id, standing);
}

export async function seedPatrol(world: World): Promise<void> {
  const all: readonly [string, DepartmentName, Standing | undefined][] = [
    ...ANSWERING.map(([name, standing]) => ['of own department', name, standing] as const),
    ['of another department', 'another', undefined],
  ] as never;
  for (const [situation, department, standing] of all) {
    const target = { target_type: 'CreditRecord', target_id: rowOf(world, 'PermitRecord') };
    await finding(world, situation, department, target, standing);
    const closed = await finding(world, situation, department, { ...CLOSED, ...target }, standing);
    const of = await inspection(
      world,
      situation,
      department,
      { state: 'CLOSED', closed_on: TODAY, conclusion: '示例结论' },
      standing,
    );
    await piece(world, situation, department, { finding_id: closed }, standing, of);
    await piece(world, situation, department, { ...RECTIFIED, accepted_on: TODAY }, standing, of);
  }
}
