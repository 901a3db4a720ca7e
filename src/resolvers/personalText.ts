import { mayBeWhole } from '../permissions/reveal.js';
import { openTexts } from '../services/personal.js';
import type { Row } from '../services/reading/shape.js';
import type { HubContext } from './context.js';

/** At once where it can be: a promise for every text of a wide answer is dear. */
export type MaybeLater<T> = T | Promise<T>;

/**
 * Text that holds somebody's id or phone number stands masked in its row; whoever may see it whole gets it from the
 * side table, if Postgres gives it.
 */
export function textOf(row: Row, property: string, column: string, context: HubContext): MaybeLater<string | null> {
  const masked = row[property] as string | null;
  if (!row.personalText || masked === null) return masked;
  return wholeTexts(row, context).then((whole) => whole?.[column] ?? masked);
}

export async function wholeTexts(
  row: Row,
  { actor, loaders, keys }: HubContext,
): Promise<Record<string, string> | null> {
  if (!row.personalText || !mayBeWhole(actor, 'PERSONAL', row)) return null;
  const sealed = await loaders.personalText.load(row.id);
  return sealed === null ? null : openTexts(keys, row.id, sealed);
}
