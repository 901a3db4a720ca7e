import { Command } from 'commander';
import { deliver, deliverAll } from '../exchange/deliver.js';
import type { Exchange } from '../exchange/exchange.js';
import { poll } from '../exchange/poll.js';
import { daysDue, reconcile } from '../exchange/reconcile.js';
import { replay } from '../exchange/replay.js';
import { asOwner, exchangeOf, type House } from '../house.js';
import { isDate } from '../platform/clock.js';
import type { ReplayStart } from '../services/exchange/reconcile.js';
import { differing } from '../services/exchange/reconcile.js';
import { signerOf } from '../services/exchange/signing.js';
import { exchangeStatus, outboxStatus } from '../services/exchange/status.js';
import { inHouse } from './house.js';
import { rehearseCommand } from './rehearse.js';
import { UsageError } from './usage.js';

const print = (value: unknown) => void process.stdout.write(`${JSON.stringify(value)}\n`);

function opened(house: House): Exchange {
  const exchange = exchangeOf(house);
  if (!exchange) throw new UsageError('HUB_EXCHANGE names no file with partners');
  return exchange;
}

function dateOf(option: string, text: string): string {
  if (!isDate(text)) throw new UsageError(`${option} takes a date, YYYY-MM-DD`);
  return text;
}

function startOf(from: string | undefined, since: string | undefined): ReplayStart {
  if ((from === undefined) === (since === undefined)) throw new UsageError('replay takes one of --from and --since');
  if (since !== undefined) return { since: dateOf('--since', since) };
  if (!/^\d{1,15}$/.test(from ?? '')) throw new UsageError('--from takes the number of a message');
  return { from: Number(from) };
}

/** One day, or all that are due up to today. */
async function reconcileDays(exchange: Exchange, id: string, day: string | undefined, today: string): Promise<void> {
  const days = day === undefined ? await daysDue(exchange, id, today) : [day];
  if (days?.length === 0) print({ partner: id, outcome: 'NOTHING_DUE' });
  for (const date of days ?? [today]) {
    const result = await reconcile(exchange, id, date);
    if (result === null || result === 'DOWN') {
      print({ partner: id, date, outcome: result ?? 'BUSY' });
      process.exitCode = 1;
      return;
    }
    print(result);
    if (differing(result) > 0) process.exitCode = 1;
  }
}

export function exchangeCommand(): Command {
  const command = new Command('exchange').description('共享交换 Delivery to partners, reconciliation, exchange tables');
  command
    .command('deliver')
    .description('发送 Delivers what is due; one JSON object a partner; exit 1 where one is down')
    .option('--partner <ID>')
    .option('--force', '不等退避时间 also to a partner whose time to be tried again has not come')
    .action(({ partner, force }: { partner?: string; force?: boolean }) =>
      inHouse(async (house) => {
        const exchange = opened(house);
        const done = partner ? [await deliver(exchange, partner, { force })] : await deliverAll(exchange, { force });
        for (const one of done) print(one);
        if (done.some(({ outcome }) => outcome === 'DOWN')) process.exitCode = 1;
      }),
    );
  command
    .command('status')
    .description('状态 Depth and age by partner')
    .action(() =>
      inHouse(async (house) => {
        opened(house);
        // The operator's own: counts and ages, of nobody.
        for (const one of await asOwner(house.owner, exchangeStatus)) print(one);
        print({ outbox: await asOwner(house.owner, outboxStatus) });
      }),
    );
  command
    .command('reconcile')
    .description('对账 Compares both sides of a business date; exit 1 where they differ')
    .option('--date <DATE>', '业务日期 default: every day of which something moved since it was last compared')
    .option('--partner <ID>')
    .action(({ date, partner }: { date?: string; partner?: string }) =>
      inHouse(async (house) => {
        const day = date === undefined ? undefined : dateOf('--date', date);
        const exchange = opened(house);
        const partners = partner ? [exchange.partner(partner).id] : exchange.deps.settings.partners.map(({ id }) => id);
        for (const id of partners) await reconcileDays(exchange, id, day, house.clock.today());
      }),
    );
  command
    .command('replay')
    .description('重放 Puts everything from a point on back among what is due; the partner tells repeats by their ids')
    .option('--from <SEQ>', '序号 from the message of this number on')
    .option('--since <DATE>', '业务日期 from the messages of this day on')
    .requiredOption('--partner <ID>')
    .action(({ from, since, partner }: { from?: string; since?: string; partner: string }) =>
      inHouse(async (house) => {
        const start = startOf(from, since);
        const replayed = await replay(opened(house), partner, start);
        if (replayed === null)
          throw new UsageError('a delivery to this partner is under way: try again when it is over');
        print({ partner, ...start, replayed });
      }),
    );
  command
    .command('poll')
    .description('读取前置库 Takes in what is new in the exchange tables of departments')
    .option('--source <ID>')
    .action(({ source }: { source?: string }) =>
      inHouse(async (house) => {
        const exchange = opened(house);
        const { sources } = exchange.deps.settings;
        const chosen = source ? sources.filter(({ id }) => id === source) : sources;
        if (source && chosen.length === 0) throw new UsageError('there is no such source');
        for (const one of chosen) {
          const polled = await poll(exchange, one);
          print(polled);
          if (polled.outcome === 'DOWN') process.exitCode = 1;
        }
      }),
    );
  command
    .command('key')
    .description(
      '公钥 The public key (JWK) by which partners, and departments that are sent notices, check what this hub sends',
    )
    // Needed before there is a partner to be named in a file.
    .action(() => inHouse(async ({ keys, exchange }) => print((await signerOf(keys, exchange?.id ?? '')).publicJwk)));
  command.addCommand(rehearseCommand());
  return command;
}
