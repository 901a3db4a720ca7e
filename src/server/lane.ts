import type { Request, RequestHandler } from 'express';
import type { DocumentNode, OperationDefinitionNode } from 'graphql';
import type { Pool } from 'pg';
import type { Completer } from '../planner/complete.js';
import { readSession } from '../services/session.js';
import { type AuditWriter, eventOf } from './audit.js';
import type { RequestContext } from './context.js';
import { factsOf } from './http.js';
import { READS_CAP } from './limits.js';

/** A query that has been parsed, validated and found worth asking. */
export interface KnownQuery {
  document: DocumentNode;
  operation: OperationDefinitionNode;
  roots: readonly string[];
  hash: string;
}

export interface LaneDeps {
  reads: Pool;
  completer: Completer;
  audit: AuditWriter;
  today: () => string;
  /** whether it would be refused for what it may cost */
  tooDear(query: KnownQuery, variables: object): boolean;
}

const KEPT = 500;
const LONGEST = 20_000;
const PLAIN_JSON: readonly (string | undefined)[] = [undefined, '*/*', 'application/json'];

/**
 * Answers known queries that the planner reads whole without walking through Apollo: the same session, the same
 * guards, the same event before the answer. Whatever is not a plain answer (a refusal, an error, a stated consent, a log
 * that can't be written) goes on to Apollo with what was read so far, and is answered there.
 */
export class ReadLane {
  readonly #known = new Map<string, KnownQuery>();

  constructor(private readonly deps: LaneDeps) {}

  /** A query that Apollo has validated; text and document belong together from here on. */
  learn(source: string, query: KnownQuery): void {
    if (source.length > LONGEST || this.#known.has(source)) return;
    const [oldest] = this.#known.keys();
    if (this.#known.size >= KEPT && oldest !== undefined) this.#known.delete(oldest);
    this.#known.set(source, query);
  }

  /** Stands before Apollo, behind identity, limits and body. */
  handler(contextOf: (request: Request) => RequestContext): RequestHandler {
    return async (request, response, next) => {
      const asked = this.#asked(request);
      if (!asked || this.deps.tooDear(asked.query, asked.variables)) return next();
      const context = contextOf(request);
      factsOf(request).context = context;
      const data = await this.#read(asked.query, asked.variables, context);
      if (!data) return next();
      Object.assign(context.told, { operation: 'query', roots: asked.query.roots });
      response.statusCode = 200;
      response.setHeader('content-type', 'application/json; charset=utf-8');
      // Encoded once: of a text Node would count the bytes before it encodes them.
      response.end(Buffer.from(`${JSON.stringify({ data })}\n`));
    };
  }

  #asked(request: Request): { query: KnownQuery; variables: Record<string, unknown> } | null {
    const { query, operationName, variables, ...rest } = (request.body ?? {}) as Record<string, unknown>;
    const known = typeof query === 'string' ? this.#known.get(query) : undefined;
    if (!known || request.method !== 'POST' || operationName != null) return null;
    for (const _other in rest) return null;
    if (variables != null && (typeof variables !== 'object' || Array.isArray(variables))) return null;
    if (!PLAIN_JSON.includes(request.headers.accept)) return null;
    const { consent, actingFor } = factsOf(request).stated ?? {};
    if (consent !== undefined || actingFor !== undefined) return null;
    if (this.deps.reads.waitingCount >= READS_CAP) return null;
    return { query: known, variables: (variables ?? {}) as Record<string, unknown> };
  }

  async #read(query: KnownQuery, variables: Record<string, unknown>, context: RequestContext): Promise<object | null> {
    const { reads, completer, audit, today } = this.deps;
    context.begun = true;
    context.openRead(readSession(reads, context.actor, today()));
    const data = await completer.complete({ ...query, variables }, context);
    if (!data || context.trail.labels.size === 0) return data;
    try {
      await audit.write(eventOf(context, query.roots.join(','), '', 'OK', query.hash));
      return data;
    } catch {
      // Apollo's own walk will try again, and withhold the answer by name.
      return null;
    }
  }
}
