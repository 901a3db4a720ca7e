import { HubError } from '../platform/errors.js';
import type { Actor } from './actor.js';
import type { Label } from './labels.js';
import { fieldsOf } from './matrix.js';
import type { Decision, Fact } from './predicates.js';

type Row = Record<string, unknown>;

const isOwn = (actor: Actor, row: Row): boolean =>
  actor.subjectId !== null &&
  (Array.isArray(row.subjectIds) ? row.subjectIds.includes(actor.subjectId) : row.subjectId === actor.subjectId);

/** Code knows whose a row is; every other fact Postgres knows, and `otherwise` stands for it. */
const judge = (actor: Actor, label: Label, row: Row, otherwise: boolean): Decision =>
  fieldsOf(actor.role)[label].allows(actor, (fact: Fact) => (fact === 'own' ? isOwn(actor, row) : otherwise));

/** The best that the cell of role × label can come to, whatever Postgres knows: `no` is final. */
export const atBest = (actor: Actor, label: Label, row: Row): Decision => judge(actor, label, row, true);

const refusal = (decision: Decision): HubError =>
  decision === 'purpose'
    ? new HubError('PURPOSE_REQUIRED', {
        zh: '须载明查询用途（x-hub-purpose）及案号（x-hub-case）',
        en: 'state a purpose (x-hub-purpose) and, where it has one, a case (x-hub-case)',
      })
    : new HubError('FORBIDDEN', { zh: '无权查询或办理', en: 'not within this caller’s rights' });

/** Throws where the decision is a refusal. */
export function demand(decision: Decision): void {
  if (decision === 'no' || decision === 'purpose') throw refusal(decision);
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
