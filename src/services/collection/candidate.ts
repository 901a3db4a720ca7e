import { hash } from 'node:crypto';
import type { CatalogueField, FieldPart } from '../../catalogue/types.js';
import type { Keys } from '../../platform/crypto.js';
import { type Claim, INDIVIDUAL, identityOf } from './claims.js';
import type { TakenRow } from './judge.js';
import { maskName, maskNumber, maskText } from './masking.js';
import type { ItemPlan } from './plan.js';
import { levelled } from './text.js';
import type { TidyRow } from './tidy.js';

/** A row that was taken, ready to be stored. */
export interface Candidate extends TakenRow {
  /** digest of the business key */
  readonly key: string;
  /** digests under which the same fact may stand, since its subject was merged with others */
  readonly otherKeys: readonly string[];
  /** digest of what the row says, the subject's codes aside: equal for equal content however it was written */
  readonly content: string;
  /** the same of what it says in public, where that is not all: what an export of it says; null where it hides nothing */
  readonly publicContent: string | null;
  /** values by place, personal data masked */
  readonly shown: readonly string[];
  /** places whose text held personal data: what stands in `row.values` there is kept sealed only */
  readonly personal: readonly number[];
}

export function candidateOf(plan: ItemPlan, taken: TakenRow, keys: Keys, received: string): Candidate {
  const { row, claim } = taken;
  const { shown, personal } = maskRow(plan, row, claim, received);
  const identity = identityOf(claim);
  const known = claim.by === 'nobody' ? [] : (claim.subject?.identities ?? []);
  const others = known.filter((one) => one !== identity);
  return {
    ...taken,
    key: keyOf(plan, row, identity),
    otherKeys: others.map((one) => keyOf(plan, row, one)),
    content: contentOf(plan, taken, personal.length > 0 || claim.by === 'document' ? keys : null),
    publicContent: claim.by === 'document' ? null : publicContentOf(plan, taken, shown),
    shown,
    personal,
  };
}

const keyOf = (plan: ItemPlan, row: TidyRow, identity: string): string =>
  digest([plan.item.code, identity, ...plan.item.key.map((name) => levelled(row.values[plan.place(name)] ?? ''))]);

/** All digests under which the fact may stand. */
export const keysOf = ({ key, otherKeys }: Candidate): string[] => [key, ...otherKeys];

/** What is stored of the fact, under whichever of its keys. */
export const storedOf = <T>(stored: ReadonlyMap<string, T>, candidate: Candidate): T | undefined =>
  keysOf(candidate)
    .map((key) => stored.get(key))
    .find((row) => row !== undefined);

/** The values of a row as they may be shown to whoever reads the batch. */
export function maskRow(plan: ItemPlan, row: TidyRow, claim: Claim | null, received: string) {
  const shown = [...row.values];
  const personal: number[] = [];
  const isPerson = claim?.by === 'document' || plan.at('personDocumentNumber') >= 0;
  const isIndividual = row.values[plan.at('subjectCategory')] === INDIVIDUAL;
  for (let i = 0; i < plan.fields.length; i += 1) {
    const value = row.values[i] as string;
    if (value === '') continue;
    const { type, part } = plan.fields[i] as CatalogueField;
    if (type === 'ID_NUMBER') shown[i] = maskNumber(value);
    else if ((part === 'subjectName' && isPerson) || (part === 'representative' && isIndividual))
      shown[i] = maskName(value);
    else if (type === 'TEXT' || type === 'NUMBER' || type === 'NAME') {
      const masked = maskText(value, received, type === 'TEXT');
      if (masked === null) continue;
      shown[i] = masked;
      personal.push(i);
    }
  }
  return { shown, personal };
}

// Known by the key already, or the sender's own: written otherwise they make no other content.
const NOT_CONTENT: ReadonlySet<FieldPart | undefined> = new Set([
  'subjectCode',
  'registrationNo',
  'organisationCode',
  'personDocumentNumber',
  'sourceName',
  'sourceCode',
]);
// Of the register the number is content: it is what other rows are linked by.
const NOT_CONTENT_OF_SUBJECT: ReadonlySet<FieldPart | undefined> = new Set(['subjectCode']);

function contentOf(plan: ItemPlan, { row, kinds }: TakenRow, keys: Keys | null): string {
  const left = plan.item.yields === 'SUBJECT' ? NOT_CONTENT_OF_SUBJECT : NOT_CONTENT;
  const said: string[] = [];
  for (let i = 0; i < plan.fields.length; i += 1) {
    const { part, computed, type } = plan.fields[i] as CatalogueField;
    if (computed || left.has(part)) continue;
    said.push(type === 'KINDS' ? kinds.join(';') : (row.yuan[i] ?? (row.values[i] as string)));
  }
  // A plain digest of a text with an id in it would let the id be guessed.
  return keys ? keys.blindIndex('content', JSON.stringify(said)) : digest(said);
}

/** What of the row is not OPEN is blank in public, and what is personal in it is masked. */
function publicContentOf(
  { item, fields }: ItemPlan,
  { row, kinds }: TakenRow,
  shown: readonly string[],
): string | null {
  if (item.disclosure !== 'PUBLIC') return null;
  const isContent = ({ part, computed }: CatalogueField) => !computed && !NOT_CONTENT.has(part);
  const hides = ({ security }: CatalogueField, i: number) =>
    security === 'OPEN' ? shown[i] !== row.values[i] : row.values[i] !== '';
  if (!fields.some((field, i) => hides(field, i) && isContent(field))) return null;
  const said = fields.flatMap((field, i) => {
    if (!isContent(field)) return [];
    if (field.security !== 'OPEN') return [''];
    return [field.type === 'KINDS' ? kinds.join(';') : (row.yuan[i] ?? (shown[i] as string))];
  });
  return digest(said);
}

const digest = (parts: readonly string[]): string => hash('sha256', JSON.stringify(parts), 'hex');
