import { Consent, type ConsentLabel } from '../../entities/consents/consent.js';
import type { Purpose } from '../../permissions/purposes.js';
import { RECIPIENTS, type Recipient, speaksForItself } from '../../permissions/recipients.js';
import type { Keys } from '../../platform/crypto.js';
import { HubError } from '../../platform/errors.js';
import { uuidv7 } from '../../platform/ids.js';
import { sql } from '../../platform/sql.js';
import type { Session, WriteSession } from '../session.js';
import type { ChosenSubject } from '../subjects/choice.js';
import { forbidAgents, type Paper, plainName, readPaper, takenAt } from './paper.js';
import { departmentByCode, namesNoParty, type Party, partyOf } from './parties.js';

export interface GrantConsent extends Party, Paper {
  recipientRole: Recipient;
  /** code; of SERVICE_HALL */
  recipientDepartment?: string | null;
  /** the token's `sub`; of AGENCY and ASSOCIATION */
  recipientUser?: string | null;
  labels?: readonly ConsentLabel[] | null;
  /** codes of the catalogue */
  items?: readonly string[] | null;
  purpose: Purpose;
  /** null: any number */
  uses?: number | null;
}

const MOST_USES = 1_000_000;

const wrong = (field: string, zh: string, en: string) => new HubError('BAD_USER_INPUT', { zh, en }, field);

/**
 * A consent in force from now; answers its uuid. A SUBJECT gives it for itself; at the counter whoever stands there
 * gives it before a witness.
 * @throws BAD_USER_INPUT, NOT_FOUND (code, subject, person), FORBIDDEN where a subject names another or an agent acts
 */
export async function grantConsent(session: WriteSession, keys: Keys, input: GrantConsent): Promise<string> {
  const { actor, today } = session;
  forbidAgents(actor);
  const paper = readPaper(input, today);
  const taken = takenAt(actor, input.witness);
  const uses = input.uses ?? null;
  if (uses !== null && (uses < 1 || uses > MOST_USES)) {
    throw wrong('uses', `次数须为 1 至 ${MOST_USES}`, `takes 1 to ${MOST_USES}`);
  }
  const labels = [...new Set(input.labels ?? [])].sort();
  const itemIds = await itemsByCode(session, input.items ?? []);
  if (labels.length + itemIds.length === 0) {
    throw wrong('labels', '须载明授权的标记或信息事项', 'name a label or an item that it opens');
  }
  const recipient = await recipientOf(session, input);
  const id = uuidv7();
  const subject = await session.asVerb('grantConsent', async () => {
    const giver = await giverOf(session, keys, input);
    session.em.create(Consent, {
      id,
      kind: 'CONSENT',
      subject: giver.id,
      subjectKind: giver.kind,
      ...recipient,
      agent: null,
      labels,
      itemIds,
      purpose: input.purpose,
      uses,
      ...paper,
      ...taken,
      grantedOn: today,
      grantedBy: actor.user,
      withdrawnOn: null,
      revisedBy: actor.user,
      revisionReason: '授权',
    });
    return giver;
  });
  await session.answer(id, subject.id);
  return id;
}

async function giverOf(session: Session, keys: Keys, input: GrantConsent): Promise<ChosenSubject> {
  const { actor } = session;
  if (!speaksForItself(actor.role)) return partyOf(session, keys, input);
  if (namesNoParty(input)) return partyOf(session, keys, { subjectId: actor.subjectId });
  // Another one and none at all are the same answer: a subject must not learn who is known here.
  const named = await partyOf(session, keys, input).catch((error: unknown) => {
    if (error instanceof HubError && error.code === 'NOT_FOUND') return null;
    throw error;
  });
  if (named?.id === actor.subjectId) return named;
  throw new HubError('FORBIDDEN', { zh: '信用主体只能为自身授权', en: 'a subject consents for itself only' });
}

async function recipientOf(session: Session, input: GrantConsent) {
  const { recipientRole, recipientDepartment, recipientUser } = input;
  const by = RECIPIENTS[recipientRole];
  if (by === 'agent') {
    throw wrong(
      'recipientRole',
      '委托代办须到窗口办理（grantPower）',
      'a person who acts for you takes a power: grantPower',
    );
  }
  if (by === 'department') {
    if (recipientUser != null)
      throw wrong('recipientUser', '政务服务大厅以部门为对象', 'a service hall is a department');
    if (recipientDepartment == null) throw wrong('recipientDepartment', '不能为空', 'must not be blank');
    const id = await departmentByCode(session, recipientDepartment, 'recipientDepartment');
    return { recipientRole, recipientDepartment: id, recipientUser: null };
  }
  if (recipientDepartment != null) {
    throw wrong('recipientDepartment', '该类对象以用户标识载明', 'this recipient is named by its user');
  }
  return { recipientRole, recipientDepartment: null, recipientUser: plainName(recipientUser, 'recipientUser') };
}

async function itemsByCode(session: Session, codes: readonly string[]): Promise<string[]> {
  const wanted = [...new Set(codes)];
  if (wanted.length === 0) return [];
  const rows = await session.query<{ id: string }>(
    sql`select id from catalogue_item where code = any(${wanted}) order by code`,
  );
  if (rows.length < wanted.length) throw wrong('items', '清单中没有此信息事项', 'not an item of the catalogue');
  return rows.map(({ id }) => id);
}
