import type { FieldCipher, Keys } from '../../../platform/crypto.js';
import { HubError } from '../../../platform/errors.js';
import { uuidv7 } from '../../../platform/ids.js';
import { sql } from '../../../platform/sql.js';
import { type CheckRow, wantedBy } from '../../checks/row.js';
import { kindOfCode } from '../../collection/claims.js';
import { CITIZEN_DOCUMENT, canonicalCode, canonicalDocument } from '../../collection/identifiers.js';
import { maskName, maskNumber } from '../../collection/masking.js';
import { halfWidth, levelled } from '../../collection/text.js';
import { dataKeys } from '../../custody/subjectKeys.js';
import { requiredText } from '../../inputs.js';
import { sealIdentity } from '../../personal.js';
import type { Session, WriteSession } from '../../session.js';
import { wrongCode } from '../choice.js';
import { foundByCode } from '../reads.js';
import { demandNo, demandReadable, obstacleToMove, partiesOf } from './parties.js';
import { insertMerge, type MergePaper, readPaper } from './propose.js';

export const MOST_ROWS = 1000;
const LONGEST_NAME = 200;

/** Whose the rows are in truth: one that is known, or one that is made here. Exactly one of the three. */
export interface SplitTarget {
  /** uuid of a subject */
  readonly into?: string | null;
  readonly code?: string | null;
  /** of a code that nobody knows yet */
  readonly name?: string | null;
  readonly person?: CheckRow['person'];
}

export interface SplitSubject extends MergePaper, SplitTarget {
  /** uuid of the subject that was mistaken for two */
  readonly subject: string;
  /** tables and uuids of what is about the other one */
  readonly rows: readonly { readonly table: string; readonly id: string }[];
}

/**
 * 提出拆分 Two subjects were mistaken for one: the named rows are about the other. Nothing moves until a second officer
 * confirms. Answers the proposal's uuid.
 * @throws NOT_FOUND, BAD_USER_INPUT, PRECONDITION_FAILED, CONFLICT
 */
export async function splitSubject(session: WriteSession, keys: Keys, input: SplitSubject): Promise<string> {
  const paper = readPaper(input, session.today);
  if (input.rows.length === 0 || input.rows.length > MOST_ROWS) {
    throw new HubError(
      'BAD_USER_INPUT',
      { zh: `须列明 1 至 ${MOST_ROWS} 条信息`, en: `name 1 to ${MOST_ROWS} rows` },
      'rows',
    );
  }
  const { subject } = input;
  await demandReadable(session, { subject, ...(input.into == null ? {} : { into: input.into }) });
  const { id, into } = await session.asVerb('splitSubject', async () => {
    await demandRowsOf(session, subject, input.rows);
    const target = await targetOf(session, keys, input);
    const parties = await partiesOf(session, { subject, into: target });
    demandNo(obstacleToMove(parties.subject, parties.into));
    const merge = await insertMerge(session, { kind: 'SPLIT', from: subject, into: target, paper });
    const chosen = input.rows.map((row) => ({ table_name: row.table, row_id: row.id }));
    await session.query(sql`
      insert into subject_merge_row (merge_id, table_name, row_id)
      select distinct ${merge}::uuid, table_name, row_id
      from jsonb_to_recordset(${JSON.stringify(chosen)}::jsonb) as r(table_name text, row_id uuid)`);
    return { id: merge, into: target };
  });
  await session.answer(id, subject, into);
  return id;
}

/** A row of another subject is answered like one that there is not. */
async function demandRowsOf(session: Session, subject: string, rows: SplitSubject['rows']): Promise<void> {
  for (const [table, some] of Map.groupBy(rows, (row) => row.table)) {
    const ids = [...new Set(some.map(({ id }) => id))];
    const [found] = await session.query<{ n: number }>(
      sql`select count(*)::int as n from ${sql.table(table)} where id = any(${ids}::uuid[]) and subject_id = ${subject}::uuid`,
    );
    if (found?.n !== ids.length) {
      throw new HubError(
        'NOT_FOUND',
        { zh: '所列信息中有的不属于该主体', en: 'not all of the rows are of this subject' },
        'rows',
      );
    }
  }
}

async function targetOf(session: Session, keys: Keys, { into, code, name, person }: SplitTarget): Promise<string> {
  if ([into, code, person].filter((one) => one != null).length !== 1) {
    throw new HubError(
      'BAD_USER_INPUT',
      { zh: '主体标识、代码与自然人证件须且仅须填写一项', en: 'give exactly one of into, code and person' },
      'into',
    );
  }
  if (into != null) return into;
  return person == null ? organisationOf(session, code as string, name) : personOf(session, keys, person);
}

async function organisationOf(session: Session, sent: string, name: string | null | undefined): Promise<string> {
  const code = canonicalCode(sent);
  if (code === null) throw wrongCode('code');
  const [known] = await session.query<{ id: string }>(sql`select id from subject where ${foundByCode(code)}`);
  if (known) return known.id;
  const called = requiredText(name, 'name', LONGEST_NAME);
  const id = uuidv7();
  await session.query(sql`
    insert into subject (id, kind, name, name_key, code, provisional, as_of, revised_by)
    values (${id}, ${kindOfCode(code)}, ${called}, ${levelled(called)}, ${code}, true, now(), ${session.actor.user})`);
  return id;
}

/** Found by its document, or made under it, sealed like any other. */
async function personOf(session: Session, keys: Keys, person: NonNullable<CheckRow['person']>): Promise<string> {
  const { key } = wantedBy({ person }, keys, session.today);
  const [known] = await session.query<{ id: string }>(sql`
    select coalesce(s.merged_into, s.id) as id from person_identity p join subject s on s.id = p.subject_id
    where p.blind_index = decode(${key}, 'hex')`);
  if (known) return known.id;
  const id = uuidv7();
  const type = halfWidth((person.type ?? CITIZEN_DOCUMENT).trim());
  const number = canonicalDocument(type, person.number.trim(), session.today) as string;
  const name = person.name.trim();
  await session.query(sql`
    insert into subject (id, kind, name, name_key, id_masked, as_of, revised_by)
    values (${id}, 'NATURAL_PERSON', ${maskName(name)}, ${levelled(maskName(name))}, ${maskNumber(number)}, now(),
      ${session.actor.user})`);
  const sealing = (await dataKeys(session, keys, [id], { fresh: true })).get(id) as FieldCipher;
  const sealed = sealIdentity(sealing, id, { documentType: type, number, name });
  await session.query(sql`
    insert into person_identity (subject_id, document_type, blind_index, name_sealed, number_sealed)
    values (${id}, ${type}, decode(${key}, 'hex'), ${sealed.nameSealed}, ${sealed.numberSealed})`);
  return id;
}
