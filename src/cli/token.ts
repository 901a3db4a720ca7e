import { Command } from 'commander';
import { loadConfig } from '../config.js';
import { isRole, ROLE_NAMES, type Role } from '../permissions/roles.js';
import { loadKeys } from '../platform/crypto.js';
import { fromGlobalId, uuidv7 } from '../platform/ids.js';
import { mintDemoToken, missingFacts } from '../server/demoIdentity.js';
import { canonicalCode } from '../services/collection/identifiers.js';
import { UsageError } from './usage.js';

interface TokenOptions {
  role: string;
  department?: string;
  subject?: string;
  duties?: string;
  user?: string;
  ttl: string;
}

const listOf = (text: string): string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);

export function tokenCommand(): Command {
  return new Command('token')
    .description('演示令牌，单独输出到标准输出 A demo JWT, alone on stdout')
    .requiredOption('--role <ROLE>', `角色 ${ROLE_NAMES.join(' ')}; several with commas`)
    .option('--department <CODE>', '部门统一社会信用代码')
    .option(
      '--subject <CODE|ID>',
      '主体的统一社会信用代码或标识，绝不用身份证号 organisation code or opaque id, never a citizen id',
    )
    .option('--duties <A,B>', '职能')
    .option('--user <NAME>', '用户，默认新名 defaults to a fresh name')
    .option('--ttl <TIME>', '有效期 30m, 1h, 7d; at most 30d', '1h')
    .action(async (options: TokenOptions) => {
      const config = loadConfig();
      if (!config.demoIdentity)
        throw new UsageError('the demo identity is not in use here: tokens come from your issuer');
      const roles = listOf(options.role).map((name): Role => {
        if (!isRole(name)) throw new UsageError(`no such role: ${name}. Roles: ${ROLE_NAMES.join(' ')}`);
        return name;
      });
      for (const role of roles) {
        const missing = missingFacts(role, options);
        if (missing.length > 0) throw new UsageError(`${role} needs --${missing.join(' and --')}`);
      }
      const claims = {
        user: options.user ?? `demo-${uuidv7().slice(-12)}`,
        roles,
        ...(options.department ? { department: codeOf(options.department) } : {}),
        ...(options.subject ? { subject: subjectOf(options.subject) } : {}),
        ...(options.duties ? { duties: listOf(options.duties) } : {}),
      };
      process.stdout.write(`${await mintDemoToken(await loadKeys(config), claims, ttlOf(options.ttl))}\n`);
    });
}

function codeOf(typed: string): string {
  const code = canonicalCode(typed);
  if (!code) throw new UsageError('--department takes a unified social credit code; this one fails its check digits');
  return code;
}

function subjectOf(typed: string): string {
  const subject = fromGlobalId(typed) ? typed : canonicalCode(typed);
  if (!subject) throw new UsageError('--subject takes an organisation’s code or an id answered by the hub');
  return subject;
}

const SECONDS: Record<string, number> = { s: 1, m: 60, h: 3600, d: 86400 };
const LONGEST = 30 * 86400;

function ttlOf(text: string): string {
  const [, count = '', unit = ''] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  const seconds = Number(count) * (SECONDS[unit] ?? Number.NaN);
  if (!(seconds > 0 && seconds <= LONGEST)) throw new UsageError('--ttl takes 30m, 1h, 7d; at most 30d');
  return `${seconds}s`;
}
