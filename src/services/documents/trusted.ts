import { createHash } from 'node:crypto';
import { sql } from '../../platform/sql.js';
import type { OwnerQuery } from '../reference.js';
import type { Session } from '../session.js';

/** What a document is called by: the SHA-256 of its text, hex. */
export const documentIdOf = (document: string): string => createHash('sha256').update(document).digest('hex');

export interface TrustedDocument {
  id: string;
  document: string;
}

/** Takes documents in; one that is there already stays as it is. */
export async function trustDocuments(query: OwnerQuery, documents: readonly string[]): Promise<string[]> {
  const ids = documents.map(documentIdOf);
  await query(sql`
    insert into trusted_document (id, document) select * from unnest(${ids}::text[], ${[...documents]}::text[])
    on conflict (id) do nothing`);
  return ids;
}

export const trustedDocuments = (query: OwnerQuery): Promise<TrustedDocument[]> =>
  query<TrustedDocument>(sql`select id, document from trusted_document order by added_at, id`);

/** @returns whether there was one */
export async function forgetDocument(query: OwnerQuery, id: string): Promise<boolean> {
  return (await query(sql`delete from trusted_document where id = ${id} returning id`)).length > 0;
}

/** The text of a trusted document, or null. */
export async function trustedDocument(session: Session, id: string): Promise<string | null> {
  const [row] = await session.query<{ document: string }>(sql`select document from trusted_document where id = ${id}`);
  return row?.document ?? null;
}
