import { patrol } from '../../services/patrol/run.js';
import { NOTHING } from '../schedule.js';
import { task } from '../task.js';

/** 每日巡查 All that came since the last patrol; the same fact is never found twice. */
export const runPatrol = task({
  payload: NOTHING,
  async run(_, { deps, today }) {
    const { found } = await patrol({ pool: deps.aside, today: () => today, workHours: deps.workHours });
    const findings = found.reduce((sum, { count }) => sum + count, 0);
    deps.log.info({ findings }, 'a patrol was run');
  },
});
