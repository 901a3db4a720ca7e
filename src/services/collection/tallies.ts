import type { Issue } from './issues.js';

/** Numbers of a batch: read = accepted + rejected; revised and unchanged are part of accepted. */
export interface Tallies {
  read: number;
  accepted: number;
  rejected: number;
  revised: number;
  unchanged: number;
  /** rows by code; a row counts once under each correction and warning, and under one rejection */
  corrections: Record<string, number>;
  warnings: Record<string, number>;
  rejections: Record<string, number>;
}

export const noTallies = (): Tallies => ({
  read: 0,
  accepted: 0,
  rejected: 0,
  revised: 0,
  unchanged: 0,
  corrections: {},
  warnings: {},
  rejections: {},
});

export type Outcome = 'new' | 'revised' | 'unchanged' | 'older' | 'conflict' | 'rejected';

/** Counts one row. Corrections and warnings count on accepted rows only. */
export function count(tallies: Tallies, outcome: Outcome, issues: readonly Issue[]): void {
  tallies.read += 1;
  if (outcome === 'rejected') {
    tallies.rejected += 1;
    for (const { severity, code } of issues) if (severity === 'REJECTION') add(tallies.rejections, code);
    return;
  }
  tallies.accepted += 1;
  if (outcome === 'revised') tallies.revised += 1;
  // an older row leaves what is stored as it was
  if (outcome === 'unchanged' || outcome === 'older') tallies.unchanged += 1;
  const seen = new Set<string>();
  for (const { severity, code } of issues) {
    if (seen.has(code)) continue;
    seen.add(code);
    add(severity === 'CORRECTION' ? tallies.corrections : tallies.warnings, code);
  }
}

function add(counts: Record<string, number>, code: string): void {
  counts[code] = (counts[code] ?? 0) + 1;
}
