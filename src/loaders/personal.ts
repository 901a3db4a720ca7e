import DataLoader from 'dataloader';
import type { WrappedKey } from '../platform/crypto.js';
import { sql } from '../platform/sql.js';
import {
  IDENTITY_COLUMNS,
  SEALED_IDENTITY,
  SEALED_TEXT,
  type SealedIdentity,
  type SealedTexts,
  TEXT_COLUMNS,
} from '../services/personal.js';
import type { Session } from '../services/session.js';

/** Side tables of label PERSONAL: what comes back is what row security let through, and null is a refusal or nothing. */
export function personalLoaders(session: Session) {
  return {
    identity: new DataLoader(async (ids: readonly string[]) => {
      const rows = await session.query<SealedIdentity & WrappedKey & { id: string }>(
        sql`select p.subject_id as id, ${IDENTITY_COLUMNS} from ${SEALED_IDENTITY} where p.subject_id = any(${ids})`,
      );
      const identities = new Map(rows.map(({ id, ...sealed }) => [id, sealed]));
      return ids.map((id) => identities.get(id) ?? null);
    }),
    personalText: new DataLoader(async (ids: readonly string[]) => {
      const rows = await session.query<SealedTexts & { id: string }>(
        sql`select p.row_id as id, ${TEXT_COLUMNS} from ${SEALED_TEXT} where p.row_id = any(${ids})`,
      );
      const texts = new Map(rows.map(({ id, ...sealed }) => [id, sealed]));
      return ids.map((id) => texts.get(id) ?? null);
    }),
  };
}
