/** Every `extensions.code` a caller can meet: a closed list that callers switch on, so only added to. */
export const ERROR_CODES = [
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'PURPOSE_REQUIRED',
  'CONSENT_REQUIRED',
  'NOT_FOUND',
  'BAD_USER_INPUT',
  'CONFLICT',
  'PRECONDITION_FAILED',
  'LIMIT_EXCEEDED',
  'UNAVAILABLE',
  'INTERNAL_SERVER_ERROR',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

export const isErrorCode = (code: unknown): code is ErrorCode =>
  typeof code === 'string' && (ERROR_CODES as readonly string[]).includes(code);

/** One sentence in both languages; `accept-language` picks. */
export interface BilingualText {
  readonly zh: string;
  readonly en: string;
}

/**
 * A failure that was expected. Its text reaches the caller as it stands, so it must not carry a value that the caller
 * did not send, nor SQL, a path or a stack; everything that is not a HubError is masked.
 */
export class HubError extends Error {
  override readonly name = 'HubError';
  constructor(
    readonly code: ErrorCode,
    readonly text: BilingualText,
    /** path of the input at fault, as in `input.subjectCode` */
    readonly field?: string,
    options?: { cause?: unknown },
  ) {
    super(text.en, options);
  }
}
