import { SignJWT } from 'jose';
import { ROLES, type Role } from '../permissions/roles.js';
import type { Keys } from '../platform/crypto.js';

/** The hub's own issuer, for a demonstration only: config.ts says when it may stand. */
export const DEMO_ISSUER = 'urn:credit-hub:demo';
export const DEMO_AUDIENCE = 'credit-hub';
export const TOKEN_TYPE = 'at+jwt';
const PURPOSE = 'demo-identity';

export interface DemoClaims {
  user: string;
  roles: Role[];
  department?: string;
  subject?: string;
  duties?: string[];
}

export const demoPublicKey = (keys: Keys) => keys.signingPair(PURPOSE).publicKey;

/** A signed token. `ttl` as jose reads it: `1h`, `30m`. */
export function mintDemoToken(keys: Keys, claims: DemoClaims, ttl: string): Promise<string> {
  const { user, ...facts } = claims;
  return new SignJWT({ ...facts })
    .setProtectedHeader({ alg: 'EdDSA', typ: TOKEN_TYPE })
    .setIssuer(DEMO_ISSUER)
    .setAudience(DEMO_AUDIENCE)
    .setSubject(user)
    .setIssuedAt()
    .setExpirationTime(ttl)
    .sign(keys.signingPair(PURPOSE).privateKey);
}

/** Facts that a role needs and the claims lack. */
export const missingFacts = (role: Role, claims: Pick<DemoClaims, 'department' | 'subject'>): string[] =>
  ROLES[role].needs.filter((fact) => !claims[fact]);
