import { HubError } from '../../../platform/errors.js';
import { uuidv7 } from '../../../platform/ids.js';
import { sql } from '../../../platform/sql.js';
import { requiredDocumentNo } from '../../documentNo.js';
import { masked, requiredText, TEXT_LENGTH } from '../../inputs.js';
import type { Session, WriteSession } from '../../session.js';
import { demandNo, demandReadable, obstacleToMerge, partiesOf } from './parties.js';

/** On which paper it rests. */
export interface MergePaper {
  readonly reason: string;
  readonly documentNo: string;
}

export interface MergeSubjects extends MergePaper {
  /** uuid of the subject that is no more of its own */
  readonly absorbed: string;
  /** uuid of the one that it has turned out to be */
  readonly survivor: string;
}

export interface NewMerge {
  readonly kind: 'MERGE' | 'SPLIT';
  readonly from: string;
  readonly into: string;
  readonly paper: MergePaper;
}

/** The paper, judged. @throws BAD_USER_INPUT with `reason` or `documentNo` */
export const readPaper = ({ reason, documentNo }: MergePaper, today: string): MergePaper => ({
  reason: masked(requiredText(reason, 'reason', TEXT_LENGTH), today),
  documentNo: requiredDocumentNo(documentNo),
});

/**
 * 提出归并 One subject has turned out to be another (renamed, registered anew, one person under two documents). Nothing
 * moves until a second officer confirms. Answers the proposal's uuid.
 * @throws NOT_FOUND, PRECONDITION_FAILED for two that stay two, CONFLICT where a proposal about the two is open
 */
export async function mergeSubjects(session: WriteSession, input: MergeSubjects): Promise<string> {
  const paper = readPaper(input, session.today);
  const { absorbed, survivor } = input;
  await demandReadable(session, { absorbed, survivor });
  const id = await session.asVerb('mergeSubjects', async () => {
    const parties = await partiesOf(session, { absorbed, survivor });
    demandNo(obstacleToMerge(parties.absorbed, parties.survivor));
    return insertMerge(session, { kind: 'MERGE', from: absorbed, into: survivor, paper });
  });
  await session.answer(id, absorbed, survivor);
  return id;
}

export async function insertMerge(session: Session, { kind, from, into, paper }: NewMerge): Promise<string> {
  const id = uuidv7();
  const { user } = session.actor;
  const made = await session.query(sql`
    insert into subject_merge (id, kind, state, from_id, into_id, reason, document_no, proposed_on, proposed_by, revised_by)
    values (${id}, ${kind}, 'PROPOSED', ${from}, ${into}, ${paper.reason}, ${paper.documentNo}, ${session.today}::date, ${user},
      ${user})
    on conflict do nothing returning id`);
  if (made.length === 0) throw alreadyProposed();
  return id;
}

const alreadyProposed = (): HubError =>
  new HubError('CONFLICT', {
    zh: '这两个主体已有待确认的归并或拆分',
    en: 'a proposal about these two is waiting for its confirmation',
  });
