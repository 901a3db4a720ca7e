import { open, stat } from 'node:fs/promises';
import type { Client } from 'pg';
import type { Cluster } from '../../../src/platform/postgres/cluster.js';

/** A node of a plan, as EXPLAIN (ANALYZE, FORMAT JSON) writes it. */
interface PlanNode {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Index Cond'?: string;
  'Actual Rows'?: number;
  'Actual Loops'?: number;
  'Rows Removed by Filter'?: number;
  'Rows Removed by Index Recheck'?: number;
  Plans?: PlanNode[];
}

/** A statement that Postgres ran, the ones inside its functions too, and how. */
export interface Ran {
  readonly text: string;
  readonly plan: PlanNode;
}

/** A node of a statement that read as much of a table as there is. */
export interface WholeRead {
  readonly table: string;
  readonly how: string;
  readonly text: string;
}

const LOGINS = ['hub_app', 'hub_audit', 'hub_owner'];
const SETTINGS = {
  session_preload_libraries: 'auto_explain',
  'auto_explain.log_min_duration': '0',
  'auto_explain.log_nested_statements': 'on',
  'auto_explain.log_analyze': 'on',
  'auto_explain.log_timing': 'off',
  'auto_explain.log_format': 'json',
  'auto_explain.log_parameter_max_length': '0',
};
/** `2026-11-25 21:49:15.697 UTC [15356] LOG:  …`; what goes on is indented by a tab */
const ENTRY = /^\d{4}-\d\d-\d\d [\d:.]+ UTC \[\d+\] \w+: {2}/m;
const PLANNED = /^duration: [\d.]+ ms {2}plan:\n/;
/** of what a table holds: an index that is read from end to end, or thrown away after, reads as much as a scan */
const SHARE = 0.5;

/** From their next login on, Postgres writes the plan of each statement of the hub's logins into its log. */
export async function explainLogins(superuser: Client): Promise<void> {
  for (const login of LOGINS) {
    for (const [name, value] of Object.entries(SETTINGS)) {
      await superuser.query(`alter role ${login} set ${name} = '${value}'`);
    }
  }
}

/** What the log has got since it was last asked: Postgres writes a plan before it answers its statement. */
export async function openPlanLog({ log }: Pick<Cluster, 'log'>): Promise<() => Promise<Ran[]>> {
  let at = (await stat(log)).size;
  return async () => {
    const file = await open(log);
    try {
      const { size } = await file.stat();
      const { buffer, bytesRead } = await file.read(Buffer.alloc(size - at), 0, size - at, at);
      at += bytesRead;
      return plansIn(buffer.toString());
    } finally {
      await file.close();
    }
  };
}

function plansIn(text: string): Ran[] {
  return text.split(ENTRY).flatMap((entry) => {
    if (!PLANNED.test(entry)) return [];
    const { 'Query Text': query, Plan } = JSON.parse(entry.replace(PLANNED, '')) as {
      'Query Text': string;
      Plan: PlanNode;
    };
    return [{ text: query.replace(/\s+/g, ' ').trim(), plan: Plan }];
  });
}

/** @param sizes rows of each table that is too big to be read whole */
export function wholeReads({ text, plan }: Ran, sizes: ReadonlyMap<string, number>): WholeRead[] {
  const found: WholeRead[] = [];
  const walk = (node: PlanNode) => {
    const of = node['Relation Name'];
    const size = of === undefined ? undefined : sizes.get(of);
    if (of !== undefined && size !== undefined && readsWhole(node, size)) {
      found.push({ table: of, how: told(node, size), text });
    }
    for (const part of node.Plans ?? []) walk(part);
  };
  walk(plan);
  return found;
}

function readsWhole(node: PlanNode, size: number): boolean {
  // One of two ways of the same condition, of which the other was taken.
  if (!node['Actual Loops']) return false;
  if (node['Node Type'] === 'Seq Scan') return true;
  if (!/^Index (Only )?Scan$|^Bitmap Heap Scan$/.test(node['Node Type'])) return false;
  // A condition may be met by half of the table where as much was asked for, as in a check of a thousand.
  const conditional = node['Node Type'] === 'Bitmap Heap Scan' || node['Index Cond'] !== undefined;
  return (conditional ? removed(node) : rowsRead(node)) > size * SHARE;
}

const times = (node: PlanNode, rows: number): number => Math.round(rows * (node['Actual Loops'] ?? 0));
const removed = (node: PlanNode): number =>
  times(node, (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0));
const rowsRead = (node: PlanNode): number => times(node, node['Actual Rows'] ?? 0) + removed(node);

const told = (node: PlanNode, size: number): string =>
  `${node['Node Type']}${node['Index Name'] ? ` by ${node['Index Name']}` : ''}: ${rowsRead(node)} rows read of ${size}`;
