import type { Keys, WrappedKey } from '../../platform/crypto.js';
import { HubError } from '../../platform/errors.js';
import { sql } from '../../platform/sql.js';
import { type CheckRow, wantedBy } from '../checks/row.js';
import { levelled } from '../collection/text.js';
import { IDENTITY_COLUMNS, openIdentity, SEALED_IDENTITY, type SealedIdentity } from '../personal.js';
import type { Session } from '../session.js';
import {
  type ChosenSubject,
  choiceCondition,
  findChosen,
  namesNobody,
  noSuchSubject,
  type SubjectChoice,
} from '../subjects/choice.js';
import { JOIN_SURVIVOR } from '../subjects/survivor.js';

/** Who stands at the counter: by code, by id, or by its document. */
export interface Party extends SubjectChoice {
  person?: CheckRow['person'];
}

export const namesNoParty = (party: Party): boolean => namesNobody(party) && party.person == null;

/**
 * The subject that is named, found with the powers of the verb. A person's name must be that of its document: who
 * signs is not guessed.
 * @throws BAD_USER_INPUT, NOT_FOUND
 */
export async function partyOf(session: Session, keys: Keys, party: Party): Promise<ChosenSubject> {
  if (party.person == null) {
    const found = await findChosen(session, choiceCondition(party));
    if (!found) throw noSuchSubject(party);
    return found;
  }
  if (!namesNobody(party)) {
    throw new HubError(
      'BAD_USER_INPUT',
      { zh: '代码、主体标识与自然人证件须且仅须填写一项', en: 'give exactly one of code, subject and person' },
      'person',
    );
  }
  return personOf(session, keys, party.person, 'person');
}

/** @param path of the input, as an error names it */
export async function personOf(
  session: Session,
  keys: Keys,
  person: NonNullable<CheckRow['person']>,
  path: string,
): Promise<ChosenSubject> {
  const wanted = wantedIn(path, () => wantedBy({ person }, keys, session.today));
  const [found] = await session.query<Person>(sql`
    select s.id, s.kind, p.subject_id as "identityId", ${IDENTITY_COLUMNS} from ${SEALED_IDENTITY}
    join subject n on n.id = p.subject_id ${JOIN_SURVIVOR} where p.blind_index = decode(${wanted.key}, 'hex')`);
  if (!found || !isCalled(found, wanted.names, keys)) {
    throw new HubError(
      'NOT_FOUND',
      { zh: '未找到该自然人，或姓名与证件不符', en: 'there is no such person, or not of that name' },
      path,
    );
  }
  return { id: found.id, kind: found.kind };
}

/** An error of a check's row, under the name that the document has here. */
function wantedIn<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof HubError) || path === 'person') throw error;
    throw new HubError(error.code, error.text, error.field?.replace(/^person/, path));
  }
}

type Person = ChosenSubject & SealedIdentity & WrappedKey & { identityId: string };

function isCalled(person: Person, names: readonly string[], keys: Keys): boolean {
  const { identityId, nameSealed, numberSealed, keyId, wrapped } = person;
  const known = levelled(openIdentity(keys, identityId, { nameSealed, numberSealed, keyId, wrapped }).name);
  return names.every((name) => name === known);
}

export async function departmentByCode(session: Session, code: string, field: string): Promise<string> {
  const [row] = await session.query<{ id: string }>(sql`select id from department where code = ${code.trim()}`);
  if (row) return row.id;
  throw new HubError('BAD_USER_INPUT', { zh: '没有登记此部门', en: 'no such department is registered' }, field);
}
