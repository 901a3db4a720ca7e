import { setImmediate as turn } from 'node:timers/promises';

/** Asks again until `condition` answers something that is true; a test's own time limit ends it otherwise. */
export async function until<T>(condition: () => Promise<T | false | null | undefined>): Promise<T> {
  for (;;) {
    const answer = await condition();
    if (answer) return answer;
    await turn();
  }
}
