import { userInfo } from 'node:os';
import { Command } from 'commander';
import { DIMENSIONS } from '../catalogue/quality/types.js';
import type { House } from '../house.js';
import { type Actor, ANONYMOUS } from '../permissions/actor.js';
import { sql } from '../platform/sql.js';
import { AuditWriter, eventOf } from '../server/audit.js';
import { Trail } from '../server/context.js';
import { type QualityLine, qualityReport } from '../services/quality/report.js';
import { readSession, type Session } from '../services/session.js';
import { inHouse } from './house.js';

interface QualityOptions {
  month: string;
  department?: string;
  item?: string;
  json?: boolean;
}

export function qualityCommand(): Command {
  return new Command('quality')
    .description('数据质量报告 What departments sent in a month, how good it was, and what was done about it')
    .requiredOption('--month <YYYY-MM>', '月份 of the day of receipt')
    .option('--department <CODE>', '部门统一社会信用代码')
    .option('--item <CODE>', '事项编码')
    .option('--json', '只输出一个 JSON 数组 one array on stdout')
    .action((options: QualityOptions) =>
      inHouse(async (house) => {
        const lines = await report(house, options);
        process.stdout.write(options.json ? `${JSON.stringify(lines)}\n` : asText(lines));
      }),
    );
}

type Line = Omit<QualityLine, 'departmentId' | 'itemId'> & { department: string; name: string; item: string };

/** Read as the credit office reads it, with its purpose, and told in the audit log before it is printed. */
async function report(house: House, { month, department, item }: QualityOptions): Promise<Line[]> {
  const user = `cli:${userInfo().username}`;
  const actor: Actor = { ...ANONYMOUS, user, role: 'CREDIT_OFFICE', purpose: 'SUPERVISION' };
  const trail = new Trail();
  const session: Session = {
    ...readSession(house.reads, actor, house.clock.today()),
    seen: (rows) => trail.note(rows),
  };
  const lines = await qualityReport(session, { month, department, item });
  const departments = await session.query<{ id: string; code: string; name: string }>(
    sql`select id, code, name from department`,
  );
  const items = await session.query<{ id: string; code: string }>(sql`select id, code from catalogue_item`);
  await new AuditWriter(house.audit).write(eventOf({ actor, trail }, 'qualityReport', 'hub quality', 'OK'));
  const sender = new Map(departments.map((one) => [one.id, one]));
  const sent = new Map(items.map((one) => [one.id, one.code]));
  return lines.map(({ departmentId, itemId, ...line }) => ({
    department: sender.get(departmentId)?.code ?? departmentId,
    name: sender.get(departmentId)?.name ?? departmentId,
    item: sent.get(itemId) ?? itemId,
    ...line,
  }));
}

const percent = (rate: number | null): string => (rate === null ? '—' : `${(rate * 100).toFixed(1)}%`);

function asText(lines: readonly Line[]): string {
  if (lines.length === 0) return '该月没有归集批次 nothing was sent in that month\n';
  const blocks = lines.map(({ name, item, read, accepted, batches, dimensions, done }) =>
    [
      `${name}  ${item}  批次 ${batches}  读取 ${read}  入库 ${accepted}`,
      `  ${dimensions.map(({ dimension, rate, faulty }) => `${DIMENSIONS[dimension].zh} ${percent(rate)}（${faulty}）`).join('  ')}`,
      `  处置：退回 ${done.returned}（垃圾 ${done.junk}）  自动纠正 ${
        Object.entries(done.corrected)
          .map(([code, n]) => `${code} ${n}`)
          .join(' ') || '—'
      }  关联补正 ${done.linked}  更新 ${done.revised}  无变化 ${done.unchanged}  复核 ${done.reviewsClosed}/${done.reviewsOpened}`,
    ].join('\n'),
  );
  return `${blocks.join('\n')}\n`;
}
