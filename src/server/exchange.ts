import express, { type RequestHandler } from 'express';
import { partnerActor } from '../permissions/actor.js';
import { HubError } from '../platform/errors.js';
import { type InboxDeps, receive } from '../services/exchange/inbox.js';
import type { ExchangeSettings } from '../services/exchange/settings.js';
import { SIGNATURE_HEADER, signedBy, signerOf, verifierOf } from '../services/exchange/signing.js';
import { type AuditWriter, eventOf } from './audit.js';
import { Trail } from './context.js';
import { factsOf } from './http.js';
import { EXCHANGE_AT_ONCE, EXCHANGE_LIMIT } from './limits.js';

const OPERATION = 'receiveExchange';

/** POST /exchange/messages: from partners whose keys are in the file, by their signature and no token; signed too is what it answers. */
export async function exchangeIn(
  settings: ExchangeSettings,
  deps: InboxDeps,
  audit: AuditWriter,
): Promise<RequestHandler[]> {
  const verifiers = await Promise.all(
    settings.partners.flatMap(({ id, publicKey }) => (publicKey ? [verifierOf(id, publicKey)] : [])),
  );
  const signer = await signerOf(deps.keys, settings.id);
  let underway = 0;
  return [
    (request, response, next) => {
      // Before the body is read: what has no signature at all costs nothing.
      if (!request.get(SIGNATURE_HEADER)) throw unsigned();
      if (underway >= EXCHANGE_AT_ONCE) throw busy();
      underway += 1;
      response.once('close', () => {
        underway -= 1;
      });
      next();
    },
    express.raw({ type: () => true, limit: EXCHANGE_LIMIT }),
    async (request, response) => {
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      const facts = factsOf(request);
      const partner = await signedBy(verifiers, {
        header: request.get(SIGNATURE_HEADER),
        hubId: settings.id,
        method: request.method,
        path: request.originalUrl,
        body,
      }).catch(async (refusal: unknown) => {
        await audit.write(eventOf({ actor: facts.actor, trail: new Trail() }, OPERATION, OPERATION, 'UNAUTHENTICATED'));
        throw refusal;
      });
      facts.actor = partnerActor(partner);
      const answer = JSON.stringify({ receipts: await receive(deps, facts.actor, messagesIn(body)) });
      const { method, originalUrl: path } = request;
      const answers = request.get(SIGNATURE_HEADER);
      response.set(SIGNATURE_HEADER, await signer.sign({ to: partner, method, path, body: answer, answers }));
      response.type('json').send(answer);
    },
  ];
}

const unsigned = () => new HubError('UNAUTHENTICATED', { zh: '报文须签名', en: 'a message is signed' });
const busy = () => new HubError('UNAVAILABLE', { zh: '接收繁忙，请稍后再发', en: 'too many at once: come back' });

const AT_ONCE = 500;

function messagesIn(body: Buffer): readonly unknown[] {
  let read: { messages?: unknown };
  try {
    read = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    throw new HubError('BAD_USER_INPUT', { zh: '请求无法解析', en: 'the request can’t be read' }, 'messages');
  }
  const { messages } = read ?? {};
  if (!Array.isArray(messages) || messages.length === 0 || messages.length > AT_ONCE) {
    const text = { zh: `报文须为 1 至 ${AT_ONCE} 件`, en: `messages are 1 to ${AT_ONCE}` };
    throw new HubError('BAD_USER_INPUT', text, 'messages');
  }
  return messages;
}
