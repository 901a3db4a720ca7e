import type { Request, RequestHandler, Response } from 'express';
import type { Actor } from '../permissions/actor.js';
import { HubError } from '../platform/errors.js';
import { holdsCitizenId } from '../services/collection/identifiers.js';
import type { RequestFacts } from './context.js';
import { HTTP_STATUS, httpError } from './errors.js';

const RETRY_AFTER_SECONDS = 5;
const GRAPHQL_RESPONSE = 'application/graphql-response+json';

interface HubRequest extends Request {
  hub?: RequestFacts;
}

/** What is known of a request so far: server.ts sets it before anything else sees the request. */
export const factsOf = (request: Request): RequestFacts => (request as HubRequest).hub as RequestFacts;

export const setFacts = (request: Request, facts: RequestFacts): void => {
  (request as HubRequest).hub = facts;
};

/** Who asks, by token and headers, asked anew each time. @throws UNAUTHENTICATED, BAD_USER_INPUT */
export type Identify = (request: Request) => Promise<Actor>;

export const identified =
  (identify: Identify): RequestHandler =>
  async (request, _response, next) => {
    factsOf(request).actor = await identify(request);
    next();
  };

/** A citizen id travels in variables; in a document it would be logged by whatever stands between. */
export const refuseCitizenIds: RequestHandler = (request, response, next) => {
  const document = (request.body as { query?: unknown } | undefined)?.query ?? request.query.query;
  if (typeof document === 'string' && holdsCitizenId(document)) {
    const refusal = { zh: '证件号码须放在变量中', en: 'an id number belongs in a variable' };
    return fail(request, response, new HubError('BAD_USER_INPUT', refusal, 'query'));
  }
  next();
};

export function fail(
  request: Request,
  response: Response,
  error: HubError,
  status = HTTP_STATUS[error.code] ?? 500,
): void {
  const { language, traceId, told } = factsOf(request);
  if (told) told.codes = [error.code];
  if (error.code === 'UNAUTHENTICATED') response.setHeader('www-authenticate', 'Bearer error="invalid_token"');
  if (error.code === 'UNAVAILABLE') response.setHeader('retry-after', RETRY_AFTER_SECONDS);
  // Clients read the body of a status over 299 as GraphQL's only when it says so.
  if (request.get('accept')?.includes(GRAPHQL_RESPONSE)) response.type(GRAPHQL_RESPONSE);
  response.status(status).json(httpError(error, language, traceId));
}

const MEGABYTE = 1024 * 1024;

/** The refusal of a body that is longer than its way in takes. */
export function tooBig(limit: number): HubError {
  const size = limit >= MEGABYTE ? `${Math.floor(limit / MEGABYTE)} MB` : `${Math.floor(limit / 1024)} KB`;
  return new HubError('LIMIT_EXCEEDED', { zh: `请求体超过 ${size}`, en: `the body is over ${size}` });
}
