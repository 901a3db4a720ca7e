import { qualityRule } from '../../catalogue/quality/index.js';
import type { Step } from '../../catalogue/quality/types.js';
import type { Issue } from './issues.js';
import type { Outcome } from './tallies.js';

/** What became of a row, as import_row.outcome says. */
export type Became = Exclude<Outcome, 'rejected'> | 'invalid' | 'junk' | 'duplicate';

/** What one step came to, in codes alone: never a value of this row, or of another. */
export interface RowStep {
  readonly step: Step;
  readonly result: StepResult;
  /** rules that had something to say */
  readonly rules: readonly RowRule[];
}

export interface RowRule {
  readonly code: string;
  /** field code of the catalogue */
  readonly field: string | null;
}

export type StepResult =
  | 'PASSED'
  | 'JUNK'
  | 'INVALID'
  | 'CORRECTED'
  | 'UNTOUCHED'
  | 'FIRST'
  | 'DUPLICATE'
  | 'NEW'
  | 'REVISED'
  | 'UNCHANGED'
  | 'OLDER'
  | 'CONFLICT'
  | 'CLASSIFIED'
  | 'UNDECIDED'
  | 'NOT_CLASSIFIED'
  | 'STORED'
  | 'KEPT'
  | 'UNDER_REVIEW'
  | 'RETURNED';

export interface RowFacts {
  readonly outcome: Became | null;
  readonly class: string | null;
  readonly issues: readonly Issue[];
}

/**
 * 过滤、规范、去重、归并、分类、入库: what each step did with the row, as far as it came. Of rows stored before this was kept,
 * what their issues still tell.
 */
export function stepsOf({ outcome, class: classed, issues }: RowFacts): RowStep[] {
  const said = (step: Step): RowRule[] =>
    issues.filter(({ code }) => qualityRule(code)?.step === step).map(({ code, field }) => ({ code, field }));
  const became = outcome ?? (issues.some(({ severity }) => severity === 'REJECTION') ? refusedAs(issues) : null);
  const normalised: RowStep = normalise(said('NORMALISE'));
  if (became === 'junk' || became === 'invalid') {
    const junk = classed === null ? [] : [{ code: classed, field: null }];
    const rules = [...junk, ...said('FILTER')];
    return [{ step: 'FILTER', result: became === 'junk' ? 'JUNK' : 'INVALID', rules }, normalised, RETURNED];
  }
  const passed: RowStep = { step: 'FILTER', result: 'PASSED', rules: said('FILTER') };
  if (became === 'duplicate') {
    return [passed, normalised, { step: 'DEDUPLICATE', result: 'DUPLICATE', rules: said('DEDUPLICATE') }, RETURNED];
  }
  const fact = became === null || became === 'conflict' ? [] : [{ code: `FACT_${became.toUpperCase()}`, field: null }];
  return [
    passed,
    normalised,
    { step: 'DEDUPLICATE', result: 'FIRST', rules: [] },
    { step: 'MERGE', result: became === null ? 'PASSED' : MERGED[became], rules: [...fact, ...said('MERGE')] },
    classify(classed),
    { step: 'LOAD', result: became === null ? 'STORED' : LOADED[became], rules: said('LOAD') },
  ];
}

const RETURNED: RowStep = { step: 'LOAD', result: 'RETURNED', rules: [] };
const MERGED = {
  new: 'NEW',
  revised: 'REVISED',
  unchanged: 'UNCHANGED',
  older: 'OLDER',
  conflict: 'CONFLICT',
} as const;
const LOADED = {
  new: 'STORED',
  revised: 'STORED',
  unchanged: 'KEPT',
  older: 'KEPT',
  conflict: 'UNDER_REVIEW',
} as const;

const refusedAs = (issues: readonly Issue[]): Became =>
  issues.some(({ code }) => code === 'DUPLICATE') ? 'duplicate' : 'invalid';

const normalise = (rules: readonly RowRule[]): RowStep => ({
  step: 'NORMALISE',
  result: rules.length > 0 ? 'CORRECTED' : 'UNTOUCHED',
  rules,
});

function classify(classed: string | null): RowStep {
  if (classed === null) return { step: 'CLASSIFY', result: 'NOT_CLASSIFIED', rules: [] };
  const result = classed === 'CLASS_UNDECIDED' ? 'UNDECIDED' : 'CLASSIFIED';
  return { step: 'CLASSIFY', result, rules: [{ code: classed, field: null }] };
}
