import { createServer, type Server } from 'node:http';
import { Pool, type QueryArrayConfig } from 'pg';
import { GENERIC_PLANS } from '../../src/platform/postgres/prepared.js';
import { receiptNo } from '../../src/services/checks/receipt.js';
import { statementOf } from './statements.js';

/** Whom the limit's receipts and events name: the same caller as the hub's. */
export interface Clerk {
  departmentId: string;
  user: string;
  role: string;
}

type Body = Record<string, string> & { codes: string[] };
type Values = (body: Body, clerk: Clerk, today: string) => unknown[];

const checking =
  (verb: string): Values =>
  ({ codes, matter }, { departmentId, user, role }, today) => [
    codes,
    matter,
    codes.map(() => receiptNo(today)),
    departmentId,
    user,
    role,
    verb,
    'limit',
  ];

const VALUES: Readonly<Record<string, Values>> = {
  W1: checking('checkCredit'),
  W2: ({ code }) => [code],
  W3: ({ term }) => [term],
  W4: ({ code, id }) => [code, id],
  W5: checking('checkCredits'),
  W6: ({ day, id }) => [day, id],
};

/** node:http, a pool, one prepared statement a request, its JSON handed on as text; nothing else. */
export function limitServer(databaseUrl: string, clerk: Clerk, today: string, connections = 10): Server {
  const pool = new Pool({ connectionString: databaseUrl, max: connections, options: GENERIC_PLANS });
  const server = createServer((request, response) => {
    const name = request.url?.slice(1) ?? '';
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', async () => {
      try {
        const values = VALUES[name]?.(JSON.parse(Buffer.concat(chunks).toString()), clerk, today);
        const query: QueryArrayConfig = { name, text: statementOf(name, today), values, rowMode: 'array' };
        const { rows } = await pool.query(query);
        const body = rows[0]?.[0] ?? 'null';
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
        response.end(body);
      } catch (error) {
        response.writeHead(500).end(JSON.stringify({ errors: [String(error)] }));
      }
    });
  });
  server.keepAliveTimeout = 65_000;
  server.once('close', () => void pool.end());
  return server;
}
