import { fieldsOf, rowsOf } from '../matrix.js';
import { bare, type Fact, once, type Predicate, setting } from '../predicates.js';
import { ROLE_NAMES, type Role } from '../roles.js';
import {
  CONSENT_STATED,
  GUARDED,
  type GuardedTable,
  type GuardedTableName,
  REFERENCE_TABLES,
  SPEND_CONSENT,
  SUBJECT_FACTS,
} from '../rows.js';
import { type Powers, VERBS, type Verb } from '../verbs.js';
import { printEnqueue } from './jobs.js';

const tables = Object.entries(GUARDED) as [GuardedTableName, GuardedTable][];
const verbs = Object.entries(VERBS) as [Verb, { may: Record<Role, Predicate>; powers: Powers }][];

/** A fact that the table can't know denies. */
const factOf = (table: GuardedTable) => (fact: Fact) => table.facts[fact] ?? 'false';

// Each subselect of a policy is planned and set up with every statement that reads the table, whether it is evaluated or
// not: so a policy asks once which role it is, and once which verb runs, however many there are.

const rolesThatMay = (verb: Verb) => ROLE_NAMES.filter((role) => VERBS[verb].may[role].name !== 'never');
const quoted = (names: readonly string[]) => names.map((name) => `'${name}'`).join(', ');
/** While one of the verbs runs, and only for roles that have it. */
const during = (running: readonly Verb[]) => {
  const pairs = running.flatMap((verb) => rolesThatMay(verb).map((role) => `${verb} ${role}`));
  return once((of) => `${of('verb')} || ' ' || ${of('role')} in (${quoted(pairs)})`);
};

/** The SQL face of one role's cell for one table. */
export function rowCell(table: GuardedTable, role: Role): string {
  const is = factOf(table);
  if (table.side) return fieldsOf(role)[table.side].sql(is);
  if (table.class !== 'subject') return rowsOf(role)[table.class].sql(is);
  const { organisation, person } = rowsOf(role);
  return `case when ${is('organisation')} then ${organisation.sql(is)} else ${person.sql(is)} end`;
}

/** One way of being allowed to read a row: what must be true of the actor, and what of the row. */
interface Way {
  actor: string;
  row: string;
}

/** A predicate as its ways: each `either` part is one, and of a `both` what asks the actor alone is told apart. */
function waysOf(predicate: Predicate, is: (fact: Fact) => string): Way[] {
  if (predicate.any) return predicate.any.flatMap((one) => waysOf(one, is));
  const parts = predicate.all ?? [predicate];
  if (parts.some((part) => part.any)) return [{ actor: 'true', row: predicate.sql(is) }];
  const and = (texts: string[]) => texts.filter((text) => text !== 'true').join(' and ') || 'true';
  return [
    {
      actor: and(parts.flatMap((part) => part.actor ?? [])),
      row: and(parts.flatMap((part) => (part.actor ? [] : [part.sql(is)]))),
    },
  ];
}

/** The ways of one role's cell for one table. */
function cellOf(table: GuardedTable, role: Role): Way[] {
  const is = factOf(table);
  if (table.side) return waysOf(fieldsOf(role)[table.side], is);
  if (table.class !== 'subject') return waysOf(rowsOf(role)[table.class], is);
  const { organisation, person } = rowsOf(role);
  const of = (kind: string, ways: Way[]) =>
    ways.map(({ actor, row }) => ({
      actor,
      row: row === 'false' ? row : row === 'true' ? kind : `${kind} and ${row}`,
    }));
  return [
    ...of(is('organisation'), waysOf(organisation, is)),
    ...of(`not (${is('organisation')})`, waysOf(person, is)),
  ];
}

/** All roles' cells, by what they ask of the row: each such question stands once, behind who may ask it. */
function cells(table: GuardedTable): string[] {
  const byRow = new Map<string, Map<string, Role[]>>();
  for (const role of ROLE_NAMES) {
    for (const { actor, row } of cellOf(table, role)) {
      if (row === 'false' || actor === 'false') continue;
      const byActor = byRow.get(row) ?? new Map<string, Role[]>();
      byRow.set(row, byActor.set(actor, [...(byActor.get(actor) ?? []), role]));
    }
  }
  return [...byRow].map(([row, byActor]) => {
    const who = [...byActor].map(([actor, roles]) => {
      const named = `${bare('role')} in (${quoted([...new Set(roles)])})`;
      return actor === 'true' ? named : `(${named} and ${actor})`;
    });
    const asked = once(() => who.join(' or '));
    return row === 'true' ? asked : `(${asked} and ${row})`;
  });
}

function selectPolicy(name: GuardedTableName, table: GuardedTable): string {
  const reading = verbs.filter(([, { powers }]) => powers.reads?.includes(name)).map(([verb]) => verb);
  const shown = answerable(name) ? [answered] : [];
  // What looks into other tables comes last: it is asked only where nothing simpler allows the row.
  const dear = (way: string) => /exists \(|subject_\w+\(|consent_stated\(/.test(way);
  const ways = cells(table);
  const any = [
    ...ways.filter((way) => !dear(way)),
    ...(reading.length > 0 ? [during(reading)] : []),
    ...shown,
    ...ways.filter(dear),
  ];
  return `create policy ${name}__reader__select on ${name} for select to hub_app using (\n  ${any.join('\n  or ') || 'false'});`;
}

function writePolicy(name: GuardedTableName, table: GuardedTable, command: 'insert' | 'update'): string | null {
  const byFact = new Map<Fact | 'always', Verb[]>();
  for (const [verb, { powers }] of verbs) {
    const fact = (command === 'insert' ? powers.inserts : powers.updates)?.[name];
    if (fact) byFact.set(fact, [...(byFact.get(fact) ?? []), verb]);
  }
  if (byFact.size === 0) return null;
  const allowed = [...byFact].map(([fact, running]) =>
    fact === 'always' ? during(running) : `(${during(running)} and ${factOf(table)(fact)})`,
  );
  const condition = `\n  ${allowed.join('\n  or ')}`;
  const clause =
    command === 'insert' ? `with check (${condition})` : `using (${condition})\n  with check (${condition})`;
  return `create policy ${name}__verb__${command} on ${name} for ${command} to hub_app ${clause};`;
}

function guarded(name: GuardedTableName, table: GuardedTable): string[] {
  const writes = (['insert', 'update'] as const)
    .map((command) => ({ command, policy: writePolicy(name, table, command) }))
    .filter((write) => write.policy !== null);
  return [
    selectPolicy(name, table),
    ...writes.map((write) => write.policy as string),
    `grant ${['select', ...writes.map((write) => write.command)].join(', ')} on ${name} to hub_app;`,
  ];
}

function reference(name: (typeof REFERENCE_TABLES)[number]): string[] {
  const movers = verbs.filter(([, { powers }]) => powers.moves?.[0] === name);
  const column = movers[0]?.[1].powers.moves?.[1];
  return [
    `create policy ${name}__anyone__select on ${name} for select to hub_app using (true);`,
    `grant select on ${name} to hub_app;`,
    ...(column
      ? [
          `create policy ${name}__verb__update on ${name} for update to hub_app using (${during(movers.map(([verb]) => verb))});`,
          `grant update (${column}) on ${name} to hub_app;`,
        ]
      : []),
  ];
}

/** The rows that an answer of a verb may show, whatever their state. */
const answered = `id = any(${once((of) => `string_to_array(${of('answer')}, ',')::uuid[]`)}::uuid[])`;

const answerable = (name: GuardedTableName): boolean =>
  ['subject', 'credit_record', 'list_entry', 'commitment', 'credit_check', 'consent'].includes(name);

/** Roles by what they share, in the order of the first. */
function byText(textOf: (role: Role) => string): [string, Role[]][] {
  const texts = new Map<string, Role[]>();
  for (const role of ROLE_NAMES) texts.set(textOf(role), [...(texts.get(textOf(role)) ?? []), role]);
  return [...texts];
}

/**
 * Runs as the owner, past row security, so each proof carries the role's own row cell. The generic plan: settings are
 * read when it runs, so it fits every actor; only the branch of the caller's role is ever planned.
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
        `  if current_setting('hub.role', true) in (${quoted(roles)}) then\n    return ${text};\n  end if;`,
    );
  return `create or replace function ${name}(uuid) returns boolean language plpgsql stable security definer
  set search_path = pg_catalog, public set plan_cache_mode = force_generic_plan as $$
begin
${branches.join('\n')}
  return false;
end $$;
revoke all on function ${name}(uuid) from public;
grant execute on function ${name}(uuid) to hub_app;`;
}

/** A verb leaves rows in its caller's name; what is left is read by nobody until a cell says by whom. */
const left = verbs.flatMap(([verb, { powers }]) =>
  powers.leaves
    ? [
        `create policy ${powers.leaves}__verb__insert on ${powers.leaves} for insert to hub_app with check (\n  ${during([verb])} and stored_by = ${setting('user')});`,
        `grant insert on ${powers.leaves} to hub_app;`,
      ]
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
    select id from subject
    where kind <> 'NATURAL_PERSON' and name_grams(name) @> grams and strpos(name, part) > 0
    union
    select s.id from former_name f join subject s on s.id = f.subject_id
    where s.kind <> 'NATURAL_PERSON' and name_grams(f.name) @> grams and strpos(f.name, part) > 0;
end $$;
revoke all on function subject_named(text) from public;
grant execute on function subject_named(text), name_grams(text) to hub_app;`;

const OWN_REQUESTS = `actor = ${setting('user')}`;
const WAITING = `${during(['submitRecords'])} and department_id = ${setting('department', 'uuid')}`;
const ALL_TABLES = [
  ...tables.map(([name]) => name),
  ...REFERENCE_TABLES,
  'idempotent_request',
  'row_revision',
  'audit_leaf',
  'consent_use',
  'key_check',
  'evidence_file',
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
    'revoke all on all tables in schema public from public, hub_app, hub_audit;',
    'revoke all on all functions in schema public from public, hub_app, hub_audit;',
    'grant usage on schema public to hub_app, hub_audit;',
    ...Object.entries(SUBJECT_FACTS).map(factFunction),
    NAME_SEARCH,
    CONSENT_STATED,
    SPEND_CONSENT,
    ...ALL_TABLES.flatMap((name) => [
      `alter table ${name} enable row level security;`,
      `alter table ${name} force row level security;`,
      `create policy ${name}__owner__all on ${name} to current_user using (true) with check (true);`,
    ]),
    ...tables.flatMap(([name, table]) => guarded(name, table)),
    ...REFERENCE_TABLES.flatMap(reference),
    ...left,
    '-- A verb leaves its event in its own transaction, in its own name; what reads leave comes by the audit login.',
    `create policy access_event__actor__insert on access_event for insert to hub_app with check (seq is null and actor = ${setting('user')} and role = ${setting('role')});`,
    'create policy access_event__audit__insert on access_event for insert to hub_audit with check (seq is null);',
    'grant insert on access_event to hub_app, hub_audit;',
    '-- Spent by spend_consent alone; counted by whoever may read the consent.',
    'create policy consent_use__reader__select on consent_use for select to hub_app using (exists (select 1 from consent k where k.id = consent_id));',
    'grant select on consent_use to hub_app;',
    `create policy idempotent_request__actor__all on idempotent_request to hub_app using (${OWN_REQUESTS}) with check (${OWN_REQUESTS});`,
    'grant select, insert, update on idempotent_request to hub_app;',
    '-- What waits for its job: put there and taken out while the verb runs, in the request and in the job, by its department.',
    `create policy waiting_submission__verb__all on waiting_submission to hub_app using (${WAITING}) with check (${WAITING});`,
    'grant select, insert, delete on waiting_submission to hub_app;',
    printEnqueue(),
    '',
  ].join('\n');
}
