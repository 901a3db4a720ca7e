import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import { uuidv7 } from '../platform/ids.js';
import { nameOf } from '../platform/postgres/prepared.js';
import { type Compiled, sql, template } from '../platform/sql.js';
import type { RequestContext } from './context.js';

export interface EventRow {
  id: string;
  actor: string;
  role: string;
  department_id: string | null;
  purpose: string | null;
  case_no: string | null;
  consent_id: string | null;
  on_behalf: string | null;
  operation: string;
  operation_hash: string;
  subject_ids: string[];
  labels: string[];
  receipt_no: string | null;
  outcome: string;
}

/** What was asked, without its values. */
export const hashOf = (document: string): string => createHash('sha256').update(document).digest('hex');

/** What the log says of a request: who, as what, why, which subjects and labels, with what outcome; never a value. */
export function eventOf(
  { actor, trail, stated = {} }: Pick<RequestContext, 'actor' | 'trail'> & Partial<Pick<RequestContext, 'stated'>>,
  operation: string,
  document: string,
  outcome: string,
  operationHash = hashOf(document),
): EventRow {
  return {
    id: uuidv7(),
    actor: actor.user,
    role: actor.role,
    department_id: actor.department?.id ?? null,
    purpose: actor.purpose,
    case_no: actor.caseNo,
    consent_id: stated.consent ?? null,
    on_behalf: stated.actingFor ?? null,
    operation,
    operation_hash: operationHash,
    subject_ids: [...trail.subjects],
    labels: [...trail.labels].sort(),
    receipt_no: trail.receiptNo,
    outcome,
  };
}

const insertion = template<{ events: string }>(
  ({ events }) => sql`
  insert into access_event (id, actor, role, department_id, purpose, case_no, consent_id, on_behalf, operation, operation_hash, subject_ids, labels, receipt_no, outcome)
  select id, actor, role, department_id, purpose, case_no, consent_id, on_behalf, operation, operation_hash, subject_ids, labels, receipt_no, outcome
  from jsonb_to_recordset(${events}::jsonb) as event(id uuid, actor text, role text, department_id uuid, purpose text,
    case_no text, consent_id uuid, on_behalf uuid, operation text, operation_hash text, subject_ids uuid[], labels text[], receipt_no text, outcome text)`,
);
export const insertEvents = (events: readonly EventRow[]): Compiled => insertion({ events: JSON.stringify(events) });

/**
 * Writes events by the insert-only login, those of concurrent requests in one statement (group commit). A request's
 * answer waits for its event: `write` rejects where the log can't be written, and then nothing guarded may leave.
 */
export class AuditWriter {
  #waiting: { event: EventRow; resolve: () => void; reject: (error: unknown) => void }[] = [];
  #writing = false;

  constructor(private readonly pool: Pool) {}

  write(event: EventRow): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#waiting.push({ event, resolve, reject });
    if (!this.#writing) void this.#drain();
    return promise;
  }

  async #drain(): Promise<void> {
    this.#writing = true;
    while (this.#waiting.length > 0) {
      const group = this.#waiting;
      this.#waiting = [];
      const { sql: text, parameters } = insertEvents(group.map(({ event }) => event));
      const written = await this.pool.query({ name: nameOf(text), text, values: parameters as unknown[] }).then(
        () => null,
        (error: unknown) => ({ error }),
      );
      for (const { resolve, reject } of group) {
        if (written === null) resolve();
        else reject(written.error);
      }
    }
    this.#writing = false;
  }
}
