import { spawn } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Hub, startHub } from '../kit/hub.js';
import { projectRoot } from '../kit/templates.js';

const NOW = '2026-11-24';
let hub: Hub;
let file: string;
let rehearsals: Rehearsal[] = [];

interface Rehearsal {
  /** @returns the line that it answers by, as JSON where it is some */
  // biome-ignore lint/suspicious/noExplicitAny: an answer is what the test knows it to be
  says(words: string): Promise<any>;
  ended: Promise<number | null>;
  quit(): Promise<number | null>;
}

/** `hub exchange rehearse`, as an operator has it: words in, lines out. */
async function rehearse(dataDir: string, args: string[] = [], env: Record<string, string> = {}): Promise<Rehearsal> {
  const program = [join(projectRoot, 'dist/cli.js'), 'exchange', 'rehearse', '--port', '0', ...args];
  const child = spawn(process.execPath, program, {
    cwd: projectRoot,
    env: { PATH: process.env['PATH'], HUB_DATA: dataDir, HUB_NOW: NOW, ...env },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => {
    const { value, done } = await lines.next();
    return done ? null : String(value).replace(/^(> )+/, '');
  };
  // what it says by itself, up to how to go on; one that is refused says nothing
  let said = await next();
  while (said !== null && !said.includes('exchange deliver')) said = await next();
  if (said !== null) await next();
  const made: Rehearsal = {
    ended,
    async says(words) {
      child.stdin.write(`${words}\n`);
      const line = (await next()) ?? 'ended';
      return /^[[{]/.test(line) ? JSON.parse(line) : line;
    },
    quit() {
      child.stdin.end('quit\n');
      return ended;
    },
  };
  rehearsals.push(made);
  return made;
}

beforeAll(async () => {
  const first = await startHub({ now: NOW });
  await first.stop();
  file = join(first.dataDir, 'rehearsal/exchange.yaml');
  await (await rehearse(first.dataDir)).quit();
  hub = await startHub({ dataDir: first.dataDir, now: NOW, env: { HUB_EXCHANGE: file, HUB_JOBS: '0' } });
  rehearsals = [];
}, 180_000);
afterAll(async () => {
  await Promise.all(rehearsals.map((one) => one.quit()));
  await hub.remove();
});

const exchange = async (...args: string[]) => {
  const { stdout } = await hub.cli(['exchange', ...args]);
  return stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
};

describe('a rehearsal', () => {
  let city: Rehearsal;

  test('shows a delivery, a loss, and what reconciliation makes of it, as docs/exchange.md tells', async () => {
    city = await rehearse(hub.dataDir, ['--hub', hub.url]);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await city.says('lose 50')).toEqual({ faults: { lose: 50 } });
    const [delivered] = await exchange('deliver');
    expect(delivered).toMatchObject({ partner: 'rehearsal-city', outcome: 'DONE', rejected: 0, faults: 0 });
    const lost = await city.says('lost');
    expect(lost).toHaveLength(Math.floor(delivered.accepted / 50));
    expect(await city.says('seen')).toMatchObject({ applied: delivered.accepted - lost.length, outOfOrder: 0 });
    const [compared] = await exchange('reconcile');
    expect([...compared.lost].sort()).toEqual([...lost].sort());
    await city.says('ok');
    expect((await exchange('deliver'))[0].accepted).toBe(lost.length);
    expect((await exchange('reconcile'))[0]).toMatchObject({ lost: [], doubled: [], altered: [], unknown: [] });
  }, 60_000);

  test('shows what is altered, doubled, dropped and invented there', async () => {
    const { alter } = await city.says('alter');
    const { double } = await city.says('double');
    const { drop } = await city.says('drop');
    const { invent } = await city.says('invent');
    expect((await exchange('reconcile', '--date', NOW))[0]).toMatchObject({
      lost: [drop],
      doubled: [double],
      altered: [alter],
      unknown: [invent],
    });
  }, 30_000);

  test.each([
    ['down', 'not reached'],
    ['slow', 'no answer in time'],
    ['errors', 'HTTP 503'],
    ['unsigned', 'an answer without the partner’s signature'],
    ['forged', 'an answer without the partner’s signature'],
  ])(
    '%s is told as it is',
    async (fault, error) => {
      await city.says(fault);
      expect((await exchange('deliver', '--force'))[0]).toMatchObject({ outcome: 'DOWN', error });
      await city.says('ok');
    },
    30_000,
  );

  test('the city’s own messages come in signed, and bent ones do not', async () => {
    await exchange('deliver', '--force');
    for (const type of ['correction', 'repair', 'objection', 'revocation', 'receipt', 'records'])
      expect(await city.says(`send ${type}`)).toMatchObject({
        status: 200,
        body: { receipts: [{ state: 'ACCEPTED' }] },
      });
    for (const bent of ['unsigned', 'forged', 'altered', 'late', 'as-other'])
      expect(await city.says(`send correction ${bent}`)).toMatchObject({ status: 401 });
  }, 30_000);

  test('is the same city when it comes back, with nothing in it', async () => {
    const before = JSON.parse(await readFile(file, 'utf8')).partners[0].publicKey;
    expect(await city.quit()).toBe(0);
    city = await rehearse(hub.dataDir, ['--hub', hub.url]);
    expect(JSON.parse(await readFile(file, 'utf8')).partners[0].publicKey).toEqual(before);
    expect(await city.says('last')).toBe('the city holds too few rows');
    expect((await exchange('reconcile', '--date', NOW))[0].lost.length).toBeGreaterThan(100);
  }, 30_000);

  test('is none where there are real partners, or in production', async () => {
    for (const env of [{ HUB_EXCHANGE: '/somewhere/exchange.yaml' }, { NODE_ENV: 'production' }] as Record<
      string,
      string
    >[])
      expect(await (await rehearse(hub.dataDir, [], env)).ended).toBe(2);
    rehearsals = [city];
  });
});

test('the key is told before there is any partner', async () => {
  const { code, stdout } = await hub.cli(['exchange', 'key']);
  expect([code, JSON.parse(stdout)]).toEqual([0, expect.objectContaining({ crv: 'Ed25519', alg: 'EdDSA' })]);
});
