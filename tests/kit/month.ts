import { unifiedCode } from './codes.js';

/** September 2025 of fourteen invented departments: the seven working days run over the longest holidays of the year. */
export const MONTH = '2025-09';
export const TODAY = '2025-11-14';

const FUNCTIONS =
  'MARKET APPROVAL HRSS TAX EMERGENCY ECOLOGY HOUSING CULTURE PUBLIC_SECURITY JUSTICE CIVIL_AFFAIRS HEALTH TRANSPORT AGRICULTURE';
export const DEPARTMENTS = FUNCTIONS.split(' ').map((of, i) => ({
  of,
  code: unifiedCode('11', 910001 + i),
  name: `汶上县示例部门${i + 1}`,
}));
export type MonthDepartment = (typeof DEPARTMENTS)[number];

export const ITEMS = ['XZXK_FR', 'XZCF_FR', 'XZCF_ZRR'] as const;
export type MonthItem = (typeof ITEMS)[number];

/** One sending of a decision: on which day, and whether with a fault for which it goes back. */
export interface Sending {
  readonly on: string;
  readonly faulty: boolean;
  readonly backFilled: boolean;
}

export interface Decision {
  readonly department: MonthDepartment;
  readonly item: MonthItem;
  readonly serial: number;
  readonly decidedOn: string;
  /** none: it was never reported */
  readonly sent: readonly Sending[];
}

export interface MadeMonth {
  readonly decisions: readonly Decision[];
  /** by `department item`: what the department says it decided */
  readonly counts: ReadonlyMap<string, number>;
}

/** mulberry32: the same month for the same seed, on every machine. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const dayAfter = (date: string, days: number): string => {
  const at = new Date(`${date}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10);
};

export const keyOf = (department: string, item: string): string => `${department} ${item}`;

export function makeMonth(seed: number): MadeMonth {
  const next = random(seed);
  const upTo = (n: number) => Math.floor(next() * n);
  const decisions: Decision[] = [];
  const counts = new Map<string, number>();
  for (const department of DEPARTMENTS) {
    for (const item of ITEMS) {
      // not every department decides on everything, and some make no decision at all
      if (next() < 0.15) continue;
      const made = 2 + upTo(12);
      for (let i = 0; i < made; i += 1) {
        const decidedOn = `${MONTH}-${String(1 + upTo(30)).padStart(2, '0')}`;
        decisions.push({ department, item, serial: decisions.length + 1, decidedOn, sent: sendings(decidedOn) });
      }
      const said = next();
      // a tenth say nothing, some count fewer than they send
      if (said > 0.1) counts.set(keyOf(department.code, item), said > 0.9 ? Math.max(0, made - 3) : made);
    }
  }
  return { decisions, counts };

  function sendings(decidedOn: string): Sending[] {
    const fate = next();
    if (fate < 0.08) return [];
    const on = dayAfter(decidedOn, upTo(20));
    if (fate < 0.16) return [{ on: dayAfter(decidedOn, 20 + upTo(20)), faulty: false, backFilled: true }];
    if (fate < 0.24) return [{ on, faulty: true, backFilled: false }];
    if (fate < 0.34) {
      return [
        { on, faulty: true, backFilled: false },
        { on: dayAfter(on, 1 + upTo(9)), faulty: false, backFilled: false },
      ];
    }
    return [{ on, faulty: false, backFilled: false }];
  }
}

// The State Council's calendar of autumn 2025 (国办发明电〔2024〕12号), written out: 1 to 8 October off, 28 September and
// 11 October worked.
const OFF = new Set([1, 2, 3, 4, 5, 6, 7, 8].map((day) => `2025-10-0${day}`));
const WORKED = new Set(['2025-09-28', '2025-10-11']);

export function isWorked(date: string): boolean {
  if (WORKED.has(date)) return true;
  return !OFF.has(date) && ![0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay());
}

/** Working days from the day after `from` to `to`, that day included. */
export function workedBetween(from: string, to: string): number {
  let worked = 0;
  for (let day = dayAfter(from, 1); day <= to; day = dayAfter(day, 1)) if (isWorked(day)) worked += 1;
  return worked;
}
