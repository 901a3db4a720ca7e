import { REQUIREMENT_WORDS } from '../../catalogue/rules/kinds.js';
import type { CatalogueField } from '../../catalogue/types.js';
import { compareDates } from '../../platform/clock.js';
import { type Claim, claimOf, kindMismatch } from './claims.js';
import { CITIZEN_DOCUMENT, citizenId, isOrganisationCode, isUnifiedCode } from './identifiers.js';
import { correction, type Issue, type Rejection, rejection } from './issues.js';
import type { Lookups } from './lookups.js';
import { isOption, readKinds } from './options.js';
import { outsideCatalogue, type Sender } from './outside.js';
import type { ItemPlan } from './plan.js';
import { dateAt, type TidyRow } from './tidy.js';

/** What a batch's rows are judged by. */
export interface Bench {
  readonly plan: ItemPlan;
  readonly sender: Sender;
  /** the day that lateness and future dates are judged by */
  readonly received: string;
  readonly lookups: Lookups;
}

export interface RefusedRow {
  readonly row: TidyRow;
  readonly issue: Issue;
  /** nothing of the row is kept */
  readonly drop: boolean;
}

export interface TakenRow {
  readonly row: TidyRow;
  readonly claim: Claim;
  /** penalty kinds of 2021; empty for other items */
  readonly kinds: readonly string[];
  readonly corrections: readonly Issue[];
}

export type Verdict = RefusedRow | TakenRow;
export const isRefused = (verdict: Verdict): verdict is RefusedRow => 'issue' in verdict;

type Finding = readonly [Rejection, string | null];

/** The first reason, in the order of reference.md, for which the row is refused, or what it says. DUPLICATE comes later. */
export function judge(bench: Bench, row: TidyRow): Verdict {
  const outside = outsideCatalogue(bench.plan, row, bench);
  if (outside) return { row, issue: rejection('OUTSIDE_CATALOGUE', outside.field), drop: outside.drop };
  const unread = row.unread.find(({ code }) => code === 'DIGITS_LOST') ?? row.unread[0];
  if (unread) return { row, issue: rejection(unread.code, name(bench.plan, unread.place)), drop: false };
  const claim = claimOf(bench.plan, row, bench.lookups, bench.received);
  const kinds = kindsOf(bench.plan, row);
  const found =
    requiredMissing(bench.plan, row, claim) ??
    wrongCode(bench.plan, row, claim) ??
    wrongCitizenId(bench, row, claim) ??
    wrongKind(bench.plan, row, claim) ??
    wrongDate(bench, row) ??
    unknownOption(bench.plan, row, kinds) ??
    wrongAmount(bench.plan, row) ??
    unknownAuthority(bench, row);
  if (found) return { row, issue: rejection(...found), drop: false };
  const linked = typeof claim !== 'string' && claim.by === 'registrationNo';
  const place = bench.plan.fields[bench.plan.at('registrationNo')];
  return {
    row,
    claim: claim as Claim,
    kinds: kinds ?? [],
    corrections: linked
      ? [...row.corrections, correction('LINKED_BY_REGISTRATION_NO', place?.name ?? null)]
      : row.corrections,
  };
}

const name = (plan: ItemPlan, place: number): string | null => plan.fields[place]?.name ?? null;

function first(plan: ItemPlan, test: (field: CatalogueField, place: number) => boolean): string | null {
  const place = plan.fields.findIndex(test);
  return name(plan, place);
}

function requiredMissing(plan: ItemPlan, row: TidyRow, claim: Claim | string): Finding | null {
  const kinds = row.values[plan.at('kinds')] ?? '';
  const isRequired = ({ required, part }: CatalogueField) => {
    // whether a code may be wanting is the claim's to say
    if (part === 'subjectCode') return claim === 'REQUIRED_MISSING';
    if (typeof required === 'boolean') return required;
    if (typeof required === 'object') return required.is.includes(row.values[plan.place(required.field)] ?? '');
    return REQUIREMENT_WORDS[required].some((word) => kinds.includes(word));
  };
  const missing = first(plan, (field, i) => row.values[i] === '' && isRequired(field));
  if (missing) return ['REQUIRED_MISSING', missing];
  // the placeholder without more is no value
  return claim === 'REQUIRED_MISSING' ? ['REQUIRED_MISSING', name(plan, plan.at('subjectCode'))] : null;
}

function wrongCode(plan: ItemPlan, row: TidyRow, claim: Claim | string): Finding | null {
  if (claim === 'USCC_INVALID') return ['USCC_INVALID', name(plan, plan.at('subjectCode'))];
  const wrong = first(plan, ({ type, part }, i) => {
    const value = row.values[i] as string;
    if (value === '' || part === 'subjectCode') return false;
    return (
      (type === 'UNIFIED_CODE' && !isUnifiedCode(value)) || (type === 'ORGANISATION_CODE' && !isOrganisationCode(value))
    );
  });
  return wrong ? ['USCC_INVALID', wrong] : null;
}

function wrongCitizenId({ plan, received }: Bench, row: TidyRow, claim: Claim | string): Finding | null {
  if (claim === 'CITIZEN_ID_INVALID') return ['CITIZEN_ID_INVALID', name(plan, plan.at('personDocumentNumber'))];
  const place = plan.at('representativeDocumentNumber');
  const number = row.values[place] ?? '';
  // the one-field table of 2018 means 身份证 and says no type
  const type = row.values[plan.at('representativeDocumentType')] || CITIZEN_DOCUMENT;
  const wrong = number !== '' && type === CITIZEN_DOCUMENT && citizenId(number, received) === null;
  return wrong ? ['CITIZEN_ID_INVALID', name(plan, place)] : null;
}

function wrongKind(plan: ItemPlan, row: TidyRow, claim: Claim | string): Finding | null {
  const place = plan.at('subjectCategory');
  const mismatch = typeof claim !== 'string' && kindMismatch(plan, row.values[place] ?? '', claim);
  return mismatch ? ['SUBJECT_KIND_MISMATCH', name(plan, place >= 0 ? place : plan.at('subjectCode'))] : null;
}

function wrongDate({ plan, received }: Bench, row: TidyRow): Finding | null {
  const bad = row.badDates[0];
  if (bad !== undefined) return ['DATE_INVALID', name(plan, bad)];
  const ahead = first(plan, ({ past }, i) => {
    const date = past ? dateAt(row, i) : null;
    return date !== null && compareDates(date, received) > 0;
  });
  if (ahead) return ['DATE_IN_FUTURE', ahead];
  for (const [earlier, later] of plan.item.dateOrders ?? []) {
    const [from, to] = [dateAt(row, plan.place(earlier)), dateAt(row, plan.place(later))];
    if (from && to && compareDates(to, from) < 0) return ['DATE_ORDER', later];
  }
  return null;
}

function unknownOption(plan: ItemPlan, row: TidyRow, kinds: readonly string[] | null): Finding | null {
  const unknown = first(plan, (field, i) => {
    const value = row.values[i] as string;
    if (value === '') return false;
    return field.type === 'KINDS' ? kinds === null : field.type === 'ENUM' && !isOption(field, value);
  });
  return unknown ? ['ENUM_UNKNOWN', unknown] : null;
}

function wrongAmount(plan: ItemPlan, row: TidyRow): Finding | null {
  const wrong = first(plan, ({ type }, i) => type === 'AMOUNT_10K' && row.values[i] !== '' && row.yuan[i] === null);
  return wrong ? ['AMOUNT_INVALID', wrong] : null;
}

function unknownAuthority({ plan, lookups }: Bench, row: TidyRow): Finding | null {
  const place = plan.at('authorityCode');
  const code = row.values[place] ?? '';
  return code !== '' && !lookups.departmentByCode(code) ? ['AUTHORITY_UNKNOWN', name(plan, place)] : null;
}

function kindsOf(plan: ItemPlan, row: TidyRow): string[] | null {
  const text = row.values[plan.at('kinds')] ?? '';
  if (text === '') return null;
  const hints = [row.values[plan.place('CF_NR_ZKDX')] ?? '', row.values[plan.at('content')] ?? ''];
  return readKinds(text, hints);
}
