import { createRemoteJWKSet, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { z } from 'zod';
import type { Config } from '../config.js';
import { type Actor, type ActorDepartment, ANONYMOUS } from '../permissions/actor.js';
import { isPurpose, type Purpose } from '../permissions/purposes.js';
import { isRole, ROLES, type Role } from '../permissions/roles.js';
import type { Keys } from '../platform/crypto.js';
import { HubError } from '../platform/errors.js';
import { fromGlobalId } from '../platform/ids.js';
import { sql } from '../platform/sql.js';
import { canonicalCode, holdsCitizenId } from '../services/collection/identifiers.js';
import type { Session } from '../services/session.js';
import { DEMO_AUDIENCE, DEMO_ISSUER, demoPublicKey, TOKEN_TYPE } from './demoIdentity.js';

export type Header = (name: string) => string | undefined;
/** Verified claims of a token. @throws UNAUTHENTICATED for every token that is not wholly right */
export type Verifier = (token: string) => Promise<JWTPayload>;

const unauthenticated = (zh: string, en: string) => new HubError('UNAUTHENTICATED', { zh, en });
const badHeader = (field: string, zh: string, en: string) => new HubError('BAD_USER_INPUT', { zh, en }, field);

/** Algorithm, issuer, audience, type, expiry, issued-at and subject: all demanded, of whichever issuer stands. */
export function createVerifier(config: Config, keys: Keys): Verifier {
  const rules = { typ: TOKEN_TYPE, requiredClaims: ['sub', 'exp', 'iat'], maxTokenAge: '31 days', clockTolerance: 5 };
  const verify: Verifier[] = [];
  if (config.oidc) {
    const { issuer, audience } = config.oidc;
    const jwks = remoteKeys(issuer);
    verify.push(
      async (token) =>
        (await jwtVerify(token, jwks, { ...rules, issuer, audience, algorithms: ['RS256', 'PS256', 'ES256', 'EdDSA'] }))
          .payload,
    );
  }
  if (config.demoIdentity) {
    const key = demoPublicKey(keys);
    verify.push(
      async (token) =>
        (await jwtVerify(token, key, { ...rules, issuer: DEMO_ISSUER, audience: DEMO_AUDIENCE, algorithms: ['EdDSA'] }))
          .payload,
    );
  }
  return async (token) => {
    for (const attempt of verify) {
      const claims = await attempt(token).catch(() => null);
      if (claims) return claims;
    }
    throw unauthenticated('令牌无效或已过期', 'the token is not valid, or has expired');
  };
}

/** The issuer's keys, by its discovery document; rotation is the key set's own business. */
function remoteKeys(issuer: string): JWTVerifyGetKey {
  let keySet: JWTVerifyGetKey | null = null;
  return async (header, token) => {
    if (!keySet) {
      const answer = await fetch(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
      const { jwks_uri } = z.object({ jwks_uri: z.url() }).parse(await answer.json());
      keySet = createRemoteJWKSet(new URL(jwks_uri));
    }
    return keySet(header, token);
  };
}

const claimsShape = z.object({
  sub: z.string().min(1).max(200),
  roles: z.array(z.string()).min(1),
  department: z.string().optional(),
  subject: z.string().optional(),
  duties: z.array(z.string()).default([]),
});

/** The actor of a request: one role, its facts looked up, its purpose and case read from the headers. */
export async function actorOf(
  header: Header,
  verify: Verifier,
  departments: Departments,
  anonymous: Session,
): Promise<Actor> {
  const stated = { purpose: purposeOf(header), caseNo: caseOf(header) };
  const authorization = header('authorization');
  if (authorization === undefined) return { ...ANONYMOUS, ...stated };
  const token = /^Bearer +([\w.-]+)$/i.exec(authorization)?.[1];
  if (!token) throw unauthenticated('Authorization 须为 Bearer 令牌', 'Authorization takes a Bearer token');
  const parsed = claimsShape.safeParse(await verify(token));
  if (!parsed.success) throw unauthenticated('令牌声明不全', 'the token lacks claims');
  const claims = parsed.data;
  const role = roleOf(claims.roles, header('x-hub-role'));
  const department = claims.department ? await departments.byCode(anonymous, claims.department) : null;
  const subjectId = claims.subject ? await subjectOf(anonymous, claims.subject) : null;
  const facts = { department, subject: subjectId };
  if (ROLES[role].needs.some((fact) => !facts[fact])) {
    throw unauthenticated(
      '令牌缺少该角色所需的部门或主体',
      'the token lacks the department or subject that its role needs',
    );
  }
  return { role, user: claims.sub, department, subjectId, duties: claims.duties, ...stated };
}

function roleOf(carried: string[], named: string | undefined): Role {
  const role = named ?? (carried.length === 1 ? carried[0] : undefined);
  if (role === undefined) {
    throw badHeader(
      'x-hub-role',
      '令牌含多个角色，须以 x-hub-role 指明其一',
      'the token carries several roles: name one in x-hub-role',
    );
  }
  if (!carried.includes(role)) {
    throw new HubError(
      'FORBIDDEN',
      { zh: '令牌不含所指明的角色', en: 'the token does not carry that role' },
      'x-hub-role',
    );
  }
  if (!isRole(role)) throw unauthenticated('角色不存在', 'there is no such role');
  return role;
}

function purposeOf(header: Header): Purpose | null {
  const code = header('x-hub-purpose');
  if (!code) return null;
  if (!isPurpose(code)) throw badHeader('x-hub-purpose', '查询用途不在规定之列', 'not one of the purposes');
  return code;
}

/** A case number may be percent-encoded: header bytes are Latin-1, 文书号 are not. */
function caseOf(header: Header): string | null {
  const raw = header('x-hub-case')?.trim();
  if (!raw) return null;
  let text: string | null = null;
  try {
    text = decodeURIComponent(raw);
  } catch {}
  if (text === null || text.length > 100 || holdsCitizenId(text)) {
    throw badHeader('x-hub-case', '案号无法识别', 'not a case number');
  }
  return text;
}

/** A department is a fact of nearly every request and changes by command: what was read is good for a moment. */
export class Departments {
  static readonly KEPT_MS = 5_000;
  readonly #kept = new Map<string, { department: ActorDepartment; until: number }>();

  async byCode(anonymous: Session, code: string): Promise<ActorDepartment> {
    const kept = this.#kept.get(code);
    if (kept && kept.until > performance.now()) return kept.department;
    const [department] = await anonymous.query<ActorDepartment>(
      sql`select id, code, name, functions from department where code = ${code}`,
    );
    if (!department) throw unauthenticated('令牌所载部门未登记', 'the token’s department is not registered');
    this.#kept.set(code, { department, until: performance.now() + Departments.KEPT_MS });
    return department;
  }
}

/** An organisation's code or an opaque id; a citizen id is neither. */
async function subjectOf(anonymous: Session, subject: string): Promise<string> {
  const global = fromGlobalId(subject);
  if (global) return global.uuid;
  const code = canonicalCode(subject);
  const [row] = code ? await anonymous.query<{ id: string }>(sql`select id from subject where code = ${code}`) : [];
  if (!row) throw unauthenticated('令牌所载主体不存在', 'the token’s subject is not known');
  return row.id;
}
