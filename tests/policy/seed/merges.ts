import { TODAY } from '../cast.js';
import { organisation } from './subjects.js';
import { departmentId, newId, referenceTo, type World } from './world.js';

export async function merge(world: World, columns: Record<string, unknown>): Promise<string> {
  const id = newId();
  await world.insert('subject_merge', {
    id,
    kind: 'MERGE',
    state: 'PROPOSED',
    reason: '示例理由',
    document_no: '示例归字〔2026〕1号',
    proposed_on: TODAY,
    proposed_by: 'somebody else',
    revision: 1,
    revised_at: `${TODAY}T00:00:00Z`,
    ...columns,
  });
  return id;
}

/** One that is absorbed, closed and of a known source, and a merge that was undone: every column has a value. */
export async function seedMerges(world: World): Promise<void> {
  const absorbed = await organisation(world, 'absorbed', 'ENTERPRISE', { situation: 'another' });
  await world.owner.query(
    `update subject set merged_into = $2, merged_on = $3, registration_state = '注销', source_item_id = $4,
       source_department_id = $5 where id = $1`,
    [absorbed, world.subject('another'), TODAY, referenceTo('item', 'DJ_SCZT'), departmentId('another')],
  );
  const id = await merge(world, {
    state: 'UNDONE',
    from_id: absorbed,
    into_id: world.subject('another'),
    confirmed_on: TODAY,
    confirmed_by: 'somebody else',
    confirmed_at: `${TODAY}T00:00:00Z`,
    undone_on: TODAY,
    undone_by: 'a third',
    undo_reason: '示例理由',
    undo_document_no: '示例归字〔2026〕2号',
  });
  world.add('SubjectMerge', 'any', id);
}
