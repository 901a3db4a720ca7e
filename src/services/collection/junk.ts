import { FILLERS, type JUNK_RULES, TRIALS } from '../../catalogue/quality/junk.js';
import type { ItemPlan } from './plan.js';
import { levelled } from './text.js';
import type { TidyRow } from './tidy.js';

const filler = new Set(FILLERS.map(levelled));
const trial = new Set(TRIALS.map(levelled));

/** Nothing but signs, one character over and over, or a word that says nothing. */
function isFiller(text: string): boolean {
  const plain = levelled(text);
  if (filler.has(plain) || trial.has(plain)) return true;
  const bare = plain.replace(/\d+$/, '');
  return trial.has(bare) || /^[^\p{L}\p{N}]*$/u.test(plain) || /^(.)\1{2,}$/u.test(plain);
}

/** Of a row that is refused: by which rule it is junk, or null where something was meant by it. */
export function junkOf(plan: ItemPlan, { values }: TidyRow): keyof typeof JUNK_RULES | null {
  const filled = values.map((value, place) => ({ value, place })).filter(({ value }) => value !== '');
  if (filled.length === 0) return 'JUNK_BLANK';
  if (filled.every(({ value }) => isFiller(value))) return 'JUNK_FILLER';
  return filled.every(({ value, place }) => isHeader(plan, place, value)) ? 'JUNK_HEADER' : null;
}

function isHeader(plan: ItemPlan, place: number, value: string): boolean {
  const field = plan.fields[place];
  if (!field) return false;
  return [field.name, field.label, ...(field.aliases ?? [])].some((header) => levelled(header) === levelled(value));
}
