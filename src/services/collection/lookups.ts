import type { SubjectKind } from '../../catalogue/types.js';

/** What the judge needs to know of a subject. */
export interface SubjectFacts {
  readonly id: string;
  readonly code: string | null;
  readonly kind: SubjectKind;
  readonly provisional: boolean;
  /** names that are no mismatch, levelled: today's and former ones */
  readonly names: readonly string[];
  /** under which business keys its rows may stand: by its own numbers, and by those of subjects that were merged into it */
  readonly identities?: readonly string[];
}

export interface DepartmentFacts {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly functions: readonly string[];
}

export interface ListFacts {
  readonly id: string;
  readonly code: string;
  readonly origin: 'OWN' | 'RECEIVED';
  readonly function: string;
  readonly termMonths: number | null;
}

/** What stands in the hub of the things that the rows of a chunk name; asked before the judge sees them. */
export interface Lookups {
  subjectByCode(code: string): SubjectFacts | undefined;
  /** the one registered subject of that number; two of them are none */
  subjectByRegistrationNo(number: string): SubjectFacts | undefined;
  personByIndex(index: string): SubjectFacts | undefined;
  personIndex(documentType: string, number: string): string;
  departmentByCode(code: string): DepartmentFacts | undefined;
  listByCode(code: string): ListFacts | undefined;
}
