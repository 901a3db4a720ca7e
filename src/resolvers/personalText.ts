import { mayBeWhole } from '../permissions/reveal.js';
import { openTexts } from '../services/personal.js';
import type { Row } from '../services/reading/shape.js';
import type { HubContext } from './context.js';

/**
 * Text that holds somebody's id or phone number stands masked in its row; whoever may see it whole gets it from the
 * side table, if Postgres gives it.
 */
export async function textOf(row: Row, property: string, column: string, context: HubContext): Promise<string | null> {
  const masked = row[property] as string | null;
  if (!row.personalText || masked === null) return masked;
  return (await wholeTexts(row, context))?.[column] ?? masked;
}

export async function wholeTexts(
  row: Row,
  { actor, loaders, keys }: HubContext,
): Promise<Record<string, string> | null> {
  if (!row.personalText || !mayBeWhole(actor, 'PERSONAL', row)) return null;
  const sealed = await loaders.personalText.load(row.id);
  return sealed === null ? null : openTexts(keys, row.id, sealed);
}
