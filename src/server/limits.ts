import { maxDepthRule } from '@escape.tech/graphql-armor-max-depth';
import { GraphQLError, type ValidationContext, type ValidationRule } from 'graphql';
import { HubError } from '../platform/errors.js';

/** A request's body. `submitRecords` has a way in of its own. */
export const BODY_LIMIT = '256kb';
/** Tokens of a document, counted by the parser as it reads. */
export const MAX_TOKENS = 5_000;
const MAX_DEPTH = 15;

const tooDeep = new HubError('LIMIT_EXCEEDED', {
  zh: `查询嵌套超过 ${MAX_DEPTH} 层`,
  en: `the operation is nested more than ${MAX_DEPTH} deep`,
});

/** Validation rules beyond GraphQL's own. */
export const LIMITS: ValidationRule[] = [
  maxDepthRule({
    n: MAX_DEPTH,
    ignoreIntrospection: true,
    flattenFragments: true,
    propagateOnRejection: false,
    onReject: [
      (context: ValidationContext | null) =>
        context?.reportError(new GraphQLError(tooDeep.message, { originalError: tooDeep })),
    ],
  }) as ValidationRule,
];
