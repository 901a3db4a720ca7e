import { thinOutbox } from '../../services/exchange/outbox.js';
import { NOTHING } from '../schedule.js';
import { task } from '../task.js';

/** 发件箱精简 Where there is no partner, what changed is owed to nobody, and would pile up. */
export const thinExchange = task({
  payload: NOTHING,
  async run(_, { deps }) {
    const gone = await deps.owner(thinOutbox);
    if (gone > 0) deps.log.info({ gone }, 'marks for partners that there are not were let go');
  },
});
