import { Client, type QueryResultRow } from 'pg';

/** Runs one statement on a connection of its own. */
export async function sql<T extends QueryResultRow = QueryResultRow>(
  url: string,
  text: string,
  values?: unknown[],
): Promise<T[]> {
  const client = new Client(url);
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<T>(text, values)).rows;
  } finally {
    await client.end();
  }
}
