import { INSPECTION_ITEM_OVERDUE, INSPECTION_ITEM_STATE } from '../../permissions/states.js';
import { HubError } from '../../platform/errors.js';
import { sql } from '../../platform/sql.js';
import { addWorkdays } from '../../platform/workdays.js';
import { masked, requiredText } from '../inputs.js';
import { termOf } from '../patrol/cases.js';
import type { Session, WriteSession } from '../session.js';

export type InspectionResult = 'CONFORMS' | 'TO_RECTIFY' | 'VIOLATION';

const NOTE_LENGTH = 2000;
/** 限期整改 working days where the inspector names none */
const RECTIFY_WORKDAYS = 10;

interface Item {
  id: string;
  inspection: string;
  state: 'DRAWN' | 'CONFORMS' | 'TO_RECTIFY' | 'RECTIFIED' | 'ACCEPTED';
}

async function itemOf({ query }: Session, id: string): Promise<Item> {
  const [item] = await query<Item>(sql`
    select id, inspection_id as inspection, ${sql.raw(INSPECTION_ITEM_STATE)} as state
    from inspection_item where id = ${id} for update`);
  if (!item) throw new HubError('NOT_FOUND', { zh: '未找到该检查件', en: 'there is no such piece' }, 'id');
  return item;
}

/** Nothing is changed in an inspection that is closed. */
async function demandOpen({ query }: Session, inspection: string): Promise<void> {
  const [row] = await query<{ state: string }>(sql`select state from inspection where id = ${inspection}`);
  if (row?.state === 'OPEN') return;
  throw new HubError('PRECONDITION_FAILED', { zh: '该检查已办结', en: 'the inspection is closed' });
}

function demandState({ state }: Item, ...allowed: Item['state'][]): void {
  if (allowed.includes(state)) return;
  throw new HubError('PRECONDITION_FAILED', {
    zh: `该检查件现为 ${state}，不能办理此步骤`,
    en: `the piece is ${state}: this step can't be taken`,
  });
}

export interface RecordInspection {
  id: string;
  result: InspectionResult;
  note: string;
  /** of what is to be put right */
  workdays?: number | null;
}

/**
 * 检查结果 Of one piece; until it was rectified it can be corrected.
 * @throws NOT_FOUND, BAD_USER_INPUT, PRECONDITION_FAILED
 */
export async function recordInspection(session: WriteSession, input: RecordInspection): Promise<string> {
  const { actor, today } = session;
  const note = masked(requiredText(input.note, 'note', NOTE_LENGTH), today);
  const days = termOf(input.workdays);
  if (input.result === 'CONFORMS' && days !== null) {
    throw new HubError('BAD_USER_INPUT', { zh: '符合的不设整改期限', en: 'what conforms has no term' }, 'workdays');
  }
  const due = input.result === 'CONFORMS' ? null : addWorkdays(today, days ?? RECTIFY_WORKDAYS);
  await session.asVerb('recordInspection', async () => {
    const item = await itemOf(session, input.id);
    await demandOpen(session, item.inspection);
    demandState(item, 'DRAWN', 'CONFORMS', 'TO_RECTIFY');
    await session.query(sql`
      update inspection_item set result = ${input.result}, note = ${note}, due_on = ${due}::date,
        inspected_by = ${actor.user}, inspected_on = ${today}::date where id = ${item.id}`);
  });
  await session.answer(input.id);
  return input.id;
}

export interface ReportRectification {
  id: string;
  rectification: string;
}

/** 整改报告 By the department. @throws NOT_FOUND, BAD_USER_INPUT, PRECONDITION_FAILED */
export async function reportRectification(session: WriteSession, input: ReportRectification): Promise<string> {
  const { actor, today } = session;
  const rectification = masked(requiredText(input.rectification, 'rectification', NOTE_LENGTH), today);
  await session.asVerb('reportRectification', async () => {
    const item = await itemOf(session, input.id);
    await demandOpen(session, item.inspection);
    demandState(item, 'TO_RECTIFY');
    await session.query(sql`
      update inspection_item set rectification = ${rectification}, rectified_by = ${actor.user},
        rectified_on = ${today}::date where id = ${item.id}`);
  });
  await session.answer(input.id);
  return input.id;
}

export interface AcceptRectification {
  id: string;
  accepted: boolean;
  note: string;
  /** a new term, where it is not accepted */
  workdays?: number | null;
}

/** 整改验收 What does not do goes back with a new term. @throws NOT_FOUND, BAD_USER_INPUT, PRECONDITION_FAILED */
export async function acceptRectification(session: WriteSession, input: AcceptRectification): Promise<string> {
  const { today } = session;
  const note = masked(requiredText(input.note, 'note', NOTE_LENGTH), today);
  const days = termOf(input.workdays);
  const due = input.accepted ? null : addWorkdays(today, days ?? RECTIFY_WORKDAYS);
  await session.asVerb('acceptRectification', async () => {
    const item = await itemOf(session, input.id);
    await demandOpen(session, item.inspection);
    demandState(item, 'RECTIFIED');
    await session.query(
      input.accepted
        ? sql`update inspection_item set accepted_on = ${today}::date, note = ${note} where id = ${item.id}`
        : sql`update inspection_item set rectified_on = null, due_on = ${due}::date, note = ${note} where id = ${item.id}`,
    );
  });
  await session.answer(input.id);
  return input.id;
}

/** 办结 Once nothing waits. @throws NOT_FOUND, BAD_USER_INPUT, PRECONDITION_FAILED */
export async function closeInspection(
  session: WriteSession,
  input: { id: string; conclusion: string },
): Promise<string> {
  const { today } = session;
  const conclusion = masked(requiredText(input.conclusion, 'conclusion', NOTE_LENGTH), today);
  await session.asVerb('closeInspection', async () => {
    const [found] = await session.query<{ state: string }>(
      sql`select state from inspection where id = ${input.id} for update`,
    );
    if (!found) throw new HubError('NOT_FOUND', { zh: '未找到该检查', en: 'there is no such inspection' }, 'id');
    await demandOpen(session, input.id);
    const [waiting] = await session.query<{ n: number }>(sql`
      select count(*)::int as n from inspection_item
      where inspection_id = ${input.id} and ${sql.raw(INSPECTION_ITEM_STATE)} not in ('CONFORMS', 'ACCEPTED')`);
    if (waiting?.n) {
      throw new HubError('PRECONDITION_FAILED', {
        zh: `尚有 ${waiting.n} 件未查结或未整改到位`,
        en: `${waiting.n} pieces are not inspected yet, or not put right`,
      });
    }
    await session.query(sql`
      update inspection set state = 'CLOSED', closed_on = ${today}::date, conclusion = ${conclusion} where id = ${input.id}`);
  });
  await session.answer(input.id);
  return input.id;
}

export interface InspectionSummary {
  inspectionId: string;
  departmentId: string;
  drawn: number;
  inspected: number;
  conforming: number;
  toRectify: number;
  overdue: number;
  accepted: number;
}

/** 按部门汇总 Of the pieces that the caller may read. */
export const summariesOf = ({ query }: Session, inspections: readonly string[]): Promise<InspectionSummary[]> =>
  query<InspectionSummary>(sql`
    select inspection_id as "inspectionId", department_id as "departmentId", count(*)::int as drawn,
      count(result)::int as inspected,
      (count(*) filter (where result = 'CONFORMS'))::int as conforming,
      (count(*) filter (where result <> 'CONFORMS' and accepted_on is null))::int as "toRectify",
      (count(*) filter (where ${sql.raw(INSPECTION_ITEM_OVERDUE)}))::int as overdue,
      count(accepted_on)::int as accepted
    from inspection_item where inspection_id = any(${inspections}) group by 1, 2 order by 1, 2`);
