import type { Envelope } from '../services/exchange/outbox.js';
import type { Receipt } from '../services/exchange/receipts.js';

/** One message that the partner could not take, though it is there: told apart from what it rejects. */
export interface Fault {
  readonly id: string;
  readonly reason: string;
}

/** What came of a batch; a message that is in neither list has no answer yet. */
export interface Answered {
  readonly receipts: readonly Receipt[];
  readonly faults: readonly Fault[];
  /** answers in a table that the partner has not signed: as good as none, and the messages wait */
  readonly unsigned?: number;
}

/** A row as the partner has it: its digest is of what stands there, not of what it once answered. */
export interface HeldRow {
  readonly id: string;
  readonly hash: string;
}

/** What the partner holds of one business date, as it says itself. */
export interface Held {
  readonly count: number;
  /** `digestOfRows` over its rows */
  readonly hash: string;
  /** asked for only where count or hash differ */
  rows(): Promise<readonly HeldRow[]>;
}

/** A partner's side: one way to it for HTTP, one for tables. */
export interface Receiver {
  /** @throws {Outage} where the partner as a whole is not to be had */
  send(batch: readonly Envelope[]): Promise<Answered>;
  /** answers that come after the sending, where the way brings such */
  answers(waiting: readonly string[]): Promise<Answered>;
  held(date: string): Promise<Held>;
  close(): Promise<void>;
}

/** The partner is down, slow beyond its time, or answers nothing that can be read. Its text names no address. */
export class Outage extends Error {
  override readonly name: string = 'Outage';
}

/** What Postgres means by its codes, where somebody else's is not as the file says: its own words may hold an address. */
const TOLD: Readonly<Record<string, string>> = {
  '28000': 'the login is refused',
  '28P01': 'the login is refused',
  '3D000': 'there is no such database',
  '3F000': 'there is no such schema',
  '42P01': 'there is no such table',
  '42703': 'there is no such column',
  '42501': 'the login may not do this there',
  '57014': 'no answer in time',
};

export function tableOutage(error: unknown): Outage {
  const code = (error as { code?: string }).code;
  return new Outage(`its exchange table: ${code ? `${TOLD[code] ?? ''} ${code}`.trim() : 'not reached'}`);
}

/** An answer that the partner has not signed, or somebody else has: as good as none, and on record. */
export class Unsigned extends Outage {
  override readonly name = 'Unsigned';
  constructor() {
    super('an answer without the partner’s signature');
  }
}
