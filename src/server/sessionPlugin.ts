import type { ApolloServerPlugin, GraphQLRequestContext } from '@apollo/server';
import type { EntityManager } from '@mikro-orm/postgresql';
import {
  type DefinitionNode,
  type DocumentNode,
  type ExecutionResult,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import type { Pool } from 'pg';
import type { Completer } from '../planner/complete.js';
import { HubError } from '../platform/errors.js';
import type { Logger } from '../platform/logger.js';
import { openWriteSession, readSession } from '../services/session.js';
import { AuditWriter, eventOf, insertEvents } from './audit.js';
import type { RequestContext } from './context.js';
import { present } from './errors.js';
import { earlierData, keepData, keyOf } from './idempotency.js';
import type { ReadLane } from './lane.js';
import { READS_CAP } from './limits.js';
import { judgeStated } from './stated.js';

export interface SessionDeps {
  reads: Pool;
  /** answers wholly planned queries without graphql-js */
  completer: Completer;
  lane: ReadLane;
  fork: () => EntityManager;
  audit: AuditWriter;
  /** the audit login, by which consents are spent */
  spending: Pool;
  today: () => string;
  log: Logger;
}

/** Mutations that may be under way; one more is told to come back. */
const QUEUE_CAP = 200;
const REFUSALS = new Set(['FORBIDDEN', 'PURPOSE_REQUIRED', 'CONSENT_REQUIRED', 'UNAUTHENTICATED']);

type Answer = { data?: unknown; errors?: readonly { extensions?: Record<string, unknown> }[] };

/**
 * One request, one session, one event. A query reads in statements of its own; a mutation has one root field and one
 * transaction, in which its event is written; it commits before the body leaves, and on any error nothing is stored.
 */
export function sessionPlugin(deps: SessionDeps): ApolloServerPlugin<RequestContext> {
  let underway = 0;
  return {
    async requestDidStart() {
      let counted = false;
      let roots: string[] = [];
      let stored = false;
      return {
        async didResolveOperation(context) {
          const { contextValue, operation, document } = context;
          if (!operation) return;
          roots = rootFieldsOf(operation, document);
          Object.assign(contextValue.told, { operation: operation.operation, roots });
          const { only } = contextValue;
          if (only !== null && (operation.operation !== 'mutation' || roots.some((root) => root !== only))) {
            throw new HubError(
              'BAD_USER_INPUT',
              { zh: `此地址只受理 ${only}`, en: `only ${only} comes in here` },
              'query',
            );
          }
          if (operation.operation === 'subscription') {
            throw new HubError(
              'BAD_USER_INPUT',
              {
                zh: '订阅须以 accept: text/event-stream 请求',
                en: 'a subscription is asked for with accept: text/event-stream',
              },
              'accept',
            );
          }
          if (operation.operation !== 'mutation') {
            if (context.source && context.queryHash && document.definitions.filter(isOperation).length === 1)
              deps.lane.learn(context.source, { document, operation, roots, hash: context.queryHash });
            // The lane has begun it and stepped back.
            if (contextValue.begun) return;
            if (deps.reads.waitingCount >= READS_CAP) throw busy();
            await judgeStated(contextValue, deps, null);
            contextValue.openRead(readSession(deps.reads, contextValue.actor, deps.today()));
            return;
          }
          if (roots.length !== 1) {
            throw new HubError('BAD_USER_INPUT', {
              zh: '一次变更只能有一个根字段',
              en: 'a mutation has exactly one root field',
            });
          }
          if (underway >= QUEUE_CAP) throw busy();
          underway++;
          counted = true;
          await judgeStated(contextValue, deps, contextValue.idempotencyKey === null ? null : keyOf(context));
          contextValue.openWrite(await openWriteSession(deps.fork(), contextValue.actor, deps.today()));
        },

        async responseForOperation(context) {
          const { document, operation, contextValue } = context;
          if (operation.operation === 'query') {
            if (contextValue.begun) return null;
            const variables = context.request.variables ?? {};
            const data = await deps.completer.complete({ document, operation, variables }, contextValue);
            return data && { http: context.response.http, body: { kind: 'single', singleResult: { data } } };
          }
          if (!contextValue.open || contextValue.idempotencyKey === null) return null;
          const singleResult = await earlierAnswer(context);
          return singleResult && { http: context.response.http, body: { kind: 'single', singleResult } };
        },

        async didEncounterErrors({ errors, contextValue, document }) {
          for (const error of errors) {
            const { message, ...extensions } = present(error, contextValue.language, document);
            if (extensions.code === 'INTERNAL_SERVER_ERROR') {
              deps.log.error({ traceId: contextValue.traceId, err: error.originalError ?? error }, 'unexpected error');
            }
            error.message = message;
            Object.assign(error.extensions, { field: undefined, ...extensions, traceId: contextValue.traceId });
          }
        },

        async willSendResponse(context) {
          try {
            if (context.response.body.kind === 'single')
              await conclude(context, context.response.body.singleResult as Answer);
          } finally {
            if (counted) underway--;
            counted = false;
            const { body } = context.response;
            if (body.kind === 'single')
              context.contextValue.told.codes = (body.singleResult.errors ?? []).map((e) => String(e.extensions?.code));
          }
        },
      };

      /** Apollo asks no plugin about what is thrown where it asks for an answer, so a refused key is an answer too. */
      async function earlierAnswer(context: GraphQLRequestContext<RequestContext>): Promise<ExecutionResult | null> {
        try {
          const data = await earlierData(context);
          stored = data !== null;
          return stored ? { data: data as ExecutionResult['data'] } : null;
        } catch (error) {
          const { language, traceId } = context.contextValue;
          const { message, ...said } = present(new GraphQLError('', { originalError: error as Error }), language);
          if (said.code === 'INTERNAL_SERVER_ERROR') deps.log.error({ traceId, err: error }, 'unexpected error');
          return { data: null, errors: [new GraphQLError(message, { extensions: { ...said, traceId } })] };
        }
      }

      async function conclude(context: GraphQLRequestContext<RequestContext>, answer: Answer): Promise<void> {
        const { contextValue, source = '' } = context;
        const code = answer.errors?.map(({ extensions }) => String(extensions?.code)).find((c) => REFUSALS.has(c));
        const mutation = context.operation?.operation === 'mutation';
        // Of a caller that hung up the transaction was rolled back already, with or without an error.
        const undone = contextValue.transaction.session !== null && !contextValue.open;
        const failed = (answer.errors?.length ?? 0) > 0 || undone;
        const outcome =
          code ?? (mutation && failed ? String(answer.errors?.[0]?.extensions?.code ?? 'INTERNAL_SERVER_ERROR') : 'OK');
        const event = eventOf(contextValue, roots.join(','), source, outcome, context.queryHash);
        try {
          if (contextValue.open && !failed) {
            if (contextValue.idempotencyKey !== null && !stored) await keepData(context, answer.data);
            await contextValue.write().later(insertEvents([event]));
            await contextValue.commit();
          } else if (code || mutation || contextValue.trail.labels.size > 0) {
            await contextValue.rollback();
            await deps.audit.write(event);
          }
        } catch (error) {
          deps.log.error({ traceId: contextValue.traceId, err: error }, 'the answer was withheld');
          await contextValue.rollback().catch(() => {});
          withhold(context, mutation && !failed ? null : 'UNAVAILABLE');
          return;
        }
        if (mutation && failed) Object.assign(answer, { data: null });
      }
    },
  };
}

/** Guarded data does not leave while its reading can't be recorded; a mutation that did not commit did not happen. */
function withhold({ response, contextValue }: GraphQLRequestContext<RequestContext>, code: 'UNAVAILABLE' | null): void {
  const error = present(
    code ? new GraphQLError('', { extensions: { code } }) : new GraphQLError(''),
    contextValue.language,
  );
  if (response.body?.kind !== 'single') return;
  response.body.singleResult = {
    data: null,
    errors: [{ message: error.message, extensions: { code: error.code, traceId: contextValue.traceId } }],
  };
}

const busy = () =>
  new GraphQLError('busy', {
    extensions: { code: 'UNAVAILABLE', http: { status: 503, headers: new Map([['retry-after', '1']]) } },
  });

const isOperation = ({ kind }: DefinitionNode) => kind === Kind.OPERATION_DEFINITION;

/** Names of the root fields, through fragments too. */
function rootFieldsOf(operation: OperationDefinitionNode, document: DocumentNode): string[] {
  const fragments = new Map(
    document.definitions.flatMap((d) => (d.kind === Kind.FRAGMENT_DEFINITION ? [[d.name.value, d]] : [])),
  );
  const names = ({ selections }: SelectionSetNode): string[] =>
    selections.flatMap((selection) => {
      if (selection.kind === Kind.FIELD) return selection.name.value === '__typename' ? [] : [selection.name.value];
      if (selection.kind === Kind.INLINE_FRAGMENT) return names(selection.selectionSet);
      const fragment = fragments.get(selection.name.value);
      return fragment ? names(fragment.selectionSet) : [];
    });
  return names(operation.selectionSet);
}
