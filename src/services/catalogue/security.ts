import { CATALOGUE } from '../../catalogue/index.js';
import type { SecurityLabel } from '../../catalogue/types.js';
import { referenceId } from '../../platform/ids.js';

const labels: ReadonlyMap<string, ReadonlyMap<string, SecurityLabel>> = new Map(
  CATALOGUE.map(({ code, fields }) => [
    referenceId('item', code),
    new Map(fields.map(({ name, security }) => [name, security])),
  ]),
);

/** 安全标记 of a field's value, by its item's id and its own code; undefined for a field that the item does not have. */
export const securityOf = (itemId: string, field: string): SecurityLabel | undefined => labels.get(itemId)?.get(field);
