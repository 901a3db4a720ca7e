import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import { calculateJwkThumbprint, errors, exportJWK, type JWK, jwtVerify, SignJWT } from 'jose';
import type { Keys } from '../../platform/crypto.js';
import { HubError } from '../../platform/errors.js';
import { uuidv7 } from '../../platform/ids.js';

/** A signature is good for so long on either side of its time: clocks differ, and a copy must not be sent again for ever. */
export const SIGNATURE_SECONDS = 300;
export const SIGNATURE_HEADER = 'x-exchange-signature';

export const digestOf = (body: string | Uint8Array): string => createHash('sha256').update(body).digest('base64url');

export interface Signer {
  /** the key's thumbprint (RFC 7638), in the header of every signature */
  readonly keyId: string;
  /** what partners are given to check by */
  readonly publicJwk: JWK;
  /** A compact JWS over method, path, digest of the body, audience and time; of an answer, also over what it answers. */
  sign(request: Signed): Promise<string>;
}

export interface Signed {
  readonly to: string;
  readonly method: string;
  readonly path: string;
  readonly body: string;
  /** the signature of the request that this answers: it is good for that one alone */
  readonly answers?: string;
}

/** The hub's own pair comes of the key file, and is the same for as long as its root is. */
export async function signerOf(keys: Keys, hubId: string): Promise<Signer> {
  const { privateKey, publicKey } = keys.signingPair('exchange');
  const publicJwk = await exportJWK(publicKey);
  const keyId = await calculateJwkThumbprint(publicJwk);
  return {
    keyId,
    publicJwk: { ...publicJwk, kid: keyId, alg: 'EdDSA', use: 'sig' },
    sign: ({ to, method, path, body, answers }) =>
      new SignJWT({ htm: method, htu: path, digest: digestOf(body), ...(answers ? { re: digestOf(answers) } : {}) })
        .setProtectedHeader({ alg: 'EdDSA', kid: keyId })
        .setIssuer(hubId)
        .setAudience(to)
        .setJti(uuidv7())
        .setIssuedAt()
        .sign(privateKey),
  };
}

export interface Verifier {
  readonly partner: string;
  readonly keyId: string;
  readonly key: KeyObject;
}

export async function verifierOf(partner: string, jwk: JWK): Promise<Verifier> {
  return {
    partner,
    keyId: await calculateJwkThumbprint(jwk),
    key: createPublicKey({ key: jwk as never, format: 'jwk' }),
  };
}

/** What a partner's table says of one message, and by whose word. */
export interface SignedReceipt {
  readonly id: string;
  readonly state: string;
  readonly reason?: string | null;
  /** compact JWS of `{iss, aud, iat, receipt: {id, state, reason}}`, by the partner's key */
  readonly signature: string | null;
}

/**
 * Whether the partner itself says this. It may be read long after it was written, so it has no term: it is good for its
 * message, whose id is in it and which is answered once.
 */
export async function isReceiptSigned(
  { partner, keyId, key }: Verifier,
  hubId: string,
  { id, state, reason, signature }: SignedReceipt,
): Promise<boolean> {
  if (!signature) return false;
  try {
    const { payload, protectedHeader } = await jwtVerify(signature, key, {
      algorithms: ['EdDSA'],
      issuer: partner,
      audience: hubId,
      requiredClaims: ['iat', 'receipt'],
    });
    const said = (payload['receipt'] ?? {}) as Partial<SignedReceipt>;
    const same = said.id === id && said.state === state && (said.reason ?? null) === (reason ?? null);
    return same && (protectedHeader.kid === undefined || protectedHeader.kid === keyId);
  } catch (error) {
    if (error instanceof errors.JOSEError) return false;
    throw error;
  }
}

const refused = (zh: string, en: string, cause?: unknown) =>
  new HubError('UNAUTHENTICATED', { zh: `报文签名无效：${zh}`, en: `the signature is refused: ${en}` }, undefined, {
    cause,
  });

/**
 * Which partner signed this request, or this answer to `answers`, the signature of ours.
 * @throws UNAUTHENTICATED for a signature that is missing, forged, of another body, for somebody else, or of another time
 */
export async function signedBy(
  verifiers: readonly Verifier[],
  {
    header,
    hubId,
    method,
    path,
    body,
    answers,
  }: {
    header: string | null | undefined;
    hubId: string;
    method: string;
    path: string;
    body: Uint8Array;
    answers?: string;
  },
): Promise<string> {
  if (!header) throw refused('缺少签名', 'there is none');
  let by: Verifier | undefined;
  try {
    const { payload } = await jwtVerify(
      header,
      ({ kid }) => {
        by = verifiers.find(({ keyId }) => keyId === kid);
        if (!by) throw new errors.JWKSNoMatchingKey();
        return by.key;
      },
      {
        algorithms: ['EdDSA'],
        audience: hubId,
        maxTokenAge: SIGNATURE_SECONDS,
        clockTolerance: 30,
        requiredClaims: ['iss', 'iat', 'jti', 'digest'],
      },
    );
    if (!by || payload.iss !== by.partner) throw refused('签发者不符', 'another issuer than the key’s');
    if (payload.htm !== method || payload.htu !== path) throw refused('请求不符', 'it is of another request');
    if (payload.digest !== digestOf(body)) throw refused('内容不符', 'it is of another body');
    if (payload['re'] !== (answers && digestOf(answers))) throw refused('应答不符', 'it answers another request');
    return by.partner;
  } catch (error) {
    if (error instanceof HubError) throw error;
    if (error instanceof errors.JWTExpired) throw refused('时间已过', 'it is too old', error);
    throw refused('无法核验', 'it can’t be verified', error);
  }
}
