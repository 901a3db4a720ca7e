import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import { ApolloServerPluginDrainHttpServer } from '@apollo/server/plugin/drainHttpServer';
import { expressMiddleware } from '@as-integrations/express5';
import type { MikroORM } from '@mikro-orm/postgresql';
import express, { type ErrorRequestHandler, type Request, type RequestHandler } from 'express';
import type { Pool } from 'pg';
import { type Config, ConfigError } from '../config.js';
import { asOwner } from '../house.js';
import { ANONYMOUS } from '../permissions/actor.js';
import type { Clock } from '../platform/clock.js';
import type { Keys } from '../platform/crypto.js';
import { HubError } from '../platform/errors.js';
import type { Logger } from '../platform/logger.js';
import { buildSchemas } from '../schema/build.js';
import { ProgressFeed } from '../services/collection/progress.js';
import { Submissions } from '../services/collection/submissions.js';
import type { ExchangeSettings } from '../services/exchange/settings.js';
import { readSession } from '../services/session.js';
import { AuditWriter } from './audit.js';
import { RequestContext, type RequestFacts } from './context.js';
import { costPlugin, tooDear } from './cost.js';
import { trustDocumentsOnly } from './documents.js';
import { rejectedRows, templates } from './downloads.js';
import { hubErrorIn, type Language, whitelist } from './errors.js';
import { exchangeIn } from './exchange.js';
import { explorer } from './explorer.js';
import { filesIn } from './files.js';
import { factsOf, fail, type Identify, identified, refuseCitizenIds, setFacts, tooBig } from './http.js';
import { actorOf, createVerifier, Departments, statedBy, type Verifier } from './identity.js';
import { ReadLane } from './lane.js';
import { BODY_LIMIT, LIMITS, MAX_TOKENS, SUBMIT_LIMIT } from './limits.js';
import { Recorder, surfaceOf } from './metrics/recorder.js';
import { metrics } from './metrics/route.js';
import { publicityExports } from './publicity.js';
import { limitRates } from './rates.js';
import { sessionPlugin } from './sessionPlugin.js';
import { Streams } from './subscriptions.js';

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
  /** the connections of `orm`; null before the first */
  readonly writes: Pool | null;
  /** the queue's own role, and the tables' owner: for /metrics, which is nobody's request */
  queue: Pool;
  owner: Pool;
  /** the weak login, for what outlasts a request: locks and headers of submissions, progress heard */
  aside: Pool;
  /** partners and exchange tables, where there are any */
  exchange: ExchangeSettings | null;
  ready(): Promise<boolean>;
}

/** Under the demo identity a mirror never goes stale by itself (reference.md, matters). */
const DEMO_CYCLE_DAYS = 3650;

/** The HTTP server, listening. `close` lets requests in flight end. */
export async function startServer(deps: ServerDeps): Promise<{ url: string; close(): Promise<void> }> {
  const { config, keys, clock, log } = deps;
  const fork = () => deps.orm.em.fork({ clear: true });
  const today = () => clock.today();
  const audit = new AuditWriter(deps.audit);
  const { guarded: schema, completer } = buildSchemas();
  const lane = new ReadLane({
    reads: deps.reads,
    completer,
    audit,
    today,
    tooDear: ({ document }, variables) => tooDear(schema, document, null, variables) !== null,
  });
  const submissions = new Submissions({
    pool: deps.aside,
    keys,
    today,
    failed: (batchId, err) => log.error({ batchId, err }, 'a submission could not be ended'),
  });
  const progress = new ProgressFeed(deps.aside, (err) => log.warn({ err }, 'progress of imports is not heard'));
  const recorder = new Recorder(() => {
    const { reads, writes, audit: events, aside, queue, owner } = deps;
    return { reads, ...(writes && { writes }), audit: events, aside, queue, owner };
  });
  const app = express();
  const http = createServer(app);
  // Longer than the idle time of the usual proxies and clients, so that it is they who close a connection.
  http.keepAliveTimeout = 65_000;
  const apollo = new ApolloServer<RequestContext>({
    schema,
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
      sessionPlugin({ reads: deps.reads, completer, lane, fork, audit, spending: deps.audit, today, log }),
      ApolloServerPluginLandingPageDisabled(),
      // It would look at every field of every answer for cache hints, of which there are none.
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginDrainHttpServer({ httpServer: http }),
    ],
  });
  await apollo.start();
  await progress.listen();

  const verifier = createVerifier(config, keys, log);
  const rules = {
    listingStatementDays: config.listingStatementDays,
    sealDays: config.sealDays,
    statistics: config.statistics,
    cycleDays: config.demoIdentity ? DEMO_CYCLE_DAYS : null,
    workHours: config.workHours,
  };
  app.disable('x-powered-by');
  // An answer is never the same twice by its text, and hashing it costs as much as sending it.
  app.disable('etag');
  // Known fields of a known shape: what is redacted by key can't stand in it.
  const lines = log.child({}, { redact: [] });
  // TLS ends at a proxy on this machine: the address that is counted is the one it saw, and nobody else's word for it.
  app.set('trust proxy', 'loopback');
  app.use(trace(lines, recorder));
  app.get('/healthz', (_request, response) => void response.json({ status: 'ok' }));
  app.get('/readyz', async (_request, response) => {
    const ready = await deps.ready();
    response.status(ready ? 200 : 503).json({ status: ready ? 'ready' : 'not ready' });
  });
  const identify = identifier(deps, verifier);
  const contextOf = (request: Request, only?: string) =>
    new RequestContext(factsOf(request), keys, rules, { submissions, progress }, only);
  const graphql = (only?: string): RequestHandler =>
    expressMiddleware(apollo, {
      context: async ({ req, res }) => {
        const context = factsOf(req).context ?? contextOf(req, only);
        res.once('close', () => void context.rollback().catch(() => {}));
        return context;
      },
    }) as unknown as RequestHandler;
  const streams = new Streams({
    schema,
    introspection: config.introspection,
    context: contextOf,
    identify,
    read: (actor) => readSession(deps.reads, actor, today()),
    audit,
    log,
  });
  const actorOfRequest = (request: Request) => factsOf(request).actor;
  const who = [
    identified(identify),
    limitRates(config.requestsPerMinute, actorOfRequest, (request, response, _next, error) =>
      fail(request, response, error, TOO_MANY_REQUESTS),
    ),
  ];
  const trusted = trustDocumentsOnly(
    config.trustedDocuments === 'required',
    () => readSession(deps.reads, ANONYMOUS, today()),
    actorOfRequest,
  );
  const body = (limit: number) => [express.json({ limit }), refuseCitizenIds, trusted];
  // Before /graphql, which takes every path that begins with it.
  app.use('/graphql/submit', who, body(SUBMIT_LIMIT), graphql('submitRecords'));
  app.use('/graphql', who, body(BODY_LIMIT), streams.handler, lane.handler(contextOf), graphql());
  app.get('/metrics', metrics({ ...deps, recorder, identify, asOwner: (work) => asOwner(deps.owner, work) }));
  app.use('/explorer', explorer({ ...deps, verifier }));
  app.use('/templates', templates());
  app.use('/publicity', who, publicityExports({ reads: deps.reads, today }));
  app.use('/imports', who, rejectedRows({ reads: deps.reads, today, audit, context: contextOf }));
  if (deps.exchange) {
    app.post('/exchange/messages', ...(await exchangeIn(deps.exchange, { keys, fork, today, submissions }, audit)));
  }
  app.post('/files', who, ...filesIn({ keys, fork, today, audit, context: contextOf }));
  app.use((request, response) =>
    fail(request, response, new HubError('NOT_FOUND', { zh: '无此地址', en: 'no such address' })),
  );
  app.use(onError(log));

  const close = async () => {
    // What is answered from here on is the last on its connection: no caller's pool holds the hub up.
    http.keepAliveTimeout = 1;
    await streams.close();
    verifier.close();
    await apollo.stop();
    if (http.listening) await new Promise<void>((resolve) => http.close(() => resolve()));
    await submissions.close();
    await progress.close();
  };
  // What is held by now would keep the process alive, and nobody would be told.
  const port = await listen(http, config).catch(async (error: unknown) => {
    await close();
    throw error;
  });
  void recorder.load().catch((err: unknown) => log.warn({ err }, 'nothing is counted'));
  const host = config.host.includes(':') ? `[${config.host}]` : config.host;
  return {
    url: `http://${host}:${port}`,
    close,
  };
}

function listen(http: Server, { host, port }: Config): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  http.once('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EADDRINUSE') reject(new ConfigError('PORT', `${port} is taken by another program`));
    else if (error.code === 'EACCES') reject(new ConfigError('PORT', `${port} is not for this user to listen on`));
    else reject(error);
  });
  http.listen(port, host, () => resolve((http.address() as { port: number }).port));
  return promise;
}

const TOO_MANY_REQUESTS = 429;

const languageOf = (request: Request): Language =>
  /^\s*en\b/i.test(request.get('accept-language') ?? '') ? 'en' : 'zh';

/** A trace id for every request, in the answer and in the one line that is logged of it. */
const trace =
  (log: Logger, recorder: Recorder): RequestHandler =>
  (request, response, next) => {
    const started = performance.now();
    const facts: RequestFacts = {
      actor: ANONYMOUS,
      language: languageOf(request),
      traceId: randomUUID(),
      idempotencyKey: request.get('idempotency-key') || null,
      stated: statedBy((name) => request.get(name)),
      told: { operation: 'none', roots: [], codes: [] },
    };
    setFacts(request, facts);
    response.setHeader('x-trace-id', facts.traceId);
    response.once('finish', () => {
      const ms = Math.round((performance.now() - started) * 10) / 10;
      recorder.happened({
        surface: surfaceOf(request.originalUrl, String(response.getHeader('content-type') ?? '')),
        operation: 'none',
        roots: [],
        codes: [],
        ...facts.told,
        status: response.statusCode,
        seconds: ms / 1000,
      });
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

function identifier({ reads, clock, log }: ServerDeps, verifier: Verifier): Identify {
  const departments = new Departments();
  return async (request) => {
    const anonymous = readSession(reads, ANONYMOUS, clock.today());
    try {
      return await actorOf((name) => request.get(name), verifier, departments, anonymous);
    } catch (error) {
      // The caller hears only that the token is not valid; the operator, which of its parts.
      const { cause } = error as HubError;
      if (cause instanceof Error) {
        log.info({ traceId: factsOf(request).traceId, reason: cause.message }, 'token refused');
      }
      throw error;
    }
  };
}

const onError =
  (log: Logger): ErrorRequestHandler =>
  (error, request, response, _next) => {
    if (response.headersSent) return void response.end();
    const own = hubErrorIn(error);
    if (own) return fail(request, response, own);
    const { status, limit = BODY_LIMIT } = error as { status?: number; limit?: number };
    if (status === 413) return fail(request, response, tooBig(limit));
    if (status && status < 500)
      return fail(
        request,
        response,
        new HubError('BAD_USER_INPUT', { zh: '请求无法解析', en: 'the request can’t be read' }),
      );
    log.error({ traceId: factsOf(request).traceId, err: error }, 'unexpected error');
    fail(request, response, new HubError('INTERNAL_SERVER_ERROR', { zh: '系统内部错误', en: 'internal error' }));
  };
