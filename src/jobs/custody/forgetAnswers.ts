import { forgetAnswers } from '../../services/idempotent.js';
import { NOTHING } from '../schedule.js';
import { task } from '../task.js';

/** 留存答复到期删除 Answers kept for repeated requests, once their day is over. */
export const forgetKeptAnswers = task({
  payload: NOTHING,
  async run(_, { deps }) {
    const gone = await deps.owner(forgetAnswers);
    if (gone > 0) deps.log.info({ gone }, 'kept answers were forgotten');
  },
});
