import { sectorRule } from '../catalogue/rules/sectors.js';
import { addSectorTables } from '../services/collection/penaltyTable.js';
import type { OwnerQuery } from '../services/reference.js';

/**
 * 示例 An example of what one sector may say of its fines, from a day on. The amounts are invented and the name of the rule
 * says so; the real ones are an operator's file (HUB_PENALTY_TABLE, docs/publicity.md).
 */
export const EXAMPLE_TABLE = sectorRule(
  '2026-06-01',
  ['GBF_22'],
  {
    sector: 'ECOLOGY',
    source: '示例，金额系虚构，非正式标准 an example, no real standard',
    kinds: {},
    fines: [
      { below: 10_000, severity: 'MINOR' },
      { below: 300_000, severity: 'GENERAL' },
      { below: null, severity: 'SERIOUS' },
    ],
  },
  '（示例）',
);

export const addExampleTable = (query: OwnerQuery): Promise<void> => addSectorTables(query, [EXAMPLE_TABLE]);
