import { TODAY, YESTERDAY } from '../cast.js';
import { departmentId, newId, OWN_DEPARTMENTS, type World } from './world.js';

/** Cases of `another` department, under which it looked at the data of others. */
export const SEALED = '示例案3号';
export const ENDED = '示例案4号';
export const LIFTED = '示例案5号';

/** A seal in force up to today, unless the columns say otherwise. */
export async function seal(world: World, department: string, columns: Record<string, unknown>): Promise<string> {
  const id = newId();
  await world.insert('sealed_case', {
    id,
    department_id: department,
    case_no: `示例案〔${world.rows.length}〕`,
    document_no: `示例封〔2026〕${world.rows.length}号`,
    reason: '示例事由',
    sealed_on: '2026-10-01',
    sealed_until: TODAY,
    sealed_by: 'somebody else',
    ...columns,
  });
  return id;
}

const LIFT = {
  lifted_on: YESTERDAY,
  lift_document_no: '示例解〔2026〕1号',
  lift_reason: '查清',
  lifted_by: 'somebody',
};

export async function seedSeals(world: World): Promise<void> {
  const another = departmentId('another');
  for (const columns of [
    { case_no: SEALED },
    { case_no: ENDED, sealed_until: YESTERDAY },
    { case_no: LIFTED, ...LIFT },
  ])
    world.add('SealedCase', 'of another department', await seal(world, another, columns));
  for (const [name, standing] of OWN_DEPARTMENTS) {
    world.add('SealedCase', 'of own department', await seal(world, departmentId(name), LIFT), standing);
    world.add('SealedCase', 'of own department', await seal(world, departmentId(name), {}), standing);
  }
}
