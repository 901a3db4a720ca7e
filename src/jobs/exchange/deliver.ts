import { deliverAll } from '../../exchange/deliver.js';
import { NOTHING } from '../schedule.js';
import { task } from '../task.js';

/** 共享交换发送 What is due, to every partner; one that is down waits its own time, and tells nobody twice. */
export const deliverExchange = task({
  payload: NOTHING,
  async run(_, { deps }) {
    if (!deps.exchange) return;
    for (const done of await deliverAll(deps.exchange)) {
      if (done.outcome === 'DOWN') deps.log.warn(done, 'a partner is down');
      else if (done.accepted + done.rejected + done.faults > 0) deps.log.info(done, 'delivered to a partner');
    }
  },
});
