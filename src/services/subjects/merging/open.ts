import { HubError } from '../../../platform/errors.js';
import { sql } from '../../../platform/sql.js';
import type { Session } from '../../session.js';

export interface StoredMerge {
  readonly id: string;
  readonly kind: 'MERGE' | 'SPLIT';
  readonly state: 'PROPOSED' | 'DONE' | 'UNDONE' | 'WITHDRAWN';
  readonly fromId: string;
  readonly intoId: string;
  readonly documentNo: string;
  readonly proposedBy: string;
  readonly confirmedBy: string | null;
}

/** The merge under lock, with the powers of the verb. @throws NOT_FOUND */
export async function openMerge(session: Session, id: string): Promise<StoredMerge> {
  const [merge] = await session.query<StoredMerge>(sql`
    select id, kind, state, from_id as "fromId", into_id as "intoId", document_no as "documentNo", proposed_by as "proposedBy",
      confirmed_by as "confirmedBy"
    from subject_merge where id = ${id} for update`);
  if (merge) return merge;
  throw new HubError('NOT_FOUND', { zh: '未找到该归并或拆分', en: 'there is no such merge or split' }, 'id');
}
