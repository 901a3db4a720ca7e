import { LATE_REPORT } from '../../catalogue/rules/collection.js';
import type { DateString } from '../../platform/clock.js';
import { addWorkdays } from '../../platform/workdays.js';
import type { Candidate } from './candidate.js';
import type { Claim } from './claims.js';
import { INDIVIDUAL } from './claims.js';
import { type Issue, warning } from './issues.js';
import type { ItemPlan } from './plan.js';
import { levelled } from './text.js';
import { dateAt } from './tidy.js';

/** What the provider should look at in a row that was taken. `due` remembers the days it has counted. */
export function warningsOf(
  plan: ItemPlan,
  { row, claim, personal }: Candidate,
  received: string,
  due: Map<DateString, DateString> | null,
): Issue[] {
  const issues: Issue[] = [];
  const at = (place: number) => plan.fields[place]?.name ?? null;
  const { yields, cycle } = plan.item;
  const each = due && cycle.every === 'EVENT' && yields !== 'SUBJECT' && yields !== 'LIST_ENTRY';
  // what is reported by the period is late by the period (duties.ts), not by the row
  const decided = each ? dateAt(row, plan.at('decidedOn')) : null;
  if (due && decided && dueOn(decided, due) < received) issues.push(warning('LATE_REPORT', at(plan.at('decidedOn'))));
  const nameAt = plan.at('subjectName');
  if (yields !== 'SUBJECT' && isOtherName(row.values[nameAt] ?? '', claim))
    issues.push(warning('NAME_MISMATCH', at(nameAt)));
  if (yields !== 'SUBJECT' && claim.by === 'code' && (claim.subject?.provisional ?? true)) {
    issues.push(warning('SUBJECT_NOT_IN_REGISTRY', at(plan.at('subjectCode'))));
  }
  if (claim.by === 'nobody') issues.push(warning('NO_UNIFIED_CODE', at(plan.at('subjectCode'))));
  for (const place of personal) issues.push(warning('PERSONAL_DATA_IN_TEXT', at(place)));
  plan.fields.forEach(({ maxLength, name }, i) => {
    if (maxLength && (row.values[i] as string).length > maxLength) issues.push(warning('VALUE_TOO_LONG', name));
  });
  return issues;
}

function dueOn(decided: DateString, due: Map<DateString, DateString>): DateString {
  const known = due.get(decided);
  if (known) return known;
  const day = addWorkdays(decided, LATE_REPORT.definition.workdays);
  due.set(decided, day);
  return day;
}

/** Against the register only: a provisional subject's name came from a record too. An unnamed stall has no name. */
function isOtherName(name: string, claim: Claim): boolean {
  const subject = claim.by === 'nobody' ? undefined : claim.subject;
  if (!subject || subject.provisional || name === INDIVIDUAL) return false;
  return !subject.names.includes(levelled(name));
}
