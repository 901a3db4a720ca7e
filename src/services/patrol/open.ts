import { type PatrolCode, patrolRule } from '../../catalogue/patrol/index.js';
import { ruleOn } from '../../catalogue/rules/index.js';
import { toGlobalId, uuidv7 } from '../../platform/ids.js';
import { sql } from '../../platform/sql.js';
import { addWorkdays } from '../../platform/workdays.js';
import type { Session } from '../session.js';
import { type Fact, keyOf, NAMED } from './fact.js';

/**
 * So many facts of one person, or of one department's rows, are cases of their own. What is more than that in one patrol
 * has one cause and one owner, and is one case with its count and examples: nobody answers ninety thousand.
 */
const EACH = 20;
/** rows that one statement stores */
const AT_ONCE = 2_000;

export interface Opened {
  /** new cases */
  count: number;
  /** new facts behind them: more, where some were gathered */
  facts: number;
}

/** A fact that has its case, or its place in a gathered one, opens nothing; one with its own may have grown. */
export async function openCases(session: Session, rule: PatrolCode, facts: readonly Fact[]): Promise<Opened> {
  const keyed = [...new Map(facts.map((fact) => [keyOf(fact), fact]))];
  const known = await knownOf(
    session,
    rule,
    keyed.map(([key]) => key),
  );
  const fresh = keyed.filter(([key]) => !known.has(key));
  const grown = keyed.filter(([key]) => known.get(key) === 'OWN');
  const single: [string, Fact][] = [];
  const gathered: { key: string; fact: Fact; of: string[] }[] = [];
  for (const some of Map.groupBy(fresh, ([, fact]) => JSON.stringify([fact.departmentId, fact.concerned])).values()) {
    if (some.length <= EACH) single.push(...some);
    else {
      const fact = together(some.map(([, one]) => one));
      gathered.push({ key: keyOf(fact), fact, of: some.map(([key]) => key) });
    }
  }
  const cases: [string, Fact][] = [
    ...grown,
    ...single,
    ...gathered.map(({ key, fact }) => [key, fact] as [string, Fact]),
  ];
  const made = new Map<string, string>();
  for (const portion of portions(cases)) {
    for (const { key, id } of await store(session, rule, portion)) made.set(key, id);
  }
  for (const { key, of } of gathered) {
    for (const keys of portions(of)) {
      await session.query(sql`
        insert into patrol_finding_fact (rule, fact_key, finding_id)
        select ${rule}, key, ${made.get(key)}::uuid from unnest(${keys}::text[]) key`);
    }
  }
  return { count: made.size, facts: fresh.length };
}

/** Facts that were found before, by their keys: as a case of their OWN, or among OTHERS in a gathered one. */
async function knownOf(
  { query }: Session,
  rule: PatrolCode,
  keys: readonly string[],
): Promise<Map<string, 'OWN' | 'OTHERS'>> {
  const known = new Map<string, 'OWN' | 'OTHERS'>();
  for (const some of portions(keys)) {
    const rows = await query<{ key: string; as: 'OWN' | 'OTHERS' }>(sql`
      select fact_key as key, 'OWN' as as from patrol_finding where rule = ${rule} and fact_key = any(${some}::text[])
      union all
      select fact_key, 'OTHERS' from patrol_finding_fact where rule = ${rule} and fact_key = any(${some}::text[])`);
    for (const row of rows) known.set(row.key, row.as);
  }
  return known;
}

/** Facts of one owner as one: their sum, their span, the first of what they are about. */
function together(facts: readonly Fact[]): Fact {
  const [{ departmentId, concerned }] = facts as [Fact];
  const sorted = <K extends 'firstAt' | 'lastAt' | 'day'>(of: K) => facts.map((fact) => fact[of]).sort();
  const named = (of: 'eventIds' | 'subjectIds') =>
    [...new Set(facts.flatMap((fact) => fact[of] ?? []))].slice(0, NAMED);
  const targets = facts.flatMap(({ target }) => (target ? [toGlobalId(target.type, target.id)] : []));
  return {
    key: ['gathered', uuidv7()],
    departmentId,
    concerned,
    observed: facts.reduce((sum, { observed }) => sum + observed, 0),
    firstAt: sorted('firstAt')[0] as string,
    lastAt: sorted('lastAt').at(-1) as string,
    day: sorted('day').at(-1) as string,
    eventIds: named('eventIds'),
    subjectIds: named('subjectIds'),
    detail: { gathered: facts.length, ...(targets.length > 0 ? { examples: targets.slice(0, EACH) } : {}) },
  };
}

/** @returns those that are new */
async function store({ query, today, actor }: Session, rule: PatrolCode, cases: readonly (readonly [string, Fact])[]) {
  const { workdays, thresholds } = patrolRule(rule);
  const due = addWorkdays(today, workdays);
  const rows = cases.map(([key, fact]) => ({
    id: uuidv7(),
    rule,
    rule_version: ruleOn(thresholds, fact.day).version,
    fact_key: key,
    department_id: fact.departmentId,
    concerned: fact.concerned,
    found_on: today,
    due_on: due,
    observed: fact.observed,
    first_at: fact.firstAt,
    last_at: fact.lastAt,
    event_ids: fact.eventIds ?? [],
    subject_ids: fact.subjectIds ?? [],
    target_type: fact.target?.type ?? null,
    target_id: fact.target?.id ?? null,
    detail: fact.detail ?? {},
    state: 'OPEN',
  }));
  const stored = await query<{ id: string; key: string; isNew: boolean }>(sql`
    insert into patrol_finding as f (id, rule, rule_version, fact_key, department_id, concerned, found_on, due_on, observed,
      first_at, last_at, event_ids, subject_ids, target_type, target_id, detail, state)
    select id, rule, rule_version, fact_key, department_id, concerned, found_on, due_on, observed,
      first_at, last_at, event_ids, subject_ids, target_type, target_id, detail, state
    from jsonb_populate_recordset(null::patrol_finding, ${JSON.stringify(rows)}::jsonb)
    on conflict (rule, fact_key) do update set observed = excluded.observed, last_at = excluded.last_at,
      event_ids = excluded.event_ids, subject_ids = excluded.subject_ids, detail = excluded.detail
      where f.state = 'OPEN' and excluded.observed > f.observed
    returning id, fact_key as key, xmax = 0 as "isNew"`);
  const made = stored.filter(({ isNew }) => isNew);
  await query(sql`
    insert into patrol_step (id, finding_id, action, state, actor)
    select gen_random_uuid(), id, 'FOUND', 'OPEN', ${actor.user} from unnest(${made.map(({ id }) => id)}::uuid[]) id`);
  return made;
}

function* portions<T>(all: readonly T[]): Generator<T[]> {
  for (let at = 0; at < all.length; at += AT_ONCE) yield all.slice(at, at + AT_ONCE);
}
