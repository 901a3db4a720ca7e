import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { Command, InvalidArgumentError } from 'commander';
import { loadConfig } from '../config.js';
import { createClock } from '../platform/clock.js';
import { loadKeys } from '../platform/crypto.js';
import { uuidv7 } from '../platform/ids.js';
import { signerOf } from '../services/exchange/signing.js';
import { CityProcess } from './city.js';
import { UsageError } from './usage.js';

const HUB = 'rehearsal-county';
const PARTNER = 'rehearsal-city';

const HELP = `故障 faults  ok | down 不可达 | slow 不应答 | errors 503 | twice 答两次 | lose N 每 N 件确认后丢一件
            reject TEXT 退回含此文字的报文 | unsigned | forged 应答不签名、签名不符
市平台 city  seen 收到多少 | lost 丢了哪些 | last 最后一行 | alter 改动 | double 重复 | drop 丢失最后一行 | invent 多出一行 | forget 全部丢失
来文 sends   send correction|repair|objection|revocation|receipt|records [unsigned|forged|altered|late|as-other]
            help | quit
`;

/** What the hub's file says of the city: everything that an agreement can list, and tried again soon. */
const settingsFor = ({ url, publicKey }: { url: string; publicKey: object }) => ({
  id: HUB,
  partners: [
    {
      id: PARTNER,
      rank: 'CITY',
      agreement: {
        items: ['*'],
        lists: ['*'],
        commitments: true,
        labels: ['OPEN', 'GOVERNMENT', 'AUTHORISED', 'PERSONAL'],
      },
      receiver: { kind: 'HTTP', url, timeoutSeconds: 3 },
      publicKey,
      retry: { firstSeconds: 1, longestSeconds: 10, attempts: 3 },
    },
  ],
});

const FAULTS: Readonly<Record<string, (word: string) => object | null>> = {
  ok: () => ({}),
  down: () => ({ down: true }),
  slow: () => ({ slow: true }),
  errors: () => ({ errors: true }),
  twice: () => ({ twice: true }),
  lose: (word) => (/^[1-9]\d{0,5}$/.test(word) ? { lose: Number(word) } : null),
  reject: (word) => (word ? { reject: word, reason: '演练退回 rejected in rehearsal' } : null),
  unsigned: () => ({ answers: 'unsigned' }),
  forged: () => ({ answers: 'forged' }),
};

/** How a message would be bent on its way here. */
const BENT: Readonly<Record<string, object>> = {
  '': {},
  unsigned: { unsigned: true },
  forged: { key: 'forged' },
  altered: { body: '{}' },
  late: { seconds: -3600 },
  'as-other': { issuer: 'another-city' },
};

type Row = { id: string; content: { data: { document_no?: string }; subject: { name: string; code?: string } } };

/** A message of the city's about the last row that it holds. */
function messageOf(type: string, row: Row | null): object | null {
  const [id, reason] = [uuidv7(), '演练 rehearsal'];
  if (type === 'RECORDS') {
    const values = {
      名单代码: 'SXBZXR',
      主体名称: '演练无此主体',
      文书号: `演练${id.slice(-4)}号`,
      列入日期: '2026-01-05',
    };
    return { id, type, item: 'YZSX_MD', asOf: new Date().toISOString(), rows: [values] };
  }
  if (!row) return null;
  if (type === 'RECEIPT') return { id, type, receipt: { id: row.id, state: 'REJECTED', reason } };
  if (!['CORRECTION', 'REPAIR', 'OBJECTION', 'REVOCATION'].includes(type)) return null;
  return { id, type, about: { messageId: row.id }, reason, documentNo: `演练〔2026〕${id.slice(-4)}号` };
}

async function obey(city: CityProcess, hub: string, today: string, line: string): Promise<unknown> {
  const [word = '', ...rest] = line.trim().split(/\s+/);
  const more = rest.join(' ');
  const fault = FAULTS[word];
  if (fault) {
    const to = fault(more);
    if (to === null) throw new UsageError(`${word} takes one more word`);
    await city.ask('faults', { to });
    return { faults: to };
  }
  switch (word) {
    case 'seen': {
      const { messages: _, lost, outOfOrder, ...counts } = (await city.ask('seen')) as { [part: string]: unknown[] };
      return { ...counts, acknowledgedAndLost: lost?.length, outOfOrder: outOfOrder?.length };
    }
    case 'lost':
      return ((await city.ask('seen')) as { lost: string[] }).lost;
    case 'last':
      return city.ask('lastRow');
    case 'alter':
    case 'double':
    case 'drop':
      return { [word]: await city.ask(word) };
    case 'forget':
      await city.ask('forget');
      return { forget: 'everything' };
    case 'invent':
      return { invent: await city.ask('invent', { key: uuidv7(), date: today }) };
    case 'send': {
      const [type = '', bent = ''] = rest;
      const row = await city.ask('lastRow').catch(() => null);
      const message = messageOf(type.toUpperCase(), row as Row | null);
      const as = BENT[bent];
      if (!message || !as) throw new UsageError(`send takes a type, about a row that the city holds\n${HELP}`);
      return city.ask('post', { url: hub, messages: [message], as });
    }
    default:
      throw new UsageError(`\n${HELP}`);
  }
}

async function rehearse({ port, hub }: { port: number; hub?: string }): Promise<void> {
  const config = loadConfig();
  const folder = join(config.dataDir, 'rehearsal');
  const file = resolve(folder, 'exchange.yaml');
  // The city of a rehearsal is shown all that there is, and the real partners would wait meanwhile.
  if (config.production) throw new UsageError('a rehearsal is not for NODE_ENV=production');
  if (config.exchangeFile && resolve(config.exchangeFile) !== file)
    throw new UsageError('HUB_EXCHANGE names real partners: rehearse in a HUB_DATA of its own, without it');
  const keys = await loadKeys(config);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const { city, hello } = await CityProcess.start({
    ...{ id: PARTNER, hubId: HUB, port },
    keyFile: join(folder, 'city.json'),
  }).catch((error: Error) => {
    throw new UsageError(/EADDRINUSE/.test(error.message) ? 'that port is taken: --port takes another' : error.message);
  });
  await writeFile(file, `${JSON.stringify(settingsFor(hello), null, 1)}\n`, { mode: 0o600 });
  await city.ask('hubKey', { jwk: (await signerOf(keys, HUB)).publicJwk });
  const url = hub ?? `http://127.0.0.1:${config.port}`;
  const today = createClock(config).today();
  const say = (text: string) => void process.stdout.write(text);
  say(`演练市平台 a city platform for rehearsal, at ${hello.url}; its words:\n${HELP}
另开终端 in another terminal:
  export HUB_EXCHANGE=${file}
  npm run --silent hub -- exchange deliver
\n`);
  const { stdin, stdout } = process;
  const lines = createInterface({ input: stdin, prompt: '> ', ...(stdin.isTTY ? { output: stdout } : {}) });
  const stop = () => lines.close();
  process.once('SIGINT', stop).once('SIGTERM', stop);
  lines.once('SIGINT', stop);
  void city.ended.then(stop);
  try {
    if (stdin.isTTY) lines.prompt();
    for await (const line of lines) {
      if (line.trim() === 'quit') break;
      if (line.trim() !== '') {
        const said = await obey(city, url, today, line).then(JSON.stringify, (error: Error) => error.message.trim());
        say(`${said}\n`);
      }
      if (stdin.isTTY) stdout.write('> ');
    }
  } finally {
    lines.close();
    await city.stop();
  }
}

const portOf = (text: string): number => {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535) throw new InvalidArgumentError('a port is a number up to 65535');
  return port;
};

export const rehearseCommand = (): Command =>
  new Command('rehearse')
    .description('演练 A city platform on this machine, whose faults are switched by words; and its HUB_EXCHANGE file')
    .option('--port <PORT>', '市平台端口 where it listens', portOf, 4299)
    .option('--hub <URL>', '枢纽地址 where its own messages go; default: this machine, at PORT')
    .action(rehearse);
