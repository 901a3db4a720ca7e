import { randomBytes } from 'node:crypto';
import { Client, DatabaseError } from 'pg';
import { ConfigError, type DatabaseUrls } from '../../config.js';

/** Row security and grants are printed for these names. */
const NAMES = { HUB_APP_DATABASE_URL: 'hub_app', HUB_AUDIT_DATABASE_URL: 'hub_audit' } as const;
type Variable = 'DATABASE_URL' | keyof typeof NAMES;

const OLDEST = 15;
const CONNECT_MS = 10_000;

/**
 * What the hub takes on trust of an external Postgres, looked at before anything is migrated: its version, that the
 * three logins reach one and the same database, and that the two weak ones are weak. Row security binds nobody who
 * owns a table, is a superuser or may bypass it, and a mistake there would show nowhere else.
 * @throws {ConfigError} which names the variable and says what the DBA has to change
 */
export async function checkExternal(
  { ownerUrl, appUrl, auditUrl }: DatabaseUrls,
  roles: readonly string[],
): Promise<void> {
  const open: Client[] = [];
  try {
    const connect = async (variable: Variable, url: string) => {
      const client = await connected(variable, url);
      open.push(client);
      return client;
    };
    const owner = await connect('DATABASE_URL', ownerUrl);
    await checkServer(owner);
    await checkOwner(owner);
    // An advisory lock belongs to one database of one server: whoever can take it too stands elsewhere.
    const key = randomBytes(8).readBigInt64BE().toString();
    await owner.query('select pg_advisory_lock($1)', [key]);
    for (const [variable, url] of [
      ['HUB_APP_DATABASE_URL', appUrl],
      ['HUB_AUDIT_DATABASE_URL', auditUrl],
    ] as const) {
      const client = await connect(variable, url);
      await checkWeak(variable, client, variable === 'HUB_APP_DATABASE_URL' ? roles : []);
      const { rows } = await client.query('select pg_try_advisory_lock($1) as elsewhere', [key]);
      if (rows[0].elsewhere) throw new ConfigError(variable, 'must lead to the same database as DATABASE_URL');
    }
  } finally {
    await Promise.all(open.map((client) => client.end().catch(() => undefined)));
  }
}

async function connected(variable: Variable, url: string): Promise<Client> {
  const client = new Client({
    connectionString: url,
    connectionTimeoutMillis: CONNECT_MS,
    application_name: 'credit-hub start',
  });
  // Without a listener the end of the server would be the end of this process.
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    await client.end().catch(() => undefined);
    throw new ConfigError(variable, `must lead to a Postgres that lets the hub in: ${whyNot(error)}`);
  }
  return client;
}

const REASONS: Record<string, string> = {
  '28P01': 'the password is wrong, or there is no such login',
  '28000': 'its pg_hba.conf refuses this login from here',
  '3D000': 'there is no such database',
  '42501': 'the login may not connect to this database',
  '53300': 'it has no connection left',
  '57P03': 'it is starting or stopping',
};

/** The class of the failure: its text may hold the URL's parts. */
function whyNot(error: unknown): string {
  const { code, message } = error as { code?: string; message: string };
  if (error instanceof DatabaseError) return REASONS[code ?? ''] ?? `it answered SQLSTATE ${code}`;
  return code ?? (/timeout/.test(message) ? `no answer within ${CONNECT_MS / 1000} s` : 'the connection failed');
}

/** Its version, encoding and whether it takes writes. */
export async function checkServer(client: Pick<Client, 'query'>): Promise<void> {
  const { rows } = await client.query(
    `select current_setting('server_version_num')::int / 10000 as version, pg_is_in_recovery() as standby,
            current_setting('server_encoding') as encoding`,
  );
  const { version, standby, encoding } = rows[0];
  if (version < OLDEST) {
    throw new ConfigError('DATABASE_URL', `must lead to Postgres ${OLDEST} or newer; this one is ${version}`);
  }
  if (encoding !== 'UTF8') throw new ConfigError('DATABASE_URL', 'must lead to a database whose encoding is UTF8');
  if (standby) throw new ConfigError('DATABASE_URL', 'must lead to the primary; this one is a standby');
}

async function checkOwner(client: Client): Promise<void> {
  const { rows } = await client.query(
    `select rolsuper as super, has_schema_privilege('public', 'create') as creates,
            exists (select from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
              and relowner <> r.oid) as others,
            exists (select from pg_roles where rolname = 'hub_jobs' and pg_has_role(r.oid, oid, 'member')) as queue
       from pg_roles r where rolname = current_user`,
  );
  const { super: isSuper, creates, others, queue } = rows[0];
  // Functions that run with their owner's rights would run with a superuser's.
  if (isSuper) throw new ConfigError('DATABASE_URL', 'must not log in as a superuser');
  if (!creates) throw new ConfigError('DATABASE_URL', 'must log in as the owner: this login may not create tables');
  if (others) {
    throw new ConfigError('DATABASE_URL', 'must log in as the owner: schema public holds tables of another login');
  }
  if (!queue) {
    throw new ConfigError(
      'DATABASE_URL',
      'must log in as a member of hub_jobs, which owns the queue (create role hub_jobs nologin; grant hub_jobs to …)',
    );
  }
}

async function checkWeak(variable: keyof typeof NAMES, client: Client, roles: readonly string[]): Promise<void> {
  const { rows } = await client.query(
    `select rolname as name, rolsuper as super, rolbypassrls as bypasses, rolcreaterole as "createsRoles",
            rolcreatedb as "createsDatabases", rolreplication as replicates,
            exists (select from pg_auth_members m join pg_roles granted on granted.oid = m.roleid
              where m.member = r.oid and granted.rolname <> all($1)) as member,
            rolinherit as inherits,
            (select count(*) from pg_auth_members m join pg_roles granted on granted.oid = m.roleid
              where m.member = r.oid and granted.rolname = any($1)) < cardinality($1) as lacking,
            exists (select from pg_roles one where one.rolname = any($1) and (one.rolcanlogin or one.rolsuper
              or one.rolbypassrls or one.rolcreaterole or one.rolcreatedb or one.rolreplication
              or exists (select from pg_auth_members m where m.member = one.oid)
              or exists (select from pg_shdepend where refclassid = 'pg_authid'::regclass and refobjid = one.oid
                and deptype = 'o'))) as strong,
            exists (select from pg_shdepend where refclassid = 'pg_authid'::regclass and refobjid = r.oid
              and deptype = 'o') as owns,
            has_database_privilege(current_database(), 'create') or has_schema_privilege('public', 'create') as creates
       from pg_roles r where rolname = current_user`,
    [roles],
  );
  const { name, ...is } = rows[0];
  if (name !== NAMES[variable]) {
    throw new ConfigError(variable, `must log in as ${NAMES[variable]}: the grants are made out to that name`);
  }
  for (const [what, reason] of Object.entries(TOO_STRONG)) if (is[what]) throw new ConfigError(variable, reason);
}

const TOO_STRONG: Record<string, string> = {
  super: 'must not log in as a superuser: row security does not bind one (alter role … nosuperuser)',
  bypasses: 'must log in without BYPASSRLS: row security would not bind it (alter role … nobypassrls)',
  createsRoles: 'must log in without CREATEROLE (alter role … nocreaterole)',
  createsDatabases: 'must log in without CREATEDB (alter role … nocreatedb)',
  replicates: 'must log in without REPLICATION (alter role … noreplication)',
  member: 'must log in as a member of no role but those of the policy (revoke … from …)',
  inherits: 'must log in without inheriting (alter role … noinherit)',
  lacking: 'must log in as a member of every role of the policy: scripts/external-postgres.sql grants them',
  strong: 'must take on roles that may nothing by themselves: nologin, no attribute, member and owner of nothing',
  owns: 'must log in as the owner of nothing (reassign owned by … to the owner)',
  creates: 'must log in without the right to create anything (revoke create on database, on schema public)',
};

/**
 * What a hand may have granted beside the policy, looked at when it stands: nobody but the owner changes the log of
 * accesses, and the login that writes it reads nothing.
 */
export async function checkGrants(ownerUrl: string, roles: readonly string[]): Promise<void> {
  const owner = await connected('DATABASE_URL', ownerUrl);
  try {
    const { rows } = await owner.query(
      `select login, relname from pg_class, unnest(array['hub_app', 'hub_audit'] || $1::text[]) as login
        where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm')
          and has_table_privilege(login, pg_class.oid, case
            when login = 'hub_app' then 'select, insert, update, delete, truncate, references, trigger'
            when login = 'hub_audit' then 'select, update, delete, truncate, references, trigger'
            when relname = 'access_event' then 'update, delete, truncate, references, trigger'
            when relname = 'waiting_submission' then 'truncate, references, trigger'
            else 'delete, truncate, references, trigger' end)
        order by login desc, relname limit 1`,
      [roles],
    );
    const [found] = rows;
    if (!found) return;
    const variable = found.login === NAMES.HUB_AUDIT_DATABASE_URL ? 'HUB_AUDIT_DATABASE_URL' : 'HUB_APP_DATABASE_URL';
    throw new ConfigError(
      variable,
      `must log in with the policy’s own rights: ${found.login} has more on table ${found.relname}`,
    );
  } finally {
    await owner.end();
  }
}
