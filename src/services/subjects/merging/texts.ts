import type { FieldCipher, Keys } from '../../../platform/crypto.js';
import { sql } from '../../../platform/sql.js';
import { dataKeys } from '../../custody/subjectKeys.js';
import { openTexts, SEALED_TEXT, type SealedTexts, sealTexts, TEXT_COLUMNS } from '../../personal.js';
import type { Session } from '../../session.js';

interface TextRow extends SealedTexts {
  readonly rowId: string;
}

/**
 * What rows say of persons is sealed with the key of the row's subject. Where the row moves it is sealed anew with the key
 * of whom it is about now; as it stood is kept, so that an undone merge puts back the very same bytes.
 * @param rowIds the rows that have moved
 */
export async function sealAnew(
  session: Session,
  keys: Keys,
  { merge, into, rowIds }: { merge: string; into: string; rowIds: readonly string[] },
): Promise<void> {
  const texts = await textsOf(session, rowIds);
  const moving = texts.filter(({ subjectId }) => subjectId !== into);
  if (moving.length === 0) return;
  const key = (await dataKeys(session, keys, [into])).get(into) as FieldCipher;
  const rows = moving.map(({ rowId, ...sealed }) => ({
    row_id: rowId,
    sealed: sealTexts(key, rowId, openTexts(keys, rowId, sealed)),
  }));
  await session.query(sql`
    insert into subject_merge_row (merge_id, table_name, row_id, before, sealed_after)
    select ${merge}::uuid, 'personal_text', p.row_id, jsonb_build_object('subject_id', p.subject_id, 'sealed', p.sealed), r.sealed
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(row_id uuid, sealed text)
    join personal_text p on p.row_id = r.row_id`);
  await session.query(sql`
    update personal_text p set subject_id = ${into}::uuid, sealed = r.sealed
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(row_id uuid, sealed text) where p.row_id = r.row_id`);
}

/** The way back: the bytes that stood there, unless the text was written since; that one is sealed with the old key. */
export async function sealBack(
  session: Session,
  keys: Keys,
  { merge, from, rowIds }: { merge: string; from: string; rowIds: readonly string[] },
): Promise<void> {
  await session.query(sql`
    update personal_text p set subject_id = (m.before->>'subject_id')::uuid, sealed = m.before->>'sealed'
    from subject_merge_row m
    where m.merge_id = ${merge}::uuid and m.table_name = 'personal_text' and m.row_id = p.row_id and m.sealed_after = p.sealed`);
  const written = (await textsOf(session, rowIds)).filter(({ subjectId }) => subjectId !== from);
  if (written.length === 0) return;
  const key = (await dataKeys(session, keys, [from])).get(from) as FieldCipher;
  const rows = written.map(({ rowId, ...sealed }) => ({
    row_id: rowId,
    sealed: sealTexts(key, rowId, openTexts(keys, rowId, sealed)),
  }));
  await session.query(sql`
    update personal_text p set subject_id = ${from}::uuid, sealed = r.sealed
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(row_id uuid, sealed text) where p.row_id = r.row_id`);
}

const textsOf = (session: Session, rowIds: readonly string[]): Promise<TextRow[]> =>
  session.query<TextRow>(
    sql`select p.row_id as "rowId", ${TEXT_COLUMNS} from ${SEALED_TEXT} where p.row_id = any(${rowIds}::uuid[])`,
  );
