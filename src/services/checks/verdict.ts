import type { Verdict } from '../../entities/checks/creditCheck.js';

/** What a finding comes to by itself. */
export type Effect = 'REWARDED' | 'CAUTION' | 'RESTRICTED';

export interface VerdictFacts {
  subjectFound: boolean;
  /** of the findings that hold; a suspended reward is none of them */
  effects: readonly Effect[];
  /** a RECEIVED list that the matter looks at was not updated within its cycle */
  stale: boolean;
}

/**
 * reference.md: a restriction stands whatever else is not known; short of one, what is not known is UNKNOWN and never
 * CLEAR; then caution over reward.
 */
export function verdictOf({ subjectFound, effects, stale }: VerdictFacts): Verdict {
  if (effects.includes('RESTRICTED')) return 'RESTRICTED';
  if (!subjectFound || stale) return 'UNKNOWN';
  if (effects.includes('CAUTION')) return 'CAUTION';
  if (effects.includes('REWARDED')) return 'REWARDED';
  return 'CLEAR';
}
