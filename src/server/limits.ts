import { maxDepthRule } from '@escape.tech/graphql-armor-max-depth';
import { maxDirectivesRule } from '@escape.tech/graphql-armor-max-directives';
import { GraphQLError, type ValidationContext, type ValidationRule } from 'graphql';
import { HubError } from '../platform/errors.js';

/** A request's body, in bytes. `submitRecords` has a way in of its own, and so has evidence. */
export const BODY_LIMIT = 256 * 1024;
export const SUBMIT_LIMIT = 8 * 1024 * 1024;
export const FILE_LIMIT = 10 * 1024 * 1024;
/** What a form puts around a file. */
export const FORM_OVERHEAD = 16 * 1024;
/** Files that are taken in at once, each whole in memory; one more is told to come back. */
export const FILES_AT_ONCE = 8;
/** Streams open at once; one more is told to come back. */
export const STREAM_LIMIT = 200;
/** Queries that may wait for a connection; one more is told to come back. */
export const READS_CAP = 1_000;
/** Tokens of a document, counted by the parser as it reads. */
export const MAX_TOKENS = 5_000;
const MAX_DEPTH = 15;
const MAX_DIRECTIVES = 50;

/** What armor's rules have in common: the hub's own error, once, and nothing thrown. */
const rejecting = (zh: string, en: string) => {
  const refusal = new HubError('LIMIT_EXCEEDED', { zh, en });
  return {
    propagateOnRejection: false,
    onReject: [
      (context: ValidationContext | null) =>
        context?.reportError(new GraphQLError(refusal.message, { originalError: refusal })),
    ],
  };
};

/** Validation rules beyond GraphQL's own. What aliases can multiply, cost.ts counts. */
export const LIMITS: ValidationRule[] = [
  maxDepthRule({
    n: MAX_DEPTH,
    ignoreIntrospection: true,
    flattenFragments: true,
    ...rejecting(`查询嵌套超过 ${MAX_DEPTH} 层`, `the operation is nested more than ${MAX_DEPTH} deep`),
  }),
  maxDirectivesRule({
    n: MAX_DIRECTIVES,
    ...rejecting(`指令超过 ${MAX_DIRECTIVES} 个`, `the operation has more than ${MAX_DIRECTIVES} directives`),
  }),
] as ValidationRule[];
