import type { Shape } from '../reading/shape.js';

/** 全生命周期主体数据链 (permissions/views.ts): newest first, as all time lines here. */
export const LIFECYCLE: Shape = {
  table: 'lifecycle_event',
  typename: `'LifecycleEvent'`,
  columns: {
    id: 'id',
    subjectId: 'subject_id',
    kind: 'kind',
    date: 'happened_on',
    title: 'title',
    itemId: 'item_id',
    departmentId: 'department_id',
    // a global id, as platform/ids.ts makes it
    source: `rtrim(translate(encode(uuid_send(source_id) || convert_to(source_type, 'UTF8'), 'base64'), '+/', '-_'), '=')`,
  },
  keys: [
    { column: 'happened_on', type: 'date' },
    { column: 'id', type: 'text' },
  ],
  descending: true,
  label: 'label',
};
