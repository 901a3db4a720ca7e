import { itemOf } from '../../catalogue/index.js';
import { isPublicity } from '../../catalogue/publicities.js';
import { provides } from '../../permissions/sending.js';
import type { DateString } from '../../platform/clock.js';
import { HubError } from '../../platform/errors.js';
import { referenceId, uuidv7 } from '../../platform/ids.js';
import { sql } from '../../platform/sql.js';
import { departmentOf } from '../departments/acting.js';
import type { WriteSession } from '../session.js';
import { monthOf } from './month.js';

export interface StateDecisionCount {
  /** code of one of the ten publicities */
  readonly item: string;
  /** `YYYY-MM` */
  readonly month: string;
  /** how many decisions the department made in that month, by its own count */
  readonly decisions: number;
}

export interface DecisionCount {
  readonly itemId: string;
  readonly departmentId: string;
  readonly month: string;
  readonly decisions: number;
  readonly statedOn: DateString;
}

const MOST = 10_000_000;

/**
 * 决定数申报: what the department counts itself, against which the monitor holds what came. Of the running month it is the
 * count so far; a later statement stands before an earlier one, and none is changed.
 * @throws BAD_USER_INPUT (item, month, decisions), FORBIDDEN for an item that the department does not provide
 */
export async function stateDecisionCount(session: WriteSession, input: StateDecisionCount): Promise<DecisionCount> {
  const { actor, today } = session;
  const department = departmentOf(actor);
  const item = itemOf(input.item);
  if (!item || !isPublicity(item.code)) {
    throw new HubError(
      'BAD_USER_INPUT',
      { zh: '该数据项不属十公示', en: 'the item is none of the ten publicities' },
      'item',
    );
  }
  if (!provides(item, department.functions)) {
    throw new HubError('FORBIDDEN', {
      zh: '该部门不是该数据项的提供单位',
      en: 'the department does not provide the item',
    });
  }
  const month = monthOf(input.month, today);
  if (!Number.isInteger(input.decisions) || input.decisions < 0 || input.decisions > MOST) {
    throw new HubError(
      'BAD_USER_INPUT',
      { zh: '决定数须为不小于零的整数', en: 'decisions is a whole number, zero or more' },
      'decisions',
    );
  }
  const itemId = referenceId('item', item.code);
  await session.asVerb('stateDecisionCount', () =>
    session.query(sql`
      insert into decision_count (id, department_id, item_id, month, decisions, stated_on, stated_by, stated_at)
      values (${uuidv7()}, ${department.id}, ${itemId}, ${month.from}::date, ${input.decisions}, ${today}::date,
        ${actor.user}, clock_timestamp())`),
  );
  return { itemId, departmentId: department.id, month: month.text, decisions: input.decisions, statedOn: today };
}
