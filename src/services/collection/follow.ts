import type { Row } from '../reading/shape.js';
import type { Notice, Watch } from './progress.js';

/** One event of a batch's progress: the batch as its watcher may read it now, or why it may not. */
export type ProgressEvent = { readonly batch: Row } | { readonly refused: unknown };

export interface Looking {
  /** the batch as it stands, read anew as its watcher; throws where that is refused */
  look(): Promise<Row>;
  /** marks it FAILED where the process that worked on it is gone, and said nothing */
  sweep(): Promise<void>;
}

/** Longer than any chunk of rows takes: after it somebody looks whether the importer is still there. */
const SILENCE = 5_000;
const OVER = new Set(['COMPLETED', 'FAILED']);

/**
 * The batch as it stands, then as often as its importer says something, to its end. Rows under way are in a transaction
 * that nobody sees into: their numbers are the importer's own.
 */
export function followBatch(watch: Watch, { look, sweep }: Looking): AsyncIterableIterator<ProgressEvent> {
  let numbers: Notice = {};
  let [begun, over] = [false, false];

  async function next(): Promise<IteratorResult<ProgressEvent>> {
    while (!over) {
      try {
        const notice = begun ? await watch.next(SILENCE) : {};
        begun = true;
        if (notice === null) break;
        if (notice === 'silent') await sweep();
        const batch = await look();
        over = OVER.has(batch.state as string);
        if (notice === 'silent' && !over) continue;
        if (notice !== 'silent' && notice.read !== undefined) numbers = notice;
        return { done: false, value: { batch: over ? batch : { ...batch, ...numbers } } };
      } catch (refused) {
        over = true;
        return { done: false, value: { refused } };
      }
    }
    return finish();
  }

  async function finish(): Promise<IteratorResult<ProgressEvent>> {
    over = true;
    watch.end();
    return { done: true, value: undefined };
  }

  const followed: AsyncIterableIterator<ProgressEvent> = {
    next,
    return: finish,
    [Symbol.asyncIterator]: () => followed,
  };
  return followed;
}
