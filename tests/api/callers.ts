import { CLERKS, DEPARTMENTS, type DemoFunction } from '../../src/demo/cast.js';
import type { Answer, Hub, TokenOptions } from '../kit/hub.js';
import { sql } from '../kit/sql.js';

// biome-ignore lint/suspicious/noExplicitAny: an untyped query answers what the test knows it to be
type Known = any;
/** Asks as one caller; `more` are headers of this request alone. */
export type Caller = (
  query: string,
  variables?: Record<string, unknown>,
  more?: Record<string, string>,
) => Promise<Answer<Known>>;

export async function caller(hub: Hub, who: TokenOptions, headers: Record<string, string> = {}): Promise<Caller> {
  const token = await hub.token(who);
  return (query, variables, more) => hub.graphql(query, variables, { token, headers: { ...headers, ...more } });
}

/** A clerk of one of the county's departments. */
export const clerk = (hub: Hub, of: DemoFunction, user?: string, headers?: Record<string, string>): Promise<Caller> =>
  caller(
    hub,
    { role: of === 'COURT' ? 'COURT' : 'DEPARTMENT', department: DEPARTMENTS[of].code, ...(user ? { user } : {}) },
    headers,
  );

export const hall = (hub: Hub, user = CLERKS.hall): Promise<Caller> =>
  caller(hub, { role: 'SERVICE_HALL', department: DEPARTMENTS.APPROVAL.code, user });

export const AUDIT = { 'x-hub-purpose': 'AUDIT' };
export const BY_CASE = { ...AUDIT, 'x-hub-case': 'SJ-2026-017' };

/** The code of an answer's first error, and its field where it has one: `BAD_USER_INPUT code`; '' for none. */
export const refusalOf = ({ errors }: Answer<Known>): string =>
  errors[0] ? [errors[0].extensions.code, errors[0].extensions.field].filter(Boolean).join(' ') : '';

export const CHECK = `mutation ($input: CheckCreditInput!) { checkCredit(input: $input) { check {
  id receiptNo verdict subjectFound nameMatches subject { id name }
  findings { effect measure { code name } basis { title article } listEntry { id list { code } } record { id } commitment { id } }
  sources { stale list { code } } } } }`;

/** The check of an organisation by its code. */
export async function check(as: Caller, code: string, matter: string): Promise<Known> {
  const { data, errors } = await as(CHECK, { input: { code, matter } });
  if (errors.length > 0) throw new Error(JSON.stringify(errors));
  return data.checkCredit.check;
}

/** Verdicts of an organisation in all four matters: `CZZJXM ZFCGTB SPJYXK RCSPCN`, each by its first letter. */
export async function verdicts(as: Caller, code: string): Promise<string> {
  const checks = [];
  for (const matter of ['CZZJXM', 'ZFCGTB', 'SPJYXK', 'RCSPCN']) checks.push(await check(as, code, matter));
  return checks.map(({ verdict }) => verdict).join(' ');
}

/** Rows of the database as its owner counts them. */
export async function countOf(hub: Hub, from: string, values: unknown[] = []): Promise<number> {
  const [row] = await sql<{ n: number }>(hub.ownerUrl, `select count(*)::int as n from ${from}`, values);
  return row?.n ?? 0;
}
