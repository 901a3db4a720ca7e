import { putHead } from './copy.js';
import type { SignedHead } from './head.js';

const PATIENCE_MS = 5_000;

/**
 * Gives a head to someone else to hold: appended to `heads.jsonl` of a folder (another machine's, mounted), or posted as
 * JSON to a URL. A later head vouches for all that an earlier one did, so one that was missed is not sent again.
 * @throws when the holder did not take it
 */
export async function offerHead(holder: string, head: SignedHead): Promise<void> {
  if (!/^https?:\/\//.test(holder)) return putHead(holder, head);
  const answer = await fetch(holder, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(head),
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  if (!answer.ok) throw new Error(`the holder answered ${answer.status}`);
}
