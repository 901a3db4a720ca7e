import { userInfo } from 'node:os';
import { Command } from 'commander';
import { asOwner } from '../house.js';
import { fromGlobalId } from '../platform/ids.js';
import { type Sql, sql } from '../platform/sql.js';
import { canonicalCode } from '../services/collection/identifiers.js';
import { destroySubject } from '../services/custody/destroy.js';
import { evidenceOf } from '../services/custody/evidence.js';
import { inHouse } from './house.js';
import { UsageError } from './usage.js';

interface DestroyOptions {
  subject: string;
  document: string;
  reason: string;
}

export function destroyCommand(): Command {
  return new Command('destroy')
    .description(
      '依法销毁 Destroys what is sealed about one subject, for good: a restored backup does not bring it back',
    )
    .requiredOption('--subject <ID|CODE>', 'a subject’s id as the hub answers it, or an organisation’s code')
    .requiredOption('--document <NO>', '文书号 of the decision')
    .requiredOption('--reason <TEXT>', '事由')
    .action(({ subject, document, reason }: DestroyOptions) =>
      inHouse(async ({ owner, ledger, keys }) => {
        const condition = conditionOf(subject);
        const by = `cli:${userInfo().username}`;
        await asOwner(owner, async (query) => {
          await evidenceOf(keys, query, condition);
          return destroySubject(
            { query, ledger, cipher: keys.cipher },
            { subject: condition, documentNo: document, reason, by, role: 'SYSTEM_ADMIN' },
          );
        });
        process.stdout.write(
          '已销毁 destroyed：密钥、密文与检索摘要均已清除；台账 destroyed.jsonl 须与密钥文件一并留存\n',
        );
      }),
    );
}

/** Never by a citizen number: what is typed stays in the shell's history. */
function conditionOf(typed: string): Sql<boolean> {
  const id = fromGlobalId(typed);
  if (id && ['Organisation', 'NaturalPerson'].includes(id.type)) return sql<boolean>`s.id = ${id.uuid}`;
  const code = canonicalCode(typed);
  if (code) return sql<boolean>`s.code = ${code}`;
  throw new UsageError('--subject takes an organisation’s code or an id answered by the hub');
}
