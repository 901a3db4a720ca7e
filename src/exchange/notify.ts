import type { Pool } from 'pg';
import { REMINDER } from '../permissions/reminder.js';
import type { Keys } from '../platform/crypto.js';
import { HubError } from '../platform/errors.js';
import { SIGNATURE_HEADER, signerOf } from '../services/exchange/signing.js';
import type { NoticeEndpoint, NoticeSettings } from '../services/publicity/noticeSettings.js';
import { leaveReminded, type Notice, noticeOf } from '../services/publicity/notices.js';
import { readSession, verbOn } from '../services/session.js';

export interface NotifyDeps {
  readonly settings: NoticeSettings | null;
  /** the weak login */
  readonly pool: Pool;
  readonly keys: Keys;
  readonly today: string;
}

/** It can't be delivered, however often it is tried: what its address or the department's answer says. */
export class Undeliverable extends Error {
  override readonly name = 'Undeliverable';
}

/** Answers that say: later. Any other 4xx says that this notice is never taken. */
const LATER = [408, 425, 429];

/**
 * 送达通知 Sends one notice to its department, signed as the exchange's messages are. Answered by any 2xx it has arrived, on
 * record; killed in between, it is sent again under the same id.
 * @throws Undeliverable; UNAVAILABLE where it may be tried again
 */
export async function notify({ settings, pool, keys, today }: NotifyDeps, id: string): Promise<void> {
  const found = await noticeOf(readSession(pool, REMINDER, today), id);
  if (!found) return;
  const { departmentId, ...notice } = found;
  const endpoint = settings?.departments[notice.department];
  if (!settings || !endpoint) throw new Undeliverable('HUB_NOTICES 未列该部门 names no address of the department');
  await post(notice, endpoint, await signerOf(keys, settings.id));
  const client = await pool.connect();
  try {
    await verbOn(client, { actor: REMINDER, today, verb: 'remindPublicity' }, (session) =>
      leaveReminded(session, 'DELIVERED', departmentId),
    );
  } finally {
    client.release();
  }
}

async function post(
  notice: Notice,
  { url: to, token, timeoutSeconds }: NoticeEndpoint,
  signer: Awaited<ReturnType<typeof signerOf>>,
): Promise<void> {
  const url = new URL(to);
  const body = JSON.stringify(notice);
  const request = { to: notice.department, method: 'POST', path: url.pathname + url.search, body };
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      [SIGNATURE_HEADER]: await signer.sign(request),
      ...(token ? { authorization: `Bearer ${token}` } : {}),
    },
    body,
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutSeconds * 1000),
  }).catch((error: unknown) => {
    throw later(
      (error as Error).name === 'TimeoutError' ? ['未及时应答', 'no answer in time'] : ['无法连接', 'not reached'],
    );
  });
  await response.body?.cancel();
  if (response.ok) return;
  const { status } = response;
  if (status >= 400 && status < 500 && !LATER.includes(status)) {
    throw new Undeliverable(`部门系统拒收 the department’s system refuses it: HTTP ${status}`);
  }
  throw later([`应答 HTTP ${status}`, `HTTP ${status}`]);
}

const later = ([zh, en]: readonly [string, string]) =>
  new HubError('UNAVAILABLE', { zh: `通知未送达：${zh}`, en: `the notice was not delivered: ${en}` });
