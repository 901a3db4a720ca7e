import { createReadStream } from 'node:fs';
import { userInfo } from 'node:os';
import { createInterface } from 'node:readline';
import { Command } from 'commander';
import { parseHead, publicKeyOf, type SignedHead } from '../audit/head.js';
import { consistencyProof, inclusionProof, treeOf } from '../audit/merkle.js';
import { openAuditLog } from '../audit/open.js';
import { dueEntries, type Retained } from '../audit/retain.js';
import { goneLine, parseGone } from '../audit/retirement.js';
import { placeOf, type StoredEntry, storedEntries, storedHashes, waitingEvents } from '../audit/store.js';
import { type Verdict, verifyLog } from '../audit/verify.js';
import { asOwner } from '../house.js';
import { readIfThere } from '../platform/files.js';
import { fromGlobalId } from '../platform/ids.js';
import { inHouse } from './house.js';
import { UsageError } from './usage.js';

const print = (value: unknown) => void process.stdout.write(`${JSON.stringify(value)}\n`);

export function auditCommand(): Command {
  const audit = new Command('audit').description('审计日志 The audit log');
  audit
    .command('head')
    .description('签发当前树头 A head over the log as it stands, signed now, as JSON')
    .action(() => inHouse(async (house) => print(await (await openAuditLog(house)).log.sign())));
  audit
    .command('verify')
    .description('核验日志完整性 Whether the log is whole; exit 1 and what is wrong where when it is not')
    .option('--head <FILE>', '早前的树头 a head given away earlier')
    .option('--export <FILE>', '导出文件 an export in the place of the database; needs --key and --head')
    .option('--key <FILE>', '公钥 the public key, PEM')
    .option('--json', '只输出一个 JSON 对象 one object on stdout')
    .action(async (options: VerifyOptions) => {
      const given = options.head === undefined ? [] : [await headIn(options.head)];
      const verdict = options.export === undefined ? await hereVerified(given) : await exportVerified(options, given);
      process.stdout.write(options.json ? `${JSON.stringify(verdict)}\n` : asText(verdict));
      if (!verdict.whole) process.exitCode = 1;
    });
  audit
    .command('export')
    .description('导出日志 Every entry as it was hashed, one a line, in order')
    .action(() =>
      inHouse(({ owner }) =>
        asOwner(owner, async (query) => {
          for await (const entry of storedEntries(query)) process.stdout.write(`${asLine(entry)}\n`);
        }),
      ),
    );
  audit
    .command('retain')
    .description(
      '期满移除 Removes the content of entries past their term; their hashes stay, and a signed statement says so',
    )
    .option('--dry-run', '只报告 only says what is past its term')
    .option('--json', '只输出一个 JSON 对象 one object on stdout')
    .action(({ dryRun, json }: { dryRun?: boolean; json?: boolean }) =>
      inHouse(async (house) => {
        const retained = dryRun ? await asOwner(house.owner, dueEntries) : await retainedOf(house);
        if (json) return print(retained);
        process.stdout.write(retainedText(retained, dryRun === true));
      }),
    );
  audit
    .command('prove')
    .description('存在性证明 Proof that one event stands in the log, against a head signed now, as JSON')
    .argument('<EVENT>', 'id of an AccessEvent')
    .action((id: string) => inHouse(async (house) => print(await proofOf(house, id))));
  audit
    .command('consistency')
    .description('一致性证明 Proof that the log of an earlier head is how the log of now began, as JSON')
    .argument('<HEAD>', '早前的树头 file of an earlier head')
    .action((path: string) =>
      inHouse(async (house) => {
        const from = await headIn(path);
        const { log, copy } = await openAuditLog(house);
        const to = await log.sign();
        if (from.size > to.size)
          throw new UsageError(`the log is shorter than that head: ${to.size}, not ${from.size}`);
        const proof = consistencyProof(treeOf(to.hash), await copy.leaves(), from.size, to.size);
        print({ from, to, proof: proof.map((hash) => hash.toString('hex')) });
      }),
    );
  audit
    .command('key')
    .description('公钥 The public key that heads are verified with, PEM')
    .action(() =>
      inHouse(async (house) => void process.stdout.write((await (await openAuditLog(house)).copy.publicPem()) ?? '')),
    );
  return audit;
}

interface VerifyOptions {
  head?: string;
  export?: string;
  key?: string;
  json?: boolean;
}

async function headIn(path: string): Promise<SignedHead> {
  const text = await readIfThere(path);
  // A holder's file has one head a line; the last one vouches for the most.
  const head = text === null ? null : parseHead(text.trim().split('\n').at(-1) ?? '');
  if (!head) throw new UsageError('--head must name a file with a head in it');
  return head;
}

type Said = Verdict & { waiting?: number };

/** The database against the hashes and heads kept beside it, and against a head given away. */
const hereVerified = (given: readonly SignedHead[]): Promise<Said> => inHouse((house) => verdictOf(house, given));

async function verdictOf(
  house: Parameters<Parameters<typeof inHouse>[0]>[0],
  given: readonly SignedHead[],
): Promise<Said> {
  const { copy } = await openAuditLog(house);
  const { heads, strangeLines } = await copy.heads();
  const publicKey = house.keys.signingPair('audit head').publicKey;
  return asOwner(house.owner, async (query) => {
    const verdict = await verifyLog({
      tree: treeOf(house.config.auditHash),
      publicKey,
      heads: [...heads, ...given],
      entries: storedEntries(query),
      copy: await copy.leaves(),
      stored: await storedHashes(query),
    });
    for (const line of strangeLines) {
      verdict.faults.push({ kind: 'HEAD_FORGED', from: 0, to: 0, what: `line ${line} of heads.jsonl is no head` });
      verdict.whole = false;
    }
    return { ...verdict, waiting: await waitingEvents(query) };
  });
}

/** Needs no hub: an export, the public key and a head. */
async function exportVerified({ export: path, key }: VerifyOptions, given: readonly SignedHead[]): Promise<Said> {
  const pem = key === undefined ? null : await readIfThere(key);
  if (pem === null || path === undefined) throw new UsageError('--export needs --key FILE, the public key as PEM');
  const [head] = given;
  if (!head) throw new UsageError('--export needs --head FILE');
  const lines = createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY });
  return verifyLog({
    tree: treeOf(head.hash),
    publicKey: publicKeyOf(pem),
    heads: given,
    entries: (async function* () {
      for await (const line of lines) yield line === '' ? null : (parseGone(line) ?? line);
    })(),
    copy: null,
    stored: null,
  });
}

async function proofOf(house: Parameters<Parameters<typeof inHouse>[0]>[0], id: string) {
  const { log, copy } = await openAuditLog(house);
  const head = await log.sign();
  const wanted = fromGlobalId(id)?.uuid ?? id;
  const index = await asOwner(house.owner, (query) => placeOf(query, wanted));
  if (index === null) throw new UsageError('there is no such event in the log');
  let entry: StoredEntry = null;
  await asOwner(house.owner, async (query) => {
    let place = 0;
    for await (const one of storedEntries(query)) {
      if (place++ === index) {
        entry = one;
        return;
      }
    }
  });
  const leaves = await copy.leaves();
  const proof = inclusionProof(treeOf(head.hash), leaves, index, head.size);
  return {
    entry: typeof entry === 'string' ? entry : null,
    // What is left of an entry whose time is over is proven by its hash.
    ...(typeof entry === 'string' ? {} : { leaf: leaves[index]?.toString('hex'), gone: entry }),
    index,
    head,
    proof: proof.map((hash) => hash.toString('hex')),
  };
}

const asLine = (entry: StoredEntry): string =>
  entry === null ? '' : typeof entry === 'string' ? entry : goneLine(entry.gone, entry.retirement);

/** Nothing goes out of a log that is not whole: what is wrong with it would be harder to see afterwards. */
async function retainedOf(house: Parameters<Parameters<typeof inHouse>[0]>[0]): Promise<Retained> {
  const { log } = await openAuditLog(house);
  await log.sequence();
  const { whole, faults } = await verdictOf(house, []);
  if (!whole) throw new UsageError(`the audit log is not whole (${faults[0]?.what}): nothing is removed`);
  return log.retain({ user: `cli:${userInfo().username}`, role: 'SYSTEM_ADMIN' });
}

function retainedText({ due, held, removed }: Retained, dryRun: boolean): string {
  const lines = Object.entries(due).map(([months, entries]) => `满 ${months} 个月 past ${months} months   ${entries}`);
  return `${[
    ...(lines.length > 0 ? lines : ['没有期满的条目 nothing is past its term']),
    `涉未办结问题而保留 held by open findings   ${held}`,
    dryRun ? '仅报告，未移除 nothing was removed' : `已移除 removed   ${removed}`,
  ].join('\n')}\n`;
}

const FAULTS_SHOWN = 20;

function asText({ whole, size, retired, root, headsChecked, faults, waiting }: Said): string {
  const lines = [
    `${whole ? '完整 whole' : '不完整 NOT WHOLE'}`,
    `条目 entries  ${size}${waiting ? `（待收录 waiting ${waiting}）` : ''}`,
    ...(retired.length > 0
      ? [`期满移除 retired  ${retired.map(({ from, to }) => (to - from > 1 ? `${from}–${to - 1}` : from)).join(', ')}`]
      : []),
    `树根 root     ${root}`,
    `树头 heads    ${headsChecked}`,
    ...faults.slice(0, FAULTS_SHOWN).map(({ kind, what }) => `  ${kind}  ${what}`),
    ...(faults.length > FAULTS_SHOWN ? [`  …  ${faults.length - FAULTS_SHOWN} more`] : []),
  ];
  return `${lines.join('\n')}\n`;
}
