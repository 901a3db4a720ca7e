import { LogShortened } from '../audit/log.js';
import { LogBent } from '../audit/retain.js';
import { loadConfig } from '../config.js';
import { type House, openHouse } from '../house.js';
import { HubError } from '../platform/errors.js';
import { createLogger } from '../platform/logger.js';
import { UsageError } from './usage.js';

/** The house for one command: its log goes to stderr, and only what went wrong. */
export async function inHouse<T>(work: (house: House) => Promise<T>): Promise<T> {
  const config = loadConfig();
  const house = await openHouse(createLogger({ level: 'error', to: 'stderr' }), config);
  try {
    return await work(house);
  } catch (error) {
    if (error instanceof HubError) throw new UsageError(`${error.text.zh} ${error.text.en}`);
    if (error instanceof LogShortened || error instanceof LogBent) throw new UsageError(error.message);
    throw error;
  } finally {
    await house.close();
  }
}
