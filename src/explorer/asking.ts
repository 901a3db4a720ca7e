import { parse } from 'graphql';
import type { ExplorerFacts, TokenRequest } from '../server/explorerFacts.js';

export type Role = ExplorerFacts['roles'][number]['name'];

/** As whom and why the next operation is asked. */
export interface Standing {
  role: Role;
  department: string;
  subject: string;
  user: string;
  purpose: string;
  caseNo: string;
  /** of the reader's own issuer; kept in memory alone, gone with the page */
  token: string;
  /** had by signing in, and so shown nowhere */
  signedIn: boolean;
}

export interface Answer {
  /** the operation that it answers */
  query: string;
  status: number;
  ms: number;
  body: { data?: unknown; errors?: { message: string; extensions?: { code?: string } }[] };
}

/** Demo tokens last an hour; a new one is asked for well before. */
const GOOD_FOR_MS = 50 * 60_000;
const minted = new Map<string, { token: string; until: number }>();

async function demoToken(request: TokenRequest): Promise<string> {
  const body = JSON.stringify(request);
  const known = minted.get(body);
  if (known && known.until > Date.now()) return known.token;
  const response = await fetch('/explorer/token', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
  const answer = (await response.json()) as { token: string; errors?: { message: string }[] };
  if (!response.ok) throw new Error(answer.errors?.[0]?.message ?? `HTTP ${response.status}`);
  minted.set(body, { token: answer.token, until: Date.now() + GOOD_FOR_MS });
  return answer.token;
}

/** The roles that a token carries, as far as a reader can tell; the hub alone judges it. */
export function rolesIn(token: string): string[] {
  try {
    const bytes = Uint8Array.from(atob((token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/')), (c) =>
      c.charCodeAt(0),
    );
    const { roles } = JSON.parse(new TextDecoder().decode(bytes));
    return Array.isArray(roles) ? roles.map(String) : [];
  } catch {
    return [];
  }
}

/** As which of its roles a reader begins; the public without a token. */
export const roleIn = (token: string, facts: ExplorerFacts): Role =>
  facts.roles.find(({ name }) => rolesIn(token).includes(name))?.name ?? facts.anonymous;

async function headersOf(standing: Standing, facts: ExplorerFacts): Promise<Record<string, string>> {
  const { role, purpose, caseNo } = standing;
  const headers: Record<string, string> = {};
  if (facts.demo) {
    const needs = facts.roles.find(({ name }) => name === role)?.needs ?? [];
    if (role !== facts.anonymous) {
      const token = await demoToken({
        role,
        ...(needs.includes('department') ? { department: standing.department } : {}),
        ...(needs.includes('subject') ? { subject: standing.subject } : {}),
        ...(standing.user ? { user: standing.user } : {}),
      });
      headers.authorization = `Bearer ${token}`;
      headers['x-hub-role'] = role;
    }
  } else if (standing.token) {
    headers.authorization = `Bearer ${standing.token}`;
    if (rolesIn(standing.token).includes(role)) headers['x-hub-role'] = role;
  }
  if (purpose) headers['x-hub-purpose'] = purpose;
  // Header bytes are Latin-1, case numbers are not.
  if (caseNo.trim()) headers['x-hub-case'] = encodeURIComponent(caseNo.trim());
  return headers;
}

export interface Operation {
  query: string;
  variables?: unknown;
  operationName?: string | null;
}

/**
 * GraphiQL reads the operation's name a moment after the text changed: whoever runs a sample at once would name the
 * operation that stood there before.
 */
export function inItsDocument(operation: Operation): Operation {
  try {
    const names = parse(operation.query).definitions.map((each) => 'name' in each && each.name?.value);
    return names.includes(operation.operationName ?? '') ? operation : { ...operation, operationName: undefined };
  } catch {
    // The hub says what is wrong with it.
    return operation;
  }
}

async function post(operation: Operation, headers: Record<string, string>): Promise<Answer> {
  const started = performance.now();
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
    body: JSON.stringify(operation),
    credentials: 'omit',
  });
  const body = (await response.json()) as Answer['body'];
  return { query: operation.query, status: response.status, ms: Math.round(performance.now() - started), body };
}

/** Asks as the reader stands; what a page needs for itself (schema, departments) is asked as anyone. */
export const ask = async (operation: Operation, standing: Standing, facts: ExplorerFacts): Promise<Answer> =>
  post(inItsDocument(operation), await headersOf(standing, facts));
export const askAsAnyone = (operation: Operation): Promise<Answer> => post(operation, {});
