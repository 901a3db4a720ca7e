import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { itemOf } from '../../../src/catalogue/index.js';
import { QUALITY_RULES } from '../../../src/catalogue/quality/index.js';
import { refusalOf } from '../callers.js';
import { ENTERPRISE, openQualityCounty, type QualityCounty, SUBMIT } from './county.js';
import { type Batch, FAULTS, type Sketch, sketches } from './faults.js';

// Whatever the input, each row is accepted (new, revised or unchanged) or rejected, and the numbers add up.
const RUNS = Number(process.env['HUB_QUALITY_RUNS'] ?? 250);

let county: QualityCounty;
let token: string;
beforeAll(async () => {
  county = await openQualityCounty();
  token = await county.tokenOf('MARKET');
  await county.register(ENTERPRISE, '示例单位', { DJ_GSZCH: '370830200000006' });
});
afterAll(() => county?.close());

const labelOf = (item: string, name: string) => itemOf(item)!.fields.find((field) => field.name === name)?.label ?? '';

function rowOf(item: string, { document, faults, noise }: Sketch): Record<string, unknown> {
  const row: Record<string, unknown> = county.row('MARKET', item, {}, document);
  const known = FAULTS[item] ?? [];
  for (const index of faults) {
    const fault = known[index % known.length]!;
    if (fault.rule === 'JUNK_BLANK') for (const field of Object.keys(row)) row[field] = '';
    if (fault.rule === 'JUNK_HEADER') for (const field of Object.keys(row)) row[field] = labelOf(item, field);
    if (fault.rule === 'JUNK_FILLER')
      for (const field of Object.keys(row)) row[field] = /LYDW/.test(field) ? '' : '测试';
    Object.assign(row, fault.changes);
  }
  const fields = itemOf(item)!.fields;
  for (const [place, value] of noise) row[fields[place % fields.length]!.name] = value;
  return row;
}

let serial = 0;
async function submitted({ item, asOf, rows }: Batch) {
  const input = { item, asOf, idempotencyKey: `fuzz ${++serial}`, rows: rows.map((row) => rowOf(item, row)) };
  return county.hub.graphql(SUBMIT, { input }, { token, path: '/graphql/submit' });
}

type Issue = { severity: string; code: string; field: string | null };
type Row = { rowNo: number; issues: Issue[]; steps: { step: string; result: string; rules: { code: string }[] }[] };
const sum = (counts: Record<string, number>) => Object.values(counts).reduce((total, n) => total + n, 0);

test(`${RUNS} batches of every fault of the rules and of noise: no row is lost, and none counts twice`, async () => {
  const hit = new Map<string, number>();
  const outcomes = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(sketches, async (batch) => {
      const answer = await submitted(batch);
      expect(refusalOf(answer)).toBe('');
      const { state, read, accepted, rejected, revised, unchanged, rejections, corrections, warnings, rows } =
        answer.data.submitRecords.batch;
      expect(state).toBe('COMPLETED');
      // totals are rows
      expect(read).toBe(batch.rows.length);
      expect(rows.totalCount).toBe(read);
      expect(rows.nodes.map(({ rowNo }: Row) => rowNo)).toEqual(batch.rows.map((_, i) => i + 1));
      expect(accepted + rejected).toBe(read);
      expect(revised + unchanged).toBeLessThanOrEqual(accepted);
      expect(sum(rejections)).toBe(rejected);
      const seen = { rejected: 0, NEW: 0, REVISED: 0, UNCHANGED: 0, OLDER: 0, CONFLICT: 0 };
      const tallied: Record<string, Record<string, number>> = { REJECTION: {}, CORRECTION: {}, WARNING: {} };
      for (const { issues, steps } of rows.nodes as Row[]) {
        const refusals = issues.filter(({ severity }) => severity === 'REJECTION');
        const merged = steps.find(({ step }) => step === 'MERGE');
        // rejected for one reason, or taken with one outcome
        expect([refusals.length, merged === undefined]).toEqual(refusals.length === 0 ? [0, false] : [1, true]);
        expect(steps.at(-1)!.result === 'RETURNED').toBe(refusals.length === 1);
        if (merged) seen[merged.result as keyof typeof seen] += 1;
        else seen.rejected += 1;
        for (const { code } of steps.flatMap(({ rules }) => rules)) hit.set(code, (hit.get(code) ?? 0) + 1);
        for (const code of new Set(issues.map(({ code }) => code))) {
          expect(QUALITY_RULES).toHaveProperty(code);
          const of = tallied[issues.find((issue) => issue.code === code)!.severity]!;
          // what is tallied beside a rejection is the rejection alone
          if (refusals.length === 0 || code === refusals[0]!.code) of[code] = (of[code] ?? 0) + 1;
        }
      }
      for (const [outcome, n] of Object.entries(seen)) outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + n);
      expect(seen.rejected).toBe(rejected);
      expect(seen.REVISED).toBe(revised);
      expect(seen.UNCHANGED + seen.OLDER).toBe(unchanged);
      expect(seen.NEW + seen.REVISED + seen.UNCHANGED + seen.OLDER + seen.CONFLICT).toBe(accepted);
      expect(tallied).toEqual({ REJECTION: rejections, CORRECTION: corrections, WARNING: warnings });
    }),
    { seed: 370830, numRuns: RUNS, endOnFailure: true },
  );
  // The make has every fault of the catalogue, but for what only a workbook can have.
  const unseen = Object.entries(QUALITY_RULES)
    .filter(([code, rule]) => !('workbooksOnly' in rule) && !hit.has(code))
    .map(([code]) => code);
  expect(unseen).toEqual([]);
  for (const outcome of ['rejected', 'NEW', 'REVISED', 'UNCHANGED', 'OLDER', 'CONFLICT'])
    expect([outcome, outcomes.get(outcome)! > 0]).toEqual([outcome, true]);
  // nothing is left half done, and each record that there is came from a row that says so
  const [left] = await county.owner<{ n: number; stored: number; news: number }>(`select
    (select count(*)::int from import_batch where state <> 'COMPLETED') as n,
    (select count(*)::int from credit_record) as stored, (select count(*)::int from import_row r
      join import_batch b on b.id = r.batch_id join catalogue_item i on i.id = b.item_id
      where r.outcome = 'new' and i.yields <> 'SUBJECT') as news`);
  expect(left).toEqual({ n: 0, stored: left!.news, news: left!.news });
}, 300_000);
