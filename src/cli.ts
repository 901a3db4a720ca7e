import 'reflect-metadata';
import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { auditCommand } from './cli/audit.js';
import { departmentsCommand, importCommand } from './cli/collection.js';
import { destroyCommand } from './cli/destroy.js';
import { documentsCommand } from './cli/documents.js';
import { exchangeCommand } from './cli/exchange.js';
import { jobsCommand, workCommand } from './cli/jobs.js';
import { keysCommand } from './cli/keys.js';
import { patrolCommand } from './cli/patrol.js';
import { penaltiesCommand } from './cli/penalties.js';
import { countCommand, exportCommand, monitorCommand } from './cli/publicity.js';
import { qualityCommand } from './cli/quality.js';
import { tokenCommand } from './cli/token.js';
import { UsageError } from './cli/usage.js';
import { ConfigError } from './config.js';
import { describeError } from './platform/logger.js';

// `hub … | head`: whoever reads has read enough, which is no fault of the command's.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

const program = new Command('hub')
  .description('公共信用信息枢纽的运维命令 Operator’s commands of the credit hub')
  .showHelpAfterError()
  .exitOverride();

program.addCommand(tokenCommand());
program.addCommand(keysCommand());
program.addCommand(departmentsCommand());
program.addCommand(importCommand());
program.addCommand(countCommand());
program.addCommand(monitorCommand());
program.addCommand(exportCommand());
program.addCommand(penaltiesCommand());
program.addCommand(qualityCommand());
program.addCommand(auditCommand());
program.addCommand(patrolCommand());
program.addCommand(documentsCommand());
program.addCommand(destroyCommand());
program.addCommand(exchangeCommand());
program.addCommand(workCommand());
program.addCommand(jobsCommand());
for (const command of program.commands.flatMap((one) => [one, ...one.commands])) command.exitOverride();

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : 2;
  } else if (error instanceof UsageError || error instanceof ConfigError || error instanceof InvalidArgumentError) {
    process.stderr.write(`hub: ${error.message}\n`);
    process.exitCode = 2;
  } else {
    process.stderr.write(`hub: unexpected ${JSON.stringify(describeError(error))}\n`);
    process.exitCode = 1;
  }
}
