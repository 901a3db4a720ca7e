import { createHash } from 'node:crypto';
import type { WorkHours } from '../../config.js';
import type { DateString } from '../../platform/clock.js';
import type { Session } from '../session.js';

/** What a rule found, before it is a case. Of persons only ids; never a value of a field. */
export interface Fact {
  /** what makes it the same fact, whenever and how often it is looked at */
  key: readonly (string | null)[];
  departmentId: string | null;
  /** user whose doing it is */
  concerned: string | null;
  observed: number;
  firstAt: string;
  lastAt: string;
  /** the day whose threshold was applied */
  day: DateString;
  eventIds?: readonly string[];
  subjectIds?: readonly string[];
  target?: { type: 'CreditRecord' | 'ListEntry' | 'ImportBatch'; id: string };
  /** counts, dates and kinds */
  detail?: Readonly<Record<string, unknown>>;
}

/** ids that a finding names; what goes beyond is counted */
export const NAMED = 500;

/** What is looked at: all that came since the last patrol, or a window that was asked for. */
export interface Window {
  /** instants, UTC */
  from: string | null;
  to: string | null;
  /** of the log: entries after this one, and those that have no number yet; only without a window */
  seqAfter: number;
  /** of records: changes since, a little of what was looked at before included */
  changesSince: string;
  until: string;
}

export interface PatrolContext {
  session: Session;
  window: Window;
  today: DateString;
  workHours: readonly WorkHours[];
}

export const keyOf = (fact: Pick<Fact, 'key'>): string =>
  createHash('sha256').update(JSON.stringify(fact.key)).digest('hex').slice(0, 32);
