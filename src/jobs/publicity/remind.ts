import { remindDepartments } from '../../services/publicity/remind.js';
import { NOTHING } from '../schedule.js';
import { task } from '../task.js';

/** 公示提醒 Before the seventh working day ends: what each department still can do in time, once a day and matter. */
export const remindPublicity = task({
  payload: NOTHING,
  async run(_, { deps, today }) {
    const addressed = new Set(Object.keys(deps.notices?.departments ?? {}));
    const reminded = await remindDepartments({ pool: deps.aside, today: () => today, addressed });
    if (reminded.told > 0) deps.log.info(reminded, 'departments were reminded');
  },
});
