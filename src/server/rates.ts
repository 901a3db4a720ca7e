import type { RequestHandler } from 'express';
import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import { type Actor, ANONYMOUS } from '../permissions/actor.js';
import { HubError } from '../platform/errors.js';

/** Anonymous callers share an address, and ask less than a system that signs in. */
const ANONYMOUS_SHARE = 4;

const tooMany = new HubError('LIMIT_EXCEEDED', {
  zh: '请求过于频繁，请稍后再试',
  en: 'too many requests: come back a little later',
});

/**
 * Counts requests of one actor in one role (an anonymous one by its address) over a minute, in this process; one too
 * many is told when to come back. `perMinute` null: nobody is counted.
 */
export function limitRates(
  perMinute: number | null,
  actorOf: (request: Parameters<RequestHandler>[0]) => Actor,
  refuse: (...of: [...Parameters<RequestHandler>, HubError]) => void,
): RequestHandler {
  if (perMinute === null) return (_request, _response, next) => next();
  const duration = 60;
  const named = new RateLimiterMemory({ points: perMinute, duration });
  const anonymous = new RateLimiterMemory({ points: Math.ceil(perMinute / ANONYMOUS_SHARE), duration });
  return (request, response, next) => {
    const { user, role } = actorOf(request);
    const counted =
      user === ANONYMOUS.user ? anonymous.consume(request.ip ?? '') : named.consume(JSON.stringify([user, role]));
    counted.then(
      () => next(),
      ({ msBeforeNext }: RateLimiterRes) => {
        response.setHeader('retry-after', String(Math.ceil(msBeforeNext / 1000)));
        refuse(request, response, next, tooMany);
      },
    );
  };
}
