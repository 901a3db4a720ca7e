import {
  CASE_SEALED,
  CONSENT_STATED,
  MARKET_TOLD,
  OWN_CHECKS,
  PATROL_CHANGES,
  SPEND_CONSENT,
  SUBJECT_FACTS,
} from '../functions.js';
import { fieldsOf, rowsOf } from '../matrix.js';
import type { Powers } from '../powers.js';
import { type Fact, once, type Predicate, setting } from '../predicates.js';
import { POSTGRES_ROLES, postgresRole, ROLE_NAMES, type Role } from '../roles.js';
import { GUARDED, type GuardedTable, type GuardedTableName, REFERENCE_TABLES } from '../rows.js';
import { powersOf, VERB_NAMES, VERBS, type Verb } from '../verbs.js';
import { VIEWS, type View } from '../views.js';
import { factOf, rowCell } from './cells.js';
import { columnsFor } from './columns.js';
import { printEnqueue } from './jobs.js';
import { printReceipts } from './receipts.js';
import { printStatistics } from './statistics.js';

const tables = Object.entries(GUARDED) as [GuardedTableName, GuardedTable][];
const verbs = Object.entries(VERBS) as [Verb, { may: Record<Role, Predicate>; powers: Powers }][];

// Each subselect of a policy is planned and set up with every statement that reads the table, whether it is evaluated or
// not: so every role of the hub is a role of Postgres with policies of its own, and no statement carries another's.

const quoted = (names: readonly string[]) => names.map((name) => `'${name}'`).join(', ');
const named = (roles: readonly Role[]) => roles.map(postgresRole).join(', ');
const EVERY_ROLE = POSTGRES_ROLES.join(', ');
/** The login itself keeps nothing: a statement that forgot to say as whom it runs is refused. */
const EVERYBODY = `public, hub_app, hub_audit, ${EVERY_ROLE}`;

/** While one of the verbs runs, those that this role has; null where it has none. */
function during(running: readonly Verb[], role: Role): string | null {
  const may = running.filter((verb) => VERBS[verb].may[role].name !== 'never');
  return may.length > 0 ? once((of) => `${of('verb')} in (${quoted(may)})`) : null;
}

/** What a predicate is an `either` of, each on its own line of the policy. */
const waysOf = (predicate: Predicate, is: (fact: Fact) => string): string[] =>
  (predicate.any ?? [predicate]).flatMap((one) => (one.any ? waysOf(one, is) : [one.sql(is)]));

/** The ways in which one role reads rows of one table. */
function cellOf(table: GuardedTable, role: Role): string[] {
  const is = factOf(table);
  if (table.side) return waysOf(fieldsOf(role)[table.side], is);
  if (table.class !== 'subject') return waysOf(rowsOf(role)[table.class], is);
  const { organisation, person } = rowsOf(role);
  const of = (kind: string, ways: string[]) =>
    ways.filter((way) => way !== 'false').map((way) => (way === 'true' ? kind : `${kind} and ${way}`));
  return [
    ...of(is('organisation'), waysOf(organisation, is)),
    ...of(`not (${is('organisation')})`, waysOf(person, is)),
  ];
}

// What looks into other tables comes last: it is asked only where nothing simpler allows the row.
const dear = (way: string) =>
  /exists \(|\b(subject|record|entry|commitment)_[a-z_]+\(|consent_\w+\(|case_sealed\(/.test(way);

/** One role's condition for reading the table; null where it reads nothing of it. */
function mayRead(name: GuardedTableName, table: GuardedTable, role: Role): string | null {
  const reading = VERB_NAMES.filter((verb) => powersOf(verb, role).reads?.includes(name));
  const ways = cellOf(table, role).filter((way) => way !== 'false');
  if (ways.includes('true')) return 'true';
  const any = [
    ...ways.filter((way) => !dear(way)),
    ...[during(reading, role) ?? []].flat(),
    ...(answerable(name) && answers(role) ? [answered] : []),
    ...ways.filter(dear),
  ];
  return any.length > 0 ? `\n  ${any.join('\n  or ')}` : null;
}

/** Whether a role reads no row of a table but what is open to all: the audit log has none of them to note. */
export function readsOnlyOpen(role: Role, table: string): boolean {
  const guarded: GuardedTable | undefined = GUARDED[table as GuardedTableName];
  if (!guarded?.facts.public) return false;
  const key = `${role} ${table}`;
  const only = onlyOpen.get(key) ?? mayRead(table as GuardedTableName, guarded, role)?.trim() === guarded.facts.public;
  onlyOpen.set(key, only);
  return only;
}
const onlyOpen = new Map<string, boolean>();

/** One role's condition for writing the table by its verbs; null where none of them may. */
function mayWrite(name: GuardedTableName, table: GuardedTable, command: Write, role: Role): string | null {
  const byFact = new Map<Fact | 'always', Verb[]>();
  for (const verb of VERB_NAMES) {
    const powers = powersOf(verb, role);
    const fact = (command === 'insert' ? powers.inserts : powers.updates)?.[name];
    if (fact) byFact.set(fact, [...(byFact.get(fact) ?? []), verb]);
  }
  const any = [...byFact].flatMap(([fact, running]) => {
    const runs = during(running, role);
    if (!runs) return [];
    return [fact === 'always' ? runs : `(${runs} and ${factOf(table)(fact)})`];
  });
  return any.length > 0 ? `\n  ${any.join('\n  or ')}` : null;
}
type Write = 'insert' | 'update';

/** A policy for all roles of one condition, named after the first of them; and the right to the command. */
function policies(table: string, command: 'select' | Write, conditionOf: (role: Role) => string | null): string[] {
  const groups = byText((role) => conditionOf(role) ?? '').filter(([condition]) => condition !== '');
  if (groups.length === 0) return [];
  const clause = (condition: string) => {
    if (command === 'insert') return `with check (${condition})`;
    return command === 'update' ? `using (${condition})\n  with check (${condition})` : `using (${condition})`;
  };
  return [
    ...groups.map(
      ([condition, roles]) =>
        `create policy ${table}__${(roles[0] as Role).toLowerCase()}__${command} on ${table} for ${command} to ${named(roles)} ${clause(condition)};`,
    ),
    ...(command === 'select'
      ? []
      : [`grant ${command} on ${table} to ${named(groups.flatMap(([, roles]) => roles))};`]),
  ];
}

const guarded = (name: GuardedTableName, table: GuardedTable): string[] => [
  ...policies(name, 'select', (role) => mayRead(name, table, role)),
  // Whoever has no policy of its own reads no row: a key less would tell it so by an error.
  ...byText((role) => columnsFor(role, name)?.join(', ') ?? '').map(
    ([columns, roles]) => `grant select${columns && ` (${columns})`} on ${name} to ${named(roles)};`,
  ),
  ...(['insert', 'update'] as const).flatMap((command) =>
    policies(name, command, (role) => mayWrite(name, table, command, role)),
  ),
];

function reference(name: (typeof REFERENCE_TABLES)[number]): string[] {
  const movers = verbs.filter(([, { powers }]) => powers.moves?.[0] === name);
  const column = movers[0]?.[1].powers.moves?.[1];
  const moved = policies(name, 'update', (role) =>
    during(
      movers.map(([verb]) => verb).filter((verb) => powersOf(verb, role).moves),
      role,
    ),
  );
  return [
    `create policy ${name}__anyone__select on ${name} for select to ${EVERY_ROLE} using (true);`,
    `grant select on ${name} to ${EVERY_ROLE};`,
    ...moved.map((text) => text.replace(/^grant update /, `grant update (${column}) `)),
  ];
}

/** The rows that an answer of a verb may show, whatever their state. */
const answered = `id = any(${once((of) => `string_to_array(${of('answer')}, ',')::uuid[]`)}::uuid[])`;

/** Only a verb has rows to show. */
const answers = (role: Role): boolean => verbs.some(([, { may }]) => may[role].name !== 'never');
const answerable = (name: GuardedTableName): boolean =>
  [
    'subject',
    'credit_record',
    'list_entry',
    'commitment',
    'credit_check',
    'consent',
    'patrol_finding',
    'inspection',
    'inspection_item',
    'subject_merge',
    'collection_agreement',
  ].includes(name);

/** Roles by what they share, in the order of the first. */
function byText(textOf: (role: Role) => string): [string, Role[]][] {
  const texts = new Map<string, Role[]>();
  for (const role of ROLE_NAMES) texts.set(textOf(role), [...(texts.get(textOf(role)) ?? []), role]);
  return [...texts];
}

/**
 * Runs as the owner, past row security, so each proof carries the role's own row cell. The generic plan: settings are
 * read when it runs, so it fits every actor; only the branch of the caller's role is ever planned.
 * `role` stays the caller's while the function runs as its owner.
 */
function factFunction([name, proofs]: [string, (typeof SUBJECT_FACTS)[keyof typeof SUBJECT_FACTS]]): string {
  const asked = (role: Role) => tables.some(([, table]) => rowCell(table, role).includes(`${name}(`));
  const proven = (role: Role) =>
    proofs
      .map(({ table, where }) => {
        const cell = rowCell(GUARDED[table], role);
        const may = answerable(table) ? (cell === 'false' ? answered : `(${cell} or ${answered})`) : cell;
        return `exists (select 1 from public.${table} where ${where} and ${may})`;
      })
      .join('\n      or ');
  const branches = byText(proven)
    .map(([text, roles]) => [text, roles.filter(asked)] as const)
    .filter(([, roles]) => roles.length > 0)
    .map(
      ([text, roles]) =>
        `  if current_setting('role') in (${quoted(roles.map(postgresRole))}) then\n    return ${text};\n  end if;`,
    );
  return `create or replace function ${name}(uuid) returns boolean language plpgsql stable security definer
  set search_path = pg_catalog, public set plan_cache_mode = force_generic_plan as $$
begin
${branches.join('\n')}
  return false;
end $$;
revoke all on function ${name}(uuid) from public;
grant execute on function ${name}(uuid) to ${EVERY_ROLE};`;
}

/** Asked only of rows that nothing simpler allows; it says in full whose checks count, and so needs no policy beneath it. */
const ownCheck = ([name, found]: [string, string]): string =>
  `create or replace function ${name}(uuid) returns boolean language plpgsql stable security definer
  set search_path = pg_catalog, public set plan_cache_mode = force_generic_plan as $$
begin
  return ${found};
end $$;
revoke all on function ${name}(uuid) from public;
grant execute on function ${name}(uuid) to ${EVERY_ROLE};`;

/** A verb leaves rows in its caller's name; what is left is read by nobody until a cell says by whom. */
const left = verbs.flatMap(([verb, { powers }]) =>
  powers.leaves
    ? policies(powers.leaves, 'insert', (role) => {
        const runs = during([verb], role);
        return runs && `${runs} and stored_by = ${setting('user')}`;
      })
    : [],
);

/**
 * Search by name. LIKE is not leakproof, so under row security it would be asked of every row before an index may be
 * used; this runs as the owner, fixes its search_path, answers ids of organisations only (a person's name must not become
 * a way to find it), and whoever asks reads the rows behind them under its own row security.
 */
const NAME_SEARCH = `create or replace function subject_named(part text) returns setof uuid language plpgsql stable
  security definer rows 50 set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
declare
  grams text[] := case when char_length(part) < 2 then array_remove(array[part], '')
    else array(select substr(part, i, 2) from generate_series(1, char_length(part) - 1) i) end;
begin
  return query
    select coalesce(merged_into, id) from subject
    where kind <> 'NATURAL_PERSON' and name_grams(name) @> grams and strpos(name, part) > 0
    union
    select coalesce(s.merged_into, s.id) from former_name f join subject s on s.id = f.subject_id
    where s.kind <> 'NATURAL_PERSON' and name_grams(f.name) @> grams and strpos(f.name, part) > 0;
end $$;
revoke all on function subject_named(text) from public;
grant execute on function subject_named(text), name_grams(text) to ${EVERY_ROLE};`;

const LOG_READERS = ROLE_NAMES.filter((role) => rowsOf(role).event.name !== 'never');

/**
 * 访问记录 The events about one subject, and about those that have turned out to be it. Neither `&&` nor an array's `any` is leakproof, so under row security the log's
 * index of subjects is never used, and an own access log would read everybody's from end to end. Ids alone, and only to
 * whoever reads events; whoever asks reads the rows behind them under its own row security.
 */
const LOOKS = `create or replace function events_about(about uuid) returns setof uuid language plpgsql stable
  security definer rows 100 set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
begin
  if current_setting('role') in (${quoted(LOG_READERS.map(postgresRole))}) then
    return query select id from access_event where subject_ids && subject_group(about);
  end if;
end $$;
revoke all on function events_about(uuid) from public;
grant execute on function events_about(uuid) to ${EVERY_ROLE};`;

/**
 * 归并 Whom an id means today: the id of one that has turned out to be another means that one. Of an id that nobody could
 * guess it tells another such id, and nothing else; a token's subject is looked up before there is an actor.
 */
const SUBJECT_SURVIVOR = `create or replace function subject_survivor(uuid) returns uuid language sql stable security definer
  set search_path = public, pg_temp as 'select coalesce((select merged_into from subject where id = $1), $1)';
revoke all on function subject_survivor(uuid) from public;
grant execute on function subject_survivor(uuid) to ${EVERY_ROLE};`;

/**
 * 归并 The other way: an id, and those that mean it today. The log of accesses is never written anew, so it is read by all
 * of them; an undone merge takes the pointer away, and with it what it showed.
 */
const SUBJECT_GROUP = `create or replace function subject_group(uuid) returns uuid[] language sql stable security definer
  set search_path = public, pg_temp as $$
  select case when $1 is null then '{}' else array_append(array(select id from subject where merged_into = $1), $1) end $$;
revoke all on function subject_group(uuid) from public;
grant execute on function subject_group(uuid) to ${EVERY_ROLE};`;

/** Runs as its reader, so that each part of it is under its own table's row security. */
const view = ({ name, select }: View): string =>
  `drop view if exists ${name};
create view ${name} with (security_invoker = true) as ${select};
revoke all on ${name} from ${EVERYBODY};
grant select on ${name} to ${EVERY_ROLE};`;

const OWN_REQUESTS = `actor = ${setting('user')}`;
const WAITING = `${once((of) => `${of('verb')} = 'submitRecords'`)} and department_id = ${setting('department', 'uuid')}`;
const SENDERS = named(ROLE_NAMES.filter((role) => VERBS.submitRecords.may[role].name !== 'never'));
const ALL_TABLES = [
  ...tables.map(([name]) => name),
  ...REFERENCE_TABLES,
  'idempotent_request',
  'row_revision',
  'audit_leaf',
  'consent_use',
  'key_check',
  'evidence_file',
  'audit_retirement',
  'audit_retired',
  'exchange_change',
  'exchange_outbox',
  'waiting_submission',
];

/** The whole of row security and grants, as one text that can be applied again and again in one transaction. */
export function printPolicySql(): string {
  return [
    '-- Printed from src/permissions by `npm run generate`. Not to be edited: change the matrix and print it again.',
    `do $$ declare p record; begin
  for p in select policyname, tablename from pg_policies where schemaname = 'public' loop
    execute format('drop policy %I on %I', p.policyname, p.tablename);
  end loop;
end $$;`,
    `revoke all on all tables in schema public from ${EVERYBODY};`,
    `revoke all on all functions in schema public from ${EVERYBODY};`,
    `grant usage on schema public to ${EVERY_ROLE}, hub_audit;`,
    ...Object.entries(OWN_CHECKS).map(ownCheck),
    ...Object.entries(SUBJECT_FACTS).map(factFunction),
    NAME_SEARCH,
    LOOKS,
    CONSENT_STATED,
    CASE_SEALED,
    MARKET_TOLD,
    SPEND_CONSENT,
    PATROL_CHANGES,
    printReceipts(),
    printStatistics(),
    SUBJECT_SURVIVOR,
    SUBJECT_GROUP,
    ...VIEWS.map(view),
    ...ALL_TABLES.flatMap((name) => [
      `alter table ${name} enable row level security;`,
      `alter table ${name} force row level security;`,
      `create policy ${name}__owner__all on ${name} to current_user using (true) with check (true);`,
    ]),
    ...tables.flatMap(([name, table]) => guarded(name, table)),
    ...REFERENCE_TABLES.flatMap(reference),
    ...left,
    '-- Asks for the verb itself; what it numbers, each partner reads under its own row security.',
    `grant execute on function exchange_number(date, int), exchange_top(), exchange_identities(uuid[]) to ${postgresRole('EXCHANGE')};`,
    '-- A verb leaves its event in its own transaction, in its own name; what reads leave comes by the audit login.',
    `create policy access_event__actor__insert on access_event for insert to ${EVERY_ROLE} with check (seq is null and actor = ${setting('user')} and role = upper(substr(current_setting('role'), 5)));`,
    'create policy access_event__audit__insert on access_event for insert to hub_audit with check (seq is null);',
    `grant insert on access_event to ${EVERY_ROLE}, hub_audit;`,
    '-- Spent by spend_consent alone; counted by whoever may read the consent.',
    `create policy consent_use__reader__select on consent_use for select to ${EVERY_ROLE} using (exists (select 1 from consent k where k.id = consent_id));`,
    `grant select on consent_use to ${EVERY_ROLE};`,
    `create policy idempotent_request__actor__all on idempotent_request to ${EVERY_ROLE} using (${OWN_REQUESTS}) with check (${OWN_REQUESTS});`,
    `grant select, insert, update on idempotent_request to ${EVERY_ROLE};`,
    '-- What waits for its job: put there and taken out while the verb runs, in the request and in the job, by its department.',
    `create policy waiting_submission__verb__all on waiting_submission to ${SENDERS} using (${WAITING}) with check (${WAITING});`,
    `grant select, insert, delete on waiting_submission to ${SENDERS};`,
    printEnqueue(),
    '',
  ].join('\n');
}
