import { DatabaseError } from 'pg';
import { hasCode } from '../files.js';

const STARTING_OR_STOPPING = ['57P01', '57P02', '57P03'];

/** Whether an error says no more than that the server is not there: starting, stopping, gone, or not reached in time. */
export function isServerGoing(error: unknown): boolean {
  if (error instanceof DatabaseError) return STARTING_OR_STOPPING.includes(error.code ?? '');
  const { message, syscall } = error as Error & { syscall?: string };
  if (hasCode(error, 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT')) return true;
  // The socket's file is gone with its server; any other missing file is another matter.
  if (hasCode(error, 'ENOENT') && syscall === 'connect') return true;
  return /^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect)/.test(
    message,
  );
}
