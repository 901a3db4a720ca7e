import type { FunctionCode } from '../functions.js';
import type { PenaltyKind } from './kinds.js';
import type { RuleSet, Severity } from './severity.js';

/** What one sector says otherwise than the county's table (severity.ts): classes of kinds, and bounds of fines. */
export interface SectorDefinition {
  /** of the authority that decided */
  readonly sector: FunctionCode;
  readonly kinds: Readonly<Partial<Record<PenaltyKind, Severity>>>;
  /** in place of the county's, whole; null: the county's hold. Bounds in yuan, not included; the last one is none */
  readonly fines: readonly { readonly below: number | null; readonly severity: Severity }[] | null;
}

/**
 * 国办发〔2025〕22号: 较小, 较大 and 巨额 are amounts that the sectors set. Of none was the text read, so that none stands
 * here, and the county's default holds: an operator's file names them (HUB_PENALTY_TABLE). A sector's row comes in force on
 * its day and is never changed afterwards: a later text is a row of its own.
 */
export const SECTOR_RULES: readonly RuleSet<SectorDefinition>[] = [];

/** Begins the kind of every sector's row. */
export const SECTOR_KIND = 'PENALTY_SECTOR_';

/** A row of a sector, named after it and its day; `mark` says what it is, where it is no real one. */
export const sectorRule = <Definition extends SectorDefinition>(
  from: string,
  bases: RuleSet<Definition>['bases'],
  definition: Definition,
  mark = '',
): RuleSet<Definition> => ({
  kind: `${SECTOR_KIND}${definition.sector}`,
  version: `${SECTOR_KIND}${definition.sector}@${from}${mark}`,
  effectiveFrom: from,
  bases,
  definition,
});

/** The rows in force on the day for an authority of these functions: of each sector the latest, and none before its day. */
export function sectorRulesOn(
  rules: readonly RuleSet<SectorDefinition>[],
  day: string,
  functions: readonly string[],
): RuleSet<SectorDefinition>[] {
  const inForce = rules.filter(
    ({ effectiveFrom, definition }) => effectiveFrom <= day && functions.includes(definition.sector),
  );
  return [...Map.groupBy(inForce, ({ definition }) => definition.sector).values()].map((of) =>
    of.reduce((latest, one) => (one.effectiveFrom > latest.effectiveFrom ? one : latest)),
  );
}

/** What is wrong with a sector's row, by name: bounds that don't rise, or leave an amount without a class. */
export const sectorFaults = (rules: readonly RuleSet<SectorDefinition>[] = SECTOR_RULES): string[] =>
  rules.flatMap(({ version, definition: { fines } }) => {
    if (fines === null) return [];
    const bounds = fines.map(({ below }) => below ?? Number.POSITIVE_INFINITY);
    const rising = bounds.every((bound, i) => i === 0 || bound > (bounds[i - 1] as number));
    return [
      ...(rising ? [] : [`rule set ${version}: bounds of fines rise`]),
      ...(bounds.at(-1) === Number.POSITIVE_INFINITY ? [] : [`rule set ${version}: a fine beyond its last bound`]),
    ];
  });
