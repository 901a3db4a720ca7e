import { REQUIREMENT_WORDS } from './rules/kinds.js';
import type { CatalogueField, CatalogueItem } from './types.js';

/** When a conditional field is required, in words; null where it always is, or never. */
export function requiredWhen({ required }: CatalogueField, { fields }: Pick<CatalogueItem, 'fields'>): string | null {
  if (typeof required === 'boolean') return null;
  if (typeof required === 'string') return `处罚类别含${REQUIREMENT_WORDS[required].join('、')}时必填`;
  const label = fields.find(({ name }) => name === required.field)?.label ?? required.field;
  return `${label}为${required.is.join('、')}时必填`;
}
