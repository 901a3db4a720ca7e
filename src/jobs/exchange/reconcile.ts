import { daysDue, reconcile } from '../../exchange/reconcile.js';
import { addDays } from '../../platform/clock.js';
import { differing } from '../../services/exchange/reconcile.js';
import { NOTHING } from '../schedule.js';
import { task } from '../task.js';

/**
 * 每日对账 The day that has just ended, with every partner, and the days before on which something moved since they were
 * compared: what is lost is sent again by the next delivery, and looked for again the next day.
 */
export const reconcileExchange = task({
  payload: NOTHING,
  async run(_, { deps, today }) {
    const { exchange } = deps;
    if (!exchange) return;
    const yesterday = addDays(today, -1);
    const down: string[] = [];
    for (const { id } of exchange.deps.settings.partners) {
      const days = await daysDue(exchange, id, yesterday);
      for (const date of new Set([...(days ?? []), yesterday])) {
        const result = await reconcile(exchange, id, date);
        if (result === null || result === 'DOWN') {
          down.push(id);
          break;
        }
        const differs = differing(result);
        if (differs > 0) deps.log.warn({ partner: id, date, differs }, 'both sides differ');
      }
    }
    // Tried again by the queue, those that were reached too: comparing twice changes nothing.
    if (down.length > 0) throw new Error('a partner could not be asked for its side of the day');
  },
});
