import type { Keys } from '../../../platform/crypto.js';
import { HubError } from '../../../platform/errors.js';
import { sql } from '../../../platform/sql.js';
import { waitForTurn } from '../../collection/batch.js';
import type { Session, WriteSession } from '../../session.js';
import { openMerge, type StoredMerge } from './open.js';
import { demandNo, obstacleToMerge, obstacleToMove, partiesOf } from './parties.js';
import { MOVED, type MovedColumn, settingOf, type Writer } from './tables.js';
import { sealAnew } from './texts.js';

/**
 * 确认 A second officer confirms: the rows move, and which they were is kept. Answers the merge's uuid.
 * @throws NOT_FOUND, FORBIDDEN for the proposer, PRECONDITION_FAILED where the two have changed so that they stay two
 */
export async function confirmMerge(session: WriteSession, keys: Keys, id: string): Promise<string> {
  const merge = await session.asVerb('confirmMerge', async () => {
    // An import that is under way would leave rows behind with the subject that is going.
    await waitForTurn(session);
    const found = await openMerge(session, id);
    demandProposed(found);
    if (found.proposedBy === session.actor.user) {
      throw new HubError('FORBIDDEN', {
        zh: '提出人不得自行确认，须由他人办理',
        en: 'whoever proposed it may not confirm it; another officer must',
      });
    }
    const { from, into } = await partiesOf(session, { from: found.fromId, into: found.intoId });
    demandNo(found.kind === 'MERGE' ? obstacleToMerge(from, into) : obstacleToMove(from, into));
    if (found.kind === 'MERGE') await demandNoPowerBetween(session, found);
    await move(session, keys, found);
    await session.query(sql`
      update subject_merge set state = 'DONE', confirmed_on = ${session.today}::date, confirmed_by = ${session.actor.user},
        confirmed_at = clock_timestamp(), revised_by = ${session.actor.user}, revision_reason = '确认' where id = ${id}`);
    return found;
  });
  await session.answer(id, merge.fromId, merge.intoId);
  return id;
}

function demandProposed({ state }: StoredMerge): void {
  if (state === 'PROPOSED') return;
  throw new HubError('PRECONDITION_FAILED', {
    zh: `该归并或拆分现为 ${state} 状态，不能确认`,
    en: `it is ${state}; there is nothing to confirm`,
  });
}

/** 委托书 Nobody is its own agent. */
async function demandNoPowerBetween(session: Session, { fromId, intoId }: StoredMerge): Promise<void> {
  const between = await session.query(sql`
    select 1 from consent where (subject_id, agent_id) in ((${fromId}::uuid, ${intoId}::uuid), (${intoId}::uuid, ${fromId}::uuid)) limit 1`);
  if (between.length === 0) return;
  throw new HubError('PRECONDITION_FAILED', {
    zh: '两个主体之间有委托书，一方为另一方的受托人，不得归并',
    en: 'one of the two acts for the other by a power of attorney',
  });
}

async function move(session: Session, keys: Keys, merge: StoredMerge): Promise<void> {
  const { id, kind, fromId, intoId } = merge;
  const writer: Writer = {
    user: session.actor.user,
    reason: `${kind === 'MERGE' ? '归并' : '拆分'} ${merge.documentNo}`,
  };
  if (kind === 'SPLIT') await demandStillThere(session, merge);
  const moved: string[] = [];
  for (const one of MOVED) {
    if (kind === 'SPLIT' && one.whole) continue;
    await note(session, merge, one);
    moved.push(...(await moveRows(session, merge, one, writer)));
  }
  await sealAnew(session, keys, { merge: id, into: intoId, rowIds: moved });
  if (kind === 'SPLIT') return;
  await session.query(sql`
    update subject set merged_into = ${intoId}::uuid, merged_on = ${session.today}::date, revised_by = ${writer.user},
      revision_reason = ${writer.reason} where id = ${fromId}`);
}

/** Which rows they are, before they move. */
async function note(session: Session, { id, kind, fromId }: StoredMerge, { name, table, column }: MovedColumn) {
  const before = sql`jsonb_build_object(${sql.lit(column)}, ${fromId}::uuid)`;
  await session.query(
    kind === 'MERGE'
      ? sql`insert into subject_merge_row (merge_id, table_name, row_id, before)
          select ${id}::uuid, ${name}, t.id, ${before} from ${sql.table(table)} t where t.${sql.ref(column)} = ${fromId}::uuid`
      : sql`update subject_merge_row set before = ${before} where merge_id = ${id}::uuid and table_name = ${name}`,
  );
}

async function moveRows(
  session: Session,
  { id, intoId }: StoredMerge,
  one: MovedColumn,
  writer: Writer,
): Promise<string[]> {
  const rows = await session.query<{ id: string }>(sql`
    update ${sql.table(one.table)} t set ${settingOf(one, sql`${intoId}::uuid`, writer)}
    from subject_merge_row m where m.merge_id = ${id}::uuid and m.table_name = ${one.name} and m.row_id = t.id
    returning t.id`);
  return rows.map((row) => row.id);
}

/** What was chosen for a split when it was proposed may be another subject's by now. */
async function demandStillThere(session: Session, { id, fromId }: StoredMerge): Promise<void> {
  const gone = await session.query(sql`
    select 1 from subject_merge_row m where m.merge_id = ${id}::uuid and not (${sql.join(
      MOVED.filter(({ whole }) => !whole).map(
        ({ name, table }) =>
          sql`(m.table_name = ${name} and exists (select 1 from ${sql.table(table)} t where t.id = m.row_id and t.subject_id = ${fromId}::uuid))`,
      ),
      sql` or `,
    )}) limit 1`);
  if (gone.length === 0) return;
  throw new HubError('PRECONDITION_FAILED', {
    zh: '所选信息中有的已不属于该主体',
    en: 'some of the rows are not of this subject any more',
  });
}
