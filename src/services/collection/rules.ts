import { ruleOn } from '../../catalogue/rules/index.js';
import {
  EXPIRY_RULES,
  type ExpiryDefinition,
  PUBLICITY_RULES,
  type PublicityDefinition,
} from '../../catalogue/rules/publicity.js';
import { SECTOR_RULES, type SectorDefinition, sectorRulesOn } from '../../catalogue/rules/sectors.js';
import {
  type RuleSet,
  SEVERITIES,
  SEVERITY_RULES,
  type Severity,
  type SeverityDefinition,
} from '../../catalogue/rules/severity.js';
import type { Yields } from '../../catalogue/types.js';
import { addMonths, addYears, type DateString } from '../../platform/clock.js';

/** What the rules look at in a record. */
export interface Decision {
  readonly item: string;
  readonly yields: Yields;
  readonly decidedOn: DateString;
  /** null: open-ended */
  readonly validTo: DateString | null;
  /** about a natural person: never public (条例 art. 20) */
  readonly person: boolean;
  readonly kinds: readonly string[];
  /** functions of the authority: the sectors that may say otherwise than the county's table */
  readonly sectors?: readonly string[];
  /** yuan */
  readonly fine: string | null;
  readonly documentNo: string;
  /** texts in which a summary procedure may be told */
  readonly texts: readonly string[];
}

/** What the rules make of it; none of it is ever taken from a file. */
export interface Ruling {
  readonly severity: Severity | null;
  /** a penalty whose class must be settled by a person */
  readonly undecided: boolean;
  readonly publicFrom: DateString | null;
  /** the last public day; with publicFrom, null: open-ended */
  readonly publicUntil: DateString | null;
  /** the last day on which the record is ACTIVE by itself */
  readonly expiresOn: DateString | null;
  readonly ruleVersion: string;
}

/** `sectors`: the sectors' own tables (Standing). */
export function rule(decision: Decision, sectors: readonly RuleSet<SectorDefinition>[] = SECTOR_RULES): Ruling {
  const expiresOn = expiryOf(decision);
  if (decision.yields === 'PENALTY') return rulePenalty(decision, expiresOn, sectors);
  const { version, definition } = pick<PublicityDefinition>(
    PUBLICITY_RULES,
    `PUBLICITY_${ruled(decision)}`,
    decision.decidedOn,
  );
  const until =
    definition.until === 'never' || definition.until === 'validTo'
      ? decision.validTo
      : definition.until.months === null
        ? null
        : addMonths(decision.decidedOn, definition.until.months);
  return {
    severity: null,
    undecided: false,
    ...shown(decision, definition.until !== 'never', until, expiresOn),
    expiresOn,
    ruleVersion: version,
  };
}

/**
 * The class of a penalty by the table in force when it was decided, by sector, kind and amount: the heaviest of its kinds,
 * and of several sectors the heaviest that one of them says. Null where one kind is not decidable and none of the others
 * is the heaviest there is. `versions` are the rules that had a say.
 */
export function severityOf(
  decision: Decision,
  sectors: readonly RuleSet<SectorDefinition>[] = SECTOR_RULES,
): { severity: Severity | null; rule: RuleSet<SeverityDefinition>; versions: readonly string[] } {
  const rule = ruleOn(SEVERITY_RULES, decision.decidedOn);
  const { definition } = rule;
  if (isSummary(decision, definition)) return { severity: 'MINOR', rule, versions: [rule.version] };
  const ofSectors = sectorRulesOn(sectors, decision.decidedOn, decision.sectors ?? []);
  const asked = new Set([rule.version]);
  const classes = decision.kinds.map((kind) => {
    const said = ofSectors.flatMap((sector) => {
      const severity = classIn(sector.definition, kind, decision.fine);
      if (severity === null) return [];
      asked.add(sector.version);
      return [severity];
    });
    if (said.length > 0) return heaviestOf(said);
    return kind === '罚款' ? classOfFine(decision.fine, definition.fines) : classOfKind(kind, definition);
  });
  const heaviest = heaviestOf(classes);
  const decided = heaviest === SEVERITIES.at(-1) || !classes.includes(null);
  return { severity: decided ? heaviest : null, rule, versions: [...asked] };
}

const heaviestOf = (classes: readonly (Severity | null)[]): Severity | null =>
  SEVERITIES.findLast((severity) => classes.includes(severity)) ?? null;

function classIn({ kinds, fines }: SectorDefinition, kind: string, fine: string | null): Severity | null {
  if (kind === '罚款') return fines && classOfFine(fine, fines);
  return (kinds as Readonly<Record<string, Severity>>)[kind] ?? null;
}

/** What follows from a class, be it the table's or, where the table leaves it open, a person's. */
export function ruleAs(
  decision: Pick<Decision, 'decidedOn' | 'person'>,
  severity: Severity,
  expiresOn: DateString | null,
): Pick<Ruling, 'publicFrom' | 'publicUntil'> {
  const { publicMonths } = ruleOn(SEVERITY_RULES, decision.decidedOn).definition.classes[severity];
  const until = publicMonths === null ? null : addMonths(decision.decidedOn, publicMonths);
  return shown(decision, publicMonths !== null, until, expiresOn);
}

function rulePenalty(
  decision: Decision,
  expiresOn: DateString | null,
  sectors: readonly RuleSet<SectorDefinition>[],
): Ruling {
  const { severity, rule: applied, versions } = severityOf(decision, sectors);
  const months = severity ? applied.definition.classes[severity].publicMonths : null;
  const until = months === null ? null : addMonths(decision.decidedOn, months);
  return {
    severity,
    undecided: severity === null,
    ...shown(decision, months !== null, until, expiresOn),
    expiresOn,
    ruleVersion: versions.join('+'),
  };
}

/** The end is the earlier of the national rule's and the province's ceiling. */
function shown(
  decision: Pick<Decision, 'decidedOn' | 'person'>,
  isPublic: boolean,
  until: DateString | null,
  ceiling: DateString | null,
) {
  if (!isPublic || decision.person) return { publicFrom: null, publicUntil: null };
  const ends = [until, ceiling].filter((end) => end !== null).sort();
  return { publicFrom: decision.decidedOn, publicUntil: ends[0] ?? null };
}

function expiryOf(decision: Decision): DateString | null {
  const { on } = pick<ExpiryDefinition>(EXPIRY_RULES, `EXPIRY_${ruled(decision)}`, decision.decidedOn).definition;
  if (on === 'never') return null;
  return on === 'validTo' ? decision.validTo : addYears(decision.decidedOn, on.years);
}

const ruled = ({ yields, item }: Decision): string => (yields === 'RECORD' ? item : yields);

const pick = <Definition>(rules: readonly RuleSet<Definition>[], kind: string, day: DateString): RuleSet<Definition> =>
  ruleOn(
    rules.filter((candidate) => candidate.kind === kind),
    day,
  );

const classOfKind = (kind: string, { kinds, otherKinds }: SeverityDefinition): Severity | null =>
  (kinds as Readonly<Record<string, Severity>>)[kind] ?? otherKinds;

function classOfFine(fine: string | null, fines: SeverityDefinition['fines']): Severity | null {
  if (fine === null) return null;
  return fines.find(({ below }) => below === null || Number(fine) < below)?.severity ?? null;
}

/** 简易程序 has no column: it is told in words, and only warnings and small fines can be of it. */
function isSummary({ kinds, fine, documentNo, texts }: Decision, { summary }: SeverityDefinition): boolean {
  const told =
    summary.numberWords.some((word) => documentNo.includes(word)) ||
    summary.words.some((word) => texts.some((text) => text.includes(word)));
  return told && Number(fine ?? 0) <= summary.upTo && kinds.every((kind) => kind === '警告' || kind === '罚款');
}
