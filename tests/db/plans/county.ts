import { join } from 'node:path';
import type { Client } from 'pg';
import { loadCounty } from '../../../bench/data/load.js';
import { loadKeys } from '../../../src/platform/crypto.js';

export const TODAY = '2026-11-25';
const SIZE = { scale: 0.02, seed: 11, today: TODAY };
const EVENTS = 10_000;
const CHANGES = 4_000;
/** A table of so many rows is one that no request reads from end to end. */
const BIG = 1_000;

/** What only a county of some size shows: the benchmark's data, and a log of who looked at them. */
export async function fillCounty(superuser: Client, dataDir: string): Promise<void> {
  await loadCounty(superuser, await loadKeys({ keyFile: join(dataDir, 'keys.json'), database: null }), SIZE);
  await superuser.query(
    `with looked_at as (select id, row_number() over (order by id) - 1 as place, count(*) over () as n from subject)
     insert into access_event (id, at, actor, role, purpose, case_no, operation, operation_hash, subject_ids, labels, outcome)
     select gen_random_uuid(), timestamptz '2026-11-24T00:00:00Z' - i * interval '1 minute', 'bench-' || i % 40, 'CREDIT_OFFICE',
       'SUPERVISION', 'case-' || i % 1000, 'subject', '', array[looked_at.id], array['GOVERNMENT'], 'OK'
     from generate_series(1, $1) i join looked_at on place = i % n`,
    [EVENTS],
  );
  // Of what waits to be numbered for the partners a part will do.
  await superuser.query('delete from exchange_change where id > (select min(id) from exchange_change) + $1', [CHANGES]);
}

/** Tables that are big now, by name, and their rows. */
export async function bigTables(superuser: Client): Promise<Map<string, number>> {
  await superuser.query('vacuum analyze');
  const { rows } = await superuser.query<{ name: string; rows: number }>(
    `select relname as name, reltuples::int as rows from pg_class
     where relkind = 'r' and relnamespace = 'public'::regnamespace and reltuples >= $1`,
    [BIG],
  );
  return new Map(rows.map(({ name, rows: n }) => [name, n]));
}
