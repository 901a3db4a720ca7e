import {
  decodeJwt,
  errors,
  type JWSHeaderParameters,
  type JWTPayload,
  type JWTVerifyGetKey,
  type JWTVerifyResult,
  jwtVerify,
} from 'jose';
import { z } from 'zod';
import type { Config } from '../config.js';
import { type Actor, type ActorDepartment, ANONYMOUS } from '../permissions/actor.js';
import { isPurpose, type Purpose } from '../permissions/purposes.js';
import { isRole, ROLES, type Role } from '../permissions/roles.js';
import type { Keys } from '../platform/crypto.js';
import { HubError } from '../platform/errors.js';
import { fromGlobalId } from '../platform/ids.js';
import type { Logger } from '../platform/logger.js';
import { sql } from '../platform/sql.js';
import { canonicalCode, holdsCitizenId } from '../services/collection/identifiers.js';
import type { Session } from '../services/session.js';
import { foundByCode } from '../services/subjects/reads.js';
import { DEMO_AUDIENCE, DEMO_ISSUER, demoPublicKey, TOKEN_TYPE } from './demoIdentity.js';
import { IssuerKeys } from './issuer.js';

export type Header = (name: string) => string | undefined;
/** Verified claims of a token. @throws UNAUTHENTICATED for every token that is not wholly right, UNAVAILABLE where that can't be told */
export interface Verifier {
  verify(token: string): Promise<JWTPayload>;
  close(): void;
}

const unauthenticated = (zh: string, en: string, cause?: unknown) =>
  new HubError('UNAUTHENTICATED', { zh, en }, undefined, { cause });
const badHeader = (field: string, zh: string, en: string) => new HubError('BAD_USER_INPUT', { zh, en }, field);
const notValid = (cause: unknown) =>
  unauthenticated('令牌无效或已过期', 'the token is not valid, or has expired', cause);

const ALGORITHMS = ['RS256', 'PS256', 'ES256', 'EdDSA'];
const REQUIRED = { requiredClaims: ['sub', 'exp', 'iat'], maxTokenAge: '31 days', clockTolerance: 5 };

/** A signature stays right; it is looked at again after a moment, for its issuer may have withdrawn the key. */
const PROVEN_MS = 5_000;
const PROVEN_TOKENS = 5_000;

/** Algorithm, issuer, audience, type, expiry, issued-at and subject: all demanded, of whichever issuer the token names. */
export function createVerifier({ oidc, demoIdentity }: Config, keys: Keys, log: Logger): Verifier {
  const issuerKeys = oidc && new IssuerKeys(oidc.issuer, oidc.keysSeconds * 1000, log);
  const verifiers = new Map<string, (token: string) => Promise<JWTVerifyResult>>();
  if (demoIdentity) {
    const key = demoPublicKey(keys);
    const rules = { ...REQUIRED, issuer: DEMO_ISSUER, audience: DEMO_AUDIENCE, algorithms: ['EdDSA'] };
    verifiers.set(DEMO_ISSUER, (token) => jwtVerify(token, key, { ...rules, typ: TOKEN_TYPE }));
  }
  if (oidc && issuerKeys) {
    const rules = { ...REQUIRED, issuer: oidc.issuer, audience: oidc.audience, algorithms: ALGORITHMS };
    const keyOf: JWTVerifyGetKey = (header, token) => {
      const reason = outOfPlace(header);
      if (reason) throw new errors.JWTInvalid(reason);
      return issuerKeys.keyOf(header, token);
    };
    verifiers.set(oidc.issuer, (token) => jwtVerify(token, keyOf, rules));
  }
  const proven = new Map<string, { claims: JWTPayload; until: number }>();
  const keptMs = Math.min(PROVEN_MS, (oidc?.keysSeconds ?? PROVEN_MS) * 1000);
  return {
    async verify(token) {
      const known = proven.get(token);
      if (known && known.until > Date.now()) return known.claims;
      try {
        const verifier = verifiers.get(decodeJwt(token).iss ?? '');
        if (!verifier) throw new errors.JWTInvalid('no such issuer here');
        const claims = (await verifier(token)).payload;
        if (proven.size >= PROVEN_TOKENS) proven.clear();
        proven.set(token, { claims, until: Math.min(Date.now() + keptMs, (claims.exp as number) * 1000) });
        return claims;
      } catch (error) {
        throw error instanceof HubError ? error : notValid(error);
      }
    },
    close: () => issuerKeys?.close(),
  };
}

/** What makes a token be looked at no further: before a key is asked for, since asking has a price. */
function outOfPlace({ typ, kid, jwk, jku, x5u, x5c }: JWSHeaderParameters): string | null {
  const type = typ?.toLowerCase().replace(/^application\//, '');
  if (type !== 'at+jwt' && type !== 'jwt') return 'unexpected "typ"';
  if (typeof kid !== 'string' || kid === '' || kid.length > 200) return 'no usable "kid"';
  if ([jwk, jku, x5u, x5c].some((own) => own !== undefined)) return 'the header brings a key of its own';
  return null;
}

const withoutCitizenId = (text: string) => !holdsCitizenId(text);

// The user's name stands in the log of accesses, where no citizen id may.
const claimsShape = z.object({
  sub: z.string().min(1).max(200).refine(withoutCitizenId),
  roles: z.array(z.string()).min(1).max(50),
  department: z.string().optional(),
  subject: z.string().refine(withoutCitizenId).optional(),
  duties: z
    .array(z.string().regex(/^[A-Z_]{1,40}$/))
    .max(50)
    .default([]),
});

type Claims = z.infer<typeof claimsShape>;

// A verified token's claims are the same object for as long as it is not looked at again.
const readClaims = new WeakMap<JWTPayload, Claims>();

function claimsOf(payload: JWTPayload): Claims {
  const known = readClaims.get(payload);
  if (known) return known;
  const { data, error } = claimsShape.safeParse(payload);
  if (error) {
    const { path = [], code } = error.issues[0] ?? {};
    const reason = new errors.JWTInvalid(`claim ${path.join('.')}: ${code}`);
    throw unauthenticated('令牌声明不全或不合规', 'the token’s claims are not what the hub takes', reason);
  }
  readClaims.set(payload, data);
  return data;
}

/** The actor of a request: one role, its facts looked up, its purpose and case read from the headers. */
export async function actorOf(
  header: Header,
  verifier: Verifier,
  departments: Departments,
  anonymous: Session,
): Promise<Actor> {
  const stated = { purpose: purposeOf(header), caseNo: caseOf(header) };
  const authorization = header('authorization');
  if (authorization === undefined) return { ...ANONYMOUS, ...stated };
  const token = /^Bearer +([\w.-]+)$/i.exec(authorization)?.[1];
  if (!token) throw unauthenticated('Authorization 须为 Bearer 令牌', 'Authorization takes a Bearer token');
  const claims = claimsOf(await verifier.verify(token));
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

/** Roles of other systems may stand in the same claim: they are nobody here. */
function roleOf(claimed: string[], named: string | undefined): Role {
  const carried = [...new Set(claimed)].filter(isRole);
  if (carried.length === 0) throw unauthenticated('令牌不含本系统的角色', 'the token carries no role of the hub');
  const role = named ?? (carried.length === 1 ? carried[0] : undefined);
  if (role === undefined) {
    throw badHeader(
      'x-hub-role',
      '令牌含多个角色，须以 x-hub-role 指明其一',
      'the token carries several roles: name one in x-hub-role',
    );
  }
  if (!isRole(role) || !carried.includes(role)) {
    throw new HubError(
      'FORBIDDEN',
      { zh: '令牌不含所指明的角色', en: 'the token does not carry that role' },
      'x-hub-role',
    );
  }
  return role;
}

/** What a request states beside its token; judged when it is known what it asks (stated.ts). */
export interface Stated {
  /** uuid of the consent that it uses; null for an id that none can have, undefined where none is stated */
  consent?: string | null;
  /** uuid of the power of attorney by which it acts for another, likewise */
  actingFor?: string | null;
}

export function statedBy(header: Header): Stated {
  const idIn = (name: string) => {
    const id = header(name)?.trim();
    if (!id) return undefined;
    const global = fromGlobalId(id);
    return global?.type === 'Consent' ? global.uuid : null;
  };
  return { consent: idIn('x-hub-consent'), actingFor: idIn('x-hub-acting-for') };
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
    text = decodeURIComponent(raw).trim();
  } catch {}
  if (!text || text.length > 100 || holdsCitizenId(text)) {
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
  if (global) {
    const [row] = await anonymous.query<{ id: string }>(sql`select subject_survivor(${global.uuid}::uuid) as id`);
    return row?.id ?? global.uuid;
  }
  const code = canonicalCode(subject);
  const [row] = code
    ? await anonymous.query<{ id: string }>(sql`select id from subject where ${foundByCode(code)}`)
    : [];
  if (!row) throw unauthenticated('令牌所载主体不存在', 'the token’s subject is not known');
  return row.id;
}
