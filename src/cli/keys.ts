import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Command } from 'commander';
import { asOwner, type House } from '../house.js';
import { newKeyFile } from '../platform/crypto.js';
import { hasCode } from '../platform/files.js';
import { prune, rotate, sealedBy, type Transaction } from '../services/custody/rotation.js';
import { inHouse } from './house.js';
import { UsageError } from './usage.js';

/** Beside an external Postgres keys are made on purpose, once, and put where HUB_KEYS says. */
async function writeNewFile(file: string): Promise<void> {
  const path = resolve(file);
  try {
    await writeFile(path, newKeyFile(), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (hasCode(error, 'EEXIST')) throw new UsageError('there is a file of that name: keys are never written over');
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) throw new UsageError('there is no such folder');
    if (hasCode(error, 'EACCES', 'EROFS')) throw new UsageError('that folder can’t be written to');
    throw error;
  }
  process.stdout.write(`${path}\n`);
}

export function keysCommand(): Command {
  const keys = new Command('keys')
    .description('生成新的密钥文件，绝不覆盖 Writes a new key file, readable by its owner only; never over another')
    .argument('<FILE>', '密钥文件 where it is to stand; HUB_KEYS names it')
    .action(writeNewFile);
  keys
    .command('list')
    .description('各版本密钥及其加密的数量 Versions, and how much is sealed with each')
    .action(() =>
      withKeys(async ({ keys: { ring } }, transaction) => {
        const used = await transaction(sealedBy);
        for (const version of ring.versions()) {
          const current = version === ring.current() ? '  现行 current' : '';
          process.stdout.write(`${version}  ${used.get(version) ?? 0}${current}\n`);
        }
      }),
    );
  keys
    .command('rotate')
    .description('轮换 Makes a new key and seals with it what the older ones sealed; the server goes on meanwhile')
    .action(() =>
      withKeys(async ({ keys: all }, transaction) => {
        const { version, resumed, rewrapped } = await rotate(all, transaction);
        const what = resumed ? '续完上次轮换 an earlier rotation completed' : '新密钥 new key';
        process.stdout.write(`${what} ${version}；重新加密 sealed anew ${rewrapped}\n`);
      }),
    );
  keys
    .command('prune')
    .description('清除停用密钥 Takes keys out of the file that nothing is sealed with; backups of their time close')
    .action(() =>
      withKeys(async ({ keys: all }, transaction) => {
        const gone = await prune(all, transaction);
        process.stdout.write(`清除 removed ${gone.join(', ') || '—'}\n`);
      }),
    );
  return keys;
}

function withKeys(work: (house: House, transaction: Transaction) => Promise<void>): Promise<void> {
  return inHouse(async (house) => {
    try {
      await work(house, (inside) => asOwner(house.owner, inside));
    } catch (error) {
      if (!hasCode(error, 'EACCES', 'EPERM', 'EROFS', 'EBUSY', 'EXDEV', 'ENOSPC')) throw error;
      throw new UsageError('the key file can’t be written here: HUB_KEYS must name one in a folder of the hub’s own');
    }
  });
}
