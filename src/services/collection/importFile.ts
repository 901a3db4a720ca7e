import { setFlagsFromString } from 'node:v8';
import type { Pool } from 'pg';
import { type CatalogueItem, natureOf } from '../../catalogue/types.js';
import { type Actor, ANONYMOUS } from '../../permissions/actor.js';
import { senderRole } from '../../permissions/roles.js';
import { provides } from '../../permissions/sending.js';
import type { DateString } from '../../platform/clock.js';
import { sql } from '../../platform/sql.js';
import { type Agreed, agreedPlan, demandAgreement } from '../market/agreed.js';
import { asActor, readSession } from '../session.js';
import { openCsv } from './csv.js';
import { examine } from './encoding.js';
import { type BatchResult, findRepeated, type ImportDeps, importRows, type Progress } from './importRows.js';
import { demandInForce, outsideCatalogue } from './inForce.js';
import type { DepartmentFacts } from './lookups.js';
import { type ItemPlan, planOfCode } from './plan.js';
import { openXlsx } from './xlsx.js';

export interface FileImport {
  readonly path: string;
  /** code of a catalogue item */
  readonly item: string;
  /** code of the sending department */
  readonly department: string;
  readonly received: DateString;
  /** ISO instant; default: now, the instant of receipt */
  readonly asOf?: string;
  /** 补录; default no */
  readonly backFilled?: boolean;
  /** who runs the import, for the log */
  readonly user: string;
  readonly onProgress?: (progress: Progress) => void;
}

type Sending = Pick<FileImport, 'item' | 'department' | 'user'>;

/**
 * Imports a CSV or XLSX file as its department, with no more than the department's own rights.
 * @throws {HubError} BAD_USER_INPUT (field item, department or file) when the file cannot be used at all
 */
export async function importFile(deps: ImportDeps, options: FileImport): Promise<BatchResult> {
  // A long file is a stream of short-lived text: V8 would sooner let its heap grow than collect it.
  setFlagsFromString('--semi-space-growth-factor=1');
  // Half as much again as what lives, instead of several times.
  setFlagsFromString('--heap-growing-percent=40');
  const { plan, department, actor, agreed } = await provider(deps.pool, deps.today, options);
  await demandInForce(readSession(deps.pool, actor, deps.today), plan.item, options.received);
  const facts = await examine(options.path);
  const submission = { plan, department, actor, received: options.received, sha256: facts.sha256, agreed };
  const repeated = await findRepeated(deps, submission);
  if (repeated) return repeated;
  const open = facts.encoding ? openCsv : openXlsx;
  const source = await open(options.path, facts, plan, options.received);
  const asOf = options.asOf ?? new Date().toISOString();
  return importRows(deps, { ...submission, asOf, source, backFilled: options.backFilled }, options.onProgress);
}

/** The department as an actor: a court's as COURT. It reads and writes what it may as that, and nothing else. */
export function actorOf(department: DepartmentFacts, user: string): Actor {
  return {
    role: senderRole(department.functions),
    user,
    department,
    subjectId: null,
    duties: [],
    purpose: null,
    caseNo: null,
  };
}

/** The department of that code as an actor. @throws {HubError} BAD_USER_INPUT where there is none */
export async function departmentActor(pool: Pool, today: DateString, code: string, user: string): Promise<Actor> {
  return actorOf(await departmentOf(pool, today, code, user), user);
}

/**
 * Whoever sends the item under that code, as an actor: its department, or the body that brings market information.
 * @throws {HubError} BAD_USER_INPUT where there is none
 */
export async function senderActor(pool: Pool, today: DateString, { item, department, user }: Sending): Promise<Actor> {
  const known = planOfCode(item)?.item;
  if (known && natureOf(known) === 'MARKET') return bodyActor(pool, today, known, { department, user });
  return departmentActor(pool, today, department, user);
}

/** An organisation of the register, as the kind of body that brings the item. */
async function bodyActor(
  pool: Pool,
  today: DateString,
  { bodies: [role] = [] }: CatalogueItem,
  { department: code, user }: Omit<Sending, 'item'>,
): Promise<Actor> {
  const nobody: Actor = { ...ANONYMOUS, user };
  const [found] = await asActor<{ id: string }>(
    pool,
    nobody,
    today,
    sql`select id from subject where code = ${code} and not provisional and merged_into is null`,
  );
  if (!found || !role) throw outsideCatalogue('department', { zh: '没有该机构', en: 'there is no such organisation' });
  return { ...nobody, role, subjectId: found.id };
}

async function departmentOf(pool: Pool, today: DateString, code: string, user: string): Promise<DepartmentFacts> {
  const [found] = await asActor<DepartmentFacts>(
    pool,
    { ...ANONYMOUS, user },
    today,
    sql`select id, code, name, functions from department where code = ${code}`,
  );
  if (!found) throw outsideCatalogue('department', { zh: '没有该部门', en: 'there is no such department' });
  return found;
}

/**
 * The item and who provides it: its department, or the body that an agreement in force names.
 * @throws {HubError} BAD_USER_INPUT, OUTSIDE_CATALOGUE in its text: outside the catalogue nothing is collected (条例 art. 10)
 */
export async function provider(
  pool: Pool,
  today: DateString,
  { item, department, user, received = today }: Sending & { received?: DateString },
): Promise<{ plan: ItemPlan; department: DepartmentFacts; actor: Actor; agreed?: Agreed }> {
  const plan = planOfCode(item);
  if (!plan) throw outsideCatalogue('item', { zh: '清单中没有该数据项', en: 'the catalogue has no such item' });
  if (natureOf(plan.item) === 'MARKET') {
    const body = await bodyActor(pool, today, plan.item, { department, user });
    const agreed = await demandAgreement(readSession(pool, body, today), plan.item, received);
    const actor = { ...body, department: agreed.department };
    return { plan: agreedPlan(plan, agreed), department: agreed.department, actor, agreed };
  }
  const found = await departmentOf(pool, today, department, user);
  if (!provides(plan.item, found.functions))
    throw outsideCatalogue('department', {
      zh: '该部门不是该数据项的提供单位',
      en: 'the department does not provide the item',
    });
  return { plan, department: found, actor: actorOf(found, user) };
}
