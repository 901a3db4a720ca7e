import type { ClientBase } from 'pg';
import { DEPARTMENTS } from '../../src/demo/cast.js';
import type { Keys } from '../../src/platform/crypto.js';
import { referenceId } from '../../src/platform/ids.js';
import { copyInto, type Line } from './copy.js';
import { sourceOf } from './ids.js';
import { COMMITMENT_COLUMNS, commitments, ENTRY_COLUMNS, entries } from './others.js';
import { RECORD_COLUMNS, records } from './records.js';
import { IDENTITY_COLUMNS, KEY_COLUMNS, type MadeSubject, SUBJECT_COLUMNS, subjects } from './subjects.js';

export interface Size {
  /** 1 is the whole: 100,000 subjects, 1,000,000 records, 50,000 entries, 200,000 commitments */
  scale: number;
  seed: number;
  /** business date of data and servers, `YYYY-MM-DD` */
  today: string;
}

const WHOLE = { subjects: 100_000, records: 1_000_000, entries: 50_000, commitments: 200_000 };

/** How many rows of each a scale means. */
export const countsOf = (scale: number): Record<keyof typeof WHOLE, number> => {
  const scaled = (count: number) => Math.max(1, Math.round(count * scale));
  return {
    subjects: scaled(WHOLE.subjects),
    records: scaled(WHOLE.records),
    entries: scaled(WHOLE.entries),
    commitments: scaled(WHOLE.commitments),
  };
};

/**
 * Fills a migrated hub without subjects. By the superuser: COPY is not to be had under forced row security, whoever
 * owns the table. Foreign keys and checks hold for these rows as for any.
 */
export async function loadCounty(client: ClientBase, keys: Keys, { scale, seed, today }: Size): Promise<void> {
  const counts = countsOf(scale);
  const source = (part: string) => sourceOf(part, seed, today);
  const departments = Object.values(DEPARTMENTS).map(
    ({ code, name, functions }): Line => [referenceId('department', code), code, name, functions],
  );
  await copyInto(client, 'department', ['id', 'code', 'name', 'functions'], departments);
  const made: MadeSubject[] = [];
  const identities: Line[] = [];
  const dataKeys: Line[] = [];
  function* register(): Generator<Line> {
    for (const { line, identity, key, made: subject } of subjects(counts.subjects, keys, source('subjects'))) {
      made.push(subject);
      if (identity) identities.push(identity);
      if (key) dataKeys.push(key);
      yield line;
    }
  }
  await copyInto(client, 'subject', SUBJECT_COLUMNS, register());
  await copyInto(client, 'person_identity', IDENTITY_COLUMNS, identities);
  await copyInto(client, 'subject_key', KEY_COLUMNS, dataKeys);
  await copyInto(client, 'credit_record', RECORD_COLUMNS, records(counts.records, made, source('records')));
  await copyInto(client, 'list_entry', ENTRY_COLUMNS, entries(counts.entries, made, source('entries')));
  await copyInto(
    client,
    'commitment',
    COMMITMENT_COLUMNS,
    commitments(counts.commitments, made, source('commitments')),
  );
  await client.query('update credit_list set received_up_to = $1 where origin = $2', [
    `${today}T00:00:00Z`,
    'RECEIVED',
  ]);
  await client.query('vacuum analyze');
}
