import DataLoader from 'dataloader';
import { sql } from '../platform/sql.js';
import type { SealedIdentity } from '../services/personal.js';
import type { Session } from '../services/session.js';

/** Side tables of label PERSONAL: what comes back is what row security let through, and null is a refusal or nothing. */
export function personalLoaders(session: Session) {
  return {
    representative: new DataLoader(async (ids: readonly string[]) => {
      const rows = await session.query<{ id: string; name: string }>(
        sql`select subject_id as id, name from subject_representative where subject_id = any(${ids})`,
      );
      const names = new Map(rows.map((row) => [row.id, row.name]));
      return ids.map((id) => names.get(id) ?? null);
    }),
    identity: new DataLoader(async (ids: readonly string[]) => {
      const rows = await session.query<SealedIdentity & { id: string }>(
        sql`select subject_id as id, name_sealed as "nameSealed", number_sealed as "numberSealed" from person_identity where subject_id = any(${ids})`,
      );
      const identities = new Map(rows.map((row) => [row.id, row]));
      return ids.map((id) => identities.get(id) ?? null);
    }),
    personalText: new DataLoader(async (ids: readonly string[]) => {
      const rows = await session.query<{ id: string; sealed: string }>(
        sql`select row_id as id, sealed from personal_text where row_id = any(${ids})`,
      );
      const texts = new Map(rows.map((row) => [row.id, row.sealed]));
      return ids.map((id) => texts.get(id) ?? null);
    }),
  };
}
