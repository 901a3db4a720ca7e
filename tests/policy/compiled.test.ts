import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { type Actor, ANONYMOUS } from '../../src/permissions/actor.js';
import { printPolicySql } from '../../src/permissions/compile/rls.js';
import { fieldsOf, rowsOf } from '../../src/permissions/matrix.js';
import type { Fact, Predicate } from '../../src/permissions/predicates.js';
import { PURPOSE_NAMES, type Purpose } from '../../src/permissions/purposes.js';
import { POSTGRES_ROLES, ROLE_NAMES } from '../../src/permissions/roles.js';
import { type Hub, startHub } from '../kit/hub.js';
import { CASE, callerOf } from './cast.js';
import { asWeakLogin } from './postgres.js';

let hub: Hub;
let owner: pg.Client;
let weak: pg.Client;
beforeAll(async () => {
  hub = await startHub({ demo: false });
  [owner, weak] = [new pg.Client(hub.ownerUrl), new pg.Client(hub.appUrl)];
  await Promise.all([owner.connect(), weak.connect()]);
});
afterAll(async () => {
  await owner?.end();
  await weak?.end();
  await hub?.remove();
});

const names = async (query: string): Promise<string[]> => {
  const { rows } = await owner.query<{ name: string }>(query);
  return rows.map(({ name }) => name).sort();
};
const printed = printPolicySql();
const found = (pattern: RegExp): RegExpExecArray[] => [...printed.matchAll(pattern)];

describe('Postgres obeys what is printed', () => {
  test('migrations/policy.sql is what the matrix prints', () => {
    expect(readFileSync(new URL('../../migrations/policy.sql', import.meta.url), 'utf8')).toBe(printed);
  });

  test('its policies are the printed ones, and no other', async () => {
    const policies = found(/^create policy (\w+) on (\w+)/gm).map(([, policy, table]) => `${table} ${policy}`);
    expect(
      await names(`select tablename || ' ' || policyname as name from pg_policies where schemaname = 'public'`),
    ).toEqual(policies.sort());
  });

  test('so are the rights of the logins and roles, to the column, and no other', async () => {
    const grants = found(/^grant (.+) on (\w+) to (hub_\w+(?:, hub_\w+)*);$/gm).flatMap(
      ([, rights = '', table, to = '']) =>
        to
          .split(', ')
          .flatMap((login) =>
            [...rights.matchAll(/(\w+)(?: \(([^)]+)\))?/g)].flatMap(([, right = '', columns]) =>
              (columns?.split(', ') ?? ['']).map((column) =>
                `${login} ${right.toUpperCase()} ${table} ${column}`.trim(),
              ),
            ),
          ),
    );
    const given = await names(`
      with whole as (
        select grantee, privilege_type, table_name from information_schema.table_privileges
        where grantee like 'hub\\_%' and grantee <> 'hub_owner' and table_schema = 'public')
      select grantee || ' ' || privilege_type || ' ' || table_name as name from whole
      union all
      select grantee || ' ' || privilege_type || ' ' || table_name || ' ' || column_name
      from information_schema.column_privileges
      where grantee like 'hub\\_%' and grantee <> 'hub_owner' and table_schema = 'public'
        and (grantee, privilege_type, table_name) not in (select * from whole)`);
    expect(given).toEqual([...new Set(grants)].filter((name) => !name.includes(' schema')).sort());
  });

  test('every table that a login may touch forces row security on its owner too', async () => {
    expect(
      await names(`select distinct c.relname as name from pg_class c
        join information_schema.table_privileges p on p.table_name = c.relname and p.grantee like 'hub\\_%' and p.grantee <> 'hub_owner'
        where c.relnamespace = 'public'::regnamespace and not case when c.relkind = 'v'
          -- a view reads as its reader, under the row security of what it is made of
          then 'security_invoker=true' = any(coalesce(c.reloptions, '{}')) else c.relrowsecurity and c.relforcerowsecurity end`),
    ).toEqual([]);
  });

  test('the weak logins and the roles own nothing, inherit nothing, and bypass nothing', async () => {
    const { rows } = await owner.query(
      `select (select count(*)::int from pg_class where relowner = r.oid) as owns,
        rolinherit, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb
      from pg_roles r where rolname in ('hub_app', 'hub_audit') or rolname = any($1)`,
      [POSTGRES_ROLES],
    );
    const nothing = {
      owns: 0,
      rolinherit: false,
      rolsuper: false,
      rolbypassrls: false,
      rolcreaterole: false,
      rolcreatedb: false,
    };
    expect(rows).toEqual(Array.from({ length: 2 + POSTGRES_ROLES.length }, () => nothing));
    expect(POSTGRES_ROLES).toHaveLength(ROLE_NAMES.length);
  });
});

describe('the weak login acts as one role at a time', () => {
  test('it may take on every role of the policy and be nothing else, and only they may touch a table', async () => {
    expect(
      await names(`select granted.rolname || case when granted.rolcanlogin then ' logs in' else '' end as name
        from pg_auth_members m join pg_roles granted on granted.oid = m.roleid join pg_roles member on member.oid = m.member
        where member.rolname in ('hub_app', 'hub_audit')`),
    ).toEqual([...POSTGRES_ROLES].sort());
    expect(
      await names(`select table_name as name from information_schema.table_privileges where grantee = 'hub_app'`),
    ).toEqual([]);
  });

  test('a statement that forgot to say as whom it runs is refused, one that did leaves nothing behind', async () => {
    const refused = { code: '42501' };
    await expect(weak.query('select from credit_record')).rejects.toMatchObject(refused);
    await asWeakLogin(weak, { ...ANONYMOUS }, () => weak.query('select from credit_record'));
    await expect(weak.query('select from credit_record')).rejects.toMatchObject(refused);
    await expect(weak.query('set role hub_owner')).rejects.toMatchObject(refused);
    await expect(weak.query('set role hub_audit')).rejects.toMatchObject(refused);
  });

  test('the settings of one role are nothing to another', async () => {
    const auditor = { ...ANONYMOUS, role: 'AUDITOR' as const, user: 'a', purpose: 'AUDIT' as const, caseNo: CASE };
    const seen = await asWeakLogin(weak, auditor, async () => {
      await weak.query(`select set_config('role', 'hub_system_admin', true)`);
      return (await weak.query('select count(*)::int as n from access_event')).rows;
    });
    expect(seen).toEqual([{ n: 0 }]);
  });
});

/** The facts that a predicate asks for. */
function factsOf(predicate: Predicate): Fact[] {
  const asked = new Set<Fact>();
  predicate.sql((fact) => {
    asked.add(fact);
    return 'true';
  });
  return [...asked];
}

const subsets = (facts: Fact[]): Set<Fact>[] =>
  Array.from({ length: 2 ** facts.length }, (_, bits) => new Set(facts.filter((_fact, i) => bits & (2 ** i))));

describe('a cell judges alike in code and in SQL', () => {
  const cells = ROLE_NAMES.flatMap((role) =>
    [...Object.entries(rowsOf(role)), ...Object.entries(fieldsOf(role))]
      // fields only, of rows that Postgres has judged: it has no face of its own in SQL
      .filter(([, predicate]) => predicate.name !== 'readable')
      .map(([of, predicate]) => ({ role, of, predicate })),
  );

  test.each(ROLE_NAMES)('%s', async (role) => {
    const stated: [Purpose | null, string | null][] = [null, ...PURPOSE_NAMES].flatMap(
      (purpose) =>
        [
          [purpose, null],
          [purpose, CASE],
        ] as [Purpose | null, string | null][],
    );
    const faults: string[] = [];
    let judged = 0;
    for (const [purpose, caseNo] of stated) {
      const actor: Actor = { ...callerOf(role).actor, purpose, caseNo };
      const asked = cells
        .filter((cell) => cell.role === role)
        .flatMap(({ of, predicate }) => subsets(factsOf(predicate)).map((facts) => ({ of, predicate, facts })));
      const texts = asked.map(({ predicate, facts }) => predicate.sql((fact) => String(facts.has(fact))));
      const answers = await asWeakLogin(weak, actor, async () => {
        const { rows } = await weak.query<{ said: (boolean | null)[] }>(`select array[${texts.join(', ')}] as said`);
        return rows[0]?.said ?? [];
      });
      for (const [i, { of, predicate, facts }] of asked.entries()) {
        judged++;
        const inCode = predicate.allows(actor, (fact) => facts.has(fact)) === 'yes';
        // null is not true: Postgres keeps the row back
        if ((answers[i] === true) !== inCode) {
          faults.push(`${of} ${predicate.name} with ${purpose}, ${caseNo}, ${[...facts]}: ${inCode} in code`);
        }
      }
    }
    expect(faults).toEqual([]);
    expect(judged).toBeGreaterThan(stated.length * 5);
  });
});
