import { z } from 'zod';
import { FUNCTIONS, type FunctionCode } from '../../catalogue/functions.js';
import { PENALTY_KINDS, type PenaltyKind } from '../../catalogue/rules/kinds.js';
import { SECTOR_KIND, type SectorDefinition, sectorFaults, sectorRule } from '../../catalogue/rules/sectors.js';
import { type RuleSet, SEVERITIES, type Severity } from '../../catalogue/rules/severity.js';
import { ConfigError } from '../../config.js';
import { referenceId } from '../../platform/ids.js';
import { sql } from '../../platform/sql.js';
import type { OwnerQuery } from '../reference.js';
import type { Session } from '../session.js';
import { readSettings } from '../settingsFile.js';

// 处罚分类表 What the sectors say of their penalties, by kind and amount, from a day on: the operator's file, kept beside the
// county's own rule sets, so that every process judges by the same.

/** A sector's row as a file names it. */
export interface SectorTable extends SectorDefinition {
  /** the document that says so */
  readonly source: string;
}

const severity = z.enum(SEVERITIES as [Severity, ...Severity[]]);
const rows = z.strictObject({
  sectors: z.array(
    z.strictObject({
      sector: z.enum(Object.keys(FUNCTIONS) as [FunctionCode, ...FunctionCode[]]),
      effectiveFrom: z.iso.date(),
      source: z.string().min(1).max(500),
      kinds: z.partialRecord(z.enum(PENALTY_KINDS as unknown as [PenaltyKind, ...PenaltyKind[]]), severity).default({}),
      fines: z
        .array(z.strictObject({ below: z.number().positive().nullable().default(null), severity }))
        .nullable()
        .default(null),
    }),
  ),
});

/** The rows of HUB_PENALTY_TABLE. @throws {ConfigError} */
export async function loadPenaltyTable(path: string): Promise<RuleSet<SectorTable>[]> {
  const { sectors } = await readSettings('HUB_PENALTY_TABLE', path, rows);
  const rules = sectors.map(({ effectiveFrom, ...definition }) => sectorRule(effectiveFrom, ['GBF_22'], definition));
  const twice = rules.find(({ version }, i) => rules.findIndex((other) => other.version === version) !== i);
  const [fault] = [...(twice ? [`rule set ${twice.version}: stands twice`] : []), ...sectorFaults(rules)];
  if (fault) throw new ConfigError('HUB_PENALTY_TABLE', fault);
  return rules;
}

/**
 * Adds what is new. Records keep the version that they were classed by, so that one is never changed and never taken away.
 * @throws {ConfigError} for one that says something else than it did
 */
export async function addSectorTables(query: OwnerQuery, rules: readonly RuleSet<SectorTable>[]): Promise<void> {
  if (rules.length === 0) return;
  const wanted = JSON.stringify(
    rules.map(({ kind, version, effectiveFrom, bases, definition }) => ({
      id: referenceId('rule', version),
      kind,
      version,
      effective_from: effectiveFrom,
      definition: { ...definition, bases },
    })),
  );
  const given = sql`jsonb_to_recordset(${wanted}::jsonb) as r(id uuid, kind text, version text, effective_from date, definition jsonb)`;
  const [changed] = await query<{ version: string }>(sql`
    select r.version from ${given} join rule_set s on s.id = r.id where s.definition <> r.definition order by 1 limit 1`);
  if (changed) {
    throw new ConfigError(
      'HUB_PENALTY_TABLE',
      `changes ${changed.version}, by which records may have been classed: what says otherwise is a row with a day of its own`,
    );
  }
  await query(sql`
    insert into rule_set (id, kind, version, effective_from, definition)
    select id, kind, version, effective_from, definition from ${given} on conflict do nothing`);
}

/** What stands of them, the caller's county's as the file's. */
export async function sectorTables({ query }: Pick<Session, 'query'>): Promise<RuleSet<SectorDefinition>[]> {
  const found = await query<Omit<RuleSet<SectorDefinition>, 'bases'>>(sql`
    select kind, version, effective_from::text as "effectiveFrom", definition from rule_set
    where starts_with(kind, ${SECTOR_KIND}) order by version`);
  return found.map((one) => ({ ...one, bases: [] }));
}
