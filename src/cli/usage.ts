/** The command could not be carried out as asked: one sentence for the operator, exit 2, nothing stored. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
