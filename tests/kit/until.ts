import { setTimeout as pause } from 'node:timers/promises';

/** Whoever looks without a pause takes the machine from whom it waits for. */
const AT_LEISURE_MS = 20;

/** Asks again until `condition` answers something that is true; a test's own time limit ends it otherwise. */
export async function until<T>(condition: () => Promise<T | false | null | undefined>): Promise<T> {
  for (;;) {
    const answer = await condition();
    if (answer) return answer;
    await pause(AT_LEISURE_MS);
  }
}
