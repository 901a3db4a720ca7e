import { ADULT_AGE, SEALED_LAW } from '../../catalogue/rules/collection.js';
import { isForbiddenAct, saysForbidden } from '../../catalogue/rules/forbidden.js';
import { addYears, compareDates } from '../../platform/clock.js';
import { birthDate, CITIZEN_DOCUMENT, citizenId, isUnifiedCode } from './identifiers.js';
import type { Lookups } from './lookups.js';
import type { ItemPlan } from './plan.js';
import { levelled } from './text.js';
import { dateAt, type TidyRow } from './tidy.js';

/** The sender of a batch. */
export interface Sender {
  readonly code: string;
  readonly name: string;
  readonly functions: readonly string[];
  /** a platform above or beside the county sends for all */
  readonly exchange: boolean;
}

export interface Outside {
  readonly field: string | null;
  /** content that must not be kept, not even in the row that says so */
  readonly drop: boolean;
}

/** Why the row is none of the catalogue's: forbidden or sealed content, a minor, another's data, another's list. */
export function outsideCatalogue(
  plan: ItemPlan,
  row: TidyRow,
  { sender, received, lookups }: { sender: Sender; received: string; lookups: Lookups },
): Outside | null {
  if (row.forbidden) return { field: null, drop: true };
  const ofPerson = plan.at('personDocumentNumber') >= 0;
  const { forbids = [] } = plan.item;
  for (let i = 0; i < plan.fields.length; i += 1) {
    const field = plan.fields[i];
    const value = row.values[i] as string;
    if (!field || value === '' || field.type !== 'TEXT') continue;
    if (saysForbidden(value) || forbids.some((word) => value.includes(word))) return { field: field.name, drop: true };
    if (isForbiddenAct(field.part, value, ofPerson)) return { field: field.name, drop: true };
    if (field.part === 'basis' && isSealed(value, received)) return { field: field.name, drop: true };
  }
  if (isMinor(plan, row, received)) return { field: fieldName(plan, plan.at('personDocumentNumber')), drop: true };
  const foreign = foreignSource(plan, row, sender);
  if (foreign) return { field: foreign, drop: false };
  const unauthorised = unauthorisedIn(plan, row, received, lookups);
  if (unauthorised) return { field: unauthorised, drop: false };
  return foreignList(plan, row, sender, lookups) ? { field: fieldName(plan, plan.at('list')), drop: false } : null;
}

const fieldName = (plan: ItemPlan, place: number): string | null => plan.fields[place]?.name ?? null;

const isSealed = (basis: string, received: string): boolean =>
  received >= SEALED_LAW.effectiveFrom && SEALED_LAW.definition.words.some((word) => basis.includes(word));

/** The day of the act is not reported: whoever was a minor when it was decided was one before. */
function isMinor(plan: ItemPlan, row: TidyRow, received: string): boolean {
  const type = row.values[plan.at('personDocumentType')];
  const decidedOn = dateAt(row, plan.at('decidedOn'));
  if (type !== CITIZEN_DOCUMENT || !decidedOn) return false;
  const id = citizenId(row.values[plan.at('personDocumentNumber')] ?? '', received);
  return id !== null && compareDates(addYears(birthDate(id), ADULT_AGE.definition.years), decidedOn) > 0;
}

/** 谁产生、谁负责: the data source unit is the sender, by its code, or by its name where no code is given. */
function foreignSource(plan: ItemPlan, row: TidyRow, sender: Sender): string | null {
  const [codeAt, nameAt] = [plan.at('sourceCode'), plan.at('sourceName')];
  const code = row.values[codeAt] ?? '';
  if (code !== '') return code === sender.code ? null : fieldName(plan, codeAt);
  const name = row.values[nameAt] ?? '';
  return name === '' || levelled(name) === levelled(sender.name) ? null : fieldName(plan, nameAt);
}

/**
 * 市场信用信息 of whoever is in the register, and of nobody else: it makes no subject there. And none without its subject's
 * authorisation on the day (条例 art. 21).
 */
function unauthorisedIn(plan: ItemPlan, row: TidyRow, received: string, lookups: Lookups): string | null {
  if (plan.item.yields !== 'MARKET') return null;
  const until = dateAt(row, plan.at('validTo'));
  if (until !== null && compareDates(until, received) < 0) return fieldName(plan, plan.at('validTo'));
  const code = row.values[plan.at('subjectCode')] ?? '';
  if (!isUnifiedCode(code)) return null;
  return (lookups.subjectByCode(code)?.provisional ?? true) ? fieldName(plan, plan.at('subjectCode')) : null;
}

/** An OWN list is not received; a RECEIVED one comes from its function's department, or from whoever sends for all. */
function foreignList(plan: ItemPlan, row: TidyRow, sender: Sender, lookups: Lookups): boolean {
  const list = lookups.listByCode(row.values[plan.at('list')] ?? '');
  if (!list) return false;
  const sends = sender.exchange || [list.function, 'DEVELOPMENT_REFORM'].some((of) => sender.functions.includes(of));
  return list.origin !== 'RECEIVED' || !sends;
}
