import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import { ApolloServerPluginDrainHttpServer } from '@apollo/server/plugin/drainHttpServer';
import { expressMiddleware } from '@as-integrations/express5';
import type { MikroORM } from '@mikro-orm/postgresql';
import express, { type ErrorRequestHandler, type Request, type RequestHandler, type Response } from 'express';
import type { Pool } from 'pg';
import type { Config } from '../config.js';
import { ANONYMOUS } from '../permissions/actor.js';
import type { Clock } from '../platform/clock.js';
import type { Keys } from '../platform/crypto.js';
import { HubError } from '../platform/errors.js';
import type { Logger } from '../platform/logger.js';
import { buildGuardedSchema } from '../schema/build.js';
import { holdsCitizenId } from '../services/collection/identifiers.js';
import { readSession } from '../services/session.js';
import { AuditWriter } from './audit.js';
import { RequestContext, type RequestFacts } from './context.js';
import { costPlugin } from './cost.js';
import { trustDocumentsOnly } from './documents.js';
import { HTTP_STATUS, httpError, hubErrorIn, type Language, whitelist } from './errors.js';
import { explorer } from './explorer.js';
import { actorOf, createVerifier, Departments, type Verifier } from './identity.js';
import { BODY_LIMIT, LIMITS, MAX_TOKENS } from './limits.js';
import { limitRates } from './rates.js';
import { sessionPlugin } from './sessionPlugin.js';

export interface ServerDeps {
  config: Config;
  keys: Keys;
  clock: Clock;
  log: Logger;
  orm: MikroORM;
  /** the weak login, for reads */
  reads: Pool;
  /** the insert-only login */
  audit: Pool;
  ready(): Promise<boolean>;
}

/** Under the demo identity a mirror never goes stale by itself (reference.md, matters). */
const DEMO_CYCLE_DAYS = 3650;

const RETRY_AFTER_SECONDS = 5;
const GRAPHQL_RESPONSE = 'application/graphql-response+json';

interface HubRequest extends Request {
  hub?: RequestFacts;
}

/** The HTTP server, listening. `close` lets requests in flight end. */
export async function startServer(deps: ServerDeps): Promise<{ url: string; close(): Promise<void> }> {
  const { config, keys, clock, log } = deps;
  const app = express();
  const http = createServer(app);
  // Longer than the idle time of the usual proxies and clients, so that it is they who close a connection.
  http.keepAliveTimeout = 65_000;
  const apollo = new ApolloServer<RequestContext>({
    schema: buildGuardedSchema(),
    introspection: config.introspection,
    csrfPrevention: true,
    persistedQueries: false,
    allowBatchedHttpRequests: false,
    includeStacktraceInErrorResponses: false,
    hideSchemaDetailsFromClientErrors: !config.introspection,
    stopOnTerminationSignals: false,
    parseOptions: { maxTokens: MAX_TOKENS },
    logger: log,
    formatError: (formatted) => whitelist(formatted),
    validationRules: LIMITS,
    plugins: [
      costPlugin,
      sessionPlugin({
        reads: deps.reads,
        fork: () => deps.orm.em.fork({ clear: true }),
        audit: new AuditWriter(deps.audit),
        today: () => clock.today(),
        log,
      }),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginDrainHttpServer({ httpServer: http }),
    ],
  });
  await apollo.start();

  const verifier = createVerifier(config, keys, log);
  const rules = {
    listingStatementDays: config.listingStatementDays,
    cycleDays: config.demoIdentity ? DEMO_CYCLE_DAYS : null,
  };
  app.disable('x-powered-by');
  // TLS ends at a proxy on this machine: the address that is counted is the one it saw, and nobody else's word for it.
  app.set('trust proxy', 'loopback');
  app.use(trace(log));
  app.get('/healthz', (_request, response) => void response.json({ status: 'ok' }));
  app.get('/readyz', async (_request, response) => {
    const ready = await deps.ready();
    response.status(ready ? 200 : 503).json({ status: ready ? 'ready' : 'not ready' });
  });
  app.use(
    '/graphql',
    identify(deps, verifier),
    limitRates(config.requestsPerMinute, actorOfRequest, (request, response, _next, error) =>
      fail(request, response, error, TOO_MANY_REQUESTS),
    ),
    express.json({ limit: BODY_LIMIT }),
    refuseCitizenIds,
    trustDocumentsOnly(
      config.trustedDocuments === 'required',
      () => readSession(deps.reads, ANONYMOUS, clock.today()),
      actorOfRequest,
    ),
    expressMiddleware(apollo, {
      context: async ({ req, res }) => {
        const context = new RequestContext((req as HubRequest).hub as RequestFacts, keys, rules);
        res.once('close', () => void context.rollback().catch(() => {}));
        return context;
      },
    }) as unknown as RequestHandler,
  );
  app.use('/explorer', explorer(deps));
  app.use((request, response) =>
    fail(request, response, new HubError('NOT_FOUND', { zh: '无此地址', en: 'no such address' })),
  );
  app.use(onError(log));

  const port = await listen(http, config);
  const host = config.host.includes(':') ? `[${config.host}]` : config.host;
  return {
    url: `http://${host}:${port}`,
    async close() {
      verifier.close();
      await apollo.stop();
      if (http.listening) await new Promise<void>((resolve) => http.close(() => resolve()));
    },
  };
}

function listen(http: Server, { host, port }: Config): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  http.once('error', reject);
  http.listen(port, host, () => resolve((http.address() as { port: number }).port));
  return promise;
}

const TOO_MANY_REQUESTS = 429;
const actorOfRequest = (request: Request) => ((request as HubRequest).hub as RequestFacts).actor;

const languageOf = (request: Request): Language =>
  /^\s*en\b/i.test(request.get('accept-language') ?? '') ? 'en' : 'zh';

/** A trace id for every request, in the answer and in the one line that is logged of it. */
const trace =
  (log: Logger): RequestHandler =>
  (request, response, next) => {
    const started = performance.now();
    const facts: RequestFacts = {
      actor: ANONYMOUS,
      language: languageOf(request),
      traceId: randomUUID(),
      idempotencyKey: request.get('idempotency-key') || null,
    };
    (request as HubRequest).hub = facts;
    response.setHeader('x-trace-id', facts.traceId);
    response.once('finish', () => {
      const ms = Math.round((performance.now() - started) * 10) / 10;
      log.info(
        {
          traceId: facts.traceId,
          method: request.method,
          path: request.baseUrl || request.path,
          status: response.statusCode,
          ms,
          role: facts.actor.role,
        },
        'request',
      );
    });
    next();
  };

function identify({ reads, clock, log }: ServerDeps, verifier: Verifier): RequestHandler {
  const departments = new Departments();
  return async (request, _response, next) => {
    const facts = (request as HubRequest).hub as RequestFacts;
    const anonymous = readSession(reads, ANONYMOUS, clock.today());
    try {
      facts.actor = await actorOf((name) => request.get(name), verifier, departments, anonymous);
    } catch (error) {
      // The caller hears only that the token is not valid; the operator, which of its parts.
      const { cause } = error as HubError;
      if (cause instanceof Error) log.info({ traceId: facts.traceId, reason: cause.message }, 'token refused');
      throw error;
    }
    next();
  };
}

/** A citizen id travels in variables; in a document it would be logged by whatever stands between. */
const refuseCitizenIds: RequestHandler = (request, response, next) => {
  const document = (request.body as { query?: unknown } | undefined)?.query ?? request.query.query;
  if (typeof document === 'string' && holdsCitizenId(document)) {
    const refusal = { zh: '证件号码须放在变量中', en: 'an id number belongs in a variable' };
    return fail(request, response, new HubError('BAD_USER_INPUT', refusal, 'query'));
  }
  next();
};

function fail(request: Request, response: Response, error: HubError, status = HTTP_STATUS[error.code] ?? 500): void {
  const { language, traceId } = (request as HubRequest).hub as RequestFacts;
  if (error.code === 'UNAUTHENTICATED') response.setHeader('www-authenticate', 'Bearer error="invalid_token"');
  if (error.code === 'UNAVAILABLE') response.setHeader('retry-after', RETRY_AFTER_SECONDS);
  // Clients read the body of a status over 299 as GraphQL's only when it says so.
  if (request.get('accept')?.includes(GRAPHQL_RESPONSE)) response.type(GRAPHQL_RESPONSE);
  response.status(status).json(httpError(error, language, traceId));
}

const onError =
  (log: Logger): ErrorRequestHandler =>
  (error, request, response, _next) => {
    if (response.headersSent) return void response.end();
    const own = hubErrorIn(error);
    if (own) return fail(request, response, own);
    const status = (error as { status?: number }).status;
    if (status === 413)
      return fail(
        request,
        response,
        new HubError('LIMIT_EXCEEDED', { zh: '请求体超过 256 KB', en: 'the body is over 256 KB' }),
      );
    if (status && status < 500)
      return fail(
        request,
        response,
        new HubError('BAD_USER_INPUT', { zh: '请求无法解析', en: 'the request can’t be read' }),
      );
    const facts = (request as HubRequest).hub;
    log.error({ traceId: facts?.traceId, err: error }, 'unexpected error');
    fail(request, response, new HubError('INTERNAL_SERVER_ERROR', { zh: '系统内部错误', en: 'internal error' }));
  };
