import { performance } from 'node:perf_hooks';
import { asOwner, type House } from '../house.js';
import { ANONYMOUS } from '../permissions/actor.js';
import { sql } from '../platform/sql.js';
import type { OwnerQuery } from '../services/reference.js';
import { otherChannels } from './channels.js';
import type { County } from './county.js';
import { archiveRecords, insertCommitments, insertEntries, setParents } from './decided.js';
import { concludeAgreement } from './market.js';
import { mirroredEntries } from './mirrored.js';
import { organisationPenalties, personPenalties } from './penalties.js';
import { addExampleTable } from './penaltyTable.js';
import { insertDepartments, insertPersons } from './people.js';
import { organisationPermits, personPermits } from './permits.js';
import { importBatches, importMarket } from './pipeline.js';
import { otherPublicities } from './publicities.js';
import { registrations } from './register.js';
import { type DemoRecord, inBatches } from './rows.js';

const DAY = 86_400_000;

/**
 * Loads the invented county into a hub that knows no subject yet; does nothing in any other. One transaction: a start
 * that is killed leaves nothing of it behind, and of two starts at once the second finds it done.
 */
export async function loadDemoCounty(house: House): Promise<void> {
  const began = performance.now();
  const rows = await asOwner(house.owner, (query) => load(query, house));
  if (rows === null) return;
  house.log.info({ rows, milliseconds: Math.round(performance.now() - began) }, 'the demonstration county is loaded');
}

async function load(query: OwnerQuery, { keys, clock }: House): Promise<number | null> {
  await query(sql`select pg_advisory_xact_lock(hashtextextended('demonstration county', 0))`);
  const [known] = await query<{ any: boolean }>(sql`select exists (select 1 from subject) as any`);
  if (known?.any) return null;
  const today = clock.today();
  const latest = Math.min(clock.now().getTime(), Date.parse(`${today}T00:00:00+08:00`));
  const county: County = {
    session: { actor: ANONYMOUS, today, query },
    keys,
    instant: (daysAgo) => new Date(latest - daysAgo * DAY).toISOString(),
  };
  await addExampleTable(query);
  await insertDepartments(county);
  await insertPersons(county);
  const records = countyRecords(today);
  const brought = await importBatches(county, inBatches(today, records));
  await setParents(county);
  await archiveRecords(county, records);
  await insertEntries(county);
  await insertCommitments(county);
  return brought + (await importMarket(county, await concludeAgreement(county)));
}

/** Every row that departments report, as of the day. */
export const countyRecords = (today: string): DemoRecord[] => [
  ...registrations(),
  ...organisationPermits(today),
  ...organisationPenalties(today),
  ...otherPublicities(today),
  ...otherChannels(today),
  ...personPermits(today),
  ...personPenalties(today),
  ...mirroredEntries(today),
];
