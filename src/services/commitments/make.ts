import { Commitment, type CommitmentKind } from '../../entities/commitments/commitment.js';
import { PersonalText } from '../../entities/records/personalText.js';
import { speaksForItself } from '../../permissions/recipients.js';
import type { Keys } from '../../platform/crypto.js';
import { HubError } from '../../platform/errors.js';
import { uuidv7 } from '../../platform/ids.js';
import { type Sql, sql } from '../../platform/sql.js';
import { maskText } from '../collection/masking.js';
import { dataKeyOf } from '../custody/subjectKeys.js';
import { requiredText, TEXT_LENGTH } from '../inputs.js';
import { sealTexts } from '../personal.js';
import type { Session, WriteSession } from '../session.js';
import {
  type ChosenSubject,
  choiceCondition,
  findChosen,
  namesNobody,
  noSuchSubject,
  type SubjectChoice,
} from '../subjects/choice.js';

/** 汶上县, where the commitment is accepted (承诺编码, domain: 6 division + 8 date + 6 serial) */
const DIVISION = '370830';
const SERIAL_DIGITS = 6;

export interface MakeCommitment extends SubjectChoice {
  kind: CommitmentKind;
  /** code of the matter it is made in */
  matter?: string | null;
  content: string;
  /** the day by which it is to be kept */
  dueOn?: string | null;
}

/**
 * An OPEN commitment as of today; answers its uuid. A SUBJECT makes it for itself and need not say for whom; at the
 * counter it is made for anybody.
 * @throws BAD_USER_INPUT, NOT_FOUND (code, subject), FORBIDDEN where a subject names another, PRECONDITION_FAILED where
 * no department is there to keep it
 */
export async function makeCommitment(session: WriteSession, keys: Keys, input: MakeCommitment): Promise<string> {
  const { actor, today } = session;
  const content = requiredText(input.content, 'content', TEXT_LENGTH);
  const dueOn = input.dueOn ?? null;
  if (dueOn !== null && dueOn < today) {
    throw new HubError('BAD_USER_INPUT', { zh: '履行期限不得早于今日', en: 'must not be in the past' }, 'dueOn');
  }
  const itself = speaksForItself(actor.role) && namesNobody(input);
  const condition = itself ? sql<boolean>`id = ${actor.subjectId}` : choiceCondition(input);
  const matter = input.matter == null ? null : await matterByCode(session, input.matter);
  const departmentId = await departmentFor(session, matter);
  const id = uuidv7();
  await session.asVerb('makeCommitment', async () => {
    const subject = await subjectFor(session, input, condition);
    const masked = maskText(content, today);
    session.em.create(Commitment, {
      id,
      code: await nextCode(session),
      kind: input.kind,
      subject: subject.id,
      subjectKind: subject.kind,
      content: masked ?? content,
      personalText: masked !== null,
      madeOn: today,
      madeBy: actor.user,
      dueOn,
      state: 'OPEN',
      department: departmentId,
      matter: matter?.id ?? null,
      revisedBy: actor.user,
      revisionReason: '作出承诺',
    });
    if (masked === null) return;
    session.em.create(PersonalText, {
      rowId: id,
      subject: subject.id,
      authority: departmentId,
      provider: departmentId,
      sealed: sealTexts(await dataKeyOf(session, keys, subject.id), id, { content }),
    });
  });
  await session.answer(id);
  return id;
}

async function subjectFor(
  session: WriteSession,
  choice: SubjectChoice,
  condition: Sql<boolean>,
): Promise<ChosenSubject> {
  const { actor } = session;
  const subject = await findChosen(session, condition);
  // For a subject another one and none at all are the same answer: it must not learn who is known here.
  if (speaksForItself(actor.role) && subject?.id !== actor.subjectId) {
    throw new HubError('FORBIDDEN', {
      zh: '信用主体只能为自身作出承诺',
      en: 'a subject makes commitments for itself only',
    });
  }
  if (!subject) throw noSuchSubject(choice);
  return subject;
}

interface Matter {
  id: string;
  function: string;
}

async function matterByCode(session: Session, code: string): Promise<Matter> {
  const [matter] = await session.query<Matter>(sql`select id, function from service_matter where code = ${code}`);
  if (!matter)
    throw new HubError('BAD_USER_INPUT', { zh: '没有此政务服务事项', en: 'there is no such matter' }, 'matter');
  return matter;
}

/** The matter's department (the actor's own where it has that function), else the actor's, else the reform commission. */
async function departmentFor(session: Session, matter: Matter | null): Promise<string> {
  const own = session.actor.department;
  if (own && (!matter || own.functions.includes(matter.function))) return own.id;
  const wanted = [...(matter ? [matter.function] : []), ...(own ? [] : ['DEVELOPMENT_REFORM'])];
  const rows = await session.query<{ id: string }>(sql`select id from department where functions && ${wanted}::text[]
    order by ${wanted[0]} = any(functions) desc, code limit 1`);
  const id = rows[0]?.id ?? own?.id;
  if (id) return id;
  throw new HubError('PRECONDITION_FAILED', {
    zh: '尚无登记的受理部门',
    en: 'no department is registered that could accept it',
  });
}

/** The lock is held to the end of the transaction, so that a serial is given once and none is skipped. */
async function nextCode(session: Session): Promise<string> {
  const prefix = DIVISION + session.today.replaceAll('-', '');
  await session.query(sql`select pg_advisory_xact_lock(hashtextextended(${`commitment ${prefix}`}, 0))`);
  const [last] = await session.query<{ code: string }>(sql`select code from commitment
    where code >= ${prefix + '0'.repeat(SERIAL_DIGITS)} and code <= ${prefix + '9'.repeat(SERIAL_DIGITS)}
    order by code desc limit 1`);
  const serial = Number(last?.code.slice(prefix.length) ?? 0) + 1;
  if (serial >= 10 ** SERIAL_DIGITS) {
    throw new HubError('LIMIT_EXCEEDED', { zh: '当日承诺编码已用尽', en: "the day's commitment codes are used up" });
  }
  return prefix + String(serial).padStart(SERIAL_DIGITS, '0');
}
