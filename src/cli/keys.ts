import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Command } from 'commander';
import { newKeyFile } from '../platform/crypto.js';
import { hasCode } from '../platform/files.js';
import { UsageError } from './usage.js';

/** Beside an external Postgres keys are made on purpose, once, and put where HUB_KEYS says. */
export function keysCommand(): Command {
  return new Command('keys')
    .description('生成新的密钥文件，绝不覆盖 Writes a new key file, readable by its owner only; never over another')
    .argument('<FILE>', '密钥文件 where it is to stand; HUB_KEYS names it')
    .action(async (file: string) => {
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
    });
}
