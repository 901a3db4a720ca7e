import type { SubjectKind } from '../../../entities/subjects/subject.js';
import { type BilingualText, HubError } from '../../../platform/errors.js';
import { sql } from '../../../platform/sql.js';
import type { Session } from '../../session.js';

/** What decides whether two subjects may become one. */
export interface MergeParty {
  readonly id: string;
  readonly kind: SubjectKind;
  readonly code: string | null;
  readonly parentId: string | null;
  readonly provisional: boolean;
  readonly mergedInto: string | null;
  /** 依法销毁 nothing of it is sealed any more */
  readonly destroyed: boolean;
}

/** With the powers of a verb of merging. @throws NOT_FOUND naming the field */
export async function partiesOf<Field extends string>(
  session: Session,
  ids: Readonly<Record<Field, string>>,
): Promise<Record<Field, MergeParty>> {
  const rows = await session.query<MergeParty>(sql`
    select s.id, s.kind, s.code, s.parent_id as "parentId", s.provisional, s.merged_into as "mergedInto",
      exists (select 1 from person_identity p where p.subject_id = s.id and p.blind_index is null) as destroyed
    from subject s where s.id = any(${Object.values(ids)}::uuid[]) `);
  const found = (Object.entries(ids) as [Field, string][]).map(([field, id]): [Field, MergeParty] => {
    const row = rows.find((one) => one.id === id);
    if (!row) throw noSubject(field);
    return [field, row];
  });
  return Object.fromEntries(found) as Record<Field, MergeParty>;
}

/** Asked as the caller itself, before a verb lends its powers: what it can't read is not there for it. */
export async function demandReadable(session: Session, ids: Readonly<Record<string, string>>): Promise<void> {
  const rows = await session.query<{ id: string }>(
    sql`select id from subject where id = any(${Object.values(ids)}::uuid[])`,
  );
  const readable = new Set(rows.map(({ id }) => id));
  for (const [field, id] of Object.entries(ids)) if (!readable.has(id)) throw noSubject(field);
}

const noSubject = (field: string): HubError =>
  new HubError('NOT_FOUND', { zh: '未找到该信用主体', en: 'there is no such subject' }, field);

const isPerson = ({ kind }: MergeParty): boolean => kind === 'NATURAL_PERSON';

/** Why the two may never be one, whoever asks; null where they may. */
export function obstacleToMerge(absorbed: MergeParty, survivor: MergeParty): BilingualText | null {
  if (absorbed.id === survivor.id) return { zh: '两个主体相同', en: 'a subject is not merged with itself' };
  if (isPerson(absorbed) !== isPerson(survivor)) {
    return { zh: '自然人与组织不得归并', en: 'a natural person and an organisation are never one subject' };
  }
  if (
    absorbed.parentId === survivor.id ||
    survivor.parentId === absorbed.id ||
    (absorbed.kind === 'BRANCH') !== (survivor.kind === 'BRANCH')
  ) {
    return { zh: '分支机构与其所属主体是两个主体，不得归并', en: 'a branch and its parent stay two subjects' };
  }
  if ([absorbed, survivor].some((one) => !isPerson(one) && one.code === null && one.provisional)) {
    return {
      zh: '无统一社会信用代码的临时主体不得归并',
      en: 'a provisional subject without a code is joined to no other',
    };
  }
  return obstacleToMove(absorbed, survivor);
}

/** The same for single rows that were kept under the wrong subject. */
export function obstacleToMove(from: MergeParty, into: MergeParty): BilingualText | null {
  if (from.id === into.id) return { zh: '两个主体相同', en: 'the two are the same subject' };
  if (isPerson(from) !== isPerson(into)) {
    return { zh: '自然人与组织不得归并', en: 'a natural person and an organisation are never one subject' };
  }
  if (from.mergedInto !== null || into.mergedInto !== null) {
    return { zh: '其中一个主体已被归并', en: 'one of the two is merged into another subject already' };
  }
  if (from.destroyed || into.destroyed) {
    return {
      zh: '其中一个主体的个人信息已依法销毁',
      en: 'the personal data of one of the two were destroyed by law',
    };
  }
  return null;
}

export function demandNo(obstacle: BilingualText | null): void {
  if (obstacle) throw new HubError('PRECONDITION_FAILED', obstacle);
}
