import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { MikroORM } from '@mikro-orm/postgresql';
import pg from 'pg';
import { LAW } from '../../src/catalogue/law.js';
import { LISTS } from '../../src/catalogue/lists.js';
import { MATTERS } from '../../src/catalogue/matters.js';
import { MEASURES, TRIGGERS } from '../../src/catalogue/measures.js';
import { migrate, openOrm } from '../../src/entities/orm.js';
import type { Actor } from '../../src/permissions/actor.js';
import type { Role } from '../../src/permissions/roles.js';
import { POSTGRES_ROLES } from '../../src/permissions/roles.js';
import { type Keys, loadKeys } from '../../src/platform/crypto.js';
import { referenceId, uuidv7 } from '../../src/platform/ids.js';
import { createLogger } from '../../src/platform/logger.js';
import { openDatabase } from '../../src/platform/postgres/index.js';
import { compile, type Sql } from '../../src/platform/sql.js';
import { levelled } from '../../src/services/collection/text.js';
import { dataKeyOf } from '../../src/services/custody/subjectKeys.js';
import { personIndex, sealIdentity } from '../../src/services/personal.js';
import { openWriteSession, readSession, type Session, type WriteSession } from '../../src/services/session.js';
import { copyTemplate, runFolder, stopStrays, templateFolder } from '../kit/templates.js';

export const TODAY = '2026-11-24';
const FAST = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

export interface Person {
  name: string;
  number: string;
}

/** A migrated Postgres with the reference data and a few departments, and the services on it without any server. */
export interface County {
  readonly keys: Keys;
  readonly orm: MikroORM;
  /** as the owner, whom no policy binds */
  owner<T extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<T[]>;
  /** a mutation's transaction: committed when `work` ends well, rolled back when not */
  write<T>(actor: Actor, work: (session: WriteSession) => Promise<T>, today?: string): Promise<T>;
  /** as a query's session reads */
  read(actor: Actor, today?: string): Session;
  actor(role: Role, functions: string, user?: string): Actor;
  subjectActor(id: string): Actor;
  organisation(code: string | null, name: string, kind?: string): Promise<string>;
  person(person: Person): Promise<string>;
  close(): Promise<void>;
}

export const DEPARTMENTS = {
  DEVELOPMENT_REFORM: '11370830MB9YY0011B',
  HRSS: '11370830004335078G',
  MARKET: '11370830F5034613XX',
  COURT: '11370800MB28559184',
  APPROVAL: '11370828MB28602902',
} as const;

export async function openCounty(): Promise<County> {
  const folder = await runFolder();
  const dataDir = join(folder, 'data');
  const log = createLogger({ level: 'fatal', to: 'stderr' });
  const open = (dataDir: string) => openDatabase({ dataDir, database: null }, log, POSTGRES_ROLES, FAST);
  // A cluster that is made and migrated once, and copied.
  const template = await templateFolder({ KIT: 'migrated' }, async (fresh) => {
    const made = await open(fresh);
    try {
      await migrate(made.ownerUrl, log);
    } finally {
      await made.close();
    }
  });
  await copyTemplate(template, dataDir);
  const database = await open(dataDir);
  const keys = await loadKeys({ keyFile: join(dataDir, 'keys.json'), database: null });
  const orm = await openOrm(database.appUrl, { poolSize: 8 });
  const owner = poolOf({ connectionString: database.ownerUrl });
  const app = poolOf({ connectionString: database.appUrl, types: asText });
  await seed(owner);
  const session = {
    async query<T>(statement: Sql<T>): Promise<T[]> {
      const { sql: text, parameters } = compile(statement);
      return (await owner.query(text, [...parameters])).rows as T[];
    },
  };
  const insertSubject = async (id: string, kind: string, name: string, nameKey: string, code: string | null) =>
    owner.query(
      `insert into subject (id, kind, name, name_key, code, as_of) values ($1, $2, $3, $4, $5, '2026-01-01')`,
      [id, kind, name, nameKey, code],
    );
  return {
    keys,
    orm,
    owner: async (text, values) => (await owner.query(text, values)).rows,
    async write(actor, work, today = TODAY) {
      const em = orm.em.fork();
      const session = await openWriteSession(em, actor, today);
      try {
        const result = await work(session);
        await em.commit();
        return result;
      } catch (error) {
        await em.rollback();
        throw error;
      }
    },
    read: (actor, today = TODAY) => readSession(app, actor, today),
    actor: (role, functions, user = `${role} ${functions}`) => ({
      role,
      user,
      department: {
        id: referenceId('department', DEPARTMENTS[functions as keyof typeof DEPARTMENTS]),
        code: DEPARTMENTS[functions as keyof typeof DEPARTMENTS],
        name: functions,
        functions: [functions],
      },
      subjectId: null,
      duties: [],
      purpose: null,
      caseNo: null,
    }),
    subjectActor: (id) => ({
      role: 'SUBJECT',
      user: `subject ${id}`,
      department: null,
      subjectId: id,
      duties: [],
      purpose: null,
      caseNo: null,
    }),
    async organisation(code, name, kind = 'ENTERPRISE') {
      const id = uuidv7();
      await insertSubject(id, kind, name, levelled(name), code);
      return id;
    },
    async person({ name, number }) {
      const id = uuidv7();
      const masked = `${name[0]}*`;
      await insertSubject(id, 'NATURAL_PERSON', masked, masked, null);
      const sealed = sealIdentity(await dataKeyOf(session, keys, id), id, { documentType: '身份证', number, name });
      await owner.query(`insert into person_identity values ($1, '身份证', decode($2, 'hex'), $3, $4)`, [
        id,
        personIndex(keys, '身份证', number),
        sealed.nameSealed,
        sealed.numberSealed,
      ]);
      return id;
    },
    async close() {
      await app.end();
      await owner.end();
      await orm.close(true);
      await database.close();
      await stopStrays(folder);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const asText = new pg.TypeOverrides();
for (const oid of [1082, 1184]) asText.setTypeParser(oid, (text: string) => text);

/** The server may stop before the last connection has said goodbye. */
export function poolOf(options: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool({ max: 2, ...options });
  const ignore = () => undefined;
  return pool.on('error', ignore).on('connect', (client) => void client.on('error', ignore));
}

async function seed(owner: pg.Pool): Promise<void> {
  const insert = async (table: string, rows: Record<string, unknown>[]) => {
    await owner.query(
      `insert into ${table} (${Object.keys(rows[0] as object).join(', ')})
       select ${Object.keys(rows[0] as object).join(', ')} from jsonb_populate_recordset(null::${table}, $1)`,
      [JSON.stringify(rows)],
    );
  };
  await insert(
    'department',
    Object.entries(DEPARTMENTS).map(([name, code]) => ({
      id: referenceId('department', code),
      code,
      name,
      functions: [name],
    })),
  );
  await insert(
    'legal_basis',
    Object.entries(LAW).map(([key, law]) => ({
      id: referenceId('basis', key),
      key,
      title: law.title,
      article: law.article,
      rank: law.rank,
      valid_from: law.validFrom,
      valid_to: law.validTo,
    })),
  );
  await insert(
    'credit_list',
    LISTS.map((list) => ({
      id: referenceId('list', list.code),
      code: list.code,
      name: list.name,
      color: list.color,
      origin: list.origin,
      function: list.function,
      term_months: list.termMonths,
      cycle_days: list.cycleDays,
      loaded_at: '2026-11-01T00:00:00Z',
    })),
  );
  await insert(
    'service_matter',
    MATTERS.map(({ code, name, function: needed }) => ({
      id: referenceId('matter', code),
      code,
      name,
      function: needed,
    })),
  );
  await insert(
    'measure',
    MEASURES.map((measure) => ({ id: referenceId('measure', measure.code), ...measure })),
  );
  await insert(
    'measure_trigger',
    TRIGGERS.map((trigger, i) => ({
      id: referenceId('trigger', String(i)),
      measure_id: referenceId('measure', trigger.measure),
      matter_id: referenceId('matter', trigger.matter),
      list_id: trigger.list ? referenceId('list', trigger.list) : null,
      penalty_kind: trigger.penalty?.kind ?? null,
      penalty_law: trigger.penalty?.law ?? null,
      within_months: trigger.penalty?.withinMonths ?? null,
      breached_commitment: trigger.breachedCommitment ?? false,
      effect: trigger.effect,
      basis_id: referenceId('basis', trigger.basis),
    })),
  );
  await insert('catalogue_item', [
    {
      id: referenceId('item', 'XZCF_FR'),
      code: 'XZCF_FR',
      name: '行政处罚',
      disclosure: 'PUBLIC',
      yields: 'PENALTY',
      provider_functions: ['ANY'],
      subject_kinds: ['ENTERPRISE'],
      fields: [],
    },
  ]);
}
