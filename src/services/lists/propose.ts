import { createHash } from 'node:crypto';
import { UniqueConstraintViolationException } from '@mikro-orm/core';
import { ListEntry } from '../../entities/lists/listEntry.js';
import { PersonalText } from '../../entities/records/personalText.js';
import type { ActorDepartment } from '../../permissions/actor.js';
import { ENTRY_STATE } from '../../permissions/states.js';
import type { Keys } from '../../platform/crypto.js';
import { HubError } from '../../platform/errors.js';
import { uuidv7 } from '../../platform/ids.js';
import { sql } from '../../platform/sql.js';
import { maskText } from '../collection/masking.js';
import { levelled } from '../collection/text.js';
import { dataKeyOf } from '../custody/subjectKeys.js';
import { departmentOf } from '../departments/acting.js';
import { requiredDocumentNo } from '../documentNo.js';
import { requiredText, TEXT_LENGTH } from '../inputs.js';
import { sealTexts } from '../personal.js';
import type { Session, WriteSession } from '../session.js';
import {
  type ChosenSubject,
  choiceCondition,
  findChosen,
  noSuchSubject,
  type SubjectChoice,
} from '../subjects/choice.js';
import { demandOwnFunction, demandOwnList, type ListFacts } from './own.js';
import { OPEN_STATES } from './stateMachine.js';

export interface ProposeListing extends SubjectChoice {
  /** code of an OWN list of the actor's function */
  list: string;
  reason: string;
  documentNo: string;
  /** uuid of the record that it rests on, about the same subject */
  recordId?: string | null;
}

/**
 * A PROPOSED entry; answers its uuid. The subject must be one that the caller can find by itself: a proposal is no way
 * to learn whether a person is known here.
 * @throws BAD_USER_INPUT, NOT_FOUND (list, code, subject, record), PRECONDITION_FAILED for a RECEIVED list, FORBIDDEN for a list
 * of another function, CONFLICT for a second open entry and for a document number used before for this subject
 */
export async function proposeListing(session: WriteSession, keys: Keys, input: ProposeListing): Promise<string> {
  const department = departmentOf(session.actor);
  const reason = requiredText(input.reason, 'reason', TEXT_LENGTH);
  const documentNo = requiredDocumentNo(input.documentNo);
  const condition = choiceCondition(input);
  const list = await listByCode(session, input.list);
  demandOwnList(list);
  demandOwnFunction(session.actor, list);
  const subject = await findChosen(session, condition);
  if (!subject) throw noSuchSubject(input);
  const recordId = input.recordId ?? null;
  if (recordId !== null) await demandRecord(session, recordId, subject);
  const id = uuidv7();
  await session.asVerb('proposeListing', async () => {
    await demandNoOpenEntry(session, list, subject);
    await persist(session, keys, { id, list, subject, department, reason, documentNo, recordId });
    await session.em.flush().catch((error) => {
      throw error instanceof UniqueConstraintViolationException ? usedDocument() : error;
    });
  });
  await session.answer(id);
  return id;
}

/** One that the caller may read by itself: an archived record is no ground for a listing. */
async function demandRecord(session: Session, recordId: string, subject: ChosenSubject): Promise<void> {
  const found = await session.query(
    sql`select 1 from credit_record where id = ${recordId} and subject_id = ${subject.id} and state = 'ACTIVE'`,
  );
  if (found.length > 0) return;
  throw new HubError(
    'NOT_FOUND',
    { zh: '未找到该主体的此条信用信息', en: 'there is no such record of this subject' },
    'record',
  );
}

async function listByCode(session: Session, code: string): Promise<ListFacts> {
  const [list] = await session.query<ListFacts>(
    sql`select id, name, origin, function from credit_list where code = ${code}`,
  );
  if (!list) throw new HubError('NOT_FOUND', { zh: '没有此名单', en: 'there is no such list' }, 'list');
  return list;
}

/** The lock makes two proposals at once wait for each other: no index can say "open today". */
async function demandNoOpenEntry(session: Session, list: ListFacts, subject: ChosenSubject): Promise<void> {
  await session.query(sql`select pg_advisory_xact_lock(hashtextextended(${`listing ${list.id} ${subject.id}`}, 0))`);
  const open = await session.query(sql`select 1 from list_entry
    where list_id = ${list.id} and subject_id = ${subject.id} and ${sql.raw(ENTRY_STATE)} = any(${OPEN_STATES}) limit 1`);
  if (open.length > 0) {
    throw new HubError('CONFLICT', {
      zh: '该主体在此名单上已有办理中或有效的信息',
      en: 'the subject already has an entry on this list that is under way or in force',
    });
  }
}

interface NewEntry {
  id: string;
  list: ListFacts;
  subject: ChosenSubject;
  department: ActorDepartment;
  reason: string;
  documentNo: string;
  recordId: string | null;
}

async function persist(session: WriteSession, keys: Keys, entry: NewEntry): Promise<void> {
  const { em, actor, today } = session;
  const { id, list, subject, department, documentNo, recordId } = entry;
  const masked = maskText(entry.reason, today);
  em.create(ListEntry, {
    id,
    list: list.id,
    subject: subject.id,
    subjectKind: subject.kind,
    department: department.id,
    state: 'PROPOSED',
    reason: masked ?? entry.reason,
    personalText: masked !== null,
    documentNo,
    record: recordId,
    proposedOn: today,
    proposedBy: actor.user,
    businessKey: createHash('sha256')
      .update(`${levelled(documentNo)}|${subject.id}`)
      .digest('hex'),
    asOf: new Date(),
    revisedBy: actor.user,
    revisionReason: '拟列入',
  });
  if (masked === null) return;
  em.create(PersonalText, {
    rowId: id,
    subject: subject.id,
    authority: department.id,
    provider: department.id,
    sealed: sealTexts(await dataKeyOf(session, keys, subject.id), id, { reason: entry.reason }),
  });
}

const usedDocument = () =>
  new HubError(
    'CONFLICT',
    {
      zh: '该主体在此名单上已有同一文书号的信息',
      en: 'this document number has been used for this subject on this list',
    },
    'documentNo',
  );
