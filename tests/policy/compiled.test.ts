import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import type { Actor } from '../../src/permissions/actor.js';
import { printPolicySql } from '../../src/permissions/compile/rls.js';
import { fieldsOf, rowsOf } from '../../src/permissions/matrix.js';
import type { Fact, Predicate } from '../../src/permissions/predicates.js';
import { PURPOSE_NAMES, type Purpose } from '../../src/permissions/purposes.js';
import { ROLE_NAMES } from '../../src/permissions/roles.js';
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

  test('so are the rights of the two logins, and no other', async () => {
    const grants = found(/^grant ([\w, ()]+) on (\w+) to (hub_\w+(?:, hub_\w+)*);$/gm).flatMap(
      ([, rights = '', table, logins = '']) =>
        logins
          .split(', ')
          .flatMap((login) =>
            rights.split(', ').map((right) => `${login} ${right.replace(/ \(.*/, '').toUpperCase()} ${table}`),
          ),
    );
    const given = await names(`
      select distinct grantee || ' ' || privilege_type || ' ' || table_name as name from information_schema.column_privileges
      where grantee like 'hub\\_%' and grantee <> 'hub_owner' and table_schema = 'public'
      union select grantee || ' ' || privilege_type || ' ' || table_name from information_schema.table_privileges
      where grantee like 'hub\\_%' and grantee <> 'hub_owner' and table_schema = 'public'`);
    expect(given).toEqual([...new Set(grants)].filter((name) => !name.includes(' schema')).sort());
  });

  test('every table that a login may touch forces row security on its owner too', async () => {
    expect(
      await names(`select distinct c.relname as name from pg_class c
        join information_schema.table_privileges p on p.table_name = c.relname and p.grantee in ('hub_app', 'hub_audit')
        where c.relnamespace = 'public'::regnamespace and not (c.relrowsecurity and c.relforcerowsecurity)`),
    ).toEqual([]);
  });

  test('the weak login owns nothing, inherits nothing, and bypasses nothing', async () => {
    const { rows } = await owner.query(`
      select (select count(*)::int from pg_class where relowner = r.oid) as owns,
        (select count(*)::int from pg_auth_members where member = r.oid) as member,
        rolsuper, rolbypassrls, rolcreaterole, rolcreatedb
      from pg_roles r where rolname in ('hub_app', 'hub_audit')`);
    const nothing = {
      owns: 0,
      member: 0,
      rolsuper: false,
      rolbypassrls: false,
      rolcreaterole: false,
      rolcreatedb: false,
    };
    expect(rows).toEqual([nothing, nothing]);
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
