import type { Verb } from '../../permissions/verbs.js';
import type { Keys } from '../../platform/crypto.js';
import { type BilingualText, HubError } from '../../platform/errors.js';
import { uuidv7 } from '../../platform/ids.js';
import { levelled } from '../collection/text.js';
import { departmentOf } from '../departments/acting.js';
import { openIdentity } from '../personal.js';
import type { Row } from '../reading/shape.js';
import type { WriteSession } from '../session.js';
import { receiptNo } from './receipt.js';
import { type CheckRow, type Wanted, wantedBy } from './row.js';
import { type Finding, type FoundSubject, readFacts } from './statements.js';
import { type NewCheck, storeChecks } from './store.js';
import { verdictOf } from './verdict.js';

export const MOST_ROWS = 1000;

export interface CheckCredit extends CheckRow {
  /** code of the matter: the purpose of the check */
  matter: string;
}

export interface CheckCredits {
  rows: readonly CheckRow[];
  matter: string;
}

/** One row's answer: a check or why there is none. */
export interface CheckOutcome {
  /** from 1, in the order sent */
  row: number;
  /** uuid of the check */
  checkId: string | null;
  error: BilingualText | null;
}

/** What was made, and the lists that it looked at. */
export interface Checked<T> {
  made: T;
  lists: Row[];
}

/**
 * Checks one subject and keeps the receipt; answers the check's uuid. A code or person that is not known here is checked
 * too: UNKNOWN.
 * @param cycleDays stands in every list's own cycle when not null
 * @throws BAD_USER_INPUT with `matter`, `code`, `person.number` …, FORBIDDEN without a department
 */
export async function checkCredit(
  session: WriteSession,
  keys: Keys,
  input: CheckCredit,
  cycleDays: number | null,
): Promise<Checked<string>> {
  const wanted = wantedBy(input, keys, session.today);
  const { made, lists } = await checkRows(session, 'checkCredit', keys, input.matter, [wanted], cycleDays);
  return { made: made[0] as string, lists };
}

/**
 * Checks up to 1,000 rows; a malformed one has its own error and no receipt.
 * @throws LIMIT_EXCEEDED with `rows` for more, BAD_USER_INPUT with `matter`, FORBIDDEN without a department
 */
export async function checkCredits(
  session: WriteSession,
  keys: Keys,
  { rows, matter }: CheckCredits,
  cycleDays: number | null,
): Promise<Checked<CheckOutcome[]>> {
  if (rows.length > MOST_ROWS) {
    throw new HubError(
      'LIMIT_EXCEEDED',
      { zh: `一次最多核查 ${MOST_ROWS} 行`, en: `at most ${MOST_ROWS} rows at a time` },
      'rows',
    );
  }
  const judged = rows.map((row) => wantedOrError(row, keys, session.today));
  const wanted = judged.flatMap((one) => ('key' in one ? [one] : []));
  const { made: ids, lists } = await checkRows(session, 'checkCredits', keys, matter, wanted, cycleDays);
  let next = 0;
  const made = judged.map((one, index) =>
    'key' in one
      ? { row: index + 1, checkId: ids[next++] as string, error: null }
      : { row: index + 1, checkId: null, error: one },
  );
  return { made, lists };
}

function wantedOrError(row: CheckRow, keys: Keys, today: string): Wanted | BilingualText {
  try {
    return wantedBy(row, keys, today);
  } catch (error) {
    if (!(error instanceof HubError)) throw error;
    const { zh, en } = error.text;
    return error.field ? { zh: `${error.field}：${zh}`, en: `${error.field}: ${en}` } : error.text;
  }
}

/** The core: two statements, however many rows. Answers the checks' uuids in the order of `wanted`. */
async function checkRows(
  session: WriteSession,
  verb: Extract<Verb, 'checkCredit' | 'checkCredits'>,
  keys: Keys,
  matterCode: string,
  wanted: readonly Wanted[],
  cycleDays: number | null,
): Promise<Checked<string[]>> {
  const department = departmentOf(session.actor);
  const { made, lists } = await session.asVerb(verb, async () => {
    const facts = await readFacts(session, matterCode, wanted, cycleDays);
    const { matter } = facts;
    if (wanted.length === 0) return { made: [], lists: matter.lists };
    const stale = matter.sources.some((source) => source.stale);
    const subjects = new Map(facts.subjects.map((subject) => [subject.key, subject]));
    const findings = Map.groupBy(facts.findings, ({ subjectId }) => subjectId);
    const made = wanted.map((one) => {
      const subject = subjects.get(one.key) ?? null;
      return newCheck(session.today, one, subject, subject ? (findings.get(subject.id) ?? []) : [], stale, keys);
    });
    await storeChecks(session, made, { matterId: matter.id, departmentId: department.id, sources: matter.sources });
    return { made, lists: matter.lists };
  });
  const subjectIds = new Set(made.flatMap(({ subjectId }) => subjectId ?? []));
  await session.answer(...made.map(({ id }) => id), ...subjectIds);
  return { made: made.map(({ id }) => id), lists };
}

function newCheck(
  today: string,
  wanted: Wanted,
  subject: FoundSubject | null,
  findings: readonly Finding[],
  stale: boolean,
  keys: Keys,
): NewCheck {
  return {
    id: uuidv7(),
    receiptNo: receiptNo(today),
    verdict: verdictOf({ subjectFound: subject !== null, effects: findings.map(({ effect }) => effect), stale }),
    subjectId: subject?.id ?? null,
    subjectKind: subject?.kind ?? null,
    nameMatches: subject && nameMatches(wanted.names, subject, keys),
    findings,
  };
}

/** Null when no name was given. A person's name is compared with the sealed one: its row holds a masked one. */
function nameMatches(names: readonly string[], subject: FoundSubject, keys: Keys): boolean | null {
  if (names.length === 0) return null;
  const { identityId, nameSealed, numberSealed, keyId, wrapped } = subject;
  const known =
    identityId !== null && nameSealed !== null && numberSealed !== null && keyId !== null && wrapped !== null
      ? levelled(openIdentity(keys, identityId, { nameSealed, numberSealed, keyId, wrapped }).name)
      : subject.nameKey;
  return names.every((name) => name === known);
}
