import { createWriteStream, existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import { finished } from 'node:stream/promises';
import { SingleBar } from 'cli-progress';
import { Command } from 'commander';
import { asOwner, type House } from '../house.js';
import { type Actor, ANONYMOUS } from '../permissions/actor.js';
import { isDate } from '../platform/clock.js';
import { HubError } from '../platform/errors.js';
import { toGlobalId } from '../platform/ids.js';
import { AuditWriter, eventOf } from '../server/audit.js';
import { Trail } from '../server/context.js';
import { loadDepartments } from '../services/collection/departments.js';
import { importFile, senderActor } from '../services/collection/importFile.js';
import type { BatchResult } from '../services/collection/importRows.js';
import { openRejected, writeRejected } from '../services/collection/workbooks/rejected.js';
import { readSession } from '../services/session.js';
import { inHouse } from './house.js';
import { UsageError } from './usage.js';

export function departmentsCommand(): Command {
  return new Command('departments')
    .description('登记部门 Loads departments: 统一社会信用代码, 名称, 职能')
    .argument('<FILE.csv>')
    .action((path: string) =>
      inHouse(async ({ owner }) => {
        const { loaded, undecided } = await asOwner(owner, (query) => loadDepartments(query, path));
        process.stdout.write(`登记部门 ${loaded} 个 departments loaded\n`);
        for (const { code, name } of undecided) {
          process.stderr.write(`职能未定 no function decided for ${code} ${name}: add the column 职能\n`);
        }
      }),
    );
}

interface ImportOptions {
  item: string;
  department: string;
  received?: string;
  asOf?: string;
  backFill?: boolean;
  rejected?: string;
  json?: boolean;
}

export function importCommand(): Command {
  return new Command('import')
    .description('归集文件 Imports a CSV (UTF-8 or GB18030) or XLSX file of one catalogue item')
    .argument('<FILE>')
    .requiredOption('--item <CODE>', '事项编码')
    .requiredOption('--department <CODE>', '提供单位（依协议报送的机构）的统一社会信用代码')
    .option('--received <DATE>', '接收日期 the day lateness and future dates are judged by; default today')
    .option('--as-of <INSTANT>', '数据时点 ISO 8601; default the instant of receipt')
    .option('--back-fill', '补录 rows of the time before the department reported here: marked, and not late')
    .option(
      '--rejected <FILE.xlsx>',
      '退回的行写入工作簿 writes the rows that came back to a new workbook, to be put right',
    )
    .option('--json', '只输出一个 JSON 对象 one object on stdout')
    .action((path: string, options: ImportOptions) =>
      inHouse(async (house) => {
        const { received = house.clock.today(), asOf } = options;
        if (!isDate(received)) throw new UsageError('--received takes a date, YYYY-MM-DD');
        if (asOf !== undefined && Number.isNaN(Date.parse(asOf)))
          throw new UsageError('--as-of takes an ISO 8601 instant');
        if (options.rejected !== undefined && existsSync(options.rejected))
          throw new UsageError('--rejected takes the name of a file that is not there yet');
        const bar = progressBar();
        const result = await importFile(
          {
            fork: () => house.orm.em.fork({ clear: true }),
            pool: house.reads,
            keys: house.keys,
            today: house.clock.today(),
          },
          {
            path,
            item: options.item,
            department: options.department,
            received,
            asOf: asOf === undefined ? undefined : new Date(asOf).toISOString(),
            backFilled: options.backFill,
            user: `cli:${userInfo().username}`,
            onProgress: ({ position, read, rejected }) => bar?.update(Math.round(position * 100), { read, rejected }),
          },
        )
          .catch(async (error: unknown) => {
            await tellRefused(house, options, error);
            throw error;
          })
          .finally(() => bar?.stop());
        process.stdout.write(options.json ? `${JSON.stringify(asJson(options, result))}\n` : asText(result));
        if (options.rejected !== undefined) await writeRejectedFile(house, options, result, options.rejected);
      }),
    );
}

/**
 * A file that could not be used, or that the catalogue does not provide for, stored nothing: that it was tried stays on
 * record all the same, under the department that it was said to come from, if there is one.
 */
async function tellRefused({ reads, clock, audit }: House, options: ImportOptions, error: unknown): Promise<void> {
  if (!(error instanceof HubError)) return;
  const user = `cli:${userInfo().username}`;
  const nobody: Actor = { ...ANONYMOUS, user };
  const { item, department } = options;
  const actor = await senderActor(reads, clock.today(), { item, department, user }).catch(() => nobody);
  const document = `hub import --item ${options.item}`;
  await new AuditWriter(audit).write(eventOf({ actor, trail: new Trail() }, 'submitRecords', document, error.code));
}

/** Read as the department that sent the rows, and told in the audit log before they are written. */
async function writeRejectedFile(
  house: House,
  { item, department }: ImportOptions,
  { batchId }: BatchResult,
  path: string,
): Promise<void> {
  const user = `cli:${userInfo().username}`;
  const actor = await senderActor(house.reads, house.clock.today(), { item, department, user });
  const trail = new Trail();
  const session = {
    ...readSession(house.reads, actor, house.clock.today()),
    seen: (rows: object[]) => trail.note(rows),
  };
  const batch = await openRejected(session, batchId);
  await new AuditWriter(house.audit).write(eventOf({ actor, trail }, 'importBatch', 'hub import --rejected', 'OK'));
  const file = createWriteStream(path, { flags: 'wx', mode: 0o600 });
  const written = finished(file);
  await writeRejected(session, file, batch, 'zh');
  await written;
  if (batch.last !== null)
    process.stderr.write(`退回的行过多，只写到第 ${batch.last} 行 rows after ${batch.last} are left out\n`);
}

/** On a terminal only; it goes to stderr, so that stdout stays the answer. */
function progressBar(): SingleBar | null {
  if (!process.stderr.isTTY) return null;
  const format = '归集 {bar} {percentage}% | 读取 {read} 退回 {rejected} | 余 {eta_formatted}';
  const bar = new SingleBar({ format, stream: process.stderr, hideCursor: true });
  bar.start(100, 0, { read: 0, rejected: 0 });
  return bar;
}

function asJson({ item, department }: ImportOptions, result: BatchResult) {
  const { read, accepted, rejected, revised, unchanged, repeated, unknownColumns, corrections, warnings, rejections } =
    result;
  return {
    batch: toGlobalId('ImportBatch', result.batchId),
    item,
    department,
    read,
    accepted,
    rejected,
    revised,
    unchanged,
    repeated,
    unknownColumns,
    corrections,
    warnings,
    rejections,
  };
}

function asText({
  batchId,
  repeated,
  read,
  accepted,
  rejected,
  revised,
  unchanged,
  unknownColumns,
  milliseconds,
  ...rest
}: BatchResult): string {
  const tally = (codes: Record<string, number>) =>
    Object.entries(codes)
      .map(([code, rows]) => `${code} ${rows}`)
      .join(', ') || '—';
  return `${[
    `批次 batch        ${toGlobalId('ImportBatch', batchId)}${repeated ? '（重复提交，未再入库 repeated: nothing stored）' : ''}`,
    `读取 read         ${read}`,
    `入库 accepted     ${accepted}（更新 revised ${revised}，无变化 unchanged ${unchanged}）`,
    `退回 rejected     ${rejected}  ${tally(rest.rejections)}`,
    `纠正 corrections  ${tally(rest.corrections)}`,
    `提示 warnings     ${tally(rest.warnings)}`,
    ...(unknownColumns.length > 0 ? [`目录外的列 unknown columns  ${unknownColumns.join('、')}`] : []),
    ...(repeated ? [] : [`用时 seconds      ${(milliseconds / 1000).toFixed(1)}`]),
  ].join('\n')}\n`;
}
