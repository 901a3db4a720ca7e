import type { ClientBase } from 'pg';
import { MATTERS } from '../../src/catalogue/matters.js';
import { seeded } from '../../src/demo/seeded.js';
import { pairOf } from '../data/names.js';

/** What the requests are about: drawn from the data by the seed. */
export interface World {
  /** codes for a check, half of them with an entry on a list */
  checked: string[];
  profiles: string[];
  terms: string[];
  /** keys of subjects, and of public records, behind which a page begins */
  subjects: { code: string; id: string }[];
  records: { day: string; id: string }[];
  matters: readonly string[];
}

export async function worldOf(client: ClientBase, seed: number, today: string): Promise<World> {
  const draw = async <T>(from: string, columns: string, count: number): Promise<T[]> => {
    const text = `select ${columns} from ${from} order by md5(t.id::text || $1) limit $2`;
    return (await client.query(text, [String(seed), count])).rows as T[];
  };
  const organisations = "subject t where t.kind <> 'NATURAL_PERSON'";
  const some = await draw<{ code: string }>(organisations, 'code', 1_000);
  const listed = await draw<{ code: string }>(
    `list_entry t join subject s on s.id = t.subject_id where s.code is not null`,
    's.code',
    1_000,
  );
  const codes = [...some, ...listed].map(({ code }) => code);
  const { whole } = seeded(`world ${seed}`);
  const shuffled = codes
    .map((code) => [whole(2 ** 30), code] as const)
    .sort(([a], [b]) => a - b)
    .map(([, code]) => code);
  const count = Number((await client.query('select count(*) from subject')).rows[0].count);
  const open = `credit_record t where subject_kind <> 'NATURAL_PERSON' and state = 'ACTIVE' and public_from <= '${today}'
    and (public_until is null or public_until >= '${today}')`;
  return {
    checked: shuffled,
    profiles: shuffled.slice(0, 500),
    terms: Array.from({ length: 100 }, () => pairOf(1 + whole(count)).join('')),
    subjects: await draw(organisations, 'code, id', 60),
    records: await draw(open, `to_char(decided_on, 'YYYY-MM-DD') as day, id`, 60),
    matters: MATTERS.map(({ code }) => code),
  };
}
