import { HubError } from '../platform/errors.js';
import type { Actor } from './actor.js';
import type { Label } from './labels.js';
import { fieldsOf } from './matrix.js';
import type { Decision, Fact } from './predicates.js';

type Row = Record<string, unknown>;

const isOwn = (actor: Actor, row: Row): boolean =>
  actor.subjectId !== null &&
  (Array.isArray(row.subjectIds) ? row.subjectIds.includes(actor.subjectId) : row.subjectId === actor.subjectId);

const isNamed = ({ consent }: Actor, row: Row): boolean => consent !== undefined && row.subjectId === consent.subjectId;

/** Of fields that Postgres keeps in no side table: 政务共享 is opened with 授权查询 where the row itself is. */
const opens = ({ consent }: Actor, label: Label): boolean =>
  consent?.labels.includes(label === 'GOVERNMENT' ? 'AUTHORISED' : label) ?? false;

/** Code knows whose a row is and what a consent says; every other fact Postgres knows, and `otherwise` stands for it. */
const judge = (actor: Actor, label: Label, row: Row, otherwise: boolean): Decision =>
  fieldsOf(actor.role)[label].allows(actor, (fact: Fact) => {
    if (fact === 'own') return isOwn(actor, row);
    if (fact === 'named') return isNamed(actor, row);
    if (fact === 'consented') return isNamed(actor, row) && opens(actor, label);
    return otherwise;
  });

/** The best that the cell of role × label can come to, whatever Postgres knows: `no` is final. */
export const atBest = (actor: Actor, label: Label, row: Row): Decision => judge(actor, label, row, true);

export const purposeRequired = (): HubError =>
  new HubError('PURPOSE_REQUIRED', {
    zh: '须载明查询用途（x-hub-purpose）及案号（x-hub-case）',
    en: 'state a purpose (x-hub-purpose) and, where it has one, a case (x-hub-case)',
  });

/** One sentence whatever is wrong with a consent: who may not use it learns nothing of it. */
export const consentRequired = (field?: string): HubError =>
  new HubError(
    'CONSENT_REQUIRED',
    {
      zh: '须持该主体有效的书面授权（x-hub-consent），且对象、用途与次数相符',
      en: 'state a written consent of this subject (x-hub-consent) that is in force, for this recipient and purpose, and not used up',
    },
    field,
  );

function refusal(decision: Decision, field?: string): HubError {
  if (decision === 'purpose') return purposeRequired();
  if (decision === 'consent') return consentRequired(field);
  return new HubError('FORBIDDEN', { zh: '无权查询或办理', en: 'not within this caller’s rights' }, field);
}

/**
 * Whether a role may select rows by what a field of this label says: where it could read the field whole. Whose rows they
 * are is judged with the rows.
 */
export function maySelectBy(actor: Actor, label: Label): Decision {
  const decision = fieldsOf(actor.role)[label].allows(actor, () => true);
  return decision === 'masked' ? 'no' : decision;
}

/** Throws where the decision is a refusal. */
export function demand(decision: Decision, field?: string): void {
  if (decision !== 'yes' && decision !== 'masked') throw refusal(decision, field);
}

/**
 * What the caller sees of a guarded value: whole where Postgres gave it (its side table's row security has judged) and the
 * cell can come to that at all,
 * masked where the cell says so. Otherwise the refusal is thrown; a field that can't be null is masked instead.
 */
export function reveal(
  actor: Actor,
  label: Label,
  row: Row,
  whole: string | null | undefined,
  masked: string | null,
): string | null {
  if (whole != null && mayBeWhole(actor, label, row)) return whole;
  const decision = judge(actor, label, row, false);
  if (masked !== null) demand(decision);
  return masked;
}

/** Whether it is worth asking the side table at all. */
export const mayBeWhole = (actor: Actor, label: Label, row: Row): boolean => atBest(actor, label, row) === 'yes';

/** Whether a value within a row may be seen, by the label of its own; one without a label is nobody's to see. */
export const maySee = (actor: Actor, label: Label | undefined, row: Row): boolean =>
  label === 'OPEN' || (label !== undefined && mayBeWhole(actor, label, row));
