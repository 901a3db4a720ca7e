import { HubError } from '../../platform/errors.js';
import { type Sql, sql } from '../../platform/sql.js';
import { addWorkdays } from '../../platform/workdays.js';
import { masked, optionalText, requiredText } from '../inputs.js';
import type { Session, WriteSession } from '../session.js';

export type FindingState = 'OPEN' | 'ASSIGNED' | 'EXPLAINED' | 'RECTIFIED' | 'CONFIRMED' | 'DISMISSED';
export type FindingOutcome = 'RECTIFIED' | 'CONFIRMED' | 'DISMISSED';

/** 状态: from which states a step is taken. What is closed stays closed. */
export const STEPS: Readonly<Record<'ASSIGN' | 'ANSWER' | FindingOutcome, readonly FindingState[]>> = {
  // again, when an answer does not do: it goes back with a new term
  ASSIGN: ['OPEN', 'ASSIGNED', 'EXPLAINED'],
  ANSWER: ['OPEN', 'ASSIGNED'],
  RECTIFIED: ['EXPLAINED'],
  CONFIRMED: ['OPEN', 'ASSIGNED', 'EXPLAINED'],
  DISMISSED: ['OPEN', 'ASSIGNED', 'EXPLAINED'],
};

const USER_LENGTH = 200;
const NOTE_LENGTH = 2000;
const LONGEST_TERM = 60;

interface Case {
  id: string;
  state: FindingState;
  department: string | null;
  concerned: string | null;
  assignee: string | null;
  answeredBy: string | null;
}

/** A locked finding that the caller may change; another's is as if it were not there. */
async function caseOf({ query }: Session, id: string): Promise<Case> {
  const [found] = await query<Case>(sql`
    select id, state, department_id as department, concerned, assignee, answered_by as "answeredBy"
    from patrol_finding where id = ${id} for update`);
  if (!found) throw new HubError('NOT_FOUND', { zh: '未找到该巡查问题', en: 'there is no such finding' }, 'id');
  return found;
}

function demandStep(step: keyof typeof STEPS, { state }: Case): void {
  if (STEPS[step].includes(state)) return;
  throw new HubError('PRECONDITION_FAILED', {
    zh: `该问题现为 ${state}，不能办理此步骤`,
    en: `the finding is ${state}: this step can't be taken`,
  });
}

async function step(
  session: Session,
  finding: Case,
  action: 'ASSIGNED' | 'ANSWERED' | 'CLOSED',
  state: FindingState,
  note: string,
  changes: Sql,
): Promise<void> {
  await session.query(sql`update patrol_finding set state = ${state}, ${changes} where id = ${finding.id}`);
  await session.query(sql`
    insert into patrol_step (id, finding_id, action, state, note, actor, department_id)
    values (gen_random_uuid(), ${finding.id}, ${action}, ${state}, ${note}, ${session.actor.user},
      ${session.actor.department?.id ?? null}::uuid)`);
}

export const termOf = (workdays: number | null | undefined, field = 'workdays'): number | null => {
  if (workdays == null) return null;
  if (workdays >= 1 && workdays <= LONGEST_TERM) return workdays;
  throw new HubError(
    'BAD_USER_INPUT',
    { zh: `须为 1 至 ${LONGEST_TERM} 个工作日`, en: `takes 1 to ${LONGEST_TERM} working days` },
    field,
  );
};

export interface AssignFinding {
  id: string;
  /** code of the department whose it becomes; without one it stays whose it is */
  department?: string | null;
  /** `sub` of the person who is to answer */
  to?: string | null;
  /** a new term from today */
  workdays?: number | null;
  note: string;
}

/**
 * 交办、退回补充 Gives a finding to its department, or to a person there, with what is asked.
 * @throws NOT_FOUND, BAD_USER_INPUT (department, workdays, note), PRECONDITION_FAILED (closed; nobody's)
 */
export async function assignFinding(session: WriteSession, input: AssignFinding): Promise<string> {
  const note = masked(requiredText(input.note, 'note', NOTE_LENGTH), session.today);
  const to = optionalText(input.to, 'to', USER_LENGTH);
  const days = termOf(input.workdays);
  const due = days === null ? null : addWorkdays(session.today, days);
  await session.asVerb('assignFinding', async () => {
    const finding = await caseOf(session, input.id);
    demandStep('ASSIGN', finding);
    const department = input.department ? await departmentBy(session, input.department) : finding.department;
    if (!department) {
      throw new HubError('PRECONDITION_FAILED', {
        zh: '该问题尚无责任部门，请载明',
        en: 'nobody’s department is concerned: name the one whose it becomes',
      });
    }
    if (to !== null && to === finding.concerned) {
      throw new HubError('BAD_USER_INPUT', { zh: '不得交当事人本人', en: 'not to the one whose doing it is' }, 'to');
    }
    await step(
      session,
      finding,
      'ASSIGNED',
      'ASSIGNED',
      note,
      sql`department_id = ${department}::uuid, assignee = ${to}, answered_by = null, due_on = coalesce(${due}::date, due_on)`,
    );
  });
  await session.answer(input.id);
  return input.id;
}

async function departmentBy({ query }: Session, code: string): Promise<string> {
  const [row] = await query<{ id: string }>(sql`select id from department where code = ${code.trim()}`);
  if (row) return row.id;
  throw new HubError('BAD_USER_INPUT', { zh: '没有登记此部门', en: 'no such department is registered' }, 'department');
}

export interface AnswerFinding {
  id: string;
  explanation: string;
}

/**
 * 说明、整改报告 By the owner's department; where a person was named, by that person; never by the one whose doing it is.
 * @throws NOT_FOUND, BAD_USER_INPUT, FORBIDDEN, PRECONDITION_FAILED
 */
export async function answerFinding(session: WriteSession, input: AnswerFinding): Promise<string> {
  const { actor } = session;
  const explanation = masked(requiredText(input.explanation, 'explanation', NOTE_LENGTH), session.today);
  await session.asVerb('answerFinding', async () => {
    const finding = await caseOf(session, input.id);
    demandStep('ANSWER', finding);
    if (finding.concerned === actor.user || (finding.assignee !== null && finding.assignee !== actor.user)) {
      throw new HubError('FORBIDDEN', {
        zh: '须由所交办的人员答复，当事人不得代部门答复',
        en: 'it is answered by the person it was assigned to, and never by the one whose doing it is',
      });
    }
    await step(session, finding, 'ANSWERED', 'EXPLAINED', explanation, sql`answered_by = ${actor.user}`);
  });
  await session.answer(input.id);
  return input.id;
}

export interface CloseFinding {
  id: string;
  outcome: FindingOutcome;
  reason: string;
}

/**
 * 销号 By the auditor, who neither answered nor is concerned.
 * @throws NOT_FOUND, BAD_USER_INPUT, FORBIDDEN, PRECONDITION_FAILED
 */
export async function closeFinding(session: WriteSession, input: CloseFinding): Promise<string> {
  const { actor, today } = session;
  const reason = masked(requiredText(input.reason, 'reason', NOTE_LENGTH), today);
  await session.asVerb('closeFinding', async () => {
    const finding = await caseOf(session, input.id);
    demandStep(input.outcome, finding);
    if ([finding.answeredBy, finding.concerned, finding.assignee].includes(actor.user)) {
      throw new HubError('FORBIDDEN', {
        zh: '答复人、被交办人与当事人不得办结',
        en: 'whoever answered, was assigned to or is concerned does not close it',
      });
    }
    await step(
      session,
      finding,
      'CLOSED',
      input.outcome,
      reason,
      sql`outcome_reason = ${reason}, closed_by = ${actor.user}, closed_on = ${today}::date`,
    );
  });
  await session.answer(input.id);
  return input.id;
}
