import { createWriteStream, existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import { finished } from 'node:stream/promises';
import { Command } from 'commander';
import type { House } from '../house.js';
import { type Actor, ANONYMOUS } from '../permissions/actor.js';
import type { Read } from '../permissions/verbs.js';
import { HubError } from '../platform/errors.js';
import { toGlobalId } from '../platform/ids.js';
import { sql } from '../platform/sql.js';
import { AuditWriter, eventOf, insertEvents } from '../server/audit.js';
import { Trail } from '../server/context.js';
import { departmentActor } from '../services/collection/importFile.js';
import { stateDecisionCount } from '../services/publicity/counts.js';
import { shownItem, writeCsv, writeXlsx } from '../services/publicity/export.js';
import { type PublicityMonitor, publicityMonitor } from '../services/publicity/monitor.js';
import { periodOf } from '../services/publicity/period.js';
import { publicityReminders, type Reminder } from '../services/publicity/reminders.js';
import type { Standing } from '../services/publicity/standing.js';
import { asActor, openWriteSession, readSession, type Session } from '../services/session.js';
import { inHouse } from './house.js';
import { UsageError } from './usage.js';

interface MonitorOptions {
  month?: string;
  department?: string;
  item?: string;
  csv?: boolean;
  json?: boolean;
  reminders?: boolean;
  within: string;
}

export function monitorCommand(): Command {
  return new Command('monitor')
    .description('双公示监测 How a month’s decisions were reported, by department and item')
    .option('--month <YYYY-MM>', '月份 of the decisions')
    .option('--department <CODE>', '部门 only this department, read as itself')
    .option('--item <CODE>', '事项 only this item')
    .option('--csv', '逗号分隔 as CSV')
    .option('--json', '只输出一个 JSON 对象 one object on stdout')
    .option('--reminders', '提醒 what is due on one of the next working days')
    .option('--within <DAYS>', '提前的工作日数 working days before the last day', '2')
    .action((options: MonitorOptions) =>
      inHouse(async (house) => {
        if (options.reminders) return remind(house, options);
        if (!options.month) throw new UsageError('--month takes a month, YYYY-MM');
        const { month, item } = options;
        const { result, names } = await readAs(house, options.department, 'publicityMonitor', (session) =>
          publicityMonitor(session, { month, item, department: options.department }),
        );
        if (options.json) process.stdout.write(`${JSON.stringify(result)}\n`);
        else process.stdout.write(options.csv ? asCsv(result, names) : asText(result, names));
      }),
    );
}

async function remind(house: House, { department, within, json }: MonitorOptions): Promise<void> {
  if (!/^\d{1,2}$/.test(within)) throw new UsageError('--within takes a number of working days');
  const { result, names } = await readAs(house, department, 'publicityMonitor', (session) =>
    publicityReminders(session, { within: Number(within) }),
  );
  if (json) process.stdout.write(`${JSON.stringify(result)}\n`);
  else for (const one of result) process.stdout.write(`${reminderText(one, names)}\n`);
}

interface CountOptions {
  item: string;
  department: string;
  month: string;
  decisions: string;
}

export function countCommand(): Command {
  return new Command('count')
    .description('申报决定数 States how many decisions a department made in a month')
    .requiredOption('--item <CODE>', '事项编码')
    .requiredOption('--department <CODE>', '部门的统一社会信用代码')
    .requiredOption('--month <YYYY-MM>', '月份')
    .requiredOption('--decisions <NUMBER>', '决定数')
    .action((options: CountOptions) =>
      inHouse(async (house) => {
        if (!/^\d{1,9}$/.test(options.decisions)) throw new UsageError('--decisions takes a number');
        const today = house.clock.today();
        const actor = await departmentActor(house.reads, today, options.department, user());
        const session = await openWriteSession(house.orm.em.fork({ clear: true }), actor, today);
        try {
          const { item, month } = options;
          const stated = await stateDecisionCount(session, { item, month, decisions: Number(options.decisions) });
          const event = eventOf({ actor, trail: new Trail() }, 'stateDecisionCount', 'hub count', 'OK');
          await session.query(insertEvents([event]));
          await session.em.commit();
          process.stdout.write(`${stated.month} ${item} 决定数 ${stated.decisions} decisions stated\n`);
        } catch (error) {
          await session.em.rollback();
          if (error instanceof HubError) {
            const event = eventOf({ actor, trail: new Trail() }, 'stateDecisionCount', 'hub count', error.code);
            await new AuditWriter(house.audit).write(event);
          }
          throw error;
        }
      }),
    );
}

interface ExportOptions {
  item: string;
  month?: string;
  from?: string;
  to?: string;
  department?: string;
  out?: string;
  xlsx?: boolean;
}

export function exportCommand(): Command {
  return new Command('export')
    .description('导出公示信息 Writes what is public of one item, in the official template, as CSV or XLSX')
    .requiredOption('--item <CODE>', '事项编码')
    .option('--month <YYYY-MM>', '决定月份')
    .option('--from <DATE>', '决定日期自')
    .option('--to <DATE>', '决定日期至; default today')
    .option('--department <CODE>', '认定机关 only what this department decided')
    .option('--out <FILE>', '写入新文件 a file that is not there yet; default stdout, CSV alone')
    .option('--xlsx', '工作簿 as a workbook')
    .action((options: ExportOptions) =>
      inHouse(async (house) => {
        const { item, department, out, xlsx } = options;
        if (out === undefined && xlsx) throw new UsageError('--xlsx needs --out FILE.xlsx');
        if (out !== undefined && existsSync(out))
          throw new UsageError('--out takes the name of a file that is not there yet');
        const today = house.clock.today();
        const scope = { item: shownItem(item), period: periodOf(options, today), department };
        const session = readSession(house.reads, { ...ANONYMOUS, user: user() }, today);
        if (out === undefined) return void (await writeCsv(session, process.stdout, scope));
        const file = createWriteStream(out, { flags: 'wx', mode: 0o600 });
        const written = finished(file);
        const rows = await (xlsx ? writeXlsx : writeCsv)(session, file, scope);
        file.end();
        await written;
        process.stdout.write(`导出 ${rows} 行 rows\n`);
      }),
    );
}

const user = () => `cli:${userInfo().username}`;

/** Whoever oversees the collection reads for supervision. @throws where no department of the county does */
async function office(house: House): Promise<Actor> {
  const today = house.clock.today();
  const [found] = await asActor<{ code: string }>(
    house.reads,
    { ...ANONYMOUS, user: user() },
    today,
    sql`select code from department where 'DEVELOPMENT_REFORM' = any(functions) order by code limit 1`,
  );
  if (!found) throw new UsageError('no department has the function DEVELOPMENT_REFORM: name one with --department');
  const department = await departmentActor(house.reads, today, found.code, user());
  return { ...department, role: 'CREDIT_OFFICE', purpose: 'SUPERVISION' };
}

interface Names {
  readonly department: (id: string | null) => { code: string; name: string };
  readonly item: (id: string | null) => { code: string; name: string };
}

/** Read as the department itself, else as the credit office, and told in the audit log before it is printed. */
async function readAs<T>(
  house: House,
  department: string | undefined,
  operation: Read,
  read: (session: Session) => Promise<T>,
): Promise<{ result: T; names: Names }> {
  const today = house.clock.today();
  const actor = department ? await departmentActor(house.reads, today, department, user()) : await office(house);
  const trail = new Trail();
  const session = { ...readSession(house.reads, actor, today), seen: (rows: readonly object[]) => trail.note(rows) };
  const result = await read(session);
  const names = await namesOf(session);
  await new AuditWriter(house.audit).write(eventOf({ actor, trail }, operation, 'hub monitor', 'OK'));
  return { result, names };
}

type Named = { id: string; code: string; name: string };

async function namesOf({ query }: Session): Promise<Names> {
  const departments = await query<Named>(sql`select id, code, name from department`);
  const items = await query<Named>(sql`select id, code, name from catalogue_item`);
  const find = (all: readonly Named[]) => {
    const byId = new Map(all.map((one) => [one.id, one]));
    return (id: string | null) => byId.get(id ?? '') ?? { code: '', name: '合计' };
  };
  return { department: find(departments), item: find(items) };
}

type Column = readonly [header: string, value: (row: Standing, names: Names) => string | number | null];

const percent = (rate: number | null) => (rate === null ? '—' : `${(rate * 100).toFixed(2)}%`);
const COLUMNS: readonly Column[] = [
  ['决定数', ({ counted }) => counted],
  ['已报', ({ reported }) => reported],
  ['按时', ({ onTime }) => onTime],
  ['迟报', ({ late }) => late],
  ['补录', ({ backFilled }) => backFilled],
  ['未报', ({ missing }) => missing],
  ['超出', ({ surplus }) => surplus],
  ['接收行', ({ read }) => read],
  ['错报', ({ returned }) => returned],
  ['待复核', ({ underReview }) => underReview],
  ['撤回', ({ withdrawn }) => withdrawn],
  ['逾期撤回', ({ withdrawnLate }) => withdrawnLate],
  ['逾期未撤', ({ withdrawalOverdue }) => withdrawalOverdue],
  ['上报率', ({ reportingRate }) => percent(reportingRate)],
  ['及时率', ({ timelinessRate }) => percent(timelinessRate)],
  ['合规率', ({ complianceRate }) => percent(complianceRate)],
];
const WHO: readonly Column[] = [
  ['部门代码', ({ departmentId }, { department }) => department(departmentId).code],
  ['部门', ({ departmentId }, { department }) => department(departmentId).name],
  ['事项编码', ({ itemId }, { item }) => item(itemId).code],
  ['事项', ({ itemId }, { item }) => item(itemId).name],
];

const quoted = (value: string | number | null): string => {
  const text = String(value ?? '');
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** Every row, then the departments' sums, the items', and the whole. */
function asCsv({ month, standings, departments, items, total }: PublicityMonitor, names: Names): string {
  const columns = [['月份', () => month] as Column, ...WHO, ...COLUMNS];
  const lines = [...standings, ...departments, ...items, total].map((row) =>
    columns.map(([, value]) => value(row, names)),
  );
  return `\ufeff${[columns.map(([header]) => header), ...lines].map((line) => line.map(quoted).join(',')).join('\r\n')}\r\n`;
}

/** Chinese characters are two columns wide. */
const width = (text: string): number => [...text].reduce((sum, one) => sum + (one > '\u2e7f' ? 2 : 1), 0);
const padded = (text: string, to: number): string => text + ' '.repeat(Math.max(0, to - width(text)));

function asText(monitor: PublicityMonitor, names: Names): string {
  const { month, dueOn, closed, standings, departments, total, withdrawals } = monitor;
  const columns = [WHO[1], WHO[2], ...COLUMNS] as Column[];
  const lines = [
    columns.map(([header]) => header),
    ...departments
      .flatMap((sum) => [
        ...standings.filter(({ departmentId }) => departmentId === sum.departmentId),
        ...(standings.filter(({ departmentId }) => departmentId === sum.departmentId).length > 1 ? [sum] : []),
      ])
      .map((row) => columns.map(([, value]) => String(value(row, names) ?? '—'))),
    columns.map(([, value]) => String(value(total, names) ?? '—')),
  ];
  const widths = columns.map((_, i) => Math.max(...lines.map((line) => width(line[i] as string))));
  const late = withdrawals.filter((one) => one.late || one.overdue);
  return `${[
    `双公示监测 ${month}（应于 ${dueOn} 前报送，${closed ? '已截止 closed' : '尚未截止 open'}）`,
    ...lines.map((line) =>
      line
        .map((cell, i) => padded(cell, widths[i] as number))
        .join('  ')
        .trimEnd(),
    ),
    ...late.map(
      ({ documentNo, documentOn, dueOn: due, withdrawnOn, overdue }) =>
        `${overdue ? '逾期未撤名单 a listing stands' : '逾期撤回 withdrawn late'} ${documentNo ?? ''} 撤销于 ${documentOn}，应于 ${due} 前撤回，撤回于 ${withdrawnOn}`,
    ),
  ].join('\n')}\n`;
}

const REMINDER_TEXT: Record<Reminder['kind'], (one: Reminder) => string> = {
  COUNT_DUE: () => '未申报决定数 the count is not stated',
  DECISIONS_MISSING: ({ decisions }) => `尚有 ${decisions} 件未报 decisions missing`,
  RETURNED_DUE: ({ batchId, rowNo }) =>
    `退回未改 row ${rowNo} of ${batchId === null ? '' : toGlobalId('ImportBatch', batchId)} went back`,
};

const reminderText = (one: Reminder, names: Names): string =>
  [
    `${one.dueOn} 前`,
    names.department(one.departmentId).name,
    names.item(one.itemId).name,
    one.month,
    REMINDER_TEXT[one.kind](one),
  ].join('  ');
