import type { Shape } from '../reading/shape.js';

export const SUBJECT: Shape = {
  table: 'subject',
  typename: `case when kind = 'NATURAL_PERSON' then 'NaturalPerson' else 'Organisation' end`,
  columns: {
    id: 'id',
    subjectId: 'id',
    kind: 'kind',
    name: 'name',
    code: 'code',
    registrationNo: 'registration_no',
    idMasked: 'id_masked',
    representative: 'representative',
    // Of an individual business, where row security lets it through: null is a refusal or nothing.
    wholeRepresentative: `case when kind = 'INDIVIDUAL_BUSINESS' then
      (select whole.name from subject_representative whole where whole.subject_id = id) end`,
    provisional: 'provisional',
    parentId: 'parent_id',
    registeredOn: 'registered_on',
    address: 'address',
    industryCode: 'industry_code',
    registrationState: 'registration_state',
    mergedInto: 'merged_into',
    closedOn: 'closed_on',
    sourceItemId: 'source_item_id',
    sourceDepartmentId: 'source_department_id',
  },
  keys: [
    { column: 'sort_code', type: 'text' },
    { column: 'id', type: 'uuid' },
  ],
  descending: false,
};

export const FORMER_NAME: Shape = {
  table: 'subject_former_name',
  typename: `'FormerName'`,
  columns: { id: 'id', subjectId: 'subject_id', name: 'name', until: 'until' },
  keys: [
    { column: `coalesce(until, 'infinity'::date)`, type: 'date' },
    { column: 'id', type: 'uuid' },
  ],
  descending: true,
};
