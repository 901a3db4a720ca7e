import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import type { Role } from '../../src/permissions/roles.js';

/** What the caller stated: nothing, the role's fitting purpose, the purpose and a case. */
export const STAGES = ['nothing', 'purpose', 'case'] as const;
/** Beside those, for the roles to which consents are given: the purpose, and the consent of the person who consents. */
export type Stage = (typeof STAGES)[number] | 'consent';
const CONSENTED: readonly Role[] = ['SERVICE_HALL', 'ASSOCIATION', 'AGENCY'];
export const stagesOf = (role: Role): readonly Stage[] => (CONSENTED.includes(role) ? [...STAGES, 'consent'] : STAGES);

type Kind = 'verb' | 'row' | 'field';
interface Line {
  kind: Kind;
  target: string;
  situation: string;
  cells: Record<Role, string>;
}

const VOCABULARY: Record<Kind, readonly string[]> = {
  verb: ['', 'may', 'purpose', 'case', 'not found', 'precondition'],
  row: ['', 'yes', 'purpose', 'case', 'consent'],
  field: ['', 'value', 'masked', 'purpose: masked', 'consent required'],
};

const records = parse(readFileSync(new URL('expected.csv', import.meta.url)), { columns: true }) as Record<
  string,
  string
>[];

/** tests/policy/expected.csv, read as README.md says. @throws naming the line that says something else */
export const LINES: readonly Line[] = records.map(({ kind, target, situation, ...cells }, index) => {
  const words = VOCABULARY[kind as Kind];
  const odd = Object.entries(cells).find(([, cell]) => !words?.includes(cell));
  if (!words || odd) throw new Error(`expected.csv line ${index + 2}: ${odd?.join(' says ') ?? kind}`);
  return { kind, target, situation, cells } as Line;
});

const byKey = new Map<string, Line>();
for (const line of LINES) {
  const key = `${line.kind} ${line.target} | ${line.situation}`;
  if (byKey.has(key)) throw new Error(`expected.csv says ${key} twice`);
  byKey.set(key, line);
}

export const linesOf = (kind: Kind): Line[] => LINES.filter((line) => line.kind === kind);

/** The narrowest line that speaks of the field in this situation; with none, the field is denied to everybody. */
function fieldLine(coordinate: string, situation: string): Line | undefined {
  const group = `${coordinate.split('.')[0]}.*`;
  for (const target of [coordinate, group]) {
    for (const where of [situation, 'any']) {
      const line = byKey.get(`field ${target} | ${where}`);
      if (line) return line;
    }
  }
  return undefined;
}

export type FieldOutcome = 'value' | 'masked' | 'FORBIDDEN' | 'PURPOSE_REQUIRED' | 'CONSENT_REQUIRED';

export function fieldOutcome(coordinate: string, situation: string, role: Role, stage: Stage): FieldOutcome {
  const cell = fieldLine(coordinate, situation)?.cells[role] ?? '';
  if (cell === '') return 'FORBIDDEN';
  if (cell === 'consent required') return 'CONSENT_REQUIRED';
  if (cell === 'purpose: masked') return stage === 'nothing' ? 'PURPOSE_REQUIRED' : 'masked';
  return cell as 'value' | 'masked';
}

/** @throws for a situation that expected.csv does not know: a row nobody decided about is a fault of the test */
export function rowVisible(type: string, situation: string, role: Role, stage: Stage): boolean {
  const line = byKey.get(`row ${rowTarget(type)} | ${situation}`);
  if (!line) throw new Error(`expected.csv has no row ${rowTarget(type)} | ${situation}`);
  return within(line.cells[role], 'yes', stage);
}

/** Rows of records are decided alike, whichever of the three types they have. */
export const rowTarget = (type: string): string =>
  ['PermitRecord', 'PenaltyRecord', 'CatalogueRecord'].includes(type) ? 'CreditRecord' : type;

export function within(cell: string, free: string, stage: Stage): boolean {
  if (cell === free) return true;
  if (cell === 'purpose') return stage !== 'nothing';
  return (cell === 'case' || cell === 'consent') && stage === cell;
}
