import { createHash } from 'node:crypto';
import { referenceId, uuidv7 } from '../platform/ids.js';
import { finishBatch, insertHeader, takeTurn } from '../services/collection/batch.js';
import { storeChunk } from '../services/collection/chunk.js';
import { Columns } from '../services/collection/columns.js';
import { type Standing, standing } from '../services/collection/context.js';
import { actorOf } from '../services/collection/importFile.js';
import type { DepartmentFacts } from '../services/collection/lookups.js';
import { type ItemPlan, planOfCode } from '../services/collection/plan.js';
import { count, noTallies } from '../services/collection/tallies.js';
import { tidy } from '../services/collection/tidy.js';
import { type Agreed, agreedPlan } from '../services/market/agreed.js';
import type { Session } from '../services/session.js';
import { CLERKS, DEPARTMENTS } from './cast.js';
import type { County } from './county.js';
import type { DemoBatch } from './rows.js';

/** The rows of one item that a body brings on one day, under the agreement; `session` is the body's. */
export interface MarketBatch extends Omit<DemoBatch, 'department'> {
  readonly session: Session;
  readonly agreed: Agreed;
}

/** Who sends it, and as whom it is stored. */
interface Sending {
  readonly plan: ItemPlan;
  readonly session: Session;
  readonly department: DepartmentFacts;
  readonly agreed?: Agreed;
}

/** Sends the batches through the pipeline that real files go through, each as its department. */
export async function importBatches(county: County, batches: readonly DemoBatch[]): Promise<number> {
  const known = await standing(county.session);
  await takeTurn(county.session);
  let rows = 0;
  for (const batch of batches) {
    const department = known.departments.get(DEPARTMENTS[batch.department].code) as DepartmentFacts;
    const session: Session = { ...county.session, actor: actorOf(department, CLERKS.importer) };
    rows += await importBatch(county, known, batch, { plan: planOf(batch), session, department });
  }
  return rows;
}

export async function importMarket(county: County, batches: readonly MarketBatch[]): Promise<number> {
  const known = await standing(county.session);
  let rows = 0;
  for (const batch of batches) {
    const { agreed, session } = batch;
    const { department } = agreed;
    const plan = agreedPlan(planOf(batch), agreed);
    rows += await importBatch(county, known, batch, { plan, session, department, agreed });
  }
  return rows;
}

const planOf = ({ item }: Pick<DemoBatch, 'item'>) => planOfCode(item) as ItemPlan;

async function importBatch(
  county: County,
  known: Standing,
  { item, age, received, rows }: Omit<DemoBatch, 'department'>,
  { plan, session, department, agreed }: Sending,
): Promise<number> {
  const header = {
    id: uuidv7(),
    itemId: referenceId('item', item),
    departmentId: department.id,
    received,
    asOf: county.instant(age),
    sha256: createHash('sha256').update(JSON.stringify(rows)).digest('hex'),
    agreementId: agreed?.id,
  };
  await insertHeader(session, header, 'RUNNING');
  const columns = new Columns(plan, received);
  const tidied = rows.map((row, i) => tidy(plan, i + 1, columns.record(row)));
  const store = {
    session,
    plan,
    keys: county.keys,
    standing: known,
    batchId: header.id,
    itemId: header.itemId,
    department,
    received,
    asOf: header.asOf,
    agreed,
  };
  const tallies = noTallies();
  const { results, storeRows } = await storeChunk(
    {
      store,
      sender: { ...(agreed ? { ...agreed.body, functions: [] } : department), exchange: false },
      due: new Map(),
    },
    tidied,
  );
  await storeRows();
  for (const { outcome, issues } of results) count(tallies, outcome, issues);
  await finishBatch(session, header.id, { ...tallies, unknownColumns: columns.unknown });
  return tallies.accepted;
}
