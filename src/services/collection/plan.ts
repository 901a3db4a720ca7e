import { itemOf } from '../../catalogue/index.js';
import type { CatalogueField, CatalogueItem, FieldPart } from '../../catalogue/types.js';

/** A catalogue item made ready for rows: fields by place, so that a row is an array. */
export interface ItemPlan {
  readonly item: CatalogueItem;
  readonly fields: readonly CatalogueField[];
  /** the place of the field that is the part; -1 where the item has none */
  at(part: FieldPart): number;
  /** the place of the field of that name */
  place(name: string): number;
}

export function planOf(item: CatalogueItem): ItemPlan {
  const parts = new Map(item.fields.flatMap(({ part }, i) => (part ? [[part, i] as const] : [])));
  const places = new Map(item.fields.map(({ name }, i) => [name, i] as const));
  return {
    item,
    fields: item.fields,
    at: (part) => parts.get(part) ?? -1,
    place: (name) => places.get(name) ?? -1,
  };
}

export function planOfCode(code: string): ItemPlan | null {
  const item = itemOf(code);
  return item ? planOf(item) : null;
}
