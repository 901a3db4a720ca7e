import type { Pool } from 'pg';
import { PATROL_CODES, type PatrolCode } from '../../catalogue/patrol/index.js';
import type { WorkHours } from '../../config.js';
import { PATROLLER } from '../../permissions/patroller.js';
import { FINDING_PENDING } from '../../permissions/states.js';
import { addDays, type DateString } from '../../platform/clock.js';
import { HubError } from '../../platform/errors.js';
import { uuidv7 } from '../../platform/ids.js';
import { sql } from '../../platform/sql.js';
import { type Session, verbOn } from '../session.js';
import type { Fact, PatrolContext, Window } from './fact.js';
import * as holdings from './holdings.js';
import * as lookups from './lookups.js';
import { type Opened, openCases } from './open.js';

const DETECTORS: Record<PatrolCode, (context: PatrolContext) => Promise<Fact[]>> = {
  LOOKUP_WITHOUT_CASE: lookups.withoutCase,
  LOOKUP_OFF_HOURS: lookups.offHours,
  LOOKUP_OF_SELF: lookups.ofSelf,
  LOOKUP_IN_BULK: lookups.inBulk,
  LOOKUP_REPEATED: lookups.repeated,
  LOOKUP_REFUSED: lookups.refused,
  CHANGED_AFTER_OBJECTION: holdings.changedAfterObjection,
  PUBLICITY_OVERDUE: holdings.publicityOverdue,
  REPORTED_LATE: holdings.reportedLate,
  PUBLIC_TEXT_PERSONAL: holdings.publicTextPersonal,
  OUTSIDE_CATALOGUE: holdings.outsideCatalogue,
};

export interface PatrolRequest {
  /** days, both included; without either, all that came since the last patrol */
  from?: DateString | null;
  to?: DateString | null;
}

export interface FoundByRule extends Opened {
  rule: PatrolCode;
}

export interface PatrolOutcome {
  id: string;
  from: DateString | null;
  to: DateString | null;
  /** new findings by rule, and the facts in them; of a rule that found nothing new, 0 */
  found: FoundByRule[];
}

/** one patrol at a time: two at once would count the same facts */
const LOCK = 370830_010;
/** a transaction begun before the last patrol may have committed after it */
const OVERLAP = '1 day';

/** Whoever runs statements of one transaction, or of a transaction for each piece of work. */
type InTransaction = <T>(work: (session: Session) => Promise<T>) => Promise<T>;

/**
 * Looks for what the rules name, and opens a case for each fact that has none. To be run with the powers of `runPatrol`
 * (asVerb, verbOn), in one transaction. The same fact is never found twice: its key is unique, and while nobody has taken
 * the case up, what has come since is added to it.
 * @throws BAD_USER_INPUT for a window that ends before it begins, or in the future
 */
export async function runPatrol(
  session: Session,
  request: PatrolRequest,
  workHours: readonly WorkHours[],
): Promise<PatrolOutcome> {
  demandWindow(request, session.today);
  await session.query(sql`select pg_advisory_xact_lock(${LOCK})`);
  return look((work) => work(session), request, workHours);
}

function demandWindow({ from, to }: PatrolRequest, today: DateString): void {
  if (from && to && to < from) throw wrong('to', '截止日期早于起始日期', 'ends before it begins');
  if (from && from > today) throw wrong('from', '起始日期在今日之后', 'begins after today');
}

/** The mark moves last: where one rule fails, the next patrol looks at all of it again, and opens nothing twice. */
async function look(
  inTransaction: InTransaction,
  request: PatrolRequest,
  workHours: readonly WorkHours[],
): Promise<PatrolOutcome> {
  const [from, to] = [request.from ?? null, request.to ?? null];
  const { reached, window } = await inTransaction(async (session) => {
    const reached = await reachedNow(session);
    return { reached, window: await windowOf(session, from, to, reached.now) };
  });
  const found: FoundByRule[] = [];
  for (const rule of PATROL_CODES) {
    const opened = await inTransaction(async (session) =>
      openCases(session, rule, await DETECTORS[rule]({ session, window, today: session.today, workHours })),
    );
    found.push({ rule, ...opened });
  }
  const id = uuidv7();
  await inTransaction(({ query, actor }) =>
    query(sql`
    insert into patrol_run (id, run_by, from_at, to_at, seq_through, changes_through, found)
    values (${id}, ${actor.user}, ${window.from}::timestamptz, ${window.to}::timestamptz, ${reached.seq},
      ${reached.now}::timestamptz, ${found.reduce((sum, { count }) => sum + count, 0)})`),
  );
  return { id, from, to, found };
}

const wrong = (field: string, zh: string, en: string) => new HubError('BAD_USER_INPUT', { zh, en }, field);
const dawn = (day: DateString) => `${day}T00:00:00+08:00`;

/** How far the log is numbered, and now: taken before anything is looked at, so that what comes meanwhile comes next. */
async function reachedNow({ query }: Session): Promise<{ seq: number; now: string }> {
  const [row] = await query<{ seq: string; now: string }>(
    sql`select coalesce(max(seq), -1)::text as seq, ${lookups.utc('now()')} as now from access_event`,
  );
  return { seq: Number(row?.seq ?? -1), now: row?.now as string };
}

async function windowOf({ query }: Session, from: string | null, to: string | null, now: string): Promise<Window> {
  const asked = from !== null || to !== null;
  // A patrol of a window looks nowhere else, and moves nobody's mark.
  const [last] = await query<{ seq: string; since: string }>(sql`
    select max(seq_through)::text as seq, ${lookups.utc(`max(changes_through) - interval '${OVERLAP}'`)} as since
    from patrol_run where from_at is null and to_at is null`);
  return {
    from: from && dawn(from),
    to: to && dawn(addDays(to, 1)),
    seqAfter: Number(last?.seq ?? -1),
    changesSince: from ? dawn(from) : asked ? '-infinity' : (last?.since ?? '-infinity'),
    until: to ? dawn(addDays(to, 1)) : now,
  };
}

export interface PatrolDeps {
  /** as the weak login (House.aside) */
  pool: Pool;
  today: () => DateString;
  workHours: readonly WorkHours[];
}

/**
 * A patrol that nobody asked for over HTTP: what the scheduled job and `hub patrol` call. A transaction for each rule, so
 * that none is open for as long as a whole county takes. Leaves its event in the log.
 */
export async function patrol(
  { pool, today, workHours }: PatrolDeps,
  request: PatrolRequest = {},
): Promise<PatrolOutcome> {
  const day = today();
  demandWindow(request, day);
  const client = await pool.connect();
  const inTransaction: InTransaction = (work) =>
    verbOn(client, { actor: PATROLLER, today: day, verb: 'runPatrol' }, work);
  try {
    // Of the session, across its transactions; a killed process frees it.
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    const outcome = await look(inTransaction, request, workHours);
    await inTransaction(({ query }) =>
      query(sql`
        insert into access_event (id, actor, role, purpose, operation, operation_hash, labels, outcome)
        values (${uuidv7()}, ${PATROLLER.user}, ${PATROLLER.role}, ${PATROLLER.purpose}, 'runPatrol', '', array['AUDIT'], 'OK')`),
    );
    await client.query('select pg_advisory_unlock($1)', [LOCK]);
    client.release();
    return outcome;
  } catch (error) {
    client.release(true);
    throw error;
  }
}

/** Findings that wait for their owner beyond their term, for whoever reminds them. */
export const overdueFindings = ({ query, today }: Session): Promise<{ id: string; departmentId: string | null }[]> =>
  query(sql`select id, department_id as "departmentId" from patrol_finding
    where ${sql.raw(FINDING_PENDING)} and due_on < ${today}::date order by due_on, id`);
