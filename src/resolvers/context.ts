import type { WorkHours } from '../config.js';
import type { Loaders } from '../loaders/loaders.js';
import type { Actor } from '../permissions/actor.js';
import type { Keys } from '../platform/crypto.js';
import { HubError } from '../platform/errors.js';
import { fromGlobalId } from '../platform/ids.js';
import type { ProgressFeed } from '../services/collection/progress.js';
import type { Submissions } from '../services/collection/submissions.js';
import type { Session, WriteSession } from '../services/session.js';
import type { Protection } from '../services/statistics/table.js';

/** What one request carries. Resolvers never hold an EntityManager or a pool. */
export interface HubContext {
  actor: Actor;
  language: 'zh' | 'en';
  traceId: string;
  session: Session;
  loaders: Loaders;
  keys: Keys;
  /** the mutation's transaction; a query has none */
  write(): WriteSession;
  /** false: every field by its own resolver, as the tests compare */
  planned?: boolean;
  /** what the planner has read of the root fields already, by response key */
  read?: Map<string, unknown>;
  /** submissions, and what becomes of them in whichever process */
  collection: { submissions: Submissions; progress: ProgressFeed };
  /** Of a stream, before each event: the caller is asked again who it is, and what it reads is read anew. */
  renew(): Promise<void>;
  rules: {
    listingStatementDays: number;
    sealDays: number;
    statistics: Protection;
    cycleDays: number | null;
    workHours: readonly WorkHours[];
  };
}

/** The uuid behind an id of these types. A forged or foreign id is answered like one that nobody has. */
export function uuidOf(id: string, types: readonly string[], field = 'id'): string {
  const global = fromGlobalId(id);
  if (!global || !types.includes(global.type)) throw notFound(field);
  return global.uuid;
}

export const notFound = (field?: string): HubError =>
  new HubError('NOT_FOUND', { zh: '未找到', en: 'not found' }, field);

export const SUBJECT_TYPES = ['Organisation', 'NaturalPerson'];
export const RECORD_TYPES = ['PermitRecord', 'PenaltyRecord', 'CatalogueRecord'];

export const optionalUuidOf = (
  id: string | null | undefined,
  types: readonly string[],
  field: string,
): string | null => (id == null ? null : uuidOf(id, types, field));
