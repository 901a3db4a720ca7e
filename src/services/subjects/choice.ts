import type { SubjectKind } from '../../entities/subjects/subject.js';
import { HubError } from '../../platform/errors.js';
import { type Sql, sql } from '../../platform/sql.js';
import { canonicalCode } from '../collection/identifiers.js';
import type { Session } from '../session.js';
import { foundByCode } from './reads.js';

/** How a verb names its subject: by 统一社会信用代码 or by id. */
export interface SubjectChoice {
  code?: string | null;
  subjectId?: string | null;
}

export interface ChosenSubject {
  id: string;
  kind: SubjectKind;
}

export const namesNobody = ({ code, subjectId }: SubjectChoice): boolean => code == null && subjectId == null;

/**
 * The condition that finds the one subject of the choice.
 * @throws BAD_USER_INPUT with `code` where both, neither, or a code with a wrong check digit is given
 */
export function choiceCondition(choice: SubjectChoice): Sql<boolean> {
  if (namesNobody(choice) || (choice.code != null && choice.subjectId != null)) {
    throw new HubError(
      'BAD_USER_INPUT',
      { zh: '统一社会信用代码与主体标识须且仅须填写一项', en: 'give exactly one of code and subject' },
      'code',
    );
  }
  if (choice.subjectId != null) return sql<boolean>`id = subject_survivor(${choice.subjectId}::uuid)`;
  const code = canonicalCode(choice.code as string);
  if (code === null) throw wrongCode('code');
  return foundByCode(code);
}

/** Found as the session may read now: as the caller itself, or with the powers of the verb inside `asVerb`. */
export async function findChosen(session: Session, condition: Sql<boolean>): Promise<ChosenSubject | null> {
  const [subject] = await session.query<ChosenSubject>(sql`select id, kind from subject where ${condition}`);
  return subject ?? null;
}

export const noSuchSubject = ({ code }: SubjectChoice): HubError =>
  new HubError(
    'NOT_FOUND',
    { zh: '未找到该信用主体', en: 'there is no such subject' },
    code != null ? 'code' : 'subject',
  );

export const wrongCode = (field: string): HubError =>
  new HubError(
    'BAD_USER_INPUT',
    {
      zh: '统一社会信用代码无效：长度、字符或校验码不符 GB 32100-2015',
      en: 'not a unified social credit code: length, alphabet or check digits (GB 32100-2015)',
    },
    field,
  );
