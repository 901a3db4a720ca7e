import { z } from 'zod';
import { notify, Undeliverable } from '../../exchange/notify.js';
import { task, Unworkable } from '../task.js';

/** 公示通知 What one department was told, to the address that it gave; where that is down, again after a while. */
export const notifyDepartment = task({
  payload: z.strictObject({ notice: z.uuid() }),
  async run({ notice }, { deps: { notices, aside, keys }, today }) {
    await notify({ settings: notices, pool: aside, keys, today }, notice).catch((error: unknown) => {
      throw error instanceof Undeliverable ? new Unworkable(error.message) : error;
    });
  },
});
