import { poll } from '../../exchange/poll.js';
import { NOTHING } from '../schedule.js';
import { task } from '../task.js';

/** 前置库读取 What is new in the exchange tables of departments; one that is down holds up no other. */
export const pollExchange = task({
  payload: NOTHING,
  async run(_, { deps }) {
    const { exchange } = deps;
    if (!exchange) return;
    for (const source of exchange.deps.settings.sources) {
      const polled = await poll(exchange, source);
      if (polled.outcome === 'DOWN') deps.log.warn(polled, 'an exchange table is out of reach');
      else if (polled.taken > 0) deps.log.info(polled, 'taken in from an exchange table');
    }
  },
});
