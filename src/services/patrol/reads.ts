import { isPatrolCode, PATROL_CODES, type PatrolCode, patrolRule } from '../../catalogue/patrol/index.js';
import { FINDING_OVERDUE } from '../../permissions/states.js';
import { HubError } from '../../platform/errors.js';
import { referenceId } from '../../platform/ids.js';
import { type Sql, sql } from '../../platform/sql.js';
import { type Page, type PageRequest, readPage } from '../reading/page.js';
import type { Session } from '../session.js';
import { FINDING } from './shape.js';

export interface FindingConditions {
  rules?: string[] | null;
  states?: string[] | null;
  /** code */
  department?: string | null;
  overdue?: boolean | null;
  foundFrom?: string | null;
  foundTo?: string | null;
}

/** @throws BAD_USER_INPUT for a code that no rule has */
export function ruleCodes(codes: readonly string[], field: string): PatrolCode[] {
  if (!codes.every(isPatrolCode)) {
    throw new HubError('BAD_USER_INPUT', { zh: '没有此巡查规则', en: 'there is no such rule of the patrol' }, field);
  }
  return [...new Set(codes)] as PatrolCode[];
}

function findingsWhere({ rules, states, department, overdue, foundFrom, foundTo }: FindingConditions): Sql[] {
  return [
    ...(rules ? [sql`rule = any(${ruleCodes(rules, 'filter.rules')})`] : []),
    ...(states ? [sql`state = any(${states})`] : []),
    ...(department ? [sql`department_id = (select d.id from department d where d.code = ${department})`] : []),
    ...(overdue == null ? [] : [sql`${sql.raw(FINDING_OVERDUE)} = ${overdue}`]),
    ...(foundFrom ? [sql`found_on >= ${foundFrom}::date`] : []),
    ...(foundTo ? [sql`found_on <= ${foundTo}::date`] : []),
  ];
}

/** Findings, newest first; whose, row security says. */
export const pageOfFindings = (session: Session, filter: FindingConditions, page: PageRequest): Promise<Page> =>
  readPage(session, FINDING, findingsWhere(filter), page);

export interface FindingCount {
  ruleCode: PatrolCode;
  departmentId: string | null;
  state: string;
  count: number;
  overdue: number;
}

/** How many of which rule, department and state, and how many of those are overdue. */
export const countFindings = (session: Session): Promise<FindingCount[]> =>
  session.query<FindingCount>(sql`
    select rule as "ruleCode", department_id as "departmentId", state, count(*)::int as count,
      (count(*) filter (where ${sql.raw(FINDING_OVERDUE)}))::int as overdue
    from patrol_finding group by 1, 2, 3 order by 1, 2, 3`);

/** A rule as it is read: out of the catalogue, never out of the database. */
export function ruleRow(code: PatrolCode) {
  const { name, zh, en, owner, workdays, bases, thresholds, examples } = patrolRule(code);
  return {
    code,
    name,
    sentence: `${zh}。${en.charAt(0).toUpperCase()}${en.slice(1)}.`,
    owner,
    workdays,
    basisIds: bases.map((key) => referenceId('basis', key)),
    thresholds: thresholds.map(({ version, effectiveFrom, definition }) => ({ version, effectiveFrom, definition })),
    examples: examples.map(({ zh: text, found }) => ({ text, found })),
  };
}
export const ruleRows = () => PATROL_CODES.map(ruleRow);
