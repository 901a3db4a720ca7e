import type { Actor } from '../permissions/actor.js';
import { toGlobalId } from '../platform/ids.js';
import { sql } from '../platform/sql.js';
import { actorOf, provider } from '../services/collection/importFile.js';
import { type BatchResult, findRepeated, importRows } from '../services/collection/importRows.js';
import type { DepartmentFacts } from '../services/collection/lookups.js';
import { canonicalText, messageRows } from '../services/collection/messageRows.js';
import type { ItemPlan } from '../services/collection/plan.js';
import type { Source } from '../services/exchange/settings.js';
import { type Session, verbOn } from '../services/session.js';
import type { Exchange } from './exchange.js';
import { Outage } from './receiver.js';
import { type Position, type SourceRow, SourceTable } from './sourceTable.js';

export interface Polled {
  readonly source: string;
  readonly outcome: 'DONE' | 'BUSY' | 'DOWN';
  /** rows that had not been read before, or not as they are now */
  readonly taken: number;
  readonly accepted: number;
  readonly rejected: number;
  /** of those with rows that came back: what importBatch and GET /imports/BATCH/rejected.xlsx take */
  readonly batches?: readonly string[];
  readonly error?: string;
}

interface Reading {
  readonly exchange: Exchange;
  readonly source: Source;
  readonly plan: ItemPlan;
  readonly department: DepartmentFacts;
  readonly actor: Actor;
  /** transactions of the reading, on the connection that holds its lock */
  as<T>(work: (session: Session) => Promise<T>): Promise<T>;
}

/**
 * 读取前置库 Takes in what is new in a department's table, through the pipeline that files go through, as that
 * department. Each round looks again at the overlap: a row that was committed late, under an earlier time, is found
 * there, and one that was read before is told by its digest. Killed at any moment, the next round repeats at most one
 * batch, which the pipeline recognises.
 */
export async function poll(exchange: Exchange, source: Source): Promise<Polled> {
  const user = `exchange:${source.id}`;
  const { pool, today } = exchange.deps;
  const { plan, department } = await provider(pool, today(), {
    item: source.item,
    department: source.department,
    user,
  });
  const actor = actorOf(department, user);
  const none = { source: source.id, taken: 0, accepted: 0, rejected: 0 };
  const done = await exchange.holding(`source ${source.id}`, async (client) => {
    const as: Reading['as'] = (work) => verbOn(client, { actor, today: today(), verb: 'pollExchange' }, work);
    try {
      return await read({ exchange, source, plan, department, actor, as });
    } catch (error) {
      if (!(error instanceof Outage)) throw error;
      return { ...none, outcome: 'DOWN' as const, error: error.message };
    }
  });
  return done ?? { ...none, outcome: 'BUSY' };
}

async function read(reading: Reading): Promise<Polled> {
  const table = await SourceTable.open(reading.source);
  const tally = { taken: 0, accepted: 0, rejected: 0 };
  const batches: string[] = [];
  try {
    let from = await reading.as((session) => position(session, reading.source.id));
    for (let behind = false; ; behind = true) {
      const page = await table.page(from, behind);
      const last = page.at(-1);
      if (!last) {
        return { source: reading.source.id, outcome: 'DONE', ...tally, ...(batches.length > 0 ? { batches } : {}) };
      }
      for (const group of bySecond(await reading.as((session) => unread(session, reading, page)))) {
        const { accepted, rejected, batchId } = await take(reading, group);
        if (rejected > 0) batches.push(toGlobalId('ImportBatch', batchId));
        tally.taken += group.length;
        tally.accepted += accepted;
        tally.rejected += rejected;
      }
      from = last;
      await reading.as((session) => moveOn(session, reading.source.id, last));
    }
  } finally {
    await table.close();
  }
}

async function position({ query }: Session, source: string): Promise<Position> {
  await query(sql`insert into exchange_source (source) values (${source}) on conflict do nothing`);
  const [row] = await query<Position>(
    sql`select position_time::text as time, position_id as id from exchange_source where source = ${source}`,
  );
  return row ?? { time: '-infinity', id: '' };
}

const digest = ({ exchange }: Reading, row: SourceRow) =>
  exchange.deps.keys.blindIndex('exchange_source_row.hash', canonicalText([row.time, row.withdrawn, row.values]));

async function unread({ query }: Session, reading: Reading, page: readonly SourceRow[]): Promise<SourceRow[]> {
  const known = await query<{ id: string; hash: string }>(sql`
    select k.id, k.hash from exchange_source_row k
    where k.source = ${reading.source.id} and k.id = any(${page.map(({ id }) => id)}::text[])`);
  const byId = new Map(known.map(({ id, hash }) => [id, hash]));
  return page.filter((row) => byId.get(row.id) !== digest(reading, row));
}

/** Rows of one second, which as a rule are one transaction's, are one submission: the instant is what they are true as of. */
function bySecond(rows: readonly SourceRow[]): SourceRow[][] {
  const groups: SourceRow[][] = [];
  const keyOf = ({ time, withdrawn }: SourceRow) => `${withdrawn} ${Math.floor(Date.parse(time) / 1000)}`;
  for (const row of rows) {
    const group = groups.at(-1);
    if (group?.[0] && keyOf(group[0]) === keyOf(row)) group.push(row);
    else groups.push([row]);
  }
  return groups;
}

async function take(
  reading: Reading,
  group: readonly SourceRow[],
): Promise<Pick<BatchResult, 'accepted' | 'rejected' | 'batchId'>> {
  const { exchange, source, plan, department, actor } = reading;
  const { keys, fork, reads, today } = exchange.deps;
  const deps = { fork, pool: reads, keys, today: today() };
  const last = group.at(-1) as SourceRow;
  const rows = group.map(({ values }) => values);
  const submission = {
    plan,
    department,
    actor,
    received: today(),
    sha256: keys.blindIndex('import_batch.content', canonicalText([source.id, last.time, last.withdrawn, rows])),
  };
  const counted =
    (await findRepeated(deps, submission)) ??
    (await importRows(deps, {
      ...submission,
      asOf: new Date(last.time).toISOString(),
      withdraw: last.withdrawn,
      source: messageRows(plan, rows, today()),
    }));
  await reading.as((session) => remember(session, reading, group));
  return counted;
}

async function remember({ query }: Session, reading: Reading, group: readonly SourceRow[]): Promise<void> {
  // A table may hold an id twice, the later row counts.
  const rows = [
    ...new Map(group.map((row) => [row.id, { id: row.id, time: row.time, hash: digest(reading, row) }])).values(),
  ];
  await query(sql`
    insert into exchange_source_row (source, id, time, hash)
    select ${reading.source.id}, id, time, hash from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id text, time timestamptz, hash text)
    on conflict (source, id) do update set time = excluded.time, hash = excluded.hash`);
}

/** Only ever forward: a late row lies before it. */
async function moveOn({ query }: Session, source: string, { time, id }: Position): Promise<void> {
  await query(sql`
    update exchange_source set polled_at = now(),
      position_id = case when (${time}::timestamptz, ${id} collate "C") > (position_time, position_id) then ${id} else position_id end,
      position_time = greatest(position_time, ${time}::timestamptz)
    where source = ${source}`);
}
