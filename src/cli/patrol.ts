import { Command } from 'commander';
import { openAuditLog } from '../audit/open.js';
import { patrolRule } from '../catalogue/patrol/index.js';
import { isDate } from '../platform/clock.js';
import { type PatrolOutcome, patrol } from '../services/patrol/run.js';
import { inHouse } from './house.js';
import { UsageError } from './usage.js';

interface PatrolOptions {
  from?: string;
  to?: string;
  json?: boolean;
}

export function patrolCommand(): Command {
  return new Command('patrol')
    .description('巡查 Looks through the log and the records for what the rules name, and opens a case for each')
    .option('--from <DATE>', '起始日期 first day; without days, all that came since the last patrol')
    .option('--to <DATE>', '截止日期 last day')
    .option('--json', '只输出一个 JSON 对象 one object on stdout')
    .action(({ from, to, json }: PatrolOptions) =>
      inHouse(async (house) => {
        for (const [name, day] of Object.entries({ '--from': from, '--to': to })) {
          if (day !== undefined && !isDate(day)) throw new UsageError(`${name} takes a date, YYYY-MM-DD`);
        }
        const { aside, clock, config } = house;
        // Without a server beside it nobody else numbers what has come: the mark goes by the numbers.
        await (await openAuditLog(house)).log.sequence();
        const deps = { pool: aside, today: clock.today, workHours: config.workHours };
        const outcome = await patrol(deps, { from: from ?? null, to: to ?? null });
        process.stdout.write(json ? `${JSON.stringify(outcome)}\n` : asText(outcome));
      }),
    );
}

function asText({ found }: PatrolOutcome): string {
  const some = found.filter(({ count }) => count > 0);
  if (some.length === 0) return '没有新问题 nothing new\n';
  const line = ({ rule, count, facts }: PatrolOutcome['found'][number]) =>
    `${String(count).padStart(6)}  ${rule}  ${patrolRule(rule).name}${facts > count ? `（事实 facts ${facts}）` : ''}`;
  return `${some.map(line).join('\n')}\n`;
}
