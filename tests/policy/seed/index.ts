import pg from 'pg';
import type { Role } from '../../../src/permissions/roles.js';
import { loadKeys } from '../../../src/platform/crypto.js';
import type { Hub } from '../../kit/hub.js';
import { DEPARTMENTS } from '../cast.js';
import { seedOwnChecks } from './checks.js';
import { seedConsents } from './consents.js';
import { seedEntries } from './entries.js';
import { seedExchange } from './exchange.js';
import { seedMarket } from './market.js';
import { seedMerges } from './merges.js';
import { seedBatches, seedCommitments, seedEvents, seedOthersChecks } from './others.js';
import { seedPatrol } from './patrol.js';
import { seedRecords } from './records.js';
import { seedSeals } from './seals.js';
import { seedSubjects } from './subjects.js';
import { World } from './world.js';

export interface Seed {
  world: World;
  /** a receipt of each role that may check, of a check it ran itself */
  receipts: Map<Role, string>;
  close(): Promise<void>;
}

const REFERENCE: readonly [string, string][] = [
  ['Department', 'department'],
  ['LegalBasis', 'legal_basis'],
  ['CatalogueItem', 'catalogue_item'],
  ['CreditList', 'credit_list'],
  ['Measure', 'measure'],
  ['ServiceMatter', 'service_matter'],
];

/** Fills a hub without demo data with one row for every situation of expected.csv. */
export async function seed(hub: Hub, plant?: World['plant']): Promise<Seed> {
  const owner = new pg.Client(hub.ownerUrl);
  await owner.connect();
  const keys = await loadKeys({ keyFile: `${hub.dataDir}/keys.json`, database: null });
  const world = new World(owner, keys);
  const { plant: plain } = world;
  if (plant) world.plant = plant;
  for (const { id, code, name, functions } of Object.values(DEPARTMENTS)) {
    await world.insert('department', { id, code, name, functions });
  }
  // Nullable columns of the reference data that no datum fills: without a value nobody could be seen to read them.
  await owner.query(`update service_matter set national_code = '370000000000' where national_code is null`);
  await owner.query(`update legal_basis set valid_to = '2099-12-31' where valid_to is null`);
  await owner.query(`update catalogue_item set national_code = '示例', effective_until = '2099-12-31',
    effective_from = coalesce(effective_from, '2020-10-01'),
    fields = jsonb_set(jsonb_set(fields, '{0,dataElement}', '"示例"'), '{0,requiredWhen}', '"示例"')`);
  await seedSubjects(world);
  await seedRecords(world);
  await seedEntries(world);
  await seedCommitments(world);
  await seedOthersChecks(world);
  await seedBatches(world);
  await seedMerges(world);
  await seedMarket(world);
  await seedConsents(world);
  await seedExchange(world);
  await seedEvents(world);
  await seedPatrol(world);
  await seedSeals(world);
  const receipts = await seedOwnChecks(world, hub);
  for (const [type, table] of REFERENCE) {
    const { rows } = await owner.query(`select id from ${table} order by id limit 8`);
    for (const { id } of rows) world.add(type, 'any', id);
  }
  world.plant = plain;
  return { world, receipts, close: () => owner.end() };
}
