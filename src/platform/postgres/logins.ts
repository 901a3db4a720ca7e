import type { Client } from 'pg';
import { type Cluster, type Passwords, SUPERUSER } from './cluster.js';
import { superuserClient } from './hold.js';

export const DATABASE = 'hub';

/** Logins of the hub and the password each has; none is a superuser, a member of another, or past row security. */
const LOGINS = { hub_owner: 'owner', hub_app: 'app', hub_audit: 'audit' } as const satisfies Record<
  string,
  keyof Passwords
>;
export type Login = keyof typeof LOGINS;

const ROLE = 'nologin nosuperuser noinherit nobypassrls nocreatedb nocreaterole noreplication';
const WEAK = 'login nosuperuser noinherit nobypassrls nocreatedb nocreaterole noreplication';
const ATTRIBUTES: Record<Login, string> = {
  hub_owner: 'login nosuperuser inherit nobypassrls nocreatedb nocreaterole noreplication',
  hub_app: WEAK,
  hub_audit: WEAK,
};

/** 作业队列的所有者 Owns the queue and nothing else; the owner steps down to it, nobody logs in as it. */
export const QUEUE_ROLE = 'hub_jobs';

/** Several processes that start at once take turns. */
const TURN = 4_851_370_831;

/**
 * Makes sure of the database, its logins and the roles that hub_app takes on for a transaction each, as superuser; the
 * hub itself never has those rights.
 */
export async function ensureLogins(cluster: Cluster, roles: readonly string[]): Promise<void> {
  const client = superuserClient(cluster, SUPERUSER);
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [TURN]);
    for (const login of Object.keys(LOGINS) as Login[]) await ensureLogin(client, login, cluster);
    await ensureRoles(client, roles);
    await ensureQueueRole(client);
    const { rowCount } = await client.query('select from pg_database where datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`create database ${DATABASE} owner hub_owner`);
    if (!(await isReady(client))) await openDatabaseToLogins(client, cluster);
  } finally {
    await client.end();
  }
}

export function urlOf(cluster: Cluster, login: Login): string {
  return `postgres://${login}:${cluster.passwords[LOGINS[login]]}@${encodeURIComponent(cluster.socket)}/${DATABASE}`;
}

async function ensureLogin(client: Client, login: Login, cluster: Cluster): Promise<void> {
  const { rows } = await client.query(
    `select rolcanlogin and not (rolsuper or rolbypassrls or rolcreatedb or rolcreaterole or rolreplication)
        and rolinherit = $2 as right from pg_roles where rolname = $1`,
    [login, login === 'hub_owner'],
  );
  if (rows.length === 0) {
    const password = client.escapeLiteral(cluster.passwords[LOGINS[login]]);
    await client.query(`create role ${login} ${ATTRIBUTES[login]} password ${password}`);
  } else if (!rows[0].right) {
    await client.query(`alter role ${login} ${ATTRIBUTES[login]}`);
  }
}

async function ensureQueueRole(client: Client): Promise<void> {
  const { rows } = await client.query(
    `select exists (select from pg_roles where rolname = $1) as there,
        exists (select from pg_auth_members where roleid = to_regrole($1) and member = to_regrole('hub_owner')) as lent`,
    [QUEUE_ROLE],
  );
  if (!rows[0].there) {
    await client.query(
      `create role ${QUEUE_ROLE} nologin nosuperuser nobypassrls nocreatedb nocreaterole noreplication`,
    );
  }
  if (!rows[0].lent) await client.query(`grant ${QUEUE_ROLE} to hub_owner`);
}

/** Nobody logs in by a role, and whoever takes one on has its rights alone: hub_app inherits nothing. */
async function ensureRoles(client: Client, roles: readonly string[]): Promise<void> {
  const { rows: there } = await client.query('select rolname as name from pg_roles where rolname = any($1)', [roles]);
  const missing = roles.filter((role) => !there.some(({ name }) => name === role));
  for (const role of missing) await client.query(`create role ${role} ${ROLE}`);
  const { rows: members } = await client.query(
    `select granted.rolname as granted, member.rolname as member
       from pg_auth_members m join pg_roles granted on granted.oid = m.roleid join pg_roles member on member.oid = m.member
      where member.rolname = any($1) or granted.rolname = any($1)`,
    [['hub_app', 'hub_audit', ...roles]],
  );
  const isRight = (one: { granted: string; member: string }) => one.member === 'hub_app' && roles.includes(one.granted);
  for (const { granted, member } of members.filter((one) => !isRight(one))) {
    await client.query(`revoke ${client.escapeIdentifier(granted)} from ${client.escapeIdentifier(member)} cascade`);
  }
  const lacking = roles.filter((role) => !members.some((one) => isRight(one) && one.granted === role));
  if (lacking.length > 0) await client.query(`grant ${lacking.join(', ')} to hub_app`);
}

/** The last step of a first start leaves this comment: a start that was killed before does all again. */
const DONE = 'credit-hub: logins 1';

async function isReady(client: Client): Promise<boolean> {
  const { rows } = await client.query(
    `select shobj_description(oid, 'pg_database') = $2 as ready from pg_database where datname = $1`,
    [DATABASE, DONE],
  );
  return rows[0]?.ready === true;
}

async function openDatabaseToLogins(client: Client, cluster: Cluster): Promise<void> {
  await client.query(`revoke all on database ${DATABASE}, postgres, template1 from public`);
  await client.query(`grant connect on database ${DATABASE} to hub_app, hub_audit`);
  const inside = superuserClient(cluster, DATABASE);
  await inside.connect();
  try {
    const { rowCount } = await inside.query(`select from pg_available_extensions where name = 'pg_trgm'`);
    if (rowCount) await inside.query('create extension if not exists pg_trgm');
  } finally {
    await inside.end();
  }
  await client.query(`comment on database ${DATABASE} is ${client.escapeLiteral(DONE)}`);
}
