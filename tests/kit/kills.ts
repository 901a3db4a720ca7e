import { Client } from 'pg';
import { sql } from './sql.js';
import { until } from './until.js';

/**
 * Where an import is hit. TURN: its header is committed, its rows wait for their turn · TABLE: it is about to write to the
 * table for the first time · PROGRESS: it has told of so many chunks · COMMIT: it has asked for its commit, which takes
 * effect although nobody is left to hear of it.
 */
export type KillPoint =
  | { readonly at: 'TURN' }
  | { readonly at: 'TABLE'; readonly table: string }
  | { readonly at: 'PROGRESS'; readonly chunks: number }
  | { readonly at: 'COMMIT' };

export const told = (point: KillPoint): string =>
  point.at === 'TABLE' ? point.table : point.at === 'PROGRESS' ? `chunk ${point.chunks}` : point.at.toLowerCase();

const IMPORT_TURN = 370_831;
const BATCH_LOCKS = 370_830;
const COMMIT_LOCK = 370_899;

/** Lets COMMIT points be: a commit that completes a batch waits for whoever holds the lock. */
export const pauseCommits = (ownerUrl: string) =>
  sql(
    ownerUrl,
    `create function pause_commit() returns trigger language plpgsql as $$
     begin perform pg_advisory_xact_lock_shared(${COMMIT_LOCK}, 0); return null; end $$;
     create constraint trigger pause_commit after update on import_batch deferrable initially deferred
     for each row when (new.state = 'COMPLETED') execute function pause_commit()`,
  );

export interface Ambush {
  /** the importer stands at the point, or has told of it */
  readonly reached: Promise<void>;
  /** Lets it go on, or what Postgres still does for it after it was killed. */
  release(): Promise<void>;
}

/** Lies in wait at a point for the next import. */
export async function ambush(ownerUrl: string, point: KillPoint): Promise<Ambush> {
  const client = new Client(ownerUrl);
  client.on('error', () => undefined);
  await client.connect();
  let over = false;
  const release = async () => {
    over = true;
    await client.end();
  };
  if (point.at === 'PROGRESS') {
    let left = point.chunks;
    const reached = new Promise<void>((resolve) => {
      client.on('notification', ({ payload = '{}' }) => {
        if (!(JSON.parse(payload) as { read?: number }).read) return;
        left -= 1;
        if (left === 0) resolve();
      });
    });
    await client.query('listen import_progress');
    return { reached, release };
  }
  await client.query('begin');
  if (point.at === 'TABLE') await client.query(`lock table ${point.table} in share mode`);
  else await client.query('select pg_advisory_xact_lock($1, 0)', [point.at === 'TURN' ? IMPORT_TURN : COMMIT_LOCK]);
  const waits =
    point.at === 'TABLE'
      ? `relation = '${point.table}'::regclass and mode = 'RowExclusiveLock'`
      : `locktype = 'advisory' and classid = ${point.at === 'TURN' ? IMPORT_TURN : COMMIT_LOCK}`;
  const looker = new Client(ownerUrl);
  looker.on('error', () => undefined);
  await looker.connect();
  const reached = until(async () => over || (await anyLock(looker, `${waits} and not granted`))).then(() =>
    looker.end(),
  );
  return { reached, release };
}

/** Asked at leisure: whoever looks without a pause takes the machine from whom it waits for. */
async function anyLock(client: Client, where: string): Promise<boolean> {
  const { rows } = await client.query(
    `select exists (select from pg_locks where ${where}) as there from (select pg_sleep(0.005)) at_leisure`,
  );
  return rows[0].there;
}

/** Returns once nobody holds a batch or the turn any more: what a killed importer left to Postgres is done. */
export async function quiet(ownerUrl: string): Promise<void> {
  const client = new Client(ownerUrl);
  await client.connect();
  const held = `locktype = 'advisory' and objsubid = 2 and classid in (${BATCH_LOCKS}, ${IMPORT_TURN}, ${COMMIT_LOCK})`;
  await until(async () => !(await anyLock(client, held)));
  await client.end();
}

const STATE: Record<string, string> = {
  batches: `select read, accepted, rejected, revised, unchanged, corrections, warnings, rejections, as_of
    from import_batch where state = 'COMPLETED'`,
  rows: `select b.as_of, r.row_no, r."values", r.issues, r.rejected, r.key_hash, r.outcome, r.class
    from import_row r join import_batch b on b.id = r.batch_id`,
  records: `select c.business_key, c.document_no, s.code, c.state, c.severity, c.decided_on, c.public_from, c.public_until,
    c.content_hash, c.as_of, c.row_no, c.revision from credit_record c join subject s on s.id = c.subject_id`,
  revisions: `select v.table_name, c.document_no, v.revision, v.before ->> 'content_hash' as content
    from row_revision v left join credit_record c on c.id = v.row_id`,
  subjects: `select code, name, kind, registration_no, revision from subject`,
  reviews: `select v.kind, c.document_no, v.row_no, v.outcome from review_item v left join credit_record c on c.id = v.record_id`,
  texts: `select c.document_no, c.state from personal_text t join credit_record c on c.id = t.row_id`,
  marks: `select e.table_name, c.document_no, e.revision from exchange_change e left join credit_record c on c.id = e.row_id`,
  events: `select outcome, operation_hash from access_event where operation = 'submitRecords' and outcome = 'COMPLETED'`,
};

/** All that imports leave behind, without the ids and instants that differ from run to run. */
export async function stateAfterImports(
  ownerUrl: string,
): Promise<Record<string, { n: number; digest: string | null }>> {
  const state: Record<string, { n: number; digest: string | null }> = {};
  for (const [name, text] of Object.entries(STATE)) {
    const [row] = await sql<{ n: number; digest: string | null }>(
      ownerUrl,
      `select count(*)::int as n, md5(string_agg(one, ',' order by one)) as digest from (select t::text as one from (${text}) t) as all_of_them`,
    );
    state[name] = { n: row?.n ?? 0, digest: row?.digest ?? null };
  }
  return state;
}
