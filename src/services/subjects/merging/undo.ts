import { CATALOGUE } from '../../../catalogue/index.js';
import type { Keys } from '../../../platform/crypto.js';
import { HubError } from '../../../platform/errors.js';
import { sql } from '../../../platform/sql.js';
import { waitForTurn } from '../../collection/batch.js';
import type { Session, WriteSession } from '../../session.js';
import { openMerge, type StoredMerge } from './open.js';
import { partiesOf } from './parties.js';
import { type MergePaper, readPaper } from './propose.js';
import { MOVED, settingOf, type Writer } from './tables.js';
import { sealBack } from './texts.js';

export interface UndoMerge extends MergePaper {
  /** uuid of the merge or split */
  readonly id: string;
}

/**
 * 撤销 What moved goes back to whom it was of, byte for byte, with what has come under its number since. A proposal is
 * withdrawn. The latest first: what a later one has moved on can't be told apart any more.
 * @throws NOT_FOUND, FORBIDDEN for whoever confirmed it, PRECONDITION_FAILED
 */
export async function undoMerge(session: WriteSession, keys: Keys, input: UndoMerge): Promise<string> {
  const { reason, documentNo } = readPaper(input, session.today);
  const merge = await session.asVerb('undoMerge', async () => {
    await waitForTurn(session);
    const found = await openMerge(session, input.id);
    const done = demandUndoable(found, session.actor.user);
    if (done) {
      await demandLatest(session, found);
      await demandNotDestroyed(session, found);
      await moveBack(session, keys, found, { user: session.actor.user, reason: `撤销归并 ${documentNo}` });
    }
    await session.query(sql`
      update subject_merge set state = ${done ? 'UNDONE' : 'WITHDRAWN'}, undone_on = ${session.today}::date,
        undone_by = ${session.actor.user}, undo_reason = ${reason}, undo_document_no = ${documentNo},
        revised_by = ${session.actor.user}, revision_reason = '撤销' where id = ${found.id}`);
    return found;
  });
  await session.answer(merge.id, merge.fromId, merge.intoId);
  return merge.id;
}

/** Whether rows have moved. */
function demandUndoable({ state, confirmedBy }: StoredMerge, user: string): boolean {
  if (state === 'PROPOSED') return false;
  if (state !== 'DONE') {
    throw new HubError('PRECONDITION_FAILED', {
      zh: `该归并或拆分现为 ${state} 状态，不能撤销`,
      en: `it is ${state}; there is nothing to undo`,
    });
  }
  if (confirmedBy === user) {
    throw new HubError('FORBIDDEN', {
      zh: '确认人不得自行撤销，须由他人办理',
      en: 'whoever confirmed it may not undo it; another officer must',
    });
  }
  return true;
}

async function demandLatest(session: Session, { id, fromId, intoId }: StoredMerge): Promise<void> {
  const later = await session.query(sql`
    select 1 from subject_merge later, subject_merge this
    where this.id = ${id} and later.state = 'DONE' and later.confirmed_at > this.confirmed_at
      and (later.from_id in (${fromId}::uuid, ${intoId}::uuid) or later.into_id in (${fromId}::uuid, ${intoId}::uuid)) limit 1`);
  if (later.length === 0) return;
  throw new HubError('PRECONDITION_FAILED', {
    zh: '其后另有涉及同一主体的归并或拆分，须先撤销后者',
    en: 'a later merge or split is about one of the two: undo that one first',
  });
}

async function demandNotDestroyed(session: Session, { fromId, intoId }: StoredMerge): Promise<void> {
  const { from, into } = await partiesOf(session, { from: fromId, into: intoId });
  if (!from.destroyed && !into.destroyed) return;
  throw new HubError('PRECONDITION_FAILED', {
    zh: '该主体的个人信息已依法销毁',
    en: 'the personal data of this subject were destroyed by law',
  });
}

async function moveBack(session: Session, keys: Keys, merge: StoredMerge, writer: Writer): Promise<void> {
  const { id, kind, fromId } = merge;
  if (kind === 'MERGE') {
    await noteArrivals(session, merge);
    await session.query(sql`
      update subject set merged_into = null, merged_on = null, revised_by = ${writer.user}, revision_reason = ${writer.reason}
      where id = ${fromId}`);
  }
  const moved: string[] = [];
  for (const one of MOVED) {
    const before = sql`(m.before->>${sql.lit(one.column)})::uuid`;
    const rows = await session.query<{ id: string }>(sql`
      update ${sql.table(one.table)} t set ${settingOf(one, before, writer)}
      from subject_merge_row m
      where m.merge_id = ${id}::uuid and m.table_name = ${one.name} and m.row_id = t.id and m.before is not null
      returning t.id`);
    moved.push(...rows.map((row) => row.id));
  }
  await sealBack(session, keys, { merge: id, from: fromId, rowIds: moved });
}

const CODE_FIELDS = [
  ...new Set(
    CATALOGUE.flatMap(({ fields }) => fields.filter(({ part }) => part === 'subjectCode').map(({ name }) => name)),
  ),
];

/** What has come since under the absorbed subject's own code was about it, and goes with it. */
async function noteArrivals(session: Session, { id, fromId, intoId }: StoredMerge): Promise<void> {
  for (const table of ['credit_record', 'list_entry', 'market_record']) {
    await session.query(sql`
      insert into subject_merge_row (merge_id, table_name, row_id, before)
      select m.id, ${table}, t.id, jsonb_build_object('subject_id', m.from_id)
      from subject_merge m join subject absorbed on absorbed.id = m.from_id
      join ${sql.table(table)} t on t.subject_id = ${intoId}::uuid
      join import_batch b on b.id = t.batch_id and b.created_at >= m.confirmed_at
      join import_row r on r.batch_id = t.batch_id and r.row_no = t.row_no
      where m.id = ${id} and m.from_id = ${fromId}::uuid
        and exists (select 1 from unnest(${CODE_FIELDS}::text[]) field where r."values"->>field = absorbed.code)
      on conflict do nothing`);
  }
}
