import 'reflect-metadata';
import { keepLog } from './audit/keeper.js';
import { openAuditLog } from './audit/open.js';
import { ConfigError, loadConfig } from './config.js';
import { loadDemoCounty } from './demo/load.js';
import { openHouse } from './house.js';
import { createLogger, describeError } from './platform/logger.js';
import { startServer } from './server/server.js';
import { beginWork } from './work.js';

async function main(): Promise<void> {
  const config = loadConfig();
  const log = createLogger({ level: config.logLevel, to: 'stdout' });
  for (const warning of config.warnings) log.warn(warning);
  let stop: () => void = () => {};
  const stopped = new Promise<void>((resolve) => {
    stop = resolve;
  });
  // Registered before anything says that it is ready; a repeated signal changes nothing.
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);

  const house = await openHouse(log, config);
  let server: Awaited<ReturnType<typeof startServer>> | undefined;
  let keeper: ReturnType<typeof keepLog> | undefined;
  let worker: Awaited<ReturnType<typeof beginWork>> | undefined;
  try {
    const audit = await openAuditLog(house);
    if (config.demoData) await loadDemoCounty(house);
    server = await startServer(house);
    keeper = keepLog(audit.log, config.auditHolders, log);
    log.info(
      {
        url: server.url,
        graphql: `${server.url}/graphql`,
        explorer: `${server.url}/explorer`,
        health: `${server.url}/readyz`,
        demoIdentity: config.demoIdentity,
      },
      'ready',
    );
    // After all that a request needs: what waits has waited already.
    worker = config.jobs ? await beginWork(house) : undefined;
    await stopped;
    log.info('stopping: requests in flight end first');
  } finally {
    // What did not come up takes down what did: half a hub would answer nobody, and never end.
    await server?.close();
    await worker?.stop();
    await keeper?.stop();
    await house.close();
  }
  log.info('stopped');
}

main().catch((error: unknown) => {
  const said = error instanceof ConfigError ? error.message : `unexpected ${JSON.stringify(describeError(error))}`;
  process.stderr.write(`credit-hub: ${said}\n`);
  process.exitCode = 1;
});
