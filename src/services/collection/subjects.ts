import type { SubjectKind } from '../../catalogue/types.js';
import type { FieldCipher } from '../../platform/crypto.js';
import { uuidv7 } from '../../platform/ids.js';
import { sql } from '../../platform/sql.js';
import { dataKeys } from '../custody/subjectKeys.js';
import { sealIdentity } from '../personal.js';
import type { Candidate } from './candidate.js';
import { type Claim, INDIVIDUAL, kindOfCode } from './claims.js';
import { maskName, maskNumber } from './masking.js';
import { rowsOf, type Store, type Stored } from './storing.js';
import { levelled } from './text.js';

/** The subject of a candidate, in the hub from now on. */
export interface Placed {
  readonly id: string;
  readonly kind: SubjectKind;
}

/**
 * Whom the candidates are about: known subjects as they stand, the others made: provisional where a valid code is not
 * in the register, one for each row without a code, and natural persons under their blind index.
 * `known` gives the subject of a row that is stored already: it stays, since only a merge or a split moves it.
 */
export async function placeSubjects(
  store: Store,
  candidates: readonly Candidate[],
  known: (candidate: Candidate) => Pick<Stored, 'subjectId' | 'subjectKind'> | undefined,
): Promise<Map<Candidate, Placed>> {
  const placed = new Map<Candidate, Placed>();
  const made = new Map<string, { placed: Placed; candidate: Candidate }>();
  for (const candidate of candidates) {
    const { claim } = candidate;
    const stored = known(candidate);
    const there = stored
      ? { id: stored.subjectId, kind: stored.subjectKind }
      : claim.by === 'nobody'
        ? undefined
        : claim.subject;
    if (there) {
      placed.set(candidate, { id: there.id, kind: there.kind });
      continue;
    }
    const identity = claim.by === 'nobody' ? `row ${candidate.row.rowNo}` : identityOfNew(claim);
    const fresh = made.get(identity) ?? { placed: { id: uuidv7(), kind: kindOf(claim, candidate, store) }, candidate };
    made.set(identity, fresh);
    placed.set(candidate, fresh.placed);
  }
  await insertSubjects(store, [...made.values()]);
  return placed;
}

const identityOfNew = (claim: Claim): string =>
  claim.by === 'code' ? claim.code : claim.by === 'document' ? claim.index : '';

function kindOf(claim: Claim, { row }: Candidate, { plan }: Store): SubjectKind {
  if (claim.by === 'document') return 'NATURAL_PERSON';
  if (claim.by === 'code') return kindOfCode(claim.code);
  return row.values[plan.at('subjectCategory')] === INDIVIDUAL ? 'INDIVIDUAL_BUSINESS' : 'OTHER_ORGANISATION';
}

type Made = { placed: Placed; candidate: Candidate };

async function insertSubjects(store: Store, made: readonly Made[]): Promise<void> {
  if (made.length === 0) return;
  const { session, asOf, itemId, department } = store;
  const rows = made.map((one) => subjectRow(store, one));
  await session.query(sql`
    insert into subject (id, kind, name, name_key, code, id_masked, representative, provisional, as_of, revised_by,
      source_item_id, source_department_id)
    select id, kind, name, name_key, code, id_masked, representative, provisional, ${asOf}::timestamptz, ${session.actor.user},
      ${itemId}::uuid, ${department.id}::uuid
    from jsonb_to_recordset(${rowsOf(rows)}) as r(id uuid, kind text, name text, name_key text, code text, id_masked text,
      representative text, provisional boolean)`);
  await storeRepresentatives(
    store,
    rows.filter(({ kind, whole }) => kind === 'INDIVIDUAL_BUSINESS' && whole !== null),
  );
  await insertIdentities(store, made);
}

function subjectRow({ plan }: Store, { placed: { id, kind }, candidate: { claim, row, shown } }: Made) {
  const isPerson = claim.by === 'document';
  const name = isPerson ? maskName(row.values[plan.at('subjectName')] ?? '') : (shown[plan.at('subjectName')] ?? '');
  const whole = row.values[plan.at('representative')] || null;
  return {
    id,
    kind,
    name,
    name_key: levelled(name),
    code: claim.by === 'code' ? claim.code : null,
    id_masked: isPerson ? maskNumber(claim.number) : null,
    representative: whole && kind === 'INDIVIDUAL_BUSINESS' ? maskName(whole) : whole,
    whole,
    provisional: !isPerson,
  };
}

/** Of an individual business the representative is PERSONAL: whole in a table of its own. */
export async function storeRepresentatives(
  { session }: Store,
  rows: readonly { id: string; whole: string | null }[],
): Promise<void> {
  if (rows.length === 0) return;
  await session.query(sql`
    insert into subject_representative (subject_id, name)
    select id, whole from jsonb_to_recordset(${rowsOf(rows)}) as r(id uuid, whole text)
    on conflict (subject_id) do update set name = excluded.name`);
}

async function insertIdentities({ session, keys, plan }: Store, made: readonly Made[]): Promise<void> {
  const persons = made.filter(({ candidate }) => candidate.claim.by === 'document').map(({ placed }) => placed.id);
  const sealing = await dataKeys(session, keys, persons, { fresh: true });
  const rows = made.flatMap(({ placed: { id }, candidate: { claim, row } }) => {
    if (claim.by !== 'document') return [];
    const name = row.values[plan.at('subjectName')] ?? '';
    const sealed = sealIdentity(sealing.get(id) as FieldCipher, id, {
      documentType: claim.type,
      number: claim.number,
      name,
    });
    return [
      {
        subject_id: id,
        document_type: claim.type,
        blind_index: claim.index,
        name_sealed: sealed.nameSealed,
        number_sealed: sealed.numberSealed,
      },
    ];
  });
  if (rows.length === 0) return;
  await session.query(sql`
    insert into person_identity (subject_id, document_type, blind_index, name_sealed, number_sealed)
    select subject_id, document_type, decode(blind_index, 'hex'), name_sealed, number_sealed
    from jsonb_to_recordset(${rowsOf(rows)}) as r(subject_id uuid, document_type text, blind_index text, name_sealed text,
      number_sealed text)`);
}
