import { LISTS } from '../../src/catalogue/lists.js';
import { MATTERS } from '../../src/catalogue/matters.js';
import { DEPARTMENTS, type DemoFunction } from '../../src/demo/cast.js';
import { addDays } from '../../src/platform/clock.js';
import { referenceId } from '../../src/platform/ids.js';
import type { Line } from './copy.js';
import type { Source } from './ids.js';
import type { MadeSubject } from './subjects.js';

const departmentOf = (name: string) => referenceId('department', DEPARTMENTS[name as DemoFunction].code);
const ALL_DEPARTMENTS = Object.keys(DEPARTMENTS).map(departmentOf);

export const ENTRY_COLUMNS = [
  ...['id', 'list_id', 'subject_id', 'subject_kind', 'department_id', 'state', 'reason', 'document_no', 'proposed_on'],
  ...['listed_on', 'ends_on', 'removed_on', 'business_key', 'as_of', 'revised_by'],
] as const;

export function* entries(count: number, of: readonly MadeSubject[], source: Source): Generator<Line> {
  for (let serial = 1; serial <= count; serial++) {
    const list = source.pick(LISTS);
    const subject = source.pick(of);
    const state = source.pick([
      'LISTED',
      'LISTED',
      'LISTED',
      'LISTED',
      'LISTED',
      'LISTED',
      'PROPOSED',
      'REPAIRED',
    ] as const);
    const day = source.dayWithin(1_000);
    const listed = state === 'PROPOSED' ? null : day;
    yield [
      ...[source.id(), referenceId('list', list.code), subject.id, subject.kind, departmentOf(list.function), state],
      `符合${list.name}的认定标准`,
      `汶（演示）列字〔${day.slice(0, 4)}〕${serial}号`,
      day,
      listed,
      listed && addDays(listed, 30 * (list.termMonths ?? 36)),
      state === 'REPAIRED' ? addDays(day, 20) : null,
      `bench-${serial}`,
      `${source.today}T00:00:00Z`,
      'bench',
    ];
  }
}

export const COMMITMENT_COLUMNS = [
  ...['id', 'code', 'kind', 'subject_id', 'subject_kind', 'content', 'made_on', 'made_by', 'due_on', 'state'],
  ...['department_id', 'matter_id', 'revised_by'],
] as const;

export function* commitments(count: number, of: readonly MadeSubject[], source: Source): Generator<Line> {
  for (let serial = 1; serial <= count; serial++) {
    const subject = source.pick(of);
    const made = source.dayWithin(900);
    yield [
      ...[source.id(), `CNBENCH${String(serial).padStart(7, '0')}`],
      source.pick(['APPROVAL_SUBSTITUTION', 'VOLUNTARY_DISCLOSURE', 'INDUSTRY_SELF_DISCIPLINE', 'PROOF_NOTIFICATION']),
      ...[subject.id, subject.kind, '承诺所提交材料真实、准确、完整，并按期履行', made, 'bench', addDays(made, 180)],
      source.pick(['OPEN', 'FULFILLED', 'FULFILLED', 'FULFILLED', 'PARTLY_FULFILLED', 'BREACHED', 'REPAIRED']),
      source.pick(ALL_DEPARTMENTS),
      referenceId('matter', source.pick(MATTERS).code),
      'bench',
    ];
  }
}
