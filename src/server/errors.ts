import { type DocumentNode, GraphQLError, type GraphQLFormattedError, Kind, parse, visit } from 'graphql';
import { type ErrorCode, HubError, isErrorCode } from '../platform/errors.js';
import { isServerGoing } from '../platform/postgres/outage.js';

export type Language = 'zh' | 'en';

const TEXTS: Partial<Record<ErrorCode, HubError['text']>> = {
  INTERNAL_SERVER_ERROR: {
    zh: '系统内部错误，请凭 traceId 联系管理员',
    en: 'internal error: quote the traceId to the operator',
  },
  BAD_USER_INPUT: { zh: '输入有误', en: 'the input is not valid' },
  UNAVAILABLE: { zh: '服务暂不可用，请稍后再试', en: 'unavailable for the moment' },
};

const noDatabase = new HubError('UNAVAILABLE', TEXTS.UNAVAILABLE as HubError['text']);

/** The hub's own error inside whatever wrapped it. That Postgres is not there is no fault of the hub's, and passes. */
export function hubErrorIn(error: unknown): HubError | null {
  for (const at of wrappedIn(error)) {
    if (at instanceof HubError) return at;
    if (isServerGoing(at)) return noDatabase;
  }
  return null;
}

/** An error and those that it wraps, from the outside in. */
function* wrappedIn(error: unknown): Generator<Error> {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 5; depth++) {
    yield at;
    at = (at as GraphQLError).originalError ?? at.cause;
  }
}

/** Postgres had no time or no place for it: cancelled, locked, too many connections, shutting down. */
const PASSING = new Set(['57014', '55P03', '53300', '57P01', '57P03', '25P03']);
const isPassing = (error: unknown): boolean =>
  [...wrappedIn(error)].some((at) => PASSING.has(String((at as { code?: unknown }).code)));

export interface Presented {
  code: ErrorCode;
  message: string;
  field?: string;
}

/**
 * What a caller is told. Expected failures say their own sentence; graphql-js's own messages about a document pass,
 * because they speak of the document alone; everything else, and whatever might echo a value, is replaced.
 */
export function present(error: GraphQLError, language: Language, document?: DocumentNode): Presented {
  const own = hubErrorIn(error);
  if (own) return { code: own.code, message: own.text[language], field: own.field ?? inputFieldOf(error, document) };
  const said = error.extensions?.code;
  if (said === 'GRAPHQL_PARSE_FAILED' || said === 'GRAPHQL_VALIDATION_FAILED') {
    return {
      code: said,
      message: echoesValue(error) ? (TEXTS.BAD_USER_INPUT?.[language] ?? '') : error.message,
      field: inputFieldOf(error, document),
    };
  }
  // A variable that does not fit its type: graphql-js would print the value.
  if (said === 'BAD_USER_INPUT' || error.message.startsWith('Variable "$')) {
    return {
      code: 'BAD_USER_INPUT',
      message: TEXTS.BAD_USER_INPUT?.[language] ?? '',
      field: inputFieldOf(error, document),
    };
  }
  if (isPassing(error)) return { code: 'UNAVAILABLE', message: TEXTS.UNAVAILABLE?.[language] ?? '' };
  if (isErrorCode(said) && TEXTS[said]) return { code: said, message: TEXTS[said][language] };
  if (said === 'OPERATION_RESOLUTION_FAILURE' || said === 'BAD_REQUEST')
    return { code: 'BAD_USER_INPUT', message: error.message };
  return { code: 'INTERNAL_SERVER_ERROR', message: TEXTS.INTERNAL_SERVER_ERROR?.[language] ?? '' };
}

const echoesValue = (error: GraphQLError): boolean =>
  / cannot represent |Expected value of type|invalid value/.test(error.message);

/** The argument or input field at fault: from the path graphql-js gives a variable, or from where a literal stands. */
function inputFieldOf(error: GraphQLError, document?: DocumentNode): string | undefined {
  const variable = /^Variable "\$(\w+)"/.exec(error.message)?.[1];
  if (variable) {
    const path = / at "([^"]+)"/.exec(error.message)?.[1];
    return path
      ? path
          .split('.')
          .filter((part) => !/^\d+$/.test(part))
          .at(-1)
          ?.replace(/\[\d+\]$/, '')
      : whereUsed(variable, document);
  }
  const node = error.nodes?.[0];
  if (node?.kind === Kind.OBJECT_FIELD || node?.kind === Kind.ARGUMENT) return node.name.value;
  // A field stands within no argument. The errors of an answer are its fields', as many as there are: none reads the text.
  if (!node?.loc || node.kind === Kind.FIELD) return undefined;
  return holderOf(node.loc.start, node.loc.source.body);
}

function whereUsed(variable: string, document?: DocumentNode): string {
  let found = variable;
  if (document) {
    const note = (name: string, value: { kind: string; name?: { value: string } }) => {
      if (value.kind === Kind.VARIABLE && value.name?.value === variable) found = name;
    };
    visit(document, {
      Argument: ({ name, value }) => note(name.value, value as never),
      ObjectField: ({ name, value }) => note(name.value, value as never),
    });
  }
  return found;
}

function holderOf(offset: number, source: string): string | undefined {
  let holder: string | undefined;
  const note = (node: { name: { value: string }; value: { loc?: { start: number; end: number } } }) => {
    const { loc } = node.value;
    if (loc && loc.start <= offset && offset < loc.end) holder = node.name.value;
  };
  try {
    visit(parse(source), { Argument: note as never, ObjectField: note as never });
  } catch {}
  return holder;
}

/** The only members of an error that leave the hub. */
export const whitelist = (formatted: GraphQLFormattedError): GraphQLFormattedError => ({
  message: formatted.message,
  ...(formatted.locations ? { locations: formatted.locations } : {}),
  ...(formatted.path ? { path: formatted.path } : {}),
  extensions: Object.fromEntries(
    ['code', 'field', 'traceId'].flatMap((key) =>
      formatted.extensions?.[key] === undefined ? [] : [[key, formatted.extensions[key]]],
    ),
  ),
});

/** An answer that never reached GraphQL. */
export function httpError(error: HubError, language: Language, traceId: string) {
  const extensions = { code: error.code, ...(error.field ? { field: error.field } : {}), traceId };
  return { errors: [{ message: error.text[language], extensions }] };
}

export const HTTP_STATUS: Partial<Record<ErrorCode, number>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  PURPOSE_REQUIRED: 403,
  BAD_USER_INPUT: 400,
  LIMIT_EXCEEDED: 413,
  UNAVAILABLE: 503,
  NOT_FOUND: 404,
  PRECONDITION_FAILED: 409,
};
