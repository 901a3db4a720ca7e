import type { Logger } from '../platform/logger.js';
import { offerHead } from './holders.js';
import type { AuditLog } from './log.js';

const TAKE_IN_MS = 1_000;
const SIGN_MS = 60_000;

/**
 * Takes events in every second and signs a head every minute in which there were any; `stop` does both once more. What
 * goes wrong is logged and tried again: events wait safely in their table.
 */
export function keepLog(audit: AuditLog, holders: readonly string[], log: Logger): { stop(): Promise<void> } {
  let signedSize = -1;
  let signedAt = 0;
  let size = 0;
  const turn = async (last: boolean): Promise<void> => {
    try {
      size = await audit.sequence();
      if (size === signedSize || (!last && Date.now() - signedAt < SIGN_MS)) return;
      const head = await audit.sign();
      [signedSize, signedAt] = [head.size, Date.now()];
      for (const holder of holders) {
        await offerHead(holder, head).catch((err: unknown) =>
          log.warn({ err }, 'a holder did not take the audit head'),
        );
      }
    } catch (err) {
      log.error({ err }, 'the audit log takes nothing in');
    }
  };
  let running: Promise<void> | null = null;
  const timer = setInterval(() => {
    running ??= turn(false).finally(() => {
      running = null;
    });
  }, TAKE_IN_MS);
  return {
    async stop() {
      clearInterval(timer);
      await running;
      await turn(true);
    },
  };
}
