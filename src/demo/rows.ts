import { addDays } from '../platform/clock.js';
import { isWorkday } from '../platform/workdays.js';
import { DEPARTMENTS, type DemoFunction, type DemoOrganisation, type DemoPerson } from './cast.js';

/** Values under their headers, here the field codes of the catalogue. */
export type Row = Readonly<Record<string, string>>;

/** How many days ago a department reports: batches lie together, as months' ends do. */
export const REPORT_AGES = [0, 21, 63, 126, 210, 330, 560, 900, 1500, 2000] as const;
export type ReportAge = (typeof REPORT_AGES)[number];

/** What became of a record after it was reported. */
export interface Fate {
  readonly state: 'REPAIRED' | 'REVOKED';
  readonly daysAgo: number;
  readonly documentNo: string;
  readonly reason: string;
}

/** One row of a batch, and what is known of it beside. */
export interface DemoRecord {
  readonly item: string;
  readonly department: DemoFunction;
  readonly age: ReportAge;
  readonly documentNo: string;
  readonly row: Row;
  readonly fate?: Fate;
}

/** The rows of one item that one department reports on one day. */
export interface DemoBatch {
  readonly item: string;
  readonly department: DemoFunction;
  readonly age: ReportAge;
  readonly received: string;
  readonly rows: readonly Row[];
}

/** The working day, up to a week before the report, on which a decision was made. */
export function decidedOn(today: string, age: ReportAge, before: number): string {
  let day = addDays(today, -age - (before % 7));
  while (!isWorkday(day)) day = addDays(day, -1);
  return day;
}

export const slashed = (date: string): string => date.replaceAll('-', '/');
export const OPEN_ENDED = '2099/12/31';

/** 万元 of so many yuan. */
export const tenThousands = (yuan: number): string => String(yuan / 10_000);

/** 汶（演示）市监处罚〔2026〕7号 */
export const documentNo = (word: string, date: string, serial: number | string): string =>
  `汶（演示）${word}〔${date.slice(0, 4)}〕${serial}号`;

export const INDIVIDUAL = '个体工商户';

/** @param prefix of the item's field codes, as XK */
export const organisationHead = (prefix: string, one: DemoOrganisation, age: ReportAge): Row => ({
  [`${prefix}_XDR_MC`]: nameAt(one, age),
  [`${prefix}_XDR_LB`]: one.class === INDIVIDUAL ? INDIVIDUAL : '法人及非法人组织',
  [`${prefix}_XDR_SHXYM`]: one.code,
  [`${prefix}_FRDB`]: one.representative,
});

/** When the register reports everybody for the first time, and when it reports those that took another name. */
export const REGISTERED_AT = 2000;
export const RENAMED_AT = 126;
const nameAt = ({ name, formerName }: DemoOrganisation, age: ReportAge): string =>
  age > RENAMED_AT ? (formerName ?? name) : name;

export const personHead = (prefix: string, { name, number }: DemoPerson): Row => ({
  [`${prefix}_XDR_MC`]: name,
  [`${prefix}_XDR_LB`]: '自然人',
  [`${prefix}_XDR_ZJLX`]: '身份证',
  [`${prefix}_XDR_ZJHM`]: number,
});

/** Who decided and who reports: the same department. The names are the item's four field codes. */
export function decidedBy(of: DemoFunction, [authority, authorityCode, source, sourceCode]: readonly string[]): Row {
  const { name, code } = DEPARTMENTS[of];
  return {
    [authority as string]: name,
    [authorityCode as string]: code,
    [source as string]: name,
    [sourceCode as string]: code,
  };
}

/** Batches in the order in which they were received. */
export function inBatches(today: string, records: readonly DemoRecord[]): DemoBatch[] {
  const groups = Map.groupBy(records, ({ item, department, age }) => `${String(9999 - age)} ${item} ${department}`);
  return [...groups]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, group]) => {
      const { item, department, age } = group[0] as DemoRecord;
      return { item, department, age, received: addDays(today, -age), rows: group.map(({ row }) => row) };
    });
}
