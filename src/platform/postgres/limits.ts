/** How long a request's statement may run, wait for another's row, or leave its transaction idle; milliseconds. */
export const TIME_LIMITS = {
  statement_timeout: 15_000,
  lock_timeout: 5_000,
  idle_in_transaction_session_timeout: 60_000,
} as const;
