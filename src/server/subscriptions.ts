import type { Request, RequestHandler, Response } from 'express';
import {
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  parse,
  specifiedRules,
  validate,
} from 'graphql';
import { createHandler } from 'graphql-sse/lib/use/express';
import { HubError } from '../platform/errors.js';
import type { Logger } from '../platform/logger.js';
import type { Session } from '../services/session.js';
import { type AuditWriter, eventOf } from './audit.js';
import type { RequestContext } from './context.js';
import { tooDear } from './cost.js';
import { present, whitelist } from './errors.js';
import { factsOf, fail, type Identify } from './http.js';
import { LIMITS, MAX_TOKENS, STREAM_LIMIT } from './limits.js';

export interface StreamDeps {
  schema: GraphQLSchema;
  /** whether a refusal may suggest names of the schema */
  introspection: boolean;
  context: (request: Request) => RequestContext;
  identify: Identify;
  /** a session for the next event's reads */
  read: (actor: RequestContext['actor']) => Session;
  audit: AuditWriter;
  log: Logger;
}

/** One stream: what it runs in, and how much of what it showed the log has been told. */
interface Stream {
  context: RequestContext;
  document: DocumentNode;
  source: string;
  logged: number;
}

interface Asked {
  query: string;
  operationName?: string | null;
  variables?: Record<string, unknown> | null;
}

const ACCEPTED = ['application/json', 'application/graphql-response+json', 'text/event-stream'];

/**
 * Subscriptions as server-sent events, one connection each (graphql-sse, "distinct connections"). They pass Apollo and
 * its plugins by, so nothing but subscriptions comes in here, and limits, policy, log and masks are laid on anew.
 */
export class Streams {
  readonly #open = new Set<Response>();
  readonly #streams = new WeakMap<Request, Stream>();
  #closing = false;

  constructor(private readonly deps: StreamDeps) {}

  /** Takes requests that would rather have events than JSON; leaves the others to whoever comes next. */
  get handler(): RequestHandler {
    const handle = createHandler<Record<PropertyKey, unknown>>({
      // No tokens: several operations over one connection would outlive the request that was identified.
      authenticate: () => null,
      validate: () => [],
      context: {},
      onSubscribe: ({ raw }) => this.#prepared(raw),
      onNext: (_context, { raw }, result) => this.#sent(raw, result as ExecutionResult),
    });
    return async (request, response, next) => {
      if (request.method !== 'POST' || request.accepts(ACCEPTED) !== 'text/event-stream') return next();
      if (this.#closing || this.#open.size >= STREAM_LIMIT) return fail(request, response, full());
      if (!isAsked(request.body)) return fail(request, response, unreadable());
      this.#open.add(response);
      response.once('close', () => this.#open.delete(response));
      // The library takes the header as it stands, alternatives and weights included.
      request.headers.accept = 'text/event-stream';
      try {
        await handle(request, response);
      } catch (err) {
        if (!response.headersSent) throw err;
        this.deps.log.error({ traceId: factsOf(request).traceId, err }, 'a stream was cut');
        response.end();
      }
    };
  }

  /** Ends every stream without saying that it is complete: who wants the rest comes again. */
  async close(): Promise<void> {
    this.#closing = true;
    const ended = [...this.#open].map((response) => new Promise((resolve) => response.once('close', resolve)));
    for (const response of this.#open) response.end();
    await Promise.all(ended);
  }

  #prepared(request: Request): ExecutionResult | (ExecutionArgs & { contextValue: Record<PropertyKey, unknown> }) {
    const { query: source, operationName, variables } = request.body as Asked;
    const { schema } = this.deps;
    let document: DocumentNode | undefined;
    try {
      document = parse(source, { maxTokens: MAX_TOKENS });
      if (getOperationAST(document, operationName)?.operation !== 'subscription') throw notAStream();
      const faults = validate(schema, document, [...specifiedRules, ...LIMITS]);
      if (faults.length > 0) return this.#refused(request, faults, 'GRAPHQL_VALIDATION_FAILED', document);
      const dear = tooDear(schema, document, operationName, variables);
      if (dear) throw dear;
    } catch (error) {
      const fault = error instanceof GraphQLError ? error : new GraphQLError('', { originalError: error as Error });
      return this.#refused(request, [fault], 'GRAPHQL_PARSE_FAILED', document);
    }
    const context = this.deps.context(request);
    context.renew = async () => {
      context.actor = await this.deps.identify(request);
      context.openRead(this.deps.read(context.actor));
    };
    this.#streams.set(request, { context, document, source, logged: -1 });
    return {
      schema,
      document,
      operationName,
      variableValues: variables,
      contextValue: context as unknown as Record<PropertyKey, unknown>,
    };
  }

  #refused(request: Request, faults: readonly GraphQLError[], code: string, document?: DocumentNode): ExecutionResult {
    for (const fault of faults) {
      if (fault.originalError === undefined) fault.extensions.code ??= code;
      if (!this.deps.introspection) fault.message = fault.message.replace(/ ?Did you mean(.+?)\?$/, '');
    }
    // `data` is absent from what is sent, and yet the library knows a result by it.
    return { data: undefined, errors: this.#masked(request, faults, document) };
  }

  /** As the plugin does it for requests: what is shown is masked, and leaves once the log says so. */
  async #sent(request: Request, result: ExecutionResult): Promise<ExecutionResult> {
    const stream = this.#streams.get(request);
    if (!stream) return result;
    const { context, document, source } = stream;
    const errors = result.errors && this.#masked(request, result.errors, document);
    const code = errors?.[0]?.extensions.code;
    const { labels, subjects } = context.trail;
    const shown = labels.size + subjects.size;
    if (code !== undefined || shown > stream.logged) {
      try {
        await this.deps.audit.write(
          eventOf(context, 'importProgress', source, code === undefined ? 'OK' : String(code)),
        );
        stream.logged = shown;
      } catch (err) {
        this.deps.log.error({ traceId: context.traceId, err }, 'the answer was withheld');
        const unavailable = new GraphQLError('', { extensions: { code: 'UNAVAILABLE' } });
        return { data: null, errors: this.#masked(request, [unavailable]) };
      }
    }
    return errors ? { ...result, errors } : result;
  }

  #masked(request: Request, errors: readonly GraphQLError[], document?: DocumentNode): GraphQLError[] {
    const { language, traceId } = factsOf(request);
    return errors.map((error) => {
      const { message, ...said } = present(error, language, document);
      if (said.code === 'INTERNAL_SERVER_ERROR') {
        this.deps.log.error({ traceId, err: error.originalError ?? error }, 'unexpected error');
      }
      const shown = whitelist({ ...error.toJSON(), message, extensions: { ...said, traceId } });
      return shown as unknown as GraphQLError;
    });
  }
}

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);

function isAsked(body: unknown): body is Asked {
  if (!isObject(body)) return false;
  const { query, operationName, variables, extensions } = body as Record<string, unknown>;
  return (
    typeof query === 'string' &&
    (operationName == null || typeof operationName === 'string') &&
    [variables, extensions].every((part) => part == null || isObject(part))
  );
}

const unreadable = () =>
  new HubError('BAD_USER_INPUT', { zh: '请求无法解析', en: 'the request can’t be read' }, 'query');
const notAStream = () =>
  new HubError(
    'BAD_USER_INPUT',
    { zh: 'text/event-stream 只受理订阅', en: 'only a subscription is answered as text/event-stream' },
    'accept',
  );
const full = () => new HubError('UNAVAILABLE', { zh: '订阅已满，请稍后再试', en: 'too many streams: come back' });
